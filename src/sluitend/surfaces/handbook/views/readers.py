"""Short pages for people outside the chain: employers, hosts, residents."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.approach import ReaderSection
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.planning import before_calling
from sluitend.kernel.handbook.recognition import HelpLine, Indicator
from sluitend.surfaces.handbook.linking import in_guide_first
from sluitend.surfaces.handbook.reading import Reading, page, reading

HOSTS = "hosts"

type Call = tuple[HelpLine, str, list[str]]
type Section = tuple[ReaderSection, tuple[Indicator, ...], list[Call]]


@as_intake
@require_safe
def for_readers(request: HttpRequest, readers: str) -> HttpResponse:
    """Show a page for employers, hosts or residents."""
    held = reading(request)
    found = held.one(held.pack.reader_pages, readers)
    branches = in_guide_first(held.shown(held.pack.branches), "handbook_branch")[:1]
    return page(
        request,
        "readers",
        held,
        found=found,
        sections=[_section(held, each) for each in found.sections],
        parts=[(_("Per branche"), items) for _name, items in branches if found.audience == HOSTS],
    )


def _section(held: Reading, section: ReaderSection) -> Section:
    lines = held.pack.help_lines.named(section.help_lines)
    seen = [each for each in lines if each.public or (held.professional and held.shown((each,)))]
    calls = [(each, re.sub(r"[^0-9+]", "", each.number), _first(held, each)) for each in seen]
    return section, held.named(held.pack.indicators, section.indicators), calls


def _first(held: Reading, line: HelpLine) -> list[str]:
    return [shown(each.text) for each in before_calling(line.id, held.pack)]
