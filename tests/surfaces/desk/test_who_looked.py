"""The privacy officer sees who looked, never at what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
FG = "fg@westland.example"
CASE = uuid4()


def actor_of(email: str = "af@westland.example", code: str = "GM1783") -> Actor:
    """Somebody who does things that are kept."""
    return Actor(
        account_id=Account.objects.get(email=email).pk, organisation_id=Organisation.objects.get(code=code).id
    )


def keep(
    number: int = 1, *, action: str = "case.read", days_ago: float = 0, outcome: str = "ok", **who: str
) -> None:
    """Write lines."""
    actor = actor_of(**who)
    with acting(actor):
        for count in range(number):
            at = timezone.now() - timedelta(days=days_ago, seconds=count)
            record(
                actor=actor, action=action, subject=("case", CASE), activity="casus", outcome=outcome, at=at
            )


def test_it_says_who_did_what_and_why_under_a_pseudonym(client_for: ClientFor) -> None:
    keep()
    text = client_for(FG).get("/werk/wie-keek/").text
    assert "Noor de Bruin" in text
    assert "Casus geopend" in text
    assert "Casussen behandelen" in text
    assert CASE.hex[:4] not in text


def test_lines_of_another_organisation_are_not_there(client_for: ClientFor) -> None:
    keep(email="af@denhaag.example", code="GM0518")
    assert "Thijs van Rooden" not in client_for(FG).get("/werk/wie-keek/").text


def test_looking_in_the_ledger_is_kept_too(client_for: ClientFor) -> None:
    client_for(FG).get("/werk/wie-keek/")
    actor = actor_of(FG)
    with acting(actor):
        assert Event.objects.filter(action="ledger.read", account=actor.account_id).count() == 1


def test_it_is_found_by_person_kind_and_day(client_for: ClientFor) -> None:
    keep()
    keep(action="refused.case", outcome="refused", email="vervanger@westland.example")
    keep(action="referral.send", days_ago=20)
    client = client_for(FG)
    samira = Account.objects.get(email="vervanger@westland.example").pk
    assert "Casus geopend" not in client.get(f"/werk/wie-keek/?who={samira}").text
    assert "Geen recht, of niet gevonden" in client.get("/werk/wie-keek/?kind=refused").text
    assert "Casus geopend" not in client.get("/werk/wie-keek/?kind=refused").text
    assert "Doorgezet" not in client.get("/werk/wie-keek/").text
    assert "Doorgezet" in client.get("/werk/wie-keek/?period=month&kind=shared").text
    day = (timezone.localdate() - timedelta(days=20)).isoformat()
    assert "Doorgezet" in client.get(f"/werk/wie-keek/?day={day}").text


@pytest.mark.parametrize(
    "query", ["who=x", "day=1850-13-45", "period=ooit", "kind=x", "na=rommel", "na=2026-01-01_x"]
)
def test_a_nonsense_filter_is_no_failure(client_for: ClientFor, query: str) -> None:
    assert client_for(FG).get(f"/werk/wie-keek/?{query}").status_code == 200


def test_fifty_at_a_time_and_none_twice(client_for: ClientFor) -> None:
    keep(70)
    client = client_for(FG)
    first = client.get("/werk/wie-keek/")
    assert first.text.count("Casus geopend") == 50
    second = client.get(f"/werk/wie-keek/?{first.context['next']}")
    assert second.text.count("Casus geopend") == 20
    assert second.context["next"] == ""


def test_the_oldest_first_is_the_newest_first_turned_round(client_for: ClientFor) -> None:
    keep(70)
    client, found = client_for(FG), dict[str, list[datetime]]()
    for order in ("", "oud"):
        first = client.get("/werk/wie-keek/", {"order": order, "kind": "looked"})
        second = client.get(f"/werk/wie-keek/?{first.context['next']}")
        assert second.context["next"] == ""
        rows = [*first.context["rows"], *second.context["rows"]]
        found[order] = [each.at for each in rows if each.what == "Casus geopend"]
    assert len(found["oud"]) == 70
    assert found["oud"] == found[""][::-1]


def test_a_night_is_marked_and_a_working_day_is_not() -> None:
    from sluitend.surfaces.desk.ledger_words import outside_hours

    monday = timezone.localtime().replace(year=2026, month=11, day=23, hour=10)
    assert not outside_hours(monday)
    assert outside_hours(monday.replace(hour=22))
    assert outside_hours(monday.replace(day=22))


def test_a_sample_is_ten_lines_that_nobody_chose(client_for: ClientFor) -> None:
    keep(40)
    response = client_for(FG).post("/werk/wie-keek/steekproef/")
    assert response.text.count("Casus geopend") == 10


def test_the_check_says_that_it_is_not(
    client_for: ClientFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path)
    keep(5)
    actor = actor_of()
    with acting(actor):
        line = Event.objects.first()
        assert line is not None
        # The web role can only add; a line without our key is enough.
        line.id, line.mac = uuid4(), b"\x00" * 32
        line.save(force_insert=True)
    text = client_for(FG).post("/werk/wie-keek/controle/").text
    assert "Het logboek klopt niet." in text
    assert "Een regel is van buiten toegevoegd" in text


def test_checking_and_sampling_take_a_press_on_a_button(client_for: ClientFor) -> None:
    for url in ("/werk/wie-keek/controle/", "/werk/wie-keek/steekproef/"):
        assert client_for(FG).get(url).status_code == 405
        assert client_for("af@westland.example").post(url).status_code == 404
