"""Within which request or job work is done: for the ledger, logs and measures, never for a decision.

Pages outside the desk are for everybody. Of those nothing is kept that says who was there, or when.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

DESK = ("/werk/", "/inloggen/", "/uitloggen/", "/account/")
WATCHING = ("/healthz", "/readyz")


@dataclass
class Scope:
    """A request: whether it is for the desk, from where it came, and the name of its pattern once known.

    `barred` when an action refused it to this person, whatever page that ends in. `looks`: it only shows, so
    that words which are not as they were written leave a gap in the page; `not_genuine` says which. Whatever
    does something stops there. `opened_half` when the custodian said that half of its organisation's share of
    this minute is opened. `release` is the number of the handbook that a page goes by, once it asked.
    """

    desk: bool
    address: str
    route: str = "unknown"
    barred: bool = False
    looks: bool = False
    not_genuine: set[tuple[str, UUID]] = field(default_factory=set)
    opened_half: bool = False
    release: int | None = None


_trace: ContextVar[str] = ContextVar("trace", default="")
_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    """Return the request that is being answered; None in a job or a command."""
    return _scope.get()


@contextmanager
def within(scope: Scope) -> Iterator[Scope]:
    """Let what happens inside belong to this request."""
    token = _scope.set(scope)
    try:
        yield scope
    finally:
        _scope.reset(token)


@contextmanager
def only_showing() -> Iterator[None]:
    """Let what happens inside only show, as on a page that came back with what could not be done."""
    scope = _scope.get()
    if scope is None:
        yield
        return
    before, scope.looks = scope.looks, True
    try:
        yield
    finally:
        scope.looks = before


def current_trace() -> str:
    """Return the 32 hex digits that tie the ledger lines of one request or job together."""
    return _trace.get() or secrets.token_hex(16)


def traced() -> str:
    """Return the trace of this request or job, or nothing where there is none."""
    return _trace.get()


@contextmanager
def tracing() -> Iterator[None]:
    """Give everything that happens inside one trace, unless there is one already."""
    token = _trace.set(_trace.get() or secrets.token_hex(16))
    try:
        yield
    finally:
        _trace.reset(token)
