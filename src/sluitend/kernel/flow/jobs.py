"""Background work of every matter with two sides. Arguments are ids only; every job may run twice."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.flow.journey import ENDED_THERE
from sluitend.kernel.flow.models import TwoSided, kinds
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.followup.digest import send_or_hold
from sluitend.kernel.followup.jobs import PATIENT, app, for_each_organisation
from sluitend.kernel.followup.mailing import send_signed
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Membership, Role

EACH_MORNING = "20 5 * * *"
SENDERS = ("municipality", "partner")
DESK = "/werk/"
"""Where the link in a mail leads: never to the matter itself."""


# The other names are of what waited in a queue before every kind of matter had one job.
@app.task(name="flow.tell", aliases=["exchanges.tell", "referrals.tell_partner"], queue="mail", retry=PATIENT)
def tell(ids: list[str]) -> None:
    """Tell who answers for an organisation that something is there for them, and nothing else.

    Args:
        ids: of organisations.
    """
    roles = [Role.FOCAL_POINT, Role.DEPUTY, Role.PARTNER]
    wanted = [UUID(each) for each in ids]
    members = Membership.objects.valid().filter(
        organisation_id__in=wanted, role__in=roles, account__is_active=True
    )
    languages = dict(members.values_list("account__email", "account__language"))
    send_or_hold(languages, wanted, lambda address: _send(address, languages[address]))


def _send(address: str, language: str) -> None:
    with translation.override(language):
        link = settings.SLUITEND_ADDRESS.rstrip("/") + DESK
        send_signed(_("Er staat iets voor u klaar"), f"{_('Er staat iets voor u klaar.')}\n{link}", address)


@app.task(
    name="flow.finish_steps",
    aliases=["exchanges.finish_transfer_steps", "exchanges.finish_request_steps", "referrals.finish_steps"],
    retry=PATIENT,
)
def finish_steps(ids: list[str]) -> None:
    """Finish what is still open for the recipient of a matter that the sender ended.

    Only the recipient's organisation may change its own steps, so this acts for that one.

    Args:
        ids: a matter, then the organisation that received it.
    """
    matter_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        row = _over(matter_id, actor)
        if row is not None and finish_open(subject_id=row.id, actor=actor):
            record(
                actor=actor,
                action=ENDED_THERE,
                subject=(row.KIND, row.id),
                activity=row.ACTIVITY,
                revision=row.counted,
            )


def _over(matter_id: UUID, actor: Actor) -> TwoSided | None:
    """Return a matter of which the own side was closed while steps of it are open."""
    own = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=matter_id, done__isnull=True
    )
    model = kinds().get(own.values_list("subject_kind", flat=True).first() or "")
    if model is None:
        return None
    rows = model._default_manager.filter(pk=matter_id, recipient_id=actor.own_organisation)  # noqa: SLF001 - Django documents it
    return rows.filter(recipient_closed__isnull=False).first()


@app.periodic(cron=EACH_MORNING)
@app.task(name="flow.expire", aliases=["exchanges.expire", "referrals.expire"], queueing_lock="flow.expire")
def expire(timestamp: int) -> None:
    """End what nobody answered within its term, of every kind of matter that there is."""
    from sluitend.kernel.flow.expiring import expire_all  # the verbs queue the jobs here

    for_each_organisation(
        "flow.expire", lambda actor: expire_all(actor=actor, today=timezone.localdate()), kinds=SENDERS
    )
