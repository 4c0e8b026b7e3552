"""What the person was asked to agree to, and what they answered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from sluitend.journeys.care_files.content.sealed import Sealed, day_of, many
from sluitend.journeys.care_files.words import AgeBand, GivenBy, Purpose, Said, Standing, Told, YesNo

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
    id: str = ""
    """By which a database that was put back knows that it was taken back. It says nothing of what it is."""
    again: str = ""
    """The day on which it was taken back once more, as a backup had brought it back."""

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
    stops: str = ""
    lost_on: str = ""
    stays: str = ""
    """The last day of who supports, when that was heard, and when the person chose to stay here."""
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
    again: str = ""
    """As of `Agreed`."""
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
        return self.what in (Purpose.SUPPORT, Purpose.TASK, Purpose.MOVE)

    @property
    def standing_yes(self) -> bool:
        """Whether it was agreed to, and nothing ended it but its day."""
        return self.answer == Said.YES and not (self.withdrawn or self.void or self.lapsed)

    @property
    def moves(self) -> bool:
        """Whether who gets it stops, and the person did not end it or choose to stay."""
        return bool(self.stops) and self.standing_yes and not self.stays

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
    about: str = ""
    """What the person agreed to, in words: one organisation may be asked for two things."""


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

    def after(self, share: Share) -> list[Share]:
        """Return what was answered about support since it was heard that who gets this one stops."""
        later = self.shares[self.shares.index(share) + 1 :]
        return [each for each in later if each.what == Purpose.SUPPORT and each.on >= share.lost_on]

    def to_move(self, went: Collection[str]) -> list[Share]:
        """Return what stops and was not answered yet: by another organisation, or with no.

        Who wants no help any more is asked nothing.

        Args:
            went: ids of the agreements by which something went.
        """
        if self.standing(HELP) is Standing.WITHDRAWN:
            return []
        return [
            each
            for each in self.shares
            if each.moves
            and not any(
                later.answer == Said.NO or (later.standing_yes and later.id in went)
                for later in self.after(each)
            )
        ]

    def living(self) -> Iterator[tuple[UUID, str]]:
        """Return the id of each yes or ground that nobody took back, with by what `withdraw` calls it."""
        for said in self.answers:
            if said.id and said.answer == Said.YES and not said.withdrawn:
                yield UUID(said.id), said.kind
        for share in self.shares:
            if share.id and (share.answer == Said.YES or share.ground) and not share.withdrawn:
                yield UUID(share.id), share.id

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
            "answers": many(self.answers),
            "shares": many(self.shares),
            "removals": many(self.removals),
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
