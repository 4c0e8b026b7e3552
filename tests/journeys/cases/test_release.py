"""A case keeps the release of the handbook that it was judged by, and says which one that is."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples

from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import acting
from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.loading import pack_of
from sluitend.kernel.handbook.models import Release
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.organisations.models import Organisation

FOCAL_POINT = "af@westland.example"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    # A test's releases are rolled back, so what the process remembers of them must go too.
    release.cache_clear()
    yield
    release.cache_clear()


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


def publish_with(action: str, words: str, like: Pack | None = None) -> int:
    """Publish the handbook with other words for an action, and return the number of that release."""
    content = json.loads((like or current_release().pack).canonical_json())
    for each in content["plan_actions"]:
        if each["id"] == action:
            each["says"] = {"nl": words, "en": words}
    return publish_pack(pack_of(content), actor_name="beheer").number


def test_a_case_keeps_its_release_and_shows_it(client_for: Callable[[str], Client]) -> None:
    before = current_release()
    old = before.pack.plan_actions["work_inspect"].says.nl
    case = weighed()
    number = publish_with("work_inspect", "Een andere afspraak.")
    assert number == before.number + 1
    client = client_for(FOCAL_POINT)
    page = client.get(f"/werk/casussen/{case}/").content.decode()
    assert f"beoordeeld met handreiking uitgave {before.number}" in page
    plan = client.get(f"/werk/casussen/{case}/plan/").content.decode()
    assert f"uitgave {before.number}," in plan
    assert old in plan
    told, _heading, kept = plan.partition("Wat u kunt doen")
    assert "Een andere afspraak." in told, "what a newer release would change"
    assert "Een andere afspraak" not in kept
    newer = taken_in()
    page = client.get(f"/werk/casussen/{newer}/").content.decode()
    assert f"beoordeeld met handreiking uitgave {number}" in page


def test_an_action_leads_to_its_partner_in_the_handbook(client_for: Callable[[str], Client]) -> None:
    case = weighed()
    client = client_for(FOCAL_POINT)
    plan = client.get(f"/werk/casussen/{case}/plan/").content.decode()
    assert 'href="/handboek/partners/arbeidsinspectie/"' in plan
    assert 'href="/handboek/partners/shop/"' in plan
    assert client.get("/handboek/partners/arbeidsinspectie/").status_code == 200


def test_a_case_of_a_release_without_a_plan_is_read_and_offered_the_newest(
    client_for: Callable[[str], Client],
) -> None:
    case, before = weighed(), current_release()
    content = json.loads(before.pack.canonical_json())
    plain = {kind: [] if kind.startswith("plan_") else held for kind, held in content.items()}
    # What a release of before the plan had, and this program does not know any more.
    plain |= {"routes": [{"id": "place_labour"}], "facts": [{"id": "minor.yes"}]}
    old = Release.objects.create(
        number=before.number + 1,
        pack_id="oud",
        version="0",
        published=timezone.now(),
        published_by="beheer",
        content=plain,
        digest="0" * 64,
    )
    publish_with("work_inspect", "Laat de inspectie kijken.", before.pack)
    with acting(samples.actor(FOCAL_POINT)):
        Case.objects.filter(code=case).update(release_number=old.number)
    client = client_for(FOCAL_POINT)
    plan = client.get(f"/werk/casussen/{case}/plan/")
    assert plan.status_code == 200
    assert "Laat de inspectie kijken." in plan.text
    assert client.get(f"/werk/casussen/{case}/").status_code == 200
