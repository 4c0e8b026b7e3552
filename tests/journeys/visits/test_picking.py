"""Which address is meant is asked where somebody types one: for a visit, a wait request and a case."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import FOCAL, taken_in
from tests.journeys.visits.situations import Town
from tests.journeys.visits.test_answers_ask_to_wait import NO_PLACE, posted, referred
from tests.kernel.handbook.invented_addresses import make_book

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits import queries as visit_queries
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.handbook.address_book import Address, doors
from sluitend.kernel.sealing.envelopes import open_envelope

pytestmark = pytest.mark.django_db

type Clients = Callable[[str], Client]
QUESTION = "Welk adres bedoelt u?"
TYPED, SURE = "Hoofdstr. 14", "hoofdstr 14, Oosterhage"
PLAN, NOTE, ASK = (
    "/werk/toezicht/nieuw/",
    "/werk/vrijgeven/wachtverzoeken/nieuw/",
    "/werk/wachtverzoeken/nieuw/",
)
LIST = "/werk/toezicht/lijst/"
PLANNER, POLICE = "toezicht@westland.example", "avim@politie.example"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Addresses of the invented region."""
    return make_book(tmp_path_factory.mktemp("picking"))


@pytest.fixture
def there(town: Town, book: Path, monkeypatch: pytest.MonkeyPatch) -> Address:
    """An address of the register that is installed, in one of the three towns that have it."""
    monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", book)
    return next(each for each in doors(TYPED).found if each.place == "Oosterhage")


def visit(**more: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=3)
    return {"kind": "check", "day": day.isoformat(), "aim": "", "address": TYPED, **more}


def wait(town: Town, **more: str) -> dict[str, str]:
    until = timezone.localdate() + timedelta(days=14)
    who = {"municipality": str(town.organisation_id), "partner": "avim", "contact": "Recherche"}
    asked = {"ground": "investigation", "until": until.isoformat(), "telephone": "070 000 00 01"}
    return {**who, **asked, "address": TYPED, **more}


def content(town: Town, row: Visit | WaitRequest) -> dict[str, str]:
    with acting(town.focal_point) as actor:
        found: dict[str, str] = open_envelope(row.envelope_id, actor=actor, purpose="test").read(
            row, "content"
        )
        return found


def last(town: Town, kind: type[Visit] | type[WaitRequest]) -> dict[str, str] | None:
    with acting(town.focal_point):
        row = kind.objects.order_by("id").first()
    return content(town, row) if row else None


def test_a_visit_asks_which_address_and_keeps_the_one_that_was_picked(
    town: Town, there: Address, client_for: Clients
) -> None:
    page = client_for(PLANNER)
    asked = page.post(PLAN, visit())
    assert QUESTION in asked.text
    assert there.text in asked.text
    assert last(town, Visit) is None
    assert page.post(PLAN, visit(door=there.id)).status_code == 302
    kept = last(town, Visit)
    assert kept
    assert (kept["address"], kept["door"]) == (there.text, there.id)


def test_none_of_these_keeps_what_was_typed(town: Town, there: Address, client_for: Clients) -> None:
    assert client_for(PLANNER).post(PLAN, visit(door=f"-{TYPED}")).status_code == 302
    kept = last(town, Visit)
    assert kept
    assert (kept["address"], kept["door"]) == (TYPED, "")


@pytest.mark.parametrize("stale", ["-Hoofdstraat 12", "9990200000000001", "x"])
def test_a_choice_for_other_words_does_not_count(
    town: Town, there: Address, client_for: Clients, stale: str
) -> None:
    assert QUESTION in client_for(PLANNER).post(PLAN, visit(door=stale)).text
    assert last(town, Visit) is None


def test_what_can_be_one_address_is_not_asked(town: Town, there: Address, client_for: Clients) -> None:
    assert client_for(PLANNER).post(PLAN, visit(address=SURE)).status_code == 302
    kept = last(town, Visit)
    assert kept
    assert (kept["address"], kept["door"]) == (SURE, there.id)


def test_no_page_asks_before_something_is_typed_or_by_its_address(
    town: Town, there: Address, client_for: Clients
) -> None:
    for email, path in ((PLANNER, PLAN), (FOCAL, NOTE), (POLICE, ASK)):
        assert QUESTION not in client_for(email).get(path, {"address": TYPED}).text


