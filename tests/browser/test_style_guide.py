"""The style guide: every component in every state."""

import pytest

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
