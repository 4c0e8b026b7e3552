"""Background work of referrals. Arguments are ids only; every job may run twice."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.followup.jobs import app, each_organisation
from sluitend.kernel.organisations.models import Membership, Role

EACH_MORNING = "15 5 * * *"
DESK = "/werk/"
"""Where the link in a mail leads: never to the matter itself."""


@app.task(name="referrals.tell_partner", queue="mail", retry=5)
def tell_partner(ids: list[str]) -> None:
    """Tell the people of a partner that something is there for them, and nothing else.

    Args:
        ids: of organisations.
    """
    for organisation_id in ids:
        _mail(UUID(organisation_id), [Role.PARTNER])


@app.task(name="referrals.tell_sender", queue="mail", retry=5)
def tell_sender(ids: list[str]) -> None:
    """Tell the focal points of a municipality that something is there for them, and nothing else.

    Args:
        ids: of organisations.
    """
    for organisation_id in ids:
        _mail(UUID(organisation_id), [Role.FOCAL_POINT, Role.DEPUTY])


def _mail(organisation_id: UUID, roles: list[Role]) -> None:
    members = Membership.objects.valid().filter(
        organisation_id=organisation_id, role__in=roles, account__is_active=True
    )
    for address, language in members.values_list("account__email", "account__language").distinct():
        with translation.override(language):
            link = settings.SLUITEND_ADDRESS.rstrip("/") + DESK
            send_mail(
                _("Er staat iets voor u klaar"),
                f"{_('Er staat iets voor u klaar.')}\n{link}\n",
                None,
                [address],
            )


@app.task(name="referrals.finish_steps", retry=5)
def finish_steps(ids: list[str]) -> None:
    """Finish what is still open for the recipient of a referral that the sender ended.

    Only the recipient's organisation may change its own steps, so this acts for that one.

    Args:
        ids: a referral, then the organisation that received it.
    """
    referral_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        row = Referral.objects.filter(pk=referral_id, recipient_id=recipient_id).first()
        if row is not None and row.recipient_closed is not None:
            finish_open(subject_id=referral_id, actor=actor)


@app.periodic(cron=EACH_MORNING)
@app.task(name="referrals.expire", queueing_lock="referrals.expire")
def expire(timestamp: int) -> None:
    """End the access of every recipient whose term has passed."""
    from sluitend.journeys.referrals.actions import expire_passed  # the actions queue the jobs above

    for actor in each_organisation(kinds=("municipality",)):
        expire_passed(actor=actor, today=timezone.localdate())
