"""The pages of a report: who looks, what fits, who it goes to, and what is kept meanwhile."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from tests.journeys.reports.test_pages import ANSWERS, NAMED, code_in, send
from tests.reading import as_read

from sluitend.journeys.cases.queries.inbox import intake_page
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import Report
from sluitend.journeys.reports.slowing import FILING
from sluitend.kernel.access.acting import acting
from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.handbook.cards import card_of_form, card_of_role
from sluitend.surfaces.handbook.printing import scanned
from sluitend.surfaces.handbook.reading import Reading

DRAFT = "/melden/concept/"
DE_LIER = {"latitude": "51.975", "longitude": "4.249"}
FIRST = re.compile(r"data-likely>(.*?)</fieldset>", re.DOTALL)


@pytest.fixture(autouse=True)
def no_limits() -> None:
    """Let every test begin without a count."""
    FILING.forget()


@pytest.fixture
def page(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


def first_of(response: Any) -> list[str]:
    """Return the signals that stand first on a page."""
    found = FIRST.search(as_read(response.text))
    assert found
    return re.findall(r'data-signal="([^"]+)"', found[1])


def test_the_role_stands_above_five_signals_that_fit_it(page: Client) -> None:
    held = current_release().pack
    shown = send(page, 2, role="boa", signals=[])
    text = as_read(shown.text)
    assert text.index('name="role"') < text.index('name="signals"')
    assert text.count('type="radio" name="role"') == len(held.role_groups) + 1
    assert first_of(shown) == list(held.roles["boa"].likeliest[:5])
    assert "Vaak gezien bij een controle of op straat" in text
    assert re.search(r'value="boa"[^>]*checked', text)
    assert "sl-choice--light" in text


def test_whoever_says_no_role_sees_what_the_handbook_chose(page: Client) -> None:
    held = current_release().pack
    shown = send(page, 2, role="", signals=[])
    chosen = next(role for role in held.roles if role.unsaid)
    assert first_of(shown) == list(chosen.likeliest[:5])
    assert "checked" not in as_read(shown.text).split('name="role"')[1].split(">")[0]


def test_a_role_that_is_not_the_first_of_its_group_keeps_its_own_signals(page: Client) -> None:
    held = current_release().pack
    shown = send(page, 2, role="leerplicht", signals=[])
    assert re.search(r'value="leerplicht"[^>]*checked', as_read(shown.text))
    assert first_of(shown) == list(held.roles["leerplicht"].likeliest[:5])
    assert "Vaak gezien door: Leerplicht" in as_read(shown.text)


def test_what_was_ticked_in_another_role_stays_on_top(page: Client) -> None:
    shown = send(page, 3, "3", role="boa", signals=["SEK-17"])
    assert first_of(shown)[0] == "SEK-17"
    assert len(first_of(shown)) == 6


@pytest.mark.usefixtures("region")
def test_every_role_stands_in_one_group() -> None:
    held = current_release().pack
    grouped = [role for group in held.role_groups for role in group.roles]
    assert sorted(grouped) == sorted(held.roles.ids)
    assert sum(role.unsaid for role in held.roles) == 1


@pytest.mark.parametrize(("word", "role"), [("balie", "brp"), ("leerplicht", "leerplicht"), ("<x>", "")])
def test_a_link_says_from_which_role(page: Client, word: str, role: str) -> None:
    text = as_read(page.get("/melden/", {"voor": word}).text)
    assert ('name="role" value="' in text) is bool(role)
    assert not role or f'name="role" value="{role}"' in text


def test_the_card_of_a_role_leads_to_its_signals(page: Client) -> None:
    assert 'href="/melden/?voor=boa"' in as_read(page.get("/handboek/kaarten/rol/boa/").text)


@pytest.mark.usefixtures("region")
def test_the_code_on_a_card_of_a_role_says_which(page: Client) -> None:
    now = current_release()
    held = Reading(now.pack, now.number, professional=False, today=localdate())
    address = "https://meldpunt.gemeente.example/melden/"
    assert scanned(address, card_of_role(held, now.pack.roles["boa"])) == f"{address}?voor=boa"
    form = next(iter(now.pack.forms))
    assert scanned(address, card_of_form(held, form)) == address


def test_none_of_these_is_an_answer(page: Client) -> None:
    who = send(page, 3, "none")
    assert "Mogen wij weten wie u bent?" in who.text
    assert 'name="signals"' not in who.text
    check = send(page, 4, signals=[], none="on")
    assert "Geen van deze." in as_read(check.text)
    assert "U kruiste niets aan." in as_read(send(page, 4, signals=[]).text)


def test_danger_is_asked_of_none_of_these_too(page: Client) -> None:
    assert "sl-errors" in send(page, 3, "none", minor="yes").text


def test_signed_in_the_name_is_asked_before_the_first_word(client_for: Callable[[str], Client]) -> None:
    client = client_for("melder@westland.example")
    first = as_read(client.post("/melden/", {"go": "begin", "kind": "report"}).text)
    assert "Mogen wij weten wie u bent?" in first
    assert "Stap 2 van 6" in first
    assert "data-draft=" not in first
    assert "Wat u typt, wordt bewaard." not in first
    assert 'name="saw"' not in first
    told = as_read(send(client, 4, **NAMED).text)
    assert "Wat zag of hoorde u?" in told
    assert "Stap 3 van 6" in told
    assert "data-draft=" in told
    assert "Wat u typt, wordt bewaard." in told
    assert "Mogen wij weten" in send(client, 2, "back", **NAMED).text


def test_without_a_name_nothing_is_kept_of_who_is_signed_in(client_for: Callable[[str], Client]) -> None:
    client = client_for("melder@westland.example")
    kept = "Ga verder met wat u eerder typte"
    client.post(DRAFT, {**ANSWERS, **NAMED, "step": "2"})
    assert kept in client.get("/melden/").text
    for step in (4, 2, 3):
        shown = as_read(send(client, step).text)
        assert "data-draft=" not in shown
        assert "Wat u typt, wordt bewaard." not in shown
        assert "Wij bewaren het niet bij uw account." in shown
    assert kept not in client.get("/melden/").text
    for anonymity in ("anonymous", "", "x"):
        assert client.post(DRAFT, {**ANSWERS, "anonymity": anonymity, "step": "2"}).status_code == 204
        assert kept not in client.get("/melden/").text


@pytest.mark.parametrize("step", [3, 4, 5])
def test_after_sending_no_empty_page_of_later_is_shown(page: Client, step: int) -> None:
    assert "direct gevaar" in page.post("/melden/", {"go": str(step), "kind": "report"}).text


def test_a_page_of_later_leads_to_what_was_not_told_yet(page: Client) -> None:
    assert "Wat zag of hoorde u?" in send(page, 3, "4", saw="").text


def test_the_last_page_shows_all_that_was_typed(page: Client) -> None:
    who = {"reporter_phone": "06 12345678", "reporter_mail": "joost@voorbeeld.example", **NAMED}
    shown = as_read(send(page, 4, form="arbeidsuitbuiting", **who, **DE_LIER, accuracy="11.2").text)
    for words in (
        "Joost Vermeer",
        "06 12345678",
        "joost@voorbeeld.example",
        "Balie burgerzaken, Naaldwijk, Westland",
        "De plek van uw telefoon staat erbij, op 11 meter.",
        "Burgerzaken, balie",
        current_release().pack.forms["arbeidsuitbuiting"].label.nl,
    ):
        assert words in shown, words
    assert (
        "Joost Vermeer"
        not in as_read(send(page, 4, **{**who, "anonymity": "anonymous"}).text).split("Klopt dit?")[1]
    )


def test_another_municipality_is_a_choice_on_the_last_page(page: Client, region: Any) -> None:
    shown = as_read(send(page, 4).text)
    assert "gemeente Westland" in shown
    assert shown.count('name="municipality"') == 1
    assert "gemeente Leiden" in as_read(send(page, 5, "5", municipality="GM0546").text)
    assert "andere gemeente" in send(page, 5, "send", municipality="outside").text
    code_in(send(page, 5, "send", municipality="GM0546").text)
    with acting(region.actor("af@leiden.example")):
        assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("Coolsingel 40, Rotterdam", "Rotterdam"),
        ("Dam 1 Amsterdam", "Amsterdam"),
        ("1012 AB Amsterdam", "Amsterdam"),
        ("in Zaandam", "Zaanstad"),
        ("Dorpsstraat 3, Houten", "Houten"),
    ],
)
def test_a_place_outside_the_region_is_answered_at_once(page: Client, where: str, name: str) -> None:
    shown = as_read(send(page, 2, where=where).text)
    assert f"gemeente {name}" in shown
    assert "0900-8844" in shown
    again = as_read(send(page, 2, "2", where=where).text)
    assert "In welke gemeente is dat?" in again
    assert "Herkent u" in send(page, 2, where=where, municipality="GM1783").text


@pytest.mark.parametrize("where", ["Café Rotterdam", "Bij de buren", "Houten", "Achter de huizen", "Best"])
def test_a_word_that_is_a_place_too_only_asks(page: Client, where: str) -> None:
    assert "In welke gemeente is dat?" in send(page, 2, where=where).text


def test_a_place_of_the_region_goes_before_one_outside(page: Client) -> None:
    assert "Herkent u" in send(page, 2, where="Rotterdamseweg 10, Delft").text


def the_intake(region: Any) -> Any:
    with acting(region.actor("af@westland.example")) as actor:
        return intake_page(Report.objects.get().code, actor)


def test_where_a_phone_was_is_a_point_and_never_an_address(
    page: Client, region: Any, client_for: Callable[[str], Client]
) -> None:
    code_in(send(page, 5, "send", where="", accuracy="11.2", **DE_LIER).text)
    seen = the_intake(region)
    content = seen.report.content
    assert (content.where, content.near, content.place) == ("", "De Lier", "bij De Lier")
    assert content.accuracy == "11"
    assert content.identifiers() == []
    assert seen.territory == "yes"
    assert seen.territory_fact == "De plek ligt in Westland."
    assert seen.point.nearest == "De Lier"
    assert seen.point.km < 2
    desk = client_for("af@westland.example")
    listed = as_read(desk.get("/werk/binnen/").text)
    assert "bij De Lier" in listed
    shown = as_read(desk.get(f"/werk/binnen/{seen.report.code}/").text)
    assert "51.97500, 4.24900" in shown
    assert "op 11 meter" in shown
    assert "sl-map__here" in shown


def test_an_address_stands_beside_the_point_only_when_somebody_typed_it(page: Client, region: Any) -> None:
    send(page, 5, "send", where="Hoofdstraat 1, De Lier", **DE_LIER)
    content = the_intake(region).report.content
    assert content.place == "Hoofdstraat 1, De Lier"
    assert content.near == ""


def test_a_municipality_that_was_only_chosen_is_no_address() -> None:
    content = ReportContent(near="Westland")
    assert content.place == "Westland"
    assert content.identifiers() == []


def test_a_point_far_from_every_place_has_no_drawing(page: Client, region: Any) -> None:
    send(page, 5, "send", where="Naaldwijk", latitude="10", longitude="10")
    point = the_intake(region).point
    assert point.nearest == ""
    assert point.dots == ()


def test_a_note_keeps_its_point_when_it_is_finished(client_for: Callable[[str], Client]) -> None:
    client = client_for("melder@westland.example")
    client.post("/melden/markeer/", {"marks": ["afraid"], "accuracy": "30", **DE_LIER})
    listing = client.get("/ontvangst/").text
    assert "bij De Lier" in listing
    found = re.search(r"/melden/afmaken/N-[0-9A-Z]{4}/", listing)
    assert found
    form = as_read(client.get(found[0]).text)
    assert 'name="latitude" value="51.975"' in form
    assert 'name="accuracy" value="30' in form


def test_a_chosen_municipality_goes_along_to_every_page(page: Client) -> None:
    for step, go in ((2, "1"), (2, "next"), (5, "3")):
        shown = as_read(send(page, step, go, municipality="GM0503").text)
        assert shown.count('name="municipality" value="GM0503"') == 1
