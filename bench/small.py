"""What is measured by itself: bare commits, earlier signals, the sheet of a referral, first loads."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench.baseline import CLIENTS, Gauge, commits, judged
from bench.client import Client
from bench.options import Options
from bench.results import Report, Row, Timings
from bench.stage import BASE, Stage
from bench.tokens import add_tokens

SIGNAL_MS = 2.0
SHEET_MS = 100.0
WIRE_KIB = 100.0
SEARCH_MS = 50.0
PUBLIC_PAGES = (
    "/",
    "/melden/",
    "/werken-en-wonen/",
    "/handboek/",
    "/handboek/wie-bel-ik/",
    "/handboek/partners/",
    "/handboek/zoeken/",
)
SUBRESOURCES = re.compile(rb"""<(?:link|script|img|source)\b[^>]*?\b(?:href|src)=["']([^"'#]+)["']""")
IN_STYLES = re.compile(rb"""url\(["']?([^"')]+)["']?\)""")
NOT_LOADED = re.compile(rb"""<link\b[^>]*\brel=["']?(?:canonical|alternate|manifest)[^>]*>""")


def baseline(gauge: Gauge, report: Report) -> None:
    """Say how fast this machine computes, and how many bare commits a second it makes."""
    python = f"{gauge.last.python:.0f} ms by the clock, on all cores at once"
    report.add(Row("baseline: a fixed piece of Python", "", python))
    for clients in (1, CLIENTS):
        what = f"baseline: bare durable commit, {clients} connection{'s' * (clients > 1)}"
        report.add(Row(what, "", commits(gauge.stage, clients).words()))


STORED = """
SELECT sum(reltuples)::bigint FROM pg_class
 WHERE relname IN ('reports_reporttoken', 'cases_subjecttoken')"""
"""How many there are, as only the administrator of the database may ask."""


def signals(gauge: Gauge, report: Report, options: Options, made: dict[str, Any]) -> None:
    """Look for earlier signals among many tokens."""
    stage = gauge.stage
    database = stage.copy("bench_tokens")
    with stage.connect(database) as connection:
        add_tokens(connection, made["main"], made["others"], options.tokens)
        counted = connection.execute(STORED).fetchone()
    gauge.begin()
    # The telephone of the second report that was made; see `bench.matters.told`.
    found = stage.inside("signals", database, "0610007919")
    around = gauge.around()
    stage.server.drop_database(database)
    stored = f"{(counted[0] if counted else 0) // 1000 * 1000:,} tokens"
    for name, what, promised in (
        ("statement", "the statement alone, 10 identifiers", True),
        ("nothing", "the whole search, nothing found", False),
        ("hit", "the whole search, one found, opened and logged", False),
    ):
        timings = Timings(found[name], 0, 1)
        measured = f"p50 {timings.quantile(0.5):.2f}, p95 {timings.quantile(0.95):.2f} ms"
        words = f"earlier signals among {stored}: {what}"
        report.add(
            judged(words, measured, p95=timings.quantile(0.95), budget=SIGNAL_MS, around=around)
            if promised
            else Row(words, "", measured, baseline=around.words())
        )


def sheet(gauge: Gauge, report: Report, made: dict[str, Any]) -> None:
    """Make the PDF of a referral."""
    gauge.begin()
    found = gauge.stage.inside("sheet", BASE, made["referrals"][-1])
    timings = Timings(found["taken"], 0, 1)
    size = found["bytes"] / 1024
    measured = f"p50 {timings.quantile(0.5):.0f}, p95 {timings.quantile(0.95):.0f} ms, {size:.0f} KiB"
    p95, around = timings.quantile(0.95), gauge.around()
    report.add(judged("PDF of a referral", measured, p95=p95, budget=SHEET_MS, around=around))


def search(gauge: Gauge, report: Report) -> None:
    """Search in the handbook: long and short questions, each with a typing error."""
    gauge.begin()
    found = gauge.stage.inside("search", BASE)
    around = gauge.around()
    for name, what in (("index", "the index alone"), ("page", "the whole page")):
        timings = Timings(found[name], 0, 1)
        measured = f"p50 {timings.quantile(0.5):.1f}, p95 {timings.quantile(0.95):.1f} ms"
        words = f"search in the handbook: {what}"
        p95 = timings.quantile(0.95)
        report.add(judged(words, measured, p95=p95, budget=SEARCH_MS, around=around))


def wire(stage: Stage, report: Report) -> None:
    """Load the first public pages as a browser with an empty cache does."""
    with stage.web(BASE) as port:
        for path in PUBLIC_PAGES:
            size, number, strangers = _first_load(port, path)
            good = size < WIRE_KIB * 1024 and not strangers
            measured = f"{size / 1024:.1f} KiB in {number} requests" + "".join(
                f", also from {each}" for each in strangers
            )
            what = f"first load of {path}"
            report.add(Row(what, f"< {WIRE_KIB:.0f} KiB, no third party", measured, good))


def _first_load(port: int, path: str) -> tuple[int, int, list[str]]:
    client = Client(port)
    waiting, seen, strangers, total = [path], {path}, set(), 0
    while waiting:
        address = waiting.pop()
        answer = client.get(address, **{"Accept-Encoding": "gzip, br"})
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        total += answer.wire
        for link in _links(client, address, answer.body, answer.headers):
            parts = urlsplit(urljoin(f"http://localhost{address}", link))
            if parts.hostname != "localhost":
                strangers.add(str(parts.hostname))
            elif parts.path not in seen:
                seen.add(parts.path)
                waiting.append(parts.path)
    client.close()
    return total, len(seen), sorted(strangers)


def _links(client: Client, address: str, body: bytes, headers: Any) -> list[str]:
    kind = headers.get("content-type", "")
    if headers.get("content-encoding"):
        body = client.get(address).body
    if kind.startswith("text/html"):
        found = SUBRESOURCES.findall(NOT_LOADED.sub(b"", body))
        return [each.decode() for each in found if not each.startswith(b"data:")]
    if kind.startswith("text/css"):
        return [each.decode() for each in IN_STYLES.findall(body) if not each.startswith(b"data:")]
    return []