@pytest.mark.parametrize(("email", "path"), [(FOCAL, NOTE), (POLICE, ASK)])
def test_whoever_asks_to_wait_says_which_address(
    town: Town, there: Address, client_for: Clients, email: str, path: str
) -> None:
    page = client_for(email)
    assert QUESTION in page.post(path, wait(town)).text
    assert last(town, WaitRequest) is None
    assert page.post(path, wait(town, door=there.id)).status_code == 302
    kept = last(town, WaitRequest)
    assert kept
    assert (kept["address"], kept["door"]) == (there.text, there.id)


def test_a_visit_from_a_case_asks_it_too(town: Town, there: Address, client_for: Clients) -> None:
    page, path = client_for(FOCAL), f"/werk/casussen/{taken_in()}/gepland/"
    assert QUESTION in page.post(path, visit()).text
    assert page.post(path, visit(door=there.id)).status_code == 302


def test_a_subject_of_a_case_keeps_the_address_that_was_picked(
    town: Town, there: Address, client_for: Clients
) -> None:
    case, page = taken_in(), client_for(FOCAL)
    told = {"kind": "place", "name": "Loods", "address": TYPED}
    assert QUESTION in page.post(f"/werk/casussen/{case}/betrokkene/", told).text
    done = page.post(f"/werk/casussen/{case}/betrokkene/", {**told, "door": there.id})
    assert done.status_code == 302
    with acting(town.focal_point) as actor:
        (place,) = [each for each in cases.case(case, actor).subjects if each.name == "Loods"]
    assert (list(place.identifiers), list(place.doors)) == ([("address", there.text)], [there.id])
    assert there.id not in page.get(f"/werk/casussen/{case}/").text


def test_an_answer_that_asks_to_wait_says_which_address(
    town: Town, there: Address, client_for: Clients
) -> None:
    code, page = referred("phone", NO_PLACE), client_for(FOCAL)
    with acting(town.focal_point) as actor:
        referrals.note_sent(code=code, on=timezone.localdate(), actor=actor)
    path, visit_code = (
        f"/werk/doorgezet/{code}/antwoord/",
        town.plan(Place(address=there.text, door=there.id)),
    )
    assert QUESTION in page.post(path, posted(address=TYPED)).text
    assert last(town, WaitRequest) is None
    assert page.post(path, posted(address=TYPED, door=there.id)).status_code == 302
    with acting(town.focal_point) as actor:
        visits.heed(actor)
        (line,) = visit_queries.visit(visit_code, actor).wait_requests
    assert line.perhaps == ""
    kept = last(town, WaitRequest)
    assert kept
    assert (kept["address"], kept["door"]) == (there.text, there.id)


def test_another_answer_does_not_wait_for_the_address(
    town: Town, there: Address, client_for: Clients
) -> None:
    code, page = referred("phone", NO_PLACE), client_for(FOCAL)
    with acting(town.focal_point) as actor:
        referrals.note_sent(code=code, on=timezone.localdate(), actor=actor)
    told = posted(address=TYPED, answer="niet_van_ons")
    assert page.post(f"/werk/doorgezet/{code}/antwoord/", told).status_code == 302


def test_a_list_asks_once_for_each_line_that_is_not_sure(
    town: Town, there: Address, client_for: Clients
) -> None:
    page = client_for(PLANNER)
    rows = f"{TYPED}\n{SURE}\nHoofdstraat 14, 1001 AA\nHoofdstraat 12, Oosterhage"
    told = {**visit(), "rows": rows}
    asked = page.post(LIST, told)
    assert QUESTION in asked.text
    assert 'name="door_1"' in asked.text
    assert 'name="door_2"' not in asked.text
    assert last(town, Visit) is None
    assert page.post(LIST, {**told, "door_1": there.id, "door_4": ""}).status_code == 302
    with acting(town.focal_point):
        kept = [content(town, row) for row in Visit.objects.order_by("planned_at", "id")]
    assert {each["door"] for each in kept if each["address"] in (SURE, there.text)} == {there.id}
    assert {each["address"] for each in kept} == {
        there.text,
        SURE,
        "Hoofdstraat 14, 1001 AA",
        "Hoofdstraat 12, Oosterhage",
    }


def test_a_choice_that_is_not_of_a_line_leaves_it_as_written(
    town: Town, there: Address, client_for: Clients
) -> None:
    told = {**visit(), "rows": TYPED, "door_1": "9990200000000001"}
    assert client_for(PLANNER).post(LIST, told).status_code == 302
    kept = last(town, Visit)
    assert kept
    assert (kept["address"], kept["door"]) == (TYPED, "")


def test_without_addresses_nothing_is_asked(
    town: Town, client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.SLUITEND_ADDRESSES", None)
    assert client_for(PLANNER).post(PLAN, visit()).status_code == 302
