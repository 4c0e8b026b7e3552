"""The first page of the handbook: where to go for what."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.surfaces.handbook.reading import page, reading

type Way = tuple[str, str, str, str]


@as_intake
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the parts of the handbook."""
    return page(request, "home", reading(request), tiles=_tiles())


def _tiles() -> list[tuple[str, list[Way]]]:
    return [
        (_("Aan het werk"), [*_at_work()]),
        (_("Weten hoe het zit"), [*_to_know()]),
    ]


def _at_work() -> list[Way]:
    return [
        (reverse("handbook_who"), "phone", _("Wie bel ik?"), _("Van wat u weet naar het goede nummer.")),
        (reverse("handbook_moments"), "chat", _("Contactmomenten"), _("Wat u vraagt en waar u op let.")),
    ]


def _to_know() -> list[Way]:
    return [
        (reverse("handbook_forms"), "info", _("Vormen"), _("De handreiking en de wet naast elkaar.")),
        (reverse("handbook_sectors"), "case", _("Sectoren"), _("Werk waarin het vaker misgaat.")),
        (reverse("handbook_branches"), "building", _("Branches"), _("Wat u vraagt, en wat melden betekent.")),
        (reverse("handbook_groups"), "person", _("Groepen"), _("Waar u informatie brengt.")),
    ]
