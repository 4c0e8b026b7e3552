"""Appointments: made, moved, noted; reminded only as the person allows; a calendar of moments alone."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from tests import roles, samples
from tests.journeys.care_files.test_consents import answer
from tests.journeys.care_files.test_endings import at, close
from tests.journeys.care_files.test_files import (
    ANY_TIME,
    COORDINATOR,
    ClientFor,
    begun,
    beside,
    do,
    seen,
    step,
)
from tests.reading import as_read

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.actions import Meeting, Planned, Rule
from sluitend.journeys.care_files.calendar import Slot, as_calendar
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Role

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENT = "BEGIN:VEVENT"
PLACE = f"de kamer {samples.PLANT}"


@pytest.fixture
def coordinator(region: Any, monkeypatch: pytest.MonkeyPatch) -> Actor:
    at(monkeypatch, "2026-12-01")
    return samples.actor(COORDINATOR)


def moment(day: str, hour: int = 11, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), AMSTERDAM)


def make(actor: Actor, code: str, when: datetime, **parts: str) -> None:
    given = {"kind": "lawyer", "place_kind": "theirs", "place": PLACE, "interpreter": "none", **parts}
    planned = Planned(at=when, minutes=60, worker=actor.own_account, meeting=Meeting(**given))
    do(actor, actions.make_appointment, code=code, planned=planned, revision=None)


def only(actor: Actor, code: str) -> Any:
    (line,) = seen(actor, code).appointments
    return line


def clock(actor: Actor) -> int:
    with acting(system_actor(actor.own_organisation)) as system:
        return actions.appointments_by_clock(system)


def end(actor: Actor, code: str, became: str) -> None:
    line = only(actor, code)
    do(actor, actions.end_appointment, code=code, appointment=line.id, became=became, revision=line.revision)


def test_who_met_the_person_is_asked_anew_how_it_goes(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _request, code = begun(coordinator)
    answer(coordinator, code, kind="help_agreement", form="spoken", witness="lawyer")
    assert step(coordinator, code) == "follow_file"
    first = due(coordinator, code)
    make(coordinator, code, moment("2026-12-09"))
    at(monkeypatch, "2026-12-10")
    end(coordinator, code, "missed")
    assert due(coordinator, code) == first
    make(coordinator, code, moment("2026-12-11"))
    at(monkeypatch, "2026-12-12")
    line = next(each for each in seen(coordinator, code).appointments if each.state == "Afgesproken")
    do(
        coordinator,
        actions.end_appointment,
        code=code,
        appointment=line.id,
        became="kept",
        revision=line.revision,
    )
    assert step(coordinator, code) == "follow_file"
    assert due(coordinator, code) > first


def due(actor: Actor, code: str) -> datetime:
    """Return before when the next step of a file is to be done."""
    with acting(actor):
        found = CareFile.objects.select_related("current_step").get(code=code).current_step
    assert found is not None
    return found.due


def test_an_appointment_is_on_the_file_and_in_the_agenda_without_a_name(
    coordinator: Actor, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    line = only(coordinator, code)
    assert (line.kind, line.where, line.state) == ("Advocaat", f"Bij de ander, {PLACE}", "Afgesproken")
    browser: Client = client_for(COORDINATOR)
    page = as_read(browser.get("/werk/agenda/").text)
    assert code in page
    assert "11:00–12:00" in page
    assert samples.PLANT not in page
    assert PLACE in as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    with acting(coordinator):
        assert Event.objects.filter(action="care_file.meet").count() == 1
        assert PLACE.encode() not in bytes(Appointment.objects.get().content or b"")


@pytest.mark.parametrize("who", ["avim@politie.example", "zorg@legerdesheils.example", "af@denhaag.example"])
def test_who_works_elsewhere_sees_no_appointment(who: str, coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    line, browser = only(coordinator, code), client_for(who)
    assert browser.get(f"/werk/zorg/dossier/{code}/afspraak/{line.id}/").status_code == 404
    with acting(samples.actor(who)):
        assert not Appointment.objects.exists()
    assert code not in browser.get("/werk/agenda/").text


@pytest.mark.parametrize("words", ["Kerkstraat 12", "bij 2511 AB", "2511CV 8"])
def test_words_that_look_like_an_address_are_refused(words: str, coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    with pytest.raises(DomainError, match="Dit lijkt op een adres") as refused:
        make(coordinator, code, moment("2026-12-03"), place=words)
    assert refused.value.field == "place"


def test_an_appointment_is_moved_and_keeps_when_it_was(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    line = only(coordinator, code)
    path = f"/werk/zorg/dossier/{code}/afspraak/{line.id}/"
    browser = client_for(COORDINATOR)
    assert browser.get(path).status_code == 200
    given = {"day": "2026-12-04", "hour": "14:30", "revision": line.revision}
    assert browser.post(path, given).status_code == 302
    moved = only(coordinator, code)
    assert (moved.at, moved.before) == (moment("2026-12-04", 14, 30), "3 december 2026 11:00")
    assert browser.post(path, given).status_code == 422  # somebody was first
    assert browser.post(path, {**given, "day": "2026-11-01", "revision": ""}).status_code == 422
    with pytest.raises(Absent):
        do(
            coordinator,
            actions.move_appointment,
            code=code,
            appointment=uuid4(),
            at=moment("2026-12-05"),
            revision=None,
        )


def test_what_was_asks_whether_it_took_place(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    with pytest.raises(DomainError, match="Sluiten kan nog niet: afspraak op 3 december 2026"):
        close(coordinator, code, "safe_own")
    with pytest.raises(DomainError, match="nog niet geweest"):
        end(coordinator, code, "kept")
    clock(coordinator)
    assert step(coordinator, code) == "discuss_help"
    at(monkeypatch, "2026-12-03", 12)
    clock(coordinator)
    assert step(coordinator, code) == "note_appointment"
    with acting(coordinator):
        before = Event.objects.count()
    clock(coordinator)
    with acting(coordinator):
        assert Event.objects.count() == before
    end(coordinator, code, "missed")
    assert only(coordinator, code).state == "Persoon kwam niet"
    assert step(coordinator, code) == "discuss_help"
    with pytest.raises(Conflict):
        end(coordinator, code, "kept")


def test_the_page_notes_what_became_of_it(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/afspraak/"
    given = {
        "kind": "us",
        "day": "2026-12-03",
        "hour": "10:15",
        "minutes": "30",
        "place_kind": "ours",
        "place": "kamer twee",
        "interpreter": "none",
        "worker": str(coordinator.account_id),
    }
    assert browser.post(path, {**given, "place": "Kerkstraat 12"}).status_code == 422
    assert browser.post(path, given).status_code == 302
    line = only(coordinator, code)
    assert line.at == moment("2026-12-03", 10, 15)
    path = f"{path}{line.id}/uitkomst/"
    assert browser.post(path, {"became": "kept"}).status_code == 422
    assert browser.post(path, {"became": "cancelled", "revision": line.revision}).status_code == 302
    assert only(coordinator, code).state == "Afgezegd"


def test_a_reminder_that_a_rule_forbids_is_refused_when_it_is_made(coordinator: Actor) -> None:
    _request, code = begun(coordinator)  # calling alone, on working days between ten and twelve
    with pytest.raises(DomainError, match=r"Nu niet\. De persoon vroeg: bellen") as refused:
        make(coordinator, code, moment("2026-12-03", 9), remind_before="day", remind_by="call")
    assert refused.value.field == "remind_by"
    with pytest.raises(DomainError, match=r"Niet zo\. De persoon vroeg: alleen bellen"):
        make(coordinator, code, moment("2026-12-03"), remind_before="day", remind_by="email")
    with pytest.raises(DomainError, match="Kies een manier"):
        make(coordinator, code, moment("2026-12-03"), remind_before="day")
    with pytest.raises(DomainError, match="het te laat"):
        make(coordinator, code, moment("2026-12-01", 12), remind_before="day", remind_by="call")
    assert seen(coordinator, code).appointments == ()
    make(coordinator, code, moment("2026-12-03"), remind_before="day", remind_by="call")
    line = only(coordinator, code)
    with pytest.raises(DomainError, match=r"Nu niet\. De persoon vroeg: bellen"):
        do(
            coordinator,
            actions.move_appointment,
            code=code,
            appointment=line.id,
            at=moment("2026-12-04", 15),
            revision=None,
        )
    assert only(coordinator, code).at == line.at


def test_a_reminder_leaves_as_a_step_for_who_works_there(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"), remind_before="day", remind_by="call")
    at(monkeypatch, "2026-12-02", 10)
    clock(coordinator)
    assert step(coordinator, code) == "discuss_help"
    at(monkeypatch, "2026-12-02", 11)
    clock(coordinator)
    assert beside(coordinator, code) == [("remind_person", date(2026, 12, 2))]
    line = only(coordinator, code)
    assert line.reminder == "De dag ervoor, bellen: herinner nu"
    path = f"/werk/zorg/dossier/{code}/afspraak/{line.id}/herinnerd/"
    assert client_for(COORDINATOR).post(path, {"revision": line.revision}).status_code == 302
    assert (step(coordinator, code), beside(coordinator, code)) == ("discuss_help", [])
    with pytest.raises(Conflict):
        do(coordinator, actions.reminded, code=code, appointment=line.id, revision=None)


def test_a_rule_of_since_then_stops_a_reminder_that_waited(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    make(coordinator, code, moment("2026-12-03"), remind_before="day", remind_by="call")
    do(coordinator, actions.stop_contact, code=code, until=date(2026, 12, 10), revision=None)
    at(monkeypatch, "2026-12-02", 11)
    clock(coordinator)
    assert beside(coordinator, code) == [("remind_otherwise", date(2026, 12, 2))]
    assert only(coordinator, code).reminder.endswith("mag nu niet")


def test_a_rule_added_since_then_stops_it_too(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    make(coordinator, code, moment("2026-12-03"), remind_before="hours", remind_by="call")
    rule = Rule(channel="call", effect="never", days="any")
    do(coordinator, actions.add_rule, code=code, rule=rule, revision=None)
    at(monkeypatch, "2026-12-03", 9)
    clock(coordinator)
    assert beside(coordinator, code) == [("remind_otherwise", date(2026, 12, 3))]
    at(monkeypatch, "2026-12-03", 13)  # it is over: nobody is reminded any more
    clock(coordinator)
    assert (step(coordinator, code), beside(coordinator, code)) == ("note_appointment", [])


def test_what_waits_for_others_hides_no_reminder_and_what_is_over_reminds_of_nothing(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking back what was shared waits for an answer of others, for days."""
    _request, code = begun(coordinator, **ANY_TIME)
    answer(coordinator, code, kind="registration")
    do(coordinator, actions.withdraw, code=code, what="registration")
    assert step(coordinator, code) == "ask_removal"
    for day in ("2026-12-03", "2026-12-04"):
        make(coordinator, code, moment(day), remind_before="day", remind_by="call")
    at(monkeypatch, "2026-12-02", 11)
    clock(coordinator)
    assert (step(coordinator, code), beside(coordinator, code)) == (
        "ask_removal",
        [("remind_person", date(2026, 12, 2))],
    )
    at(monkeypatch, "2026-12-03", 11)
    clock(coordinator)
    assert [what for what, _day in beside(coordinator, code)] == ["remind_person"] * 2
    at(monkeypatch, "2026-12-03", 12)
    clock(coordinator)
    assert beside(coordinator, code) == [("remind_person", date(2026, 12, 3))]
    at(monkeypatch, "2026-12-04", 12)
    clock(coordinator)
    assert (step(coordinator, code), beside(coordinator, code)) == ("ask_removal", [])
    with acting(coordinator):
        before = Event.objects.count()
    clock(coordinator)
    with acting(coordinator):
        assert Event.objects.count() == before


