"""The first page of the handbook: where to go for what."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.searchable import SearchPage
from sluitend.surfaces.handbook.reading import Reading, page, reading
from sluitend.surfaces.handbook.sections import KNOWLEDGE, WORK, Section

type Way = tuple[str, str, str, str]

READERS = {"employers": "case", "hosts": "bed", "residents": "home"}
"""The icon for each kind of reader."""


@as_intake
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the parts of the handbook."""
    held = reading(request)
    tiles = [
        (_("Aan het werk"), _tiles(each for name, each in WORK.items() if name is not SearchPage.WHO)),
        (_("Weten hoe het zit"), _tiles(KNOWLEDGE.values())),
        (_("Voor wie niet bij de gemeente werkt"), _outside(held)),
    ]
    return page(request, "home", held, tiles=tiles)


def _tiles(sections: Iterable[Section]) -> list[Way]:
    return [(reverse(each.view), each.icon, str(each.label), str(each.text)) for each in sections]


def _outside(held: Reading) -> list[Way]:
    pages = held.shown(held.pack.reader_pages)
    return [
        (reverse("handbook_readers", args=[each.id]), READERS[each.audience], shown(each.label), "")
        for each in pages
    ]
