"""The pages of the desk: how quick, at which size of the store, and how many statements they take."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from bench import breakdown, copying, cpu
from bench.baseline import Gauge, judged
from bench.client import Client, closed_loop
from bench.options import RUNS, SMALL, Options
from bench.results import Report, Row, Timings, best_of
from bench.stage import Stage

BUDGETS = {4: 60.0, 8: 120.0}
WORST_RATIO = 1.5
SLOW_MS = 5.0
SHOWN_SLOW = 3
BOOKKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
VALUES = re.compile(r"'[^']*'(::\w+)?")
NAMES = {"today": "Vandaag", "list": "list of 50 cases", "case": "one case"}
CARE_NAMES = {"requests": "list of requests for help", "file": "one care file", "search": "one search"}
ALL_NAMES = NAMES | CARE_NAMES


@dataclass(frozen=True)
class Store:
    """A filled database, with how many cases it has."""

    database: str
    cases: int


def fill(stage: Stage, made: dict[str, Any], cases: int) -> Store:
    """Make a store of so many cases."""
    begun = time.monotonic()
    database = stage.copy(f"bench_{cases}")
    real = sum(len(made[each]) for each in ("weighing", "routing", "running", "closed"))
    with stage.connect(database) as connection:
        steps = [row[0] for row in connection.execute("SELECT id FROM followup_nextstep WHERE done IS NULL")]
        copying.fill(connection, made, cases - real)
        # Vandaag opens the cases of its steps, and the seals of copies do not open: real ones go first.
        connection.execute(
            "UPDATE followup_nextstep SET due = due - interval '400 days' WHERE id = ANY(%s)", [steps]
        )
        size = connection.execute("SELECT pg_database_size(current_database()) / 1048576").fetchone()
    took = time.monotonic() - begun
    print(f"      {cases:,} cases stored in {took:.0f} s, {size[0] if size else 0:,} MiB", flush=True)
    return Store(database, cases)


def measure(
    gauge: Gauge, report: Report, options: Options, made: dict[str, Any], stores: list[Store]
) -> None:
    """Measure every page at both sizes."""
    stage = gauge.stage
    found = {store.cases: _at_size(gauge, report, options, made, store) for store in stores}
    if len(stores) == 2:
        _compare(report, found[SMALL], found[stores[1].cases], stores[1].cases)
    _statements(stage, report, made, stores)
    parts = [_where(stage, report, made, store) for store in stores]
    if len(stores) == 2:
        _side_by_side(report, found, parts, stores)


def paths(made: dict[str, Any]) -> dict[str, list[str]]:
    """Return the addresses of each kind of page that a focal point looks at."""
    return {
        "today": ["/werk/"],
        "list": ["/werk/casussen/"],
        "case": [f"/werk/casussen/{code}/" for code in made["running"]],
    }


def care_paths(made: dict[str, Any]) -> dict[str, list[str]]:
    """Return the address of each kind of page that who gives care looks at."""
    return {name: [path] for name, path in zip(CARE_NAMES, made["care"], strict=True)}


def _one_of_each(made: dict[str, Any]) -> dict[str, str]:
    return {name: each[0] for name, each in (paths(made) | care_paths(made)).items()}


def visitor(port: int, cookie: str, addresses: list[str]) -> Callable[[], bool]:
    """Return somebody at a desk who looks at these pages in turn."""
    client, turn = Client(port, cookie=cookie), cycle(addresses)
    return lambda: client.get(next(turn)).status == 200


def _at_size(
    gauge: Gauge, report: Report, options: Options, made: dict[str, Any], store: Store
) -> dict[tuple[str, int], Timings]:
    found: dict[tuple[str, int], Timings] = {}
    number = str(max(BUDGETS))
    desks = [
        (gauge.stage.inside("sessions", store.database, number, people), pages)
        for people, pages in (("focal", paths(made)), ("care", care_paths(made)))
    ]
    with gauge.stage.web(store.database) as port:
        for cookies, pages in desks:
            for name, addresses in pages.items():
                desk = [visitor(port, cookie, addresses) for cookie in cookies]
                what = f"{ALL_NAMES[name]}, {store.cases:,} cases"
                for clients, timings in _under_load(gauge, report, options, what, desk):
                    found[name, clients] = timings
    return found


def _under_load(
    gauge: Gauge, report: Report, options: Options, what: str, desk: list[Callable[[], bool]]
) -> Iterator[tuple[int, Timings]]:
    """Measure one kind of page with each number of people at a desk."""
    closed_loop(desk, 1)
    gauge.begin()
    for clients, budget in BUDGETS.items():
        before = cpu.spent()
        runs = [closed_loop(desk[:clients], options.seconds) for _run in range(RUNS)]
        computed = cpu.words(before, sum(len(each.latencies) for each in runs))
        timings, each_run = best_of(runs)
        words = timings.words() + each_run + computed
        p95, kept = timings.quantile(0.95), not timings.errors
        row = f"{what}, {clients} clients"
        report.add(judged(row, words, p95=p95, budget=budget, around=gauge.around(), kept=kept))
        yield clients, timings


def _compare(
    report: Report, small: dict[tuple[str, int], Timings], large: dict[tuple[str, int], Timings], cases: int
) -> None:
    for name, words in ALL_NAMES.items():
        pairs = [(large[name, each].quantile(0.95), small[name, each].quantile(0.95)) for each in BUDGETS]
        ratios = [one / other if other else float("inf") for one, other in pairs]
        measured = (
            ", ".join(f"{ratio:.2f}" for ratio in ratios) + f" (at {' and '.join(map(str, BUDGETS))} clients)"
        )
        what = f"{words}: {cases:,} against {SMALL:,} cases"
        report.add(Row(what, f"< {WORST_RATIO} × the p95", measured, max(ratios) < WORST_RATIO))


def _where(stage: Stage, report: Report, made: dict[str, Any], store: Store) -> dict[str, dict[str, float]]:
    """Say of each page where its time goes, when nobody else asks."""
    addresses = _one_of_each(made)
    asked = stage.inside("breakdown", store.database, *addresses.values())
    found = {name: asked[path] for name, path in addresses.items()}
    for name, each in found.items():
        what = f"where the time goes, {ALL_NAMES[name]}, {store.cases:,} cases"
        report.add(Row(what, "", breakdown.words(each)))
    return found


def _side_by_side(
    report: Report,
    found: dict[int, dict[tuple[str, int], Timings]],
    parts: list[dict[str, dict[str, float]]],
    stores: list[Store],
) -> None:
    sizes = [store.cases for store in stores]
    report.beside("page", "budget", *(f"{size:,} cases" for size in sizes), "ratio")
    for name, words in ALL_NAMES.items():
        for clients, budget in BUDGETS.items():
            pair = [found[size][name, clients].quantile(0.95) for size in sizes]
            cells = [f"{each:.0f} ms" for each in pair]
            what = f"{words}, p95 at {clients} clients"
            report.beside(what, f"< {budget:.0f} ms", *cells, f"{pair[1] / pair[0]:.2f}" if pair[0] else "")
        for part in ("whole", *breakdown.PARTS, "rest"):
            pair = [each[name][part] for each in parts]
            what = f"{words}, alone: {part}"
            report.beside(what, "", *(f"{each:.1f} ms" for each in pair), "")
        counts = [f"{each[name]['number']:.0f}" for each in parts]
        report.beside(f"{words}, number of statements", "equal", *counts, "")


def _statements(stage: Stage, report: Report, made: dict[str, Any], stores: list[Store]) -> None:
    addresses = _one_of_each(made)
    numbers: dict[str, list[int]] = {name: [] for name in addresses}
    for store in stores:
        asked = stage.inside("statements", store.database, *addresses.values())
        for name, path in addresses.items():
            own = [each for each in asked[path] if not str(each[0]).startswith(BOOKKEEPING)]
            numbers[name].append(len(own))
            slow = sorted((each for each in own if each[1] > SLOW_MS), key=lambda each: -float(each[1]))
            for text, taken in slow[:SHOWN_SLOW]:
                report.note(f"{ALL_NAMES[name]}, {store.cases:,} cases, {taken:.0f} ms: `{_short(text)}`")
    for name, counts in numbers.items():
        measured = " and ".join(map(str, counts))
        report.add(
            Row(f"statements, {ALL_NAMES[name]}", "equal at both sizes", measured, len(set(counts)) == 1)
        )


def _short(text: str) -> str:
    """Return a statement without its values and its list of columns."""
    text = VALUES.sub("?", text)
    start = text.find(" FROM ")
    chosen = text[:start]
    words = text if len(chosen) < 120 else f"{chosen[:60]} ...{text[start:]}"
    return words.replace('"', "").replace("|", "\\|")[:300]
