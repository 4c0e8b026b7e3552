"""Is this page, as it stands now, fit for everybody: axe, no sideways scrolling, both widths, both themes.

Also with the text spacing that WCAG 2.2 (1.4.12) asks for, and with targets of 24 pixels (2.5.8) at least.
`make prove` looks so at every page. `make test` looks at it on a phone, and asks axe of pages that bring an
element in a place in which axe saw none like it yet: what axe says of the same parts in the same places again
was said before.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests import tiers
from tests.browser.axe import COLOURS, axe_on
from tests.browser.watching import sideways

WIDTHS = (360, 1280)
NARROW = (320, 360)
HEIGHT = 800
LAYOUT = (*COLOURS, "scrollable-region-focusable")

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
# A sheet made by script: the content policy lets no other in, and pages have none of their own.
WIDE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
  } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
OWN_TEXT = "() => { document.adoptedStyleSheets = []; }"
# Links within a sentence are excepted, what only a keyboard reaches, and what has its target in its label.
SMALL = """() => [
  ...document.querySelectorAll("a[href], button, input, select, textarea, summary")
].filter((e) => {
  const box = (e.closest("label") ?? e).getBoundingClientRect();
  const inline = e.matches("a") && getComputedStyle(e).display === "inline";
  const shown = !e.closest(".sl-hidden") && box.height > 1 && e.checkVisibility({ visibilityProperty: true });
  return shown && !inline && (box.width < 24 || box.height < 24);
}).map((e) => `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""
# What is pressed lies on nothing else that is pressed, but for what hangs over the page by itself.
OVER = """() => {
  const hangs = (e) => {
    const by = e && getComputedStyle(e).position;
    return Boolean(e) && (by === "fixed" || by === "sticky" || hangs(e.parentElement));
  };
  const parts = [...document.querySelectorAll("main :is(a[href], button, summary, select, textarea)")]
    .filter((e) => !e.closest(".sl-hidden") && e.checkVisibility({ visibilityProperty: true }) && !hangs(e))
    .map((e) => [e, [...e.getClientRects()].filter((box) => box.width > 2 && box.height > 2)]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 4
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const said = (e) => `${e.tagName.toLowerCase()} ${e.textContent.trim().slice(0, 30)}`;
  return parts.flatMap(([one, boxes], index) => parts.slice(index + 1)
    .filter(([two, others]) => !one.contains(two) && !two.contains(one)
      && boxes.some((a) => others.some((b) => over(a, b))))
    .map(([two]) => `${said(one)} lies over ${said(two)}`));
}"""
# What is shown at this width, so that what another width adds can be told apart.
MARK_SHOWN = """(width) => document.querySelectorAll("body *").forEach((e) => {
  const shown = e.getClientRects().length && e.checkVisibility({ visibilityProperty: true });
  if (shown) e.setAttribute(`data-seen-${width}`, "");
})"""
UNMARK = """() => document.querySelectorAll("[data-seen-narrow], [data-seen-wide]").forEach((e) => {
  e.removeAttribute("data-seen-narrow");
  e.removeAttribute("data-seen-wide");
})"""
ONLY_WIDE = "[data-seen-wide]:not([data-seen-narrow])"
ONLY_NARROW = "[data-seen-narrow]:not([data-seen-wide])"
ARE_THERE = "(places) => document.querySelector(places) !== null"
HEADINGS = """() => [...document.querySelectorAll("h1")].filter((h) => h.getClientRects().length).length"""
# Each element with the one it stands in, by what makes a rule hold or not.
PLACES = """() => {
  const said = (e) => ["class", "role", "type"].map((each) => e.getAttribute(each));
  const name = (e) => [e.localName, ...said(e)].join(" ");
  const pairs = [...document.querySelectorAll("body *")].map((e) => `${name(e.parentElement)} > ${name(e)}`);
  return [...new Set(pairs)];
}"""
SEEN = set[str]()
"""The elements in their places that axe was asked of in this process."""


def look(page: Page, what: str = "", *, other_words: bool = False, deep: bool = tiers.DEEP) -> None:
    """Fail when anything on the page is wrong in any way in which it can be seen, folds open and shut.

    The window, the theme and the folds are as they were afterwards.

    Args:
        what: the state of the page, for the message; else its address.
        other_words: the page was judged in another language; now only what longer words do is looked at.
        deep: at both widths, in both themes and with spaced text too; else on a phone.
    """
    page.wait_for_load_state()
    name, before = what or page.url, page.viewport_size
    widths = NARROW if deep else NARROW[:1]
    found = _too_wide(page, widths)
    with _unfolded(page):
        found += _too_wide(page, widths) if deep else sideways(page)
        if not other_words:
            found += _judged(page) if deep else _judged_if_new(page)
        found += [f"smaller than 24 pixels: {each}" for each in page.evaluate(SMALL)]
        if deep:
            page.evaluate(WIDE_TEXT)
            found += [f"text spaced: {each}" for each in _too_wide(page, widths)]
            page.evaluate(OWN_TEXT)
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


def _too_wide(page: Page, widths: tuple[int, ...]) -> list[str]:
    found = []
    for width in widths:
        _resize(page, width)
        found += [f"{width}: sideways: {each}" for each in sideways(page)]
        found += [f"{width}: {each}" for each in page.evaluate(OVER)]
    return found


def _judged_if_new(page: Page) -> list[str]:
    """Return what axe finds as the page stands, where something in it is new to axe."""
    here = set(page.evaluate(PLACES))
    if here <= SEEN:
        return []
    SEEN.update(here)
    with axe_on(page) as axe:
        return [str(each) for each in axe.violations()]


def _judged(page: Page) -> list[str]:
    """Return what axe finds on a phone and on a desk, light and dark.

    Of what stands there at both widths most rules say the same twice: on a desk they judge what a phone
    does not show. What depends on where things stand, and in which colour, is looked at again.
    """
    narrow, wide = WIDTHS
    with axe_on(page) as axe:
        _resize(page, narrow)
        page.evaluate(MARK_SHOWN, "narrow")
        found = [f"{narrow}: {each}" for each in axe.violations()]
        _resize(page, wide)
        page.evaluate(MARK_SHOWN, "wide")
        found += [f"{wide}: {each}" for each in axe.violations(only=LAYOUT)]
        if page.evaluate(ARE_THERE, ONLY_WIDE):
            found += [f"{wide}: {each}" for each in axe.violations(within=ONLY_WIDE)]
        page.emulate_media(color_scheme="dark")
        found += [f"{wide}, dark: {each}" for each in axe.violations(only=COLOURS)]
        if page.evaluate(ARE_THERE, ONLY_NARROW):
            _resize(page, narrow)
            places = axe.violations(within=ONLY_NARROW, only=COLOURS)
            found += [f"{narrow}, dark: {each}" for each in places]
    page.emulate_media(color_scheme="light")
    page.evaluate(UNMARK)
    return found


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
