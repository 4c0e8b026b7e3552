"""Whose door this is: a municipality by host or by address, else the region. No cookie says it.

It is read once in a while and kept: the pages that everybody asks cost no statement for it.
"""

from dataclasses import dataclass, replace
from threading import Lock
from urllib.parse import urlencode

from cachetools import TTLCache, cached
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import published_release
from sluitend.kernel.organisations.house_styles import Style, in_sentence, published
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.reading import Town, towns

ASKED = "gemeente"
"""In an address: the code of a municipality; empty for the region."""
KEPT_SECONDS = 30


@dataclass(frozen=True)
class Sender:
    """Who speaks on the pages for everybody.

    Attributes:
        code: of the municipality; empty for the region.
        name: as it stands above a page, with `under` below it.
        of: as a sentence says it.
        reads: whether somebody reads what is told here.
        telephone: of a municipality.
        others: how many municipalities take part beside it, of `parts`.
        query: what an address must say to come back to this door; nothing where the host says it.
    """

    code: str
    name: str
    under: str
    of: str
    reads: bool
    telephone: str
    others: int
    parts: str
    query: str = ""
    style: Style | None = None
    """What a second person made public of it."""

    @property
    def signed(self) -> str:
        """As paper names it, where nothing stands below."""
        if self.code or self.style:
            return self.name
        return _("%(name)s van %(parts)s") % {"name": self.name, "parts": self.of}

    def titled(self, title: str) -> "Sender":
        """Return it as it stands above pages that have a title of their own."""
        return replace(self, under=title) if self.code or self.style else replace(self, name=title)


@dataclass(frozen=True)
class Doors:
    """What is kept: each municipality by its code, the handbook that holds, and what is public of each."""

    towns: dict[str, Town]
    pack: Pack
    styles: dict[str, Style]
    of_region: Style | None

    def taking_part(self, code: str = "") -> int:
        """Return how many municipalities take part today, beside one of them: some merged, or come later."""
        day = timezone.localdate()
        return sum(each.valid_on(day) for each in self.pack.municipalities if each.id != code)

    def town(self, code: str) -> Town | None:
        """Return whose door this code opens; of a municipality that merged it is the region's."""
        return None if self.ended(code) else self.towns.get(code)

    def ended(self, code: str) -> bool:
        """Tell whether the handbook knows a municipality as one that is no more, or not yet."""
        found = self.pack.municipalities.get(code)
        return found is not None and not found.valid_on(timezone.localdate())


@cached(TTLCache(maxsize=1, ttl=KEPT_SECONDS), lock=Lock())
def doors() -> Doors:
    """Return what there is to know of all doors. Three statements, once in a while."""
    return Doors({each.code: each for each in towns()}, published_release().pack, *published())


def sender_of(request: HttpRequest) -> Sender:
    """Return whose door this is."""
    if ASKED not in request.GET:
        return host_of(request)
    kept = doors()
    by_host = kept.town(settings.SLUITEND_DOORS.get(_host(request), ""))
    town = kept.town(request.GET[ASKED])
    query = "" if town == by_host else "?" + urlencode({ASKED: town.code if town else ""})
    return _municipality(kept, town, query) if town else _region(kept, query)


def host_of(request: HttpRequest) -> Sender:
    """Return whose host this is, whatever the address asks."""
    return sender_with(settings.SLUITEND_DOORS.get(_host(request), ""))


def reader_of(request: HttpRequest, door: Sender) -> Sender:
    """Return the municipality or region of who is signed in; for everybody else whose door it is."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.signed_in:
        return door
    kept = doors()
    town = kept.towns.get(actor.organisation_code)
    if town is not None:
        return _municipality(kept, town, door.query)
    if actor.organisation_kind == Organisation.Kind.REGION:
        return _region(kept, door.query)
    return door


def sender_with(code: str) -> Sender:
    """Return the municipality with this code; the region for what is none."""
    kept = doors()
    town = kept.town(code)
    return _municipality(kept, town) if town else _region(kept)


def region_of(request: HttpRequest) -> Sender:
    """Return the door of the region, with the address that leads there from this host."""
    return _region(doors(), f"?{ASKED}=" if _host(request) in settings.SLUITEND_DOORS else "")


def _host(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0].lower()


def _municipality(kept: Doors, town: Town, query: str = "") -> Sender:
    style = kept.styles.get(town.code)
    name = style.name if style else town.name
    return Sender(
        code=town.code,
        name=name,
        under=_("Meldpunt"),
        of=in_sentence(name),
        reads=town.reads,
        telephone=town.telephone,
        others=kept.taking_part(town.code),
        parts=_parts(kept.pack),
        query=query,
        style=style,
    )


def _region(kept: Doors, query: str = "") -> Sender:
    number = kept.taking_part()
    of = ngettext("%(number)s gemeente", "%(number)s gemeenten", number) % {"number": number}
    return Sender(
        code="",
        name=kept.of_region.name if kept.of_region else _("Meldpunt"),
        under=of,
        of=of,
        reads=True,
        telephone="",
        others=number,
        parts=_parts(kept.pack),
        query=query,
        style=kept.of_region,
    )


def _parts(pack: Pack) -> str:
    """Return the parts of the region as a sentence names them."""
    *most, last = [shown(each.label) for each in pack.subregions]
    return _("%(parts)s en %(last)s") % {"parts": ", ".join(most), "last": last} if most else last