@pytest.mark.parametrize("how", ["never", "stop", "end"])
def test_a_reminder_that_is_due_stops_once_the_person_forbids_that_way(
    how: str, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contact in that way may be dangerous by now: nobody is told to make it any more."""
    _request, code = begun(coordinator, **ANY_TIME)
    make(coordinator, code, moment("2026-12-03"), remind_before="day", remind_by="call")
    at(monkeypatch, "2026-12-02", 11)
    clock(coordinator)
    other = Rule(channel="email", effect="never", days="any")
    do(coordinator, actions.add_rule, code=code, rule=other, revision=None)
    assert beside(coordinator, code) == [("remind_person", date(2026, 12, 2))]
    if how == "never":
        rule = Rule(channel="call", effect="never", days="any")
        do(coordinator, actions.add_rule, code=code, rule=rule, revision=None)
    elif how == "stop":
        do(coordinator, actions.stop_contact, code=code, until=date(2026, 12, 10), revision=None)
    else:
        (called,) = (each for each in seen(coordinator, code).rules if "bellen" in each.words)
        do(coordinator, actions.end_rule, code=code, rule=called.id, revision=None)
    assert beside(coordinator, code) == [("remind_otherwise", date(2026, 12, 2))]
    assert only(coordinator, code).reminder.endswith("mag nu niet")
    clock(coordinator)
    assert beside(coordinator, code) == [("remind_otherwise", date(2026, 12, 2))]


@pytest.fixture
def colleague(coordinator: Actor) -> Actor:
    """Somebody who works beside the coordinator."""
    account = Account.objects.create_user("collega@shop.example", "Merel Schouten", "lang-genoeg-woord")
    Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
    roles.give(account.pk, coordinator.own_organisation, Role.PARTNER)
    return samples.actor("collega@shop.example")


def give(actor: Actor, code: str, worker: UUID) -> None:
    line = only(actor, code)
    given = {"appointment": line.id, "worker": worker, "revision": line.revision}
    do(actor, actions.give_appointment, code=code, **given)


def test_what_a_colleague_had_who_left_is_given_to_somebody_who_is_there(
    coordinator: Actor, colleague: Actor, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    make(colleague, code, moment("2026-12-05"))
    clock(coordinator)
    assert beside(coordinator, code) == []
    feed = address(client_for(COORDINATOR))
    assert EVENT not in Client().get(feed).text
    Account.objects.filter(pk=colleague.own_account).update(is_active=False)
    for _time in range(2):
        clock(coordinator)
        assert beside(coordinator, code) == [("give_appointment", date(2026, 12, 1))]
    browser = client_for(COORDINATOR)
    assert "Nog niemand" in as_read(browser.get("/werk/agenda/").text)
    assert "Wie dit zou doen, geeft hier geen zorg meer." in as_read(
        browser.get(f"/werk/zorg/dossier/{code}/").text
    )
    line = only(coordinator, code)
    path = f"/werk/zorg/dossier/{code}/afspraak/{line.id}/"
    assert "die hier geen zorg meer geeft" in as_read(browser.get(path).text)
    gone = {"worker": str(colleague.own_account), "revision": line.revision}
    assert browser.post(f"{path}collega/", gone).status_code == 422
    given = {"worker": str(coordinator.own_account), "revision": line.revision}
    assert browser.post(f"{path}collega/", given).status_code == 302
    assert beside(coordinator, code) == []
    assert "Nog niemand" not in as_read(browser.get("/werk/agenda/").text)
    assert EVENT in Client().get(feed).text
    assert browser.post(f"{path}collega/", given).status_code == 422  # somebody was first


def test_whoever_is_ill_gives_an_appointment_away_and_no_stranger_gets_it(
    coordinator: Actor, colleague: Actor
) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-05"))
    with pytest.raises(DomainError, match="Kies een collega"):
        give(coordinator, code, samples.actor("zorg@legerdesheils.example").own_account)
    give(coordinator, code, colleague.own_account)
    assert only(coordinator, code).worker == "Merel Schouten"
    with acting(coordinator), pytest.raises(DatabaseError):
        Appointment.objects.update(file_id=uuid4())


def test_once_its_moment_has_passed_nobody_is_asked_who_does_it(
    coordinator: Actor, colleague: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _request, code = begun(coordinator)
    make(colleague, code, moment("2026-12-05"))
    Account.objects.filter(pk=colleague.own_account).update(is_active=False)
    clock(coordinator)
    assert beside(coordinator, code) != []
    at(monkeypatch, "2026-12-06")
    clock(coordinator)
    assert (step(coordinator, code), beside(coordinator, code)) == ("note_appointment", [])


def address(browser: Client) -> str:
    page = browser.post("/werk/agenda/adres/").text
    (found,) = re.findall(r"/werk/agenda/[\w-]+\.ics", page)
    return str(found)


def test_a_calendar_tells_moments_and_nothing_else(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    browser = client_for(COORDINATOR)
    secret = address(browser)
    assert secret not in browser.get("/werk/agenda/").text
    stranger = Client()
    answer = stranger.get(secret)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;TZID=Europe/Amsterdam:20261203T110000\r\n" in answer.text
    assert "SUMMARY:Afspraak\r\n" in answer.text
    for planted in (samples.PLANT, code, "Advocaat", "SHOP", COORDINATOR, "Anouk", "Mei"):
        assert planted not in answer.text
    assert stranger.post(secret).status_code == 405
    end(coordinator, code, "cancelled")
    assert "STATUS:CANCELLED\r\n" in stranger.get(secret).text


def test_an_address_that_was_renewed_or_stopped_opens_nothing(
    coordinator: Actor, client_for: ClientFor
) -> None:
    browser, stranger = client_for(COORDINATOR), Client()
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    first = address(browser)
    assert EVENT in stranger.get(first).text
    second = address(browser)
    assert EVENT not in stranger.get(first).text
    assert EVENT in stranger.get(second).text
    assert browser.post("/werk/agenda/stop/").status_code == 302
    assert stranger.get(second).text.startswith("BEGIN:VCALENDAR\r\n")
    assert EVENT not in stranger.get(second).text
    with acting(coordinator):
        said = Event.objects.filter(action="care_agenda.feed").values_list("purpose", flat=True)
        assert sorted(said) == ["make", "make", "stop"]


def test_an_address_ends_with_the_account(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    make(coordinator, code, moment("2026-12-03"))
    token = do(coordinator, actions.make_feed)
    with acting(NOBODY):
        assert EVENT in queries.feed(token)
    Account.objects.filter(pk=coordinator.own_account).update(is_active=False)
    with acting(NOBODY):
        assert EVENT not in queries.feed(token)


def slot(when: datetime, minutes: int) -> str:
    made = Slot(UUID(int=7), when, minutes, 3, False)
    return as_calendar([made], now=moment("2026-12-01"))


def test_a_calendar_knows_the_hour_that_comes_twice() -> None:
    before = slot(moment("2026-10-25", 1, 30), 60)
    assert "DTSTART;TZID=Europe/Amsterdam:20261025T013000\r\n" in before
    assert "DTEND;TZID=Europe/Amsterdam:20261025T023000\r\n" in before
    # Half past two comes twice: the second one is said in UTC, for the clock says the first.
    across = slot(moment("2026-10-25", 2, 0), 90)
    assert "DTSTART;TZID=Europe/Amsterdam:20261025T020000\r\n" in across
    assert "DTEND:20261025T013000Z\r\n" in across
    spring = slot(moment("2027-03-28", 1, 30), 60)
    assert "DTEND;TZID=Europe/Amsterdam:20270328T033000\r\n" in spring
    assert "SEQUENCE:2\r\n" in spring


def test_no_line_of_a_calendar_is_longer_than_the_standard_allows() -> None:
    text = slot(moment("2026-12-03") + timedelta(minutes=15), 30)
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")
