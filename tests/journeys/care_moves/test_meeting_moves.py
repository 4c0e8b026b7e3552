"""Where a move meets what else goes on: two who are asked, an age that changes, a stop, a thin file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_endings import details
from tests.journeys.care_files.test_files import beside, seen, step
from tests.journeys.care_moves.test_moving import agreed, clock, offered, own_files, state
from tests.journeys.care_shares.conftest import COORDINATOR, SUPPORT, Desk, made
from tests.reading import as_read

from sluitend.journeys.care import actions as care
from sluitend.journeys.care.queries import RequestView, request
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.actions import Meeting, Planned
from sluitend.journeys.care_files.actions.growing import turn_minor
from sluitend.journeys.care_files.actions.working import on_file
from sluitend.journeys.care_files.journey import CARE_FILE_WRITE
from sluitend.journeys.care_moves import actions
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db
ELSEWHERE = {"to": "avim", "recipient": "Avim"}
type ClientFor = Callable[[str], Client]


@pytest.fixture
def desk(region: Any) -> Desk:
    return made()


@pytest.fixture
def moved(desk: Desk) -> str:
    """The code of the file of a client who was taken over."""
    _share, code = offered(desk)
    return str(desk.do(desk.support, actions.accept, code=code))


def request_of(who: Actor, file: str) -> str:
    return seen(who, file).request_code


def told(who: Actor, code: str) -> RequestView:
    with acting(who):
        return request(code, who)


def appointment(desk: Desk) -> None:
    meeting = Meeting("lawyer", "theirs", "Op het kantoor.", "none")
    at = timezone.now() + timedelta(days=3)
    planned = Planned(at=at, minutes=60, worker=desk.coordinator.own_account, meeting=meeting)
    desk.do(desk.coordinator, files.make_appointment, code=desk.code, planned=planned, revision=None)


def test_one_organisation_at_a_time_is_asked_so_that_never_two_have_the_client(desk: Desk) -> None:
    _share, code = offered(desk)
    other = agreed(desk, **ELSEWHERE)
    with pytest.raises(DomainError, match="U vroeg dit al aan Leger des Heils"):
        desk.do(desk.coordinator, files.send, code=desk.code, share=other)
    desk.do(desk.support, actions.give_back, code=code, reason="full")
    again = desk.do(desk.coordinator, files.send, code=desk.code, share=other)
    police = samples.actor("avim@politie.example")
    assert own_files(police) == []
    desk.do(police, actions.accept, code=again)
    assert (len(own_files(police)), own_files(desk.support)) == (1, [])


def test_a_stop_of_all_contact_goes_along_and_a_later_one_takes_the_offer_back(desk: Desk) -> None:
    until = timezone.localdate() + timedelta(days=5)
    stop = {"code": desk.code, "revision": None}
    desk.do(desk.coordinator, files.stop_contact, until=until, **stop)
    share, code = offered(desk)
    desk.do(desk.coordinator, files.stop_contact, until=until + timedelta(days=1), **stop)
    assert state(desk, code) == "recalled"
    again = desk.do(desk.coordinator, files.send, code=desk.code, share=share)
    new = desk.do(desk.support, actions.accept, code=again)
    view = seen(desk.support, new)
    assert view.stop_until == until + timedelta(days=1)
    assert all(each.why_not for each in view.ways)


def test_who_turns_out_to_be_grown_up_does_not_arrive_as_a_child(desk: Desk) -> None:
    desk.do(desk.coordinator, files.write_details, code=desk.code, details=details(), revision=None)
    desk.do(desk.coordinator, files.note_child_route, code=desk.code, told="Nidos", revision=None)
    share, code = offered(desk, chosen="call_name")
    adult = details(age_group="adult")
    desk.do(desk.coordinator, files.write_details, code=desk.code, details=adult, revision=None)
    assert state(desk, code) == "recalled"
    share = agreed(desk, chosen="call_name")
    again = desk.do(desk.coordinator, files.send, code=desk.code, share=share)
    assert not seen(desk.support, desk.do(desk.support, actions.accept, code=again)).minor


def test_who_began_before_something_went_is_told_so_and_sends_no_child_as_an_adult(desk: Desk) -> None:
    """The one who writes saw that nothing went, so nothing is recalled: then nothing of it may stand."""
    share = desk.agreed()

    def write(actor: Actor) -> None:
        with on_file(desk.code, actor, CARE_FILE_WRITE) as it:
            turn_minor(it)
            it.go_on()
            files.send(code=desk.code, share=share, actor=actor)

    with pytest.raises(Conflict):
        desk.do(desk.coordinator, write)


def test_nobody_writes_where_nobody_reads(desk: Desk, moved: str, client_for: ClientFor) -> None:
    """The code of a request that a move made is nobody's: words to who asked would be lost."""
    code = request_of(desk.support, moved)
    acts: tuple[tuple[Callable[..., None], dict[str, str]], ...] = (
        (care.tell, {"sentence": "busy"}),
        (care.ask_back, {"text": "Belt u mij?"}),
    )
    for act, words in acts:
        with pytest.raises(DomainError, match="Hier leest niemand"):
            desk.do(desk.support, act, code=code, **words)
    page = as_read(client_for(SUPPORT).get(f"/werk/zorg/{code}/").text)
    assert "Schrijf de aanvrager" not in page
    assert "Vraag de aanvrager iets" not in page
    assert "Beloofd aan de aanvrager" not in page
    with pytest.raises(DomainError, match="is nog open"):
        desk.do(desk.support, care.close, code=code, end="stopped")
    desk.do(desk.support, files.close, code=moved, end="safe_own", revision=None)
    desk.do(desk.support, care.close, code=code, end="safe_own")


