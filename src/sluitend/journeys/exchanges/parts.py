"""The parts of a case that another organisation may read: what is there, what may go, and what was chosen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import Part, WithheldPart
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Withheld
from sluitend.kernel.telltale import FREE_PARTS, Known, Sort

QUESTION = "question"
WISHES_AGAINST = frozenset({"no", "unclear"})
NOTHING_ALONG = cases.Along()


@dataclass(frozen=True)
class OfferedPart:
    """A part of the case that is there to go along."""

    id: str
    title: str
    text: str
    allowed: bool
    reason: str = ""
    """Why it cannot go."""
    part: str = ""
    """Which part of the handbook it is: each observation is a row of its own."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What goes along with it for the program of the other one."""

    @property
    def free(self) -> bool:
        """Whether these are words of people, that somebody may write otherwise."""
        return self.part in FREE_PARTS


@dataclass(frozen=True, kw_only=True)
class PartsOffer:
    """The parts of one case, held against what may go."""

    parts: tuple[OfferedPart, ...]
    known: Known = field(default_factory=Known)
    never_parts: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    """The parts of which words may tell too, where that is not left to whoever writes."""
    held: frozenset[Sort] = frozenset()
    """What may not be named yet, also of a place that somebody types and the case does not have."""

    @property
    def allowed(self) -> tuple[OfferedPart, ...]:
        """The parts that may go."""
        return tuple(part for part in self.parts if part.allowed)


@dataclass(frozen=True, kw_only=True)
class PartsChoice:
    """Which parts a person chose, and in which words."""

    parts: frozenset[str]
    texts: Mapping[str, str] = field(default_factory=dict)
    """The words of a part as the other one reads them, where somebody wrote them otherwise."""
    looked: Mapping[str, str] = field(default_factory=dict)
    """What somebody decided on each word that was marked, by its key."""


@dataclass(frozen=True)
class Ceiling:
    """What may go to another organisation, by the handbook."""

    may: Collection[str]
    may_not: Iterable[WithheldPart | Withheld]
    outside: str
    """Why the rest does not go."""
    against_wish: bool
    waits: Mapping[str, Text] = field(default_factory=dict)
    """The parts that go to nobody but who helps yet, each with what must come first."""

    def why_not(self, part: Part) -> str:
        """Return why a part cannot go, or nothing."""
        withheld = {each.part: shown(each.reason) for each in self.may_not}
        if part.id in withheld or part.id not in self.may:
            return withheld.get(part.id, self.outside)
        if part.id in self.waits:
            return shown(self.waits[part.id])
        if self.against_wish and part.identifies_person and part.id != "place":
            return _("De persoon wil dit niet, of dat is niet duidelijk. Besluit eerst over de wens.")
        return ""


def offered(
    parts: Iterable[cases.PartView],
    ceiling: Ceiling,
    pack: Pack,
    along: Mapping[str, cases.Along] | None = None,
) -> tuple[OfferedPart, ...]:
    """Return each part of a case with whether it may go.

    Args:
        along: what goes along with a row beside its words, by its id.
    """
    found = []
    for each in parts:
        part = pack.parts.get(each.part)
        if part is not None and part.id != QUESTION:
            more, reason = (along or {}).get(each.id, NOTHING_ALONG), ceiling.why_not(part)
            text = "\n".join([each.value, *more.words])
            found.append(OfferedPart(each.id, each.label, text, not reason, reason, part.id, more.more))
    return tuple(found)


def against_wish(case: cases.CaseForReferral) -> bool:
    """Return whether somebody does not want this, or nobody knows, and no person decided to go against it."""
    return case.wish is not None and case.wish.wish in WISHES_AGAINST and not case.against_wish


def never_parts(pack: Pack) -> frozenset[str]:
    """Return what never leaves a municipality."""
    return frozenset(part.id for part in pack.parts if part.never)


def chosen(offer: PartsOffer, choice: PartsChoice) -> tuple[OfferedPart, ...]:
    """Return the parts that were chosen, in the order of the handbook.

    Raises:
        DomainError: one of them cannot go.
    """
    going = tuple(part for part in offer.allowed if part.id in choice.parts)
    if choice.parts - {part.id for part in going}:
        raise DomainError(_("Een van deze delen kan niet mee. Kies opnieuw."), "parts")
    return going
