"""Information points: where they are, and which language has none in which municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE
from sluitend.kernel.handbook.helping import InformationPoint, Language
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.territory import Municipality, Subregion
from sluitend.surfaces.handbook.reading import Reading, page, reading
from sluitend.surfaces.sender import ASKED


@dataclass(frozen=True)
class Reach:
    """Where in a part of the region a language is spoken at a point, and where at none."""

    subregion: Subregion
    points: tuple[InformationPoint, ...]
    reached: tuple[Municipality, ...]
    missed: tuple[Municipality, ...]

    @property
    def whole(self) -> int:
        """How many municipalities there are."""
        return len(self.reached) + len(self.missed)


@dataclass(frozen=True)
class Spoken:
    """A language of the public pages, with its reach in each part of the region."""

    language: Language
    reaches: tuple[Reach, ...]
    everywhere: tuple[InformationPoint, ...]

    @property
    def nowhere(self) -> bool:
        """Whether no municipality of the region has a point that is known to speak it."""
        return not self.everywhere and not any(each.points for each in self.reaches)


@dataclass(frozen=True)
class ServedPoint:
    """A point, with the languages that it is known to speak and the municipalities that it serves."""

    point: InformationPoint
    languages: tuple[Language, ...]
    municipalities: tuple[Municipality, ...]


@as_intake
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Show the information points and, for each language, where no point is known to speak it."""
    held = reading(request)
    places = [each for each in held.shown(held.pack.points) if not each.example]
    asked = request.GET.get(ASKED, "")
    chosen = next((each for each in held.municipalities if each.id == asked), None)
    near = [each for each in places if chosen is None or _serves(each, chosen)]
    spoken = [
        _spoken(held, each, places) for each in held.shown(held.pack.languages) if each.id != SOURCE_LANGUAGE
    ]
    return page(
        request,
        "points",
        held,
        spoken=[each for each in spoken if not each.nowhere],
        nowhere=[each.language for each in spoken if each.nowhere],
        subregions=held.shown(held.pack.subregions),
        municipalities=sorted(held.municipalities, key=lambda each: each.known_as),
        chosen=chosen,
        places=[_place(held, each) for each in near],
        elsewhere=[_place(held, each) for each in places if each not in near],
    )


def _serves(point: InformationPoint, municipality: Municipality) -> bool:
    return not point.municipalities or municipality.id in point.municipalities


def _spoken(held: Reading, language: Language, places: Iterable[InformationPoint]) -> Spoken:
    speaking = [each for each in places if language.id in each.languages]
    bound = [each for each in speaking if each.municipalities]
    reaches = tuple(_reach(held, each, bound) for each in held.shown(held.pack.subregions))
    return Spoken(language, reaches, tuple(each for each in speaking if not each.municipalities))


def _reach(held: Reading, subregion: Subregion, speaking: Iterable[InformationPoint]) -> Reach:
    here = [*_here(held, subregion)]
    ids = {each.id for each in here}
    points = tuple(each for each in speaking if ids.intersection(each.municipalities))
    served = {code for each in points for code in each.municipalities}
    return Reach(
        subregion,
        points,
        tuple(each for each in here if each.id in served),
        tuple(each for each in here if each.id not in served),
    )


def _here(held: Reading, subregion: Subregion) -> Iterator[Municipality]:
    for each in sorted(held.municipalities, key=lambda one: one.name):
        if each.subregion == subregion.id:
            yield each


def _place(held: Reading, point: InformationPoint) -> ServedPoint:
    languages = sorted(held.named(held.pack.languages, point.languages), key=lambda each: shown(each.label))
    served = tuple(each for each in held.municipalities if each.id in point.municipalities)
    return ServedPoint(point, tuple(languages), served)
