"""The care coordinator: the list without names, the contact rule first, each verb with its step."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read

from sluitend.journeys.care import actions, queries
from sluitend.journeys.care.content import RequestContent
from sluitend.journeys.care.handled import Handled
from sluitend.journeys.reports import actions as report_actions
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.jobs import mail_new_work
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db
COORDINATOR = "zorg@shop.example"
TUESDAY = datetime(2026, 12, 1, 11, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ANY_TIME = {"safe_contact_days": "any", "safe_contact_start": "", "safe_contact_end": ""}
type ClientFor = Callable[[str], Client]


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


def do(actor: Actor, action: Callable[..., Any], **arguments: Any) -> Any:
    with acting(actor):
        return action(actor=actor, **arguments)


def seen(actor: Actor, code: str, at: datetime | None = None) -> queries.RequestView:
    return do(actor, queries.request, code=code, at=at)  # type: ignore[no-any-return]


def step(code: str) -> NextStep:
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        return NextStep.objects.get(code=code, done__isnull=True)


def box(receipt: str) -> reports.MailboxView:
    with acting(NOBODY):
        found = reports.mailbox(receipt)
    assert found is not None
    return found


def test_the_list_puts_the_hurried_first_and_names_nobody(coordinator: Actor, client_for: ClientFor) -> None:
    ordinary, _ = samples.ask_for_help()
    hurried, _ = samples.ask_for_help(bed_tonight="nee")
    page = as_read(client_for(COORDINATOR).get("/werk/zorg/").text)
    assert page.index(hurried) < page.index(ordinary)
    assert "Nog geen plek voor vannacht, Haaglanden" in page
    for hidden in (samples.PLANT, samples.PLANTED_PHONE, "Mei", "Loes"):
        assert hidden not in page


def test_opening_shows_the_rule_first_and_stands_in_the_ledger(
    coordinator: Actor, client_for: ClientFor
) -> None:
    code, _ = samples.ask_for_help()
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/{code}/").text)
    rule = page.index("Alleen zo: bellen, 0612345678.")
    assert "Op werkdagen van 10:00 tot 12:00." in page
    assert "Laat geen bericht achter." in page
    assert rule < page.index("Wat er is verteld") < page.index("Wie vroeg dit")
    assert "Deze termijn is nog niet bevestigd." in page
    with acting(coordinator):
        lines = Event.objects.filter(action="care.read", organisation_id=coordinator.own_organisation)
        assert lines.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"safe_contact": "through_asker"}, "Alleen via de aanvrager."),
        ({"safe_contact": "weet_niet"}, "Er is nog geen regel voor contact. Vraag eerst de aanvrager."),
        ({"watched": "weet_niet"}, "Misschien leest of luistert iemand mee: stuur niets naar de persoon."),
        ({"safe_contact_voicemail": ""}, "Laat geen bericht achter."),
    ],
)
def test_what_is_not_said_is_not_allowed(coordinator: Actor, changes: dict[str, str], said: str) -> None:
    code, _ = samples.ask_for_help(**changes)
    view = seen(coordinator, code, at=TUESDAY)
    assert said in view.rule
    may_call = [each.label for each in view.ways if each.href]
    assert bool(may_call) is (changes.get("safe_contact") is None)


@pytest.mark.parametrize(
    ("changes", "at", "called", "not_now"),
    [
        ({}, TUESDAY, True, False),
        ({}, TUESDAY.replace(hour=9, minute=30), False, True),
        ({}, TUESDAY.replace(hour=12), False, True),
        ({}, TUESDAY + timedelta(days=4), False, True),
        ({"safe_contact_days": "any"}, TUESDAY + timedelta(days=4), True, False),
        ({"safe_contact_start": "", "safe_contact_end": ""}, TUESDAY.replace(hour=9), True, False),
        ({"safe_contact_start": "25:99"}, TUESDAY, False, False),
        ({"safe_contact": "text_message"}, TUESDAY, False, False),
    ],
)
def test_nobody_is_called_outside_the_time_that_was_asked_for(
    coordinator: Actor, changes: dict[str, str], at: datetime, called: bool, not_now: bool
) -> None:
    code, _ = samples.ask_for_help(**changes)
    view = seen(coordinator, code, at=at)
    calls = [each for each in view.ways if each.label == "Bellen"]
    assert (any(each.href for each in calls), any(each.why_not for each in calls)) == (called, not_now)


def test_a_request_from_beginning_to_end(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch, client_for: ClientFor
) -> None:
    code, receipt = samples.ask_for_help(**ANY_TIME)
    assert box(receipt).sentence.startswith("Uw vraag is aangekomen. U hoort van ons uiterlijk ")
    do(coordinator, actions.take_on, code=code)
    assert box(receipt).sentence == "De hulp is met uw vraag bezig."
    assert step(code).what == "contact_person"
    do(coordinator, actions.note_attempt, code=code, channel="call", reached="no")
    assert (step(code).what, seen(coordinator, code).state_words) == ("contact_person", "Contact geprobeerd")
    do(coordinator, actions.note_attempt, code=code, channel="call", reached="yes")
    assert (step(code).what, seen(coordinator, code).state_words) == ("go_on_with", "In contact")
    do(coordinator, actions.tell, code=code, sentence="offered", text="Belt u mij terug?")
    assert box(receipt).messages[-1].text.splitlines() == [
        "Er is hulp aangeboden. Over de persoon mogen wij niets vertellen.",
        "Belt u mij terug?",
    ]
    do(coordinator, actions.ask_back, code=code, text="Is donderdag goed?")
    assert step(code).waits_on_other
    assert box(receipt).sentence.startswith("Wij hebben een vraag aan u.")
    with acting(NOBODY):
        report_actions.answer_question(receipt=receipt, text="Ja, om tien uur")
    with acting(system_actor(coordinator.own_organisation)) as system:
        report_actions.sweep(system)
    assert (step(code).what, step(code).owner_role) == ("read_asker", "partner")
    assert "Ja, om tien uur" in as_read(client_for(COORDINATOR).get(f"/werk/zorg/{code}/").text)
    do(coordinator, actions.hear, code=code)
    assert step(code).what == "go_on_with"
    do(coordinator, actions.close, code=code, end="safe_own")
    view = seen(coordinator, code)
    assert (view.closed, view.ended) == (True, "Veilig en zelf verder")
    assert box(receipt).sentence == "De hulp is klaar met uw vraag. Dank u wel."
    with acting(coordinator):
        row = Report.objects.get(code=code)
        assert not NextStep.objects.filter(code=code, done__isnull=True).exists()
        assert row.retention_until is not None


def test_a_question_for_advice_is_answered_and_done(coordinator: Actor) -> None:
    code, receipt = samples.ask_for_help(start="advies")
    assert step(code).what == "answer_consult"
    with pytest.raises(Conflict):
        do(coordinator, actions.take_on, code=code)
    with pytest.raises(DomainError):
        do(coordinator, actions.advise, code=code, text="  ")
    do(coordinator, actions.advise, code=code, text="Praat alleen met haar.")
    assert box(receipt).messages[-1].text == "Praat alleen met haar."
    assert seen(coordinator, code).closed


def test_no_contact_any_more_needs_three_attempts_on_two_days(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _ = samples.ask_for_help(**ANY_TIME)
    do(coordinator, actions.take_on, code=code)
    for _attempt in range(3):
        do(coordinator, actions.note_attempt, code=code, channel="call", reached="no")
        with pytest.raises(DomainError, match="Probeer eerst 3 keer contact"):
            do(coordinator, actions.close, code=code, end="lost")
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + timedelta(days=1))
    do(coordinator, actions.note_attempt, code=code, channel="call", reached="no")
    do(coordinator, actions.close, code=code, end="lost")
    assert seen(coordinator, code).ended == "Geen contact meer"


def test_who_answered_is_lost_only_by_attempts_after_that(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _ = samples.ask_for_help(**ANY_TIME)
    do(coordinator, actions.take_on, code=code)
    right = timezone.now
    for day, reached in enumerate(("yes", "no", "yes", "no", "no", "no")):
        with pytest.raises(DomainError, match=r"Probeer (eerst|na het laatste gesprek) 3 keer contact"):
            do(coordinator, actions.close, code=code, end="lost")
        monkeypatch.setattr(timezone, "now", lambda day=day: right() + timedelta(days=day))
        do(coordinator, actions.note_attempt, code=code, channel="call", reached=reached)
    do(coordinator, actions.close, code=code, end="lost")
    assert seen(coordinator, code).ended == "Geen contact meer"


def test_what_does_not_fit_the_state_is_refused_and_changes_nothing(coordinator: Actor) -> None:
    code, receipt = samples.ask_for_help()
    with pytest.raises(Conflict):
        do(coordinator, actions.hear, code=code)
    with pytest.raises(Conflict):
        do(coordinator, actions.note_attempt, code=code, channel="call", reached="no")
    with pytest.raises(Conflict):
        do(coordinator, actions.tell, code=code, sentence="offered")
    with pytest.raises(DomainError):
        do(coordinator, actions.close, code=code, end="not an outcome")
    do(coordinator, actions.take_on, code=code)
    with pytest.raises(Conflict):
        do(coordinator, actions.take_on, code=code)
    with pytest.raises(DomainError):
        do(coordinator, actions.tell, code=code, sentence="done")
    assert [each.text for each in box(receipt).messages] == ["De hulp is met uw vraag bezig."]
    do(coordinator, actions.close, code=code, end="stopped")
    with pytest.raises(Conflict):
        do(coordinator, actions.close, code=code, end="stopped")
    with pytest.raises(Conflict):
        do(coordinator, actions.ask_back, code=code, text="Nog iets?")


def test_a_message_after_the_end_is_read_and_done(coordinator: Actor) -> None:
    code, receipt = samples.ask_for_help()
    do(coordinator, actions.take_on, code=code)
    do(coordinator, actions.close, code=code, end="stopped")
    with acting(NOBODY):
        report_actions.add_to_report(receipt=receipt, text="Zij belde mij weer")
    with acting(system_actor(coordinator.own_organisation)) as system:
        report_actions.sweep(system)
    assert step(code).what == "read_asker"
    do(coordinator, actions.hear, code=code)
    assert seen(coordinator, code).closed


@pytest.mark.parametrize("who", ["avim@politie.example", "zorg@legerdesheils.example", "af@denhaag.example"])
def test_who_works_elsewhere_learns_nothing(who: str, coordinator: Actor, client_for: ClientFor) -> None:
    code, _ = samples.ask_for_help(where="GM0518")
    browser = client_for(who)
    there, absent = browser.get(f"/werk/zorg/{code}/"), browser.get("/werk/zorg/Z-0000/")
    assert (there.status_code, absent.status_code) == (404, 404)
    assert there.headers.items() == absent.headers.items()
    assert browser.get("/werk/zorg/").status_code == 404
    assert "/werk/zorg/" not in browser.get("/werk/").text
    actor = samples.actor(who)
    for verb, more in (
        (actions.take_on, {}),
        (actions.ask_back, {"text": "Wie is dit?"}),
        (actions.close, {"end": "stopped"}),
        (queries.request, {}),
    ):
        with pytest.raises(Refused):
            do(actor, verb, code=code, **more)
    assert "/werk/zorg/" in client_for(COORDINATOR).get("/werk/").text


def test_two_requests_with_one_number_meet_at_the_coordinator_only(coordinator: Actor) -> None:
    (one, first_receipt), (other, second_receipt) = samples.ask_for_help(), samples.ask_for_help()
    assert seen(coordinator, one).same == (other,)
    assert seen(coordinator, other).same == (one,)
    apart, _ = samples.ask_for_help(safe_contact_value="06 87 65 43 21")
    assert seen(coordinator, apart).same == ()
    for receipt in (first_receipt, second_receipt):
        assert not {one, other} & set(str(box(receipt)).split("'"))


def test_a_hurried_request_is_mailed_at_once_and_climbs(coordinator: Actor) -> None:
    code, _ = samples.ask_for_help(bed_tonight="nee")
    open_step = step(code)
    assert open_step.urgent
    with acting(coordinator):
        assert not Report.objects.get(code=code).asks_second_eyes
    mail.outbox.clear()
    mail_new_work([str(coordinator.organisation_id)])
    assert [each.to for each in mail.outbox] == [[COORDINATOR]]
    assert code not in str(mail.outbox[0].message())
    with acting(system_actor(coordinator.own_organisation)) as system:
        climbed = escalate(system, open_step.due + timedelta(minutes=20))
    assert open_step.id in {each for each, _rung in climbed.climbed}


def test_what_is_sealed_in_another_form_stops_no_page(coordinator: Actor, client_for: ClientFor) -> None:
    strange: list[Any] = [None, [], "x", {"answers": [1]}, {"answers": {"where": "x", "seen": [1, None]}}]
    for each in strange:
        assert RequestContent.from_json(each).answers in ({}, {"seen": []})
        assert Handled.from_json(each).attempts == ()
    code, _ = samples.ask_for_help(safe_contact_start="10:00", where="elsewhere", children_age_0_3="2")
    page = client_for(COORDINATOR).get(f"/werk/zorg/{code}/")
    assert "2 × 0 tot en met 3 jaar" in as_read(page.text)


def test_the_forms_of_the_page_do_what_they_say(coordinator: Actor, client_for: ClientFor) -> None:
    browser = client_for(COORDINATOR)
    code, receipt = samples.ask_for_help(**ANY_TIME)

    def post(address: str, **data: str | Collection[str]) -> Any:
        return browser.post(f"/werk/zorg/{code}/{address}/", data)

    assert post("aannemen").status_code == 302
    assert post("contact", channel="call", reached="").status_code == 422
    assert post("contact", channel="call", reached="yes").status_code == 302
    assert post("bericht", sentence="").status_code == 422
    assert post("bericht", sentence="busy", text="Tot morgen").status_code == 302
    assert post("vraag", text="Haar BSN is 111222333").status_code == 422
    assert post("vraag", text="Kunt u morgen?").status_code == 302
    assert post("gelezen").status_code == 302
    assert post("sluiten", end="lost").status_code == 422
    assert post("sluiten", end="safe_own").status_code == 302
    assert [each.kind for each in box(receipt).messages] == ["feedback", "feedback", "question", "feedback"]
    code, _ = samples.ask_for_help(start="advies")
    assert post("advies", text="").status_code == 422
    assert post("advies", text="Wacht nog even.").status_code == 302


def test_with_two_coordinators_the_second_is_told_so(coordinator: Actor, client_for: ClientFor) -> None:
    code, _ = samples.ask_for_help()
    do(coordinator, actions.take_on, code=code)
    page = client_for(COORDINATOR).post(f"/werk/zorg/{code}/aannemen/", follow=True)
    assert Conflict().message in as_read(page.text)


def test_absent_is_absent(coordinator: Actor) -> None:
    with pytest.raises(Absent):
        seen(coordinator, "Z-0000")
