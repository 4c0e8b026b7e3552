"""How a care file ends: three tries and a colleague, aftercare, an open search, and a person under 18."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests import roles, samples
from tests.journeys.care_files.test_consents import note, share, words
from tests.journeys.care_files.test_files import ANY_TIME, COORDINATOR, ClientFor, begun, do, seen, step
from tests.reading import as_read

from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions
from sluitend.journeys.care_files.actions import growing
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Role

pytestmark = pytest.mark.django_db
COLLEAGUE = "tweede@shop.example"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


@pytest.fixture
def colleague(coordinator: Actor) -> Actor:
    account = Account.objects.create_user(COLLEAGUE, "Merel Schouten", "lang-genoeg-woord")
    Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
    roles.give(account.pk, coordinator.own_organisation, Role.PARTNER)
    return samples.actor(COLLEAGUE)


def at(monkeypatch: pytest.MonkeyPatch, day: str, hour: int = 11) -> None:
    moment = datetime.combine(date.fromisoformat(day), time(hour), AMSTERDAM)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def tried(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of a file whose person was sought three times on two days."""
    _request, code = begun(coordinator, **ANY_TIME)
    at(monkeypatch, "2026-12-01")
    for _number in range(2):
        do(coordinator, actions.note_contact, code=code, channel="call", reached="no")
    at(monkeypatch, "2026-12-02")
    do(coordinator, actions.note_contact, code=code, channel="call", reached="no")
    return code


def close(actor: Actor, code: str, end: str = "lost", open_door: str = "Bel altijd 070") -> None:
    do(actor, actions.close, code=code, end=end, open_door=open_door, revision=None)


def look(actor: Actor, code: str, agrees: str = "yes", remark: str = "") -> None:
    do(actor, actions.look_along, code=code, agrees=agrees, remark=remark, revision=None)


def test_who_is_lost_is_closed_by_a_second_person(coordinator: Actor, colleague: Actor, tried: str) -> None:
    with pytest.raises(DomainError, match="Schrijf hoe de persoon terug kan komen"):
        close(coordinator, tried, open_door=" ")
    close(coordinator, tried)
    view = seen(coordinator, tried)
    assert not view.closed
    assert view.course.waiting
    assert view.course.waiting.mine
    assert step(coordinator, tried) == "look_at_end"
    with pytest.raises(Conflict):
        close(coordinator, tried)
    with pytest.raises(DomainError, match="Dat kunt u niet zelf"):
        look(coordinator, tried)
    look(colleague, tried)
    view = seen(coordinator, tried)
    assert (view.closed, view.ended) == (True, "Geen contact meer")
    assert [each.split(", ", 1)[1] for each in view.course.looks] == ["Merel Schouten, dit dossier kan dicht"]
    with acting(coordinator):
        assert Event.objects.filter(action="care_file.look", account=colleague.own_account).exists()


def test_a_colleague_who_says_no_writes_what_is_needed(
    coordinator: Actor, colleague: Actor, tried: str
) -> None:
    close(coordinator, tried, end="gone_back")
    with pytest.raises(DomainError, match="Schrijf wat er nog nodig is"):
        look(colleague, tried, "no")
    look(colleague, tried, "no", "Vraag de huisarts")
    view = seen(coordinator, tried)
    assert (view.closed, view.course.waiting) == (False, None)
    assert view.course.looks[0].endswith("nog niet sluiten: Vraag de huisarts")
    assert step(coordinator, tried) == "discuss_help"
    with pytest.raises(Conflict):
        look(colleague, tried)


def test_nobody_looks_along_who_is_not_there(coordinator: Actor, tried: str) -> None:
    with pytest.raises(DomainError, match="geen collega die kan meekijken"):
        close(coordinator, tried)


def test_who_answers_after_all_is_not_lost(coordinator: Actor, colleague: Actor, tried: str) -> None:
    close(coordinator, tried)
    do(coordinator, actions.note_contact, code=tried, channel="call", reached="yes")
    assert seen(coordinator, tried).course.waiting is None
    with pytest.raises(Conflict):
        look(colleague, tried)


