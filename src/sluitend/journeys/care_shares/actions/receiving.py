"""What whoever was asked does: take it on, answer by the words of the handbook, keep a number of its own."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_shares import journey
from sluitend.journeys.care_shares.actions.writing import write
from sluitend.journeys.care_shares.content import Anew, Reply, replies_of
from sluitend.journeys.care_shares.journey import ANSWER_SHARE, CARE_SHARE_ANSWER, READ_CONTACT, REVIEW_HELP
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason
from sluitend.kernel.flow.unread import have_read, still_reads
from sluitend.kernel.flow.verbs import Work, verb
from sluitend.kernel.followup.deadlines import end_of, term_end
from sluitend.kernel.handbook.care import CareReply, Ends, Opened
from sluitend.kernel.handbook.handling import Term, Unit
from sluitend.kernel.manifest import StepKind

STEPS: Mapping[Opened, StepKind] = {
    Opened.READ: journey.READ_REPLY,
    Opened.CHOOSE: journey.CHOOSE_SUPPORT,
    Opened.SEEK: journey.SEEK_FURTHER,
    Opened.SAFE: journey.CHECK_SAFE,
    Opened.MOVE: journey.MOVE_TODAY,
    Opened.BED: journey.BED_TONIGHT,
    Opened.LATER: journey.ASK_LATER,
    Opened.AGAIN: journey.CONTACT_AGAIN,
    Opened.OTHER_WAY: journey.OTHER_SAFE_WAY,
    Opened.CHILD: journey.CHILD_ROUTE,
}
"""The step at whoever coordinates, by what an answer opens. Looking at a plan again is of who supports."""
CANNOT, ASKS_FIRST = "decline_share", "ask_first"
"""Lists of the handbook: why somebody cannot do it, and what they want to know first."""
READABLE = (State.ACCEPTED, State.DONE)
AT_ONCE = Term(unit=Unit.AT_ONCE)
SOON = Term(unit=Unit.WORKING_DAYS, amount=1)


def accept(*, code: str, actor: Actor) -> None:
    """Take it on, and read it.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: its last day has passed.
        Conflict: it was taken back in the meantime.
    """
    with verb(CareShare, code, actor, CARE_SHARE_ANSWER, purpose="accept") as it:
        _require_in_time(it.row)
        it.to(State.ACCEPTED)
        it.row.accepted_at = timezone.now()
        it.plan(ANSWER_SHARE, due=end_of(max(it.row.answer_by, timezone.localdate())))


def decline(*, code: str, reason: str, actor: Actor) -> None:
    """Say that this cannot be done, before anybody read it. Whoever coordinates decides who goes on.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: no reason of the handbook, or its last day has passed.
        Conflict: it was taken back or taken on in the meantime.
    """
    with verb(CareShare, code, actor, CARE_SHARE_ANSWER, purpose="decline") as it:
        _require_unread(it.row)
        chosen = chosen_reason(it.row.pack, CANNOT, reason, sentences=False)
        it.to(State.RETURNED)
        it.row.return_reason = chosen.id
        it.end_access()
        it.close()
        it.ask(journey.CHOOSE_SUPPORT, due=term_end(SOON))


def ask_first(*, code: str, question: str, actor: Actor) -> None:
    """Ask whoever coordinates something before it is taken on. They answer by telephone.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: no question of the handbook, or its last day has passed.
        Conflict: it was taken back or taken on in the meantime, or a question waits already.
    """
    with verb(CareShare, code, actor, CARE_SHARE_ANSWER, purpose="ask") as it:
        row = it.row
        _require_unread(row)
        if row.asks_first:
            raise Conflict
        asks = _("Kies wat u eerst wilt weten.")
        try:
            chosen = chosen_reason(row.pack, ASKS_FIRST, question, sentences=False, otherwise=asks)
        except DomainError as error:
            raise DomainError(error.message, "question") from error
        row.question, row.told_on = chosen.id, None
        it.plan(journey.AWAIT_CARE, due=end_of(max(row.answer_by, timezone.localdate())))
        it.ask(journey.ANSWER_QUESTION, due=term_end(SOON))


def answer(*, code: str, reply: str, actor: Actor, until: date | None = None, reason: str = "") -> None:
    """Answer with a word of the handbook, which opens what that word says.

    Args:
        until: the day, where the word asks one.
        reason: why it does not fit, of the handbook, for what is to be looked for elsewhere.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: no such answer, or its day is missing or too far away.
        Conflict: it was taken back, or is done.
    """
    with verb(CareShare, code, actor, CARE_SHARE_ANSWER, purpose=reply) as it:
        row = it.row
        _require_in_time(row)
        if row.state != State.ACCEPTED:
            raise Conflict
        chosen = row.pack.care_replies.get(reply)
        if chosen is None or row.kind not in chosen.answers:
            raise DomainError(_("Kies een antwoord."), "reply")
        if reason and reason not in row.pack.shelter_refusals:
            raise DomainError(_("Kies een reden."), "reason")
        _require_day(chosen, until)
        said = Reply(reply, timezone.localdate().isoformat(), until.isoformat() if until else "", reason)
        before = replies_of(it.envelope.read(row, "replies"))
        write(it, "replies", [asdict(each) for each in (*before, said)])
        _open(it, chosen, until)


def note_contact_read(*, code: str, seen: str, actor: Actor) -> None:
    """Say that it was read how to make contact from now on.

    Args:
        seen: the id of what was shown.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: its last day has passed.
        Conflict: nothing changed since, it can be read no longer, or it changed again after it was shown.
    """
    with verb(CareShare, code, actor, CARE_SHARE_ANSWER, purpose="contact") as it:
        row = it.row
        _require_readable(row)
        said = Anew.from_json(it.envelope.read(row, "contact"))
        if said is None or not said.waits or said.id != seen:
            raise Conflict
        write(it, "contact", asdict(replace(said, seen=timezone.localdate().isoformat())))
        have_read(it, READ_CONTACT)


def keep_number(*, code: str, number: str, actor: Actor) -> None:
    """Keep the number by which it is known in the organisation's own system.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: its last day has passed.
        Conflict: nobody took it on, or it has ended.
    """
    with verb(CareShare, code, actor, CARE_SHARE_ANSWER, purpose="number") as it:
        _require_readable(it.row)
        write(it, "kept", {"number": number})


def _open(it: Work[CareShare], chosen: CareReply, until: date | None) -> None:
    due = end_of(until) if until else term_end(_term(chosen, minor=it.row.minor))
    if chosen.ends is Ends.RETURNED:
        it.to(State.RETURNED)
        it.end_access()
    elif chosen.ends is Ends.DONE:
        it.to(State.DONE)
    if chosen.ends:
        it.close()
    if chosen.ends is Ends.DONE and _reads_contact(it):
        still_reads(it, READ_CONTACT, due=end_of(timezone.localdate()))
    if chosen.opens is Opened.REVIEW:
        it.plan(REVIEW_HELP, due=due, urgent=False)
        it.ask(journey.READ_REPLY, due=term_end(SOON))
        return
    if not chosen.ends:
        it.plan(ANSWER_SHARE, due=due, urgent=False)
    hurried = _term(chosen, minor=it.row.minor).unit is Unit.AT_ONCE
    it.ask(STEPS[chosen.opens], due=due, urgent=hurried or it.row.acute)


def _reads_contact(it: Work[CareShare]) -> bool:
    said = Anew.from_json(it.envelope.read(it.row, "contact"))
    return said is not None and said.waits


def _term(chosen: CareReply, *, minor: bool) -> Term:
    return AT_ONCE if chosen.hurries and minor else chosen.term


def _require_day(chosen: CareReply, until: date | None) -> None:
    if chosen.asks_date is None:
        if until is not None:
            raise DomainError(_("Bij dit antwoord hoort geen dag."), "until")
        return
    today = timezone.localdate()
    if until is None or not today < until <= today + timedelta(days=chosen.asks_date):
        said = _("Kies een dag die nog komt, hoogstens %(days)s dagen vooruit.")
        raise DomainError(said % {"days": chosen.asks_date}, "until")


def _require_unread(row: CareShare) -> None:
    _require_in_time(row)
    if row.state != State.SENT:
        raise Conflict


def _require_readable(row: CareShare) -> None:
    _require_in_time(row)
    if row.state not in READABLE or row.over:
        raise Conflict


def _require_in_time(row: CareShare) -> None:
    # The job that ends what has passed runs once a day; nobody reads what it should have ended.
    if row.expires < timezone.localdate() and row.access_ended is None:
        raise DomainError(_("Dit akkoord is afgelopen. Bel de zorg."))
