"""A search: begun from a request that was taken on, each verb with its state and step, one at a time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.shelter.conftest import COORDINATOR, Desk
from tests.reading import as_read

from sluitend.journeys.care import actions as care
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.shelter import actions, queries
from sluitend.journeys.shelter.models import Search
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = date(2026, 12, 1)
AGREED: dict[str, Any] = {"by": uuid4(), "until": date(2027, 1, 1)}
ANSWER_BY = datetime(2026, 12, 1, 14, 0, tzinfo=AMSTERDAM)
PLANT = "Schuilplaatslaan"


def offer(desk: Desk, code: str, **changes: Any) -> None:
    desk.do(actions.offer, code=code, **{"kind": "womens", "answer_by": ANSWER_BY, **changes})


def place(desk: Desk, code: str, **changes: Any) -> None:
    days = {"starts": TUESDAY, "review": TUESDAY + timedelta(days=14)}
    desk.do(actions.place, code=code, **{"kind": "womens", **days, **changes})


def stands(desk: Desk, code: str) -> tuple[str, str]:
    return desk.row(code).state, desk.step(code).what


def test_it_begins_from_a_request_that_was_taken_on(desk: Desk) -> None:
    code, _receipt = samples.ask_for_help()
    wish = actions.Wish("adult", 1, "haaglanden")
    with pytest.raises(DomainError, match="Neem de hulpvraag eerst aan"):
        desk.do(actions.start, request=code, wish=wish)
    desk.do(care.take_on, code=code)
    search = desk.do(actions.start, request=code, wish=wish)
    assert stands(desk, search) == ("open", "no_bed_tonight")
    assert desk.nights(search) == [("2026-12-01", "", "")]


def test_a_request_has_one_open_search(desk: Desk) -> None:
    code = desk.asked()
    wish = actions.Wish("adult", 1, "haaglanden")
    first = desk.do(actions.start, request=code, wish=wish)
    with pytest.raises(DomainError, match="al gezocht"):
        desk.do(actions.start, request=code, wish=wish)
    desk.do(actions.withdraw, code=first)
    assert desk.do(actions.start, request=code, wish=wish) != first


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"household": "group"}, "voor wie u zoekt"),
        ({"beds": 0}, "aantal bedden"),
        ({"beds": 10}, "aantal bedden"),
        ({"subregion": "elders"}, "waar de persoon nu is"),
        ({"kind": "youth"}, "niet voor wie u zoekt"),
    ],
)
def test_what_does_not_hold_begins_nothing(desk: Desk, changes: dict[str, Any], message: str) -> None:
    code = desk.asked()
    wish = actions.Wish(**{"household": "adult", "beds": 1, "subregion": "haaglanden", **changes})
    with pytest.raises(DomainError, match=message):
        desk.do(actions.start, request=code, wish=wish)


def test_nobody_looks_as_for_an_adult_for_somebody_under_age(desk: Desk) -> None:
    code = desk.asked(under_18="ja")
    with pytest.raises(DomainError, match="jonger dan 18"):
        desk.do(actions.start, request=code, wish=actions.Wish("adult", 1, "haaglanden"))
    search = desk.do(actions.start, request=code, wish=actions.Wish("child", 1, "haaglanden"))
    with pytest.raises(DomainError, match="niet voor wie u zoekt"):
        offer(desk, search, kind="womens")
    with pytest.raises(DomainError, match=r"Een kind alleen wordt niet overbrugd\. Bel: ") as refused:
        desk.do(actions.set_night, code=search, night=TUESDAY, state="bridged")
    assert "Veilig Thuis" in refused.value.message or "Nidos" in refused.value.message


def test_an_offer_is_answered_yes_or_no(desk: Desk) -> None:
    code = desk.begun()
    offer(desk, code)
    assert stands(desk, code) == ("offered", "no_bed_tonight")
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    assert stands(desk, code) == ("offered", "await_place")
    assert desk.step(code).due == ANSWER_BY
    desk.do(actions.refused, code=code, reason="full")
    assert stands(desk, code) == ("refused", "choose_search")
    desk.do(actions.go_on, code=code)
    assert stands(desk, code) == ("open", "find_place")
    offer(desk, code)
    desk.do(actions.declined, code=code)
    assert stands(desk, code) == ("declined", "choose_search")
    with pytest.raises(Conflict):
        place(desk, code)
    desk.do(actions.go_on, code=code)
    place(desk, code)
    assert stands(desk, code) == ("placed", "review_stay")


def test_an_offer_needs_a_moment_that_comes_and_a_reason_for_a_no(desk: Desk) -> None:
    code = desk.begun()
    with pytest.raises(DomainError, match="moment dat nog komt"):
        offer(desk, code, answer_by=ANSWER_BY - timedelta(hours=4))
    with pytest.raises(DomainError, match="wie de plek biedt"):
        offer(desk, code, provider="coordination")
    offer(desk, code)
    with pytest.raises(DomainError, match="Kies een reden"):
        desk.do(actions.refused, code=code, reason="zomaar")


def test_who_mediates_is_asked_after_it_was_said_why_nothing_here_fits(desk: Desk) -> None:
    code = desk.begun()
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    for changes, message in (
        ({"told": " "}, "waarom hier niets past"),
        ({"reason": ""}, "Kies een reden"),
    ):
        asked = {"reason": "needs_more_care", "told": "Vraagt meer zorg.", **AGREED, **changes}
        with pytest.raises(DomainError, match=message):
            desk.do(actions.mediate, code=code, **asked)
    desk.do(actions.mediate, code=code, reason="full", told="Alles is vol.", **AGREED)
    assert stands(desk, code) == ("mediation", "await_mediation")
    offer(desk, code, kind="cosm")
    assert desk.row(code).state == "offered"


def test_a_place_has_a_first_night_and_a_day_on_which_somebody_looks_again(desk: Desk) -> None:
    code = desk.begun()
    with pytest.raises(DomainError, match="een bed voor de nacht"):
        place(desk, code, kind="bridge")
    with pytest.raises(DomainError, match="een latere dag"):
        place(desk, code, starts=TUESDAY - timedelta(days=1))
    with pytest.raises(DomainError, match="een dag na de eerste dag"):
        place(desk, code, review=TUESDAY)
    place(desk, code)
    assert desk.nights(code) == [("2026-12-01", "placed", "")]
    assert desk.step(code).due.astimezone(AMSTERDAM) == datetime(2026, 12, 10, 16, 0, tzinfo=AMSTERDAM)
    with pytest.raises(DomainError, match="latere dag dan nu"):
        desk.do(actions.extend, code=code, review=TUESDAY)
    desk.do(actions.extend, code=code, review=TUESDAY + timedelta(days=20))
    assert desk.step(code).due.astimezone(AMSTERDAM).date() == date(2026, 12, 16)


def test_a_place_that_begins_later_leaves_tonight_open(desk: Desk) -> None:
    code = desk.begun()
    place(desk, code, starts=TUESDAY + timedelta(days=2))
    assert stands(desk, code) == ("placed", "no_bed_tonight")


def test_who_leaves_a_place_has_no_bed_tonight(desk: Desk) -> None:
    code = desk.begun()
    place(desk, code)
    desk.do(actions.leave, code=code)
    assert stands(desk, code) == ("open", "no_bed_tonight")
    assert desk.nights(code) == [("2026-12-01", "", "")]


def test_on_hold_counts_no_nights(desk: Desk) -> None:
    code = desk.begun()
    desk.do(actions.hold, code=code, until=TUESDAY + timedelta(days=3))
    assert stands(desk, code) == ("on_hold", "search_again")
    assert desk.nights(code) == []
    desk.at("2026-12-04", "10:00")
    desk.tick()
    assert desk.nights(code) == []
    desk.do(actions.go_on, code=code)
    assert desk.nights(code) == [("2026-12-04", "", "")]
    assert stands(desk, code) == ("open", "no_bed_tonight")


@pytest.mark.parametrize(
    ("household", "minor", "step", "due"),
    [
        ("child", "ja", "child_gone", datetime(2026, 12, 3, 10, 0, tzinfo=AMSTERDAM)),
        ("adult", "nee", "person_gone", datetime(2026, 12, 3, 17, 0, tzinfo=AMSTERDAM)),
    ],
)
def test_who_is_gone_is_sought_before_a_bed_is(
    desk: Desk, household: str, minor: str, step: str, due: datetime
) -> None:
    code = desk.begun(household, under_18=minor)
    kind = "youth" if household == "child" else "womens"
    place(desk, code, kind=kind)
    desk.at("2026-12-03", "10:00")
    desk.do(actions.gone, code=code)
    assert stands(desk, code) == ("on_hold", step)
    there = desk.step(code)
    assert (there.urgent, timezone.localtime(there.due).replace(microsecond=0)) == (True, due)
    before = [("2026-12-01", "placed", "placed"), ("2026-12-02", "placed", "placed")]
    assert desk.nights(code) == before
    for act in (actions.gone, actions.withdraw):
        with pytest.raises(Conflict):
            desk.do(act, code=code)
    desk.at("2026-12-04", "10:00")
    desk.tick()
    assert desk.nights(code) == before
    with pytest.raises(DomainError, match="Schrijf welke organisaties"):
        desk.do(actions.called, code=code, told=" ", until=date(2026, 12, 5))
    with pytest.raises(DomainError, match="Kies een dag die nog komt"):
        desk.do(actions.called, code=code, told="Nidos", until=date(2026, 12, 4))
    desk.do(actions.called, code=code, told="Nidos en de politie", until=date(2026, 12, 5))
    assert stands(desk, code) == ("on_hold", "search_again")
    with pytest.raises(Conflict):
        desk.do(actions.called, code=code, told="Nidos", until=date(2026, 12, 6))
    desk.do(actions.go_on, code=code)
    assert stands(desk, code) == ("open", "no_bed_tonight")


def test_who_comes_back_is_gone_no_more(desk: Desk) -> None:
    code = desk.begun()
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    desk.do(actions.gone, code=code)
    assert desk.nights(code) == []
    desk.do(actions.go_on, code=code)
    assert stands(desk, code) == ("open", "no_bed_tonight")
    assert desk.row(code).gone_since is None


def test_one_place_that_two_were_offered_goes_to_who_says_yes_first(desk: Desk) -> None:
    first, second, third = desk.begun(), desk.begun(), desk.begun()
    for code, number in ((first, "12"), (second, "12"), (third, "13")):
        offer(desk, code, provider="womens", number=number)
    place(desk, second)
    assert stands(desk, first) == ("open", "no_bed_tonight")
    assert desk.step(first).due == datetime(2026, 12, 1, 16, 0, tzinfo=AMSTERDAM)
    assert stands(desk, second) == ("placed", "review_stay")
    assert desk.row(third).state == "offered"
    view = desk.do(queries.search, code=first)
    assert any("De plek ging naar iemand anders" in words for _day, words in view.course)
    with pytest.raises(Conflict):
        desk.do(actions.go_on, code=third)


def test_an_offer_of_who_mediates_after_a_place_is_answered_the_same_day(
    desk: Desk, client_for: Callable[[str], Client]
) -> None:
    code = desk.begun()
    place(desk, code)
    address = f"/werk/zorg/plek/{code}/"
    browser = client_for(COORDINATOR)
    with pytest.raises(Conflict):
        desk.do(actions.said_so, code=code)
    shown = as_read(browser.post(address + "te-laat/", follow=True).text)
    assert "Al geplaatst: zeg dat vandaag tegen wie bemiddelt." in shown
    assert address + "te-laat/" not in shown
    assert stands(desk, code) == ("placed", "tell_mediator")
    assert timezone.localdate(desk.step(code).due) == TUESDAY
    with pytest.raises(Conflict):
        desk.do(actions.too_late, code=code)
    browser.post(address + "gezegd/")
    assert stands(desk, code) == ("placed", "review_stay")
    other = desk.begun()
    with pytest.raises(Conflict):
        desk.do(actions.too_late, code=other)


def test_it_ends_when_each_night_is_filled_in(desk: Desk) -> None:
    code = desk.begun()
    desk.at("2026-12-02", "10:00")
    desk.tick()
    with pytest.raises(DomainError, match="Vul eerst in wat elke nacht werd"):
        desk.do(actions.withdraw, code=code)
    desk.do(actions.set_night, code=code, night=TUESDAY, state="nowhere")
    desk.do(actions.withdraw, code=code)
    row = desk.row(code)
    assert (row.state, row.current_step, row.closed is not None) == ("withdrawn", None, True)
    assert desk.nights(code) == [("2026-12-01", "", "nowhere")]
    with pytest.raises(Conflict):
        offer(desk, code, answer_by=datetime(2026, 12, 2, 14, 0, tzinfo=AMSTERDAM))


def test_two_coordinators_set_a_night_and_one_wins(desk: Desk) -> None:
    code = desk.begun()
    seen = desk.do(queries.search, code=code).revision
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged", revision=seen)
    with pytest.raises(Conflict):
        desk.do(actions.set_night, code=code, night=TUESDAY, state="nowhere", revision=seen)
    assert desk.nights(code) == [("2026-12-01", "bridged", "")]


def test_declined_needs_an_offer_for_that_night(desk: Desk) -> None:
    code = desk.begun()
    with pytest.raises(DomainError, match="Er was geen aanbod voor deze nacht"):
        desk.do(actions.set_night, code=code, night=TUESDAY, state="declined")
    offer(desk, code)
    desk.do(actions.declined, code=code)
    desk.do(actions.set_night, code=code, night=TUESDAY, state="declined")
    assert desk.nights(code) == [("2026-12-01", "declined", "")]


def test_a_night_is_corrected_with_a_reason_for_seven_days(desk: Desk) -> None:
    code = desk.begun()
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    desk.at("2026-12-02", "10:00")
    desk.tick()
    desk.do(actions.set_night, code=code, night=TUESDAY, state="nowhere")
    with pytest.raises(DomainError, match="waarom de stand anders was"):
        desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged")
    desk.do(actions.set_night, code=code, night=TUESDAY, state="bridged", told="Sliep bij een vriend.")
    # The plan stays what it was.
    assert desk.nights(code)[0] == ("2026-12-01", "bridged", "bridged")
    assert any("nergens" in text for _day, text in desk.do(queries.search, code=code).course)
    desk.at("2026-12-09", "10:00")
    with pytest.raises(DomainError, match="zeven dagen lang"):
        desk.do(actions.set_night, code=code, night=TUESDAY, state="nowhere", told="Toch niet.")


def test_the_address_is_opened_with_a_reason_that_stands_in_the_ledger(desk: Desk) -> None:
    code = desk.begun()
    with pytest.raises(Absent):
        desk.do(actions.open_address, code=code, reason="brengen")
    place(desk, code, address=f"{PLANT} 7")
    assert PLANT not in repr(desk.do(queries.search, code=code))
    with pytest.raises(DomainError, match="Kies waarom"):
        desk.do(actions.open_address, code=code, reason="nieuwsgierig")
    assert desk.do(actions.open_address, code=code, reason="brengen") == f"{PLANT} 7"
    with acting(desk.actor):
        line = Event.objects.filter(action="shelter.address").get()
    assert (line.purpose, line.subject_kind) == ("brengen", "shelter")


def test_the_address_of_the_next_place_takes_the_place_of_the_first(desk: Desk) -> None:
    code = desk.begun()
    place(desk, code, address="Eerste 1")
    desk.do(actions.leave, code=code)
    place(desk, code, address="Tweede 2")
    assert desk.do(actions.open_address, code=code, reason="plek") == "Tweede 2"


def test_nobody_else_sees_a_search(desk: Desk) -> None:
    code = desk.begun()
    for mail, error in (("af@westland.example", Refused), ("avim@politie.example", Absent)):
        other = samples.actor(mail)
        with acting(other):
            assert not Search.objects.exists()
            with pytest.raises(error):
                queries.search(code, other)


def told_of_a_child(desk: Desk) -> str:
    """Return the code of a search for an adult, of whom the asker told later that it is a child."""
    asked, receipt = samples.ask_for_help()
    desk.do(care.take_on, code=asked)
    code = str(desk.do(actions.start, request=asked, wish=actions.Wish("adult", 1, "haaglanden")))
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Zij is 16.", danger=reports.Danger(marks=("under_18",)))
    with acting(system_actor(desk.actor.own_organisation)) as system:
        reports.sweep(system)
    return code


def test_who_turns_out_to_be_a_child_gets_no_place_for_an_adult(
    desk: Desk, client_for: Callable[[str], Client]
) -> None:
    code = told_of_a_child(desk)
    tonight = desk.row(code).opened
    for verb, given in (
        (actions.offer, {"kind": "womens", "answer_by": timezone.now() + timedelta(hours=1)}),
        (actions.mediate, {"reason": "full", "told": "Vol.", **AGREED}),
        (actions.set_night, {"night": tonight, "state": "bridged"}),
    ):
        with pytest.raises(DomainError, match=r"De persoon is jonger dan 18|wordt niet overbrugd"):
            desk.do(verb, code=code, **given)
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/plek/{code}/").text)
    assert "Stop deze zoektocht en zoek als kind alleen." in page
    desk.do(actions.withdraw, code=code)
    wish = actions.Wish("child", 1, "haaglanden")
    assert desk.do(actions.start, request=desk.row(code).request_code, wish=wish)


def test_the_page_has_one_form_and_the_others_are_a_link_away(
    desk: Desk, client_for: Callable[[str], Client]
) -> None:
    code, browser = desk.begun(), client_for(COORDINATOR)
    path = f"/werk/zorg/plek/{code}/"
    page = browser.get(path).text
    assert f'action="{path}aanbod/"' in page
    assert f'action="{path}geplaatst/"' not in page
    assert f'href="{path}geplaatst/"' in page
    other = browser.get(f"{path}geplaatst/").text
    assert f'action="{path}geplaatst/"' in other
    assert f'href="{path}aanbod/"' in other
    assert page.index("Wie doet nu wat") < page.index(f'action="{path}aanbod/"')
    assert other.index(f'action="{path}geplaatst/"') < other.index("Wie doet nu wat")
    wrong = browser.post(f"{path}geplaatst/", {"revision": "1"})
    assert wrong.status_code == 422
    assert f'action="{path}geplaatst/"' in wrong.text
    offer(desk, code)
    assert browser.get(f"{path}aanbod/").headers["location"] == path
    assert browser.get(f"{path}nacht/").status_code == 405


def test_a_request_ends_after_the_search_that_hangs_on_it(desk: Desk) -> None:
    code = desk.begun()
    request = desk.row(code).request_code
    with pytest.raises(DomainError, match="naar een plek gezocht"):
        desk.do(care.close, code=request, end="safe_own")
    desk.do(actions.withdraw, code=code)
    desk.do(care.close, code=request, end="safe_own")
