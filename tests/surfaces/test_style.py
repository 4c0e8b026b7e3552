"""What the style sheet promises to the eye, computed from it: a mark is seen on every ground."""

import re

import pytest
from django.template.loader import render_to_string
from tests.database import ROOT

from sluitend.kernel.organisations.palette import contrast
from sluitend.surfaces.templatetags.sluitend import tag_class

BADGES = (ROOT / "frontend" / "nlds.css").read_text(encoding="utf-8")
SHEET = (ROOT / "frontend" / "sluitend.css").read_text(encoding="utf-8")
THEMES = {
    "light": SHEET.partition("@media screen {")[0],
    "dark, chosen": SHEET.partition('[data-theme="dark"] {')[2].partition("}")[0],
    "dark, of the device": SHEET.partition(".sl-theme:not([data-theme]) {")[2].partition("}")[0],
}
GROUNDS = ("paper", "surface", "sunken")
READ, SEEN = 4.5, 3.0


def colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme by name; what it does not name is that of the light."""
    every = re.compile(r"--sl-([a-z0-9-]+): #([0-9a-f]{6})")
    return dict(every.findall(THEMES["light"])) | dict(every.findall(THEMES[theme]))


def mark(of: str) -> dict[str, str]:
    """Return what the style sheet says of a kind of badge, each with the name of its colour."""
    rule = BADGES.partition(f".{tag_class(of)} {{")[2].partition("}")[0]
    return dict(re.findall(r"(?:^|[ ;])([a-z-]+): var\(--sl-([a-z0-9-]+)\)", rule))


@pytest.mark.parametrize("theme", THEMES)
def test_what_nobody_confirmed_is_read_and_its_mark_is_seen_in_the_dark_too(theme: str) -> None:
    of, said = colours(theme), mark("unsure")
    assert contrast(of[said["--utrecht-badge-color"]], of[said["--utrecht-badge-background-color"]]) >= READ
    for ground in GROUNDS:
        assert contrast(of[said["--sl-badge-line"]], of[ground]) >= SEEN, ground


def test_a_trail_has_a_stroke_between_its_places_and_none_after_the_last() -> None:
    above = [{"label": "Handboek", "url": "/handboek/"}, {"label": "Partners", "url": "/handboek/partners/"}]
    under = render_to_string("components/trail.html", {"items": above})
    assert under.count("__separator") == 1
    assert under.index("__separator") < under.index("Partners")
    itself = render_to_string("components/trail.html", {"items": [*above, {"label": "AVIM"}]})
    assert itself.count("__separator") == 2
