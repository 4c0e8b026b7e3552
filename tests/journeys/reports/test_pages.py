"""The public pages: six steps without a session, bad input, the receipt."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.database import ROOT
from tests.reading import as_read

from sluitend.journeys.reports import actions
from sluitend.journeys.reports.actions import Filing
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.journey import READ_REPORT
from sluitend.journeys.reports.models import Mark, Report
from sluitend.journeys.reports.queries import mailbox
from sluitend.journeys.reports.slowing import FILING, GUESSING
from sluitend.journeys.reports.terms import promised_days
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.queries import current_release, read_instead
from sluitend.kernel.sealing import receipts
from sluitend.kernel.sealing.models import Attachment

ANSWERS: dict[str, Any] = {
    "saw": "Vijf mensen kwamen samen. Eén man had alle paspoorten.",
    "where": "Balie burgerzaken, Naaldwijk",
    "when": "now",
    "minor": "no",
    "role": "brp",
    "signals": ["ALG-01"],
    "anonymity": "anonymous",
    "sending": "11111111-1111-4111-8111-111111111111",
}

NAMED = {"anonymity": "named", "reporter_name": "Joost Vermeer"}


@pytest.fixture(autouse=True)
def no_limits() -> None:
    """Let every test begin without a count."""
    FILING.forget()
    GUESSING.forget()


def send(client: Client, step: int, go: str = "next", **changes: Any) -> Any:
    return client.post("/melden/", {**ANSWERS, "step": str(step), "go": go, **changes})


def code_in(page: str) -> str:
    found = re.search(r'name="code" value="([0-9A-Z-]{24})"', page)
    assert found, page
    return found[1]


@pytest.fixture
def page(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


@pytest.mark.parametrize("number", ["", "0", "x", "٣", "9" * 5000])
def test_a_page_that_is_not_there_is_the_first(page: Client, number: str) -> None:
    assert 'name="step" value="3"' in page.post("/melden/", {**ANSWERS, "step": number, "go": "next"}).text


def test_a_button_of_a_page_that_is_not_there_changes_nothing(page: Client) -> None:
    assert 'name="step" value="2"' in send(page, 2, go="9" * 5000).text


def test_the_steps_follow_each_other_and_set_no_cookie(page: Client) -> None:
    first = page.get("/melden/")
    assert b"Bel" in first.content
    for step, words in (
        (2, b"Herkent u iets hiervan?"),
        (3, b"Mogen wij weten wie u bent?"),
        (4, b"Klopt dit?"),
    ):
        response = send(page, step)
        assert words in response.content, (step, response.content.decode())
        assert not response.cookies
    done = send(page, 5, "send")
    assert b"Bewaar deze code" in done.content
    assert not done.cookies
    status = page.post("/ontvangst/", {"code": code_in(done.content.decode())})
    assert b"Hoe ver zijn wij?" in status.content
    assert not status.cookies


def test_back_keeps_everything(page: Client) -> None:
    response = send(page, 4, "back")
    assert b'value="Balie burgerzaken, Naaldwijk"' in response.content
    again = send(page, 3, "back").content.decode()
    assert "Eén man had alle paspoorten" in again
    danger = send(page, 2, "back").content.decode()
    assert "direct gevaar" in danger
    assert "Eén man had alle paspoorten" in danger


def test_anonymous_stays_so_when_signed_in(client_for: Callable[[str], Client], region: Any) -> None:
    client = client_for("melder@westland.example")
    done = send(client, 5, "send", anonymity="anonymous", reporter_name="Joost Vermeer")
    code_in(done.content.decode())
    listing = client.get("/ontvangst/").content.decode()
    assert "Code eindigt op" not in listing


def test_a_named_report_is_found_back_after_signing_in(client_for: Callable[[str], Client]) -> None:
    client = client_for("melder@westland.example")
    done = send(client, 5, "send", anonymity="named", reporter_name="Joost Vermeer")
    assert "Code eindigt op" in client.get("/ontvangst/").content.decode()
    tail = code_in(done.content.decode())[-4:]
    assert tail in client.get("/ontvangst/").content.decode()


def test_a_place_elsewhere_stores_nothing(page: Client, region: Any) -> None:
    asked = send(page, 2, where="Achter de grote loods")
    assert b"In welke gemeente is dat?" in asked.content
    outside = send(page, 2, where="Achter de grote loods", municipality="outside")
    assert "hoort bij een andere gemeente" in outside.content.decode()
    assert "0900-8844" in outside.content.decode()
    with acting(region.actor("af@westland.example")):
        assert not Report.objects.exists()


def test_a_phone_over_the_border_of_the_region_hears_whom_to_call(page: Client, region: Any) -> None:
    """By the borders of the handbook; and back on the page, the municipality can be chosen instead."""
    point = {"where": "Achter de grote loods", "latitude": "53.10", "longitude": "4.80", "accuracy": "20"}
    with read_instead(load_pack(ROOT / "packs" / "voorbeeld")):
        outside = send(page, 2, **point)
        assert "hoort waarschijnlijk bij gemeente Verweg" in as_read(outside.text)
        assert not outside.cookies
        back = send(page, 2, "2", **point)
        assert "In welke gemeente is dat?" in back.text
        assert "Herkent u iets hiervan?" in send(page, 2, **point, municipality="GM9003").text
        assert "In welke gemeente is dat?" in send(page, 2, **{**point, "accuracy": "9000"}).text
    with acting(region.actor("af@westland.example")):
        assert not Report.objects.exists()


def test_files_go_along_and_lies_are_told(page: Client) -> None:
    lie = SimpleUploadedFile("foto.jpg", b"#!/bin/sh\necho x", content_type="image/jpeg")
    refused = send(page, 5, "send", uploads=lie).content.decode()
    assert "utrecht-form-field-error-message" in refused
    assert "Eén man had alle paspoorten" in refused
    fine = SimpleUploadedFile("tekst.txt", b"gewone tekst", content_type="text/plain")
    assert "Bewaar deze code" in send(page, 5, "send", uploads=fine).content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"saw": ""}, "Eén zin is genoeg"),
        ({"saw": "x" * 20_001}, "20001 tekens"),
        ({"kvk": "9000412"}, "Een KvK-nummer heeft 8 cijfers. Dit zijn er 7."),
        ({"kvk": "abc"}, "alleen cijfers"),
        ({"when": "other", "day": "2999-01-01"}, "Kies een dag die al is geweest"),
        ({"when": "other", "day": "1850-01-01"}, "laatste twintig jaar"),
        ({"when": "other", "day": "gisteren of zo"}, "Schrijf de dag als"),
        ({"when": "other", "day": ""}, "Kies de dag"),
        ({"minor": "x"}, "Kies Ja, Nee of Misschien"),
        ({"where": ""}, "Een plaatsnaam is genoeg"),
        ({"phone": "geen nummer"}, "Dit is geen telefoonnummer"),
        ({"plate": "!!"}, "Een kenteken heeft"),
        ({"people": "BSN 111222333"}, "burgerservicenummer"),
        ({"municipality": "GM9999"}, "Kies een gemeente uit de lijst"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(page: Client, changes: dict[str, Any], message: str) -> None:
    response = send(page, 2, **changes)
    content = response.content.decode()
    assert response.status_code == 200
    assert message in content
    assert "sl-errors" in content
    assert "Wat u al typte, staat er nog." in content


def test_sending_with_something_wrong_leads_to_that_page(page: Client) -> None:
    assert "Stap 2 van 6" in send(page, 5, "send", saw="").content.decode()
    assert "Stap 4 van 6" in send(page, 5, "send", anonymity="named").content.decode()


def test_script_is_shown_as_text(page: Client) -> None:
    response = send(page, 4, saw="<script>alert(1)</script>", think='"><img src=x onerror=alert(1)>')
    assert b"<script>alert" not in response.content
    assert b"<img" not in response.content


def test_misencoded_bytes_are_no_failure(page: Client) -> None:
    body = b"step=2&go=next&saw=%ff%fe%00%80&where=Naaldwijk&when=now&minor=no"
    response = page.post("/melden/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


@pytest.mark.parametrize("code", ["", "x", "0000-0000-0000-0000-0000", "'; DROP TABLE x; --", "é" * 500])
def test_wrong_codes_get_one_answer(page: Client, code: str) -> None:
    response = page.post("/ontvangst/", {"code": code})
    assert response.status_code == 200
    assert "Wij vinden deze code niet" in response.content.decode()


def test_guessing_is_slowed_down(page: Client) -> None:
    tries = range(GUESSING.number + 1)
    answers = [page.post("/ontvangst/", {"code": f"0000-0000-0000-0000-00{n:02}"}).status_code for n in tries]
    assert answers[-1] == 429


def test_another_site_cannot_post(page: Client) -> None:
    page = Client(enforce_csrf_checks=True)
    assert page.post("/melden/", ANSWERS, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


def test_advice_and_its_answer(page: Client) -> None:
    data = {"municipality": "GM1783", "theme": "doubt", "question": "Moet ik dit melden?"}
    done = page.post("/overleg/", data).content.decode()
    status = page.post("/ontvangst/", {"code": code_in(done)}).content.decode()
    assert "Wij werken aan uw antwoord" in status
    assert "Moet ik dit melden?" in page.post("/overleg/", {**data, "go": "report"}).content.decode()


def test_a_question_for_advice_takes_no_files(page: Client, region: Any) -> None:
    data = {"municipality": "GM1783", "theme": "doubt", "question": "Moet ik dit melden?"}
    code = code_in(page.post("/overleg/", data).content.decode())
    assert 'type="file"' not in page.post("/ontvangst/", {"code": code}).content.decode()
    photo = SimpleUploadedFile("foto.txt", b"een gezicht", content_type="text/plain")
    added = {"code": code, "what": "add", "text": "Nog een vraag.", "uploads": photo}
    assert "Uw bericht is verstuurd." in page.post("/ontvangst/", added).content.decode()
    with acting(region.actor("af@westland.example")):
        assert not Attachment.objects.exists()


def test_the_start_says_in_how_many_days_it_is_read(page: Client) -> None:
    days = promised_days(current_release().pack, READ_REPORT)
    assert f"Binnen {days} werkdagen lezen wij het." in page.get("/melden/").content.decode()
    assert f"Binnen {days} werkdagen lezen wij het." in send(page, 2, "back").content.decode()


def test_a_municipality_that_is_asked_may_not_stay_empty(page: Client) -> None:
    for content in (
        send(page, 2, where="Ergens").content.decode(),
        page.post("/melden/markeer/", {"marks": ["afraid"], "where": "Ergens"}).content.decode(),
    ):
        label = re.search(r'<label[^>]*for="id_municipality"[^>]*>(.*?)</label>', content, re.DOTALL)
        assert label
        assert "In welke gemeente is dat?" in label[1]
        assert "mag leeg" not in label[1]


def test_whoever_marks_without_an_account_sees_no_clock(
    page: Client, client_for: Callable[[str], Client]
) -> None:
    clock = re.compile(r"\b\d\d:\d\d\b")
    assert not clock.search(page.get("/melden/markeer/").content.decode())
    assert clock.search(client_for("melder@westland.example").get("/melden/markeer/").content.decode())


def test_what_becomes_of_a_photo_is_told_as_it_is(page: Client) -> None:
    for anonymity, cleaned in (("anonymous", True), ("confidential", False), ("named", False)):
        who = {"anonymity": anonymity, "reporter_name": "A. de Wit"}
        lie = SimpleUploadedFile("foto.jpg", b"#!/bin/sh", content_type="image/jpeg")
        for content in (send(page, 4, **who), send(page, 5, "send", uploads=lie, **who)):
            assert ("Wij bewaren alleen het plaatje" in content.content.decode()) is cleaned, anonymity
            assert ("Het origineel blijft op slot" in content.content.decode()) is not cleaned, anonymity


def test_who_is_signed_in_reads_one_heading_first_and_finds_the_way_back(
    client_for: Callable[[str], Client],
) -> None:
    client = client_for("melder@westland.example")
    client.post("/melden/markeer/", {"marks": ["afraid"], "where": "De Lier"})
    listing = as_read(client.get("/ontvangst/").text)
    headings = re.findall(r"<h([12])[^>]*>(.*?)</h", listing)
    assert headings[0] == ("1", "Mijn meldingen")
    assert [level for level, _words in headings].count("1") == 1
    assert 'class="sl-brand" href="/werk/"' in listing
    told = client.get("/melden/").content.decode()
    assert "blijft op deze pagina staan" not in told
    assert "Wat u typt, bewaren wij voor u tot u verstuurt." in told


def test_adding_something_later(page: Client) -> None:
    code = code_in(send(page, 5, "send").content.decode())
    page.post("/ontvangst/", {"code": code, "what": "add", "text": "Er was ook een wit busje."})
    assert "wit busje" in page.post("/ontvangst/", {"code": code}).content.decode()
    assert "sl-errors" in page.post("/ontvangst/", {"code": code, "what": "add", "text": ""}).content.decode()


def test_a_mark_without_an_account_is_a_report_at_once(page: Client, region: Any) -> None:
    done = page.post("/melden/markeer/", {"marks": ["afraid"], "where": "De Lier"})
    code_in(done.content.decode())
    with acting(region.actor("af@westland.example")):
        assert Report.objects.get().channel == "mark"


def test_a_colleagues_mark_comes_back(client_for: Callable[[str], Client]) -> None:
    client = client_for("melder@westland.example")
    assert "Uw notitie staat klaar" in client.post("/melden/markeer/", {"marks": ["afraid"]}).content.decode()
    listing = client.get("/ontvangst/").content.decode()
    found = re.search(r"/melden/afmaken/(N-[0-9A-Z]{4})/", listing)
    assert found
    form = client.get(found[0])
    assert "Stap 2 van 6" in form.content.decode()
    send(client, 5, "send", mark=found[1], anonymity="named", reporter_name="Joost")
    assert found[0] not in client.get("/ontvangst/").content.decode()
    assert client_for("melder@leiden.example").get(found[0]).status_code == 404


def test_a_draft_is_for_its_writer(client_for: Callable[[str], Client], page: Client) -> None:
    client = client_for("melder@westland.example")
    assert client.post("/melden/concept/", {**ANSWERS, "step": "3", **NAMED}).status_code == 204
    assert "Ga verder met wat u eerder typte" in client.get("/melden/").content.decode()
    resumed = client.post("/melden/", {"go": "resume"}).content.decode()
    assert 'name="step" value="3"' in resumed
    assert "Eén man had alle paspoorten" in resumed
    assert "eerder typte" not in client_for("af@westland.example").get("/melden/").content.decode()
    assert page.post("/melden/concept/", ANSWERS).status_code == 404


def test_older_receipts_stand_on_a_page_of_their_own_and_open(
    client_for: Callable[[str], Client], region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sluitend.journeys.reports.queries.own.MOST", 2)
    client, who = client_for("melder@westland.example"), region.actor("melder@westland.example")
    westland = region.organisation("GM1783").id
    for number in range(3):
        content = ReportContent(saw=f"Melding {number}", where="Hoofdstraat 12a, Naaldwijk")
        with acting(NOBODY):
            filed = actions.file_report(Filing(organisation_id=westland, content=content))
        with acting(who):
            actions.remember_receipt(receipt=filed.receipt, kind="report", actor=who)
    found = [re.findall(r'name="remembered" value="([^"]+)"', client.get(each).text) for each in PAGES]
    assert [len(each) for each in found] == [2, 1, 2]
    assert len({*found[0], *found[1]}) == 3
    assert "Oudere meldingen" in client.get("/ontvangst/").text
    assert "Oudere meldingen" not in client.get("/ontvangst/?bladzijde=2").text
    assert 'id="id_code"' not in client.post("/ontvangst/", {"remembered": found[1][0]}).text
    theirs = client_for("af@westland.example").post("/ontvangst/", {"remembered": found[1][0]})
    assert 'id="id_code"' in theirs.text


PAGES = ("/ontvangst/", "/ontvangst/?bladzijde=2", "/ontvangst/?bladzijde=0x2")


def test_two_windows_of_one_draft_keep_two_reports(client_for: Callable[[str], Client], region: Any) -> None:
    client = client_for("af@westland.example")
    page = "/werk/melding-invoeren/"
    client.get(page)
    client.post(f"{page}concept/", {"saw": "Vijf bedden", "sending": str(uuid4()), "draft": "enter"})
    first, second = (re.findall(r'name="sending" value="([^"]+)"', client.get(page).text)[0] for _ in "12")
    assert first != second
    data = {**ANSWERS, "day": "2026-11-24", "reporter_name": "Joost Vermeer"}
    assert "Geef deze code door" in client.post(page, {**data, "sending": first}).text
    other = {**data, "saw": "Zij gilt om hulp", "acute": "yes", "sending": second}
    assert "Geef deze code door" in client.post(page, other).text
    with acting(region.actor("af@westland.example")):
        assert Report.objects.count() == 2
    # Who goes back and types another report in a page that was sent.
    client.post(f"{page}concept/", {"saw": "Een derde", "sending": second, "draft": "enter"})
    again = client.post(page, {**data, "saw": "Een derde", "sending": second}).text
    assert "Deze pagina was al verstuurd." in again
    assert "Een derde" in client.get(page).text


def test_the_desk_enters_for_a_colleague(client_for: Callable[[str], Client], region: Any) -> None:
    client = client_for("af@westland.example")
    assert client.get("/werk/melding-invoeren/").status_code == 200
    data = {**ANSWERS, "day": "2026-11-24", "reporter_name": "Joost Vermeer"}
    wrong = client.post("/werk/melding-invoeren/", {**data, "kvk": "9000412"}).content.decode()
    assert "Dit zijn er 7" in wrong
    done = client.post("/werk/melding-invoeren/", data).content.decode()
    assert "Geef deze code door" in done
    assert client_for("melder@westland.example").get("/werk/melding-invoeren/").status_code == 404
    with acting(region.actor("af@westland.example")):
        assert Report.objects.get().channel == "colleague"


def test_sent_twice_it_says_so_and_takes_what_was_typed_since(page: Client, region: Any) -> None:
    first = send(page, 5, "send").content.decode()
    assert "Dit hadden wij al" not in first
    again = as_read(send(page, 5, "send", saw="Het waren er zes.").text)
    assert code_in(again) == code_in(first)
    assert "Dit hadden wij al" in again
    assert "Het waren er zes." in again
    sending = re.search(r'name="sending" value="([0-9a-f-]{36})"', again)
    assert sending
    other = send(page, 5, "5", saw="Het waren er zes.", sending=sending[1]).content.decode()
    assert "Klopt dit?" in other
    filed = send(page, 5, "send", saw="Het waren er zes.", sending=sending[1]).content.decode()
    assert code_in(filed) != code_in(first)
    with acting(region.actor("af@westland.example")):
        assert Report.objects.count() == 2


def test_a_code_that_another_report_has_is_no_matter_for_who_reports(
    page: Client, region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = iter(["M-22AA", "M-22AA", "M-22AA", "M-22BB"])
    monkeypatch.setattr(receipts, "human_code", lambda _letter: next(made))
    answers = [send(page, 5, "send", sending=uuid4()) for _each in range(2)]
    assert len({code_in(each.content.decode()) for each in answers}) == 2
    with acting(region.actor("af@westland.example")):
        assert sorted(each.code for each in Report.objects.all()) == ["M-22AA", "M-22BB"]
    assert next(made, None) is None


def test_what_is_sent_twice_counts_once_each_time(page: Client, region: Any) -> None:
    first = code_in(send(page, 5, "send").text)
    again = [send(page, 5, "send").text for _each in range(FILING.number - 1)]
    assert {code_in(each) for each in again} == {first}
    assert 'name="code"' not in send(page, 5, "send").text


def test_a_file_that_is_sent_twice_stays_whole(page: Client, region: Any) -> None:
    for _each in range(2):
        photo = SimpleUploadedFile("notitie.txt", b"Om vijf uur kwam het busje.", content_type="text/plain")
        assert "notitie" not in send(page, 5, "send", uploads=photo).content.decode()
    with acting(region.actor("af@westland.example")):
        assert Report.objects.count() == 1
        assert Attachment.objects.count() == 1


def test_a_message_that_is_sent_twice_arrives_once(page: Client, region: Any) -> None:
    code = code_in(send(page, 5, "send").content.decode())
    sending = {"sending": "22222222-2222-4222-8222-222222222222"}
    for text in ("Ik weet nog iets", "Ik weet nog iets", "En nog iets"):
        answer = page.post("/ontvangst/", {"code": code, "what": "add", "text": text, **sending})
        assert "Uw bericht is verstuurd" in answer.text
    with acting(NOBODY):
        box = mailbox(code)
    assert box is not None
    assert [each.text for each in box.messages] == ["Ik weet nog iets", "En nog iets"]


def test_a_mark_that_is_sent_twice_is_one(client_for: Callable[[str], Client], region: Any) -> None:
    colleague = client_for("melder@westland.example")
    sending = {"sending": "33333333-3333-4333-8333-333333333333"}
    for where in ("De Lier", "De Lier", "Naaldwijk"):
        assert (
            "Uw notitie staat klaar"
            in colleague.post("/melden/markeer/", {"marks": ["afraid"], "where": where, **sending}).text
        )
    with acting(region.actor("melder@westland.example")):
        assert Mark.objects.count() == 2


def test_a_mark_that_was_ended_elsewhere_does_not_cost_the_report(
    client_for: Callable[[str], Client],
) -> None:
    colleague = client_for("melder@westland.example")
    answer = send(colleague, 5, "send", mark="N-XXXX", anonymity="named", reporter_name="Joost")
    assert "Bewaar deze code" in answer.text
