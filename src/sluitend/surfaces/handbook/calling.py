"""Who to call: from what somebody knows to a number, by the rules that advise a focal point too.

The rules are those of `kernel.handbook.routing`. Here stands only how plain answers become the facts that
they look at, and which number of the advice somebody can reach now. Nothing of an answer is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.handbook.guidance import Answer, Partner, Territory, Wish
from sluitend.kernel.handbook.hours import Answered, answered
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import EMERGENCY_NUMBER, HelpLine
from sluitend.kernel.handbook.routing import Advice, CaseFacts, advise

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OUTSIDE = "outside"
POLICE = "politie"
"""The number of the police without emergency, in every pack that has one: the last way out but 112."""


@dataclass(frozen=True)
class Situation:
    """Something that can be the matter, in plain words, and the facts that it stands for."""

    key: str
    label: _StrPromise
    facts: dict[str, Any]
    hint: _StrPromise | str = ""
    rare: bool = False


# In the order of the page. Of two that speak of one fact the first counts.
SITUATIONS = (
    Situation("danger", _("Er is nu direct gevaar"), {"acute": True}),
    Situation(
        "alone",
        _("Een kind is alleen en komt van buiten de EU"),
        {"minor": Answer.YES, "non_eu_minor": Answer.YES},
        rare=True,
    ),
    Situation(
        "minor", _("Iemand is jonger dan 18"), {"minor": Answer.YES}, _("Kies dit ook als u twijfelt.")
    ),
    Situation("wants_help", _("Een volwassene wil hulp"), {"person_known": True, "wish": Wish.YES}),
    Situation(
        "wish_unclear",
        _("Ik weet niet of een volwassene hulp wil"),
        {"person_known": True, "wish": Wish.UNCLEAR},
    ),
    Situation("crime", _("Iemand moet strafbare dingen doen"), {"coerced_into_crime": True}),
    Situation("place", _("Het gaat om een bedrijf of een plek"), {"place_or_company_known": True}),
    Situation(
        "coercion",
        _("Ik zag of hoorde dwang"),
        {"coercion_seen": Answer.YES},
        _("Bijvoorbeeld slaan, dreigen of iemand opsluiten."),
    ),
    Situation("suspicion", _("Ik heb alleen een vermoeden"), {"suspicion_only": True}),
    Situation(
        "pattern", _("Het gaat om meer plekken, of er zit een groep achter"), {"organised": True}, rare=True
    ),
    Situation(
        "complex",
        _("Een persoon heeft veel problemen tegelijk"),
        {"complex_person": True, "person_known": True},
        rare=True,
    ),
    Situation(
        "embassy", _("Het gaat om personeel van een ambassade"), {"diplomatic_household": True}, rare=True
    ),
    Situation(
        "housing",
        _("Mensen wonen slecht. Ik zag geen dwang"),
        {"bad_housing": True, "coercion_seen": Answer.NO},
        rare=True,
    ),
)
KEYS = tuple(each.key for each in SITUATIONS)


@dataclass(frozen=True)
class Answers:
    """What somebody answered: a municipality (or `OUTSIDE`), what is the matter, and the form, if known."""

    municipality: str
    situations: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True)
class Number:
    """A number, with whether it is answered now. `partner` is whose number it is, when it is that of one."""

    line: HelpLine
    answered: Answered
    partner: Partner | None = None

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.line.number if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Call:
    """Who to call, and what goes with it.

    `advice` is the first that the rules give, None when they have none. `stated` says whether this reader may
    read that rule: an unconfirmed one is for who is signed in. `number` is the one to call, `instead` who can
    be reached now when that one cannot, `last` the way out that is always there.
    """

    advice: Advice | None
    also: tuple[Advice, ...]
    stated: bool
    number: Number | None
    later: tuple[Number, ...]
    instead: tuple[Number, ...]

    @property
    def partner(self) -> Partner | None:
        """The partner that the rules name first."""
        return self.advice.partners[0] if self.advice and self.advice.partners else None

    @property
    def reached(self) -> bool:
        """Whether the number is surely answered now."""
        return self.number is not None and self.number.answered.now is True


def facts_of(answers: Answers, pack: Pack, today: date) -> CaseFacts:
    """Return the answers as the facts that the rules look at; what was not answered stays unknown."""
    known: dict[str, Any] = {}
    for each in SITUATIONS:
        if each.key in answers.situations:
            known = {**each.facts, **known}
    municipality = pack.municipalities.get(answers.municipality)
    facts = CaseFacts(
        forms=frozenset({answers.form} if answers.form in pack.forms else ()),
        subregion=municipality.subregion if municipality else None,
        territory=Territory.OUTSIDE_REGION if answers.municipality == OUTSIDE else Territory.HERE,
        on=today,
    )
    return replace(facts, **known)


def call_for(answers: Answers, pack: Pack, *, professional: bool, moment: datetime) -> Call:
    """Return who to call.

    Args:
        answers: what somebody answered.
        pack: the handbook.
        professional: whether the reader is signed in, and so sees what is not confirmed, with its mark.
        moment: now, in the time zone of the region.
    """
    found = advise(facts_of(answers, pack, moment.date()), pack)
    advice = found[0] if found else None
    numbers = _Numbers(pack, professional=professional, moment=moment)
    own = numbers.of([advice] if advice else [])
    number = own[0] if own else None
    # Where there is nobody to call, the question is what to do when it cannot wait.
    last = (POLICE, EMERGENCY_NUMBER) if number else (EMERGENCY_NUMBER, POLICE)
    way_out = [*own[1:], *numbers.of(found[1:]), *numbers.of_lines(*last)]
    may_answer = [each for each in _once(way_out) if each.answered.now is not False and each.line.confirmed]
    may_answer.sort(key=lambda each: not each.answered.now)
    reached = number is not None and number.answered.now is True and number.line.confirmed
    return Call(
        advice=advice,
        also=tuple(found[1:]),
        stated=advice is not None and (advice.confirmed or professional),
        number=number,
        later=tuple(own[1:]),
        instead=()
        if reached
        else tuple(each for each in may_answer if each.line != (number and number.line)),
    )


def numbers_of_partner(
    partner: Partner, pack: Pack, *, professional: bool, moment: datetime
) -> tuple[Number, ...]:
    """Return the numbers of a partner that this reader may see, each with whether it is answered."""
    return tuple(_Numbers(pack, professional=professional, moment=moment).of_partner(partner))


def every_number(pack: Pack, *, professional: bool, moment: datetime) -> tuple[Number, ...]:
    """Return all numbers that this reader may see, in the order of the handbook; a chat has none to dial."""
    numbers = _Numbers(pack, professional=professional, moment=moment)
    return tuple(numbers.of_line(line) for line in pack.help_lines if numbers.may_see(line))


class _Numbers:
    """The numbers that one reader may see, each with whether it is answered."""

    def __init__(self, pack: Pack, *, professional: bool, moment: datetime) -> None:
        self.pack, self.professional, self.moment = pack, professional, moment

    def of(self, advices: Iterable[Advice]) -> list[Number]:
        """Return the numbers of advices: what is called first, then those of the partners."""
        return list(_once(number for advice in advices for number in self._of(advice)))

    def of_lines(self, *line_ids: str) -> list[Number]:
        """Return the numbers with these ids, as far as the handbook has them."""
        lines = [line for line_id in line_ids if (line := self.pack.help_lines.get(line_id))]
        return [self._number(line, None) for line in lines if self._seen(line)]

    def _of(self, advice: Advice) -> Iterator[Number]:
        for line in advice.call_first:
            if self._seen(line):
                owner = next((each for each in advice.partners if each.help_line == line.id), None)
                yield self._number(line, owner)
        for partner in advice.partners:
            yield from self.of_partner(partner)

    def of_partner(self, partner: Partner) -> Iterator[Number]:
        """Yield the number of a partner, as far as the handbook has it."""
        own = self.pack.help_lines.get(partner.help_line or "")
        if own and self._seen(own):
            yield self._number(own, partner)

    def of_line(self, line: HelpLine) -> Number:
        """Return a number by itself, whoever's it is."""
        return self._number(line, None)

    def may_see(self, line: HelpLine) -> bool:
        """Tell whether this reader may see a number, and it holds today."""
        return line.valid_on(self.moment.date()) and (line.public or self.professional)

    def _seen(self, line: HelpLine) -> bool:
        return any(sign.isdigit() for sign in line.number) and self.may_see(line)

    def _number(self, line: HelpLine, partner: Partner | None) -> Number:
        shown = partner if partner and (partner.confirmed or self.professional) else None
        hours = line.open_confirmed or self.professional
        return Number(line, answered(line, self.moment) if hours else Answered(now=None), shown)


def _once(numbers: Iterable[Number]) -> Iterator[Number]:
    seen: set[str] = set()
    for number in numbers:
        if number.line.id not in seen:
            seen.add(number.line.id)
            yield number
