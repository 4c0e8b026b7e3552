"""Where the places of a case lie, as its plan looks at them: where people work, and where they sleep."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sluitend.journeys.cases.models import Subject
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.journeys.cases.roles import FOUND, SLEPT, WORKED
from sluitend.kernel.handbook.pack import Pack


@dataclass(frozen=True)
class CasePlaces:
    """The places among the subjects of a case, seen from its own municipality."""

    subjects: Sequence[SubjectView]
    pack: Pack
    own: str

    @property
    def territory(self) -> list[str]:
        """Where the case belongs; nothing where no place says it, or two say different things."""
        return self._seen_from_here(self._towns(self.deciding))

    @property
    def deciding(self) -> list[SubjectView]:
        """The places that say where the case belongs.

        Where somebody was found or sleeps says it only while no other place does.
        """
        places = self._places
        main = [each for each in places if not set(each.roles) or set(each.roles) - {FOUND, SLEPT}]
        asleep = [each for each in places if list(each.roles) != [FOUND]]
        return main or asleep or places

    @property
    def sleeps(self) -> list[str]:
        """Where people sleep; nothing where no place says it, or two say different things."""
        if self.beds and all(WORKED in each.roles for each in self.beds):
            return ["same"]
        return self._seen_from_here(self._towns(self.beds))

    @property
    def sleep_subregion(self) -> list[str]:
        """The part of the region in which people sleep; nothing where no place says it, or two do."""
        towns = self._towns(self.beds)
        return [self.pack.municipalities[each].subregion for each in towns] if len(towns) == 1 else []

    @property
    def _places(self) -> list[SubjectView]:
        return [each for each in self.subjects if each.kind == Subject.Kind.PLACE]

    @property
    def beds(self) -> list[SubjectView]:
        """Where people sleep."""
        return [each for each in self._places if SLEPT in each.roles]

    def _towns(self, places: Iterable[SubjectView]) -> set[str]:
        return {found.id for each in places if (found := self.pack.municipality_for_place(each.name))}

    def _seen_from_here(self, towns: Collection[str]) -> list[str]:
        if len(towns) != 1:
            return []
        return ["here"] if self.own in towns else ["in_region"]
