"""Colours of an organisation: read on every ground, light and dark, or refused with a proposal."""

import pytest

from sluitend.kernel.organisations.palette import (
    DARK_GROUNDS,
    READABLE,
    NoColour,
    Palette,
    _for_the_dark,
    colour_of,
    contrast,
    faint,
    style_sheet,
)

GREEN = Palette("0e5c3a", "0a4529", "e5f1ea", "9bc5ae", "ffffff", "0e5c3a")
YELLOW = Palette("ffd84d", "e0b000", "555555", "9bc5ae", "ffffff", "ffd84d")


@pytest.mark.parametrize("palette", [Palette(), GREEN])
def test_colours_that_are_read_are_taken(palette: Palette) -> None:
    assert faint(palette) == []
    assert Palette.read(str(palette)) == palette


def test_what_cannot_be_read_comes_with_one_like_it_that_can() -> None:
    found = {each.colour: each for each in faint(YELLOW)}
    assert set(found) == {"accent", "hover", "soft", "on_accent", "brand"}
    mended = Palette(
        **{name: found[name].better for name in ("accent", "hover", "soft", "brand")},
        line=YELLOW.line,
        on_accent="ffffff",
    )
    assert {each.colour for each in faint(mended)} <= {"soft"}
    assert contrast(found["accent"].better, "ffffff") >= READABLE
    assert found["on_accent"].better == "0b1318"


@pytest.mark.parametrize(
    "palette", [Palette(), GREEN, YELLOW, Palette(*["000000"] * 6), Palette(*["ffffff"] * 6)]
)
def test_the_dark_is_read_whatever_the_light_is(palette: Palette) -> None:
    dark = _for_the_dark(palette)
    for ground in (*DARK_GROUNDS, dark.soft):
        assert contrast(dark.accent, ground) >= READABLE
    assert contrast(dark.on_accent, dark.accent) >= READABLE
    assert contrast(dark.on_accent, dark.hover) >= READABLE
    assert contrast(dark.soft, "e8edef") >= READABLE


def test_paper_is_light_whatever_the_screen_is() -> None:
    sheet = style_sheet(GREEN)
    dark = f"--sl-accent:#{_for_the_dark(GREEN).accent};"
    printed = sheet.partition("@media screen")[0]
    assert f"--sl-accent:#{GREEN.accent};" in printed
    assert dark not in printed
    assert sheet.count(dark) == sheet.count("@media screen") == sheet.count("@media") == 2


def test_a_colour_is_six_digits_or_three() -> None:
    assert (colour_of(" #0E5C3A "), colour_of("abc")) == ("0e5c3a", "aabbcc")
    for wrong in ("", "rood", "#12345", "#0e5c3a;}", "url(x)", "٠٠٠٠٠٠"):
        with pytest.raises(NoColour):
            colour_of(wrong)
