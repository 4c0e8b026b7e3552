"""The tools of these tests see what they should see."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import COLOURS, violations
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.site import Site
from tests.browser.watching import Watch, sideways


@pytest.fixture
def watched(browser: Browser, site: Site) -> tuple[Page, Watch]:
    """A page of the site, and who watches it; its faults are part of the test."""
    context = browser.new_context(base_url=site.address)
    watch = Watch(site.address)
    watch.over(context)
    page = context.new_page()
    page.goto("/privacy/")
    return page, watch


def test_axe_sees_a_picture_without_words_under_the_content_policy(people: People) -> None:
    page = people.anyone()
    page.goto("/privacy/")
    assert violations(page) == []
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [each.rule for each in violations(page)] == ["image-alt"]


def test_axe_sees_faint_letters_in_the_dark_only(people: People) -> None:
    page = people.anyone()
    page.goto("/privacy/")
    page.evaluate("document.querySelector('h1').style.color = '#1f2022'")
    page.emulate_media(color_scheme="dark")
    assert [each.rule for each in violations(page, only=COLOURS)] == ["color-contrast"]
    page.emulate_media(color_scheme="light")
    with pytest.raises(AssertionError, match="1280, dark: color-contrast"):
        look(page, deep=True)


def test_a_quick_look_asks_axe_of_what_stands_in_a_new_place_and_of_nothing_twice(people: People) -> None:
    page = people.anyone()
    page.goto("/privacy/")
    page.evaluate("document.querySelector('main').append(new Image())")
    page.evaluate("document.querySelector('main img').className = 'proof-of-a-quick-look'")
    with pytest.raises(AssertionError, match="image-alt"):
        look(page, deep=False)
    look(page, deep=False)
    page.evaluate("document.querySelector('main p').append(document.querySelector('main img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        look(page, deep=False)


SMALL_TWIN = """() => {
  const small = document.createElement("button");
  small.id = document.querySelector("main").id;
  small.append("x");
  document.querySelector("main").append(small);
}"""


def test_a_quick_look_sees_what_is_small_twice_or_wider_than_the_window(people: People) -> None:
    page = people.anyone()
    page.goto("/privacy/")
    look(page, deep=False)
    page.evaluate("document.querySelector('h1').style.inlineSize = '400px'")
    page.evaluate(SMALL_TWIN)
    with pytest.raises(AssertionError) as raised:
        look(page, deep=False)
    said = str(raised.value)
    assert all(each in said for each in ("320: sideways", "two elements have the id", "smaller than 24"))


SHOW = """(condition) => {
  const sheet = new CSSStyleSheet();
  const here = `@media ${condition} { .proof { display: block } }`;
  sheet.replaceSync(`.proof { display: none; color: #1f2022 } ${here}`);
  document.adoptedStyleSheets = [sheet];
  const shown = document.createElement("p");
  shown.className = "proof";
  shown.append("faint", new Image(20, 20));
  document.querySelector("main").append(shown);
}"""


def test_what_only_a_desk_shows_is_judged_by_every_rule(people: People) -> None:
    page = people.anyone()
    page.goto("/privacy/")
    page.evaluate(SHOW, "(min-width: 900px)")
    with pytest.raises(AssertionError) as raised:
        look(page, deep=True)
    assert "1280: image-alt" in str(raised.value)
    assert "360: image-alt" not in str(raised.value)


def test_what_only_a_phone_shows_is_looked_at_in_the_dark_too(people: People) -> None:
    page = people.anyone()
    page.goto("/privacy/")
    page.evaluate(SHOW, "(max-width: 500px)")
    with pytest.raises(AssertionError) as raised:
        look(page, deep=True)
    assert "360: image-alt" in str(raised.value)
    assert "360, dark: color-contrast" in str(raised.value)


def test_a_page_wider_than_its_window_is_seen(people: People) -> None:
    page = people.anyone(phone=True)
    page.goto("/privacy/")
    assert sideways(page) == []
    page.evaluate("document.querySelector('h1').style.inlineSize = '400px'")
    assert any("utrecht-heading-1" in each for each in sideways(page))


def test_a_look_outside_is_refused_and_kept(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.evaluate("fetch('http://example.org/').catch(() => 0)")
    assert any("connect-src" in fault for fault in watch.faults)
    page.goto("about:blank")
    page.evaluate("fetch('http://example.org/').catch(() => 0)")
    assert "asked another host: http://example.org/" in watch.faults


def test_an_inline_style_and_a_thrown_error_are_kept(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">rood</p>')")
    page.evaluate("setTimeout(() => { throw new Error('kapot') })")
    page.wait_for_function("true")
    assert any("style-src" in fault for fault in watch.faults)
    assert any("kapot" in fault for fault in watch.faults)


def test_a_missing_file_is_kept(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.evaluate("fetch('/static/nergens.js')")
    assert [fault for fault in watch.faults if fault.startswith("status 404: GET")]
