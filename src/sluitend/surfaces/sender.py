"""Whose door this is: a municipality by host or by address, else the region. No cookie says it.

It is read once in a while and kept: the pages that everybody asks cost no statement for it.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from urllib.parse import urlencode

from cachetools import TTLCache, cached
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor, intake_role
from sluitend.kernel.access.scope import DESK
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import NoRelease, published_release
from sluitend.kernel.organisations.house_styles import Style, in_sentence, published
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.reading import Town, towns

ASKED = "gemeente"
"""In an address: the code of a municipality; empty for the region."""
KEPT_SECONDS = 30
UNTELLING = ("/werken-en-wonen/", "/weg/")
"""Where no page says whose it is, whatever happens there."""
ENTRANCES = ("/inloggen/", "/account/", "/uitnodiging/")
PRODUCT = "Sluitend"


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
    senders: dict[tuple[str, str, str, date], Sender] = field(default_factory=dict)
    """Of each door as it was said before: by code, what an address must say, language and day."""

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


_LINK = re.compile(
    r'\b(href|action)="(/|/(?:handboek|melden|overleg|hulp-vragen|ontvangst|privacy|taal|toegankelijkheid)/[^"?#]*)'
    r'(\?[^"#]*)?(#[^"]*)?"'
)
"""A link or a form that leads to a page for everybody: address, what it asks, and the part of the page."""
_last: list[Doors] = []
"""What was read last, for pages that may ask nothing of the database."""


@cached(TTLCache(maxsize=1, ttl=KEPT_SECONDS), lock=Lock())
def doors() -> Doors:
    """Return what there is to know of all doors. Three statements, once in a while."""
    found = Doors({each.code: each for each in towns()}, published_release().pack, *published())
    _last[:] = [found]
    return found


def sender_of(request: HttpRequest) -> Sender:
    """Return whose door this is."""
    return _door(request, doors())


def _door(request: HttpRequest, kept: Doors) -> Sender:
    by_host = kept.town(settings.SLUITEND_DOORS.get(_host(request), ""))
    if ASKED not in request.GET:
        return _municipality(kept, by_host) if by_host else _region(kept)
    town = kept.town(request.GET[ASKED])
    query = "" if town == by_host else "?" + urlencode({ASKED: town.code if town else ""})
    return _municipality(kept, town, query) if town else _region(kept, query)


def reader_of(request: HttpRequest, door: Sender) -> Sender:
    """Return the municipality or region of who is signed in; for everybody else whose door it is."""
    return _reader(request, door, doors())


def at_hand(request: HttpRequest) -> Sender | None:
    """Return whose page this is as far as this process remembers: nothing is asked of the database.

    For signing in and for what does not work. Nothing where no page says whose it is, or nobody asked yet.
    """
    if not _last or request.path.startswith(UNTELLING):
        return None
    try:
        door = _door(request, _last[0])
    except SuspiciousOperation:  # a host that is none, or more fields than anybody sends
        return None
    found = _reader(request, door, _last[0])
    return found.titled(PRODUCT) if request.path.startswith((*DESK, *ENTRANCES)) else found


def entrance_of(request: HttpRequest) -> Sender | None:
    """Return whose entrance this is; that is read first, where somebody opens the page."""
    if request.method == "GET" and connection.in_atomic_block and not connection.needs_rollback:
        with intake_role(), suppress(NoRelease):
            doors()
    return at_hand(request)


def _reader(request: HttpRequest, door: Sender, kept: Doors) -> Sender:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.signed_in:
        return door
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


def carried(page: str, sender: Sender) -> str:
    """Return a page of which the links to pages for everybody, and its forms, lead on to the same door.

    What names a municipality itself keeps that; pages that never say whose they are stay as they are.
    """
    return _LINK.sub(lambda found: _with(found, sender.query), page)


def _with(found: re.Match[str], query: str) -> str:
    name, path, asked, part = found.groups("")
    if f"{ASKED}=" in asked:
        return found[0]
    return f'{name}="{path}{f"{asked}&amp;{query[1:]}" if asked else query}{part}"'


def region_of(request: HttpRequest) -> Sender:
    """Return the door of the region, with the address that leads there from this host."""
    return _region(doors(), f"?{ASKED}=" if _host(request) in settings.SLUITEND_DOORS else "")


def _host(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0].lower()


def _said_once(kept: Doors, code: str, query: str, say: Callable[[], Sender]) -> Sender:
    """Return a door as it is said in this language on this day, which is put in words only once."""
    asked = code, query, get_language() or "", timezone.localdate()
    if (found := kept.senders.get(asked)) is None:
        found = kept.senders[asked] = say()
    return found


def _municipality(kept: Doors, town: Town, query: str = "") -> Sender:
    return _said_once(kept, town.code, query, lambda: _of_town(kept, town, query))


def _of_town(kept: Doors, town: Town, query: str) -> Sender:
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
    return _said_once(kept, "", query, lambda: _of_region(kept, query))


def _of_region(kept: Doors, query: str) -> Sender:
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
