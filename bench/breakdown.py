"""Where the time of a page goes: statements, opening what is sealed, templates, and the rest."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from statistics import median
from typing import Any
from unittest.mock import patch

WARM, TIMES = 5, 25
PARTS = ("statements", "opening", "templates")


@dataclass
class Watch:
    """Counts time for the innermost part that is running, so that no millisecond counts twice."""

    now: Callable[[], float] = time.perf_counter
    spent: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    _inside: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what runs inside for a part, and stop counting for the one around it."""
        self._close()
        self._inside.append(name)
        self.calls[name] += 1
        try:
            yield
        finally:
            self._close()
            self._inside.pop()

    def _close(self) -> None:
        moment = self.now()
        if self._inside:
            self.spent[self._inside[-1]] += moment - self._since  # type: ignore[assignment]
        self._since = moment

    def wrapped[**P, R](self, name: str, function: Callable[P, R]) -> Callable[P, R]:
        """Return a function that counts for a part."""

        @wraps(function)
        def inner(*args: P.args, **kwargs: P.kwargs) -> R:
            with self.part(name):
                return function(*args, **kwargs)

        return inner


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Count what the pages of this process do."""
    from django.db import connection
    from django.template.backends.django import Template

    from sluitend.kernel.sealing.custodian import custodian
    from sluitend.kernel.sealing.envelopes import OpenEnvelope

    keeper = type(custodian())

    def statement(execute: Callable[..., Any], *asked: Any) -> Any:
        with watch.part("statements"):
            return execute(*asked)

    with (
        connection.execute_wrapper(statement),
        patch.object(keeper, "open_all", watch.wrapped("opening", keeper.open_all)),
        patch.object(OpenEnvelope, "read", watch.wrapped("opening", OpenEnvelope.read)),
        patch.object(Template, "render", watch.wrapped("templates", Template.render)),
    ):
        yield


def of_pages(client: Any, paths: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Return of each page the median milliseconds of every part, of the whole, and the number of statements.

    Args:
        client: signed in.
        paths: of the pages.
    """
    found = {}
    for path in paths:
        rounds = [_once(client, path) for _time in range(WARM + TIMES)][WARM:]
        found[path] = {name: median(each[name] for each in rounds) for name in rounds[0]}
    return found


def _once(client: Any, path: str) -> dict[str, float]:
    watch, begun = Watch(), time.perf_counter()
    with watching(watch):
        status = client.get(path).status_code
    whole = (time.perf_counter() - begun) * 1000
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    parts = {name: watch.spent[name] * 1000 for name in PARTS}
    return {
        "whole": whole,
        **parts,
        "rest": whole - sum(parts.values()),
        "number": float(watch.calls["statements"]),
    }


def words(found: dict[str, float]) -> str:
    """Return one page in words."""
    return (
        f"{found['whole']:.1f} ms: {found['number']:.0f} statements {found['statements']:.1f}, opening "
        f"{found['opening']:.1f}, templates {found['templates']:.1f}, rest {found['rest']:.1f}"
    )
