"""The worker, from when it has loaded what it needs."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any

import pytest

from sluitend.cli import working


def test_what_a_worker_loaded_is_not_looked_through_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    apart: list[int] = []

    def begun(job: Coroutine[Any, Any, None]) -> None:
        apart.append(len(gc.get_objects()))
        job.close()

    gc.unfreeze()
    loaded = len(gc.get_objects())
    monkeypatch.setattr(asyncio, "run", begun)
    working.work()
    (left,) = apart
    assert left < loaded / 10
