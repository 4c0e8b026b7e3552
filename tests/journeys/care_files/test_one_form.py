"""What is done in a care file has a page with one form: the page of the file asks only what waits."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_files import ANY_TIME, COORDINATOR, begun, do
from tests.reading import as_read

from sluitend.journeys.care_files import actions
from sluitend.kernel.access.acting import Actor

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]

PAGES = {
    "contact": "Hoe zocht u contact?",
    "regel": "Mag dit?",
    "stop": "Geen contact tot",
    "gegevens": "Zo wil de persoon heten",
    "afspraak": "Met wie?",
    "nazorg": "Wanneer vraagt u hoe het gaat?",
    "sluiten": "Hoe loopt dit af?",
}
"""Each page after the address of the file, with the first thing that it asks."""
FIELD = re.compile(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*\bname="(\w+)"')


@pytest.fixture
def coordinator(region: object) -> Actor:
    return samples.actor(COORDINATOR)


def test_each_form_has_a_page_that_the_file_leads_to(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    page = browser.get(path).text
    for name, asks in PAGES.items():
        assert f'href="{path}{name}/"' in page, name
        assert asks in as_read(browser.get(f"{path}{name}/").text), name


def test_the_page_of_a_file_has_no_field_of_what_nobody_asked_for(
    coordinator: Actor, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    main = browser.get(path).text.partition("<main")[2].partition("</main")[0]
    assert FIELD.findall(main) == []
    assert FIELD.findall(browser.get(f"{path}contact/").text.partition("<main")[2]) != []


def test_what_is_known_stands_in_the_form(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    until = timezone.localdate() + timedelta(days=3)
    do(coordinator, actions.stop_contact, code=code, until=until, revision=None)
    assert f'value="{until.isoformat()}"' in browser.get(f"{path}stop/").text
    known = browser.get(f"{path}gegevens/").context["form"].initial
    assert (known["age_group"], known["state"]) == ("adult", "new")


def test_what_is_wrong_stands_on_the_page_of_the_form(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/contact/"
    back = browser.post(path, {"channel": "call", "reached": "", "against": "zij belde zelf"})
    assert back.status_code == 422
    assert 'value="zij belde zelf"' in back.text
    assert 'id="drie"' not in back.text
    kept = browser.post(path, {"channel": "call", "reached": "yes"})
    assert kept.headers["Location"] == f"/werk/zorg/dossier/{code}/"


def test_a_closed_file_has_none_of_these_pages(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    do(coordinator, actions.close, code=code, end="safe_own", revision=None)
    browser = client_for(COORDINATOR)
    answers = {name: browser.get(f"/werk/zorg/dossier/{code}/{name}/").status_code for name in PAGES}
    assert answers == dict.fromkeys(PAGES, 404)
    late = browser.post(f"/werk/zorg/dossier/{code}/contact/", {"channel": "call", "reached": "yes"})
    assert (late.status_code, "Dit dossier is gesloten" in late.text) == (422, True)


def test_aftercare_that_was_agreed_is_not_agreed_again(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/nazorg/"
    days = browser.get(path).context["form"].fields["dates"].choices
    given = {"dates": [days[0][0]], "channel": "call", "agreed": "on"}
    assert browser.post(path, given).status_code == 302
    assert browser.get(path).status_code == 404
