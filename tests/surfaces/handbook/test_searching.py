"""Search in the handbook: every entry by its own words, a typing error forgiven, only what one may see."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.surfaces.handbook import findable
from sluitend.surfaces.handbook.findable import KINDS, address_of, find, lines_of
from sluitend.surfaces.handbook.searching import Index, Line, marked, snippet, words_of
from sluitend.surfaces.handbook.sections import SECTIONS

ADDRESS = "/handboek/zoeken/"
PACK = den_haag()
INDEXES = {language: Index(lines_of(PACK, language), language) for language in ("nl", "en")}
QUERIES = Path(__file__).with_name("queries.txt")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_ENOUGH = 6
LONG_WORDS = [
    (language, line, word)
    for language, index in INDEXES.items()
    for line in index.lines
    for word in words_of(line.title)
    if len(word) >= LONG_ENOUGH
]


@pytest.mark.parametrize("language", INDEXES)
def test_every_entry_is_found_by_its_own_label(language: str) -> None:
    index = INDEXES[language]
    for line in index.lines:
        found = index.find(line.title).lines
        asked = set(words_of(line.title))
        same = [
            each
            for each in index.lines
            if any(set(words_of(name)) == asked for name in (each.title, *each.also))
        ]
        assert line in found[: len(same)], line


def test_who_searches_at_once_finds_what_each_finds_alone() -> None:
    """A process answers many readers, and what makes stems keeps the word that it works on."""
    asked = ("gemeentelijkheden", "arbeidsuitbuitingen", "slachtofferhulpverleningen", "vergunninghouders")
    index = Index([Line("words", word, word, "") for word in asked], "nl")
    alone = {word: index._near(word, careful=True) for word in asked}
    differs: list[str] = []

    def search(word: str) -> None:
        for _again in range(2000):
            try:
                if index._near(word, careful=True) != alone[word]:
                    differs.append(word)
            except IndexError:
                differs.append(word)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=search, args=(word,)) for word in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert differs == []


@given(st.sampled_from(LONG_WORDS), st.data())
def test_one_typing_error_in_a_word_of_six_letters_or_more_still_finds_it(
    chosen: tuple[str, Line, str], data: st.DataObject
) -> None:
    language, line, word = chosen
    place = data.draw(st.integers(min_value=0, max_value=len(word) - 2))
    letter = data.draw(st.sampled_from(LETTERS))
    mistyped = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    assert line in INDEXES[language].find(mistyped).lines
    # A typing error may make a word that stands elsewhere; the other words of the label still tell which.
    assert line in INDEXES[language].find(line.title.casefold().replace(word, mistyped, 1)).lines


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("hotel", "Hotels"),
        ("HORECA", "Horeca"),
        ("inspectie szw", "Nederlandse Arbeidsinspectie"),
        ("ggd", "GGD Hollands Midden"),
        ("0800 2000", "Veilig Thuis"),
    ],
)
def test_other_words_for_it_find_it_too(query: str, title: str) -> None:
    assert title in [line.title for line in INDEXES["nl"].find(query).lines]


def queries() -> list[tuple[str, str, set[str]]]:
    """What people type: the language of their page, the words, and of what one must be in the first three."""
    lines = (line.strip() for line in QUERIES.read_text().splitlines())
    asked = (line.partition(" -> ") for line in lines if line and not line.startswith("#"))
    pages = (("nl>en: ", "nl"), ("en>nl: ", "en"), ("en: ", "en"), ("", "nl"))
    found = []
    for words, _arrow, wanted in asked:
        start, language = next(each for each in pages if words.startswith(each[0]))
        found.append((language, words.removeprefix(start), set(wanted.split())))
    return found


def test_what_people_type_is_in_the_first_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findable, "index_of", lambda _number, language: INDEXES[language])
    asked = queries()
    assert len(asked) > 200
    there = {"/".join(line.key) for index in INDEXES.values() for line in index.lines}
    assert set().union(*(wanted for _language, _words, wanted in asked)) <= there
    first = {
        (language, words): {"/".join(line.key) for line in find(0, language, words).lines[:3]}
        for language, words, _wanted in asked
    }
    missed = [words for language, words, wanted in asked if not first[language, words] & wanted]
    assert missed == []


def test_every_page_and_every_search_word_leads_somewhere(client_for: Callable[[str], Client]) -> None:
    client = client_for("af@westland.example")
    pages = [line for line in INDEXES["nl"].lines if line.part == findable.PAGES]
    assert len(pages) == len(SECTIONS)
    assert [line for line in pages if client.get(address_of(PACK, line)).status_code != 200] == []
    for each in PACK.search_words:
        for language in ("nl", "en"):
            for word in getattr(each, language):
                keys = {line.key for line in INDEXES[language].find(word).lines}
                assert keys & {
                    (part, entry_id) for part in findable.SEARCHED for entry_id in getattr(each, part)
                }, word


def test_a_municipality_leads_to_whom_to_call_there(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"zoek": "gemeente westland"}).content.decode()
    assert "/handboek/wie-bel-ik/?gemeente=GM1783" in content
    page = anybody.get("/handboek/wie-bel-ik/", {"gemeente": "GM1783"}).content.decode()
    assert '<option value="GM1783" selected>' in page
    for other in ("GM9999", "<script>", "x" * 5000):
        page = anybody.get("/handboek/wie-bel-ik/", {"gemeente": other}).content.decode()
        assert "selected" not in page.split("<select")[1].split("</select>")[0].replace(
            'value="" selected', ""
        )


@given(st.text(max_size=400))
def test_whatever_is_typed_is_only_looked_for(typed: str) -> None:
    hits = INDEXES["nl"].find(typed)
    assert set(hits.lines) <= set(INDEXES["nl"].lines)


@given(st.text(max_size=400), st.sets(st.text(max_size=6)))
def test_a_snippet_holds_the_words_as_they_stand(text: str, words: set[str]) -> None:
    assert "".join(piece for piece, _hit in marked(text, frozenset(words))) == text
    assert "".join(piece for piece, _hit in snippet(text, frozenset(words))).strip("… ") in text


def test_every_result_leads_to_a_page_that_is_there(region: Any, client_for: Callable[[str], Client]) -> None:
    client = client_for("af@westland.example")
    today = timezone.localdate()
    addresses = {
        kind.address(PACK, entry)
        for kind in KINDS
        for entry in getattr(PACK, kind.part)
        if entry.valid_on(today)
    }
    gone = [each for each in sorted(addresses) if client.get(each).status_code != 200]
    assert gone == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("informatiepunt bus", "/handboek/informatiepunten/#bus_dh"),
        ("paspoort of ID-kaart zelf", "/handboek/taalkaart/kaart/K05/"),
        ("Vertel AVIM nu wat er speelt", "/handboek/partners/avim/"),
    ],
)
def test_points_cards_and_actions_are_found_too(
    client_for: Callable[[str], Client], typed: str, address: str
) -> None:
    content = client_for("af@westland.example").post(ADDRESS, {"zoek": typed}).content.decode()
    assert f'href="{address}"' in content


@pytest.fixture
def anybody(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


def test_who_is_not_signed_in_finds_no_unconfirmed_entry(
    anybody: Client, client_for: Callable[[str], Client]
) -> None:
    sent = {"zoek": "Nidos"}
    address = "/handboek/partners/nidos/"
    assert address not in anybody.post(ADDRESS, sent).content.decode()
    content = client_for("af@westland.example").post(ADDRESS, sent).content.decode()
    assert address in content
    assert "niet bevestigd" in content


def test_a_note_for_who_is_signed_in_is_not_searched() -> None:
    note = PACK.partners["heit"].note
    assert note is not None
    assert "burgemeester" in note.nl
    assert "heit" not in [line.entry_id for line in INDEXES["nl"].find("burgemeester").lines]


def test_an_innocent_explanation_says_that_it_is_one(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"zoek": "paspoort"}).content.decode()
    assert "Kan ook: Een familielid bewaart papieren veilig" in content


def test_in_english_the_words_and_the_names_of_kinds_are_english(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"zoek": "labour authoritty"}, headers={"Accept-Language": "en"}).content
    assert b"<mark>Labour</mark>" in content
    assert b"Chain partners" in content


def test_what_is_searched_stands_in_no_address_and_nothing_of_it_runs(anybody: Client) -> None:
    assert "Jan Jansen" not in anybody.get(ADDRESS, {"zoek": "Jan Jansen"}).content.decode()
    answer = anybody.post(ADDRESS, {"zoek": "<script>alert(1)</script> hotels"})
    content = answer.content.decode()
    assert "<script>alert(1)" not in content
    assert "<mark>Hotels</mark>" in content
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_found_says_where_to_go_on(anybody: Client) -> None:
    for query in ("qqqqqqqq", "x" * 100_000, "؟؟"):
        content = anybody.post(ADDRESS, {"zoek": query}).content.decode()
        assert "Niets gevonden" in content
        assert "/handboek/wie-bel-ik/" in content


def test_nothing_found_offers_what_looks_like_it(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"zoek": "nagelstylist"}).content.decode()
    assert "Bedoelt u een van deze?" in content
    assert 'href="/handboek/sectoren/beauty/"' in content


def test_the_best_stands_first_with_what_it_is(anybody: Client) -> None:
    content = as_read(anybody.post(ADDRESS, {"zoek": "huisuitzetting"}).content.decode())
    best = content.index("Dit past het best")
    assert best < content.index("Gevaarlijk of verboden wonen direct stoppen")
    assert content.count("Gevaarlijk of verboden wonen direct stoppen") == 1


def statements(ask: Callable[[], object]) -> int:
    """Return how many statements a request takes when it was made before."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_a_search_asks_the_database_no_more_than_any_page(anybody: Client) -> None:
    searched = statements(lambda: anybody.post(ADDRESS, {"zoek": "uitbuiting"}))
    assert searched == statements(lambda: anybody.get("/handboek/"))
