"""A signal card on paper: A5, with the way to report and a code to scan."""

from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

import qrcode  # type: ignore[import-untyped]
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.handbook.recognition import Emergency, Indicator
from sluitend.kernel.organisations.house_styles import mark_of
from sluitend.kernel.sheet import CardSheet, CardSignal, card_as_pdf
from sluitend.surfaces.handbook.cards import Card
from sluitend.surfaces.sender import ASKED, sender_with

KEPT = 128


FOR = "voor"
"""In the address of the form: for which role a card is, so that its signals come first."""


def report_address() -> str:
    """Return the address of the reporting form of this installation, as somebody types it."""
    root: str = settings.SLUITEND_PUBLIC_ADDRESS or settings.SLUITEND_ADDRESS
    return root.rstrip("/") + reverse("report_start")


def printed(card: Card, *, number: int) -> bytes:
    """Return the card as a PDF, of the municipality that it is for, else of the region.

    Args:
        number: the release of the handbook that the card is made of.
    """
    sender = sender_with(card.office.code if card.office else "")
    style_id = sender.style.id if sender.style and sender.style.has_mark else None
    return _made(_sheet(card, number, sender.signed), style_id)


@lru_cache(maxsize=KEPT)
def _made(sheet: CardSheet, style_id: UUID | None) -> bytes:
    # Everybody may ask for a card and few differ, so that asking often costs the server nothing. A version of
    # a house style never changes.
    return card_as_pdf(sheet, mark_of(style_id) if style_id else None)


def _sheet(card: Card, number: int, sender: str) -> CardSheet:
    address = report_address()
    return CardSheet(
        language=(translation.get_language() or "nl")[:2],
        title=_("Kaart"),
        sender=sender,
        eyebrow=shown(card.label),
        heading=_("Ziet u dit? Meld het."),
        lead=_("U hoeft niets te bewijzen. Schrijf op wat u zag en hoorde."),
        also_label=_("Kan ook:"),
        signals=tuple(CardSignal(shown(each.label), _also(each)) for each in card.signals),
        do_label=_("Doe dit"),
        do=card.do,
        dont_label=_("Doe dit niet"),
        dont=card.dont,
        route_label=_("Waar u meldt"),
        route=_route(card, address),
        code=_code(scanned(address, card)),
        code_words=_("Code om te scannen: %(address)s") % {"address": address},
        closing=_("Bij een groep horen is nooit een signaal. Uitgave %(number)s van de handreiking.")
        % {"number": number},
        made=release(number).published,
    )


def scanned(address: str, card: Card) -> str:
    """Return the address as somebody scans it: the form then knows whose card it was, and for which role."""
    said = {ASKED: card.office.code if card.office else "", FOR: card.role}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address


def _also(signal: Indicator) -> str:
    """Return what a signal can be too, and of somebody who may be under 18 that it does not wait."""
    words = shown(signal.innocent) if signal.innocent else _("geen")
    if Emergency.MINOR not in signal.emergency:
        return words
    end = "" if words.endswith((".", "?", "!")) else "."
    return f"{words}{end} {_('Misschien jonger dan 18? Overleg dezelfde dag.')}"


def _route(card: Card, address: str) -> tuple[str, ...]:
    lines = [_("Is er nu gevaar? Bel 112.")]
    if card.office and card.office.telephone:
        lines.append(
            _("Gemeente %(name)s: %(number)s") % {"name": card.office.name, "number": card.office.telephone}
        )
    elif card.office:
        lines.append(_("Gemeente %(name)s") % {"name": card.office.name})
    lines.append(address.partition("://")[2])
    return (*lines, *([card.meldcode] if card.meldcode else ()))


def _code(address: str) -> str:
    drawn = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=2, image_factory=SvgPathFillImage
    )
    drawn.add_data(address)
    return str(drawn.make_image().to_string(encoding="unicode"))
