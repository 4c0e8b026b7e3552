"""Background work of exchanges. Arguments are ids only; every job may run twice."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions import PASSES_ON
from sluitend.journeys.exchanges.models import Request, Transfer
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.followup.jobs import PATIENT, app, for_each_organisation
from sluitend.kernel.followup.mailing import to_each
from sluitend.kernel.organisations.models import Membership, Role

EACH_MINUTE = "* * * * *"
EACH_MORNING = "20 5 * * *"
DESK = "/werk/"
"""Where the link in a mail leads: never to the matter itself."""


@app.task(name="exchanges.tell", queue="mail", retry=PATIENT)
def tell(ids: list[str]) -> None:
    """Tell who answers for an organisation that something is there for them, and nothing else.

    Args:
        ids: of organisations.
    """
    roles = [Role.FOCAL_POINT, Role.DEPUTY, Role.PARTNER]
    members = Membership.objects.valid().filter(
        organisation_id__in=[UUID(each) for each in ids], role__in=roles, account__is_active=True
    )
    for address, language in members.values_list("account__email", "account__language").distinct():
        with translation.override(language):
            to_each([address], _send)


def _send(address: str) -> None:
    link = settings.SLUITEND_ADDRESS.rstrip("/") + DESK
    send_mail(
        _("Er staat iets voor u klaar"), f"{_('Er staat iets voor u klaar.')}\n{link}\n", None, [address]
    )


@app.task(name="exchanges.finish_transfer_steps", retry=PATIENT)
def finish_transfer_steps(ids: list[str]) -> None:
    """Finish what is still open for the recipient of a transfer that the sender ended.

    Only the recipient's organisation may change its own steps, so this acts for that one.

    Args:
        ids: a transfer, then the organisation that received it.
    """
    transfer_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        row = Transfer.objects.filter(pk=transfer_id, recipient_id=recipient_id).first()
        if row is not None and row.recipient_closed is not None:
            finish_open(subject_id=transfer_id, actor=actor)


@app.task(name="exchanges.finish_request_steps", retry=PATIENT)
def finish_request_steps(ids: list[str]) -> None:
    """Finish what is still open for whoever was asked, after the asker ended it.

    Args:
        ids: a request, then the organisation that received it.
    """
    request_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        row = Request.objects.filter(pk=request_id, recipient_id=recipient_id).first()
        if row is not None and row.recipient_closed is not None:
            finish_open(subject_id=request_id, actor=actor)


@app.task(name="exchanges.pass_on_at_once", retry=PATIENT)
def pass_on_at_once(ids: list[str]) -> None:
    """Let other municipalities hear what these just heard of cases that they took.

    Args:
        ids: of municipalities.
    """
    _pass_on([UUID(each) for each in ids])


PASSES_ON.append(pass_on_at_once)


@app.periodic(cron=EACH_MINUTE)
@app.task(name="exchanges.pass_on", queueing_lock="exchanges.pass_on")
def pass_on(timestamp: int) -> None:
    """Do so for what was left."""
    _pass_on(None)


def _pass_on(only: list[UUID] | None) -> None:
    from sluitend.journeys.exchanges.actions import pass_on_heard  # the actions queue the jobs here

    for_each_organisation("exchanges.pass_on", pass_on_heard, kinds=("municipality",), only=only)


@app.task(name="exchanges.let_case_hear", retry=PATIENT)
def let_case_hear(ids: list[str]) -> None:
    """Let who has a case, or is asked to take it, hear what its sender heard.

    Args:
        ids: a transfer, then the organisation that received it.
    """
    from sluitend.journeys.exchanges.actions import hear_onward

    transfer_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        hear_onward(transfer_id, actor)


@app.periodic(cron=EACH_MORNING)
@app.task(name="exchanges.expire", queueing_lock="exchanges.expire")
def expire(timestamp: int) -> None:
    """End what nobody answered within its term: it is the sender's again, with a step."""
    from sluitend.journeys.exchanges.actions import (  # the actions queue the jobs above
        expire_requests,
        expire_transfers,
    )

    def end(actor: Actor) -> None:
        expire_transfers(actor=actor, today=timezone.localdate())
        expire_requests(actor=actor, today=timezone.localdate())

    for_each_organisation("exchanges.expire", end, kinds=("municipality", "partner"))
