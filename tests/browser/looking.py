"""Is this page, as it stands now, fit for everybody: axe, no sideways scrolling, both widths, both themes."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.watching import sideways

WIDTHS = (360, 1280)
NARROW = (320, 360)
HEIGHT = 800

OPEN_FOLDS = """() => document.querySelectorAll("details:not([open])").forEach((fold) => {
  fold.open = true;
  fold.dataset.unfolded = "";
})"""
CLOSE_FOLDS = """() => document.querySelectorAll("details[data-unfolded]").forEach((fold) => {
  fold.open = false;
  delete fold.dataset.unfolded;
})"""
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}"""
HEADINGS = """() => [...document.querySelectorAll("h1")].filter((h) => h.getClientRects().length).length"""


def look(page: Page, what: str = "") -> None:
    """Fail when anything on the page is wrong in any way in which it can be seen, folds open and shut.

    The window, the theme and the folds are as they were afterwards.

    Args:
        what: the state of the page, for the message; else its address.
    """
    page.wait_for_load_state()
    name, before = what or page.url, page.viewport_size
    found = _too_wide(page)
    with _unfolded(page):
        found += _too_wide(page) + _in_both_themes(page)
    found += [f"two elements have the id {each}" for each in page.evaluate(TWICE)]
    if (number := page.evaluate(HEADINGS)) != 1:
        found.append(f"{number} headings of the first level")
    if before:
        page.set_viewport_size(before)
    assert found == [], "\n".join([name, *found])


@contextmanager
def _unfolded(page: Page) -> Iterator[None]:
    page.evaluate(OPEN_FOLDS)
    yield
    page.evaluate(CLOSE_FOLDS)


def _too_wide(page: Page) -> list[str]:
    found = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width}: sideways: {each}" for each in sideways(page)]
    return found


def _in_both_themes(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width}: {each}" for each in violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width}, dark: {each}" for each in violations(page, colours_only=True)]
        page.emulate_media(color_scheme="light")
    return found
