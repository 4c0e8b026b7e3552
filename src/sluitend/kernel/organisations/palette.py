"""The colours of an organisation: whether they can be read, and the style sheet of them.

Six, as `sluitend.css` hands them to NL Design System. Those of the dark are worked out.
"""

import colorsys
import re
from dataclasses import dataclass, fields
from typing import Self

READABLE = 4.5
"""What WCAG 2.2 asks between a text and its ground (1.4.3)."""
GLOWS = 7.0
"""In the dark a colour is paler than it must be: a deep one glares there."""
GROUNDS = ("ffffff", "f6f5f1", "eeece6")
"""Surface, paper and sunken of the light."""
INKS = ("17232b", "44525b")
DARK_SURFACE, DARK_INK, DARK_GROUNDS = "172026", "0b1318", ("172026", "0e1418", "0a0f12")
STEPS = 200
WRITTEN = re.compile(r"[0-9a-f]{6}(?:-[0-9a-f]{6}){5}")
TOKENS = {
    "accent": (
        "basis-color-action-1-inverse-bg-default",
        "utrecht-button-primary-action-background-color",
        "utrecht-link-color",
    ),
    "hover": (
        "basis-color-action-1-inverse-bg-hover",
        "utrecht-button-primary-action-hover-background-color",
        "utrecht-link-hover-color",
    ),
    "soft": (
        "basis-color-accent-1-bg-default",
        "basis-color-accent-1-bg-hover",
        "basis-color-action-1-bg-default",
    ),
    "line": ("basis-color-accent-1-border-default", "basis-color-action-1-border-default"),
    "on_accent": ("basis-color-action-1-inverse-color-default", "utrecht-button-primary-action-color"),
    "brand": ("basis-color-accent-1-inverse-bg-default", "basis-color-action-1-inverse-bg-default"),
}
"""What a theme of NL Design System calls our six colours, the best name first."""
_TOKEN = re.compile(r"--([a-z0-9-]{1,120}):\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])")
_TYPED = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


class NoColour(ValueError):
    """What was typed is no colour."""


@dataclass(frozen=True)
class Palette:
    """Six colours, each as six hexadecimal digits.

    Attributes:
        accent: of buttons and links.
        hover: of the same, pointed at.
        soft: a plane.
        line: a line around it.
        on_accent: text on a button.
        brand: the mark.
    """

    accent: str = "0b5a68"
    hover: str = "084854"
    soft: str = "e2eff0"
    line: str = "9cc4c9"
    on_accent: str = "ffffff"
    brand: str = "0b5a68"

    @classmethod
    def read(cls, written: str) -> Self:
        """Return the colours that a row or an address holds.

        Raises:
            NoColour: it holds anything else.
        """
        if not WRITTEN.fullmatch(written):
            raise NoColour
        return cls(*written.split("-"))

    def __str__(self) -> str:
        return "-".join(getattr(self, each) for each in COLOURS)


COLOURS = tuple(each.name for each in fields(Palette))


@dataclass(frozen=True)
class Faint:
    """A colour that cannot be read, with one like it that can."""

    colour: str
    found: float
    better: str


def colour_of(typed: str) -> str:
    """Return a colour as six digits.

    Raises:
        NoColour: it is none.
    """
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        raise NoColour
    digits = found[1].lower()
    return digits if len(digits) == 6 else "".join(each * 2 for each in digits)


def from_tokens(theme: str, others: Palette) -> Palette:
    """Return the colours that a theme of NL Design System names; `others` where it names none.

    Raises:
        NoColour: it names none at all.
    """
    named = {name: colour_of(colour) for name, colour in _TOKEN.findall(theme)}
    found = {
        ours: next(named[each] for each in theirs if each in named)
        for ours, theirs in TOKENS.items()
        if not named.keys().isdisjoint(theirs)
    }
    if not found:
        raise NoColour
    return Palette(**{each: found.get(each, getattr(others, each)) for each in COLOURS})


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def readings(palette: Palette) -> dict[str, float]:
    """Return of each colour that text stands in or on how well the worst of it is read."""
    # What cannot be read anywhere is no fault of the plane that it stands on.
    links = [each for each in (palette.accent, palette.hover) if _read(each, GROUNDS)]
    beside = {
        "accent": GROUNDS,
        "hover": GROUNDS,
        "soft": (*INKS, *links),
        "on_accent": (palette.accent, palette.hover),
        "brand": GROUNDS[:1],
    }
    return {
        name: min(contrast(getattr(palette, name), each) for each in others)
        for name, others in beside.items()
    }


