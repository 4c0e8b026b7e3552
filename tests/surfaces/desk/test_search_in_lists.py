"""Searching within one list shows what fits there alone, keeps no word of it, and is logged row by row."""

import html
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import samples
from tests.journeys.cases.matters import taken_in

from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.listing import SEARCH
from sluitend.kernel.organisations.models import Account

pytestmark = pytest.mark.django_db

type Clients = Callable[[str], Client]
AF, THE_HAGUE = "af@westland.example", "af@denhaag.example"
PARTNER, AVIM = "nla@arbeidsinspectie.example", "avim@politie.example"
CASES, INBOX, SENT, RECEIVED = "/werk/casussen/", "/werk/binnen/", "/werk/doorgezet/", "/werk/ontvangen/"
EXCHANGES = "/werk/uitwisselen/"


@dataclass(frozen=True)
class In:
    """A list, who looks at it, and what of the sample stands there."""

    page: str
    who: str
    of: str


LISTS = (
    In(CASES, AF, "case"),
    In(INBOX, AF, "new_report"),
    In(SENT, AF, "referral"),
    In(RECEIVED, PARTNER, "referral"),
    In(EXCHANGES, AF, "request"),
    In("/werk/toezicht/", "toezicht@westland.example", "visit"),
    In("/werk/vrijgeven/", AF, "visit"),
    In("/werk/vrijgeven/wachtverzoeken/", AF, "wait_request"),
    In("/werk/wachtverzoeken/", AVIM, "wait_request"),
    In("/werk/besluit/", "manager@westland.example", "wait_request"),
)
OWN_VISITS, WAITING, WAIT_REQUESTS, ASKED, DECISIONS = LISTS[5:]


@pytest.fixture
def whole(whole_route: samples.Sample) -> samples.Sample:
    """A matter of Westland, and what the labour inspectorate asked it."""
    asked = samples.ask(samples.actor(PARTNER), "GM1783", kind="question")
    return replace(whole_route, request=asked)


def found(client: Client, page: str, words: str) -> str:
    """Fill in the field of a list, and return the list."""
    answer = client.post(page, {"q": words})
    assert answer.status_code == 200
    return html.unescape(re.sub(r'value="[^"]*"', "", answer.text.split("<main")[1]))


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.page)
def test_a_code_is_found_in_its_list_however_it_was_typed(
    whole: samples.Sample, client_for: Clients, each: In
) -> None:
    code = str(getattr(whole, each.of))
    client = client_for(each.who)
    for words in (code, code.lower(), f"  {code.replace('-', ' ')} "):
        assert f"/{code}/" in found(client, each.page, words)
    assert f"/{code}/" not in found(client, each.page, code[:-1] + ("A" if code[-1] != "A" else "B"))


@pytest.mark.parametrize("words", ["06-12 34 56 78", "vb123x", "9000 4191"])
@pytest.mark.parametrize("each", LISTS[:3], ids=lambda each: each.page)
def test_a_value_is_found_however_it_was_written(
    whole: samples.Sample, client_for: Clients, each: In, words: str
) -> None:
    assert f"/{getattr(whole, each.of)}/" in found(client_for(each.who), each.page, words)


@pytest.mark.parametrize(
    ("each", "words", "others"),
    [
        (LISTS[2], "arbeidsinsp", "avim"),
        (LISTS[3], "westland", "den haag"),
        (LISTS[4], "arbeidsinsp", "Delft"),
        (LISTS[2], "{case}", "C-9999"),
    ],
)
def test_the_other_side_is_found_by_its_name(
    whole: samples.Sample, client_for: Clients, each: In, words: str, others: str
) -> None:
    client, code = client_for(each.who), f"/{getattr(whole, each.of)}/"
    assert code in found(client, each.page, words.format(case=whole.case))
    assert code not in found(client, each.page, others)


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (OWN_VISITS, "vb123x"),
        (WAITING, "vb123x"),
        (WAITING, "{planner}"),
        (WAIT_REQUESTS, "vb123x"),
        (WAIT_REQUESTS, "avim"),
        (ASKED, "westland"),
        (DECISIONS, "avim"),
    ],
)
def test_what_is_planned_is_found_by_its_place_and_by_who_is_behind_it(
    whole: samples.Sample, client_for: Clients, each: In, words: str
) -> None:
    planner = Account.objects.get(email=OWN_VISITS.who).name.split()[0]
    code = f"/{getattr(whole, each.of)}/"
    assert code in found(client_for(each.who), each.page, words.format(planner=planner))


