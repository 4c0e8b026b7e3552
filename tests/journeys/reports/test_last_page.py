"""The last page of a report: what it shows is what is sent, and nothing is lost without a word."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.journeys.reports.test_pages import ANSWERS, NAMED, code_in, send
from tests.reading import as_read

from sluitend.journeys.cases.queries.inbox import intake_page
from sluitend.journeys.reports.models import Report
from sluitend.journeys.reports.slowing import FILING
from sluitend.kernel.access.acting import acting
from sluitend.kernel.manifest import FOCAL
from sluitend.kernel.organisations.models import Account

LEIDEN = "GM0546"
DE_LIER = {"latitude": "51.975", "longitude": "4.249"}
SELECT = re.compile(r'<select[^>]*name="municipality".*?</select>', re.DOTALL)
AGAIN = "Kies uw foto's opnieuw."


@pytest.fixture(autouse=True)
def no_limits() -> None:
    """Let every test begin without a count."""
    FILING.forget()


@pytest.fixture
def page(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


def the_yes(response: Any) -> str:
    """Return what "yes, that is right" sends."""
    found = re.search(r'<option value="([^"]*)"[^>]*>\s*Ja, dit klopt', as_read(response.text))
    assert found
    return found[1]


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("tekst.txt", b"gewone tekst", content_type="text/plain")


def filed_at(region: Any, mail: str) -> int:
    with acting(region.actor(mail)):
        return Report.objects.count()


@pytest.mark.parametrize("where", [ANSWERS["where"], "Bij de buren"])
def test_yes_is_the_municipality_that_is_shown(page: Client, region: Any, where: str) -> None:
    taken = send(page, 5, "5", where=where, municipality=LEIDEN)
    assert "gemeente Leiden" in as_read(taken.text)
    assert the_yes(taken) == LEIDEN
    code_in(send(page, 5, "send", where=where, municipality=the_yes(taken)).text)
    assert filed_at(region, "af@leiden.example") == 1


def test_who_agrees_and_then_changes_the_place_gets_the_municipality_of_the_new_one(page: Client) -> None:
    yes = the_yes(send(page, 4))
    back = as_read(send(page, 5, "2", municipality=yes).text)
    assert not re.search(r"<option value=\"GM\d+\" selected", back)
    moved = send(page, 4, where="Breestraat 1, Leiden", municipality=yes)
    assert "gemeente Leiden" in as_read(moved.text)


@pytest.mark.parametrize("go", ["5", "send"])
def test_a_place_outside_the_region_is_answered_on_the_last_page_too(
    page: Client, region: Any, go: str
) -> None:
    answer = as_read(send(page, 5, go, municipality="outside").text)
    assert "Deze plek hoort bij een andere gemeente" in answer
    assert "Verstuur" not in answer
    assert filed_at(region, "af@westland.example") == 0


@pytest.mark.parametrize("go", ["5", "send"])
def test_where_nobody_reads_is_answered_on_the_last_page_too(page: Client, go: str) -> None:
    reads = Account.objects.filter(memberships__organisation__code=LEIDEN, memberships__role__in=FOCAL)
    reads.update(last_login=None)
    assert "Leiden doet hier nog niet mee" in as_read(send(page, 5, go, municipality=LEIDEN).text)


def test_the_last_page_never_drops_the_choice_for_another_region(page: Client) -> None:
    shown = as_read(send(page, 4, municipality="outside").text)
    select = SELECT.search(shown)
    assert select
    assert re.search(r'value="outside"\s+selected', select[0])
    assert "Ja, dit klopt" not in shown


def test_a_role_can_be_withheld(page: Client) -> None:
    shown = as_read(send(page, 2, role="boa").text)
    withheld = re.search(r'<input\s[^>]*name="role"\s+value=""[^>]*>.*?</label>', shown, re.DOTALL)
    assert withheld
    assert "Dat zeg ik liever niet" in withheld[0]
    assert "checked" not in withheld[0]
    assert re.search(r'name="role"\s+value=""[^>]*checked', as_read(send(page, 2, role="").text))


def test_the_role_of_an_account_goes_along_with_a_name_only(client_for: Callable[[str], Client]) -> None:
    client = client_for("melder@westland.example")
    filled = re.search(r'name="role" value="(\w+)"', as_read(client.get("/melden/").text))
    assert filled
    carried = f'name="role" value="{filled[1]}"'
    assert carried in as_read(send(client, 4, role=filled[1], **NAMED).text)
    assert carried not in as_read(send(client, 4, role=filled[1]).text)
    other = "boa" if filled[1] != "boa" else "brp"
    assert f'name="role" value="{other}"' in as_read(send(client, 4, role=other).text)


def test_photos_that_a_page_could_not_keep_are_asked_again(page: Client) -> None:
    taken = as_read(send(page, 5, "5", municipality=LEIDEN, uploads=photo()).text)
    assert AGAIN in taken
    assert taken.index('name="municipality"') < taken.index(AGAIN) < taken.index('type="file"')
    assert "Kies ze op de laatste pagina opnieuw." in as_read(send(page, 5, "2", uploads=photo()).text)
    assert AGAIN not in as_read(send(page, 5, "5", municipality=LEIDEN).text)


def test_the_town_of_a_phone_is_not_told_of_another_municipality(page: Client, region: Any) -> None:
    code_in(send(page, 5, "send", where="", municipality=LEIDEN, **DE_LIER).text)
    with acting(region.actor("af@leiden.example")) as actor:
        seen = intake_page(Report.objects.get().code, actor)
    assert seen.report.content.near == "Leiden"
    assert seen.point is not None
    assert seen.point.nearest == "De Lier"