def faint(palette: Palette) -> list[Faint]:
    """Return the colours that cannot be read, each with a proposal."""
    return [
        Faint(name, found, _better(name, palette))
        for name, found in readings(palette).items()
        if found < READABLE
    ]


def style_sheet(palette: Palette) -> str:
    """Return the style sheet: of nothing but names of ours and colours that were checked.

    Paper is white whatever the screen is, so the dark is for screens alone.
    """
    light = _declared(palette)
    dark = _declared(_for_the_dark(palette))
    return (
        f".sl-house.sl-theme{{{light}}}"
        f'@media screen{{.sl-house.sl-theme[data-theme="dark"]{{{dark}}}}}'
        f"@media screen and (prefers-color-scheme:dark){{.sl-house.sl-theme:not([data-theme]){{{dark}}}}}"
    )


def _declared(palette: Palette) -> str:
    named = {
        "accent": palette.accent,
        "accent-hover": palette.hover,
        "accent-soft": palette.soft,
        "accent-line": palette.line,
        "on-accent": palette.on_accent,
        "brand": palette.brand,
    }
    return "".join(f"--sl-{name}:#{colour};" for name, colour in named.items())


def _for_the_dark(palette: Palette) -> Palette:
    soft = _mixed(palette.accent, DARK_SURFACE, 0.2)
    accent = _until_read(palette.accent, (*DARK_GROUNDS, soft, DARK_INK), lighter=True, least=GLOWS)
    return Palette(
        accent=accent,
        hover=_mixed(accent, "ffffff", 0.65),
        soft=soft,
        line=_mixed(accent, DARK_SURFACE, 0.4),
        on_accent=DARK_INK,
        brand=_until_read(palette.brand, DARK_GROUNDS, lighter=True, least=GLOWS),
    )


def _better(name: str, palette: Palette) -> str:
    if name == "on_accent":
        return max(("ffffff", DARK_INK), key=lambda each: readings(_with(palette, name, each))[name])
    ink_only = {"accent": GROUNDS, "hover": GROUNDS, "brand": GROUNDS[:1], "soft": INKS}
    return _until_read(getattr(palette, name), ink_only[name], lighter=name == "soft")


def _with(palette: Palette, name: str, colour: str) -> Palette:
    return Palette(**{each: colour if each == name else getattr(palette, each) for each in COLOURS})


def _read(colour: str, others: tuple[str, ...], least: float = READABLE) -> bool:
    return all(contrast(colour, each) >= least for each in others)


def _until_read(colour: str, others: tuple[str, ...], *, lighter: bool, least: float = READABLE) -> str:
    """Return the nearest colour of the same hue that is read beside all others."""
    hue, light, depth = colorsys.rgb_to_hls(*_parts(colour))
    end = 1.0 if lighter else 0.0
    for step in range(STEPS + 1):
        nearer = light + (end - light) * step / STEPS
        tried = _hex(colorsys.hls_to_rgb(hue, nearer, depth))
        if _read(tried, others, least):
            return tried
    return "ffffff" if lighter else "000000"


def _mixed(one: str, other: str, share: float) -> str:
    """Return `share` of one colour, the rest of the other."""
    return _hex(tuple(a * share + b * (1 - share) for a, b in zip(_parts(one), _parts(other), strict=True)))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _hex(parts: tuple[float, ...]) -> str:
    return "".join(f"{round(part * 255):02x}" for part in parts)


def _light(colour: str) -> float:
    """Return the relative luminance, as WCAG 2 computes it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
