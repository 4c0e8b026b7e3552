"""Who was told how to make contact hears a later rule, as long as the person agrees to that."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_shares.conftest import COORDINATOR, SUPPORT, Desk
from tests.reading import as_read

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.queries import care_file, opened
from sluitend.journeys.care_shares import actions, queries
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
STEP = "read_contact"
NEW, OLD = "0687654321", "0612345678"
type ClientFor = Callable[[str], Client]


def rule(desk: Desk, value: str = NEW, **changes: str) -> None:
    added = files.Rule(**{"channel": "call", "effect": "only", "value": value, **changes})
    desk.do(desk.coordinator, files.add_rule, code=desk.code, rule=added, revision=None)


def taken_on(desk: Desk, chosen: str = "call_name contact") -> tuple[str, str]:
    share, code = desk.sent(chosen=chosen)
    desk.do(desk.support, actions.accept, code=code)
    return share, code


def read(client_for: ClientFor, code: str) -> str:
    return as_read(client_for(SUPPORT).get(f"/werk/gedeeld/{code}/").text)


def seen(desk: Desk, code: str) -> str:
    """Return which words whoever receives it sees now, as the page holds them."""
    body = desk.do(desk.support, queries.received_share, code=code).body
    return str(body.contact.id)


def test_a_later_rule_is_a_step_in_neutral_words_and_stands_above_what_was_told(
    desk: Desk, client_for: ClientFor
) -> None:
    _share, code = taken_on(desk)
    assert STEP not in desk.steps(code, desk.support)
    rule(desk)
    assert desk.steps(code, desk.support) == {"answer_share", STEP}
    today = as_read(client_for(SUPPORT).get("/werk/").text)
    assert "Lees dit voordat u contact zoekt" in today
    assert NEW not in today
    page = read(client_for, code)
    assert page.count(NEW) == 2
    assert "geldt dit, en niet meer wat u eerder las" in page
    form = {"seen": seen(desk, code)}
    assert client_for(SUPPORT).post(f"/werk/gedeeld/{code}/contact-gelezen/", form).status_code == 302
    assert desk.steps(code, desk.support) == {"answer_share"}
    page = read(client_for, code)
    assert page.count(NEW) == 1
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.note_contact_read, code=code, **form)
    with pytest.raises(Absent):
        desk.do(desk.coordinator, actions.note_contact_read, code=code, **form)
    with acting(desk.coordinator):
        assert Event.objects.filter(action="care_share.contact").count() == 1


def test_the_end_of_a_rule_and_a_stop_are_told_too_and_the_old_words_are_gone(
    desk: Desk, client_for: ClientFor
) -> None:
    _share, code = taken_on(desk)
    assert OLD in read(client_for, code)
    with acting(desk.coordinator):
        first = opened(desk.code, desk.coordinator).contact.running[0]
    desk.do(desk.coordinator, files.end_rule, code=desk.code, rule=first.id, revision=None)
    page = read(client_for, code)
    assert "Er is nu geen regel. Zoek geen contact en bel de zorg." in page
    assert OLD not in page
    until = timezone.localdate() + timedelta(days=3)
    desk.do(desk.coordinator, files.stop_contact, code=desk.code, until=until, revision=None)
    assert "Geen contact tot" in read(client_for, code)
    desk.do(desk.coordinator, files.stop_contact, code=desk.code, until=None, revision=None)
    assert "Geen contact tot" not in read(client_for, code)


def test_a_rule_says_until_when_it_may_be_used(desk: Desk, client_for: ClientFor) -> None:
    _share, code = taken_on(desk)
    rule(desk, check_on=(timezone.localdate() + timedelta(days=9)).isoformat())
    assert "Dit geldt tot en met" in read(client_for, code)


def test_who_did_not_take_it_on_yet_reads_the_new_rule_when_they_do(
    desk: Desk, client_for: ClientFor
) -> None:
    _share, code = desk.sent(chosen="contact")
    rule(desk)
    assert desk.steps(code, desk.support) == {"look_at_share"}
    assert NEW not in read(client_for, code)
    desk.do(desk.support, actions.accept, code=code)
    assert NEW in read(client_for, code)


def test_what_was_done_is_opened_again_for_this_alone(desk: Desk) -> None:
    _share, code = taken_on(desk)
    desk.do(desk.support, actions.answer, code=code, reply="mag_niets_zeggen")
    assert desk.row(code).state == "done"
    assert desk.steps(code, desk.support) == set()
    rule(desk)
    rule(desk, "0611111111")
    assert desk.steps(code, desk.support) == {STEP}
    desk.do(desk.support, actions.note_contact_read, code=code, seen=seen(desk, code))
    assert desk.steps(code, desk.support) == set()
    assert desk.row(code).recipient_closed is not None


@pytest.mark.parametrize("ended", ["taken back", "given back", "over", "not asked"])
def test_who_stopped_or_may_know_it_no_longer_hears_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    share, code = taken_on(desk, "call_name language" if ended == "not asked" else "contact")
    if ended == "taken back":
        desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    elif ended == "given back":
        desk.do(desk.support, actions.answer, code=code, reply="teruggegeven")
    elif ended == "over":
        later = timezone.now() + timedelta(days=61)
        monkeypatch.setattr(timezone, "now", lambda: later)
    rule(desk)
    assert STEP not in desk.steps(code, desk.support)
    with acting(desk.coordinator):
        assert not Event.objects.filter(action="care_share.contact").exists()
    body = desk.do(desk.support, queries.received_share, code=code).body
    assert body is None or all(NEW not in each.text for each in body.parts)


def test_what_goes_without_a_yes_on_a_ground_hears_it_too(desk: Desk) -> None:
    """Whoever is sent to somebody in danger must not use the number that the danger answers."""
    today = timezone.localdate()
    wanted = files.Share(
        to="leger_des_heils",
        recipient="leger_des_heils",
        chosen="contact",
        parts="contact",
        purpose="gevaar",
        ground="danger",
        why="Direct gevaar",
        told="told",
        until=(today + timedelta(days=5)).isoformat(),
    )
    desk.do(desk.coordinator, files.share_against, code=desk.code, wanted=wanted, revision=None)
    code = desk.do(desk.coordinator, files.send, code=desk.code, share=desk.shares()[-1].id)
    desk.do(desk.support, actions.accept, code=code)
    rule(desk)
    assert STEP in desk.steps(code, desk.support)


def test_the_desk_of_the_sender_shows_what_the_other_reads_now(desk: Desk, client_for: ClientFor) -> None:
    _share, code = taken_on(desk)
    rule(desk)
    page = as_read(client_for(COORDINATOR).get(f"/werk/gedeeld/{code}/").text)
    assert NEW in page
    assert "Dit heb ik gelezen" not in page


def test_who_says_that_it_was_read_says_so_of_the_words_they_saw(desk: Desk, client_for: ClientFor) -> None:
    """A rule that comes in while the page is open waits still, and stands on the page that comes back."""
    _share, code = taken_on(desk)
    rule(desk)
    browser, form = client_for(SUPPORT), {"seen": seen(desk, code)}
    address = f"/werk/gedeeld/{code}/"
    assert f'name="seen" value="{form["seen"]}"' in browser.get(address).text
    rule(desk, "0611111111")
    answer = browser.post(f"{address}contact-gelezen/", form)
    assert answer.status_code == 422
    assert "0611111111" in as_read(answer.text)
    assert desk.steps(code, desk.support) == {"answer_share", STEP}
    assert form["seen"] not in answer.text
    browser.post(f"{address}contact-gelezen/", {"seen": seen(desk, code)})
    assert desk.steps(code, desk.support) == {"answer_share"}


def test_an_answer_does_not_end_what_was_not_read(desk: Desk) -> None:
    _share, code = taken_on(desk)
    rule(desk)
    desk.do(desk.support, actions.answer, code=code, reply="mag_niets_zeggen")
    assert desk.row(code).state == "done"
    assert desk.steps(code, desk.support) == {STEP}
    desk.do(desk.support, actions.note_contact_read, code=code, seen=seen(desk, code))
    assert desk.steps(code, desk.support) == set()
    assert desk.row(code).recipient_closed is not None


def test_who_supported_before_a_move_hears_nothing_new_once_another_took_that_on(desk: Desk) -> None:
    """Until then nobody else may call, so until then a rule reaches the one who does."""
    _share, old = taken_on(desk)
    moved = files.Details(state="in_care", person=files.Person(subregion="Hollands Midden"))
    desk.do(desk.coordinator, files.write_details, code=desk.code, revision=None, details=moved)
    view = desk.do(desk.coordinator, care_file, code=desk.code)
    assert (view.support.code, view.support.own) == ("leger_des_heils", False)
    other = samples.actor("avim@politie.example")
    _next, new = desk.sent(to="avim", recipient="Een ander", chosen="call_name contact")
    rule(desk)
    assert STEP in desk.steps(old, desk.support)
    desk.do(desk.support, actions.note_contact_read, code=old, seen=seen(desk, old))

    desk.do(other, actions.accept, code=new)
    rule(desk, "0611111111")
    assert STEP not in desk.steps(old, desk.support)
    assert STEP in desk.steps(new, other)
    body = desk.do(desk.support, queries.received_share, code=old).body
    assert body is not None
    assert not any("0611111111" in part.text for part in body.parts)


def test_a_file_keeps_where_the_person_is_when_nothing_is_said_of_it(desk: Desk) -> None:
    before = desk.do(desk.coordinator, care_file, code=desk.code).person.subregion
    same = files.Details(state="in_care", person=files.Person(call_name="Mei"))
    desk.do(desk.coordinator, files.write_details, code=desk.code, revision=None, details=same)
    assert before
    assert desk.do(desk.coordinator, care_file, code=desk.code).person.subregion == before
