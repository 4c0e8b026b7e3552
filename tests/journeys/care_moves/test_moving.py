"""A client goes to another care organisation: with a yes, when that one takes over, and never half."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_consents import SAID
from tests.journeys.care_files.test_endings import details
from tests.journeys.care_files.test_files import seen
from tests.journeys.care_shares.conftest import COORDINATOR, SUPPORT, TOWN, Desk, made
from tests.reading import as_read

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.actions import Meeting, Planned
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_moves import actions, queries
from sluitend.journeys.care_moves.models import CareMove
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.expiring import expire_all
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
CHOSEN = "call_name contact language age_group"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def desk(region: Any) -> Desk:
    return made()


def agreed(desk: Desk, **changes: str) -> str:
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    given = {
        "what": "move",
        "to": "leger_des_heils",
        "recipient": "Leger des Heils",
        "chosen": CHOSEN,
        "parts": "wat meegaat",
        "purpose": "andere organisatie",
        "until": until,
        "answer": "yes",
        "form": "paper",
        **changes,
    }
    desk.do(desk.coordinator, files.share, code=desk.code, wanted=files.Share(**given), revision=None)
    return desk.shares()[-1].id


def offered(desk: Desk, **changes: str) -> tuple[str, str]:
    share = agreed(desk, **changes)
    return share, desk.do(desk.coordinator, files.send, code=desk.code, share=share)


def clock(desk: Desk) -> None:
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        files.end_moved(system)


def own_files(who: Actor) -> list[str]:
    with acting(who):
        return list(CareFile.objects.filter(closed__isnull=True).values_list("code", flat=True))


def lines(who: Actor) -> set[tuple[str, str]]:
    with acting(who):
        return set(Event.objects.filter(subject_kind="care_move").values_list("action", "purpose"))


def state(desk: Desk, code: str) -> str:
    with acting(desk.coordinator):
        return CareMove.objects.get(code=code).state


def test_taking_over_makes_a_file_there_and_ends_the_one_here(desk: Desk) -> None:
    _share, code = offered(desk)
    assert own_files(desk.support) == []
    new = desk.do(desk.support, actions.accept, code=code)
    assert own_files(desk.support) == [new]
    there, here = seen(desk.support, new), seen(desk.coordinator, desk.code)
    assert (there.person.call_name, there.person.language) == (here.person.call_name, here.person.language)
    assert [each.words for each in there.rules] == [each.words for each in here.rules]
    assert there.help is not None
    assert there.help.words == "Nog niet besproken"  # no answer goes along
    with pytest.raises(DomainError, match="De cliënt is overgenomen"):
        desk.do(desk.coordinator, files.write_details, code=desk.code, details=details(), revision=None)
    clock(desk)
    here = seen(desk.coordinator, desk.code)
    assert (here.closed, here.ended) == (True, "Overgedragen aan een andere organisatie")
    assert here.kept_until
    with pytest.raises(Absent):
        seen(desk.coordinator, new)
    with pytest.raises(Absent):
        seen(desk.support, desk.code)


def test_both_sides_have_their_step_and_their_line(desk: Desk) -> None:
    _share, code = offered(desk)
    assert desk.steps(code, desk.support) == {"look_at_move"}
    assert desk.steps(code, desk.coordinator) == {"await_move"}
    desk.do(desk.support, actions.accept, code=code)
    assert desk.steps(code, desk.support) == set()
    assert "move_taken" in desk.steps(code, desk.coordinator)
    desk.do(desk.coordinator, actions.note_read, code=code)
    assert (desk.steps(code, desk.coordinator), state(desk, code)) == (set(), "done")
    assert lines(desk.coordinator) == {("care_move.send", ""), ("care_move.follow", "noted")}
    assert lines(desk.support) == {("care_move.take", "accept")}
    with pytest.raises(DomainError, match="De cliënt is overgenomen"):
        desk.do(desk.coordinator, files.write_details, code=desk.code, details=details(), revision=None)
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, actions.note_read, code=code)


def test_a_refusal_leaves_all_as_it_was_and_nobody_read_it(desk: Desk, client_for: ClientFor) -> None:
    share, code = offered(desk)
    browser, path = client_for(SUPPORT), f"/werk/zorgoverdracht/{code}/"
    page = as_read(browser.get(path).text)
    assert "U ziet om wie het gaat als u overneemt" in page
    assert samples.PLANT not in page
    assert browser.post(f"{path}teruggeven/", {"reason": ""}).status_code == 422
    assert browser.post(f"{path}teruggeven/", {"reason": "full"}).status_code == 302
    assert (state(desk, code), own_files(desk.support)) == ("returned", [])
    assert "move_back" in desk.steps(code, desk.coordinator)
    clock(desk)
    assert own_files(desk.coordinator) == [desk.code]
    same = details(age_group="adult")
    desk.do(desk.coordinator, files.write_details, code=desk.code, details=same, revision=None)
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.coordinator, files.send, code=desk.code, share=share)  # they may have room later
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.send, code=desk.code, share=share)


def test_what_changed_since_is_offered_anew_and_nobody_takes_over_what_is_not_so(desk: Desk) -> None:
    share, code = offered(desk)
    desk.do(desk.coordinator, files.note_contact, code=desk.code, channel="post", reached="no", against="x")
    assert state(desk, code) == "sent"  # an attempt goes nowhere
    never = files.Rule(channel="call", effect="never")
    desk.do(desk.coordinator, files.add_rule, code=desk.code, rule=never, revision=None)
    assert state(desk, code) == "recalled"
    assert "move_back" in desk.steps(code, desk.coordinator)
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.accept, code=code)
    again = desk.do(desk.coordinator, files.send, code=desk.code, share=share)
    new = desk.do(desk.support, actions.accept, code=again)
    assert len(seen(desk.support, new).rules) == 2


def test_a_yes_that_is_taken_back_in_between_stops_it(desk: Desk) -> None:
    share, code = offered(desk)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    assert state(desk, code) == "recalled"
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.accept, code=code)
    assert (own_files(desk.support), own_files(desk.coordinator)) == ([], [desk.code])


def test_a_yes_that_is_taken_back_after_it_changes_no_owner(desk: Desk) -> None:
    share, code = offered(desk)
    new = desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    assert state(desk, code) == "accepted"
    assert own_files(desk.support) == [new]
    assert [each.recipient for each in seen(desk.coordinator, desk.code).removals] == ["Leger des Heils"]


def test_without_a_yes_nothing_is_offered(desk: Desk) -> None:
    for changes in ({"answer": "no"}, {"until": timezone.localdate().isoformat(), "answer": "later"}):
        share = agreed(desk, **changes)
        with pytest.raises(DomainError):
            desk.do(desk.coordinator, files.send, code=desk.code, share=share)
    with acting(desk.coordinator):
        assert not CareMove.objects.exists()


def test_nothing_goes_while_others_must_hear_something_here(desk: Desk) -> None:
    share, code = desk.sent()
    desk.do(desk.support, shares.accept, code=code)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=[share])
    moves = agreed(desk)
    with pytest.raises(DomainError, match="Overdragen kan nog niet"):
        desk.do(desk.coordinator, files.send, code=desk.code, share=moves)


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_is_open_goes_on_until_somebody_takes_over_and_is_then_ended_here(desk: Desk, when: str) -> None:
    """A refusal must not have cost the person a bed; and the clock waits for what nobody may end any more."""
    code = offered(desk)[1] if when == "after" else ""
    meeting = Meeting("lawyer", "theirs", "Op het kantoor.", "none")
    at = timezone.now() + timedelta(days=3)
    planned = Planned(at=at, minutes=60, worker=desk.coordinator.own_account, meeting=meeting)
    desk.do(desk.coordinator, files.make_appointment, code=desk.code, planned=planned, revision=None)
    request = seen(desk.coordinator, desk.code).request_code
    wish = shelter.Wish("adult", 1, "haaglanden")
    search = desk.do(desk.coordinator, shelter.start, request=request, wish=wish)
    code = code or offered(desk)[1]
    desk.do(desk.support, actions.accept, code=code)
    clock(desk)
    here = seen(desk.coordinator, desk.code)
    assert not here.closed
    (line,) = here.appointments
    with pytest.raises(DomainError, match="alleen nog afronden wat openstaat"):
        desk.do(desk.coordinator, files.make_appointment, code=desk.code, planned=planned, revision=None)
    given = {"appointment": line.id, "became": "cancelled", "revision": line.revision}
    desk.do(desk.coordinator, files.end_appointment, code=desk.code, **given)
    clock(desk)
    assert not seen(desk.coordinator, desk.code).closed
    desk.do(desk.coordinator, shelter.withdraw, code=search)
    clock(desk)
    assert seen(desk.coordinator, desk.code).closed


def test_who_does_not_answer_in_time_leaves_the_client_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _share, code = offered(desk)
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(DomainError, match="De laatste dag is voorbij"):
        desk.do(desk.support, actions.accept, code=code)
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        expire_all(actor=system, today=timezone.localdate())
    clock(desk)
    assert state(desk, code) == "expired"
    assert own_files(desk.coordinator) == [desk.code]


def test_of_two_who_take_over_and_take_back_one_is_first(desk: Desk) -> None:
    _share, code = offered(desk)
    desk.do(desk.coordinator, actions.recall, code=code)
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.accept, code=code)
    _share, code = offered(desk)
    desk.do(desk.support, actions.accept, code=code)
    for act, who in ((actions.recall, desk.coordinator), (actions.accept, desk.support)):
        with pytest.raises(Conflict):
            desk.do(who, act, code=code)
    assert len(own_files(desk.support)) == 1


def test_a_child_arrives_as_a_child_whatever_was_chosen(desk: Desk) -> None:
    desk.do(desk.coordinator, files.write_details, code=desk.code, details=details(), revision=None)
    desk.do(desk.coordinator, files.note_child_route, code=desk.code, told="Nidos", revision=None)
    _share, code = offered(desk, chosen="call_name")
    new = desk.do(desk.support, actions.accept, code=code)
    view = seen(desk.support, new)
    assert view.minor
    assert view.course.child_waits
    assert view.rules == ()  # that was not chosen


@pytest.mark.parametrize("guessed", [False, True])
def test_the_day_on_which_a_child_is_18_is_known_where_the_child_goes(desk: Desk, guessed: bool) -> None:
    desk.do(desk.coordinator, files.write_details, code=desk.code, details=details(), revision=None)
    desk.do(desk.coordinator, files.note_child_route, code=desk.code, told="Nidos", revision=None)
    today = timezone.localdate()
    born = date(today.year - 16, today.month, 1)
    low, high = (15, 17) if guessed else (None, None)
    age = {"born": None if guessed else born, "low": low, "high": high}
    desk.do(desk.coordinator, files.write_age, code=desk.code, revision=None, **age)
    _share, code = offered(desk, chosen="call_name age_group born")
    told = [each.text for each in desk.do(desk.coordinator, queries.sent_move, code=code).parts]
    assert any(("15 en 17" if guessed else str(born.year)) in each for each in told)
    new = desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.support, files.note_child_route, code=new, told="Nidos", revision=None)
    with acting(desk.support):
        file = CareFile.objects.get(code=new)
        waits = NextStep.objects.filter(subject_id=file.id, done__isnull=True).values_list("what", flat=True)
        assert ("ask_age" if guessed else "turns_adult") in waits
    assert seen(desk.support, new).course.age == seen(desk.coordinator, desk.code).course.age


def test_the_day_of_birth_stays_where_the_person_did_not_agree_to_it(desk: Desk) -> None:
    desk.do(desk.coordinator, files.write_details, code=desk.code, details=details(), revision=None)
    desk.do(desk.coordinator, files.note_child_route, code=desk.code, told="Nidos", revision=None)
    born = timezone.localdate() - timedelta(days=16 * 366)
    desk.do(desk.coordinator, files.write_age, code=desk.code, born=born, low=None, high=None, revision=None)
    _share, code = offered(desk, chosen="call_name age_group")
    told = [each.text for each in desk.do(desk.coordinator, queries.sent_move, code=code).parts]
    assert not any(str(born.year) in each for each in told)
    new = desk.do(desk.support, actions.accept, code=code)
    assert seen(desk.support, new).course.age == ""


def test_the_whole_file_goes_along_where_both_keep_it(desk: Desk) -> None:
    desk.code = samples.care_file()
    with acting(desk.support):
        samples.keep_whole_files(desk.support)
    wrote = {"section": "goals", "row": "", "values": {"step": "Zoek een huis"}, "revision": None}
    desk.do(desk.coordinator, files.write_part, code=desk.code, **wrote)
    _share, code = offered(desk, chosen="call_name whole")
    told = [each.text for each in desk.do(desk.coordinator, queries.sent_move, code=code).parts]
    assert any("\n" in each for each in told)  # each thing that was written on a line of its own
    new = desk.do(desk.support, actions.accept, code=code)
    with acting(desk.support):
        (row,) = CareFile.objects.filter(code=new)
        assert row.whole is not None
    desk.code = samples.care_file()
    _share, code = offered(desk, chosen="call_name")
    new = desk.do(desk.support, actions.accept, code=code)
    with acting(desk.support):
        (row,) = CareFile.objects.filter(code=new)
        assert row.whole is None


def test_the_pages_ask_offer_and_follow(desk: Desk, client_for: ClientFor) -> None:
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{desk.code}/"
    asked = browser.get(f"{path}delen/overdracht/")
    assert "Het volledige dossier" not in as_read(asked.text)
    sent = {
        **{name: str(getattr(SAID, name)) for name in ("answer", "form", "language", "witness")},
        "recipient": "leger_des_heils",
        "chosen": CHOSEN.split(),
        "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "alone": "on",
    }
    assert browser.post(f"{path}delen/overdracht/", sent).status_code == 302
    share = desk.shares()[-1].id
    assert "over te nemen" in as_read(browser.get(path).text)
    assert browser.post(f"{path}versturen/{share}/").status_code == 302
    with acting(desk.coordinator):
        code = CareMove.objects.get().code
    page = f"/werk/zorgoverdracht/{code}/"
    assert "Wat meegaat" in as_read(browser.get(page).text)
    taken = client_for(SUPPORT).post(f"{page}overnemen/")
    assert taken.url.startswith("/werk/zorg/dossier/F-")  # type: ignore[attr-defined]
    assert "heeft nu een eigen dossier" in as_read(browser.get(page).text)
    assert client_for(TOWN).get(page).status_code == 404


def test_who_is_on_neither_side_learns_nothing(desk: Desk) -> None:
    _share, code = offered(desk)
    stranger = samples.actor("avim@politie.example")
    for query in (queries.sent_move, queries.received_move):
        with pytest.raises(Absent):
            desk.do(stranger, query, code=code)
    with acting(stranger):
        assert not CareMove.objects.exists()
