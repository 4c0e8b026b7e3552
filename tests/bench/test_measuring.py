"""The bench itself: what it counts, how it compares, and what it calls flat."""

import pytest
from bench.baseline import REFERENCE, Baseline, between, judged
from bench.breakdown import Watch, words
from bench.filing import FLAT, backlog_row
from bench.results import Report, Row, Timings
from bench.run import by_hand
from bench.soak import Growth, Memory, growth, own_memory, verdict


class Clock:
    """A clock that a test turns."""

    moment = 0.0

    def __call__(self) -> float:
        return self.moment


def test_time_counts_for_the_innermost_part_only() -> None:
    clock = Clock()
    watch = Watch(clock)

    def statement() -> str:
        clock.moment += 2
        return "row"

    asked = watch.wrapped("statements", statement)
    clock.moment = 5
    with watch.part("templates"):
        clock.moment += 1
        assert asked() == "row"
        clock.moment += 3
    clock.moment += 10
    assert asked() == "row"
    assert watch.spent == {"templates": 4, "statements": 4}
    assert watch.calls == {"templates": 1, "statements": 2}


def test_time_counts_also_when_something_fails() -> None:
    clock = Clock()
    watch = Watch(clock)

    def fails() -> None:
        clock.moment += 2
        raise KeyError

    with pytest.raises(KeyError), watch.part("templates"):
        watch.wrapped("statements", fails)()
    with watch.part("templates"):
        clock.moment += 1
    assert watch.spent == {"templates": 1, "statements": 2}


def test_a_page_is_told_by_its_parts() -> None:
    found = {
        "whole": 12.34,
        "number": 14.0,
        "statements": 4.0,
        "opening": 2.0,
        "templates": 3.0,
        "rest": 3.34,
    }
    assert words(found) == "12.3 ms: 14 statements 4.0, opening 2.0, templates 3.0, rest 3.3"


def line(*sizes: float) -> list[tuple[float, float]]:
    return [(float(second), size) for second, size in enumerate(sizes)]


def watched(**lines: list[tuple[float, float]]) -> Memory:
    """Return what was seen of processes, by kind and number, in as many seconds as the longest was there."""
    seen = {tuple(who.split("_")): each for who, each in lines.items()}
    memory = Memory(moments=[float(second) for second in range(max(map(len, lines.values())))])
    for (kind, process), each in seen.items():
        memory.seen[kind, int(process)] = each
    return memory


def test_what_warms_up_and_stays_is_flat() -> None:
    (late,) = watched(web_1=line(*range(40, 100), *([100.0] * 60))).warm().values()
    warm = growth(late)
    assert warm.flat
    assert abs(warm.an_hour) < 1


def test_what_still_grows_when_all_is_warm_is_not_flat() -> None:
    (late,) = watched(web_1=line(*([100.0] * 60), *range(100, 160))).warm().values()
    assert not growth(late).flat


def test_what_grows_a_little_each_second_is_not_flat() -> None:
    leak = growth(line(*(100 + second * 0.2 for second in range(600))))
    assert not leak.flat
    assert leak.an_hour == pytest.approx(720)


def test_noise_is_no_growth() -> None:
    assert Growth(100.0, 101.9, 10.0).flat
    assert not Growth(100.0, 102.1, 10.0).flat
    assert growth(line(100.0)).flat


def test_a_run_in_which_nothing_gets_warm_is_no_proof() -> None:
    flat, grows = Growth(100.0, 100.0, 0.0), Growth(100.0, 130.0, 0.0)
    assert [verdict(each, 1800) for each in (flat, grows)] == [True, False]
    assert [verdict(each, 1799) for each in (flat, grows)] == [None, None]


def test_only_processes_that_last_are_judged() -> None:
    memory = watched(web_1=line(*([100.0] * 60)), web_2=line(*([100.0] * 59)))
    assert list(memory.warm()) == ["web 1"]


def test_the_connections_that_stay_count_as_one_and_one_that_comes_is_no_growth() -> None:
    stays, comes = line(*([10.0] * 60)), [(float(second), 50.0) for second in range(40, 60)]
    found = watched(database_1=stays, database_2=stays, database_3=comes).warm()
    assert found == {"database": [(float(second), 20.0) for second in range(30, 60)]}


def test_a_connection_that_grows_is_not_flat() -> None:
    grows = line(*(10 + second * 0.05 for second in range(60)))
    assert not growth(watched(database_1=line(*([10.0] * 60)), database_2=grows).warm()["database"]).flat


def test_this_process_holds_something() -> None:
    import os

    assert own_memory(os.getpid()) > 5
    assert own_memory(2**22 + 1) == 0


