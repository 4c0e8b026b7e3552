"""Who turns 18 in care: what is kept of a birthday, the step before it, and what ends on the day itself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_consents import note, share, words
from tests.journeys.care_files.test_endings import at, details
from tests.journeys.care_files.test_files import COORDINATOR, begun, beside, do, seen, step
from tests.journeys.care_files.test_meeting_parts import place
from tests.reading import as_read

from sluitend.journeys.care_files import actions
from sluitend.journeys.care_files.course import adult_on
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.care_shares.queries import received_share
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db
SUPPORT = "zorg@legerdesheils.example"
BORN = date(2009, 2, 10)
type ClientFor = Callable[[str], Client]


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


@pytest.fixture
def code(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file of somebody under 18, in December 2026, about whom somebody was called."""
    at(monkeypatch, "2026-12-01")
    return young(coordinator)


def young(actor: Actor) -> str:
    _request, code = begun(actor)
    do(actor, actions.write_details, code=code, details=details(guardian="Nidos, 070"), revision=None)
    do(actor, actions.note_child_route, code=code, told="Nidos", revision=None)
    return code


def write(
    actor: Actor, code: str, born: date | None = None, low: int | None = None, high: int | None = None
) -> None:
    do(actor, actions.write_age, code=code, born=born, low=low, high=high, revision=None)


def clock(actor: Actor) -> None:
    with acting(system_actor(actor.own_organisation)) as system:
        actions.hear_of_minors(system)
        actions.turn_adults(system)


def revision(actor: Actor, code: str) -> int:
    with acting(actor):
        return CareFile.objects.get(code=code).revision


def sent_to_support(actor: Actor, code: str, given_by: str) -> str:
    """Return the code of what support took on by an agreement that this one gave."""
    share(
        actor,
        code,
        what="support",
        to="leger_des_heils",
        recipient="Leger des Heils",
        chosen="call_name",
        given_by=given_by,
    )
    agreement = seen(actor, code).shares[0].id
    went: str = do(actor, actions.send, code=code, share=agreement)
    do(samples.actor(SUPPORT), shares.accept, code=went)
    return went


