"""Somebody at risk, with a phone: in their own language, without a trace, and away at once."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sluitend.surfaces.tongues import PRODUCT_LANGUAGES
from tests.browser.axe import violations
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.watching import sideways
from tests.surfaces.helping.telling import TELLING, told

SMALL = {"width": 320, "height": 568}
CODES = sorted(PRODUCT_LANGUAGES)
PAGES = (
    *("", "loon/", "uren/", "huis/", "papieren/", "veilig/", "wat-gebeurt-er/", "online/"),
    *("klopt-het/", "waar/", "wissen/", "kaart/", "kaart/K02/"),
)
WEIGHTY = ("", "veilig/", "wat-gebeurt-er/", "waar/", "kaart/")
"""The pages that could tell most."""

FIRST_SCREEN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = [document.title];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const shown = box.height && node.parentElement.checkVisibility();
    if (shown && box.top < innerHeight) seen.push(node.textContent);
  }
  return seen.join(" ");
}"""
ON_TOP = """(link) => {
  const box = link.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && at === link;
}"""
VOICES = """
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  speechSynthesis.getVoices = () => [
    { lang: "pl-PL", localService: true }, { lang: "ar-SA", localService: false },
  ];
  speechSynthesis.speak = (each) => window.said.push(each.text);
"""


def at(code: str, page: str = "") -> str:
    return f"/werken-en-wonen/{code}/{page}"


def elsewhere(page: Page) -> None:
    """Let the way out lead to a page that needs no network."""
    page.context.route(
        "**/weg/",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<title>Weer</title>"),
    )


def follow(page: Page, address: str) -> None:
    """Press the link to an address, and wait until that page stands there."""
    page.locator(f'a[href="{address}"]:visible').first.click()
    page.wait_for_url(f"**{address}")
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("code", "name", "direction", "talk"),
    [
        ("nl", "Nederlands", "ltr", "Praat met iemand"),
        ("pl", "Polski", "ltr", "Proszę z kimś porozmawiać"),
        ("ar", "العربية", "rtl", "التحدث مع شخص ما"),
        ("ti", "ትግርኛ", "ltr", "ምስ ሰብ ተዘራረቡ"),
    ],
)
def test_help_in_ones_own_language_in_two_clicks(
    people: People, code: str, name: str, direction: str, talk: str
) -> None:
    page = people.anyone(phone=True)
    page.goto("/")
    follow(page, "/werken-en-wonen/")
    page.get_by_role("link", name=name, exact=True).last.click()
    page.wait_for_url(f"**{at(code)}")
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    look(page)
    expect(page.locator('a[href^="tel:"]').nth(1)).to_be_visible()

    follow(page, at(code, "klopt-het/"))
    page.locator("#z1").check()
    page.locator("#z4").check()
    following = page.locator(".sl-next-step")
    expect(following).to_be_in_viewport()
    following.get_by_role("link", name=talk).click()
    page.wait_for_url(f"**{at(code, 'waar/')}")
    expect(page.locator('a.sl-call[href="tel:08002000"]')).to_be_visible()

    follow(page, at(code))
    follow(page, at(code, "kaart/"))
    follow(page, at(code, "kaart/K05/"))
    expect(page.locator(f'.sl-show--other[lang="{code}"]')).to_be_visible()
    expect(page.get_by_text("Heeft u uw paspoort of ID-kaart zelf?").first).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("escape", [False, True])
def test_after_leaving_going_back_five_times_never_shows_the_site(people: People, escape: bool) -> None:
    page = people.anyone(phone=True)
    elsewhere(page)
    page.goto("/")
    follow(page, "/werken-en-wonen/")
    follow(page, at("pl"))
    follow(page, at("pl", "papieren/"))
    follow(page, at("pl", "waar/"))
    follow(page, at("pl"))
    if escape:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    else:
        page.locator("[data-exit]").click()
    expect(page).to_have_title("Weer")
    for _ in range(5):
        page.go_back()
        assert not re.search(r"werken-en-wonen|melden", page.url)
        assert urlsplit(page.url).path != "/" or not page.url.startswith(people.site.address)


