"""The style guide: every component in every state."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.people import People

ADDRESS = "/stijlgids/"


def test_the_style_guide_has_no_faults(people: People) -> None:
    page = people.anyone()
    page.goto(ADDRESS)
    look(page)


@pytest.mark.parametrize("theme", ["licht", "donker"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_picture_of_the_style_guide(people: People, theme: str, width: int) -> None:
    page = people.anyone()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{ADDRESS}?thema={theme}")
    picture = page.screenshot(full_page=True)
    assert picture.startswith(b"\x89PNG")
    assert page.locator("html").get_attribute("data-theme") == {"licht": "light", "donker": "dark"}[theme]


@pytest.mark.parametrize("path", [ADDRESS, "/werken-en-wonen/pl/"])
def test_the_skip_link_is_read_in_the_dark_and_lies_over_the_bar(people: People, path: str) -> None:
    page = people.anyone(color_scheme="dark")
    page.goto(path)
    link = page.locator(".nl-skip-link")
    link.focus()
    expect(link).to_be_focused()
    box = link.bounding_box()
    assert box
    on_top = "([x, y]) => document.elementFromPoint(x, y).className"
    assert "nl-skip-link" in page.evaluate(on_top, [box["x"] + 5, box["y"] + 5])
    colours = link.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
    assert colours == ["rgb(23, 35, 43)", "rgb(255, 216, 77)"]
