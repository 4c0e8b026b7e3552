"""The person no longer wants it: what was shared stops in the same moment, and nobody hears why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.care_shares.conftest import COORDINATOR, NAME, SUPPORT, TOWN, Desk
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files import queries as file_queries
from sluitend.journeys.care_shares import actions, queries
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld

pytestmark = pytest.mark.django_db
type ClientFor = Callable[[str], Client]


def back(desk: Desk, share: str) -> None:
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)


def unremoved(desk: Desk) -> list[str]:
    view = desk.do(desk.coordinator, file_queries.care_file, code=desk.code)
    return [each.recipient for each in view.removals]


def close(desk: Desk) -> None:
    end = next(each.id for each in den_haag().request.ends if not each.attempts)
    desk.do(desk.coordinator, files.close, code=desk.code, end=end, revision=None)


def test_support_that_took_it_on_reads_that_it_is_withdrawn_and_opens_nothing(
    desk: Desk, client_for: ClientFor
) -> None:
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    preview = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.code}/terugnemen/{share}/").text)
    for line in (
        "Stopt nu</dt> <dd>U deelt niets meer met deze organisatie.",
        f"Wordt teruggehaald</dt> <dd>{code}. De organisatie leest: ingetrokken",
        "<dt>Gevraagd te wissen vóór ",
        "<dd>U krijgt een stap: vraag de organisatie om weg te halen",
        "Kan niet terug</dt> <dd>Wat daar al gelezen is",
    ):
        assert line in preview
    back(desk, share)
    read = as_read(client_for(SUPPORT).get(f"/werk/gedeeld/{code}/").text)
    assert "Ingetrokken" in read
    assert "U kunt dit niet meer openen." in read
    assert "Mei" not in read
    assert "Stuur antwoord" not in read
    for reason in ("toestemming", "teruggenomen", "wil dit niet"):
        assert reason not in read.lower()
    with pytest.raises(NotHeld), acting(desk.support):
        open_envelope(desk.row(code, desk.support).envelope_id, actor=desk.support, purpose="care_share.read")
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.answer, code=code, reply="gestart")
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.keep_number, code=code, number="1")
    assert unremoved(desk) == ["leger_des_heils"]
    assert desk.steps(desk.code, desk.coordinator) == {"ask_removal"}
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.code}/").text)
    assert "Antwoord gevraagd vóór" in page


def test_the_task_of_a_municipality_says_that_it_is_no_longer_needed(
    desk: Desk, client_for: ClientFor
) -> None:
    share, code = desk.sent("task")
    desk.do(desk.town, actions.accept, code=code)
    preview = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.code}/terugnemen/{share}/").text)
    assert "De gemeente leest: niet meer nodig." in preview
    assert "Wat de gemeente al las of volgens de wet besloot, blijft daar." in preview
    back(desk, share)
    read = as_read(client_for(TOWN).get(f"/werk/gedeeld/{code}/").text)
    assert "Deze taak is niet meer nodig." in read
    assert NAME not in read
    assert "Ingetrokken" not in read
    listed = as_read(client_for(TOWN).get("/werk/uitwisselen/?toon=klaar").text)
    assert "Niet meer nodig" in listed


def test_nobody_is_asked_to_take_away_what_nobody_read(desk: Desk, client_for: ClientFor) -> None:
    kept = desk.agreed()
    share, code = desk.sent()
    preview = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.code}/terugnemen/{share}/").text)
    assert "Niets. Niemand las het." in preview
    back(desk, share)
    back(desk, kept)
    assert unremoved(desk) == []
    assert desk.row(code).state == "recalled"
    with pytest.raises(DomainError, match="nog geen akkoord"):
        desk.do(desk.coordinator, files.send, code=desk.code, share=kept)


def test_what_is_taken_back_of_one_leaves_the_other(desk: Desk) -> None:
    share, code = desk.sent()
    _other, task = desk.sent("task")
    desk.do(desk.town, actions.accept, code=task)
    back(desk, share)
    assert (desk.row(code).state, desk.row(task).state) == ("recalled", "accepted")
    assert desk.do(desk.town, queries.received_share, code=task).body.parts[0].text == NAME


def test_what_was_answered_is_taken_back_too(desk: Desk) -> None:
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.support, actions.answer, code=code, reply="meer_nodig", reason="full")
    back(desk, share)
    assert desk.do(desk.support, queries.received_share, code=code).body is None


def unsafe(desk: Desk) -> tuple[str, str]:
    """Return what was shared with who found that the person is not safe, and by which agreement."""
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.support, actions.answer, code=code, reply="onveilig")
    return share, code


@pytest.mark.parametrize("by", ["the person", "the age of the person"])
def test_what_is_to_be_done_for_somebody_who_is_not_safe_outlives_what_was_shared(
    desk: Desk, client_for: ClientFor, by: str
) -> None:
    share, code = unsafe(desk)
    if by == "the person":
        back(desk, share)
    else:
        child = files.Details(state="in_care", person=files.Person(age_group="minor"))
        desk.do(desk.coordinator, files.write_details, code=desk.code, revision=None, details=child)
    assert desk.row(code).state == "recalled"
    assert desk.do(desk.support, queries.received_share, code=code).body is None
    assert desk.steps(code, desk.coordinator) == {"move_today"}
    page = as_read(client_for(COORDINATOR).get(f"/werk/gedeeld/{code}/").text)
    assert "Verplaats vandaag en maak een nieuw veiligheidsplan" in page
    desk.done(code)
    assert desk.steps(code, desk.coordinator) == set()
    assert desk.row(code).closed is not None


def test_what_is_to_be_asked_later_is_asked_though_it_was_taken_back(desk: Desk) -> None:
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    day = timezone.localdate() + timedelta(days=40)
    desk.do(desk.support, actions.answer, code=code, reply="wil_niet", until=day)
    back(desk, share)
    assert desk.steps(code, desk.coordinator) == {"ask_later"}


def test_a_file_is_not_closed_before_that_is_done(desk: Desk) -> None:
    share, code = unsafe(desk)
    wanted = f"Verplaats vandaag en maak een nieuw veiligheidsplan \\({code}\\)"
    with pytest.raises(DomainError, match=wanted):
        close(desk)
    back(desk, share)
    removal = desk.do(desk.coordinator, file_queries.care_file, code=desk.code).removals[0].id
    desk.do(
        desk.coordinator,
        files.note_removal,
        code=desk.code,
        asking=removal,
        answer="confirmed",
        revision=None,
    )
    with pytest.raises(DomainError, match=wanted):
        close(desk)
    desk.done(code)
    close(desk)
    assert desk.do(desk.coordinator, file_queries.care_file, code=desk.code).closed


def test_what_was_shared_as_an_adult_is_closed_when_it_is_about_a_child(desk: Desk) -> None:
    _share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    child = files.Details(state="in_care", person=files.Person(age_group="minor"))
    desk.do(desk.coordinator, files.write_details, code=desk.code, revision=None, details=child)
    assert desk.row(code).state == "recalled"
    assert desk.do(desk.support, queries.received_share, code=code).body is None


def test_in_a_closed_file_nothing_is_shared_any_more(desk: Desk, client_for: ClientFor) -> None:
    """Nobody follows it there, so it ends with the file; the form says so before."""
    _share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    _other, waiting = desk.sent("task")
    path = f"/werk/zorg/dossier/{desk.code}/"
    before = as_read(client_for(COORDINATOR).get(f"{path}sluiten/").text)
    for each in (code, waiting):
        assert f"{each} bij" in before
    assert "Wie het las, leest dat het is ingetrokken of niet meer nodig is." in before
    close(desk)
    assert {desk.row(each).state for each in (code, waiting)} == {"recalled"}
    assert desk.do(desk.support, queries.received_share, code=code).body is None
    for each in (code, waiting):
        # The steps of the other side go by a job, as of all that is taken back.
        row = desk.row(each)
        assert row.closed is not None
        assert row.recipient_closed is not None
        assert desk.steps(each, desk.coordinator) == set()


def test_in_a_closed_file_the_person_takes_back_all_the_same(desk: Desk, client_for: ClientFor) -> None:
    """The file stays closed. It asks one thing: that whoever read it takes it away."""
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    close(desk)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{desk.code}/"
    assert f"{path}terugnemen/{share}/" in browser.get(path).text
    assert "vraag de organisatie om weg te halen" in as_read(browser.get(f"{path}terugnemen/{share}/").text)
    assert browser.post(f"{path}terugnemen/{share}/").status_code == 302
    assert desk.steps(desk.code, desk.coordinator) == {"ask_removal"}
    assert unremoved(desk) == ["leger_des_heils"]
    view = desk.do(desk.coordinator, file_queries.care_file, code=desk.code)
    assert (view.closed, view.shares[0].words) == (True, "Teruggenomen")
    assert "Ingetrokken" in as_read(client_for(SUPPORT).get(f"/werk/gedeeld/{code}/").text)
    with pytest.raises(Conflict):
        back(desk, share)
    with pytest.raises(DomainError, match="Dit dossier is gesloten"):
        desk.do(desk.coordinator, files.note_contact, code=desk.code, channel="call", reached="yes")
    asking = f"{path}weggehaald/{view.removals[0].id}/"
    assert browser.post(asking, {"answer": "confirmed"}).status_code == 302
    assert desk.steps(desk.code, desk.coordinator) == set()
    assert desk.do(desk.coordinator, file_queries.care_file, code=desk.code).closed


def test_help_itself_is_taken_back_in_a_closed_file_and_nobody_is_asked_anything(
    desk: Desk, client_for: ClientFor
) -> None:
    today = timezone.localdate().isoformat()
    said = files.Agreed(
        kind="help_agreement", answer="yes", on=today, form="spoken", language="nl", witness="lawyer"
    )
    desk.do(desk.coordinator, files.answer, code=desk.code, agreed=said, revision=None)
    close(desk)
    path = f"/werk/zorg/dossier/{desk.code}/terugnemen/help_agreement/"
    assert "Het dossier blijft dicht." in as_read(client_for(COORDINATOR).get(path).text)
    back(desk, "help_agreement")
    view = desk.do(desk.coordinator, file_queries.care_file, code=desk.code)
    assert (view.closed, view.help.words, view.step) == (True, "Teruggenomen", "")


def yes(desk: Desk, kind: str, **more: str) -> None:
    """Note that the person said yes to one of the texts."""
    today = timezone.localdate().isoformat()
    said = files.Agreed(kind=kind, answer="yes", on=today, form="paper", language="nl", **more)
    desk.do(desk.coordinator, files.answer, code=desk.code, agreed=said, revision=None)


def test_all_that_the_person_no_longer_wants_is_taken_back_in_one_press(
    desk: Desk, client_for: ClientFor
) -> None:
    """On the telephone a person says it once: one press, and each receiver is asked for what it was told."""
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{desk.code}/"
    assert "iets niet meer" not in browser.get(path).text
    assert browser.get(f"{path}terugnemen/").status_code == 404
    yes(desk, "registration", signed_by="de persoon", age_band="adult")
    mediation = desk.agreed("mediation", recipient="CoMensha", purpose="bemiddeling")
    share, code = desk.sent()
    desk.do(desk.support, actions.accept, code=code)
    other, task = desk.sent("task")
    assert f'href="{path}terugnemen/"' in browser.get(path).text

    chosen = browser.get(f"{path}terugnemen/?kies=ja")
    assert chosen.status_code == 422
    assert "Kies wat de persoon niet meer wil." in as_read(chosen.text)
    for each in (mediation, share, other, "registration"):
        assert f'value="{each}"' in chosen.text
    acts = ["registration", share, other]
    preview = as_read(browser.get(f"{path}terugnemen/", {"what": acts}).text)
    for line in (
        "Er gaat niets meer naar CoMensha.",
        f"{code}. De organisatie leest: ingetrokken, en opent niets meer.",
        f"De taak {task}. De gemeente leest: niet meer nodig.",
        "Cijfers die al gemaakt zijn, veranderen niet.",
    ):
        assert line in preview
    assert "bemiddeling" not in preview
    assert "</strong>. Niets.</dd>" not in preview

    # A colleague takes one of them back meanwhile: that keeps nothing of the rest.
    back(desk, share)
    assert browser.post(f"{path}terugnemen/", {"what": acts}).status_code == 302
    assert {desk.row(each).state for each in (code, task)} == {"recalled"}
    assert unremoved(desk) == ["leger_des_heils", "CoMensha"]
    page = as_read(browser.get(path).text)
    assert "Dit ging over: Aanmelden bij CoMensha." in page
    assert "Dit ging over: waarvoor." in page
    assert [
        each.words for each in desk.do(desk.coordinator, file_queries.care_file, code=desk.code).shares
    ] == [
        "Teruggenomen",
        "Teruggenomen",
        "Ja",
    ]
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.withdraw, code=desk.code, what=acts)
