"""Who to call: from what somebody knows to a number, by the rules that make the plan of a case too.

The rules are those of `kernel.handbook.planning`. Here stands only how plain answers become the facts that
they look at, and what of the plan somebody can go to now. Nothing of an answer is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sluitend.kernel.handbook.checks_of_actions import ENFORCING
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import NATIONAL, Partner, Territory
from sluitend.kernel.handbook.hours import Answered, answered
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import (
    SUBREGION,
    Facts,
    Lock,
    Planned,
    before_calling,
    facts_with,
    plan,
)
from sluitend.kernel.handbook.plans import Party, PartyKind, PlanAnswer, PlanWarning
from sluitend.kernel.handbook.recognition import EMERGENCY_NUMBER, HelpLine

OUTSIDE = "outside"

TERRITORY = "territory"


@dataclass(frozen=True)
class Answers:
    """What somebody answered: a municipality (or `OUTSIDE`), what is the matter, and the form, if known."""

    municipality: str
    situations: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True)
class Number:
    """A number, with whether it is answered now. `partner` is whose number it is, when it is that of one.

    `first` is what stands beside it on every page.
    """

    line: HelpLine
    answered: Answered
    partner: Partner | None = None
    first: tuple[PlanWarning, ...] = ()

    @property
    def may_answer(self) -> bool:
        """Whether somebody can call it now: the number is sure, and nobody said that it is closed."""
        return self.line.confirmed and self.answered.now is not False

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.line.number if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Contact:
    """Somebody to go to, with what the plan asks of them.

    `number` is absent where there is none that this reader may see, or nothing to say before it is called.
    """

    party: Party
    partner: Partner | None
    asks: tuple[Planned, ...]
    number: Number | None
    otherwise: tuple[Number, ...] = ()
    elsewhere: Number | None = None
    """Who answers in their place, where they do not work where it is: that is whom to go to."""

    @property
    def sure(self) -> Number | None:
        """The number that can be called now: it is confirmed, and not known to be closed."""
        return self.number if self.number and self.number.may_answer else None

    @property
    def answers_now(self) -> Number | None:
        """Who answers in their place: first whoever surely does, else whoever may."""
        confirmed = [each for each in self.otherwise if each.may_answer]
        surely = (each for each in confirmed if each.answered.now)
        return next(surely, next(iter(confirmed), None))

    @property
    def aloud(self) -> tuple[Text, ...]:
        """What can be read aloud to them: of the first thing that has words for it."""
        return next((each.action.aloud for each in self.asks if each.action.aloud), ())

    @property
    def first(self) -> tuple[PlanWarning, ...]:
        """What stands beside the number: it is never there without."""
        return tuple({each.first.id: each.first for each in self.asks if each.first}.values())

    @property
    def warnings(self) -> tuple[PlanWarning, ...]:
        """The other warnings. A warning is shown whether it is confirmed or not."""
        every = {warning.id: warning for each in self.asks for warning in each.warnings}
        for each in self.first:
            every.pop(each.id, None)
        return tuple(every.values())

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What must come first."""
        return tuple({lock.id: lock for each in self.asks for lock in each.locks}.values())

    @property
    def withheld(self) -> tuple[Text, ...]:
        """What is not told here, and why: one reason can be that of several parts."""
        return tuple({part.reason.nl: part.reason for each in self.asks for part in each.withheld}.values())


@dataclass(frozen=True)
class Call:
    """Who to go to, the first one first, and the number for danger when that is not surely answered."""

    contacts: tuple[Contact, ...]
    danger: Number | None

    @property
    def first(self) -> Contact | None:
        """Whom to go to first."""
        return self.contacts[0] if self.contacts else None

    @property
    def acute(self) -> bool:
        """Whether somebody is in danger now."""
        return self.first is not None and self.first.party.kind is PartyKind.EMERGENCY


def questions(pack: Pack) -> tuple[PlanAnswer, ...]:
    """Return what can be the matter, but for where it is: that the municipality says."""
    return tuple(each for each in pack.plan_answers if all(one.fact != TERRITORY for one in each.sets))


def facts_of(answers: Answers, pack: Pack) -> Facts:
    """Return the answers as the facts that the rules look at; what was not answered is as at the start.

    Of answers that contradict each other the most protective counts, as with sentences of a report.
    """
    chosen = pack.plan_answers.named(answers.situations)
    told = [(one.fact, one.value) for each in chosen for one in each.sets]
    told.sort(key=lambda one: _protection(one[0], one[1], pack), reverse=True)
    municipality = pack.municipalities.get(answers.municipality)
    told.append((TERRITORY, Territory.OUTSIDE_REGION if answers.municipality == OUTSIDE else Territory.HERE))
    if municipality:
        told.append((SUBREGION, municipality.subregion))
    if answers.form in pack.forms:
        told += [(fact.id, answers.form) for fact in pack.plan_facts if fact.of_forms]
    return facts_with(pack, (one for one in told if one[0] in pack.plan_facts))


