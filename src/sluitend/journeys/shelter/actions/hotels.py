"""A hotel for tonight is asked of a municipality without a name: beds, for whom, which night, and no more."""

import re
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.shelter import course, jobs
from sluitend.journeys.shelter.actions.working import OnSearch, on_search
from sluitend.journeys.shelter.course import Happened, Needs
from sluitend.journeys.shelter.journey import (
    AWAIT_HOTEL,
    CALL_TOWN,
    DECIDE_HOTEL,
    HOTEL_ANSWER,
    HOTEL_ASK,
    HOTEL_FOLLOW,
    HOTEL_RECALL,
    READ_HOTEL,
    READ_LATE,
    SHELTER_WORK,
)
from sluitend.journeys.shelter.models import HotelAsk, Search, SearchNight
from sluitend.journeys.shelter.nights import ASLEEP, DAY, bed_due, clock_of, night_of
from sluitend.journeys.shelter.queries.turned import turned_minor
from sluitend.journeys.shelter.stepping import needs_bed
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.finding import has_open, open_steps
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.verbs import Work, begin, doing, on, verb
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.sheltering import Household, Night
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code

Answer = HotelAsk.Answer
HEARD = {Answer.YES: course.HOTEL_YES, Answer.NO: course.HOTEL_NO}
HEARD_LATE = {Answer.YES: course.LATE_YES, Answer.NO: course.LATE_NO}
MARK = re.compile(r"[A-Za-z0-9-]{1,20}")
"""The mark of a decision: too short for a sentence, and without spaces."""


def ask_hotel(*, code: str, actor: Actor, town: str, revision: int | None = None) -> None:
    """Ask a municipality for a hotel for tonight. Looking goes on meanwhile, and so does the clock.

    Args:
        code: of the search.
        town: code of the municipality where the person is.

    Raises:
        DomainError: there is a bed, a municipality was asked already, nobody reads there, or it is a child.
    """
    to = next((each.id for each in towns() if each.code == town and each.reads), None)
    if to is None:
        raise DomainError(_("Kies een gemeente."), "town")
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="hotel") as it:
        _require_wanted(it)
        settle_hotels(it)
        it.happened(Happened(course.HOTEL_ASKED, ""))
        with_free_code(lambda: _asked(it, to), constraint="code")


def answer_hotel(*, code: str, actor: Actor, answer: str, booking: str = "") -> None:
    """Decide about a hotel for tonight, or ask to be called. The product books nothing.

    A yes or no that comes when all was settled is noted with its moment: care hears it, no night changes.

    Args:
        booking: the mark by which the municipality knows its decision again, which says nothing of anybody.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: no such answer, or the mark is more than that.
        Conflict: it was decided, or there is nobody to be called any more.
    """
    if answer not in Answer.values:
        raise DomainError(_("Kies een antwoord."), "answer")
    if booking and not MARK.fullmatch(booking):
        raise DomainError(_("Gebruik alleen letters, cijfers en streepjes, hoogstens 20."), "booking")
    with verb(HotelAsk, code, actor, HOTEL_ANSWER, purpose=answer) as it:
        row, today, now = it.row, timezone.localdate(), timezone.now()
        if row.takes_late(today) and answer != Answer.CALL:
            _note_late(it, answer, now)
            return
        if row.state != State.SENT or row.expires < today:
            raise Conflict
        row.answer = answer
        if answer == Answer.CALL:
            it.ask(CALL_TOWN, due=now, urgent=True)
            return
        it.to(State.DONE)
        it.envelope.seal(row, "booking", {"mark": booking} if booking else None)
        it.close()
        it.ask(READ_HOTEL, due=now, urgent=True)
        after_commit(jobs.hear_hotel, row.id, row.organisation_id)


def recall_hotel(*, code: str, actor: Actor) -> None:
    """Say that no hotel is needed any more.

    Raises:
        Absent: nothing of this code was asked by the actor's organisation.
        Conflict: the municipality decided in the meantime.
    """
    with verb(HotelAsk, code, actor, HOTEL_RECALL) as it:
        _end(it, State.RECALLED)


def note_hotel(*, code: str, actor: Actor) -> None:
    """Say that the answer was read and done, or that the municipality was called.

    Raises:
        Absent: nothing of this code was asked by the actor's organisation.
        Conflict: there is nothing to note.
    """
    with verb(HotelAsk, code, actor, HOTEL_FOLLOW, purpose="noted") as it:
        row = it.row
        if row.closed is not None or not has_open(row, actor, READ_HOTEL, CALL_TOWN, READ_LATE):
            raise Conflict
        if row.state == State.SENT and row.answered_late is None:
            it.plan(AWAIT_HOTEL, due=end_of(row.night))
        else:
            it.close()


def settle_hotels(it: OnSearch) -> None:
    """End what is still asked for a past night, or for a search that needs no hotel tonight any more."""
    row = it.row
    looks = row.closed is None and row.state != Search.State.ON_HOLD
    wanted = looks and needs_bed(row, it.nights(), it.tonight) and not turned_minor(row, it.actor)
    asked = HotelAsk.objects.filter(
        organisation_id=it.actor.own_organisation, search=row.id, state=State.SENT
    )
    for each in asked.select_for_update(of=("self",)):
        if each.night < it.tonight:
            end_with_the_night(each, it.actor)
        elif not wanted:
            with on(each, it.actor, HOTEL_RECALL, purpose="settled") as ask:
                _end(ask, State.RECALLED)


