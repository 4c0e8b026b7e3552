"""The terms of the handbook as a file for other programs."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sluitend.exports.skos import as_skos, base_of
from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.queries import release
from sluitend.surfaces.handbook.reading import Reading, reading

KEPT = 4


@as_intake
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Return the terms as SKOS. A file goes from hand to hand: only what is confirmed is in it."""
    held = reading(request)
    content = _made(held.number, held.today, base_of(held.pack))
    response = HttpResponse(content, content_type="application/ld+json")
    response["Content-Disposition"] = 'attachment; filename="begrippen.jsonld"'
    return response


@lru_cache(maxsize=KEPT)
def _made(number: int, today: date, base: str) -> bytes:
    # The same for everybody and the whole day, so that asking often costs the server nothing.
    pack = release(number).pack
    public = Reading(pack, number, professional=False, today=today)
    return as_skos(pack, base=base, keeps=lambda entry: bool(public.shown((entry,)))).encode()
