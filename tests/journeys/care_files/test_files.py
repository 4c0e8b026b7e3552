"""A care file: begun from a request, read by who works there alone, with its rules and its end."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read

from sluitend.journeys.care import actions as care
from sluitend.journeys.care import queries as requests
from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.actions import Rule
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
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


def seen(actor: Actor, code: str, at: datetime | None = None) -> queries.FileView:
    return do(actor, queries.care_file, code=code, at=at)  # type: ignore[no-any-return]


def step(actor: Actor, code: str) -> str:
    with acting(actor):
        row = CareFile.objects.select_related("current_step").get(code=code).current_step
        assert row is not None
        assert (row.owner_role, row.done) == ("partner", None)
        return row.what


def beside(actor: Actor, code: str) -> list[tuple[str, date]]:
    """Return what stands beside the next step of a file, each with its day."""
    with acting(actor):
        steps = NextStep.objects.filter(code=code, done__isnull=True, owner_role="partner")
        now = CareFile.objects.get(code=code).current_step_id
        others = [each for each in steps.order_by("due", "what") if each.pk != now]
        return [(each.what, timezone.localdate(each.due)) for each in others]


def begun(actor: Actor, **changes: str) -> tuple[str, str]:
    request, _ = samples.ask_for_help(**changes)
    do(actor, care.take_on, code=request)
    return request, do(actor, care.open_file, code=request)


def test_a_file_carries_over_what_was_told_of_the_person(coordinator: Actor, client_for: ClientFor) -> None:
    request, code = begun(coordinator)
    view = seen(coordinator, code, TUESDAY)
    person = view.person
    assert person.call_name == f"Mei {samples.PLANT}"
    assert (person.age_group, person.subregion) == ("adult", "Haaglanden")
    assert person.language == f"Mandarijn {samples.PLANT}"
    assert [each.words for each in view.rules] == [
        "Alleen zo: bellen, 0612345678. Op werkdagen tussen 10:00 en 12:00. Laat geen bericht achter."
    ]
    assert step(coordinator, code) == "discuss_help"
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{code}/").text)
    assert (
        page.index("Zo mag u contact zoeken")
        < page.index("Volgende stap")
        < page.index("Drie keer toestemming")
    )
    assert f"/werk/zorg/dossier/{code}/" in client_for(COORDINATOR).get(f"/werk/zorg/{request}/").text


def test_a_request_has_one_file_and_only_after_it_was_taken_on(
    coordinator: Actor, client_for: ClientFor
) -> None:
    request, _ = samples.ask_for_help()
    browser = client_for(COORDINATOR)
    assert "Begin een zorgdossier" not in as_read(browser.get(f"/werk/zorg/{request}/").text)
    with pytest.raises(Conflict):
        do(coordinator, care.open_file, code=request)
    do(coordinator, care.take_on, code=request)
    assert browser.post(f"/werk/zorg/{request}/dossier/").url.startswith("/werk/zorg/dossier/F-")  # type: ignore[attr-defined]
    with pytest.raises(Conflict):
        do(coordinator, care.open_file, code=request)
    with acting(coordinator):
        assert CareFile.objects.count() == 1


@pytest.mark.parametrize("who", ["avim@politie.example", "zorg@legerdesheils.example", "af@denhaag.example"])
def test_who_works_elsewhere_learns_nothing(who: str, coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    browser = client_for(who)
    for rest in ("", "toestemming/help_agreement/", "delen/"):
        there = browser.get(f"/werk/zorg/dossier/{code}/{rest}")
        absent = browser.get(f"/werk/zorg/dossier/F-0000/{rest}")
        assert (there.status_code, absent.status_code) == (404, 404)
        assert there.headers.items() == absent.headers.items()
    actor = samples.actor(who)
    for verb, more in (
        (actions.close, {"end": "stopped", "revision": None}),
        (actions.withdraw, {"what": "statistics"}),
        (queries.care_file, {}),
    ):
        with pytest.raises((Absent, Refused)):
            do(actor, verb, code=code, **more)
    with acting(actor):
        assert not CareFile.objects.exists()
        assert not NextStep.objects.filter(code=code).exists()


def test_reading_stands_in_the_ledger(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    seen(coordinator, code)
    with acting(coordinator):
        lines = set(Event.objects.filter(subject_kind="care_file").values_list("action", flat=True))
    assert {"care_file.begin", "care_file.read"} <= lines


def test_who_saves_over_another_is_refused_and_keeps_what_was_typed(
    coordinator: Actor, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator)
    view = seen(coordinator, code)
    given = {"state": "in_care", "call_name": "Lin", "age_group": "adult", "language": "Engels"}
    browser = client_for(COORDINATOR)
    old = {**given, "revision": view.revision}
    assert (
        browser.post(f"/werk/zorg/dossier/{code}/gegevens/", {**old, "call_name": "Eerst"}).status_code == 302
    )
    back = browser.post(f"/werk/zorg/dossier/{code}/gegevens/", old)
    assert back.status_code == 422
    assert 'value="Lin"' in back.text
    assert "Dit staat er nu" in back.text
    assert seen(coordinator, code).person.call_name == "Eerst"
    # Sent again as it came back, it is about what stands there now.
    again = {**given, "revision": seen(coordinator, code).revision}
    assert browser.post(f"/werk/zorg/dossier/{code}/gegevens/", again).status_code == 302
    view = seen(coordinator, code)
    assert (view.person.call_name, view.person.subregion, view.state) == ("Lin", "Haaglanden", "in_care")


def add(actor: Actor, code: str, **parts: str) -> None:
    do(actor, actions.add_rule, code=code, rule=Rule(**{"days": "any", **parts}), revision=None)


def why_not(actor: Actor, code: str, label: str, at: datetime = TUESDAY) -> str | None:
    found = [each for each in seen(actor, code, at).ways if each.label == label]
    return found[0].why_not if found else None


def test_each_way_is_open_or_says_why_not(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    (call,) = seen(coordinator, code, TUESDAY).ways
    assert (call.href, call.why_not) == ("tel:0612345678", "")
    noon = TUESDAY.replace(hour=12)
    assert why_not(coordinator, code, "Bellen", noon) == (
        "Nu niet. De persoon vroeg: bellen op werkdagen tussen 10:00 en 12:00."
    )
    add(coordinator, code, channel="email", effect="allowed", value="x@example.org")
    assert why_not(coordinator, code, "E-mail") == "Niet zo. De persoon vroeg: alleen bellen."
    add(coordinator, code, channel="app", effect="never")
    assert why_not(coordinator, code, "Bericht in een app") == "Niet zo: nooit bericht in een app."
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    add(coordinator, code, channel="visit", effect="only", check_on=past)
    assert (why_not(coordinator, code, "Langsgaan") or "").startswith("Deze regel is verlopen op ")
    until = TUESDAY.date() + timedelta(days=1)
    do(coordinator, actions.stop_contact, code=code, until=until, revision=None)
    assert why_not(coordinator, code, "Bellen") == "Nu niet. De persoon wil geen contact tot 2 december."
    assert why_not(coordinator, code, "Bellen", TUESDAY + timedelta(days=1)) == ""
    do(coordinator, actions.stop_contact, code=code, until=None, revision=None)
    do(coordinator, actions.end_rule, code=code, rule="told", revision=None)
    view = seen(coordinator, code, TUESDAY)
    assert "Bellen" not in {each.label for each in view.ways}
    assert len(view.earlier) == 1
    with pytest.raises(Conflict):
        do(coordinator, actions.end_rule, code=code, rule="told", revision=None)


def test_without_a_rule_nobody_makes_contact_and_asking_is_the_next_step(coordinator: Actor) -> None:
    _request, code = begun(coordinator, safe_contact="weet_niet")
    view = seen(coordinator, code)
    assert view.no_rule == "Er is nog geen regel voor contact. Vraag eerst de aanvrager."
    assert step(coordinator, code) == "ask_rule"
    add(coordinator, code, channel="call", effect="allowed")
    assert step(coordinator, code) == "discuss_help"


def test_where_somebody_may_watch_nothing_is_sent(coordinator: Actor) -> None:
    request, code = begun(coordinator, safe_contact="text_message", watched="weet_niet")
    assert why_not(coordinator, code, "Sms") == "Niet zo: nooit sms."
    with acting(coordinator):
        view = requests.request(request, coordinator)
    assert not [each for each in view.ways if each.href]


@pytest.mark.parametrize("typed", ["070 765 43 21", "+31 70 765 43 21", "0031707654321", "070-7654321"])
def test_the_number_of_a_shelter_warns_wherever_the_rule_is_read(
    coordinator: Actor, client_for: ClientFor, typed: str
) -> None:
    Organisation.objects.filter(code="leger_des_heils").update(telephone="070 7654321")
    request, code = begun(coordinator, safe_contact_value=typed)
    browser, said = client_for(COORDINATOR), "Dit is een nummer van een opvang. Geef het niet door."
    for address in (f"/werk/zorg/dossier/{code}/", f"/werk/zorg/{request}/"):
        assert said in as_read(browser.get(address).text)
    do(coordinator, actions.end_rule, code=code, rule="told", revision=None)
    add(coordinator, code, channel="call", effect="only", value="+44 20 7946 0958")
    assert said not in as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)


@pytest.mark.parametrize(
    ("channel", "typed", "said"),
    [
        ("call", "bel haar zus", "Dit is geen telefoonnummer."),
        ("app", "06", "Dit is geen telefoonnummer."),
        ("email", "geen adres", "Dit is geen e-mailadres."),
    ],
)
def test_what_is_no_number_is_refused_in_place(
    coordinator: Actor, client_for: ClientFor, channel: str, typed: str, said: str
) -> None:
    _request, code = begun(coordinator)
    rule = {"effect": "allowed", "channel": channel, "days": "any", "voicemail": "no"}
    browser, address = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/regel/"
    wrong = browser.post(address, {**rule, "value": typed})
    assert (wrong.status_code, said in as_read(wrong.text)) == (422, True)
    good = "zij@voorbeeld.example" if channel == "email" else "+44 20 7946 0958"
    assert browser.post(address, {**rule, "value": good}).status_code == 302


def test_a_file_of_a_child_begins_with_whom_to_call(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, under_18="ja")
    assert step(coordinator, code) == "child_route"
    assert dict(seen(coordinator, code).person_rows)["Weten ouders dit?"] == "Niet besloten"
    browser, address = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    details = {"state": "new", "age_group": "minor", "parents_know": "no"}
    assert browser.post(f"{address}gegevens/", details).status_code == 302
    assert dict(seen(coordinator, code).person_rows)["Weten ouders dit?"] == "Nee"
    assert browser.post(f"{address}kind/", {"told": "Veilig Thuis"}).status_code == 302
    assert step(coordinator, code) == "discuss_help"
    _request, adult = begun(coordinator)
    assert "Weten ouders dit?" not in as_read(browser.get(f"/werk/zorg/dossier/{adult}/").text)


def test_against_the_rules_asks_a_reason_that_is_kept(coordinator: Actor) -> None:
    request, code = begun(coordinator)
    do(
        coordinator,
        actions.stop_contact,
        code=code,
        until=timezone.localdate() + timedelta(days=2),
        revision=None,
    )
    for where, verb in ((code, actions.note_contact), (request, care.note_attempt)):
        with pytest.raises(DomainError, match=r"Nu niet\. De persoon wil geen contact tot"):
            do(coordinator, verb, code=where, channel="call", reached="no")
        do(coordinator, verb, code=where, channel="call", reached="no", against="Haar zus | belde: spoed")
    assert [each.against for each in seen(coordinator, code).attempts] == ["Haar zus | belde: spoed"]
    with acting(coordinator):
        view = requests.request(request, coordinator)
    assert [against for *_, against in view.attempts] == ["Haar zus | belde: spoed"]


def test_contact_noted_moves_the_file_on(coordinator: Actor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    do(coordinator, actions.note_contact, code=code, channel="call", reached="yes", against="niet nodig")
    view = seen(coordinator, code)
    assert view.state == "in_contact"
    assert [each.against for each in view.attempts] == [""]


def test_a_file_ends_with_an_outcome_and_its_term(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    with pytest.raises(DomainError, match="Kies hoe dit afloopt"):
        do(coordinator, actions.close, code=code, end="zomaar", revision=None)
    with pytest.raises(DomainError, match="Probeer eerst 3 keer contact"):
        do(coordinator, actions.close, code=code, end="lost", revision=None)
    do(coordinator, actions.close, code=code, end="safe_own", revision=None)
    view = seen(coordinator, code)
    assert (view.closed, view.ended, view.step) == (True, "Veilig en zelf verder", "")
    assert view.kept_until is not None
    assert view.kept_until > timezone.localdate() + timedelta(days=700)
    with acting(coordinator):
        assert not NextStep.objects.filter(code=code, done__isnull=True).exists()
    with pytest.raises(DomainError, match="Dit dossier is gesloten"):
        add(coordinator, code, channel="call", effect="allowed")
    assert f"{code}/gegevens/" not in client_for(COORDINATOR).get(f"/werk/zorg/dossier/{code}/").text


def test_a_file_keeps_the_handbook_by_which_it_was_begun(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    with acting(coordinator):
        assert CareFile.objects.get(code=code).pack is current_release().pack


def test_a_file_of_somebody_who_is_under_18_by_now_says_so(coordinator: Actor) -> None:
    request, receipt = samples.ask_for_help()
    do(coordinator, care.take_on, code=request)
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Zij is 16.", danger=reports.Danger(marks=("under_18",)))
    with acting(system_actor(coordinator.own_organisation)) as system:
        reports.sweep(system)
    code = do(coordinator, care.open_file, code=request)
    with acting(coordinator):
        assert NextStep.objects.get(code=code, done__isnull=True).minor
