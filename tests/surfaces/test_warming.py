"""A web process has read what every page needs before it answers, so that nobody queues behind that."""

import gc
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from sluitend.cli import gunicorn_conf
from sluitend.kernel.handbook import queries as handbook
from sluitend.kernel.handbook.pack import Pack
from sluitend.surfaces import warming


@pytest.fixture
def cold(db: None) -> None:
    """A process in which nobody asked for anything yet."""
    handbook.release.cache_clear()
    handbook._pack.cache_clear()


def read_already(*_: object) -> None:
    """Stand where the handbook is read, which has happened by now."""
    raise AssertionError("a visitor waits while the handbook is read")


def test_a_process_says_that_it_is_there_after_it_has_read_the_handbook(
    cold: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUITEND_READY", str(tmp_path / "ready"))
    gunicorn_conf.post_worker_init(None)
    assert (tmp_path / "ready").exists()
    monkeypatch.setattr(Pack, "model_validate_json", read_already)
    assert Client().get("/melden/").status_code == 200


def test_a_process_starts_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(warming, "current_release", away)
    warming.warm_up()


def test_a_process_does_not_look_for_garbage_after_every_page(cold: None) -> None:
    before = gc.get_threshold()
    try:
        gunicorn_conf.post_worker_init(None)
        assert gc.get_threshold()[0] >= 20_000
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
