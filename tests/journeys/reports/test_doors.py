"""A typed address beside the register: what is sure is taken, others are asked, the municipality follows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.database import ROOT
from tests.journeys.reports.test_pages import send
from tests.kernel.handbook.invented_addresses import make_book, rows
from tests.reading import as_read

from sluitend.journeys.cases.drafts import subject_tokens
from sluitend.journeys.cases.from_report import subjects_in
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.forms import content_of
from sluitend.journeys.reports.slowing import FILING
from sluitend.journeys.reports.wizard import Wizard, from_answers
from sluitend.journeys.visits import places as visits
from sluitend.journeys.visits.places import Place
from sluitend.kernel.handbook.address_book import doors
from sluitend.kernel.handbook.borders_reading import to_degrees
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import read_instead

QUESTION = "Welk adres bedoelt u?"
SURE = "Hoofdstraat 12a, Klein Grijsveen"
THREE = "Hoofdstraat 14"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Addresses of the invented region, made of a table."""
    return make_book(tmp_path_factory.mktemp("doors"))


@pytest.fixture
def pack(book: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """The handbook of the invented region, in an installation that has its addresses."""
    monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", book)
    return load_pack(ROOT / "packs" / "voorbeeld")


@pytest.fixture
def read(region: Any, pack: Pack) -> Iterator[None]:
    """Pages that read that handbook."""
    FILING.forget()
    with read_instead(pack):
        yield


def content(pack: Pack, **changes: str) -> ReportContent:
    told = {"saw": "Iets.", "when": "now", "minor": "no", **changes}
    wizard = Wizard(from_answers({name: [value] for name, value in told.items()}), pack)
    assert not wizard.what.errors, wizard.what.errors
    return content_of(wizard.what)


def number(place: str) -> str:
    return next(each.id for each in doors(THREE).found if each.place == place)


def test_an_address_that_is_sure_goes_on_at_once_and_is_shown_before_sending(read: None) -> None:
    page = Client()
    assert "Herkent u iets hiervan?" in send(page, 2, where=SURE).text
    check = as_read(send(page, 4, where=SURE).text)
    assert "Adres: Hoofdstraat 12A, 1002 AA Klein Grijsveen." in check
    assert "Grijsveen" in check


def test_an_address_that_may_be_several_is_asked_without_script_and_without_a_cookie(read: None) -> None:
    page = Client()
    asked = send(page, 2, where=THREE)
    assert QUESTION in asked.text
    assert "Hoofdstraat 14, 1003 AA Oosterhage" in asked.text
    assert not asked.cookies
    assert "Herkent u iets hiervan?" in send(page, 2, where=THREE, door=number("Oosterhage")).text
    assert "Adres: Hoofdstraat 14, 1003 AA Oosterhage." in as_read(
        send(page, 4, where=THREE, door=number("Oosterhage")).text
    )


def at(door: str, *, beside: float = 0.0, off: str = "12") -> dict[str, str]:
    """What a phone tells that is so many metres beside a door of the register."""
    row = next(each for each in rows() if each["nummeraanduiding"] == door)
    longitude, latitude = to_degrees(float(row["x"]) + beside, float(row["y"]))
    return {"where": "", "latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}", "accuracy": off}


BY_PHONE = "Was het bij een van deze adressen?"


def test_where_a_phone_was_becomes_an_address_that_somebody_picks(read: None, pack: Pack) -> None:
    page, door = Client(), number("Oosterhage")
    asked = send(page, 2, **at(door, beside=9))
    assert BY_PHONE in asked.text
    assert "Hoofdstraat 14, 1003 AA Oosterhage" in asked.text
    assert "Herkent u iets hiervan?" in send(page, 2, **at(door, beside=9), door=door).text
    check = as_read(send(page, 4, **at(door, beside=9), door=door).text)
    assert "Hoofdstraat 14, 1003 AA Oosterhage, Oosterhage" in check
    told = content(pack, **at(door, beside=9), door=door)
    assert (told.door, told.where) == (door, "Hoofdstraat 14, 1003 AA Oosterhage")
    assert told.latitude is not None
    assert told.near == ""


def test_a_phone_alone_is_no_address_and_another_place_is_asked_anew(read: None, pack: Pack) -> None:
    here, there = number("Oosterhage"), number("Grijsveen")
    found_by = f"-{float(at(here)['latitude'])} {float(at(here)['longitude'])}"
    on = send(Client(), 2, **at(here), door=found_by, municipality="GM9002").text
    assert "Herkent u iets hiervan?" in on
    told = content(pack, **at(here), door=found_by, municipality="GM9002")
    assert (told.door, told.where, told.address) == ("", "", "")
    assert BY_PHONE in send(Client(), 2, **at(there), door=found_by).text
    assert BY_PHONE in send(Client(), 2, **at(there), door=here).text


@pytest.mark.parametrize("off", ["400", "", "x"])
def test_a_phone_that_may_be_far_off_proposes_no_address(read: None, off: str) -> None:
    told = send(Client(), 2, **at(number("Oosterhage"), off=off), municipality="GM9002").text
    assert BY_PHONE not in told


@pytest.mark.parametrize("place", [("0", "0"), ("89.9", "179.9"), ("-90", "-180")])
def test_a_phone_that_is_nowhere_here_costs_nobody_a_report(read: None, place: tuple[str, str]) -> None:
    latitude, longitude = place
    told = {"where": "", "latitude": latitude, "longitude": longitude, "accuracy": "5"}
    page = send(Client(), 2, **told, municipality="GM9002")
    assert "Herkent u iets hiervan?" in page.text


def test_none_of_these_asks_the_municipality_instead(read: None) -> None:
    page = Client()
    none = send(page, 2, where=THREE, door=f"-{THREE}").text
    assert "In welke gemeente is dat?" in none
    assert QUESTION in none
    on = send(page, 2, where=THREE, door=f"-{THREE}", municipality="GM9003").text
    assert "Herkent u iets hiervan?" in on


@pytest.mark.parametrize("stale", ["-Hoofdstraat 12", "9990200000000001", "x", "0" * 16])
def test_a_choice_for_other_words_does_not_count(read: None, stale: str) -> None:
    assert QUESTION in send(Client(), 2, where=THREE, door=stale).text


def test_a_street_beside_the_region_is_answered_with_whom_to_call(read: None) -> None:
    outside = as_read(send(Client(), 2, where="Strandweg 14, Verweg aan Zee").text)
    assert "hoort waarschijnlijk bij gemeente Verweg" in outside


def test_the_municipality_follows_the_address_before_the_words(pack: Pack) -> None:
    told = Wizard(
        from_answers(
            {"saw": ["x"], "when": ["now"], "minor": ["no"], "where": [THREE], "door": [number("Oosterhage")]}
        ),
        pack,
    )
    found = told.what.found().municipality
    assert found
    assert found.id == "GM9002"


def test_a_report_keeps_what_was_typed_and_the_address_beside_it(pack: Pack) -> None:
    told = content(pack, where=SURE)
    assert (told.where, told.address) == (SURE, "Hoofdstraat 12A, 1002 AA Klein Grijsveen")
    assert told.door == doors(SURE).found[0].id
    assert ("address", told.address) in told.identifiers()
    (place,) = subjects_in(told, asks_help=False)
    assert place.name == told.address


def test_words_that_are_no_address_work_as_ever(pack: Pack) -> None:
    told = content(pack, where="Achter de grote loods, Lindewold")
    assert (told.door, told.address) == ("", "")


def test_without_addresses_nothing_is_asked(read: None, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", None)
    page = send(Client(), 2, where=f"{THREE}, Grijsveen")
    assert "Herkent u iets hiervan?" in page.text
    assert content(pack, where=f"{THREE}, Grijsveen").address == ""


def test_what_a_colleague_rings_is_asked_on_the_page_of_the_desk(
    read: None, client_for: Callable[[str], Client]
) -> None:
    desk = client_for("af@westland.example")
    told = {"saw": "Iets.", "day": "2026-01-05", "minor": "no", "reporter_name": "Joke", "where": THREE}
    asked = desk.post("/werk/melding-invoeren/", told)
    assert QUESTION in asked.text
    assert "Hoofdstraat 14, 1001 AA Grijsveen" in asked.text
    assert "In welke gemeente is dat?" not in asked.text


STREET, POSTCODE = Place(address="hoofdstr. 12 a, Klein Grijsveen"), Place(address="1002AA 12-A")


def test_a_wait_request_by_street_binds_a_visit_by_postcode(region: Any, pack: Pack) -> None:
    organisation = region.actor("af@westland.example").own_organisation
    by_street, by_postcode = (set(visits.tokens(organisation, each)) for each in (STREET, POSTCODE))
    assert by_street & by_postcode
    other = set(visits.tokens(organisation, Place(address="Hoofdstraat 14, Klein Grijsveen")))
    assert not by_postcode & other


def test_a_case_by_street_is_found_by_postcode(region: Any, pack: Pack) -> None:
    organisation = region.actor("af@westland.example").own_organisation
    found = [set(subject_tokens(organisation, [("address", each.address)])) for each in (STREET, POSTCODE)]
    assert found[0] & found[1]


def test_without_addresses_a_street_and_a_postcode_stay_apart(
    region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", None)
    organisation = region.actor("af@westland.example").own_organisation
    by_street, by_postcode = (set(visits.tokens(organisation, each)) for each in (STREET, POSTCODE))
    assert not by_street & by_postcode