def test_an_answer_to_point_at_stays_in_its_box(people: People) -> None:
    page = people.anyone(phone=True)
    page.set_viewport_size({"width": 320, "height": 568})
    for code in ("nl", "pl"):
        page.goto(at(code, "kaart/K06/"))
        answers = page.locator(".sl-point > *")
        expect(answers.first).to_be_visible()
        wide = answers.evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
        assert len(wide) > 1
        assert max(wide) <= 0, (code, wide)


def test_without_script_everything_is_there(people: People) -> None:
    page = people.anyone(phone=True, script=False)
    elsewhere(page)
    page.goto(at("ar"))
    for address in ("papieren/", "klopt-het/", "waar/", "kaart/"):
        follow(page, at("ar", address))
        expect(page.locator("[data-listen]:visible")).to_have_count(0)
        follow(page, at("ar")) if address != "kaart/" else follow(page, at("ar", "kaart/K02/"))
    page.get_by_role("link", name="البطاقة التالية").click()
    page.wait_for_url(f"**{at('ar', 'kaart/K05/')}")
    page.locator("[data-exit]").click()
    expect(page).to_have_title("Weer")


def test_the_way_out_is_seen_at_every_height_of_a_small_screen(people: People) -> None:
    page = people.anyone(phone=True)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    for each in PAGES:
        page.goto(at("bg", each))
        height = page.evaluate("document.documentElement.scrollHeight")
        for top in range(0, height, 400):
            page.evaluate("(top) => scrollTo(0, top)", top)
            assert page.locator("[data-exit]").evaluate(ON_TOP), (each, top)


@pytest.mark.parametrize("code", CODES)
def test_the_first_screen_tells_nothing_and_is_for_everybody(people: People, code: str) -> None:
    page = people.anyone(phone=True)
    for each in WEIGHTY:
        page.goto(at(code, each))
        seen = page.evaluate(FIRST_SCREEN)
        assert len(seen) > 60
        assert told(seen, code) == [], each
        assert sideways(page) == []
    page.goto(at(code))
    assert violations(page) == []


@pytest.mark.parametrize("code", ["nl", "en", "ar"])
def test_every_page_is_for_everybody(people: People, code: str) -> None:
    page = people.anyone(phone=True)
    for each in PAGES:
        page.goto(at(code, each))
        if code == "ar":
            look(page)
        else:
            assert violations(page) == [], each


def test_a_page_reads_itself_aloud_only_where_the_device_has_a_voice_of_its_own(people: People) -> None:
    page = people.anyone(phone=True)
    page.add_init_script(VOICES)
    page.goto(at("pl", "wissen/"))
    buttons = page.get_by_role("button", name="Posłuchaj")
    expect(buttons).to_have_count(4)
    buttons.nth(1).click()
    assert page.evaluate("said") == ["Proszę wybrać „Historia”."]
    page.goto(at("ar", "wissen/"))  # the voice that knows this language would be asked elsewhere
    expect(page.locator("[data-listen]:visible")).to_have_count(0)


def test_an_official_shows_a_card_in_two_taps_and_prints_it_on_one_small_sheet(people: People) -> None:
    page = people.someone("toezicht@westland.example", phone=True)
    page.goto("/werk/meer/")
    follow(page, "/handboek/taalkaart/")
    look(page)
    follow(page, "/handboek/taalkaart/ar/")
    look(page)
    follow(page, "/handboek/taalkaart/ar/K05/")
    look(page)
    expect(page.locator('.sl-show--other[lang="ar"][dir="rtl"]')).to_be_visible()
    page.get_by_role("link", name="Volgende kaart").click()
    page.wait_for_url("**/handboek/taalkaart/ar/K07/")
    page.goto("/handboek/taalkaart/ar/K09/")
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert [(round(float(wide)), round(float(high))) for wide, high in boxes] == [(298, 420)]


def test_the_lists_of_words_are_those_of_the_pages() -> None:
    assert TELLING.keys() == PRODUCT_LANGUAGES
