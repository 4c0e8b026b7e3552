"""The first page of the handbook: where to go for what."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.language import shown
from sluitend.surfaces.handbook.reading import Reading, page, reading

type Way = tuple[str, str, str, str]

READERS = {"employers": "case", "hosts": "bed", "residents": "home"}
"""The icon for each kind of reader."""


@as_intake
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the parts of the handbook."""
    held = reading(request)
    tiles = [
        (_("Aan het werk"), _at_work()),
        (_("Weten hoe het zit"), _to_know()),
        (_("Voor wie niet bij de gemeente werkt"), _outside(held)),
    ]
    return page(request, "home", held, tiles=tiles)


def _at_work() -> list[Way]:
    return [
        (reverse("handbook_who"), "phone", _("Wie bel ik?"), _("Van wat u weet naar het goede nummer.")),
        (
            reverse("handbook_care"),
            "bed",
            _("Hulp en opvang"),
            _("Wie eerst, wat er is, en wat u nooit doet."),
        ),
        (reverse("handbook_numbers"), "clock", _("Nummers"), _("Wie er opneemt, voor wie, en wanneer.")),
        (reverse("handbook_cards"), "eye", _("Kaarten"), _("Wat u kunt zien, en wat u dan doet.")),
        (reverse("handbook_partners"), "region", _("Partners"), _("Waar zij werken en wat zij doen.")),
        (
            reverse("handbook_points"),
            "globe",
            _("Informatiepunten"),
            _("Waar iemand in eigen taal terechtkan."),
        ),
        (reverse("language_cards"), "id", _("Taalkaart"), _("Zinnen om aan te wijzen, in veel talen.")),
        (reverse("handbook_moments"), "chat", _("Contactmomenten"), _("Wat u vraagt en waar u op let.")),
        (
            reverse("handbook_barriers"),
            "lock",
            _("Barrières"),
            _("Wie wat mag, en wat u daarvoor nodig hebt."),
        ),
        (
            reverse("handbook_headings"),
            "plan",
            _("Maatregelen"),
            _("Waar u begint, en hoe u ziet dat het werkt."),
        ),
    ]


def _to_know() -> list[Way]:
    return [
        (reverse("handbook_forms"), "info", _("Vormen"), _("De handreiking en de wet naast elkaar.")),
        (reverse("handbook_sectors"), "case", _("Sectoren"), _("Werk waarin het vaker misgaat.")),
        (reverse("handbook_branches"), "building", _("Branches"), _("Wat u vraagt, en wat melden betekent.")),
        (reverse("handbook_groups"), "person", _("Groepen"), _("Waar u informatie brengt.")),
        (reverse("handbook_figures"), "doc", _("Cijfers"), _("Met jaar en bron.")),
    ]


def _outside(held: Reading) -> list[Way]:
    pages = held.shown(held.pack.reader_pages)
    return [
        (reverse("handbook_readers", args=[each.id]), READERS[each.audience], shown(each.label), "")
        for each in pages
    ]
