"""A care file to take along: logged, without a formula, and counted after a yes alone."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from tests import samples
from tests.journeys.care_files.test_consents import answer
from tests.journeys.care_files.test_files import COORDINATOR, ClientFor, begun, do
from tests.reading import as_read

from sluitend.journeys.care_files import actions, queries
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
MISSING = "tomatenplukkerij"
IDENTIFYING = (samples.PLANT, samples.PLANTED_PHONE, "Mei")


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


@pytest.fixture
def browser(coordinator: Actor, client_for: ClientFor) -> Client:
    return client_for(COORDINATOR)


def take(browser: Client, code: str, form: str) -> Any:
    return browser.post(f"/werk/zorg/dossier/{code}/bestand/{form}/")


def test_each_form_holds_what_the_file_holds_and_stands_in_the_ledger(
    coordinator: Actor, browser: Client
) -> None:
    code = begun(coordinator, call_name="=1+1")[1]
    pdf, as_json, sheet = (take(browser, code, form) for form in ("pdf", "json", "csv"))
    assert pdf.content.startswith(b"%PDF")
    assert b"pdfuaid" in pdf.content
    held = json.loads(as_json.content)
    assert (held["code"], held["person"]["call_name"]) == (code, "=1+1")
    assert held["contact"]["rules"][0]["value"] == samples.PLANTED_PHONE
    heads, cells = csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";")
    assert cells[heads.index("Zo wil de persoon heten")] == "'=1+1"
    assert [each["Content-Disposition"] for each in (pdf, as_json, sheet)] == [
        f'attachment; filename="{code}.{ending}"' for ending in ("pdf", "json", "csv")
    ]
    with acting(coordinator):
        lines = Event.objects.filter(action="care_file.export").values_list("purpose", flat=True)
        assert sorted(lines) == ["csv", "json", "pdf"]
    assert take(browser, code, "docx").status_code == 404
    assert browser.get(f"/werk/zorg/dossier/{code}/bestand/pdf/").status_code == 405


@pytest.mark.parametrize("form", ["htcds-json", "htcds-csv"])
def test_nothing_is_counted_before_a_yes_nor_after_it_was_taken_back(
    coordinator: Actor, browser: Client, form: str
) -> None:
    code = begun(coordinator, language="Engels")[1]
    address = f"/werk/zorg/dossier/{code}/bestand/{form}/"

    def refused() -> str:
        page = browser.post(address, follow=True)
        assert page.redirect_chain
        return page.text

    assert "Dit kan pas na een ja" in refused()
    answer(coordinator, code, kind="statistics", answer="no")
    assert "Deze persoon zei nee tegen tellen." in refused()
    answer(coordinator, code, kind="statistics", started="person")
    given = browser.post(address)
    words = given.content.decode()
    assert "cas_Status" in words
    assert "Active" in words
    assert not [each for each in IDENTIFYING if each in words]
    do(coordinator, actions.withdraw, code=code, what="statistics")
    assert "Deze persoon zei nee tegen tellen." in refused()


def test_who_said_yes_is_registered_with_what_the_handbook_names_and_no_more(
    coordinator: Actor, browser: Client
) -> None:
    code = begun(coordinator)[1]
    path = f"/werk/zorg/dossier/{code}/aanmelden/"
    assert browser.get(path).status_code == 404
    assert path not in browser.get(f"/werk/zorg/dossier/{code}/").text
    answer(coordinator, code, kind="registration", signed_by="de persoon")
    assert path in browser.get(f"/werk/zorg/dossier/{code}/").text
    page = as_read(browser.get(path).text)
    for asked in ("Nationaliteit", "Leeftijd", "Haaglanden", "18 of ouder"):
        assert asked in page
    said = {"kind": "json", "age": "24", "passport": "other", "sector": MISSING}
    registered = json.loads(browser.post(path, said).content)
    assert registered["for"] == "CoMensha"
    items = registered["items"]
    assert (items["age"], items["passport"], items["sector"]) == ("24", "Andere", MISSING)
    assert (items["sex"], items["area"]) == ("Niet bekend", "Haaglanden")
    assert "op papier, de persoon" in items["consent"].lower()
    assert not [each for each in IDENTIFYING if each in json.dumps(registered)]
    pdf = browser.post(path, {"kind": "pdf", "sector": MISSING})
    assert pdf.content.startswith(b"%PDF")
    assert b"pdfuaid" in pdf.content
    assert pdf["Content-Disposition"] == f'attachment; filename="{code}.pdf"'
    assert MISSING not in str(do(coordinator, queries.take, code=code, form="json").content)
    assert MISSING not in browser.get(path).text
    with acting(coordinator):
        lines = Event.objects.filter(action="care_file.export").values_list("purpose", flat=True)
        assert sorted(lines) == ["json", "registration-json", "registration-pdf"]
    assert browser.post(path, {"sector": "Kerkstraat 12"}).status_code == 422
    do(coordinator, actions.withdraw, code=code, what="registration")
    assert browser.get(path).status_code == 404
    assert browser.post(path, said).status_code == 404


def test_the_text_that_is_read_together_says_what_is_passed_on(coordinator: Actor, browser: Client) -> None:
    code = begun(coordinator)[1]
    page = as_read(browser.get(f"/werk/zorg/dossier/{code}/toestemming/registration/").text)
    assert "Dit geven wij door: Wie aanmeldt, Contactpersoon, Deel van de regio," in page
    assert "This is what we pass on: Who registers, Contact person, Part of the region," in page
