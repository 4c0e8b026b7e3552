"""Vandaag says where its cases are, and the navigation counts what came in, whatever else there is."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.reading import as_read
from tests.surfaces.desk.conftest import MakeStep

from sluitend.journeys.cases.journey import FOLLOW_CASE
from sluitend.journeys.cases.models import Case
from sluitend.journeys.exchanges.journey import REQUEST_ANSWERED
from sluitend.journeys.reports.journey import AWAIT_REPORTER, READ_REPORT
from sluitend.journeys.visits.journey import RELEASE_VISIT
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.queries import own as queries
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.errors import SealBroken
from sluitend.kernel.sealing.models import Seal

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
AF, DEPUTY = "af@westland.example", "vervanger@westland.example"


def case_to_weigh(where: str) -> tuple[str, str, bytes]:
    """Take in a report; return the code of its case, its place and its seal."""
    who = samples.actor(AF)
    told = samples.content(where=where)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"), told=told)
    code = samples.take_in(report, who)
    with acting(who):
        row = Case.objects.get(code=code)
        sealed = Seal.objects.get(envelope_id=row.envelope_id, holder_id=who.organisation_id).sealed
    return code, where, bytes(sealed or b"")


def test_a_broken_seal_hides_the_place_of_its_own_case_only(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [case_to_weigh(f"Plein {each}") for each in ("achter", "midden", "voor")]
    _broken_code, broken_place, broken_seal = cases[1]
    unseal = crypto.unseal

    def unseal_unless_broken(sealed: bytes, *rest: object) -> bytes:
        if sealed == broken_seal:
            raise SealBroken("tampered with")
        return unseal(sealed, *rest)  # type: ignore[arg-type]

    custodian().forget()
    monkeypatch.setattr(crypto, "unseal", unseal_unless_broken)
    text = client_for(AF).get("/werk/").text

    assert all(code in text for code, _place, _sealed in cases)
    assert all(place in text for _code, place, _sealed in cases if place != broken_place)
    assert broken_place not in text


def number_beside(page: str, label: str) -> str:
    """Return the count that the navigation shows beside a page, or nothing."""
    found = re.search(rf'<span>{label}</span>(?: <span class="sl-count">([^<]*)<)?', as_read(page))
    return found[1] or "" if found else ""


def test_what_came_in_is_counted_right_however_much_else_is_open(
    make_step: MakeStep, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 5)
    for _each in range(9):
        make_step(what=FOLLOW_CASE)
    for _each in range(3):
        make_step(what=READ_REPORT)
    make_step(what=AWAIT_REPORTER, waits_on_other=True)
    text = client_for(AF).get("/werk/").text

    assert number_beside(text, "Binnen") == "3"
    assert number_beside(text, "Vandaag") == "8"


def test_beyond_ninety_nine_the_navigation_says_so(make_step: MakeStep, client_for: ClientFor) -> None:
    for _each in range(101):
        make_step(what=READ_REPORT)
    assert number_beside(client_for(AF).get("/werk/").text, "Binnen") == "99+"


def test_each_number_of_the_navigation_is_right_beside_much_of_another_role(
    make_step: MakeStep, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 5)
    for _each in range(9):
        make_step(what=SECOND_EYES, owner_role=Role.DEPUTY)
        make_step(what=READ_REPORT)
    for _each in range(3):
        make_step(what=REQUEST_ANSWERED)
    for _each in range(2):
        make_step(what=RELEASE_VISIT)
    text = client_for(DEPUTY).get("/werk/").text
    numbers = [number_beside(text, each) for each in ("Binnen", "Uitwisselen", "Vrijgeven", "Vandaag")]
    assert numbers == ["5", "3", "2", "15"]