def _protection(fact_id: str, value: str, pack: Pack) -> int:
    values = pack.plan_facts[fact_id].protective
    return values.index(value) if value in values else len(values)


def call_for(answers: Answers, pack: Pack, *, professional: bool, moment: datetime) -> Call:
    """Return who to call.

    Args:
        answers: what somebody answered.
        pack: the handbook.
        professional: whether the reader is signed in, and so sees what is not confirmed, with its mark.
        moment: now, in the time zone of the region.
    """
    facts = facts_of(answers, pack)
    numbers = _Numbers(pack, professional=professional, moment=moment)
    asked: dict[str, list[Planned]] = {}
    made = plan(facts, pack)
    for each in made.actions if professional else made.public:
        if each.action.public:
            asked.setdefault(each.action.party, []).append(each)
    found = [_contact(pack.plan_parties[party], asks, facts, numbers) for party, asks in asked.items()]
    # Who stopped is left out, unless nobody else would be left to go to.
    contacts = _help_first(each for each in found if numbers.is_there(each.partner)) or _help_first(found)
    number = contacts[0].number if contacts else None
    reached = number is not None and number.line.confirmed and number.answered.now is True
    return Call(contacts, None if reached else numbers.of_danger())


def _contact(party: Party, asks: list[Planned], facts: Facts, numbers: _Numbers) -> Contact:
    subregion = next(iter(facts.get(SUBREGION, ())), None)
    partner = numbers.pack.partner_for(party.partner, subregion) if party.partner else None
    number, others = numbers.of_party(party), numbers.otherwise(party)
    outside = Territory.OUTSIDE_REGION in facts.get(TERRITORY, ()) and not _is_everywhere(partner)
    elsewhere = others[0] if outside and others else None
    if elsewhere:
        partner, number, others = None, elsewhere, others[1:]
    if not (any(each.first for each in asks) and numbers.is_there(partner)):
        number, others = None, ()
    return Contact(party, partner, tuple(asks), number, others, elsewhere)


def _is_everywhere(partner: Partner | None) -> bool:
    return partner is None or NATIONAL in partner.areas


def _help_first(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return nobody who enforces above who helps, and none of them alone."""
    ordered = sorted(contacts, key=lambda each: each.party.kind in ENFORCING)
    return () if ordered and ordered[0].party.kind in ENFORCING else tuple(ordered)


def number_of_partner(partner: Partner, pack: Pack, *, professional: bool, moment: datetime) -> Number | None:
    """Return the number of a partner, if there is one that this reader may see."""
    return _Numbers(pack, professional=professional, moment=moment).of_partner(partner)


def every_number(pack: Pack, *, professional: bool, moment: datetime) -> tuple[Number, ...]:
    """Return all numbers that this reader may see, in the order of the handbook; a chat has none to dial."""
    numbers = _Numbers(pack, professional=professional, moment=moment)
    return tuple(numbers.of_line(line) for line in pack.help_lines if numbers.may_see(line))


class _Numbers:
    """The numbers that one reader may see, each with whether it is answered."""

    def __init__(self, pack: Pack, *, professional: bool, moment: datetime) -> None:
        self.pack, self.professional, self.moment = pack, professional, moment

    def is_there(self, partner: Partner | None) -> bool:
        """Tell whether a partner does its work today; who is no partner of the handbook does."""
        return partner is None or partner.valid_on(self.moment.date())

    def of_party(self, party: Party) -> Number | None:
        """Return the number of who acts in a plan, as far as the handbook has it."""
        return self._of(party.help_line)

    def otherwise(self, party: Party) -> tuple[Number, ...]:
        """Return the numbers in the place of theirs."""
        return tuple(found for each in party.otherwise if (found := self._of(each)))

    def of_partner(self, partner: Partner) -> Number | None:
        """Return the number of a partner, as far as the handbook has it."""
        return self._of(partner.help_line, partner)

    def of_danger(self) -> Number | None:
        """Return the number for danger."""
        return self._of(EMERGENCY_NUMBER)

    def of_line(self, line: HelpLine) -> Number:
        """Return a number by itself, whoever's it is."""
        return self._number(line, None)

    def may_see(self, line: HelpLine) -> bool:
        """Tell whether this reader may see a number, and it holds today."""
        return line.valid_on(self.moment.date()) and (line.public or self.professional)

    def _of(self, line_id: str | None, partner: Partner | None = None) -> Number | None:
        line = self.pack.help_lines.get(line_id or "")
        dialled = line is not None and any(sign.isdigit() for sign in line.number)
        return self._number(line, partner) if line and dialled and self.may_see(line) else None

    def _number(self, line: HelpLine, partner: Partner | None) -> Number:
        shown = partner if partner and (partner.confirmed or self.professional) else None
        hours = line.open_confirmed or self.professional
        now = answered(line, self.moment) if hours else Answered(now=None)
        return Number(line, now, shown, before_calling(line.id, self.pack))
