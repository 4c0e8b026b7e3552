"""The pages of a search: tonight first on the list, a form that comes back, an address that is shown once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.journeys.shelter.conftest import COORDINATOR, Desk
from tests.reading import as_read

from sluitend.journeys.administration.actions.duty import put_on_call
from sluitend.journeys.care.views import desk as care_page
from sluitend.journeys.shelter import actions
from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
PLANT = "Schuilplaatslaan"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def client(desk: Desk, client_for: ClientFor) -> Client:
    return client_for(COORDINATOR)


def page(client: Client, address: str) -> str:
    return as_read(client.get(address).text)


def press(client: Client, url: str, **data: Any) -> str:
    return as_read(client.post(url, data, follow=True).text)


def test_it_goes_from_the_request_to_a_place(desk: Desk, client: Client) -> None:
    code = desk.asked()
    assert f"/werk/zorg/{code}/plek/" in client.get(f"/werk/zorg/{code}/").text
    begun = client.post(
        f"/werk/zorg/{code}/plek/",
        {
            "household": "adult",
            "beds": "1",
            "subregion": "haaglanden",
            "kind": "womens",
            "filters": ["women"],
        },
        follow=True,
    )
    address = begun.redirect_chain[-1][0]
    shown = as_read(begun.text)
    assert "Vannacht is er nog geen bed." in shown
    assert "Vóór 16.00 uur is er een plek, een bed of een besluit." in shown
    assert "Voor vrouwen" in shown
    shown = press(client, address + "aanbod/", kind="womens", day="2026-12-01", hour="15:00")
    assert "Plek aangeboden" in shown
    shown = press(
        client,
        address + "geplaatst/",
        kind="womens",
        starts="2026-12-01",
        review="2026-12-15",
        address=f"{PLANT} 7",
    )
    assert "Geplaatst van" in shown
    assert PLANT not in shown
    # The request leads to the search, and offers no second one.
    again = client.get(f"/werk/zorg/{code}/").text
    assert address in again
    assert f"/werk/zorg/{code}/plek/" not in again


def test_without_a_bed_stands_first_and_names_nobody(desk: Desk, client_for: ClientFor) -> None:
    old = desk.begun()
    desk.at("2026-12-02", "11:00")
    desk.tick()
    new = desk.begun()
    client = client_for(COORDINATOR)
    shown = page(client, "/werk/zorg/")
    assert shown.index("Vannacht nog geen plek") < shown.index(old) < shown.index(new)
    nights = page(client, "/werk/zorg/?toon=nachten")
    assert "nog niet ingevuld" in nights
    assert "vannacht nog open" in nights
    desk.at("2026-12-02", "16:05")
    assert "Het is na 16.00 uur." in page(client, "/werk/zorg/")
    shown = page(client, "/werk/zorg/")
    assert "niet bekend wie dit is" in shown
    assert "Dienst van de zorgcoördinatie" in shown
    day = date(2026, 12, 2)
    desk.do(put_on_call, account_id=desk.actor.own_account, first=day, last=day, telephone="070 000 00 40")
    shown = page(client, "/werk/zorg/")
    assert "Dienst heeft nu: Anouk Reijnders 070 000 00 40." in shown
    assert "Dienst van de zorgcoördinatie" not in shown


def test_who_has_no_bed_is_not_hidden_by_many_who_stay_somewhere(
    desk: Desk, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(care_page, "PAGE", 2)
    stays = [desk.begun() for _number in range(2)]
    for code in stays:
        desk.do(actions.set_night, code=code, night=date(2026, 12, 1), state="bridged")
    browser = client_for(COORDINATOR)
    assert "Iedereen heeft vannacht een plek" in page(browser, "/werk/zorg/")
    new = desk.begun()
    shown = page(browser, "/werk/zorg/")
    assert "Iedereen heeft vannacht een plek" not in shown
    assert shown.index("Vannacht nog geen plek") < shown.index(new)


def test_a_form_that_does_not_hold_comes_back_as_it_was(desk: Desk, client: Client) -> None:
    code = desk.begun()
    answer = client.post(f"/werk/zorg/plek/{code}/aanbod/", {"kind": "womens", "hour": "zeven uur"})
    assert answer.status_code == 422
    assert "Schrijf een tijd als 10:00." in as_read(answer.text)
    assert "zeven uur" in answer.text


def test_for_somebody_under_age_there_is_no_adult_to_choose(desk: Desk, client: Client) -> None:
    code = desk.asked(under_18="ja")
    shown = page(client, f"/werk/zorg/{code}/plek/")
    assert "Zoeken als volwassene kan niet." in shown
    assert "Volwassene met kinderen" not in shown
    search = desk.begun("child", under_18="ja")
    shown = page(client, f"/werk/zorg/plek/{search}/")
    assert "Een kind alleen wordt niet overbrugd." in shown
    assert "Overbrugd" not in shown


def test_who_is_gone_is_said_first_and_then_who_was_called(desk: Desk, client: Client) -> None:
    search = desk.begun("child", under_18="ja")
    address = f"/werk/zorg/plek/{search}/"
    shown = press(client, address + "weg/")
    assert "De persoon is weg." in shown
    assert "Een kind is weg: bel nu de voogd en de politie" in shown
    assert "Vannacht is er nog geen bed." not in shown
    assert address + "ingetrokken/" not in shown
    told = {"told": "Nidos en de politie", "until": "2026-12-03"}
    shown = press(client, address + "gebeld/", **told)
    assert "U kijkt weer op" in shown
    assert "Gebeld over wie weg is: Nidos en de politie" in shown
    assert "De persoon is weg." not in shown


def test_the_address_is_shown_once_after_a_reason(desk: Desk, client: Client) -> None:
    code = desk.begun()
    place = {"kind": "womens", "starts": "2026-12-01", "review": "2026-12-15", "address": f"{PLANT} 7"}
    press(client, f"/werk/zorg/plek/{code}/geplaatst/", **place)
    where = f"/werk/zorg/plek/{code}/"
    assert "Kies een reden." in press(client, where + "adres/")
    assert PLANT in press(client, where + "adres/", reason="veiligheid")
    assert PLANT not in page(client, where)
    for other in ("/werk/", "/werk/zorg/", f"/werk/zoeken/?q={PLANT}"):
        assert f"{PLANT} 7" not in page(client, other)
    with acting(desk.actor):
        assert Event.objects.filter(action="shelter.address", purpose="veiligheid").count() == 1


def test_vandaag_has_the_step_with_its_hour(desk: Desk, client: Client) -> None:
    desk.begun()
    shown = page(client, "/werk/")
    assert "Vannacht nog geen plek. Zoek een bed" in shown


@pytest.mark.parametrize(
    ("told", "asks"),
    [("Zij slaapt nu op Tuinderspad 12a in De Lier", True), ("Zij wil liever dichter bij haar werk", False)],
)
def test_what_looks_like_an_address_is_sent_only_after_it_is_said_to_be_none_of_shelter(
    desk: Desk, client: Client, told: str, *, asks: bool
) -> None:
    code = desk.begun()
    address = f"/werk/zorg/plek/{code}/"
    press(client, address + "aanbod/", kind="womens", day="2026-12-01", hour="15:00")
    assert "data-no-address=" in page(client, address)
    first = press(client, address + "persoon-zegt-nee/", told=told)
    assert ("Dit is geen opvangadres" in first) is asks
    assert (desk.row(code).state == "declined") is not asks
    if asks:
        press(client, address + "persoon-zegt-nee/", told=told, no_shelter="on")
        assert desk.row(code).state == "declined"
