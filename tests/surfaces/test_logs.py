"""No value that a person typed reaches a log, whatever writes there and however it fails."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from sluitend.kernel.access.scope import Scope, tracing, within
from sluitend.surfaces.logs import Lines, line_of
from sluitend.urls import handler404, handler500, urlpatterns

PLANT = "zeldzaamwoord"

__all__ = ["handler404", "handler500"]


def fails(request: HttpRequest, code: str) -> HttpResponse:
    """A view that breaks with all it knows in its words."""
    typed = request.GET["q"]
    raise RuntimeError(f"what was typed is {typed}")


def slow(request: HttpRequest) -> HttpResponse:
    """A view."""
    return HttpResponse("x")


broken_patterns = [
    path("werk/breekt/<str:code>/", fails, name="breaks"),
    path("breekt/<str:code>/", fails, name="breaks_for_all"),
    *urlpatterns,
]


class Routes:
    """The URL map, with pages that break."""

    handler404, handler500 = handler404, handler500
    urlpatterns = broken_patterns


@pytest.fixture
def output() -> Iterator[StringIO]:
    """All that every logger writes, at the lowest level, as production writes it."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(Lines())
    names = ("", "django", "sluitend", "django.request", "django.db.backends", "procrastinate")
    loggers = [logging.getLogger(name) for name in names]
    before = [(each.level, each.propagate) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        each.propagate = True
    loggers[0].addHandler(handler)
    yield text
    loggers[0].removeHandler(handler)
    for each, (level, propagate) in zip(loggers, before, strict=True):
        each.setLevel(level)
        each.propagate = propagate


def record(message: object, *args: object, name: str = "library", **more: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.WARNING, "file.py", 7, message, args, None, "function")
    made.__dict__.update(more)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/werk/breekt", "/breekt"])
def test_a_page_that_breaks_leaves_no_value(output: StringIO, place: str) -> None:
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=Routes):
        answer = client.get(f"{place}/{PLANT}/", {"q": PLANT}, headers={"X-Odd": PLANT, "User-Agent": PLANT})
    assert answer.status_code == 500
    text = output.getvalue()
    assert PLANT not in text
    lines = [json.loads(line) for line in text.splitlines()]
    failed = [line for line in lines if line["event"] == "page.failed"]
    assert [line["status"] for line in failed] == [500]
    assert any(line.get("exception") == "RuntimeError" and "fails" in line["at"] for line in lines)


@pytest.mark.django_db
def test_a_page_for_everybody_has_a_day_and_a_page_of_the_desk_a_time(output: StringIO) -> None:
    client = Client(raise_request_exception=False)
    for place in ("/breekt/a/", "/werk/breekt/a/"):
        with override_settings(ROOT_URLCONF=Routes):
            client.get(place, {"q": "a"})
    everybody, desk = (
        line for line in map(json.loads, output.getvalue().splitlines()) if line["event"] == "page.failed"
    )
    assert len(everybody["time"]) == len("2026-11-25")
    assert not {"ms", "route", "trace"} & everybody.keys()
    assert len(desk["time"]) > len("2026-11-25T10:00")
    assert desk["route"] == "breaks"
    assert len(desk["trace"]) == 32


@pytest.mark.django_db
def test_a_statement_leaves_its_shape_and_no_value(output: StringIO) -> None:
    with CaptureQueriesContext(connection), connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT %s::int", [PLANT])
    assert "(%.3f) %s; args=%s; alias=%s" in output.getvalue()
    assert PLANT not in output.getvalue()


def test_a_message_keeps_its_words_only_where_values_stand_apart() -> None:
    assert line_of(record("could not send to %s", PLANT, name="gunicorn.error"))["event"] == (
        "could not send to %s"
    )
    for said in (
        record(f"Invalid request from ip=198.51.100.7: {PLANT}", name="gunicorn.error"),
        record(f"{PLANT} %s", "x", name="unknown.library"),
        record("%s: %s", "Internal Server Error", f"/{PLANT}/", name="django.request"),
        record(f"said {PLANT}", name="sluitend.cases"),
    ):
        assert line_of(said)["event"] == "file.function:7"


def test_only_listed_fields_and_only_codes_are_kept(output: StringIO) -> None:
    log = structlog.get_logger("sluitend.test")
    log.warning("file_not_cleaned", media_type="image/png", count=3, typed=PLANT, reason=f"een {PLANT} zin")
    line = json.loads(output.getvalue())
    assert (line["event"], line["media_type"], line["count"]) == ("file_not_cleaned", "image/png", 3)
    assert not {"typed", "reason"} & line.keys()


def test_words_of_an_exception_are_kept_only_of_a_known_class() -> None:
    def line(error: Exception) -> dict[str, object]:
        try:
            raise error
        except Exception:  # noqa: BLE001  (any kind is what is looked at)
            return line_of(record("%s", "x", exc_info=sys.exc_info()))

    assert "words" not in line(ValueError(PLANT))
    assert line(ValueError(PLANT))["exception"] == "ValueError"
    assert line(TimeoutError("timed out"))["words"] == "timed out"


def test_what_cannot_be_read_as_a_request_has_no_clock() -> None:
    unread = record("bad", name="gunicorn.error", module="base")
    assert len(line_of(unread)["time"]) == len("2026-11-25")
    with within(Scope(desk=False, address="")):
        assert len(line_of(record("x"))["time"]) == len("2026-11-25")
    with within(Scope(desk=True, address="198.51.100.7", route="today")), tracing():
        line = line_of(record("x"))
    assert "198.51.100.7" not in json.dumps(line)
    assert line["route"] == "today"


def test_a_demonstration_can_be_read() -> None:
    text = Lines(readable=True).format(record("sign.good", name="sluitend.x"))
    assert text.startswith("warning  sign.good  time=")


def test_a_request_of_the_desk_that_takes_long_is_named(
    output: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sluitend.surfaces import observing

    monkeypatch.setattr(observing, "SLOW_MS", -1)
    for place in ("/werk/", "/melden/"):
        observing.Observed(slow)(RequestFactory().get(place))
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [line["event"] for line in lines if line["logger"] == "sluitend.pages"] == ["page.slow"]
