"""The security feed: signing in, refusals, exports and changes of rights as JSON lines, for a SIEM.

Everything comes through here: what the ledger writes, once that is committed, and what only the request
layer sees. A line holds no content, name or e-mail address; `docs/security-feed.schema.json` is its form.
Nothing of a page for everybody is in it: a line with a time beside it is a clock.
"""

import json
import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from queue import Full, Queue
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, organisation_for_ledger
from sluitend.kernel.access.scope import current_scope, current_trace
from sluitend.kernel.ledger.models import Line
from sluitend.kernel.measures import FEED_DROPPED
from sluitend.kernel.organisations.models import Organisation

ROOM = 1_000
"""Lines that may wait to be written; what comes above that is dropped and counted."""
CLOSING_SECONDS = 5.0
KINDS = {
    "signin": "sign_in",
    "refused": "refusal",
    "failed": "failure",
    "content": "failure",
    "account": "rights",
    "organisation": "rights",
    "membership": "rights",
    "deputy": "rights",
    "keys": "keys",
    "custodian": "limit",
    "database": "restore",
    "backup": "backup",
    "doctor": "doctor",
    "export": "export",
    "second_factor": "second_factor",
}
"""Kind of a line by the first word of its action; what is not here is daily work and stays in the ledger."""
SECOND_FACTOR = ("signin.recovery_code",)


class Feed:
    """Writes lines from a thread of its own, so that no page waits for a disk or a log server."""

    def __init__(self, handler: logging.Handler, *, room: int = ROOM) -> None:
        self.dropped = 0
        self._handler = handler
        self._handler.handleError = self._not_written  # type: ignore[method-assign]
        self._lines: Queue[str | None] = Queue(maxsize=room)
        self._thread = threading.Thread(target=self._write, name="security-feed", daemon=True)
        self._thread.start()

    def offer(self, line: str) -> None:
        """Take a line, or drop it when too many wait already."""
        try:
            self._lines.put_nowait(line)
        except Full:
            self._drop()

    def close(self) -> None:
        """Write what waits and stop."""
        try:
            self._lines.put(None, timeout=CLOSING_SECONDS)
        except Full:
            return
        self._thread.join(CLOSING_SECONDS)
        self._handler.close()

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            self._handler.handle(logging.makeLogRecord({"msg": line}))

    def _not_written(self, record: logging.LogRecord) -> None:
        self._drop()

    def _drop(self) -> None:
        self.dropped += 1
        FEED_DROPPED.inc()


_feeds: dict[tuple[int, str], Feed] = {}
_codes: dict[UUID, str] = {}
_lock = threading.Lock()


def handler_for(target: str) -> logging.Handler:
    """Return what writes to a target.

    Args:
        target: `stdout`, `syslog` (the socket of this machine), or the path of a file. A file that is moved
            away is opened anew, so `logrotate` needs no signal.
    """
    if target == "stdout":
        return logging.StreamHandler(sys.stdout)
    if target == "syslog":
        return logging.handlers.SysLogHandler(
            address="/dev/log", facility=logging.handlers.SysLogHandler.LOG_AUTHPRIV
        )
    path = Path(target)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640))
    return logging.handlers.WatchedFileHandler(path, encoding="utf-8")


def current_feed() -> Feed | None:
    """Return the feed of this process, or None where none is asked for or its target cannot be opened."""
    target = str(settings.SLUITEND_SECURITY_FEED)
    if not target:
        return None
    place = (os.getpid(), target)  # a thread does not live on in a child
    with _lock:
        if place not in _feeds:
            try:
                _feeds[place] = Feed(handler_for(target))
            except OSError:
                return None
        return _feeds[place]


def close_feed() -> None:
    """Write what waits in this process, before it ends."""
    with _lock:
        mine = [place for place in _feeds if place[0] == os.getpid()]
        feeds = [_feeds.pop(place) for place in mine]
    for feed in feeds:
        feed.close()


def after_commit(events: Iterable[Line], actor: Actor) -> None:
    """Feed these lines of the ledger when the present transaction commits, as far as they are its concern."""
    if not settings.SLUITEND_SECURITY_FEED or _of_everybody(actor):
        return
    wanted = [event for event in events if kind_of(event.action)]
    if wanted:
        # What is written for nobody has the day for its time; at the door of the desk the moment counts.
        now = timezone.now() if actor.kind == "intake" else None
        lines = [partial(_of_event, event, now or event.at, current_trace()) for event in wanted]
        transaction.on_commit(lambda: _offer_all(lines), robust=True)


def tell(action: str, *, actor: Actor | None = None, outcome: str = "ok", detail: str = "") -> None:
    """Feed what the ledger does not have: an export, a changed second factor, a promise that is broken.

    Args:
        action: its first word says the kind.
        actor: who did it; nobody for what a command found.
        outcome: `ok`, `refused` or `failed`.
        detail: a code or the name of a check.
    """
    if settings.SLUITEND_SECURITY_FEED and kind_of(action):
        line = partial(
            _line,
            action=action,
            at=timezone.now(),
            organisation=organisation_for_ledger(actor) if actor else None,
            account=actor.account_id if actor else None,
            outcome=outcome,
            detail=detail,
            trace=current_trace() if actor else "",
        )
        _offer_all([line])


def kind_of(action: str) -> str:
    """Return which kind of line an action makes, or nothing."""
    if action in SECOND_FACTOR:
        return "second_factor"
    return KINDS.get(action.split(".", maxsplit=1)[0], "") if "." in action else ""


def _of_everybody(actor: Actor) -> bool:
    scope = current_scope()
    return not scope.desk if scope else actor.kind == "intake"


def _offer_all(lines: Iterable[partial[str]]) -> None:
    feed = current_feed()
    if feed is not None:
        for line in lines:
            feed.offer(line())


def _of_event(event: Line, at: datetime, trace: str) -> str:
    # Of other kinds the purpose is no concern of whoever watches the door.
    rights = kind_of(event.action) in ("rights", "sign_in", "limit", "keys")
    return _line(
        action=event.action,
        at=at,
        organisation=event.organisation_id,
        account=event.account,
        outcome=event.outcome,
        detail=event.purpose if rights else "",
        trace=trace,
    )


def _line(
    *,
    action: str,
    at: datetime,
    organisation: UUID | None,
    account: UUID | None,
    outcome: str,
    detail: str,
    trace: str,
) -> str:
    scope = current_scope()
    return json.dumps(
        {
            "time": at.astimezone(timezone.get_default_timezone()).isoformat(timespec="milliseconds"),
            "kind": kind_of(action),
            "action": action,
            "organisation": _code(organisation) if organisation else None,
            "account": str(account) if account else None,
            "outcome": outcome,
            "detail": detail or None,
            "route": scope.route if scope else None,
            "address": _address(),
            "process": settings.SLUITEND_PROCESS,
            "trace": trace or None,
        }
    )


def _code(organisation_id: UUID) -> str | None:
    if organisation_id not in _codes:
        try:
            code = Organisation.objects.filter(pk=organisation_id).values_list("code", flat=True).first()
        except DatabaseError:
            return None
        if code is None:
            return None
        _codes[organisation_id] = code
    return _codes[organisation_id]


def _address() -> str | None:
    scope = current_scope()
    if scope is None or not scope.desk:
        return None
    try:
        return str(ip_address(scope.address))
    except ValueError:  # a proxy that writes something else
        return None
