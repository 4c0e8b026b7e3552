"""Figures of help: settled once, nothing small in them, and nothing that tells what is small."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from tests import samples
from tests.journeys.assurance.conftest import HALF, SETTLED, World
from tests.reading import as_read

from sluitend.journeys.assurance import jobs
from sluitend.journeys.assurance.figures import Counted, of_year, told
from sluitend.journeys.assurance.models import FigureRelease
from sluitend.journeys.assurance.queries.counting import WAITING, wait_of
from sluitend.journeys.shelter.models import SearchNight
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.access.models import Run
from sluitend.kernel.organisations.models import Organisation

NIGHTS = ("placed", "bridged", "declined", "nowhere")


def of(part: dict[str, int | None], **below: dict[str, int]) -> Counted:
    rows: dict[tuple[str, ...], int | None] = {("p", name): number for name, number in part.items()}
    rows[("p",)] = sum(number or 0 for number in part.values())
    for cell, counts in below.items():
        rows |= {("p", cell, name): number for name, number in counts.items()}
    return told(rows, ["p"], NIGHTS, {cell: (cell, list(counts)) for cell, counts in below.items()})[1]["p"]


def test_below_a_count_that_is_hidden_stands_nothing() -> None:
    found = of({"placed": 40, "bridged": 12, "declined": 20, "nowhere": 5}, bridged={"bridge": 12})
    assert found.cells["nowhere"] is None
    assert found.cells["bridged"] is None, "else nowhere would follow from the total"
    assert found.below["bridged"] == {"bridge": None}
    assert found.total == 77


def test_the_whole_is_told_only_with_every_part() -> None:
    rows: dict[tuple[str, ...], int | None] = {("a",): 40, ("a", "placed"): 40, ("b",): None}
    assert told(rows, ["a", "b"], ["placed"], {})[0] is None
    assert told({**rows, ("b",): 30, ("b", "placed"): 30}, ["a", "b"], ["placed"], {})[0] == 70


def test_what_no_handbook_of_now_names_is_not_what_is_left_over() -> None:
    rows: dict[tuple[str, ...], int | None] = {("a",): 43, ("a", "placed"): 40, ("a", "once"): None}
    found = told(rows, ["a"], ["placed"], {})[1]["a"]
    assert found.cells == {"placed": None, "once": None}
    assert found.total == 43


def test_a_year_is_told_where_neither_half_told_anything() -> None:
    small, large = Counted(), Counted(30, {"placed": 30})
    year = {"a": Counted(14, {"placed": 14}), "b": Counted(36, {"placed": 36})}
    found, every = of_year(year, [{"a": small, "b": small}, {"a": small, "b": large}])
    assert list(found) == ["a"]
    assert not every


def test_nights_are_settled_per_part_and_state(world: World) -> None:
    world.nights("haaglanden", placed=30, bridged=14, declined=11, nowhere=12, unfilled=2)
    world.nights("haaglanden", kind="general", placed=14)
    world.nights("hollands_midden", placed=20, nowhere=5)
    assert world.settle() > 0
    there = world.told()
    assert there["cells"] == {"placed": 44, "bridged": 14, "declined": 11, "nowhere": 12}
    assert there["total"] == 81
    # Of every other kind there are none: the smaller one stays hidden with them.
    kinds = {name: number for name, number in there["below"]["placed"].items() if number is not None}
    assert kinds == {"womens": 30}
    assert there["shares"]["filled"] == 1
    # Twenty placed and five without: the total is told, and neither of the two.
    elsewhere = world.told(part="hollands_midden")
    assert set(elsewhere["cells"].values()) == {None}
    assert elsewhere["total"] == 25


def test_under_ten_nothing_is_told_and_no_share(world: World) -> None:
    world.nights("haaglanden", nowhere=4, unfilled=3)
    world.settle()
    there = world.told()
    assert (there["total"], set(there["cells"].values()), there["shares"]) == (None, {None}, {})


def test_what_nobody_filled_in_lowers_the_share(world: World) -> None:
    world.nights("haaglanden", placed=30, unfilled=20)
    world.settle()
    assert world.told()["shares"]["filled"] == 3
    assert world.told()["total"] == 30


def test_a_night_of_another_half_is_not_counted(world: World) -> None:
    world.nights("haaglanden", HALF.last - timedelta(days=9), placed=30)
    world.settle()
    assert world.told()["total"] == 10


def test_figures_stay_as_they_were_told(world: World) -> None:
    world.nights("haaglanden", placed=30)
    world.settle()
    with acting(samples.actor("zorg@shop.example")):
        SearchNight.objects.filter(outcome="placed").update(outcome="nowhere")
    assert world.settle(SETTLED + timedelta(days=30)) == 0
    assert world.told()["total"] == 30
    for change in ("UPDATE assurance_figurerelease SET day = day", "DELETE FROM assurance_figurerelease"):
        with pytest.raises(DatabaseError), acting(NOBODY), connection.cursor() as cursor:
            cursor.execute(change)


def test_before_its_day_nothing_is_settled(world: World) -> None:
    world.settle(SETTLED - timedelta(days=1))
    with acting(NOBODY):
        assert not FigureRelease.objects.filter(period=HALF.key).exists()


def test_searches_tell_how_they_ended_and_how_long_it_took(world: World) -> None:
    for at in range(14):
        world.nights("haaglanden", HALF.first + timedelta(days=at), nowhere=4 if at % 2 else 1, placed=1)
    for at in range(12):
        world.begin("haaglanden", HALF.first + timedelta(days=at))
    world.settle()
    there = world.told("searches")
    assert (there["cells"]["placed"], there["total"]) == (14, 26)
    # Seven waited a day or two, seven longer: too few to tell of either.
    assert set(there["below"]["waits"].values()) == {None}
    assert there["shares"] == {}, "the days in the middle would tell where half of them lie"


def test_the_days_in_the_middle_are_told_where_their_wait_is(world: World, client_for: Any) -> None:
    for at in range(12):
        world.nights("haaglanden", HALF.first + timedelta(days=at), nowhere=1, placed=1)
    for at in range(10):
        world.nights("haaglanden", HALF.first + timedelta(days=at), nowhere=4, placed=1)
    for at in range(12):
        world.begin("haaglanden", HALF.first + timedelta(days=at))
    for at in range(9):
        world.nights("hollands_midden", HALF.first + timedelta(days=at), nowhere=1, placed=1)
    world.settle()
    there = world.told("searches")
    assert there["below"]["waits"]["two_days"] == 12
    assert there["shares"] == {"median": 1}
    assert world.told("searches", "hollands_midden")["shares"] == {}
    read = as_read(client_for("regio@rsiv.example").get(f"/werk/regio/hulp/?periode={HALF.key}").text)
    assert "Dagen tot een plek, in het midden</dt> <dd>1</dd>" in read


@pytest.mark.parametrize(("days", "wait"), [(0, 0), (1, 1), (2, 1), (7, 2), (8, 3), (28, 3), (29, 4)])
def test_days_lie_in_one_wait(days: int, wait: int) -> None:
    assert wait_of(days) == WAITING[wait]


def test_a_request_counts_once_and_where_it_lies(world: World) -> None:
    codes = [world.begin("haaglanden") for _each in range(11)]
    assert len(codes) == 11
    world.settle()
    with acting(NOBODY):
        figures: dict[str, Any] = FigureRelease.objects.get(period=HALF.key).figures["requests"]
    assert figures["ended"]["total"] == figures["taken"]["total"] == 11


@pytest.mark.parametrize(
    "door", ["assurance_nights", "assurance_searches", "assurance_requests", "assurance_medians"]
)
def test_only_the_worker_counts(region: object, door: str) -> None:
    more = ", '16:00'" if door == "assurance_nights" else ""
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, acting(NOBODY), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {door}('2026-01-01', '2026-06-30'{more})")


def test_the_job_settles_for_the_region_alone(world: World) -> None:
    jobs.settle_figures.func(timestamp=0)
    region = Organisation.objects.get(code="rsiv").id
    assert [each.organisation_id for each in Run.objects.filter(task="assurance.figures")] == [region]
