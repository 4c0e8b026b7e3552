"""A provider of support stops: what is shared with it ends that day, and each person is asked anew."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_endings import at
from tests.journeys.care_files.test_files import begun, beside, seen
from tests.journeys.care_shares.conftest import COORDINATOR, SUPPORT, TOWN, Desk, made
from tests.outcomes import queue
from tests.reading import as_read

from sluitend.journeys.assurance import actions
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files import queries
from sluitend.journeys.care_files.journey import MOVE_SUPPORT
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.care_shares.queries import received_share
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.expiring import expire_all
from sluitend.kernel.organisations.models import Account

pytestmark = pytest.mark.django_db
LIST = "/werk/zorgdossiers/andere-ondersteuning/"
REGION = "regio@rsiv.example"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def desk(region: Any) -> Desk:
    return made()


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def contract(ends: date | None, decision: str = "stops", area: str = "hollands_midden") -> str:
    return samples.assure(
        kind=f"support_{area}", area=area, partner="leger_des_heils", ends=ends, decision=decision
    )


def hear(desk: Desk) -> int:
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        return actions.tell_of_losses(system)


def expire(desk: Desk) -> None:
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        expire_all(actor=system, today=timezone.localdate())


def moves(desk: Desk) -> list[queries.Move]:
    found: list[queries.Move] = desk.do(desk.coordinator, queries.moves)
    return found


def asked(desk: Desk) -> list[date]:
    return [day for what, day in beside(desk.coordinator, desk.code) if what == MOVE_SUPPORT]


def taken_on(desk: Desk) -> tuple[str, str]:
    agreement, code = desk.sent()
    desk.do(desk.support, shares.accept, code=code)
    return agreement, code


def opens(desk: Desk, code: str) -> bool:
    return desk.do(desk.support, received_share, code=code).body is not None


def test_an_announced_end_gives_a_line_a_person_and_ends_what_is_read_after_it(
    desk: Desk, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-12-01")
    _agreement, code = taken_on(desk)
    contract(date(2027, 1, 20))
    assert (hear(desk), hear(desk)) == (1, 0)
    assert asked(desk) == [date(2026, 12, 21)]
    (line,) = moves(desk)
    assert (line.file, line.provider, line.stops, line.waits) == (
        desk.code,
        "leger_des_heils",
        date(2027, 1, 20),
        True,
    )
    page = as_read(client_for(COORDINATOR).get(LIST).text)
    assert desk.code in page
    assert "20 januari" in page
    assert "Vraag de persoon of een andere organisatie mag helpen." in page
    assert "Mei" not in page
    at(monkeypatch, "2027-01-20")
    assert opens(desk, code)
    at(monkeypatch, "2027-01-21")
    assert not opens(desk, code)
    expire(desk)
    assert desk.row(code).access_ended == date(2027, 1, 21)
    assert asked(desk)  # that it ended settles nothing for the person


def test_who_stops_today_opens_nothing_tomorrow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-12-01")
    _agreement, code = taken_on(desk)
    contract(date(2026, 12, 1))
    assert hear(desk) == 1
    assert asked(desk) == [date(2026, 12, 1)]
    at(monkeypatch, "2026-12-02", 0)
    assert not opens(desk, code)


def test_an_organisation_where_nobody_works_any_more_has_stopped(desk: Desk) -> None:
    desk.sent()
    Account.objects.filter(email=SUPPORT).update(is_active=False)
    assert hear(desk) == 1
    assert moves(desk)[0].stops == timezone.localdate()


@pytest.mark.parametrize(("ends", "decision"), [(30, ""), (-5, ""), (30, "goes_on"), (None, "stops")])
def test_nothing_ends_where_nobody_decided_that_it_stops(desk: Desk, ends: int | None, decision: str) -> None:
    desk.sent()
    contract(days(ends) if ends is not None else None, decision)
    assert (hear(desk), moves(desk), asked(desk)) == (0, [], [])


def test_who_keeps_one_contract_goes_on_and_who_lost_the_last_stops(desk: Desk) -> None:
    desk.sent()
    other = contract(days(400), "", area="haaglanden")
    contract(days(10))
    assert hear(desk) == 0
    with acting(samples.actor(REGION)):
        actions.end_assured(code=other, actor=samples.actor(REGION))
    assert hear(desk) == 1
    assert moves(desk)[0].stops == days(10)


def test_who_stops_is_not_proposed_again(desk: Desk, client_for: ClientFor) -> None:
    desk.code = begun(desk.coordinator, where="GM0546")[1]  # by the part of the region it would be
    path = f"/werk/zorg/dossier/{desk.code}/delen/ondersteuning/"

    def proposed() -> str:
        return str(client_for(COORDINATOR).get(path).context["form"].fields["recipient"].initial)

    desk.sent()
    assert proposed() == "leger_des_heils"
    contract(days(10))
    hear(desk)
    assert proposed() == ""


def test_a_yes_to_another_organisation_is_done_when_it_went(desk: Desk) -> None:
    desk.sent()
    contract(days(10))
    hear(desk)
    share = desk.agreed(recipient="Avim")
    assert "Verstuur het nog" in moves(desk)[0].words
    assert asked(desk)
    desk.do(desk.coordinator, files.send, code=desk.code, share=share)
    assert (moves(desk)[0].words, moves(desk)[0].waits, asked(desk)) == ("Gedeeld met Avim.", False, [])


def test_who_says_no_stays_with_who_coordinates(desk: Desk) -> None:
    desk.sent()
    contract(days(10))
    hear(desk)
    desk.agreed(answer="no")
    assert (moves(desk)[0].words, moves(desk)[0].waits) == ("De persoon blijft bij u.", False)
    assert asked(desk) == []


def test_the_page_of_a_file_lets_somebody_stay(desk: Desk, client_for: ClientFor) -> None:
    agreement, _code = desk.sent()
    contract(days(10))
    hear(desk)
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{desk.code}/"
    assert "De ondersteuning stopt" in as_read(browser.get(path).text)
    assert browser.post(f"{path}blijft/{agreement}/").status_code == 302
    assert "De ondersteuning stopt" not in as_read(browser.get(path).text)
    assert (asked(desk), moves(desk)[0].waits) == ([], False)
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.stay_here, code=desk.code, share=agreement, revision=None)


def test_who_took_it_back_is_asked_nothing(desk: Desk) -> None:
    agreement, _code = desk.sent()
    contract(days(10))
    hear(desk)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=agreement)
    assert asked(desk) == []
    assert not moves(desk)[0].waits


def test_nobody_else_learns_whose_support_stops(desk: Desk, client_for: ClientFor) -> None:
    desk.sent()
    contract(days(10))
    hear(desk)
    for who in (SUPPORT, "avim@politie.example"):
        assert desk.code not in client_for(who).get(LIST).text
    assert client_for(TOWN).get(LIST).status_code == 404
    assert seen(desk.coordinator, desk.code).moves


def test_the_day_on_which_the_region_says_so_is_heard_at_once(desk: Desk) -> None:
    desk.sent()
    code, who = contract(days(400), ""), samples.actor(REGION)
    agreed = actions.Agreed(partner="leger_des_heils", ends=timezone.localdate(), decision="stops")
    with queue() as queued, acting(who):
        actions.change_assured(code=code, agreed=agreed, seen=1, actor=who)
    assert "assurance.losses" in [task for task, _ids in queued]