def asking(actor: Actor) -> dict[UUID, date]:
    """Return for which searches of an organisation a municipality is asked for a hotel, and which night."""
    asked = HotelAsk.objects.filter(organisation_id=actor.own_organisation, state=State.SENT)
    return dict(asked.values_list("search", "night"))


def hear_hotel(asked: UUID, actor: Actor) -> None:
    """Let the night follow from what a municipality decided, where nobody found a bed meanwhile.

    A no leaves the night as it is: a bed is still wanted, and its step climbs. So does a yes for who turned
    out to be a child meanwhile: a child alone is not bridged. What came late is only told. It may run twice.
    """
    row = HotelAsk.objects.filter(organisation_id=actor.own_organisation, pk=asked).first()
    if row is None:
        return
    found = Search.objects.filter(
        organisation_id=actor.own_organisation, pk=row.search, closed__isnull=True
    ).select_related("current_step")
    search = found.select_for_update(of=("self",)).first()
    late = row.answered_late is not None
    what = (HEARD_LATE if late else HEARD).get(Answer(row.answer)) if row.answer else None
    if search is None or what is None:
        return
    with doing(OnSearch(search, actor, SHELTER_WORK, "hotel")) as it:
        if any(each.what == what and each.about == row.code for each in it.course):
            return
        it.happened(Happened(what, "" if late else row.night.isoformat(), about=row.code))
        if late:
            return
        night = SearchNight.objects.filter(search=search, night=row.night).exclude(plan__in=ASLEEP)
        if row.answer == Answer.YES and row.night == it.tonight and not turned_minor(search, actor):
            bridges = (each.id for each in it.pack.shelter_kinds if each.bridges)
            night.update(plan=Night.BRIDGED, kind=next(bridges, ""))


def end_with_the_night(row: HotelAsk, actor: Actor) -> None:
    """End what nobody answered, or answered, when its night is over: the search has its own step."""
    with on(row, actor, HOTEL_RECALL, purpose="expired") as it:
        if row.state == State.SENT:
            it.to(State.EXPIRED)
        it.end_access()
        if row.closed is None:
            _be_done(it)


def _require_wanted(it: OnSearch) -> None:
    row = it.row
    if row.household == Household.CHILD or turned_minor(row, it.actor):
        raise DomainError(_("Een kind alleen wordt niet overbrugd."))
    if row.state == Search.State.ON_HOLD or not needs_bed(row, it.count_nights(), it.tonight):
        raise DomainError(_("Vannacht is er al een plek. U hoeft geen hotel te vragen."))
    if HotelAsk.objects.filter(
        organisation_id=it.actor.own_organisation, search=row.id, night=it.tonight, state=State.SENT
    ).exists():
        raise DomainError(_("Dit is al aan een gemeente gevraagd. Wacht op het antwoord, of bel."))


def _asked(it: OnSearch, to: UUID) -> str:
    row, own, tonight = it.row, it.actor.own_organisation, it.tonight
    envelope = create_envelope(organisation_id=own, recipient_id=to)
    due = bed_due(it.now, tonight, it.clock)
    ask = HotelAsk(
        organisation_id=own,
        recipient_id=to,
        envelope_id=envelope.id,
        code=human_code("H"),
        search=row.id,
        night=tonight,
        release_number=current_release().number,
        urgency=Urgency.NOW,
        sent=it.now,
        answer_by=timezone.localdate(due),
        expires=tonight + DAY,
    )
    beds = Needs.from_json(it.unsealed("needs")).beds
    with begin(ask, it.actor, HOTEL_ASK) as work:
        envelope.seal(ask, "content", {"beds": beds, "household": row.household})
        work.plan(AWAIT_HOTEL, due=due)
        work.ask(DECIDE_HOTEL, due=due, urgent=True)
    return ask.code


def _end(it: Work[HotelAsk], state: State) -> None:
    it.to(state)
    it.end_access()
    _be_done(it)


def _be_done(it: Work[HotelAsk]) -> None:
    """Wait for nothing more; what was answered late is still read."""
    late = open_steps(it.row, it.actor).filter(what=READ_LATE).first()
    if late is None:
        it.close()
        return
    for what in (AWAIT_HOTEL, CALL_TOWN):
        finish_open(subject_id=it.row.id, actor=it.actor, what=what)
    it.row.current_step = late


def _note_late(it: Work[HotelAsk], answer: str, now: datetime) -> None:
    """Note an answer to what was settled. Its mark is not kept: the municipality holds no key any more."""
    row = it.row
    row.answer, row.answered_late = answer, now
    if row.recipient_closed is None:
        it.close()
    hurries = answer == Answer.YES and row.night == night_of(now, clock_of(row.pack))
    it.ask(READ_LATE, due=now if hurries else end_of(timezone.localdate(now)), urgent=hurries)
    after_commit(jobs.hear_hotel, row.id, row.organisation_id)
