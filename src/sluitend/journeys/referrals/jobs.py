"""Background work of referrals. Arguments are ids only; every job may run twice."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from sluitend.forms.actions import forget_about
from sluitend.journeys.cases.journey import NIGHT_WITHOUT_PLACE
from sluitend.journeys.referrals.journey import REFERRAL, REFERRAL_READ
from sluitend.journeys.referrals.models import Pickup, Referral
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.flow.jobs import tell
from sluitend.kernel.followup.escalation import give_to_somebody_there, ring, send_neutral
from sluitend.kernel.followup.jobs import PATIENT, after_commit, app, for_each_organisation
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.queries import organisation
from sluitend.kernel.sealing.envelopes import open_envelope

EACH_MORNING = "15 5 * * *"

HEARS_WAITING: list[Callable[..., Any]] = []
"""What makes wait requests of answers: the journey of visits, which stands above this one."""


def hear_waiting(organisation_id: UUID) -> None:
    """Let a municipality make wait requests of what its partners answered, as soon as that is written."""
    for job in HEARS_WAITING:
        after_commit(job, organisation_id)


@app.task(name="referrals.note_news", retry=PATIENT)
def note_news(ids: list[str]) -> None:
    """Let cases say what their partners let know, before anybody read it.

    Args:
        ids: of municipalities.
    """
    from sluitend.journeys.referrals.actions.telling import tell_cases  # the actions queue the jobs here

    for_each_organisation("referrals.note_news", tell_cases, only=[UUID(each) for each in ids])


@app.task(name="referrals.tell_sender", queue="mail", retry=PATIENT)
def tell_sender(ids: list[str]) -> None:
    """Tell the focal points of a municipality that something is there for them, and nothing else.

    Args:
        ids: of organisations.
    """
    for organisation_id in ids:
        _open_what_opens(UUID(organisation_id))
    tell(ids=ids)


def _open_what_opens(organisation_id: UUID) -> None:
    """Queue what an answer opens: who answers on a pick-up page may ask the queue for one task only."""
    from sluitend.journeys.referrals.queries import waits_unheard  # the queries know the channels

    nights = NextStep.objects.filter(
        organisation_id=organisation_id,
        what=NIGHT_WITHOUT_PLACE,
        done__isnull=True,
        owner_id__isnull=True,
    )
    with acting(system_actor(organisation_id)):
        after_commit(note_news, organisation_id)
        for referral_id in nights.values_list("subject_id", flat=True):
            after_commit(name_somebody, referral_id, organisation_id)
        if waits_unheard(organisation_id):
            hear_waiting(organisation_id)


@app.task(name="referrals.name_somebody", retry=PATIENT)
def name_somebody(ids: list[str]) -> None:
    """Give a night without a place to one person who works now; when nobody does, ring the 24-hour contact.

    Args:
        ids: a referral, then the municipality that sent it.
    """
    referral_id, organisation_id = (UUID(each) for each in ids)
    with acting(system_actor(organisation_id)) as actor:
        if not give_to_somebody_there(referral_id, NIGHT_WITHOUT_PLACE, actor):
            after_commit(ring, organisation_id)


@app.task(name="referrals.mail_pickup", queue="mail", retry=PATIENT)
def mail_pickup(ids: list[str]) -> None:
    """Mail the link of a pick-up, as long as nobody used it. Its address and link stay sealed until here.

    Args:
        ids: a pick-up, then the organisation that made it.
    """
    pickup_id, organisation_id = (UUID(each) for each in ids)
    with acting(system_actor(organisation_id)) as actor:
        waiting = Pickup.State.WAITING
        row = Pickup.objects.filter(pk=pickup_id, organisation_id=organisation_id, state=waiting).first()
        if row is None or row.delivery is None:
            return
        delivery = open_envelope(row.envelope_id, actor=actor, purpose="pickup.mail").read(row, "delivery")
        sender = _municipality(organisation_id)
    # Between the two: a mail server that hangs holds no transaction open.
    send_neutral(delivery["address"], f"/ophalen/{delivery['link']}/", sender=sender, name="")
    with acting(system_actor(organisation_id)):
        mailed = Pickup.objects.filter(pk=pickup_id, organisation_id=organisation_id)
        mailed.update(mailed=timezone.localdate())


def _municipality(organisation_id: UUID) -> str:
    """Return the name of a municipality; of care none, so that no mail tells who gets help."""
    found = organisation(organisation_id)
    return found.name if found and found.kind == Organisation.Kind.MUNICIPALITY else ""


@app.task(name="referrals.log_pickup", retry=PATIENT)
def log_pickup(ids: list[str]) -> None:
    """Write in the ledger which referral was read on its pick-up page: the public process cannot name it.

    Args:
        ids: a pick-up, then the organisation that made it.
    """
    pickup_id, organisation_id = (UUID(each) for each in ids)
    with acting(system_actor(organisation_id)) as actor:
        opened = Pickup.objects.filter(pk=pickup_id, organisation_id=organisation_id, read_logged=False)
        row = opened.select_related("referral").first()
        if row is not None and opened.update(read_logged=True):
            record(
                actor=actor,
                action=REFERRAL_READ,
                subject=(REFERRAL, row.referral_id),
                activity="doorzetten",
                purpose="pickup",
                revision=row.referral.turn,
                at=row.changed,
            )


@app.task(name="referrals.forget_at_partner", retry=PATIENT)
def forget_at_partner(ids: list[str]) -> None:
    """Forget what a partner was typing, and by what it found a referral, when it may not read that any more.

    Args:
        ids: a referral, then the organisation that received it.
    """
    from sluitend.journeys.referrals.actions.holding import forget_held  # the actions queue the jobs above

    referral_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        ended = Referral.objects.filter(
            pk=referral_id, recipient_id=actor.own_organisation, access_ended__isnull=False
        )
        for code in ended.values_list("code", flat=True):
            forget_about(code, actor)
            forget_held(referral_id, actor)


@app.periodic(cron=EACH_MORNING)
@app.task(name="referrals.each_morning", queueing_lock="referrals.each_morning")
def each_morning(timestamp: int) -> None:
    """Tell cases what was left untold, and end the links that nobody used in time."""
    from sluitend.journeys.referrals.actions import end_links  # the actions queue the jobs above
    from sluitend.journeys.referrals.actions.telling import tell_cases

    try:
        for_each_organisation("referrals.note_news", tell_cases, kinds=("municipality",))
    finally:
        for_each_organisation(
            "referrals.each_morning", lambda actor: end_links(actor=actor), kinds=("municipality",)
        )
