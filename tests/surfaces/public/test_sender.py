"""Whose page it is: a municipality by host or address, else the region; and its house style."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples
from tests.reading import as_read

from sluitend.journeys.administration.actions import house_style as actions
from sluitend.journeys.administration.house_words import NewStyle
from sluitend.journeys.care.views import asking
from sluitend.kernel.access.acting import acting
from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.palette import Palette
from sluitend.surfaces import sender
from sluitend.surfaces.errors import failed
from sluitend.surfaces.sender import doors
from sluitend.surfaces.warming import warm_up

pytestmark = pytest.mark.django_db
WESTLAND, DELFT = "GM1783", "GM0503"
GREEN = Palette("0e5c3a", "0a4529", "e5f1ea", "9bc5ae", "ffffff", "0e5c3a")


@pytest.fixture
def page(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


def published(*, mark: bytes | None = None, **said: str) -> str:
    """Let Westland make a house style public, and return the address of its colours."""
    words = dict.fromkeys(("question", "about", "contact", "privacy", "site"), "") | said
    new = NewStyle(name=words.pop("name", "Gemeente Westland"), palette=GREEN, **words)
    maker, second = samples.actor("beheer@westland.example"), samples.actor("manager@westland.example")
    with acting(maker):
        style_id = actions.offer_style(new, maker, mark=mark)
    doors.cache_clear()
    assert "/huisstijl/" not in Client().get(f"/?gemeente={WESTLAND}").text
    with acting(second):
        actions.publish_style(style_id, second)
    doors.cache_clear()
    return f"/huisstijl/{GREEN}.css"


def test_without_a_host_or_a_question_it_is_the_region(page: Client) -> None:
    text = as_read(page.get("/").text)
    assert "<span>Meldpunt</span>" in text
    assert "Dit is het meldpunt van 27 gemeenten voor zorgen over dwang en misbruik." in text
    assert "Hierin werken 27 gemeenten in Haaglanden en Hollands Midden samen." in text


def test_a_municipality_that_merged_is_counted_and_offered_no_more(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, yesterday = current_release().pack, timezone.localdate() - timedelta(days=1)
    merged = pack.municipalities[WESTLAND].model_copy(update={"valid_until": yesterday})
    others = (each for each in pack.municipalities if each.id != WESTLAND)
    held = pack.model_copy(update={"municipalities": Entries((merged, *others))})
    for name in ("current_release", "published_release"):
        monkeypatch.setattr(sender, name, lambda: SimpleNamespace(pack=held), raising=False)
    doors.cache_clear()
    assert "Hierin werken 26 gemeenten in" in as_read(page.get("/").text)
    assert "en 25 andere gemeenten" in as_read(page.get(f"/?gemeente={DELFT}").text)
    assert "Dit is het meldpunt van 26 gemeenten" in as_read(page.get(f"/?gemeente={WESTLAND}").text)
    offered = page.get("/gemeenten/").text
    assert f"gemeente={WESTLAND}" not in offered
    assert f"gemeente={DELFT}" in offered
    doors.cache_clear()


def test_an_address_names_the_municipality_and_what_one_presses_keeps_it(page: Client) -> None:
    text = as_read(page.get(f"/?gemeente={WESTLAND}").text)
    assert "<title>Meldpunt – Gemeente Westland</title>" in text
    assert "Dit is het meldpunt van de gemeente Westland voor zorgen" in text
    assert "Hierin werken de gemeente Westland en 26 andere gemeenten" in text
    for address in ("/melden/", "/overleg/", "/hulp-vragen/", "/ontvangst/", "/privacy/"):
        assert f'href="{address}?gemeente={WESTLAND}"' in text
        assert "<span>Gemeente Westland</span>" in as_read(page.get(f"{address}?gemeente={WESTLAND}").text)
    # The pages of the report go on with it.
    steps = f"/melden/?gemeente={WESTLAND}"
    for answer in (page.get(steps), page.post(steps, {"go": "begin", "kind": "report"})):
        assert f'action="{steps}"' in answer.text
        assert "<span>Gemeente Westland</span>" in as_read(answer.text)
    # So do the one who marks, and who reads about data or chooses a language along the way.
    mark = page.get(f"/melden/markeer/?gemeente={WESTLAND}").text
    assert f'action="/melden/markeer/?gemeente={WESTLAND}"' in mark
    assert f'href="?gemeente={WESTLAND}&amp;scherm=donker"' in mark
    assert f'href="/privacy/?gemeente={WESTLAND}"' in page.get(steps).text
    language = f"/taal/?gemeente={WESTLAND}"
    assert f'href="{language}"' in text
    assert f'value="/?gemeente={WESTLAND}"' in as_read(page.get(language).text)
    chosen = page.post("/taal/", {"language": "en", "next": f"/?gemeente={WESTLAND}"})
    assert chosen.headers["Location"] == f"/?gemeente={WESTLAND}"
    # Pages that must not tell anything have no sender.
    assert 'href="/werken-en-wonen/pl/"' in text
    assert "Westland" not in page.get(f"/werken-en-wonen/pl/?gemeente={WESTLAND}").text


@override_settings(SLUITEND_DOORS={"meldpunt.example": WESTLAND}, ALLOWED_HOSTS=["meldpunt.example"])
def test_a_host_has_its_own_door(page: Client) -> None:
    text = as_read(page.get("/", headers={"host": "Meldpunt.example:8000"}).text)
    assert "<span>Gemeente Westland</span>" in text
    assert 'href="/melden/"' in text  # the host says it already
    assert "<span>Meldpunt</span>" in as_read(
        page.get("/?gemeente=", headers={"host": "meldpunt.example"}).text
    )


def test_what_is_no_municipality_is_the_region(page: Client) -> None:
    for code in ("GM9999", "<script>", ""):
        text = page.get("/", {"gemeente": code}).text
        assert "27 gemeenten" in text
        assert "<script>alert" not in text


def test_where_nobody_reads_one_is_sent_to_the_region(page: Client) -> None:
    silent = next(code for code, town in doors().towns.items() if not town.reads)
    text = as_read(page.get(f"/?gemeente={silent}").text)
    assert "leest hier nog niemand mee." in text
    assert "Ga naar het meldpunt van 27 gemeenten" in text
    assert "Vertel wat u zag" not in text


def test_every_municipality_has_its_door_in_the_list(page: Client) -> None:
    text = page.get("/gemeenten/").text
    assert set(re.findall(r"\?gemeente=(GM\d+)", text)) == set(doors().towns)


def test_the_person_concerned_finds_languages_in_their_own_script(page: Client) -> None:
    text = as_read(page.get("/").text)
    named = re.findall(r'lang="(\w+)"\s+dir="\w+"\s+href="/werken-en-wonen/(\w+)/"\s*>([^<]+)<', text)
    assert ("bg", "bg", "Български") in named
    assert named[-1] == ("en", "en", "English")
    assert all(lang == code for lang, code, _name in named)
    assert re.search(r"Nog \d+ talen", text)


def test_what_a_second_person_made_public_stands_on_every_page_for_everybody(page: Client) -> None:
    colours = published(
        name="Gemeente Westland aan Zee",
        question="Ziet u iets wat niet klopt?",
        about="Wij lezen dit met drie mensen.",
        contact="Bel 14 0174.",
        site="https://www.westland.example/melden",
        privacy="Onze functionaris heet u welkom.",
    )
    text = page.get(f"/?gemeente={WESTLAND}").text
    for words in (
        "Westland aan Zee",
        "Ziet u iets wat niet klopt?",
        "Wij lezen dit met drie mensen.",
        "14 0174",
    ):
        assert words in text
    assert 'href="https://www.westland.example/melden"' in text
    for address in ("/", "/melden/", "/ontvangst/", "/privacy/"):
        assert f'href="{colours}"' in page.get(f"{address}?gemeente={WESTLAND}").text
    assert "Onze functionaris heet u welkom." in page.get(f"/privacy/?gemeente={WESTLAND}").text
    assert "/huisstijl/" not in page.get(f"/?gemeente={DELFT}").text
    assert "/huisstijl/" not in page.get("/werken-en-wonen/pl/").text


def test_the_style_sheet_holds_colours_and_nothing_else(page: Client) -> None:
    sheet = page.get(f"/huisstijl/{GREEN}.css")
    assert sheet.headers["Content-Type"] == "text/css"
    assert "--sl-accent:#0e5c3a;" in sheet.text
    assert re.fullmatch(r"[-\w.:;#{}()\[\]=\"@ ]+", sheet.text)
    for wrong in ("0e5c3a", "zzzzzz-0a4529-e5f1ea-9bc5ae-ffffff-0e5c3a", f"{GREEN}-000000"):
        assert page.get(f"/huisstijl/{wrong}.css").status_code == 404


def test_pages_for_everybody_ask_the_doors_once_in_a_while(
    page: Client, django_assert_num_queries: Any
) -> None:
    page.get("/")
    with django_assert_num_queries(4):
        page.get("/")


def test_a_door_is_put_in_words_once_for_each_language_and_day(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Mock(wraps=sender._of_region)
    monkeypatch.setattr(sender, "_of_region", said)
    doors.cache_clear()
    for _time in range(2):
        assert "27 gemeenten" in page.get("/").text
    assert said.call_count == 1
    assert "27 municipalities" in page.get("/", headers={"accept-language": "en"}).text
    assert said.call_count == 2
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    page.get("/")
    assert said.call_count == 3


def test_the_door_of_help_keeps_the_sender_until_the_code_and_names_who_is_signed_in(
    page: Client, client_for: Any
) -> None:
    colours = published()
    asked = f"/hulp-vragen/?gemeente={WESTLAND}"
    assert f'href="/privacy/?gemeente={WESTLAND}"' in page.get(asked).text
    answers = samples.help_answers() | {"step": "5", "go": "next", "sending": str(uuid4())}
    received = page.post(asked, answers).text
    assert "Bewaar deze code" in received
    assert "<span>Gemeente Westland</span>" in as_read(received)
    assert f'action="/ontvangst/?gemeente={WESTLAND}"' in received
    assert f'href="/privacy/?gemeente={WESTLAND}"' in received
    for email, name in (("af@westland.example", "Gemeente Westland"), ("af@denhaag.example", "Gravenhage")):
        own = client_for(email).get("/hulp-vragen/").text
        assert f"{name}</span>" in as_read(own)
        assert (colours in own) is (name == "Gemeente Westland")


def test_where_nobody_does_care_coordination_the_door_of_reports_keeps_the_sender(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "receiver", lambda _pack: None)
    sent = page.get(f"/hulp-vragen/?gemeente={WESTLAND}")
    assert sent.headers["Location"] == f"/melden/hulp/?gemeente={WESTLAND}"
    assert page.get("/hulp-vragen/").headers["Location"] == "/melden/hulp/"


ENTRANCE = "/inloggen/"
HOSTS = override_settings(
    SLUITEND_DOORS={"meldpunt.example": WESTLAND}, ALLOWED_HOSTS=["meldpunt.example", "testserver"]
)
AT = {"host": "meldpunt.example"}


def named(answer: Any) -> str:
    """Return what stands above a page, on one line."""
    return as_read(answer.text.partition("<header")[2].partition("</header>")[0])


@HOSTS
@pytest.mark.parametrize("address", [ENTRANCE, "/uitnodiging/geen/"])
def test_whose_entrance_it_is_stands_above_it(page: Client, address: str) -> None:
    colours = published()
    for answer in (page.get(address, headers=AT), page.get(f"{address}?gemeente={WESTLAND}")):
        assert "<span>Gemeente Westland</span>" in named(answer)
        assert "Sluitend" in named(answer)
        assert colours in answer.text
    assert "Westland" not in named(page.get(address))
    assert "Sluitend" in named(page.get(address))


def test_who_signs_in_wrongly_stays_at_the_same_door(page: Client) -> None:
    asked = f"{ENTRANCE}?gemeente={WESTLAND}"
    assert f'action="{asked}"' in page.get(asked).text
    again = page.post(asked, {"login": "niemand@westland.example", "password": "x"})
    assert again.status_code == 200
    assert "Gemeente Westland" in named(again)


@HOSTS
def test_what_is_not_there_and_what_is_refused_say_whose_they_are(page: Client) -> None:
    colours = published()
    page.get("/", headers=AT)
    strict = Client(enforce_csrf_checks=True)
    elsewhere = {"sec-fetch-site": "cross-site"}
    for answer, status in (
        (page.get("/bestaat-niet/", headers=AT), 404),
        (page.get("/handboek/kaarten/rol/bestaat-niet/", headers=AT), 404),
        (page.get(f"/bestaat-niet/?gemeente={WESTLAND}"), 404),
        (page.put("/privacy/", headers=AT), 405),
        (strict.post("/melden/", {}, headers=AT | elsewhere), 400),
        (strict.post(ENTRANCE, {}, headers=AT), 400),
    ):
        assert answer.status_code == status
        assert "Gemeente Westland" in named(answer), answer.wsgi_request.path
        assert colours in answer.text
    assert "Westland" not in page.get("/bestaat-niet/").text


def test_a_page_that_tells_nothing_tells_nothing_when_it_is_not_there(page: Client) -> None:
    published()
    page.get(f"/?gemeente={WESTLAND}")
    for address in ("/werken-en-wonen/pl/bestaat-niet/", "/werken-en-wonen/bestaat-niet/"):
        answer = page.get(f"{address}?gemeente={WESTLAND}")
        assert answer.status_code == 404
        assert "Westland" not in answer.text
        assert "/huisstijl/" not in answer.text


@HOSTS
@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("gasflessen"), 500), (OperationalError("gasflessen"), 503)]
)
def test_what_fails_says_whose_it_is_without_the_database(
    page: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    colours = published()
    page.get("/", headers=AT)
    doors.cache_clear()
    request = RequestFactory().get("/melden/", headers=AT)
    with CaptureQueriesContext(connection) as asked:
        try:
            raise error
        except type(error):
            answer = failed(request)
    assert len(asked) == 0
    assert answer.status_code == status
    assert "Gemeente Westland" in named(answer)
    assert colours in answer.text
    # A process that nobody asked anything yet, and a host that is none, have the page as well.
    for headers, known in ((AT, []), ({"host": "niet..goed"}, [*sender._last])):
        monkeypatch.setattr(sender, "_last", known)
        try:
            raise error
        except type(error):
            bare = failed(RequestFactory().get("/melden/", headers=headers))
        assert (bare.status_code, "Westland" in bare.text) == (status, False)


def test_a_process_knows_whose_pages_it_has_before_the_first_one_is_asked(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_last", [])
    doors.cache_clear()
    warm_up()
    assert "Gemeente Westland" in named(page.get(f"/bestaat-niet/?gemeente={WESTLAND}"))
