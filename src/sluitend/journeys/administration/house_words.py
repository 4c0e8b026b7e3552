"""What is wrong with a house style before anybody looks: colours that cannot be read, words that betray."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.palette import READABLE, Palette, faint
from sluitend.kernel.telltale import betrays

WITH_DOOR = frozenset({Organisation.Kind.MUNICIPALITY, Organisation.Kind.REGION})
"""Who has pages for everybody of its own."""
ON_THE_DOOR = ("name", "question", "about", "contact", "site")
LABELS = {
    "accent": gettext_lazy("Knoppen en links"),
    "hover": gettext_lazy("Bij aanwijzen"),
    "soft": gettext_lazy("Vlak"),
    "line": gettext_lazy("Lijn"),
    "on_accent": gettext_lazy("Tekst op knop"),
    "brand": gettext_lazy("Merkteken"),
}


@dataclass(frozen=True)
class NewStyle:
    """What is filled in of a version: words, and colours or none of its own."""

    name: str
    question: str
    about: str
    contact: str
    privacy: str
    site: str
    palette: Palette | None


def faults(new: NewStyle, pack: Pack) -> Iterator[DomainError]:
    """Yield all that is wrong, each with its field and a proposal."""
    for field in ON_THE_DOOR:
        for word in betrays(getattr(new, field), pack)[:1]:
            yield DomainError(
                _(
                    "“%(word)s” mag niet op het eerste scherm. Wie meeleest, weet het dan. "
                    "Goed is: “zorgen over dwang en misbruik”."
                )
                % {"word": word},
                field,
            )
    if new.site and not _is_site(new.site):
        yield DomainError(_("Een adres begint met https:// en heeft geen spaties."), "site")
    for each in faint(new.palette) if new.palette else ():
        yield DomainError(
            _("%(what)s: contrast %(found)s. Nodig is %(needed)s. Goed is: #%(better)s.")
            % {
                "what": LABELS[each.colour],
                "found": number_format(round(each.found, 1), 1),
                "needed": number_format(READABLE, 1),
                "better": each.better,
            },
            each.colour,
        )


def _is_site(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc and not set(typed) & set("@ \t\r\n")
