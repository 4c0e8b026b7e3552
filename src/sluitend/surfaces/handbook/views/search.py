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
from sluitend.surfaces.handbook.findable import KINDS, OF_PART, index_of
from sluitend.surfaces.handbook.reading import Reading, page, reading
from sluitend.surfaces.handbook.searching import LONGEST_QUERY, Hits, Line, Piece, marked, snippet

SHOWN_AT_ONCE, MOST_OF_A_KIND = 5, 20
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
    groups = _groups(held, query) if query else []
    number = sum(len(each.first) + len(each.rest) + each.more for each in groups)
    return page(request, "search", held, query=query, groups=groups, number=number)


def _groups(held: Reading, query: str) -> list[Group]:
    hits = index_of(held.number, (get_language() or SOURCE_LANGUAGE)[:2]).find(query)
    seen = [line for line in hits.lines if _seen(held, line)]
    return [
        Group(
            name=shown(kind_name(kind.part, many=True)),
            first=[_found(held, line, hits) for line in of_kind[:SHOWN_AT_ONCE]],
            rest=[_found(held, line, hits) for line in of_kind[SHOWN_AT_ONCE:MOST_OF_A_KIND]],
            more=max(0, len(of_kind) - MOST_OF_A_KIND),
        )
        for kind in sorted(KINDS, key=lambda kind: _best(seen, kind.part))
        if (of_kind := [line for line in seen if line.part == kind.part])
    ]


def _best(lines: list[Line], part: str) -> int:
    """Return the place of the best of a kind: the kind with the best comes first."""
    return next((place for place, line in enumerate(lines) if line.part == part), len(lines))


def _seen(held: Reading, line: Line) -> bool:
    entry = getattr(held.pack, line.part)[line.entry_id]
    claims = OF_PART[line.part].claims(held.pack, entry)
    return len(held.shown(claims)) == len(claims)


def _found(held: Reading, line: Line, hits: Hits) -> Found:
    entry = getattr(held.pack, line.part)[line.entry_id]
    return Found(
        url=OF_PART[line.part].address(held.pack, entry),
        title=marked(line.title, hits.words),
        text=_said_of(line, hits),
        # Who is not signed in finds none of those.
        unsure=not all(each.confirmed for each in OF_PART[line.part].claims(held.pack, entry)),
    )


def _said_of(line: Line, hits: Hits) -> list[Piece]:
    """Return what stands with a result; the innocent explanation of an indicator never without saying so."""
    pieces = snippet(line.body, hits.words)
    return [(f"{_('Kan ook:')} ", False), *pieces] if line.part == INDICATORS and pieces else pieces