def test_both_sizes_stand_side_by_side() -> None:
    report = Report()
    assert report.side_by_side() == ""
    report.beside("page", "1,000", "1,000,000")
    report.beside("Vandaag", "50 ms", "52 ms")
    head, rule, row = report.side_by_side().splitlines()
    assert head == "| page    | 1,000 | 1,000,000 |"
    assert set(rule) == {"|", "-"}
    assert row.split("|")[3].strip() == "52 ms"
    assert len(head) == len(rule) == len(row)


def test_a_run_without_answers_has_no_latency() -> None:
    assert Timings([], 3, 1.0).quantile(0.95) == float("inf")
    assert "3 failed" in Timings([1.0], 3, 1.0).words()


SLOW = Baseline(REFERENCE.python * 2, REFERENCE.commit + 5)


@pytest.mark.parametrize(
    ("around", "p95", "kept", "sign"),
    [
        (REFERENCE, 59.9, True, "ok"),
        (REFERENCE, 60.0, True, "no"),
        (SLOW, 59.9, True, "ok"),
        (SLOW, 60.0, True, "machine"),
        (SLOW, 124.9, True, "machine"),
        (SLOW, 125.0, True, "no"),
        (SLOW, float("inf"), True, "no"),
        (SLOW, 59.9, False, "no"),
        (SLOW, 70.0, False, "no"),
        # Who is quicker than the reference has the budget itself, and no less.
        (Baseline(REFERENCE.python / 2, 0.1), 59.9, True, "ok"),
        (Baseline(REFERENCE.python / 2, REFERENCE.commit + 5), 64.9, True, "machine"),
    ],
)
def test_a_row_tells_whether_the_machine_was_the_reason(
    around: Baseline, p95: float, kept: bool, sign: str
) -> None:
    row = judged("a page", "words", p95=p95, budget=60, around=around, kept=kept)
    assert (row.sign, row.target) == (sign, "p95 < 60 ms")
    assert row.baseline == around.words()


def test_the_baseline_of_a_row_is_that_of_before_and_after() -> None:
    assert between(Baseline(30, 1), Baseline(50, 3)) == Baseline(40, 2)
    assert Baseline(54, 2.25).words() == "54 ms (2.0 ×), commit 2.2 ms"


def test_only_the_machine_is_no_fault_and_both_tables_say_so() -> None:
    report = Report()
    report.add(judged("a page", "70 ms", p95=70, budget=60, around=SLOW))
    verdicts = [report.good]
    assert (
        report.markdown().splitlines()[-1] == f"| a page | p95 < 60 ms | 70 ms | {SLOW.words()} | machine |"
    )
    assert report.text().splitlines()[-1].endswith(f"{SLOW.words()}  machine")
    report.add(Row("a count", "equal", "1 and 2", ok=False))
    assert [*verdicts, report.good] == [True, False]
    assert report.markdown().endswith("| a count | equal | 1 and 2 |  | **no** |")


def test_what_was_written_by_hand_stays_on_the_page() -> None:
    mine = "## The same night\n\nWords.\n\n"
    assert by_hand(f"# Benchmarks\n\n## Side by side\n\n| b |\n\n{mine}## How\n\n- So.\n") == mine
    assert by_hand("# Benchmarks\n") == ""


@pytest.mark.parametrize(
    ("slower", "kept", "sign"), [(1.6, True, "no"), (1.7, True, "machine"), (1.7, False, "no")]
)
def test_more_than_the_machine_takes_is_no_fault_unless_something_is_lost(
    slower: float, kept: bool, sign: str
) -> None:
    around = Baseline(REFERENCE.python * slower, REFERENCE.commit)
    row = judged("reports", "words", p95=6000, budget=40, around=around, kept=kept, load=0.6)
    assert row.sign == sign


@pytest.mark.parametrize(
    ("slower", "waiting", "drained", "sign"),
    [
        (1.7, FLAT, [3.0, 4.0], "ok"),
        (1.6, FLAT + 1, [3.0, 4.0], "no"),
        (1.7, FLAT + 1, [3.0, 4.0], "machine"),
        (1.7, FLAT + 1, [3.0, None], "no"),
        (1.7, 0, [None], "no"),
    ],
)
def test_reports_wait_for_the_sweep_where_the_machine_is_full_and_nowhere_for_good(
    slower: float, waiting: int, drained: list[float | None], sign: str
) -> None:
    around = Baseline(REFERENCE.python * slower, REFERENCE.commit)
    assert backlog_row(waiting, drained, load=0.6, around=around).sign == sign
