"""Mediation to a place stands on an agreement of its own. Taken back, it stops; registered is no yes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_shares.test_at_once import at_once
from tests.packs import den_haag
from tests.reading import as_read

import sluitend
from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files import queries
from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.shelter.models import Search
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.handbook.queries import current_release

COORDINATOR, OTHER = "zorg@shop.example", "avim@politie.example"
WHY = {"reason": "full", "told": "Alles is vol."}
type ClientFor = Callable[[str], Client]


@dataclass
class Desk:
    """A coordinator, with a care file and a search of one request."""

    actor: Actor
    file: str
    search: str

    def do(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """Do something as the coordinator."""
        with acting(self.actor):
            return action(actor=self.actor, **arguments)

    def agreed(self, **changes: str) -> str:
        """Return the id of an agreement."""
        until = (timezone.localdate() + timedelta(days=30)).isoformat()
        given = {
            "what": "mediation",
            "to": "comensha",
            "recipient": "CoMensha",
            "chosen": "household needs why",
            "parts": "voor wie",
            "purpose": "bemiddeling",
            "until": until,
            "answer": "yes",
            "form": "paper",
            "language": "nl",
            **changes,
        }
        self.do(files.share, code=self.file, wanted=files.Share(**given), revision=None)
        return str(self.do(queries.opened, code=self.file).consents.shares[-1].id)

    def back(self, share: str) -> None:
        """Let the person take an agreement back."""
        self.do(files.withdraw, code=self.file, what=share)

    def state(self) -> str:
        """Return how the search stands."""
        with acting(self.actor):
            return Search.objects.get(code=self.search).state

    def asked_to_remove(self) -> list[str]:
        """Return who is asked to take away what was told."""
        return [each.recipient for each in self.do(queries.care_file, code=self.file).removals]


def made() -> Desk:
    coordinator = samples.actor(COORDINATOR)
    request, _ = samples.ask_for_help()
    desk = Desk(coordinator, "", "")
    desk.do(care.take_on, code=request)
    wish = shelter.Wish("adult", 2, "haaglanden", "womens", ("women",))
    desk.search = desk.do(shelter.start, request=request, wish=wish)
    desk.file = desk.do(care.open_file, code=request)
    return desk


@pytest.fixture
def desk(region: Any) -> Desk:
    return made()


@pytest.mark.django_db
def test_to_be_registered_is_no_yes_to_mediation(desk: Desk, client_for: ClientFor) -> None:
    agreed = files.Agreed(
        kind="registration",
        answer="yes",
        on=timezone.localdate().isoformat(),
        form="paper",
        signed_by="de persoon",
        language="nl",
        age_band="adult",
    )
    desk.do(files.answer, code=desk.file, agreed=agreed, revision=None)
    for share in ({"what": ""}, {"what": "support", "to": "leger_des_heils"}, {"answer": "no"}):
        desk.agreed(**share)
        with pytest.raises(DomainError, match="nog geen akkoord"):
            desk.do(files.mediate, code=desk.search, **WHY)
    read = as_read(client_for(COORDINATOR).get(f"/werk/zorg/plek/{desk.search}/bemiddeling/").text)
    assert "Vraag de persoon eerst of dit mag" in read
    assert "Leg dat uit in één zin" not in read
    assert desk.state() == "open"


@pytest.mark.django_db
def test_with_a_yes_only_what_was_chosen_is_read_out(desk: Desk, client_for: ClientFor) -> None:
    browser = client_for(COORDINATOR)
    path = f"/werk/zorg/plek/{desk.search}/bemiddeling/"
    today = timezone.localdate()
    form = {
        "recipient": "comensha",
        "chosen": ["household", "needs", "why"],
        "until": (today + timedelta(days=20)).isoformat(),
        "answer": "yes",
        "language": "nl",
        "form": "paper",
        "witness": "none",
        "alone": "on",
    }
    assert browser.post(f"/werk/zorg/dossier/{desk.file}/delen/bemiddeling/", form).status_code == 302
    assert "Verstuur aan" not in as_read(browser.get(f"/werk/zorg/dossier/{desk.file}/").text)
    assert browser.post(path, {"reason": "full", "told": ""}).status_code == 422
    assert browser.post(path, WHY).status_code == 302
    read = as_read(browser.get(path).text)
    assert "Zeg dit, en niets meer" in read
    assert "Alles is vol." in read
    assert "Bedden: 2" in read
    for never in ("Mei", "Mandarijn", samples.PLANT, "0612345678"):
        assert never not in read
    assert desk.state() == "mediation"
    assert "Bemiddeling gevraagd op" in as_read(browser.get(f"/werk/zorg/dossier/{desk.file}/").text)
    assert "Het akkoord van de persoon loopt tot en met" in as_read(
        browser.get(f"/werk/zorg/plek/{desk.search}/").text
    )


@pytest.mark.django_db
def test_taking_back_stops_it_and_says_what_follows(desk: Desk, client_for: ClientFor) -> None:
    share = desk.agreed()
    desk.do(files.mediate, code=desk.search, **WHY)
    read = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.file}/terugnemen/{share}/").text)
    assert "De bemiddeling stopt. U zoekt hier zelf verder naar een plek." in read
    desk.back(share)
    assert desk.state() == "open"
    assert desk.asked_to_remove() == ["CoMensha"]
    with pytest.raises(DomainError, match="nog geen akkoord"):
        desk.do(files.mediate, code=desk.search, **WHY)
    other = desk.agreed()
    desk.back(other)
    assert desk.asked_to_remove() == ["CoMensha"]


@pytest.mark.django_db
def test_an_offer_that_is_there_stays_when_it_is_taken_back(desk: Desk) -> None:
    share = desk.agreed()
    desk.do(files.mediate, code=desk.search, **WHY)
    soon = timezone.now() + timedelta(hours=1)
    desk.do(shelter.offer, code=desk.search, kind="womens", answer_by=soon)
    desk.back(share)
    assert desk.state() == "offered"


@pytest.mark.django_db
def test_after_its_last_day_nobody_mediates(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.agreed(until=(timezone.localdate() + timedelta(days=1)).isoformat())
    desk.do(files.mediate, code=desk.search, **WHY)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with acting(system_actor(desk.actor.own_organisation)) as system:
        shelter.by_clock(system, current_release().pack)
    assert desk.state() == "open"


@pytest.mark.django_db
def test_what_was_agreed_as_an_adult_ends_when_it_is_about_a_child(desk: Desk) -> None:
    desk.agreed()
    desk.do(files.mediate, code=desk.search, **WHY)
    child = files.Details(state="in_care", person=files.Person(age_group="minor"))
    desk.do(files.write_details, code=desk.file, revision=None, details=child)
    assert desk.state() == "open"


@pytest.mark.django_db
def test_without_a_file_nobody_asks_and_elsewhere_there_is_no_such_search(
    desk: Desk, client_for: ClientFor
) -> None:
    bare = samples.begin_to_search()
    with pytest.raises(DomainError, match="Begin eerst een zorgdossier"):
        desk.do(files.mediate, code=bare, **WHY)
    assert "Begin eerst een zorgdossier" in as_read(
        client_for(COORDINATOR).get(f"/werk/zorg/plek/{bare}/bemiddeling/").text
    )
    desk.agreed()
    assert client_for(OTHER).get(f"/werk/zorg/plek/{desk.search}/bemiddeling/").status_code == 404
    other = samples.actor(OTHER)
    with acting(other), pytest.raises(Absent):
        files.mediate(code=desk.search, actor=other, reason="full", told="Alles is vol.")
    revision = desk.do(queries.mediation_page, code=desk.search).revision
    with pytest.raises(Conflict):
        desk.do(files.mediate, code=desk.search, **WHY, revision=revision + 1)


def test_of_asking_and_taking_back_at_once_nobody_mediates_after(own_database: str) -> None:
    desk = made()
    for _round in range(4):
        share = desk.agreed()
        mediate, back = at_once(
            partial(desk.do, files.mediate, code=desk.search, **WHY), partial(desk.back, share)
        )
        assert back == ""
        assert mediate in ("", "DomainError")
        assert desk.state() == "open"


def test_only_a_care_file_asks_to_mediate() -> None:
    root = Path(sluitend.__path__[0])
    calls = [each for each in root.rglob("*.py") if "shelter.mediate(" in each.read_text()]
    assert [str(each.relative_to(root)) for each in calls] == ["journeys/care_files/actions/mediating.py"]
    assert den_haag().mediator
