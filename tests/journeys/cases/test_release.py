"""A case keeps the release of the handbook that it was judged by, and says which one that is."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples

from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.loading import pack_of
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation

FOCAL_POINT = "af@westland.example"
pytestmark = pytest.mark.django_db


def taken_in() -> str:
    """Take a report in as a case and return its code."""
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    return samples.take_in(report, samples.actor(FOCAL_POINT))


def weighed() -> str:
    """Return a case about a place of work that waits for a route."""
    code, who = taken_in(), samples.actor(FOCAL_POINT)
    samples.work(code, who)
    samples.weigh(code, who)
    return code


def publish_with(route: str, label: str) -> int:
    """Publish the handbook with another label for a route, and return the number of that release."""
    content = json.loads(current_release().pack.canonical_json())
    for each in content["routes"]:
        if each["id"] == route:
            each["label"] = {"nl": label, "en": label}
    return publish_pack(pack_of(content), actor_name="beheer").number


def test_a_case_keeps_its_release_and_shows_it(client_for: Callable[[str], Client]) -> None:
    before = current_release()
    old = before.pack.routes["place_labour"].label.nl
    case = weighed()
    number = publish_with("place_labour", "Een andere afspraak")
    assert number == before.number + 1
    client = client_for(FOCAL_POINT)
    page = client.get(f"/werk/casussen/{case}/").content.decode()
    assert f"beoordeeld met handreiking uitgave {before.number}" in page
    route = client.get(f"/werk/casussen/{case}/route/").content.decode()
    assert f"handreiking uitgave {before.number}." in route
    assert old in route
    assert "Een andere afspraak" not in route
    newer = taken_in()
    page = client.get(f"/werk/casussen/{newer}/").content.decode()
    assert f"beoordeeld met handreiking uitgave {number}" in page


def test_the_advice_leads_to_the_partner_in_the_handbook(client_for: Callable[[str], Client]) -> None:
    case = weighed()
    client = client_for(FOCAL_POINT)
    route = client.get(f"/werk/casussen/{case}/route/").content.decode()
    assert 'href="/handboek/partners/arbeidsinspectie/"' in route
    assert client.get("/handboek/partners/arbeidsinspectie/").status_code == 200


def test_a_track_without_a_route_says_what_to_do_with_it(
    client_for: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = weighed()
    client, words = client_for(FOCAL_POINT), "De handreiking heeft voor deze feiten geen route."
    assert words not in client.get(f"/werk/casussen/{case}/route/").text
    monkeypatch.setattr("sluitend.journeys.cases.queries.steps.advise", lambda _facts, _pack: [])
    page = client.get(f"/werk/casussen/{case}/route/").text
    assert words in page
    assert "“Nog niet” met een dag" in page
