"""What came to the wrong door, both ways: one code, one promise, and never in two places at once."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests import samples
from tests.kernel.sealing.samples import picture
from tests.reading import as_read

from sluitend.journeys.care import actions
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.content import ORIGINAL_REASONS
from sluitend.journeys.reports.models import (
    Kind,
    Mailbox,
    MailboxMessage,
    Passage,
    Report,
    ReporterIdentity,
    ReportToken,
)
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.destructions import trusted_register, write_missing
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import Destroyed
from sluitend.kernel.sealing.models import Attachment, Destruction, Seal

pytestmark = pytest.mark.django_db
COORDINATOR, FOCAL = "zorg@shop.example", "af@westland.example"
LATER = "latergeschreven"
type ClientFor = Callable[[str], Client]


def do(actor: Actor, action: Callable[..., Any], **arguments: Any) -> Any:
    with acting(actor):
        return action(actor=actor, **arguments)


def swept(code: str) -> None:
    with acting(system_actor(Organisation.objects.get(code=code).id)) as system:
        reports.sweep(system)


def told_municipality(**changes: Any) -> tuple[str, str]:
    """File a report for Westland and return its code and receipt."""
    town = Organisation.objects.get(code="GM1783")
    sent = {
        "organisation_id": town.id,
        "content": samples.content(),
        "kind": Kind.REPORT,
        "anonymity": "confidential",
        "identity": reports.IdentityContent(name="Loes Inspecteur", phone="0687654321"),
    }
    with acting(NOBODY):
        filed = reports.file_report(reports.Filing(**{**sent, **changes}))
    swept("GM1783")
    with acting(system_actor(town.id)):
        return Report.objects.get(pk=filed.report_id).code, filed.receipt


def arrived(organisation: str) -> str:
    """Return the code of what was passed on to this organisation last."""
    with acting(system_actor(Organisation.objects.get(code=organisation).id)) as system:
        passage = Passage.objects.filter(recipient_id=system.own_organisation).latest("sent")
        return Report.objects.get(pk=passage.arrived_id).code


def row(organisation: str, code: str) -> Report:
    with acting(system_actor(Organisation.objects.get(code=organisation).id)):
        return Report.objects.select_related("current_step").get(code=code)


def steps(organisation: str, code: str) -> list[str]:
    with acting(system_actor(Organisation.objects.get(code=organisation).id)):
        found = NextStep.objects.filter(code=code, done__isnull=True)
        return sorted(found.values_list("what", flat=True))


def box(receipt: str) -> report_queries.MailboxView:
    with acting(NOBODY):
        found = report_queries.mailbox(receipt)
    assert found is not None
    return found


@pytest.fixture
def focal(region: Any) -> Actor:
    return samples.actor(FOCAL)


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


@pytest.fixture
def passed(focal: Actor, coordinator: Actor) -> tuple[str, str, str]:
    """Return the code at the municipality, the receipt and the code at care of what was passed on."""
    code, receipt = told_municipality()
    do(focal, actions.to_care, code=code)
    swept("shop")
    return code, receipt, arrived("shop")


def test_until_care_takes_it_over_it_is_of_the_municipality_with_a_step(
    passed: tuple[str, str, str], focal: Actor, client_for: ClientFor
) -> None:
    code, receipt, at_care = passed
    assert steps("GM1783", code) == ["await_care"]
    assert steps("shop", at_care) == ["take_request"]
    assert row("shop", at_care).received == row("GM1783", code).received
    assert not box(receipt).moved
    page = as_read(client_for(FOCAL).get(f"/werk/binnen/{code}/").text)
    assert "Naar de zorg" in page
    assert samples.PLANT in page
    with pytest.raises(DomainError):
        do(focal, reports.close, report_id=row("GM1783", code).id, outcome="nothing_found")


def test_care_reads_all_that_was_typed_and_the_receipt_leads_there(
    passed: tuple[str, str, str], coordinator: Actor, client_for: ClientFor
) -> None:
    code, receipt, at_care = passed
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/{at_care}/").text)
    content = samples.content()
    for typed in (content.saw, content.where, content.plate, content.phone, "Loes Inspecteur"):
        assert typed in page
    do(coordinator, actions.take_over, code=at_care)
    view = box(receipt)
    assert view.moved
    assert view.care
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text=LATER)
    swept("shop")
    assert steps("shop", at_care) == ["read_asker"]
    assert LATER in as_read(client_for(COORDINATOR).get(f"/werk/zorg/{at_care}/").text)
    assert steps("GM1783", code) == []
    shown = as_read(Client().post("/ontvangst/", {"code": receipt}).text)
    assert "Uw vraag ligt bij de juiste organisatie." in shown


def test_files_go_along_whole_and_open_at_care_alone(
    focal: Actor, coordinator: Actor, client_for: ClientFor
) -> None:
    files = (
        SimpleUploadedFile("foto.png", picture("PNG"), "image/png"),
        SimpleUploadedFile("lijst.txt", b"maandag 14 uur, dinsdag 16 uur", "text/plain"),
    )
    code, _receipt = told_municipality(uploads=files)
    do(focal, actions.to_care, code=code)
    swept("shop")
    at_care = arrived("shop")
    do(coordinator, actions.take_over, code=at_care)
    desk = client_for(COORDINATOR)
    page = desk.get(f"/werk/zorg/{at_care}/").text
    [shown] = set(re.findall(rf"/werk/zorg/{at_care}/bestand/[0-9a-f-]+/(?=\")", page))
    assert desk.get(shown).content.startswith(b"\xff\xd8")
    [text] = set(re.findall(rf"/werk/zorg/{at_care}/bestand/[0-9a-f-]+/origineel/", page))
    assert b"dinsdag 16 uur" in desk.post(text, {"reason": next(iter(ORIGINAL_REASONS))}).content
    assert desk.post(text, {}).status_code == 302
    for other in (FOCAL, "avim@politie.example"):
        assert client_for(other).get(shown).status_code == 404
    with acting(focal):
        assert not Attachment.objects.exists()


def test_a_file_that_is_added_before_it_is_taken_over_goes_along(
    passed: tuple[str, str, str], coordinator: Actor, client_for: ClientFor
) -> None:
    _code, receipt, at_care = passed
    photo = SimpleUploadedFile("foto.png", picture("PNG"), "image/png")
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text=LATER, uploads=[photo])
    swept("GM1783")
    with acting(system_actor(Organisation.objects.get(code="shop").id)) as system:
        reports.draw_files(reports.waiting_files(system), actor=system)
    do(coordinator, actions.take_over, code=at_care)
    desk = client_for(COORDINATOR)
    page = desk.get(f"/werk/zorg/{at_care}/").text
    [shown] = set(re.findall(rf"/werk/zorg/{at_care}/bestand/[0-9a-f-]+/(?=\")", page))
    assert desk.get(shown).content.startswith(b"\xff\xd8")
    assert LATER in as_read(page)


@pytest.mark.parametrize("first_swept_by", ["GM1783", "shop"])
def test_danger_that_is_told_meanwhile_is_danger_at_care(
    passed: tuple[str, str, str], coordinator: Actor, first_swept_by: str
) -> None:
    _code, receipt, at_care = passed
    assert not row("shop", at_care).acute
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text=LATER, danger=reports.Danger(answer="yes"))
    swept(first_swept_by)
    do(coordinator, actions.take_over, code=at_care)
    swept("shop")
    assert row("shop", at_care).acute
    assert steps("shop", at_care) == ["read_asker"]


def test_what_care_did_not_read_yet_stays_to_be_read_when_a_municipality_takes_over(
    coordinator: Actor, focal: Actor, client_for: ClientFor
) -> None:
    code, receipt = samples.ask_for_help()
    sent = {"municipality": "GM1783", "where": "Havenweg 7", "facts": "Matrassen."}
    do(coordinator, actions.to_municipality, code=code, **sent)
    swept("GM1783")
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text=LATER)
    swept("shop")
    do(focal, actions.take_over_from_care, code=arrived("GM1783"))
    assert steps("shop", code) == ["read_asker"]
    assert LATER in as_read(client_for(COORDINATOR).get(f"/werk/zorg/{code}/").text)
    do(coordinator, actions.hear, code=code)
    assert steps("shop", code) == []
    assert row("shop", code).state == "moved"


def test_files_that_are_given_back_are_gone_there_and_stay_here(
    focal: Actor, coordinator: Actor, client_for: ClientFor
) -> None:
    photo = SimpleUploadedFile("foto.png", picture("PNG"), "image/png")
    code, _receipt = told_municipality(uploads=(photo,))
    do(focal, actions.to_care, code=code)
    swept("shop")
    do(coordinator, actions.give_back, code=arrived("shop"))
    with acting(coordinator):
        assert not Attachment.objects.exists()
    page = client_for(FOCAL).get(f"/werk/binnen/{code}/").text
    shown = re.findall(rf"/werk/binnen/{code}/bestand/[0-9a-f-]+/(?=\")", page)[0]
    assert client_for(FOCAL).get(shown).content.startswith(b"\xff\xd8")


def test_once_taken_over_the_municipality_keeps_code_day_and_direction(
    passed: tuple[str, str, str], coordinator: Actor, client_for: ClientFor
) -> None:
    code, _receipt, at_care = passed
    before = row("GM1783", code)
    do(coordinator, actions.take_over, code=at_care)
    left = row("GM1783", code)
    assert (left.content, left.envelope_id, left.state) == (None, None, "moved")
    assert left.received == before.received
    with acting(system_actor(left.organisation_id)):
        assert before.envelope_id
        assert Destruction.objects.filter(envelope_id=before.envelope_id).exists()
    page = as_read(client_for(FOCAL).get(f"/werk/binnen/{code}/").text)
    assert "Naar de zorg" in page
    assert "De zorg heeft dit overgenomen." in page
    for gone in (samples.PLANT, "Loes Inspecteur", samples.PLANTED_PHONE):
        assert gone not in page


def test_a_backup_of_before_keeps_what_was_taken_over_since(
    passed: tuple[str, str, str], coordinator: Actor
) -> None:
    code, _receipt, at_care = passed
    envelope = row("GM1783", code).envelope_id
    do(coordinator, actions.take_over, code=at_care)
    write_missing()
    # With the register every backup is emptied of what was destroyed; this lives on at care alone.
    assert envelope not in trusted_register().destroyed


def test_the_municipality_holds_no_row_and_no_key_of_it_once_it_is_taken_over(
    passed: tuple[str, str, str], focal: Actor, coordinator: Actor
) -> None:
    code, _receipt, at_care = passed
    before = row("GM1783", code)
    assert before.envelope_id
    do(coordinator, actions.take_over, code=at_care)
    with acting(focal) as actor:
        for table in (Seal, Attachment, MailboxMessage, ReporterIdentity, ReportToken, Mailbox):
            assert not table.objects.exists(), table
        assert not NextStep.objects.filter(subject_id=before.id, done__isnull=True).exists()
        with pytest.raises(Destroyed):
            open_envelope(before.envelope_id, actor=actor, purpose="report.read")


def test_what_was_written_before_and_meanwhile_goes_along(
    focal: Actor, coordinator: Actor, client_for: ClientFor
) -> None:
    code, receipt = told_municipality()
    do(focal, reports.ask, report_id=row("GM1783", code).id, text="Waar is zij nu?")
    do(focal, actions.to_care, code=code)
    with acting(NOBODY):
        reports.answer_question(receipt=receipt, text=LATER)
    swept("shop")
    at_care = arrived("shop")
    assert LATER in as_read(client_for(COORDINATOR).get(f"/werk/zorg/{at_care}/").text)
    do(coordinator, actions.take_over, code=at_care)
    assert [each.text for each in box(receipt).messages][:2] == ["Waar is zij nu?", LATER]
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)):
        assert not MailboxMessage.objects.exists()
    swept("shop")
    assert steps("shop", at_care) == ["read_asker"]


def test_what_is_given_back_leaves_nothing_and_comes_once(
    passed: tuple[str, str, str], focal: Actor, coordinator: Actor
) -> None:
    code, receipt, at_care = passed
    do(coordinator, actions.give_back, code=at_care)
    assert steps("GM1783", code) == ["back_from_care"]
    assert row("shop", at_care).content is None
    assert not box(receipt).care
    with pytest.raises(DomainError):
        do(focal, actions.to_care, code=code)
    with pytest.raises(Absent):
        do(coordinator, actions.take_over, code=at_care)


def test_who_passed_it_on_takes_it_back_until_it_is_taken_over(
    passed: tuple[str, str, str], focal: Actor, coordinator: Actor
) -> None:
    code, _receipt, at_care = passed
    do(focal, actions.recall_from_care, code=code)
    assert steps("GM1783", code) == ["read_report"]
    assert row("shop", at_care).content is None
    with pytest.raises(Absent):
        do(coordinator, actions.take_over, code=at_care)


def test_a_question_for_advice_goes_to_care_as_one(focal: Actor, coordinator: Actor) -> None:
    code, receipt = told_municipality(kind=Kind.ADVICE, anonymity="anonymous", theme="twijfel")
    do(focal, actions.to_care, code=code)
    swept("shop")
    at_care = arrived("shop")
    assert steps("shop", at_care) == ["answer_consult"]
    do(coordinator, actions.take_over, code=at_care)
    do(coordinator, actions.advise, code=at_care, text="Bel ons.")
    assert box(receipt).messages[-1].text == "Bel ons."


def test_to_a_municipality_go_place_and_facts_and_the_person_stays(
    coordinator: Actor, focal: Actor, client_for: ClientFor
) -> None:
    code, receipt = samples.ask_for_help()
    do(
        coordinator,
        actions.to_municipality,
        code=code,
        municipality="GM1783",
        where="Havenweg 7, Maasdijk",
        facts="Matrassen in de loods.",
    )
    swept("GM1783")
    at_town = arrived("GM1783")
    assert steps("shop", code) == ["await_municipality"]
    page = as_read(client_for(FOCAL).get(f"/werk/binnen/{at_town}/").text)
    assert "Matrassen in de loods." in page
    for stays in (samples.PLANT, samples.PLANTED_PHONE, "Mei", "Loes"):
        assert stays not in page
    do(focal, actions.take_over_from_care, code=at_town)
    assert (box(receipt).moved, box(receipt).care) == (True, False)
    assert steps("GM1783", at_town) == ["read_report"]
    assert row("shop", code).state == "moved"
    do(focal, reports.ask, report_id=row("GM1783", at_town).id, text="Hoeveel matrassen?")
    assert box(receipt).messages[-1].text == "Hoeveel matrassen?"


def test_facts_that_tell_how_to_reach_the_person_do_not_go(coordinator: Actor) -> None:
    code, _receipt = samples.ask_for_help()
    with pytest.raises(DomainError):
        do(
            coordinator,
            actions.to_municipality,
            code=code,
            municipality="GM1783",
            where="Havenweg 7",
            facts=f"Bel {samples.PLANTED_PHONE}.",
        )


def test_what_a_municipality_gives_back_is_again_of_care(coordinator: Actor, focal: Actor) -> None:
    code, receipt = samples.ask_for_help()
    sent = {"municipality": "GM1783", "where": "Havenweg 7", "facts": "Matrassen."}
    do(coordinator, actions.to_municipality, code=code, **sent)
    swept("GM1783")
    do(focal, actions.give_back_to_care, code=arrived("GM1783"))
    assert steps("shop", code) == ["back_from_municipality"]
    do(coordinator, actions.take_on, code=code)
    assert box(receipt).care


def test_care_takes_back_what_no_municipality_took_over(coordinator: Actor, focal: Actor) -> None:
    code, receipt = samples.ask_for_help()
    sent = {"municipality": "GM1783", "where": "Havenweg 7", "facts": "Matrassen."}
    do(coordinator, actions.to_municipality, code=code, **sent)
    swept("GM1783")
    at_town = arrived("GM1783")
    do(coordinator, actions.recall_from_municipality, code=code)
    assert steps("shop", code) == ["take_request"]
    assert steps("GM1783", at_town) == []
    with pytest.raises((Absent, Refused, DomainError)):
        do(focal, actions.take_over_from_care, code=at_town)
    assert box(receipt).care


def test_nobody_else_may(passed: tuple[str, str, str], focal: Actor, coordinator: Actor) -> None:
    code, _receipt, at_care = passed
    other = samples.actor("af@denhaag.example")
    for actor, action, of in (
        (other, actions.to_care, code),
        (other, actions.recall_from_care, code),
        (focal, actions.take_over, at_care),
        (coordinator, actions.to_care, code),
    ):
        with pytest.raises(Refused):
            do(actor, action, code=of)


@pytest.mark.parametrize("function", ["door_accept(%s)", "door_end(%s, NULL)"])
def test_only_the_two_sides_press_in_the_database_too(passed: tuple[str, str, str], function: str) -> None:
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        passage = Passage.objects.get()
    with acting(samples.actor("af@denhaag.example")), connection.cursor() as cursor:
        assert not Passage.objects.exists()
        cursor.execute(f"SELECT {function}", [passage.id])
        assert cursor.fetchone() == (False,)


def test_the_database_passes_on_nothing_that_somebody_else_has(region: Any) -> None:
    """Else whoever has SQL empties a report of another organisation by taking over their own passage."""
    mine, _ = samples.ask_for_help()
    theirs, _ = told_municipality()
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        own = Report.objects.get(code=mine).id
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)):
        stolen = Report.objects.get(code=theirs).id
    begin = "SELECT door_begin(%s, %s, %s)"
    for who in ("shop", "GM1783", "GM0518"):
        with acting(system_actor(Organisation.objects.get(code=who).id)), connection.cursor() as cursor:
            for pair in ((stolen, own), (own, stolen)):
                cursor.execute(begin, [uuid4(), *pair])
                assert cursor.fetchone() == (False,), who
