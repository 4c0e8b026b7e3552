"""Measures and spans: of pages of the desk by name, of pages for everybody nothing but failures."""

import socket
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from pytest_django import Settings
from tests import samples
from tests.faults import web

from sluitend.cli import metrics
from sluitend.cli.errors import CommandError
from sluitend.kernel.access.scope import tracing
from sluitend.kernel.access.slowing import Limit
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces import spans
from sluitend.surfaces.observing import Observed

ClientFor = Callable[[str], Client]
AF = "af@westland.example"


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def everything() -> str:
    """Return all that the endpoint would show now, without moments."""
    lines = generate_latest(REGISTRY).decode().splitlines()
    return "\n".join(line for line in lines if line.startswith("sluitend_") and "_created" not in line)


@pytest.mark.django_db
def test_a_page_of_the_desk_is_timed_by_its_name(client_for: ClientFor) -> None:
    client = client_for(AF)
    before = value("sluitend_request_seconds_count", route="today", status="2xx")
    assert client.get("/werk/?q=zeldzaamwoord").status_code == 200
    assert value("sluitend_request_seconds_count", route="today", status="2xx") == before + 1
    refused = value("sluitend_refused_total")
    client.get("/werk/beheer/mensen/")
    assert value("sluitend_refused_total") == refused + 1
    assert "zeldzaamwoord" not in everything()


@pytest.mark.django_db
def test_pages_for_everybody_move_no_count(client: Client) -> None:
    before = everything()
    for path in ("/", "/melden/", "/ontvangst/", "/werken-en-wonen/", "/bestaat-niet/"):
        client.get(path)
    filed = client.post("/melden/", {**web.ANSWERS, "sending": str(uuid4())})
    receipt = web.RECEIPT.search(filed.text)
    assert receipt
    client.post("/ontvangst/", {"code": receipt[1]})
    assert everything() == before


def test_a_page_for_everybody_that_fails_is_counted(rf: RequestFactory) -> None:
    def fails(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=503)

    before = value("sluitend_public_failed_total")
    Observed(fails)(rf.get("/melden/"))
    assert value("sluitend_public_failed_total") == before + 1


def test_who_is_held_back_is_counted_without_saying_who() -> None:
    limit = Limit("guessing", number=1, seconds=600)
    before = value("sluitend_held_back_total", what="guessing")
    assert not limit.count("198.51.100.7")
    assert limit.count("198.51.100.7")
    assert value("sluitend_held_back_total", what="guessing") == before + 1
    assert "198.51.100.7" not in everything()


@pytest.mark.django_db
def test_opening_and_signing_in_are_counted(client: Client) -> None:
    opened = value("sluitend_envelopes_opened_total")
    samples.whole_route()
    assert value("sluitend_envelopes_opened_total") > opened
    opened = value("sluitend_envelopes_opened_total")
    samples.file_report(Organisation.objects.get(code="GM1783"))  # and sweeps it
    assert value("sluitend_envelopes_opened_total") == opened
    failed = value("sluitend_sign_ins_total", outcome="failed")
    client.post("/inloggen/", {"login": AF, "password": "verkeerd-wachtwoord"})
    assert value("sluitend_sign_ins_total", outcome="failed") == failed + 1


@pytest.mark.django_db
def test_the_whole_installation_is_watched_in_numbers() -> None:
    sample = samples.whole_route()
    registry = CollectorRegistry()
    registry.register(metrics.Installation())
    text = generate_latest(registry).decode()
    for name in ("database_up 1.0", "jobs_waiting ", "jobs_oldest_seconds ", "workers 0.0", "steps_overdue "):
        assert f"sluitend_{name}" in text
    for word in (sample.case, sample.referral, "GM1783", "Westland"):
        assert word not in text


@pytest.mark.parametrize(
    ("address", "token", "good"),
    [
        ("", "", True),
        ("127.0.0.1:9464", "", True),
        ("[::1]:9464", "", True),
        ("localhost:9464", "", True),
        ("0.0.0.0:9464", "", False),
        ("0.0.0.0:9464", "kort", False),
        ("0.0.0.0:9464", "een-woord-dat-niemand-raadt", True),
        ("9464", "", False),
        ("127.0.0.1:poort", "", False),
    ],
)
def test_measures_that_others_reach_need_a_token(
    monkeypatch: pytest.MonkeyPatch, address: str, token: str, good: bool
) -> None:
    monkeypatch.setenv(metrics.ADDRESS, address)
    monkeypatch.setenv(metrics.TOKEN, token)
    if good:
        assert (metrics.wanted() is None) == (not address)
    else:
        with pytest.raises(CommandError, match="SLUITEND_METRICS"):
            metrics.wanted()


@pytest.mark.parametrize(
    ("path", "header", "status"),
    [
        ("/metrics", "Bearer een-woord", "200 OK"),
        ("/metrics", "Bearer een-woorD", "401 Unauthorized"),
        ("/metrics", "", "401 Unauthorized"),
        ("/", "Bearer een-woord", "404 Not Found"),
    ],
)
def test_the_endpoint_gives_measures_to_who_brings_the_token(path: str, header: str, status: str) -> None:
    said: list[str] = []

    def application(environ: dict[str, Any], start: metrics.Start) -> list[bytes]:
        start("200 OK", [])
        return [b"x"]

    asked = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "HTTP_AUTHORIZATION": header}
    list(metrics.guarded(application, "een-woord")(asked, lambda status, headers: said.append(status)))
    assert said == [status]


@pytest.fixture
def exported(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What a collector would get."""
    exporter = InMemorySpanExporter()
    tracer = spans.make_tracer(exporter, at_once=True)
    monkeypatch.setattr(spans, "tracer", lambda process: tracer)
    settings.SLUITEND_TRACES = True
    return exporter


@pytest.mark.django_db
def test_a_span_names_the_page_and_counts_its_statements(
    exported: InMemorySpanExporter, client_for: ClientFor
) -> None:
    client = client_for(AF)
    with tracing():
        client.get("/werk/zoeken/?q=zeldzaamwoord")
        client.get("/melden/")
    (span,) = exported.get_finished_spans()
    assert span.name == "search"
    assert span.attributes is not None
    assert span.attributes["http.response.status_code"] == 200
    assert int(str(span.attributes["sluitend.statements"])) > 3
    assert "zeldzaamwoord" not in span.to_json()
    assert "SELECT" not in span.to_json()


def test_a_span_has_the_trace_of_the_ledger(exported: InMemorySpanExporter, rf: RequestFactory) -> None:
    from sluitend.kernel.access.scope import current_trace

    traces: list[str] = []

    def view(_request: HttpRequest) -> HttpResponse:
        traces.append(current_trace())
        return HttpResponse(status=500)

    Observed(view)(rf.get("/werk/"))
    (span,) = exported.get_finished_spans()
    assert f"{span.context.trace_id:032x}" == traces[0]
    assert not span.status.is_ok
    assert span.events == ()


def test_two_processes_of_one_machine_have_a_port_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(metrics.ADDRESS, "127.0.0.1:9464")
    assert metrics.next_to({"a": "b"}) == {"a": "b", metrics.ADDRESS: "127.0.0.1:9465"}
    monkeypatch.delenv(metrics.ADDRESS)
    assert metrics.next_to({"a": "b"}) == {"a": "b"}


def test_an_endpoint_that_is_taken_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv(metrics.ADDRESS, f"127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(CommandError, match="niet vrij"):
            metrics.serve(CollectorRegistry())
