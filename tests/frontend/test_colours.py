"""Every text of a theme is read on every ground that it may stand on, light and dark.

The colours of a page come from these tokens, so this holds in the dark for pages that nobody looked at there.
`make prove` lets axe look at each page in both themes.
"""

import re
from itertools import product

import pytest
from tests.database import ROOT

STYLES = (ROOT / "frontend" / "sluitend.css").read_text(encoding="utf-8")
LIGHT = STYLES[: STYLES.index("/* Dark:")]
CHOSEN, BY_DEVICE = STYLES[len(LIGHT) :].split("@media screen and (prefers-color-scheme: dark)")
THEMES = {"light": LIGHT, "dark": CHOSEN}
TOKEN = re.compile(r"--sl-([\w-]+): (#[0-9a-f]{6})\b")
TINTS = ("accent", "red", "violet", "amber", "green", "blue", "person", "place")
GROUNDS = ("paper", "surface", "sunken")
TEXTS = [
    *product(("ink", "ink-2", "ink-3", *TINTS), GROUNDS),
    *((text, f"{tint}-soft") for tint in TINTS for text in ("ink", "ink-2", tint)),
    *(("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-red", "red")),
]
EDGES = [*product(("line-control", "focus"), GROUNDS)]
READABLE, VISIBLE = 4.5, 3.0
"""What WCAG 2.2 asks of text (1.4.3) and of the edge of what is pressed or has the focus (1.4.11)."""


def light_of(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 computes it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours."""
    dark, light = sorted((light_of(one), light_of(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_read_on_every_ground_and_every_edge_is_seen(theme: str) -> None:
    colours = dict(TOKEN.findall(THEMES[theme]))
    faint = {
        f"{one} on {other}": round(found, 2)
        for pairs, least in ((TEXTS, READABLE), (EDGES, VISIBLE))
        for one, other in pairs
        if (found := contrast(colours[one], colours[other])) < least
    }
    assert faint == {}


def test_it_is_as_dark_by_choice_as_by_the_device() -> None:
    assert TOKEN.findall(CHOSEN) == TOKEN.findall(BY_DEVICE)
    assert len(TOKEN.findall(CHOSEN)) > 30


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
