"""The pages for who works and lives here: what they show, what they keep silent, and what they weigh."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import datetime
from statistics import fmean
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from tests.browser.site import BUNDLES, build_bundles
from tests.reading import as_read
from tests.surfaces.handbook.test_reading import AVOIDED, LONGEST_AVERAGE, Words
from tests.surfaces.helping.telling import TELLING, told

from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.helping import CardDirection
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.recognition import HelpLine
from sluitend.surfaces.helping import cards, contents, views
from sluitend.surfaces.helping.templatetags.helping import drawn
from sluitend.surfaces.tongues import PRODUCT_LANGUAGES, tongues

KIB = 1024
CODES = sorted(PRODUCT_LANGUAGES)
PAGES = (
    *("", "loon/", "uren/", "huis/", "papieren/", "veilig/", "wat-gebeurt-er/", "online/"),
    *("klopt-het/", "waar/", "wissen/", "kaart/"),
)
OFFICIAL = ("/handboek/taalkaart/", "/handboek/taalkaart/ar/", "/handboek/taalkaart/ar/K02/")
TAGS = re.compile(r"<(?:style|script|svg).*?</(?:style|script|svg)>|<[^>]+>", re.DOTALL)
# What stands higher than this in the text is what a phone shows first; the browser tests look at pixels.
FIRST_WORDS = 60


@pytest.fixture
def visitor(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


@pytest.fixture
def pack(region: Any) -> Pack:
    """The handbook of now."""
    return current_release().pack


def at(code: str, page: str = "") -> str:
    return f"/werken-en-wonen/{code}/{page}"


def html(response: Any) -> str:
    assert response.status_code == 200
    return as_read(response.content.decode())


def words_of(response: Any) -> str:
    return " ".join(TAGS.sub(" ", html(response)).split())


def every_page(pack: Pack) -> Iterator[str]:
    yield from ("/werken-en-wonen/", "/werken-en-wonen/wissen/", *OFFICIAL)
    for page in PAGES:
        yield from (at(code, page) for code in ("nl", "ar"))
    yield from (at(code) for code in CODES)
    yield from (at("ti", f"kaart/{card.id}/") for card in pack.cards)


# What goes out, and what is read


def test_no_page_sets_a_cookie_stays_in_a_cache_or_asks_another_host(visitor: Client, pack: Pack) -> None:
    for address in every_page(pack):
        response = visitor.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert response.headers["Cache-Control"] == "no-store", address
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], address
        hosts = re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', html(response))
        assert hosts == [], address


def test_no_cookie_is_read(region: Any, client_for: Any) -> None:
    client = client_for("af@westland.example")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get("/werken-en-wonen/")
    assert '<html lang="nl"' in html(response)
    assert not response.wsgi_request.user.is_authenticated
    assert not response.wsgi_request.session.accessed or not response.wsgi_request.session.session_key
    assert client.get("/werk/").status_code == 200  # who works here is still signed in elsewhere


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("ar-SY", "ar"),
        ("ti", "ti"),
        ("fil-PH,en;q=0.5", "tl"),
        ("zh-CN", "zh"),
        ("de,en;q=0.4", "en"),
        ("de", "nl"),
        ("", "nl"),
        ("x" * 5000, "nl"),
    ],
)
def test_the_first_page_is_in_the_language_of_the_browser(visitor: Client, asked: str, code: str) -> None:
    response = visitor.get("/werken-en-wonen/", headers={"Accept-Language": asked})
    assert f'<html lang="{code}"' in html(response)
    assert response.headers["Content-Language"] == code


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_its_language_and_direction_and_offers_all_others_by_name(
    visitor: Client, pack: Pack, code: str
) -> None:
    page = html(visitor.get(at(code)))
    direction = "rtl" if code in ("ar", "fa") else "ltr"
    assert f'<html lang="{code}" dir="{direction}"' in page
    for tongue in tongues(pack):
        assert f'lang="{tongue.code}" dir="{tongue.direction}"' in page
        assert f">{tongue.own_name}</a>" in page
    assert {each.code for each in tongues(pack)} == PRODUCT_LANGUAGES


def test_the_directions_are_those_of_the_handbook(pack: Pack) -> None:
    assert {each.code: each.direction for each in tongues(pack)} == {
        each.id: each.direction.value for each in pack.languages
    }


@pytest.mark.parametrize(
    "address", [at("de"), at("xx", "loon/"), at("nl", "bestaat-niet/"), at("nl", "kaart/K99/")]
)
def test_what_does_not_exist_is_not_found(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("address", [at("ti", "bestaat-niet/"), at("ti", "kaart/K99/")])
def test_who_follows_an_old_link_keeps_the_language_and_the_way_out(visitor: Client, address: str) -> None:
    page = as_read(visitor.get(address).content.decode())
    assert '<html lang="ti"' in page
    assert "data-exit" in page
    assert page == html(visitor.get(at("ti")))


def test_nothing_can_be_sent_to_these_pages(visitor: Client, pack: Pack) -> None:
    for address in every_page(pack):
        assert "<form" not in html(visitor.get(address)), address
    for page in PAGES:
        assert visitor.post(at("nl", page), {"z1": "on"}).status_code == 405


# An ordinary page


@pytest.mark.parametrize("code", CODES)
def test_no_word_tells_over_a_shoulder(visitor: Client, code: str) -> None:
    for page in PAGES:
        response = visitor.get(at(code, page))
        title = re.search(r"<title>(.*?)</title>", html(response))
        assert title
        main = html(response).split("<main", 1)[1]
        first = " ".join(TAGS.sub(" ", main).split()[:FIRST_WORDS]) if page else words_of(response)
        assert told(f"{page} {title[1]} {first}", code) == [], page


def test_sentences_are_short_and_words_are_plain(visitor: Client, pack: Pack) -> None:
    for page in (*PAGES, *(f"kaart/{card.id}/" for card in pack.cards)):
        read = Words()
        read.feed(html(visitor.get(at("nl", page))))
        lengths = [len(each.split()) for each in read.sentences]
        assert not lengths or fmean(lengths) <= LONGEST_AVERAGE, page
        assert AVOIDED.search(" ".join(read.blocks)) is None, page


def test_the_lists_find_a_word_in_each_language() -> None:
    assert TELLING.keys() == PRODUCT_LANGUAGES
    for code, stems in TELLING.items():
        assert all(told(f"x {stem.replace('[cę]', 'c')}y", code) for stem in stems), code


def test_the_way_out_stands_on_every_page(visitor: Client) -> None:
    for page in PAGES:
        assert 'href="/weg/" rel="noreferrer" data-exit' in html(visitor.get(at("pl", page)))


# What the handbook lets be known


def test_words_of_the_law_nobody_has_read_in_a_language_stand_in_dutch_and_english(
    visitor: Client, pack: Pack
) -> None:
    passport = pack.public_texts["r2"].text
    polish = html(visitor.get(at("pl", "papieren/")))
    assert f'lang="nl" dir="ltr" data-said>{passport.nl}' in polish
    assert f'lang="en" dir="ltr" data-said>{passport.in_language("en")}' in polish
    assert "Tekstów o prawie nikt jeszcze nie sprawdził" in polish
    english = html(visitor.get(at("en", "papieren/")))
    assert passport.in_language("en") in english
    assert passport.nl not in english


def test_a_language_in_which_somebody_read_a_text_has_it(pack: Pack) -> None:
    text = pack.public_texts["r2"]
    review = {"language": "pl", "by": "J. Kowalska, tolk", "on": "2026-11-01"}
    content = text.model_dump(mode="json") | {
        "text": {**text.text.root, "pl": "Paszport jest Pana/Pani."},
        "reviewed": [review],
    }
    read = type(text).model_validate_json(json.dumps(content))
    shown = contents._statement(read, "papers", "pl", datetime(2026, 11, 25, tzinfo=ZoneInfo("UTC")).date())
    assert [each.code for each in shown.versions] == ["pl"]
    assert not shown.unread


def test_a_blocked_text_stands_nowhere_and_the_one_in_its_stead_once(visitor: Client, pack: Pack) -> None:
    blocked = [text for text in pack.public_texts if text.blocked_by]
    assert blocked
    instead = pack.public_texts[pack.blocks[blocked[0].blocked_by or ""].instead].text.nl
    everything = "".join(html(visitor.get(at("nl", page))) for page in PAGES)
    assert [text.id for text in blocked if text.text.nl in everything] == []
    assert everything.count(instead) == 1


def test_what_is_not_confirmed_is_not_shown(visitor: Client, pack: Pack) -> None:
    everything = "".join(html(visitor.get(at(code, page))) for page in PAGES for code in ("nl", "en"))
    texts = [text.id for text in pack.public_texts if not text.confirmed and text.text.nl in everything]
    numbers = [line.id for line in pack.help_lines if not line.public and line.number in everything]
    anchors = [each.id for each in pack.points if not each.public and f'id="{each.id}"' in everything]
    assert (texts, numbers, anchors) == ([], [], [])
    assert "tel:112" in everything
    assert "14,99" not in everything  # an amount of which nobody has read the scheme


def test_what_may_not_be_seen_over_a_shoulder_is_folded(visitor: Client, pack: Pack) -> None:
    page = html(visitor.get(at("en", "veilig/")))
    before, fold, after = page.partition('<details class="sl-fold"><summary>More</summary>')
    assert fold
    assert pack.public_texts["r14"].text.in_language("en") in after
    assert pack.public_texts["r11"].text.in_language("en") in before


def test_no_page_leads_to_police_or_inspection(visitor: Client, pack: Pack) -> None:
    for address in every_page(pack):
        assert "0800-5151" not in html(visitor.get(address)), address


def line_open(line: HelpLine, when: str) -> bool | None:
    return contents.is_open(line, datetime.fromisoformat(when).replace(tzinfo=ZoneInfo("Europe/Amsterdam")))


def test_who_answers_now_is_said_only_of_hours_that_were_checked(pack: Pack) -> None:
    assert line_open(pack.help_lines["veiligthuis"], "2026-11-25T02:00") is True
    assert line_open(pack.help_lines["nla"], "2026-11-25T10:00") is None
    assert line_open(pack.help_lines["comensha"], "2026-11-25T10:00") is None
    office = pack.help_lines["comensha"].model_copy(update={"open_confirmed": True})
    assert line_open(office, "2026-11-25T08:59") is False
    assert line_open(office, "2026-11-25T09:00") is True
    assert line_open(office, "2026-11-25T17:00") is False
    assert line_open(office, "2026-11-28T10:00") is False
    evening = office.model_copy(
        update={"open": (office.open[0].model_copy(update={"opens": "20:00", "closes": "02:00"}),)}
    )
    assert line_open(evening, "2026-11-28T01:30") is True  # the night after Friday
    assert line_open(evening, "2026-11-29T01:30") is False


def reached(pack: Pack) -> Pack:
    """Return the pack with an address for every point."""
    there = tuple(each.model_copy(update={"address": "Markt 1"}) for each in pack.points)
    return pack.model_copy(update={"points": Entries(there)})


def shown_by(view: Any, pack: Pack, code: str) -> str:
    """Return a page as it would be with this handbook."""
    with patch.object(views, "current_release", lambda: SimpleNamespace(pack=pack)):
        return as_read(view(RequestFactory().get("/"), code).content.decode())


def test_a_place_that_speaks_the_language_comes_first_and_says_for_whom_it_is(pack: Pack) -> None:
    today = datetime(2026, 11, 25, tzinfo=ZoneInfo("UTC")).date()
    assert contents.places(reached(pack), "tr", today)[0].anchor == "bus_dh"
    page = shown_by(views.where, reached(pack), "tr")
    assert "Den Haag (&#x27;s-Gravenhage), Westland" in page
    assert "<strong>Türkçe</strong> ·" in page


def test_a_place_without_an_address_or_a_number_is_not_shown(visitor: Client, pack: Pack) -> None:
    page = html(visitor.get(at("nl", "waar/")))
    for each in pack.points:
        assert (f'id="{each.id}"' in page) is (each.public and bool(each.address or each.number)), each.id
    none = pack.model_copy(update={"points": Entries(())})
    assert "Plekken om heen te gaan" in page
    assert "Plekken om heen te gaan" not in shown_by(views.where, none, "nl")


def test_a_municipality_is_listed_under_the_name_that_people_use(visitor: Client) -> None:
    page = html(visitor.get("/overleg/"))
    assert "Den Haag (&#x27;s-Gravenhage)" in page
    assert page.index(">Delft<") < page.index(">Den Haag (") < page.index(">Gouda<")


def test_the_own_language_of_a_place_is_named_once(pack: Pack) -> None:
    assert "<strong>Nederlands</strong> ·" not in shown_by(views.where, reached(pack), "nl")
    assert "<strong>Polski</strong> ·" in shown_by(views.where, reached(pack), "pl")


def test_who_is_here_is_given_no_number_for_abroad(visitor: Client, pack: Pack) -> None:
    abroad = pack.help_lines["bz"].number
    assert all(abroad not in html(visitor.get(at(code, "waar/"))) for code in CODES)


# The first screen


def test_the_first_screen_greets_and_has_one_thing_to_press(visitor: Client, pack: Pack) -> None:
    page = html(visitor.get(at("pl")))
    assert "Dobrze, że Pan/Pani tu jest." in page
    assert page.count('sl-callbig"') == 1
    assert f'class="sl-callbig" href="{at("pl", "waar/")}"' in page
    assert "tel:08002000" not in page
    assert 'class="sl-tile' not in page


def test_one_number_stands_there_when_it_is_answered_in_the_language_at_known_hours(pack: Pack) -> None:
    def with_line(**update: Any) -> Pack:
        lines = (
            each.model_copy(update=update) if each.id == "veiligthuis" else each for each in pack.help_lines
        )
        return pack.model_copy(update={"help_lines": Entries(tuple(lines))})

    polish = with_line(languages=("pl",))
    assert 'class="sl-callbig" href="tel:08002000"' in shown_by(views.start, polish, "pl")
    assert "Veilig Thuis" not in shown_by(views.start, polish, "pl")  # a bystander knows that name
    for sure in ((polish, "ro"), (with_line(languages=("pl",), open_confirmed=False), "pl")):
        assert "tel:08002000" not in shown_by(views.start, *sure)


def test_what_somebody_can_do_now_stands_first_in_their_own_language(visitor: Client, pack: Pack) -> None:
    steps = [each for each in pack.public_texts if each.to_do]
    assert {each.topic for each in steps} == {"pay", "house", "papers", "safety"}
    pages = {each.topic: each.slug for each in views.TOPICS}
    for each in steps:
        for code in CODES:
            assert each.text.has(code), (each.id, code)
        page = html(visitor.get(at("tr", f"{pages[each.topic or '']}/")))
        assert page.index(each.text.in_language("tr")) < page.index('lang="nl" dir="ltr" data-said')


def test_a_right_is_one_card_in_however_many_languages(visitor: Client, pack: Pack) -> None:
    page = html(visitor.get(at("pl", "papieren/")))
    passport = pack.public_texts["r2"].text
    card = next(each for each in page.split('<li class="sl-know">') if passport.nl in each)
    assert passport.in_language("en") in card
    # Each language is read aloud by a voice of its own: the button stands right after its words.
    heard = re.findall(
        r'<p>\s*<span\s+lang="(\w+)"[^>]*>[^<]*</span>\s*</p>\s*<button[^>]*data-listen="(\w+)"', card
    )
    assert heard == [("nl", "nl"), ("en", "en")]
    assert card.partition("</li>")[0].count("data-listen") == 2
    assert f'hreflang="nl" href="{at("nl", "papieren/")}">Nederlands</a>' in page


def test_without_script_a_page_says_what_stays_in_the_browser(visitor: Client) -> None:
    said = "Met “Terug” ziet een ander waar u was."
    for page in PAGES:
        shown = html(visitor.get(at("nl", page)))
        assert said in shown.split("<noscript>")[1].split("</noscript>")[0], page


# Cards


def test_a_card_has_both_languages_and_every_answer_in_both(visitor: Client, pack: Pack) -> None:
    card = pack.cards["K05"]
    for address in (at("ti", "kaart/K05/"), "/handboek/taalkaart/ti/K05/"):
        page = html(visitor.get(address, headers={"Accept-Language": "nl"}))
        for text in (card.text, *(answer.text for answer in card.answers)):
            assert text.nl in page
            assert text.in_language("ti") in page
        assert all(each.text.in_language("ti") in page for each in pack.card_answers)


def test_only_a_question_can_be_answered_with_silence(visitor: Client, pack: Pack) -> None:
    silence = pack.card_answers["zeg_niets"].text.nl
    for card in pack.cards:
        asks = card.direction is CardDirection.TO_PERSON
        for address in (at("pl", f"kaart/{card.id}/"), f"/handboek/taalkaart/pl/{card.id}/"):
            assert (silence in html(visitor.get(address))) is asks, address


def test_a_card_is_two_taps_away_and_leads_to_the_next(visitor: Client, pack: Pack) -> None:
    assert 'href="/handboek/taalkaart/ar/"' in html(visitor.get("/handboek/taalkaart/"))
    listed = html(visitor.get("/handboek/taalkaart/ar/"))
    assert all(f'href="/handboek/taalkaart/ar/{card.id}/"' in listed for card in pack.cards)
    address, seen = at("ar", "kaart/K01/"), []
    while address:
        seen.append(address)
        found = re.search(r'class="sl-button" href="([^"]+)"', html(visitor.get(address)))
        address = found[1] if found else ""
    assert len(seen) == len(set(seen)) == len(pack.cards)


def test_an_official_reads_what_an_answer_asks_and_the_person_does_not(visitor: Client) -> None:
    assert "Bel de aandachtsfunctionaris nu." in html(visitor.get("/handboek/taalkaart/ar/K02/"))
    assert "Bel de aandachtsfunctionaris nu." not in html(visitor.get(at("ar", "kaart/K02/")))


def test_a_card_that_is_not_confirmed_says_so(visitor: Client, pack: Pack) -> None:
    assert not pack.cards["K02"].confirmed
    assert "Deze zinnen zijn nog een concept." in html(visitor.get("/handboek/taalkaart/pl/K02/"))


def test_every_picture_of_the_handbook_is_drawn(pack: Pack) -> None:
    named = {each.picture for each in (*pack.cards, *pack.self_check)}
    assert named | set(cards.ANSWER_PICTURES.values()) | set(contents.PICTURES.values()) <= drawn().keys()


def test_a_region_that_says_nothing_about_a_topic_has_no_row_for_it(pack: Pack) -> None:
    bare = pack.model_copy(
        update={"public_texts": Entries(()), "cards": Entries(()), "languages": Entries(())}
    )
    with patch.object(views, "current_release", lambda: SimpleNamespace(pack=bare)):
        response = views.start(RequestFactory().get("/werken-en-wonen/"))
    page = response.content.decode()
    assert 'href="/werken-en-wonen/nl/loon/"' not in page
    assert 'href="/werken-en-wonen/nl/waar/"' in page
    assert re.findall(r'hreflang="(\w+)"', page) == ["nl", "en"]


# Weight


ZIPPED = {"Accept-Encoding": "gzip"}


def travels(visitor: Client, address: str) -> int:
    """Return how many bytes a page is, with all it asks for, as an old phone gets it for the first time."""
    files = sum(len(gzip.compress((BUNDLES / name).read_bytes(), 6)) for name in ("help.css", "help.js"))
    response = visitor.get(address, headers=ZIPPED)
    assert response.headers["Content-Encoding"] == "gzip"
    return files + len(response.content)


def test_a_page_weighs_less_than_30_kib_and_a_card_less_than_20(visitor: Client, pack: Pack) -> None:
    build_bundles()
    for code in CODES:
        assert travels(visitor, at(code)) < 30 * KIB
    for code in ("el", "ti"):  # their letters weigh most
        for page in PAGES:
            assert travels(visitor, at(code, page)) < 30 * KIB
        for card in pack.cards:
            assert travels(visitor, at(code, f"kaart/{card.id}/")) < 20 * KIB
            assert travels(visitor, f"/handboek/taalkaart/{code}/{card.id}/") < 20 * KIB


def test_a_page_and_a_card_are_light_also_where_nothing_is_compressed(visitor: Client) -> None:
    build_bundles()
    files = sum(len((BUNDLES / name).read_bytes()) for name in ("help.css", "help.js"))
    assert files + len(visitor.get(at("el")).content) < 30 * KIB
    assert files + len(visitor.get(at("el", "kaart/K09/")).content) < 30 * KIB


def test_a_page_asks_for_nothing_but_its_style_and_script(visitor: Client) -> None:
    page = html(visitor.get(at("nl")))
    asked = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', page)
    assert [urlsplit(each).path.rsplit("/", 1)[-1] for each in asked] == [",", "help.css", "help.js"]


def test_a_card_at_a_desk_has_no_script(visitor: Client) -> None:
    for address in OFFICIAL:
        assert "<script" not in html(visitor.get(address))
