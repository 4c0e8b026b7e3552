"""What a care file holds, as it is sealed: the person, how to reach them, and what they agreed to."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from sluitend.journeys.care_files.contacting import (
    EVERY_DAY,
    WEEKDAYS,
    Answer,
    ContactRule,
    Effect,
    may_contact,
)
from sluitend.journeys.care_files.words import AgeBand, Days, GivenBy, Purpose, Said, Standing, Told, YesNo

WEEKEND = EVERY_DAY - WEEKDAYS
DAYS: Mapping[str, frozenset[int]] = {
    Days.ANY: EVERY_DAY,
    Days.OFFICE: WEEKDAYS,
    Days.WEEKEND: WEEKEND,
}
HELP, SHARE_ONE = "help_agreement", "share_one"
REGISTRATION, INTERVENTION, STATISTICS = "registration", "intervention", "statistics"
INTERPRETED = "tolk"
"""Read out in Dutch by an interpreter, where the handbook has no text in the language of the person."""
THREE = (REGISTRATION, INTERVENTION, STATISTICS)
"""The three that are asked apart, each independent of the others. Their texts are of the handbook."""
QUIET_DAYS = 14
"""So many days nobody asks again after "no" or "later"."""
SIGNED_WITHIN_DAYS = 3
"""A spoken agreement to share ends after so many days."""


@dataclass(frozen=True)
class Sealed:
    """Texts that are sealed as JSON. Empty ones are left out."""

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again; what is not known any more is skipped."""
        given = values if isinstance(values, dict) else {}
        return cls(**{each.name: str(given.get(each.name, "")) for each in fields(cls)})


@dataclass(frozen=True)
class Person(Sealed):
    """Who it is, no more than thin mode keeps. `own_number` is that of the organisation's own system."""

    call_name: str = ""
    age_group: str = ""
    language: str = ""
    subregion: str = ""
    guardian: str = ""
    own_number: str = ""
    parents_know: str = ""
    """Of somebody under 18, whether the parents may know: decided together with who protects children."""


@dataclass(frozen=True)
class Rule(Sealed):
    """One rule for contact. `ended` is the day on which somebody ended it; it stays to be read."""

    id: str = ""
    channel: str = ""
    effect: str = ""
    value: str = ""
    days: str = ""
    start: str = ""
    end: str = ""
    voicemail: str = ""
    through_whom: str = ""
    say_what: str = ""
    check_on: str = ""
    set_on: str = ""
    ended: str = ""

    def as_rule(self) -> ContactRule:
        """Return it as it is reasoned with. A time that cannot be read opens nothing."""
        try:
            start, end = _time(self.start) or time.min, _time(self.end)
        except ValueError:
            start = end = time.min
        check_on = day_of(self.check_on)
        days = DAYS.get(self.days, EVERY_DAY)
        return ContactRule(self.channel, Effect(self.effect), days, start, end, check_on)


@dataclass(frozen=True)
class Attempt(Sealed):
    """Contact that was sought. `against` is the reason to go against the rules, where somebody did."""

    at: str = ""
    channel: str = ""
    reached: str = ""
    against: str = ""


