"""Whoever releases sees that somebody else has the place in hand, also where nobody asked to wait."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples
from tests.journeys.visits.situations import Town, days

from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.visits import actions, queries, terms
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation

type Clients = Callable[[str], Client]
BARN = Place(address="tuinderspad 12A, De Lier")
"""Where the case of a sample is, written otherwise."""
GREENHOUSE = Place(address="Kwakelweg 12, De Lier")
FOCAL = "af@westland.example"


def referred(*, track: str = "place", partner: str = "arbeidsinspectie") -> tuple[str, str]:
    """Return the codes of a case about the barn and of a referral that comes from it."""
    who = samples.actor(FOCAL)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    case = samples.take_in(report, who)
    samples.weigh(case, who)
    samples.compose(case, who)
    return case, samples.refer(case, who, track=track, partner=partner, channel="phone")


def seen(town: Town, code: str) -> queries.VisitView:
    """Return the visit as the focal point sees it."""
    with acting(town.focal_point):
        return queries.visit(code, town.focal_point)


def refused(town: Town, code: str) -> DomainError:
    """Return why a visit is not released."""
    with pytest.raises(DomainError) as error:
        town.release(code)
    return error.value


def test_a_referral_that_runs_is_seen_and_asks_to_agree_first(town: Town) -> None:
    _case, referral = referred()
    code, elsewhere = town.plan(BARN), town.plan(GREENHOUSE)
    assert [(each.code, each.partner) for each in seen(town, code).in_hand.partners] == [
        (referral, "arbeidsinspectie")
    ]
    assert not seen(town, elsewhere).in_hand
    assert refused(town, code).field == "agreed"
    assert town.visit(code).state == Visit.State.PLANNED
    town.release(code, agreed=True)
    assert town.visit(code).state == Visit.State.RELEASED
    town.release(elsewhere)


@pytest.mark.parametrize("ends", ["recalled", "answered"])
def test_a_referral_that_ended_is_in_nobodys_hand(town: Town, ends: str) -> None:
    _case, referral = referred()
    code = town.plan(BARN)
    if ends == "recalled":
        town.do(town.focal_point, referrals.recall, code=referral, reason="mistake")
    else:
        today = timezone.localdate()
        town.do(town.focal_point, referrals.note_answer, code=referral, answer="niet_van_ons", on=today)
    assert not seen(town, code).in_hand
    town.release(code)


def test_what_a_partner_took_up_stays_in_its_hand(town: Town) -> None:
    _case, referral = referred()
    today = timezone.localdate()
    town.do(town.focal_point, referrals.note_answer, code=referral, answer="opgepakt", on=today)
    code = town.plan(BARN)
    (partner,) = seen(town, code).in_hand.partners
    assert partner.state_words == "Opgepakt"
    assert refused(town, code).field == "agreed"


@pytest.mark.parametrize("askers", [("arbeidsinspectie",), ("avim",)])
def test_about_a_person_only_who_may_ask_to_wait_has_the_place_in_hand(
    town: Town, monkeypatch: pytest.MonkeyPatch, askers: tuple[str, ...]
) -> None:
    _case, referral = referred()
    code = town.plan(BARN)
    with acting(town.focal_point):
        assert Referral.objects.filter(code=referral).update(track="person") == 1
    monkeypatch.setattr(terms, "askers", lambda: askers)
    assert bool(seen(town, code).in_hand) == ("arbeidsinspectie" in askers)


def test_a_case_that_goes_to_another_municipality_is_told(town: Town) -> None:
    case = samples.ready_to_hand_over(samples.content())
    code = town.plan(BARN)
    assert seen(town, code).in_hand.elsewhere == ()
    samples.hand_over(case, town.focal_point)
    assert seen(town, code).in_hand.elsewhere == (case,)
    assert refused(town, code).field == "agreed"


def test_another_visit_there_the_same_days_is_told_and_a_later_one_is_not(town: Town) -> None:
    first = town.plan(GREENHOUSE)
    plan = Plan(kind="letter", day=days(5), place=Place(address="Kwakelweg 12a"))
    second = town.do(town.focal_point, actions.plan_visit, plan=plan)
    later = town.plan(GREENHOUSE, ahead=20)
    for code, other in ((first, second), (second, first)):
        assert [each.code for each in seen(town, code).in_hand.beside] == [other]
    assert not seen(town, later).in_hand
    town.release(second)
    assert [each.state_words for each in seen(town, first).in_hand.beside] == ["Vrijgegeven"]
    town.do(town.planner, actions.withdraw, code=first, reason="not_needed")
    assert not seen(town, second).in_hand


def test_the_page_names_who_is_there_and_the_tick_lets_it_go(town: Town, client_for: Clients) -> None:
    referred()
    code, desk = town.plan(BARN), client_for(FOCAL)
    page = desk.get(f"/werk/vrijgeven/{code}/")
    assert "Wie daar al bezig is" in page.text
    assert "Arbeidsinspectie" in page.text
    back = desk.post(f"/werk/vrijgeven/{code}/vrij/")
    assert "Stem dit eerst af met wie daar al bezig is." in back.text
    desk.post(f"/werk/vrijgeven/{code}/vrij/", {"agreed": "on"})
    assert town.visit(code).state == Visit.State.RELEASED


def test_the_list_says_what_is_open_with_so_many_statements_whatever_its_length(
    town: Town, client_for: Clients
) -> None:
    case, _referral = referred()
    town.note_wait_request(GREENHOUSE)
    town.plan(BARN, kind="visit")
    town.plan(GREENHOUSE)
    free = town.plan(Place(address="Heel ergens anders 1"))

    def listed() -> tuple[int, dict[str, tuple[str, ...]]]:
        with acting(town.focal_point), CaptureQueriesContext(connection) as asked:
            rows = queries.waiting(town.focal_point).rows
        return len(asked), {row.place.head: row.open for row in rows}

    listed()
    few, opens = listed()
    assert opens == {
        BARN.address: ("casus", "een ander is daar bezig"),
        GREENHOUSE.address: ("wachtverzoek",),
        "Heel ergens anders 1": (),
    }
    for number in range(2, 12):
        town.plan(Place(address=f"Heel ergens anders {number}"))
    assert listed()[0] == few
    assert f'value="{free}"' in client_for(FOCAL).get("/werk/vrijgeven/").text
    assert case


def test_a_planner_reads_nothing_of_who_is_there(town: Town, client_for: Clients) -> None:
    case, referral = referred()
    code, planner = town.plan(BARN), client_for("toezicht@westland.example")
    for path in ("/werk/toezicht/", f"/werk/toezicht/{code}/", "/werk/"):
        page = planner.get(path).text
        assert not any(word in page for word in (case, referral, "Arbeidsinspectie", "bezig"))
    assert planner.get(f"/werk/vrijgeven/{code}/").status_code == 404
