"""Everything in order, and the table at the end."""

import re
import signal
import sys
from collections.abc import Sequence

from bench import filing, machine, pages, small
from bench.baseline import Gauge
from bench.options import PROMISED, Options, parse
from bench.results import Report
from bench.stage import BASE, ROOT, Stage, stage

DOCUMENT = ROOT / "docs" / "benchmarks.md"


class TooLong(BaseException):
    """The time is up; not an `Exception`, so that nothing on the way takes it for a fault."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table and return the exit status: 1 when a promise was not kept."""
    options = parse(argv)
    report, about = Report(), []
    signal.signal(signal.SIGALRM, _time_is_up)
    signal.signal(signal.SIGTERM, _time_is_up)
    signal.alarm(options.limit * 60)
    busy = machine.load()
    try:
        with stage(keep=options.keep) as prepared:
            with prepared.connect(BASE) as connection:
                version = str(connection.info.server_version // 10000)
                version += f".{connection.info.server_version % 10000}"
            about = machine.describe(version, busy)
            _measure(prepared, report, options)
    except (KeyboardInterrupt, TooLong):
        print("Stopped before the end; nothing was written.", file=sys.stderr)
        return 130
    finally:
        signal.alarm(0)
    print("\n" + "\n".join(about) + "\n\n" + report.text() + "\n\n" + report.side_by_side())
    if options.write:
        DOCUMENT.write_text(_document(report, about, options))
        print(f"\nWritten to {DOCUMENT.relative_to(ROOT)}.")
    return 0 if report.good else 1


def _time_is_up(number: int, frame: object) -> None:
    raise TooLong


def _measure(prepared: Stage, report: Report, options: Options) -> None:
    made = prepared.inside("matters", BASE)
    gauge = Gauge(prepared)
    if options.wants("baseline"):
        small.baseline(gauge, report)
    if options.wants("sheet"):
        small.sheet(gauge, report, made)
    if options.wants("search"):
        small.search(gauge, report)
    if options.wants("wire"):
        small.wire(prepared, report)
    if options.wants("signals"):
        small.signals(gauge, report, options, made)
    sizes = options.sizes if options.wants("pages") else options.sizes[1:] * options.wants("filing")
    stores = [pages.fill(prepared, made, cases) for cases in sizes]
    if options.wants("pages"):
        pages.measure(gauge, report, options, made, stores)
    if options.wants("filing"):
        filing.measure(gauge, report, options, made, stores[-1])


def _document(report: Report, about: list[str], options: Options) -> str:
    notes = "\n".join(f"- {each}" for each in report.notes)
    smaller = f"A smaller run, of {options.large:,} cases: no proof of the budgets.\n\n"
    return (
        "# Benchmarks\n\n"
        "`make bench ARGS=--write` makes this page. Budgets are promises of the design; "
        "a row that misses its own says **no**, or *machine* when it is over by no more than "
        "the machine was slower than the reference.\n\n"
        + smaller * (options.large < PROMISED)
        + "\n".join(f"- {each}" for each in about)
        + f"\n\n{report.markdown()}\n\n"
        + (f"## Side by side\n\n{report.side_by_side()}\n\n" if report.sides else "")
        + by_hand(DOCUMENT.read_text())
        + HOW
        + (f"\n## What took long\n\nStatements of over 5 ms.\n\n{notes}\n" if notes else "")
    )


def by_hand(document: str) -> str:
    """Return the sections of the page that no run makes: what somebody measured besides."""
    sections = re.split(r"^(?=## )", document, flags=re.MULTILINE)[1:]
    return "".join(each for each in sections if not each.startswith(MADE))


MADE = ("## Side by side\n", "## How\n", "## What took long\n")
HOW = """## How

- The load generator runs on the same cores as database, web server and worker; latencies are those that it
  sees, over loopback and without TLS. Settings are those of production: second factor on, role `sl_app`,
  gunicorn as `serve` starts it, fsync on.
- A store is filled with copies of matters that the actions themselves made; a third is of the municipality
  that is measured, a fifth is open. The cases that pages open are real ones, with real seals; the ledger has
  the lines of those only.
- Beside each figure stands the *baseline* of its minute, the mean of right before and right after: a fixed
  piece of Python on all cores at once, by the clock (and how many times that of the reference machine), and
  the p95 of a bare durable commit at 8 connections. The reference needs 27 ms and 1.1 ms; there every budget
  was met. On a slower machine a row may take as many times longer, and what one commit takes longer besides:
  then it says *machine*. So does the row of the reports by the clock where the machine cannot take as many.
  That proves nothing about the code, and is no reason to look for a fault in it.
- Each measurement under load is made three times and the best p95 counts: what else runs on the machine makes
  it slower and never quicker. The p95 of all three stands beside it.
- The same pages are asked again and again, so data keys are remembered
  ([0016](adr/0016-opened-keys-for-ten-minutes.md)); opening fifty anew takes 3 ms more.
- *Clients* ask again as soon as the answer is there, so more clients measure saturation, not waiting.
- *CPU* is what web server and database computed for each request. When others use the machine it grows too,
  up to twofold here, but far less than latencies do. In a closed loop the mean latency cannot be less than
  the CPU time times clients, divided by cores.
- *Offered* reports come by the clock, each over a connection of its own, as the last page of the public form;
  a late start counts as waiting. The sweep runs each 5 seconds instead of each 15 minutes, to make it work
  during the measurement.
- *Alone* is one page at a time in one process, without gunicorn: the median of 25. Time counts for the
  innermost part, so no millisecond counts twice; *rest* is middleware, Python around the queries and the test
  client itself.
- The *statements* of a page are counted without BEGIN, COMMIT and savepoints.
- A first load is the page with its styles, scripts, pictures and fonts, headers included, with an empty
  cache.
"""
