"""Where parts of care meet: an age and a search, an answer and a file, help taken back and what comes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_appointments import make
from tests.journeys.care_files.test_consents import note
from tests.journeys.care_files.test_endings import close, colleague, details, look, tried
from tests.journeys.care_files.test_files import ANY_TIME, COORDINATOR, begun, beside, do, seen, step
from tests.reading import as_read

from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions
from sluitend.journeys.care_files.actions import Share
from sluitend.journeys.care_files.models import Appointment
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.care_shares.queries import sent_share
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Account

__all__ = ["colleague", "tried"]
pytestmark = pytest.mark.django_db
SUPPORT = "zorg@legerdesheils.example"
CHILD = "jonger dan 18"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


def clock(actor: Actor) -> None:
    with acting(system_actor(actor.own_organisation)) as system:
        actions.hear_of_minors(system)


def place(actor: Actor, search: str) -> None:
    today = timezone.localdate()
    told = {"kind": "womens", "starts": today, "review": today + timedelta(days=9)}
    do(actor, shelter.place, code=search, **told)


def age(actor: Actor, code: str, age_group: str) -> None:
    told = details(age_group=age_group)
    do(actor, actions.write_details, code=code, details=told, revision=None)


def shared(actor: Actor, code: str) -> tuple[str, str]:
    """Return an agreement with whoever supports, and the code of what went by it and was taken on."""
    until = (timezone.localdate() + timedelta(days=20)).isoformat()
    wanted = Share(
        what="support",
        to="leger_des_heils",
        recipient="Leger des Heils",
        chosen="call_name",
        parts="naam",
        purpose="steun",
        until=until,
        answer="yes",
        form="paper",
    )
    do(actor, actions.share, code=code, wanted=wanted, revision=None)
    agreement = seen(actor, code).shares[0].id
    return agreement, do(actor, actions.send, code=code, share=agreement)


def test_a_search_for_an_adult_stops_where_the_file_says_that_it_is_a_child(coordinator: Actor) -> None:
    request, code = begun(coordinator)
    search = do(coordinator, shelter.start, request=request, wish=shelter.Wish("adult", 1, "haaglanden"))
    age(coordinator, code, "minor")
    with pytest.raises(DomainError, match=CHILD):
        place(coordinator, search)
    age(coordinator, code, "adult")
    place(coordinator, search)


def test_what_the_asker_told_of_a_child_is_not_lost_by_what_the_file_says(coordinator: Actor) -> None:
    request, receipt = samples.ask_for_help(under_18="misschien")
    do(coordinator, care.take_on, code=request)
    code = do(coordinator, care.open_file, code=request)
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Zij is 16.", danger=reports.Danger(marks=("under_18",)))
    with acting(system_actor(coordinator.own_organisation)) as system:
        reports.sweep(system)
    age(coordinator, code, "adult")
    clock(coordinator)
    assert seen(coordinator, code).person.age_group == "minor"
    assert step(coordinator, code) == "child_route"


def test_a_file_hears_that_who_supports_found_a_child(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    other = begun(coordinator)[1]
    _agreement, share = shared(coordinator, code)
    support = samples.actor(SUPPORT)
    do(support, shares.accept, code=share)
    do(support, shares.answer, code=share, reply="minderjarig")
    # Whoever reads the answer is before the clock.
    first = do(coordinator, sent_share, code=share).first
    do(coordinator, shares.note_reply, code=share, step=first.id)
    clock(coordinator)
    assert seen(coordinator, code).person.age_group == "minor"
    assert step(coordinator, code) == "child_route"
    assert seen(coordinator, other).person.age_group == "adult"


def test_nothing_is_sent_where_nobody_reads_any_more(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    Account.objects.filter(email=SUPPORT).update(is_active=False)
    with pytest.raises(DomainError, match="Bij Leger des Heils leest nu niemand"):
        shared(coordinator, code)


def test_of_who_wants_no_help_nobody_is_reminded_or_asked(coordinator: Actor) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    note(coordinator, code, {"kind": "help_agreement"})
    ahead = timezone.now() + timedelta(days=3)
    make(coordinator, code, ahead, remind_by="call", remind_before="day", place="")
    dates = [timezone.localdate() + timedelta(days=30)]
    do(
        coordinator,
        actions.plan_aftercare,
        code=code,
        dates=dates,
        channel="call",
        agreed=True,
        revision=None,
    )
    assert step(coordinator, code) == "ask_aftercare"
    do(coordinator, actions.withdraw, code=code, what="help_agreement")
    assert step(coordinator, code) == "end_help"
    view = seen(coordinator, code)
    assert (view.course.after_dates, view.course.after_way) == ((), "")
    with acting(coordinator):
        assert [each.reminder for each in Appointment.objects.all()] == [""]
    note(coordinator, code, {"kind": "help_agreement", "started": "person"})
    assert step(coordinator, code) != "end_help"


def test_for_who_wants_no_help_nothing_new_is_begun_and_no_way_is_shown(
    coordinator: Actor, client_for: ClientFor
) -> None:
    _request, code = begun(coordinator, **ANY_TIME)
    with acting(coordinator):
        samples.keep_whole_files(coordinator)
    note(coordinator, code, {"kind": "help_agreement"})
    ahead = timezone.now() + timedelta(days=3)
    make(coordinator, code, ahead, remind_by="call", remind_before="day", place="")
    page = f"/werk/zorg/dossier/{code}/"
    assert 'href="tel:' in client_for(COORDINATOR).get(page).text
    do(coordinator, actions.withdraw, code=code, what="help_agreement")
    read = as_read(client_for(COORDINATOR).get(page).text)
    assert "De persoon wil geen hulp meer. Zoek geen contact" in read
    assert 'href="tel:' not in read
    more = {"code": code, "revision": None}
    days = [timezone.localdate() + timedelta(days=30)]
    with pytest.raises(DomainError, match="geen hulp meer"):
        make(coordinator, code, ahead, remind_by="", remind_before="", place="")
    with pytest.raises(DomainError, match="geen hulp meer"):
        do(coordinator, actions.plan_aftercare, dates=days, channel="call", agreed=True, **more)
    with pytest.raises(DomainError, match="geen hulp meer"):
        do(coordinator, actions.write_part, section="debts", row="", values={"to_whom": "Baas"}, **more)
    with acting(coordinator):
        (planned,) = Appointment.objects.all()
    later = ahead + timedelta(days=1)
    do(coordinator, actions.move_appointment, appointment=planned.pk, at=later, **more)
    with acting(coordinator):
        assert [each.reminder for each in Appointment.objects.all()] == [""]
    note(coordinator, code, {"kind": "help_agreement", "started": "person"})
    do(coordinator, actions.write_part, section="debts", row="", values={"to_whom": "Baas"}, **more)


def test_who_proposed_an_end_takes_it_back_where_the_colleague_has_left(
    coordinator: Actor, colleague: Actor, tried: str, client_for: ClientFor
) -> None:
    close(coordinator, tried)
    Account.objects.filter(pk=colleague.own_account).update(is_active=False)
    with pytest.raises(DomainError, match="Dat kunt u niet zelf"):
        look(coordinator, tried)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{tried}/"
    assert "Neem dit voorstel terug" in as_read(browser.get(path).text)
    sent = {"agrees": "no", "remark": "Er is niemand om mee te kijken"}
    assert browser.post(f"{path}meekijken/", sent).status_code == 302
    assert seen(coordinator, tried).course.waiting is None


def test_of_who_wants_no_help_the_request_shows_no_way_either(
    coordinator: Actor, client_for: ClientFor
) -> None:
    request, code = begun(coordinator, **ANY_TIME)
    path = f"/werk/zorg/{request}/"
    ways = as_read(client_for(COORDINATOR).get(path).text)
    assert "Bellen: 0612345678" in ways
    note(coordinator, code, {"kind": "help_agreement"})
    do(coordinator, actions.withdraw, code=code, what="help_agreement")
    page = as_read(client_for(COORDINATOR).get(path).text)
    assert "De persoon wil geen hulp meer. Zoek geen contact" in page
    assert "Bellen: 0612345678" not in page
    tried = {"code": request, "channel": "call", "reached": "no"}
    with pytest.raises(DomainError, match="geen hulp meer"):
        do(coordinator, care.note_attempt, **tried)
    do(coordinator, care.note_attempt, against="Zij belde zelf", **tried)


def test_of_who_wants_no_help_nobody_asks_who_may_support_them(coordinator: Actor) -> None:
    _request, code = begun(coordinator)
    note(coordinator, code, {"kind": "help_agreement"})
    shared(coordinator, code)
    with acting(system_actor(coordinator.own_organisation)) as system:
        actions.end_support(provider="leger_des_heils", last=timezone.localdate(), actor=system)
    assert [what for what, _day in beside(coordinator, code)] == ["move_support"]
    do(coordinator, actions.withdraw, code=code, what="help_agreement")
    assert beside(coordinator, code) == []
    assert [each.words for each in seen(coordinator, code).moves] == ["De persoon wil geen hulp meer."]


def test_a_request_ends_after_the_file_that_hangs_on_it(coordinator: Actor) -> None:
    """Of a closed request nobody could look for a place any more, for a person who is in care."""
    request, code = begun(coordinator)
    with pytest.raises(DomainError, match="is nog open"):
        do(coordinator, care.close, code=request, end="safe_own")
    do(coordinator, actions.close, code=code, end="safe_own", revision=None)
    do(coordinator, care.close, code=request, end="safe_own")


def test_a_search_for_a_child_who_is_grown_up_by_now_says_to_look_for_an_adult(
    coordinator: Actor, client_for: ClientFor
) -> None:
    request, code = begun(coordinator)
    age(coordinator, code, "minor")
    search = do(coordinator, shelter.start, request=request, wish=shelter.Wish("child", 1, "haaglanden"))
    words, browser = "Stop deze zoektocht en zoek als volwassene.", client_for(COORDINATOR)
    assert words not in as_read(browser.get(f"/werk/zorg/plek/{search}/").text)
    age(coordinator, code, "adult")
    assert words in as_read(browser.get(f"/werk/zorg/plek/{search}/").text)
    do(coordinator, shelter.withdraw, code=search)
    wish = shelter.Wish("adult", 1, "haaglanden")
    assert do(coordinator, shelter.start, request=request, wish=wish)
