"""What one sender may do over all processes of a web server together."""

import time

import pytest
from pytest_django import Settings

from sluitend.cli import gunicorn_conf
from sluitend.kernel.access.slowing import Limit

NUMBER = 10


@pytest.mark.parametrize("processes", [1, 2, 3, 4, 10, 17])
def test_all_processes_together_allow_what_one_would(settings: Settings, processes: int) -> None:
    settings.SLUITEND_WORKERS = processes
    limits = [Limit("proof", number=NUMBER, seconds=600) for _ in range(processes)]
    allowed = sum(not each.count("somebody") for each in limits for _ in range(NUMBER + 1))
    # Rounded up in each process: nobody is held back before the first, wherever that arrives.
    assert allowed == processes * -(-NUMBER // processes)
    assert NUMBER <= allowed < NUMBER + processes


def test_who_sends_much_holds_nobody_else_back(settings: Settings) -> None:
    settings.SLUITEND_WORKERS = 3
    limit = Limit("proof", number=NUMBER, seconds=600)
    assert [limit.count("much") for _ in range(NUMBER)] == [False] * 4 + [True] * 6
    assert not limit.count("somebody else")


def test_who_was_counted_is_known_no_longer_than_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limit = Limit("proof", number=NUMBER, seconds=600)
    for _each in range(NUMBER):
        limit.count("much")
    now[0] += 400
    limit.count("two")
    assert (known(limit), limit.count("much")) == (2, True)
    now[0] += 300
    limit.count("three")
    assert (known(limit), limit.count("much")) == (3, False)
    now[0] += 600
    limit.count("three")
    assert known(limit) == 1


def known(limit: Limit) -> int:
    """Return of how many senders something is kept."""
    return len(limit._seen)


def test_each_process_is_told_how_many_there_are() -> None:
    assert gunicorn_conf.raw_env == [f"SLUITEND_WORKERS={gunicorn_conf.workers}"]