@pytest.mark.parametrize("each", [ASKED, DECISIONS], ids=lambda each: each.page)
def test_who_may_not_know_of_the_place_finds_nothing_by_it(
    whole: samples.Sample, client_for: Clients, each: In
) -> None:
    assert getattr(whole, each.of) not in found(client_for(each.who), each.page, samples.PLANTED_PLATE)


@pytest.mark.parametrize("who", [THE_HAGUE, PARTNER])
def test_another_organisation_finds_nothing(whole: samples.Sample, client_for: Clients, who: str) -> None:
    client = client_for(who)
    for each in LISTS:
        if each.who == who:
            continue
        code = str(getattr(whole, each.of))
        for words in (code, samples.PLANTED_PHONE, samples.PLANTED_PLATE):
            assert f"/{code}/" not in client.post(each.page, {"q": words}).text


def test_a_list_shows_only_what_fits_and_leads_back_to_the_whole(client_for: Clients) -> None:
    other, code = taken_in(phone="06 11111111"), taken_in(phone="06 22222222")
    page = found(client_for(AF), CASES, "06-22 22 22 22")
    assert (f"/{code}/" in page, f"/{other}/" in page) == (True, False)
    assert "U ziet alleen wat past bij “06-22 22 22 22”" in page
    assert 'href="?">Toon de hele lijst' in page


def test_another_choice_seeks_the_same_words_and_no_address_holds_them(client_for: Clients) -> None:
    code = taken_in(phone="06 22222222")
    client = client_for(AF)
    page = found(client, CASES, "0622222222")
    (closed,) = re.findall(r'formaction="([^"]*stand=closed[^"]*)"', page)
    assert "0622222222" not in closed
    assert f"/{code}/" not in found(client, urljoin(CASES, closed), "0622222222")
    assert "0622222222" not in "".join(re.findall(r'(?:href|action|formaction)="([^"]*)"', page))


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.page)
def test_each_list_is_turned_round_by_a_link(whole: samples.Sample, client_for: Clients, each: In) -> None:
    client = client_for(each.who)
    orders = re.findall(r'href="(\?[^"]*volgorde=[^"]*)"', client.get(each.page).text)
    assert orders
    for address in orders:
        assert f"/{getattr(whole, each.of)}/" in client.get(urljoin(each.page, html.unescape(address))).text


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.page)
def test_an_address_seeks_nothing(whole: samples.Sample, client_for: Clients, each: In) -> None:
    client = client_for(each.who)
    page = client.get(each.page, {"q": "onbestaanbaar"}).text
    assert f"/{getattr(whole, each.of)}/" in page
    assert "onbestaanbaar" not in page


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.page)
def test_the_ledger_names_each_row_that_was_found_and_no_word(
    whole: samples.Sample, client_for: Clients, caplog: pytest.LogCaptureFixture, each: In
) -> None:
    caplog.set_level(logging.DEBUG)
    client = client_for(each.who)
    found(client, each.page, "Onbestaanstraat 99")
    found(client, each.page, str(getattr(whole, each.of)))
    with acting(samples.actor(each.who)):
        lines = Event.objects.filter(purpose=SEARCH).order_by("at", "id")
        assert sorted(bool(line.subject) for line in lines) == [False, True]
        assert "Onbestaan" not in "".join(str(vars(line)) for line in lines)
    assert "Onbestaan" not in caplog.text


@pytest.mark.parametrize(
    "words",
    [" ", "'; DROP TABLE cases_case; --", "\x00", "é" * 500, "<script>alert(1)</script>", "%", "_", "\ud800"],
)
@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.page)
def test_strange_words_are_no_failure(client_for: Clients, each: In, words: str) -> None:
    body = urlencode({"q": words.encode("utf-8", "surrogatepass")})
    answer = client_for(each.who).post(each.page, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_who_may_not_see_a_list_may_not_search_in_it(client_for: Clients) -> None:
    for page in (CASES, INBOX, SENT, EXCHANGES):
        assert client_for(PARTNER).post(page, {"q": "C-1234"}).status_code == 404
    assert client_for(AF).post(RECEIVED, {"q": "D-1234"}).status_code == 404


def test_what_is_sought_costs_the_same_whatever_is_found(client_for: Clients) -> None:
    client, numbers = client_for(AF), []
    for _each in range(3):
        code = taken_in(phone="06 22222222")
        with CaptureQueriesContext(connection) as captured:
            assert f"/{code}/" in found(client, CASES, "0622222222")
        numbers.append(len(captured))
    # The first page of a session asks more.
    assert numbers[1] == numbers[2]
