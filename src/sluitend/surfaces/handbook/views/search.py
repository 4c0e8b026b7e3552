"""Search in all of the handbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sluitend.exports.names import kind_name
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE
from sluitend.kernel.handbook.language import shown
from sluitend.surfaces.handbook.findable import PAGES, address_of, claims_of, find, index_of
from sluitend.surfaces.handbook.reading import Reading, page, reading
from sluitend.surfaces.handbook.searching import LONGEST_QUERY, Hits, Line, Piece, marked, snippet

BEST, SHOWN_AT_ONCE, MOST_OF_A_KIND = 3, 5, 20
MOST_NEAR = 20
INDICATORS = "indicators"


@dataclass(frozen=True)
class Found:
    """An entry that was found, as the page shows it."""

    url: str
    title: list[Piece]
    text: list[Piece]
    unsure: bool


@dataclass(frozen=True)
class Group:
    """What was found of one kind; the rest stands in a fold."""

    name: str
    first: list[Found]
    rest: list[Found]
    more: int


@as_intake
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find entries by their words. What is searched is sent, never part of an address, and kept nowhere."""
    held = reading(request)
    query = request.POST.get("zoek", "").strip()[:LONGEST_QUERY]
    language = (get_language() or SOURCE_LANGUAGE)[:2]
    hits = find(held.number, language, query) if query else Hits((), frozenset())
    seen = [line for line in hits.lines if _seen(held, line)]
    near = index_of(held.number, language).nearest(query, MOST_NEAR) if query and not seen else ()
    return page(
        request,
        "search",
        held,
        query=query,
        best=[(_name(line.part), _found(held, line, hits)) for line in seen[:BEST]],
        groups=_groups(held, hits, seen[BEST:]),
        number=len(seen),
        near=[_found(held, line, hits) for line in near if _seen(held, line)][:SHOWN_AT_ONCE],
    )


def _groups(held: Reading, hits: Hits, seen: list[Line]) -> list[Group]:
    """Return what was found beside the best, kind by kind: the kind with the best of those comes first."""
    of_part: dict[str, list[Line]] = {}
    for line in seen:
        of_part.setdefault(line.part, []).append(line)
    return [
        Group(
            name=_name(part, many=True),
            first=[_found(held, line, hits) for line in lines[:SHOWN_AT_ONCE]],
            rest=[_found(held, line, hits) for line in lines[SHOWN_AT_ONCE:MOST_OF_A_KIND]],
            more=max(0, len(lines) - MOST_OF_A_KIND),
        )
        for part, lines in of_part.items()
    ]


def _name(part: str, *, many: bool = False) -> str:
    if part == PAGES:
        return _("Pagina’s") if many else _("Pagina")
    return shown(kind_name(part, many=many))


def _seen(held: Reading, line: Line) -> bool:
    claims = claims_of(held.pack, line)
    return len(held.shown(claims)) == len(claims)


def _found(held: Reading, line: Line, hits: Hits) -> Found:
    return Found(
        url=address_of(held.pack, line),
        title=marked(line.title, hits.words),
        text=_said_of(line, hits),
        # Who is not signed in finds none of those.
        unsure=not all(each.confirmed for each in claims_of(held.pack, line)),
    )


def _said_of(line: Line, hits: Hits) -> list[Piece]:
    """Return what stands with a result; the innocent explanation of an indicator never without saying so."""
    pieces = snippet(line.body, hits.words)
    return [(f"{_('Kan ook:')} ", False), *pieces] if line.part == INDICATORS and pieces else pieces
