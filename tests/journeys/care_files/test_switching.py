"""Thin or whole, by organisation: nothing appears by itself, and going back takes a copy and two people."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests import roles, samples
from tests.journeys.care_files.test_files import COORDINATOR, ClientFor, begun, do, seen
from tests.reading import as_read

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.models import CareFile, FileMode
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Role

pytestmark = pytest.mark.django_db
KEEPER = "beheer@shop.example"
MODE, BACK = "/werk/beheer/zorgdossier/", "/werk/zorgdossiers/dun/"


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


@pytest.fixture
def keeper(coordinator: Actor) -> Actor:
    """An administrator of care: the database lets nobody be that and open content."""
    account = Account.objects.create_user(KEEPER, "Joris Maas", "lang-genoeg-woord")
    roles.give(account.pk, coordinator.own_organisation, Role.ADMINISTRATOR)
    return samples.actor(KEEPER)


@pytest.fixture
def browser(coordinator: Actor, client_for: ClientFor) -> Client:
    return client_for(COORDINATOR)


def write(actor: Actor, code: str) -> None:
    values = {"to_whom": "Baas"}
    do(actor, actions.write_part, code=code, section="debts", row="", values=values, revision=None)


def state(actor: Actor) -> str:
    with acting(actor):
        return queries.file_state(actor.own_organisation)


def whole_ones(actor: Actor) -> int:
    with acting(actor):
        return CareFile.objects.filter(whole__isnull=False).count()


def test_an_administrator_turns_it_on_and_nothing_appears_by_itself(
    coordinator: Actor, keeper: Actor, browser: Client
) -> None:
    _request, code = begun(coordinator)
    with pytest.raises(DomainError):
        write(coordinator, code)
    do(keeper, actions.switch_on)
    view = seen(coordinator, code).whole
    assert view is not None
    assert view.may_write
    assert not any(each.rows for each in view.sections)
    assert whole_ones(coordinator) == 0
    assert "Volledig dossier." in as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    with pytest.raises(Conflict):
        do(keeper, actions.switch_on)
    with acting(keeper):
        assert Event.objects.filter(action="care_file.mode", purpose="whole").exists()
        assert queries.mode_page(keeper).state_words == "Volledig dossier"


def test_going_back_takes_a_copy_and_another_person_and_then_it_is_gone(
    coordinator: Actor, keeper: Actor, browser: Client
) -> None:
    request, code = begun(coordinator)
    _request, closed = begun(coordinator, phone="0687654321")
    do(keeper, actions.switch_on)
    for each in (code, closed):
        write(coordinator, each)
    do(coordinator, actions.close, code=closed, end="safe_own", revision=None)
    long = seen(coordinator, closed).kept_until
    with pytest.raises(Conflict):
        do(coordinator, actions.go_back)
    assert browser.get(BACK).status_code == 404
    do(keeper, actions.ask_back)
    # All of it is still read, and nothing more is written.
    page = as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    assert "schrijft hier niets meer bij" in page
    assert "Baas" in page
    with pytest.raises(DomainError):
        write(coordinator, code)
    assert "2 dossiers hebben een volledig deel." in as_read(browser.get(BACK).text)
    assert browser.post(f"{BACK}verwijderen/").url == BACK  # type: ignore[attr-defined]
    assert whole_ones(coordinator) == 2
    taken = browser.post(f"{BACK}meenemen/")
    assert taken["Content-Disposition"] == 'attachment; filename="zorgdossiers.json"'
    held = json.loads(taken.content)
    assert {each["code"]: each["whole"][0]["values"] for each in held} == {
        code: {"to_whom": "Baas"},
        closed: {"to_whom": "Baas"},
    }
    with acting(coordinator):
        assert Event.objects.filter(action="care_file.export", purpose="going_back").count() == 2
    assert "Dit kan niemand terugdraaien." in as_read(browser.get(BACK).text)
    assert browser.post(f"{BACK}verwijderen/").url == "/werk/zorg/"  # type: ignore[attr-defined]
    assert (state(coordinator), whole_ones(coordinator)) == ("thin", 0)
    view, kept = seen(coordinator, code), seen(coordinator, closed).kept_until
    assert view.whole is None
    assert view.request_code == request
    assert view.rules
    assert kept is not None
    assert long is not None
    assert kept < long
    # On again: nothing comes back.
    do(keeper, actions.switch_on)
    again = seen(coordinator, code).whole
    assert again is not None
    assert not any(each.rows for each in again.sections)


def test_who_asked_to_go_back_does_not_delete_and_the_database_says_so_too(
    coordinator: Actor, keeper: Actor, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator)
    do(keeper, actions.switch_on)
    write(coordinator, code)
    with acting(keeper):
        FileMode.objects.update(state="back", asked=timezone.now(), asked_by=coordinator.own_account)
    do(coordinator, actions.note_taken)
    with pytest.raises(DomainError, match="U vroeg dit zelf"):
        do(coordinator, actions.go_back)
    assert "Een ander neemt mee en verwijdert." in as_read(client_for(COORDINATOR).get(BACK).text)
    assert whole_ones(coordinator) == 1
    with acting(coordinator), pytest.raises(IntegrityError), transaction.atomic():
        FileMode.objects.update(state="thin", ended_by=coordinator.own_account)
    do(keeper, actions.switch_on)
    assert state(coordinator) == "whole"


def test_only_an_administrator_of_an_organisation_with_files_chooses(
    coordinator: Actor, keeper: Actor, client_for: ClientFor
) -> None:
    for verb in (actions.switch_on, actions.ask_back):
        with pytest.raises(Refused):
            do(coordinator, verb)
    for verb in (actions.note_taken, actions.go_back):
        with pytest.raises(Refused):
            do(keeper, verb)
    with pytest.raises(Conflict):
        do(keeper, actions.ask_back)
    municipality = samples.actor("beheer@westland.example")
    with pytest.raises(Absent):
        do(municipality, actions.switch_on)
    assert client_for("beheer@westland.example").get(MODE).status_code == 404


def test_an_administrator_chooses_on_a_page(keeper: Actor, client_for: ClientFor) -> None:
    browser = client_for(KEEPER)
    assert f'href="{MODE}"' in browser.get("/werk/").text
    assert "Zet het volledige dossier aan" in as_read(browser.get(MODE).text)
    assert browser.post(MODE, {"do": "never"}).status_code == 404
    for wanted, then in (("whole", "Vraag om terug te gaan"), ("back", "Blijf bij het volledige dossier")):
        assert browser.post(MODE, {"do": wanted}).status_code == 302
        assert then in as_read(browser.get(MODE).text)
    assert browser.post(MODE, {"do": "back"}).status_code == 302
    assert "Iemand anders heeft dit net gewijzigd" in as_read(browser.get(MODE).text)
    assert browser.get(BACK).status_code in (403, 404)