def test_a_client_who_moved_is_known_again_by_their_number(desk: Desk, moved: str) -> None:
    back = request_of(desk.coordinator, agreed_back(desk, moved))
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        reports.sweep(system)
    assert request_of(desk.coordinator, desk.code) in told(desk.coordinator, back).same


def agreed_back(desk: Desk, file: str) -> str:
    """Return the code of the file that is made when the client goes back to where they came from."""
    wanted = files.Share(
        what="move",
        to="shop",
        recipient="SHOP",
        chosen="call_name contact",
        parts="wat meegaat",
        purpose="terug",
        until=(timezone.localdate() + timedelta(days=9)).isoformat(),
        answer="yes",
        form="paper",
    )
    desk.do(desk.support, files.share, code=file, wanted=wanted, revision=None)
    share = seen(desk.support, file).shares[0].id
    sent = desk.do(desk.support, files.send, code=file, share=share)
    return str(desk.do(desk.coordinator, actions.accept, code=sent))


def test_what_is_left_of_a_client_who_was_taken_over_asks_only_what_can_be_done(
    desk: Desk, client_for: ClientFor
) -> None:
    _share, code = offered(desk)
    appointment(desk)
    path = f"/werk/zorg/dossier/{desk.code}/"
    desk.do(desk.support, actions.accept, code=code)
    clock(desk)
    assert step(desk.coordinator, desk.code) == "round_off"
    assert [what for what, _day in beside(desk.coordinator, desk.code)] == ["moving_on"]
    for page in (path, f"/werk/zorg/{request_of(desk.coordinator, desk.code)}/"):
        shown = client_for(COORDINATOR).get(page).text
        assert "Leger des Heils nam de cliënt over. Zoek geen contact" in as_read(shown)
        assert 'href="tel:' not in shown.split("Wie vroeg dit")[0]


def test_an_offer_that_ended_since_something_changed_says_so(desk: Desk, client_for: ClientFor) -> None:
    _share, code = offered(desk)
    never = files.Rule(channel="app", effect="never")
    desk.do(desk.coordinator, files.add_rule, code=desk.code, rule=never, revision=None)
    browser = client_for(COORDINATOR)
    assert "Leger des Heils nam de cliënt niet over" not in as_read(browser.get("/werk/").text)
    assert "In het zorgdossier veranderde iets" in as_read(browser.get(f"/werk/zorgoverdracht/{code}/").text)


def test_who_keeps_the_thin_file_hears_that_the_whole_one_was_not_kept(desk: Desk) -> None:
    desk.code = samples.care_file()
    _share, code = offered(desk, chosen="call_name whole")
    new = desk.do(desk.support, actions.accept, code=code)
    view = told(desk.support, request_of(desk.support, new))
    assert "Het volledige dossier is hier niet bewaard" in view.saw


def test_who_took_a_client_over_finds_them_in_a_list(desk: Desk, client_for: ClientFor) -> None:
    link = 'href="/werk/zorg/"'
    assert link not in client_for(SUPPORT).get("/werk/").text
    _share, code = offered(desk)
    new = desk.do(desk.support, actions.accept, code=code)
    browser = client_for(SUPPORT)
    assert link in browser.get("/werk/").text
    assert request_of(desk.support, new) in browser.get("/werk/zorg/").text