@dataclass(frozen=True)
class Contact:
    """How somebody may be reached, and how that was tried."""

    rules: tuple[Rule, ...] = ()
    stop_until: str = ""
    attempts: tuple[Attempt, ...] = ()

    @property
    def running(self) -> tuple[Rule, ...]:
        """The rules that nobody ended."""
        return tuple(each for each in self.rules if not each.ended)

    def may(self, channel: str, at: datetime) -> Answer:
        """Return whether the person may be reached in this way at this moment."""
        rules = [each.as_rule() for each in self.running]
        return may_contact(rules, channel, at, stop_until=day_of(self.stop_until))

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {
            "rules": _many(self.rules),
            "stop_until": self.stop_until,
            "attempts": _many(self.attempts),
        }

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again."""
        given = values if isinstance(values, dict) else {}
        return cls(
            rules=tuple(Rule.from_json(each) for each in given.get("rules", ())),
            stop_until=str(given.get("stop_until", "")),
            attempts=tuple(Attempt.from_json(each) for each in given.get("attempts", ())),
        )


@dataclass(frozen=True)
class Agreed(Sealed):
    """One answer of the person to one text. It never changes; `withdrawn` is the day it was taken back."""

    kind: str = ""
    version: str = ""
    answer: str = ""
    on: str = ""
    form: str = ""
    language: str = ""
    signed_by: str = ""
    age_band: str = ""
    interpreter: str = ""
    interpreter_number: str = ""
    witness: str = ""
    said_back: str = ""
    started: str = ""
    withdrawn: str = ""
    void: str = ""
    """The day on which the person turned out to be under 18, who had signed as an adult."""
    given_by: str = ""
    """Who answered, of somebody under 18; see `GivenBy`. Nothing where nobody noted that."""
    lapsed: str = ""
    """The day on which the person was 18, for whom a parent or guardian had answered."""

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.withdrawn:
            return Standing.WITHDRAWN
        if self.lapsed:
            return Standing.AS_CHILD
        return Standing.AS_ADULT if self.void else Standing(self.answer)

    def as_child(self, today: date) -> Self:
        """Return it as it is for somebody under 18: what was signed as an adult holds no longer."""
        signed = self.answer == Said.YES and self.age_band in ("", AgeBand.ADULT)
        return replace(self, void=self.void or today.isoformat()) if signed else self

    def as_adult(self, today: date) -> Self:
        """Return it as it is for somebody who is 18 now: only what they said themselves holds still."""
        own = self.given_by == GivenBy.PERSON or self.age_band == AgeBand.SIXTEEN
        holds = self.standing is Standing.YES
        return replace(self, lapsed=today.isoformat()) if holds and not own else self


@dataclass(frozen=True)
class Share(Sealed):
    """An agreement to share something with one organisation, until a day."""

    id: str = ""
    recipient: str = ""
    parts: str = ""
    purpose: str = ""
    not_to: str = ""
    until: str = ""
    on: str = ""
    form: str = ""
    version: str = ""
    language: str = ""
    answer: str = ""
    interpreter_number: str = ""
    witness: str = ""
    withdrawn: str = ""
    void: str = ""
    given_by: str = ""
    lapsed: str = ""
    """As of an answer: who answered of somebody under 18, and since when that ended."""
    what: str = ""
    """What it is for, where it goes by this program; see `Purpose`."""
    to: str = ""
    """Code of the organisation that gets it, where that works here."""
    chosen: str = ""
    """Ids of the parts that were agreed to, with spaces."""
    task: str = ""
    name: str = ""
    before: str = ""
    """Of a task for a municipality: which, for whom as it must know them, and before which day."""
    ground: str = ""
    """Id of the ground on which it is shared without a yes; nothing where the person agreed."""
    hurries: str = ""
    """Whether a colleague may look after it went: only in direct danger."""
    why: str = ""
    by: str = ""
    """Account of who decided that."""
    told: str = ""
    told_on: str = ""
    told_why: str = ""
    """What the person knows of it: on which day they are told, or why not."""
    second: str = ""
    looked_on: str = ""
    agrees: str = ""
    remark: str = ""
    """The colleague who looked along, and what that one said."""
    gone: str = ""
    """The day on which it was told, where that is not done by this program."""
    went: str = ""
    """Whether it went before it was taken back, where nobody said yes; once a colleague looked: was read."""

    @property
    def waits_for_second(self) -> bool:
        """Whether a colleague must look at it still: also at what went, and was taken back since."""
        return bool(self.ground) and not (self.agrees or self.void or self.undone)

    @property
    def may_tell(self) -> bool:
        """Whether there is something that the person does not know yet: not where nothing went."""
        return bool(self.ground) and self.told != Told.TOLD and not (self.void or self.undone)

    @property
    def tell_on(self) -> date | None:
        """The day on which the person is told of it, where somebody still must."""
        return day_of(self.told_on) if self.told == Told.LATER and self.may_tell else None

    @property
    def undone(self) -> bool:
        """Whether it ended before anything went: nobody outside knows of it."""
        ended = bool(self.withdrawn) or self.agrees == YesNo.NO
        return ended and not (self.went or self.gone)

    @property
    def sends(self) -> bool:
        """Whether this program brings it to the other organisation."""
        return self.what in (Purpose.SUPPORT, Purpose.TASK)

    def ends_at_18(self, today: date) -> bool:
        """Whether it ends at 18: it holds, and nobody noted that the person agreed themselves."""
        return self.standing(today) is Standing.YES and self.given_by != GivenBy.PERSON

    def standing(self, today: date) -> Standing:
        """Return how it stands on a day."""
        if self.withdrawn:
            return Standing.WITHDRAWN
        if self.void or self.lapsed:
            return Standing.AS_CHILD if self.lapsed else Standing.AS_ADULT
        until = day_of(self.until)
        if self.ground:
            if self.agrees == YesNo.NO or until is None or until < today:
                return Standing.ENDED
            return Standing.AGAINST if self.hurries or self.agrees else Standing.WAITS
        if self.answer == Said.YES and (until is None or until < today):
            return Standing.ENDED
        return Standing(self.answer)


@dataclass(frozen=True)
class Asking(Sealed):
    """That somebody is asked to take away what was shared, and what they answered."""

    id: str = ""
    recipient: str = ""
    on: str = ""
    answer: str = ""
    before: str = ""
    """The day before which an answer is asked."""


@dataclass(frozen=True)
class Consents:
    """Everything that the person was asked to agree to, the oldest answer first."""

    answers: tuple[Agreed, ...] = ()
    shares: tuple[Share, ...] = ()
    removals: tuple[Asking, ...] = field(default=())

    def agreed_now(self, what: Purpose, today: date) -> Share | None:
        """Return the last agreement for a purpose that holds on a day."""
        found = (each for each in reversed(self.shares) if each.what == what)
        return next((each for each in found if each.standing(today) is Standing.YES), None)

    def share(self, share_id: str) -> Share | None:
        """Return the agreement to share of this id."""
        return next((each for each in self.shares if each.id == share_id), None)

    def last(self, kind: str) -> Agreed | None:
        """Return the last answer to a text."""
        return next((each for each in reversed(self.answers) if each.kind == kind), None)

    def standing(self, kind: str) -> Standing:
        """Return how the consent of this kind stands."""
        last = self.last(kind)
        return last.standing if last else Standing.NOT_DISCUSSED

    def quiet_until(self, kind: str) -> date | None:
        """Return before which day nobody asks again by themselves, after "no" or "later"."""
        last = self.last(kind)
        on = day_of(last.on) if last and last.answer in (Said.NO, Said.LATER) else None
        return on + timedelta(days=QUIET_DAYS) if on else None

    @property
    def unremoved(self) -> tuple[Asking, ...]:
        """Whom was not asked yet, or who did not answer yet, to take away what was shared."""
        return tuple(each for each in self.removals if not each.answer)

    def taken_back(self, kind: str, today: date) -> Self:
        """Return it with the last answer of a kind taken back."""
        last = self.last(kind)
        answers = (
            replace(each, withdrawn=today.isoformat()) if each is last else each for each in self.answers
        )
        return replace(self, answers=tuple(answers))

    def as_child(self, today: date) -> Self:
        """Return it as it is for somebody who turned out to be under 18; what was answered stays."""
        return replace(
            self,
            answers=tuple(each.as_child(today) for each in self.answers),
            shares=tuple(
                replace(each, void=each.void or today.isoformat()) if each.answer == Said.YES else each
                for each in self.shares
            ),
        )

    def as_adult(self, today: date) -> Self:
        """Return it as it is for somebody who is 18 now; what was answered stays to be read."""
        return replace(
            self,
            answers=tuple(each.as_adult(today) for each in self.answers),
            shares=tuple(
                replace(each, lapsed=today.isoformat()) if each.ends_at_18(today) else each
                for each in self.shares
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {
            "answers": _many(self.answers),
            "shares": _many(self.shares),
            "removals": _many(self.removals),
        }

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again."""
        given = values if isinstance(values, dict) else {}
        return cls(
            answers=tuple(Agreed.from_json(each) for each in given.get("answers", ())),
            shares=tuple(Share.from_json(each) for each in given.get("shares", ())),
            removals=tuple(Asking.from_json(each) for each in given.get("removals", ())),
        )


def day_of(text: str) -> date | None:
    """Return the day that a text says, or None."""
    return date.fromisoformat(text) if text else None


def _time(text: str) -> time | None:
    return time.fromisoformat(text).replace(tzinfo=None) if text else None


def _many(rows: Iterable[Sealed]) -> list[dict[str, Any]]:
    return [each.to_json() for each in rows]
