"""What was seen at a visit: written once by whoever went there, and a source for a measure in a case."""

from collections.abc import Callable

import pytest
from django.db import Error, transaction
from django.test import Client
from tests.journeys.cases.matters import ELSEWHERE, FOCAL, row, somebody
from tests.journeys.cases.test_measures import STOP, dangerous, measure
from tests.journeys.cases.test_plan import do
from tests.journeys.visits.situations import GREENHOUSE, Town, days
from tests.journeys.visits.test_kept import destroy, kept

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions import NewPiece
from sluitend.journeys.cases.queries.evidence import Holding
from sluitend.journeys.cases.queries.kept import measure_key
from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.models import Visit
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.ledger.models import Event

type ClientFor = Callable[[str], Client]

THERE = Place(address="Tuinderspad 12 a, De Lier")
SAW = "Toezichthouder Bouw. Zes bedden achter de ketel, geen rookmelder."


def done(town: Town, place: Place = THERE, found: str = SAW, **more: str) -> str:
    """Let the inspector go somewhere today and write what there was to see; return the code."""
    code = town.plan(place, ahead=0, **more)
    town.release(code)
    town.do(town.planner, actions.carry_out, code=code, found=found)
    return code


def seen(case: str) -> list[Holding]:
    """Return what a measure of a case can rest on that was seen at a visit."""
    return [each for each in measure(case, STOP).holdings if each.kind == "visit"]


@pytest.fixture
def case() -> str:
    """A case about the place, with a measure that asks for evidence."""
    return dangerous()


def test_what_an_inspector_saw_at_the_place_carries_a_measure(town: Town, case: str) -> None:
    code = done(town)
    found = seen(case)
    assert [(each.words, each.day) for each in found] == [(f"Controle {code}: {SAW}", days(0))]
    do(cases.keep_evidence, case, STOP, pieces={0: NewPiece(found[0].key)})
    assert not measure(case, STOP).view.pieces[0].carries
    for wrong in ("observation.own_staff", "visit.no_such"):
        with pytest.raises(DomainError):
            do(cases.keep_evidence, case, STOP, pieces={0: NewPiece(found[0].key, ground=wrong)})
    do(cases.keep_evidence, case, STOP, pieces={0: NewPiece(found[0].key, ground="visit.own_power")})
    piece = measure(case, STOP).view.pieces[0]
    assert (piece.carries, piece.day, piece.gone) == (True, days(0), False)


def test_what_was_planned_for_the_case_counts_wherever_it_was(town: Town, case: str) -> None:
    plan = actions.Plan(kind="visit", day=days(0), place=GREENHOUSE, case_code=case)
    code = town.do(town.focal_point, actions.plan_visit, plan=plan)
    town.release(code)
    town.do(town.focal_point, actions.carry_out, code=code, found="Niemand deed open.")
    assert [each.words for each in seen(case)] == [f"Bezoek {code}: Niemand deed open."]


def test_what_is_not_done_not_written_down_or_elsewhere_is_no_source(town: Town, case: str) -> None:
    town.release(town.plan(THERE, ahead=0))
    done(town, found="   ")
    done(town, GREENHOUSE)
    assert seen(case) == []
    with pytest.raises(DomainError):
        do(
            cases.keep_evidence,
            case,
            STOP,
            pieces={0: NewPiece("visit:0193b7a0-0000-7000-8000-000000000000")},
        )


def test_whoever_reads_what_was_seen_is_in_the_ledger(town: Town, case: str) -> None:
    done(town)

    def reads() -> int:
        with acting(town.focal_point):
            return Event.objects.filter(
                action="visit.release", subject_kind="planned", purpose="read"
            ).count()

    before = reads()
    seen(case)
    assert reads() == before + 1


def test_it_is_written_once_and_is_not_too_long(town: Town) -> None:
    code = town.plan(ahead=0)
    town.release(code)
    with pytest.raises(DomainError) as refused:
        town.do(town.planner, actions.carry_out, code=code, found="x" * 2001)
    assert (refused.value.field, town.visit(code).state) == ("found", "released")
    town.do(town.planner, actions.carry_out, code=code, found=SAW)
    with pytest.raises(Conflict):
        town.do(town.planner, actions.carry_out, code=code, found="Toch niet.")
    for other in (b"x", None):
        with acting(town.planner), pytest.raises(Error), transaction.atomic():
            Visit.objects.filter(code=code).update(found=other)
    assert town.do(town.planner, queries.own_visit, code=code).found == SAW


def test_what_is_not_done_has_nothing_that_was_seen(town: Town) -> None:
    code = town.plan()
    with acting(town.planner), pytest.raises(Error), transaction.atomic():
        Visit.objects.filter(code=code).update(found=b"x")


def test_with_the_visit_it_goes_and_carries_nothing_any_more(town: Town, case: str) -> None:
    code = done(town)
    do(cases.keep_evidence, case, STOP, pieces={0: NewPiece(seen(case)[0].key, ground="visit.own_power")})
    assert destroy(town, days(kept("keep_visit") + 1)) == 1
    assert town.visit(code).found is None
    piece = measure(case, STOP).view.pieces[0]
    assert (piece.gone, piece.carries) == (True, False)
    assert SAW[:40] in piece.source


def test_what_was_typed_stays_when_it_may_not_be_said_any_more(town: Town, client_for: ClientFor) -> None:
    code = town.plan(ahead=0)
    town.release(code)
    town.note_wait_request()
    late = client_for("toezicht@westland.example").post(f"/werk/toezicht/{code}/gedaan/", {"found": SAW})
    assert late.status_code == 422
    assert SAW in late.text
    assert (town.visit(code).state, town.visit(code).found) == ("planned", None)


def test_from_the_visit_to_the_measure(town: Town, case: str, client_for: ClientFor) -> None:
    code = town.plan(THERE, ahead=0)
    town.release(code)
    planner, focal = client_for("toezicht@westland.example"), client_for(FOCAL)
    address = f"/werk/toezicht/{code}/"
    long = planner.post(f"{address}gedaan/", {"found": "x" * 2001})
    assert long.status_code == 422
    assert planner.post(f"{address}gedaan/", {"found": SAW}).status_code == 302
    for client, where in (
        (planner, address),
        (focal, f"/werk/vrijgeven/{code}/"),
        (focal, f"/werk/casussen/{case}/gepland/"),
    ):
        assert SAW in client.get(where).text
    with somebody():
        at_measure = f"/werk/casussen/{case}/maatregelen/{measure_key(row(case).id, STOP)}/"
    body = focal.get(at_measure).text
    assert f"/werk/casussen/{case}/gepland/#gezien" in body
    chosen = {"what": "evidence", "source_0": seen(case)[0].key, "ground_0": "visit.own_power"}
    said = " ".join(focal.post(at_measure, chosen, follow=True).text.split())
    assert f"Verslag van een bezoek of controle: Controle {code}: {SAW}" in said
    assert "1 van 3 is er en mag in een besluit." in said
    assert client_for(ELSEWHERE).get(f"/werk/casussen/{case}/gepland/").status_code == 404
