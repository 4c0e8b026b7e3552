"""Whoever sends or receives slowly holds no connection to the database."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.reading import as_read

from sluitend.surfaces import middleware
from sluitend.surfaces.middleware import SlowWire


class Connection:
    """Tells whether it is in a transaction, and remembers being closed."""

    in_atomic_block = False
    closed = False

    def close(self) -> None:
        self.closed = True


def test_the_connection_is_given_back_before_the_answer_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    used = Connection()
    monkeypatch.setattr(middleware, "connection", used)

    def view(_request: object) -> HttpResponse:
        assert not used.closed
        return HttpResponse("x")

    SlowWire(view)(RequestFactory().get("/"))
    assert used.closed


def test_the_whole_body_is_there_before_anything_asks_the_database(
    monkeypatch: pytest.MonkeyPatch, client_for: object, db: None
) -> None:
    asked: list[str] = []
    load = type(RequestFactory().post("/"))._load_post_and_files

    def noted(request: object) -> None:
        asked.append("body")
        load(request)  # type: ignore[arg-type]

    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest._load_post_and_files", noted)
    client: Client = client_for("af@westland.example")  # type: ignore[operator]

    def asking(execute: Callable[..., object], *rest: object) -> object:
        asked.append("database")
        return execute(*rest)

    with connection.execute_wrapper(asking):
        client.post("/werk/zoeken/", {"q": "x"})
    assert asked[0] == "body"
    assert "database" in asked


@pytest.mark.parametrize(("language", "title"), [("nl", "Dit is niet gelukt"), ("en", "This did not work")])
def test_a_body_that_is_too_large_is_answered_in_the_language_of_the_reader(
    client: Client, db: None, language: str, title: str
) -> None:
    answer = client.post("/melden/", {"saw": "a" * 3_000_000}, headers={"accept-language": language})
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    page = as_read(answer.text)
    assert f"<title>{title}</title>" in page
    assert f'<html lang="{language}"' in page