def test_who_answers_each_time_is_not_lost_and_may_have_gone_back(
    coordinator: Actor, colleague: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three talks on three days are no "no contact any more"; that somebody goes back is said in a talk."""
    _request, code = begun(coordinator, **ANY_TIME)
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        at(monkeypatch, day)
        do(coordinator, actions.note_contact, code=code, channel="call", reached="yes")
    with pytest.raises(DomainError, match="Probeer na het laatste gesprek 3 keer contact") as refused:
        close(coordinator, code)
    assert refused.value.field == "end"
    close(coordinator, code, end="gone_back")
    look(colleague, code)
    assert seen(coordinator, code).ended == "Terug naar de situatie"


def test_the_page_asks_a_colleague_and_not_who_proposed_it(
    coordinator: Actor, colleague: Actor, tried: str, client_for: ClientFor
) -> None:
    browser: Client = client_for(COORDINATOR)
    path = f"/werk/zorg/dossier/{tried}/"
    assert browser.post(f"{path}sluiten/", {"end": "lost", "open_door": ""}).status_code == 422
    assert browser.post(f"{path}sluiten/", {"end": "lost", "open_door": "Bel ons"}).status_code == 302
    assert "U stelde dit zelf voor" in as_read(browser.get(path).text)
    other: Client = client_for(COLLEAGUE)
    assert "Zo kan de persoon terugkomen: Bel ons" in as_read(other.get(path).text)
    assert browser.post(f"{path}meekijken/", {"agrees": "yes"}).status_code == 422
    assert other.post(f"{path}meekijken/", {"agrees": "yes"}).status_code == 302
    assert seen(coordinator, tried).closed


def test_a_search_under_way_keeps_a_file_open(coordinator: Actor) -> None:
    request, code = begun(coordinator)
    wish = shelter.Wish("adult", 1, "haaglanden")
    search = do(coordinator, shelter.start, request=request, wish=wish)
    with pytest.raises(DomainError, match=rf"Sluiten kan nog niet: het zoeken naar een plek \({search}\)"):
        close(coordinator, code, "safe_own")
    do(coordinator, shelter.withdraw, code=search)
    close(coordinator, code, "safe_own")
    assert seen(coordinator, code).closed


def plan_aftercare(actor: Actor, code: str, **changes: Any) -> None:
    dates = [timezone.localdate() + timedelta(days=each) for each in (30, 90)]
    given = {"dates": dates, "channel": "call", "agreed": True, "revision": None, **changes}
    do(actor, actions.plan_aftercare, code=code, **given)


def test_aftercare_asks_a_yes_and_a_safe_way(coordinator: Actor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    with pytest.raises(DomainError, match="alleen als de persoon ja zegt"):
        plan_aftercare(coordinator, code, agreed=False)
    with pytest.raises(DomainError, match=r"Niet zo\. De persoon vroeg: alleen bellen"):
        plan_aftercare(coordinator, code, channel="email")
    with pytest.raises(DomainError, match="Kies een dag na vandaag"):
        plan_aftercare(coordinator, code, dates=[timezone.localdate()])
    until = timezone.localdate() + timedelta(days=5)
    do(coordinator, actions.stop_contact, code=code, until=until, revision=None)
    with pytest.raises(DomainError, match="wil geen contact tot"):
        plan_aftercare(coordinator, code)
    assert seen(coordinator, code).course.after_dates == ()


def test_each_day_of_aftercare_asks_a_step(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    at(monkeypatch, "2026-12-01")
    plan_aftercare(coordinator, code)
    assert seen(coordinator, code).state == "aftercare"
    assert due(coordinator, code) == ("ask_aftercare", date(2026, 12, 31))
    with pytest.raises(DomainError, match="Sluiten kan nog niet: nazorg op 31 december 2026"):
        close(coordinator, code, "safe_own")
    at(monkeypatch, "2026-12-31")
    do(coordinator, actions.note_aftercare, code=code, said="unreached", revision=None)
    assert due(coordinator, code) == ("ask_aftercare", date(2026, 12, 31))
    do(coordinator, actions.note_aftercare, code=code, said="well", revision=None)
    assert due(coordinator, code) == ("ask_aftercare", date(2027, 3, 1))
    do(coordinator, actions.note_aftercare, code=code, said="unsafe", revision=None)
    view = seen(coordinator, code)
    assert (view.state, view.course.after_dates) == ("in_care", ())
    assert len(view.attempts) == 3
    with pytest.raises(Conflict):
        do(coordinator, actions.note_aftercare, code=code, said="well", revision=None)


def test_aftercare_is_not_asked_against_the_rules(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _request, code = begun(coordinator)  # between ten and twelve
    at(monkeypatch, "2026-12-01", 9)
    plan_aftercare(coordinator, code)
    with pytest.raises(DomainError, match=r"Nu niet\. De persoon vroeg: bellen"):
        do(coordinator, actions.note_aftercare, code=code, said="well", revision=None)
    do(coordinator, actions.note_aftercare, code=code, said="no_more", revision=None)
    assert seen(coordinator, code).course.after_dates == ()


def test_the_page_plans_aftercare_and_hears_it(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    days = browser.get(f"{path}nazorg/").context["form"].fields["dates"].choices
    assert len(days) == 4
    given = {"dates": [days[0][0]], "channel": "call"}
    assert browser.post(f"{path}nazorg/", given).status_code == 422
    assert browser.post(f"{path}nazorg/", {**given, "agreed": "on"}).status_code == 302
    assert "Bent u veilig?" in as_read(browser.get(path).text)
    assert browser.post(f"{path}nazorg/antwoord/", {"said": "well"}).status_code == 302
    assert "Bent u veilig?" not in as_read(browser.get(path).text)


def clock(actor: Actor) -> None:
    with acting(system_actor(actor.own_organisation)) as system:
        actions.hear_of_minors(system)


def due(actor: Actor, code: str) -> tuple[str, date]:
    with acting(actor):
        row = CareFile.objects.select_related("current_step").get(code=code).current_step
        assert row is not None
        return row.what, timezone.localdate(row.due)


def details(**changes: str) -> actions.Details:
    return actions.Details(actions.Person(**{"age_group": "minor", "call_name": "Mei", **changes}), "")


def test_what_an_adult_signed_holds_no_longer_for_a_child(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    note(coordinator, code, {"kind": "help_agreement"})
    note(coordinator, code, {"kind": "statistics", "age_band": "sixteen"})
    note(coordinator, code, {})
    share(coordinator, code)
    do(coordinator, actions.write_details, code=code, details=details(), revision=None)
    said = words(coordinator, code)
    assert said["help_agreement"] == said["registration"] == "Als volwassene, nu niet geldig"
    assert said["statistics"] == "Ja"  # signed at sixteen
    view = seen(coordinator, code)
    assert [each.words for each in view.shares] == ["Als volwassene, nu niet geldig"]
    assert all("op papier" in each.how for each in view.tiles if each.kind == "registration")
    assert due(coordinator, code) == ("child_route", timezone.localdate())
    with pytest.raises(DomainError, match="nog niemand gebeld voor het kind"):
        close(coordinator, code, "guardian")
    with pytest.raises(DomainError, match="Schrijf welke organisatie"):
        do(coordinator, actions.note_child_route, code=code, told=" ", revision=None)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    assert "Onder de 18, met ouder of voogd" in as_read(browser.get(path).text)
    assert browser.post(f"{path}kind/", {"told": "Veilig Thuis"}).status_code == 302
    assert "Gebeld: Veilig Thuis" in as_read(browser.get(path).text)
    with pytest.raises(Conflict):
        do(coordinator, actions.note_child_route, code=code, told="Nidos", revision=None)
    assert step(coordinator, code) == "discuss_help"
    note(coordinator, code, {"kind": "help_agreement"})
    assert words(coordinator, code)["help_agreement"] == "Ja"
    close(coordinator, code, "guardian")


def test_a_file_hears_by_the_clock_that_its_request_is_about_a_child(coordinator: Actor) -> None:
    request, receipt = samples.ask_for_help()
    do(coordinator, care.take_on, code=request)
    code = do(coordinator, care.open_file, code=request)
    note(coordinator, code, {"kind": "help_agreement"})
    clock(coordinator)
    assert step(coordinator, code) == "follow_file"
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Zij is 16.", danger=reports.Danger(marks=("under_18",)))
    with acting(system_actor(coordinator.own_organisation)) as system:
        reports.sweep(system)
    clock(coordinator)
    assert seen(coordinator, code).person.age_group == "minor"
    assert words(coordinator, code)["help_agreement"] == "Als volwassene, nu niet geldig"
    assert due(coordinator, code) == ("child_route", timezone.localdate())
    with acting(coordinator):
        revision = CareFile.objects.get(code=code).revision
    clock(coordinator)
    with acting(coordinator):
        assert CareFile.objects.get(code=code).revision == revision
    # Who knows better is not overruled by the clock.
    do(coordinator, actions.write_details, code=code, details=details(age_group="adult"), revision=None)
    clock(coordinator)
    assert seen(coordinator, code).person.age_group == "adult"


def test_files_of_adults_that_stay_open_hide_no_child(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "AT_ONCE", 1)
    codes, receipts = [], []
    for _number in range(3):
        request, receipt = samples.ask_for_help()
        do(coordinator, care.take_on, code=request)
        codes.append(do(coordinator, care.open_file, code=request))
        receipts.append(receipt)
    with acting(NOBODY):
        reports.add_to_report(
            receipt=receipts[-1], text="Zij is 16.", danger=reports.Danger(marks=("under_18",))
        )
    with acting(system_actor(coordinator.own_organisation)) as system:
        reports.sweep(system)
    clock(coordinator)
    assert [seen(coordinator, each).person.age_group for each in codes][-1] == "minor"
    assert "minor" not in [seen(coordinator, each).person.age_group for each in codes][:-1]
