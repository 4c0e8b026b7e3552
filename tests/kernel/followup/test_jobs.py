"""Work by the clock gives way to people, and one that fails stops nobody."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from sluitend.journeys.cases.journey import CASE, LOOK_AGAIN
from sluitend.kernel.access import rounds
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.models import Run
from sluitend.kernel.followup import jobs
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation, Role

TOWNS = ("municipality",)
pytestmark = pytest.mark.usefixtures("as_worker")


@pytest.fixture(autouse=True)
def _nobody_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "LONGEST_REST", 0.0)


def test_after_each_organisation_the_clock_rests_as_long_as_that_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now: list[float] = [0.0]
    rests: list[float] = []
    monkeypatch.setattr(rounds, "LONGEST_REST", 5.0)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", rests.append)
    took = iter([2.0, 0.5, 60.0])

    def work(_actor: Actor) -> None:
        now[0] += next(took, 0.0)

    jobs.for_each_organisation("test.work", work, kinds=TOWNS)
    assert rests[:3] == [2.0, 0.5, 5.0]
    assert len(rests) == Organisation.objects.filter(kind="municipality").count()


def test_one_organisation_that_fails_stops_none_and_leaves_nothing_of_itself() -> None:
    ids = list(Organisation.objects.filter(kind="municipality").order_by("id").values_list("id", flat=True))

    def work(actor: Actor) -> None:
        _step(actor)
        if actor.organisation_id == ids[0]:
            raise KeyError("gasflessen")

    with pytest.raises(rounds.SomeFailed):
        jobs.for_each_organisation("test.work", work, kinds=TOWNS)
    runs = {run.organisation_id: run for run in Run.objects.filter(task="test.work")}
    assert [each for each in ids if runs[each].failing] == ids[:1]
    assert (runs[ids[0]].error, runs[ids[0]].good) == ("KeyError", None)
    assert "gasflessen" not in repr(vars(runs[ids[0]]))
    assert [_steps(each) for each in (ids[0], ids[-1])] == [0, 1]

    jobs.for_each_organisation("test.work", _step, kinds=TOWNS)
    assert not any(run.failing for run in Run.objects.filter(task="test.work"))


def test_one_row_that_fails_is_left_as_it_was_and_counted() -> None:
    westland = Organisation.objects.get(code="GM1783").id
    done: list[int] = []

    def work(actor: Actor) -> None:
        for number in range(4):
            with rounds.fenced():
                _step(actor)
                if number == 1:
                    NextStep.objects.get(code="bestaat niet")
                done.append(number)

    jobs.for_each_organisation("test.work", work, only=[westland])
    run = Run.objects.get(task="test.work")
    assert (done, _steps(westland)) == ([0, 2, 3], 3)
    assert (run.rows_bad, run.error, run.failing) == (1, "DoesNotExist", True)


def test_a_row_that_is_only_looked_at_is_left_and_counted_too() -> None:
    looked: list[int] = []

    def work(_actor: Actor) -> None:
        for number in range(3):
            with rounds.fenced(writes=False):
                looked.append(6 // (number - 1))

    jobs.for_each_organisation("test.work", work, only=[Organisation.objects.get(code="GM1783").id])
    assert looked == [-6, 6]
    assert Run.objects.get(task="test.work").rows_bad == 1


@pytest.mark.parametrize("bad", [set(), {0}, {6}, {2, 3}, set(range(7))])
def test_rows_that_are_done_together_are_all_done_but_those_that_fail(bad: set[int]) -> None:
    westland = Organisation.objects.get(code="GM1783").id
    kept: list[int] = []

    def together(some: "list[int] | tuple[int, ...]") -> None:
        for number in some:
            if number in bad:
                raise ValueError(number)
        with acting(system_actor(westland)) as actor:
            _step(actor, code="".join(map(str, some)))

    def work(_actor: Actor) -> None:
        kept.extend(rounds.in_fences(range(7), together))  # type: ignore[arg-type]

    jobs.for_each_organisation("test.work", work, only=[westland])
    with acting(system_actor(westland)):
        codes = "".join(NextStep.objects.filter(what=LOOK_AGAIN).values_list("code", flat=True))
    assert set(kept) == bad
    assert sorted(codes) == sorted(str(number) for number in range(7) if number not in bad)
    assert Run.objects.get(task="test.work").rows_bad == len(bad)


def test_outside_a_round_a_failure_is_the_callers() -> None:
    with pytest.raises(ValueError, match="x"), rounds.fenced():
        raise ValueError("x")


def test_no_web_role_writes_how_a_job_ended(server: "object", as_worker: str) -> None:
    import psycopg

    for role in ("sl_app", "sl_intake"):
        with (
            psycopg.connect(server.url(role, as_worker)) as other,  # type: ignore[attr-defined]
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            other.execute("UPDATE installation_run SET good = now()")


def _step(actor: Actor, code: str = "C-1") -> None:
    NextStep.objects.create(
        organisation_id=actor.own_organisation,
        writer_id=actor.own_organisation,
        subject_kind=CASE,
        subject_id=actor.own_organisation,
        code=code,
        what=LOOK_AGAIN,
        owner_role=Role.FOCAL_POINT,
        due=timezone.now() + timedelta(days=9),
        created_day=timezone.localdate(),
    )


def _steps(organisation_id: "object") -> int:
    with acting(system_actor(organisation_id)):  # type: ignore[arg-type]
        return NextStep.objects.filter(what=LOOK_AGAIN).count()
