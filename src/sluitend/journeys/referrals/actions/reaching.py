"""Care was told how people of a case can be reached: when that changes, care hears it first."""

from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.queries import case_for_referral, reach_of
from sluitend.journeys.referrals.actions.partner import write_message
from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.coordinating import hands_over
from sluitend.journeys.referrals.journey import READ_REACH, REFERRAL_HEARD, REFERRAL_REACH, TELL_REACH
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.unread import have_read, still_reads
from sluitend.kernel.flow.verbs import Work, on, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.sealing.envelopes import open_envelope


@in_dutch()
def tell_reach(code: str, person: UUID, actor: Actor) -> None:
    """Write to care how people of a case are reached from now on, where it was told so and reads that still.

    It hears of whom it was told and of nobody else. Where that is not known it hears to ring first. Who has
    no account here is called by whoever sent it.

    Args:
        code: of the case.
        person: who is reached otherwise.
        actor: who wrote it down.
    """
    today = timezone.localdate()
    rows = Referral.objects.filter(
        organisation_id=actor.own_organisation,
        origin__case_code=code,
        access_ended__isnull=True,
        expires__gte=today,
        state__in=(State.SENT, *CAN_READ),
    ).order_by("id")
    told = [row for row in rows.select_for_update(of=("self",)) if hands_over(row) and _told(row, actor)]
    about = {row.id: _people(row, actor) for row in told}
    hears = [row for row in told if not about[row.id] or person in about[row.id]]
    if not hears:
        return
    case = case_for_referral(code, actor)
    for row in hears:
        with on(row, actor, REFERRAL_REACH) as it:
            if row.recipient_id is None:
                row.reach_told = uuid4()
                still_tell(it)
                continue
            now = reach_of(case, about[row.id])
            now = now or _("Er is geen veilige manier bekend. Zoek geen contact en bel de gemeente.")
            row.reach_told = write_message(row, now, actor=actor, reader_id=it.other)
            if row.state != State.SENT:
                it.ask(READ_REACH, due=end_of(today))


def note_reach_read(*, code: str, seen: str, actor: Actor) -> None:
    """Say that it was read how somebody is reached from now on.

    Args:
        seen: id of the message that was shown.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        Conflict: nothing changed since, it was read, or it changed again after it was shown.
    """
    with verb(Referral, code, actor, REFERRAL_HEARD) as it:
        row = it.row
        readable = row.state in CAN_READ and not row.over
        if not (readable and row.reach_waits and seen == str(row.reach_told)):
            raise Conflict
        row.reach_read = row.reach_told
        have_read(it, READ_REACH)


def note_reach_told(*, code: str, seen: str, actor: Actor) -> None:
    """Say that whoever has no account here was told how somebody is reached from now on.

    Args:
        seen: id of the word that waited to be told when the page was made.

    Raises:
        Absent: no such referral of this organisation.
        Conflict: nothing waits to be told, somebody else did, or it changed again after the page was made.
    """
    with verb(Referral, code, actor, REFERRAL_REACH, purpose="told") as it:
        if seen != str(it.row.reach_told) or not have_read(it, TELL_REACH):
            raise Conflict
        it.row.reach_read = it.row.reach_told


def still_tell(it: Work[Referral]) -> None:
    """Ask whoever sent it to call its partner, where that has no account and has a word to hear still."""
    if it.row.recipient_id is None and it.row.reach_waits:
        still_reads(it, TELL_REACH, due=end_of(timezone.localdate()))


def _people(row: Referral, actor: Actor) -> frozenset[UUID]:
    """Return of whom it was told how they are reached."""
    origin = origin_of(row)
    envelope = open_envelope(origin.envelope_id, actor=actor, purpose=REFERRAL_REACH)
    told = envelope.read(origin, "reasons") or {}
    return frozenset(UUID(each) for each in told.get("reach", ()))


def _told(row: Referral, actor: Actor) -> bool:
    content = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_REACH).read(row, "content")
    return any(part["id"] == CONTACT for part in content["parts"])