@pytest.mark.parametrize(
    ("born", "low", "high", "said"),
    [
        (date(2026, 12, 2), None, None, "Deze dag komt nog"),
        (date(1896, 1, 1), None, None, "ouder dan 120"),
        (date(2008, 12, 1), None, None, "18 of ouder"),
        (None, 18, 20, "18 of ouder"),
        (None, 17, 15, "lager dan de eerste"),
        (None, 15, None, "allebei de leeftijden"),
        (BORN, 15, 17, "niet allebei"),
    ],
)
def test_a_day_or_a_guess_that_cannot_be_is_refused_with_a_sentence(
    coordinator: Actor, code: str, born: date | None, low: int | None, high: int | None, said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        write(coordinator, code, born, low, high)
    assert seen(coordinator, code).course.age == ""


def test_the_form_refuses_what_is_no_day_and_takes_a_guess_as_a_guess(
    coordinator: Actor, code: str, client_for: ClientFor
) -> None:
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    for born, low, said in (
        ("2009-02-31", "", "Deze dag bestaat niet"),
        ("ongeveer 20", "", "Schat dan de leeftijd"),
        ("", "ongeveer 20", "Schrijf alleen een getal"),
        ("", "130", "Schrijf een leeftijd tot 120"),
    ):
        back = browser.post(f"{path}leeftijd/", {"born": born, "low": low, "high": ""})
        assert back.status_code == 422
        assert said in as_read(back.text)
    assert browser.post(f"{path}leeftijd/", {"low": "15", "high": "17"}).status_code == 302
    assert "tussen 15 en 17, geschat" in as_read(browser.get(path).text)


def test_nothing_is_asked_of_a_grown_up(coordinator: Actor, client_for: ClientFor) -> None:
    _request, code = begun(coordinator)
    with pytest.raises(DomainError, match="jonger is dan 18"):
        write(coordinator, code, BORN)
    page = client_for(COORDINATOR).get(f"/werk/zorg/dossier/{code}/")
    assert "Noteer de leeftijd" not in as_read(page.text)


def test_a_day_of_birth_gives_a_step_thirty_days_ahead_and_then_on_the_day(
    coordinator: Actor, code: str, monkeypatch: pytest.MonkeyPatch, client_for: ClientFor
) -> None:
    write(coordinator, code, BORN)
    assert beside(coordinator, code) == [("turns_adult", date(2027, 1, 11))]
    with pytest.raises(Conflict):
        do(coordinator, actions.talk_of_18, code=code, revision=None)
    at(monkeypatch, "2027-01-11")
    clock(coordinator)
    assert seen(coordinator, code).minor
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    assert "Besproken met de persoon" in as_read(browser.get(path).text)
    assert browser.post(f"{path}wordt-18/").status_code == 302
    assert beside(coordinator, code) == [("turns_adult", date(2027, 2, 10))]
    at(monkeypatch, "2027-02-09", 23)
    clock(coordinator)
    assert seen(coordinator, code).minor


def test_on_the_day_ends_what_a_guardian_answered_and_what_the_person_said_stays(
    coordinator: Actor, code: str, monkeypatch: pytest.MonkeyPatch, client_for: ClientFor
) -> None:
    note(coordinator, code, {"kind": "help_agreement", "given_by": "guardian"})
    note(coordinator, code, {"kind": "statistics", "age_band": "sixteen"})
    own = sent_to_support(coordinator, code, "person")
    given = sent_to_support(coordinator, code, "guardian")
    write(coordinator, code, BORN)
    at(monkeypatch, "2027-02-10", 0)
    clock(coordinator)
    view = seen(coordinator, code)
    assert (view.minor, view.person.age_group, view.person.guardian) == (False, "adult", "")
    said = words(coordinator, code)
    assert said["help_agreement"] == "Door ouder of voogd, nu niet geldig"
    assert said["statistics"] == "Ja"
    assert [each.words for each in view.shares] == ["Door ouder of voogd, nu niet geldig", "Ja"]
    assert step(coordinator, code) == "discuss_help"
    assert beside(coordinator, code) == []
    support = samples.actor(SUPPORT)
    assert do(support, received_share, code=own).body is not None
    assert do(support, received_share, code=given).body is None
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{code}/").text)
    assert "De persoon is 18 geworden" in page
    assert "Voogd tot die dag: Nidos, 070" in page
    assert "De persoon is jonger dan 18" not in page
    assert "10 februari 2009" not in page  # it is kept no longer
    now = revision(coordinator, code)
    clock(coordinator)
    assert revision(coordinator, code) == now
    note(coordinator, code, {"kind": "help_agreement", "answer": "no"})
    assert words(coordinator, code)["help_agreement"] == "Nee"


def test_an_answer_of_which_nobody_noted_who_gave_it_is_asked_anew(
    coordinator: Actor, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(coordinator, code, {"kind": "help_agreement"})
    write(coordinator, code, BORN)
    at(monkeypatch, "2027-02-12")
    clock(coordinator)
    assert words(coordinator, code)["help_agreement"] == "Door ouder of voogd, nu niet geldig"


def test_at_18_a_search_for_an_adult_opens(coordinator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    request, code = begun(coordinator)
    search = do(coordinator, shelter.start, request=request, wish=shelter.Wish("adult", 1, "haaglanden"))
    do(coordinator, actions.write_details, code=code, details=details(), revision=None)
    today = timezone.localdate()
    birthday = today + timedelta(days=3)
    born = date(birthday.year - 18, birthday.month, min(birthday.day, 28))
    while adult_on(born) <= today:
        born += timedelta(days=28)
    write(coordinator, code, born)
    with pytest.raises(DomainError, match="jonger dan 18"):
        place(coordinator, search)
    at(monkeypatch, adult_on(born).isoformat())
    clock(coordinator)
    # Whom somebody should have called for a child is asked no more.
    assert step(coordinator, code) == "discuss_help"
    place(coordinator, search)


def test_a_guess_is_made_again_each_half_year(
    coordinator: Actor, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(coordinator, code, low=15, high=17)
    assert beside(coordinator, code) == [("ask_age", date(2027, 6, 1))]
    at(monkeypatch, "2027-06-03")
    clock(coordinator)
    assert seen(coordinator, code).minor  # nothing is reckoned from a guess
    write(coordinator, code, low=16, high=18)
    assert beside(coordinator, code) == [("ask_age", date(2027, 12, 2))]
    write(coordinator, code)
    assert beside(coordinator, code) == []


def test_who_turns_out_to_be_grown_up_has_no_day_of_birth_kept(coordinator: Actor, code: str) -> None:
    write(coordinator, code, BORN)
    do(coordinator, actions.write_details, code=code, details=details(age_group="adult"), revision=None)
    assert (seen(coordinator, code).course.age, beside(coordinator, code)) == ("", [])


def test_who_was_born_on_29_february_is_18_on_1_march() -> None:
    assert (adult_on(date(2012, 2, 29)), adult_on(BORN)) == (date(2030, 3, 1), date(2027, 2, 10))


def test_the_forms_ask_who_answers_for_somebody_under_18(
    coordinator: Actor, code: str, client_for: ClientFor
) -> None:
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    for rest in ("toestemming/help_agreement/", "delen/", "delen/ondersteuning/"):
        assert "Wie antwoordt?" in as_read(browser.get(f"{path}{rest}").text)
    assert "Wie antwoordt?" not in as_read(browser.get(f"{path}toestemming/statistics/").text)
