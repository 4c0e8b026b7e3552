"""Log lines without what people typed: a fixed list of fields, each with a form that holds no sentence.

A message keeps its words only where its values stand apart from it. One into which somebody has already put
values keeps nothing but the place in the code. Of an exception class and code places are kept, and of a
database error its five-letter code; its own words only for a class that is known to hold none of ours.
"""

import json
import logging
import logging.config
import re
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone

from sluitend.kernel.access.scope import current_scope, traced

FIELDS = frozenset(
    {
        "amount",
        "alarm",
        "count",
        "job",
        "kind",
        "media_type",
        "ms",
        "number",
        "organisation",
        "process_id",
        "reason",
        "route",
        "seconds",
        "statements",
        "status",
        "subject",
        "task",
    }
)
"""What our own code may say beside the name of an event. Anything else is left out."""
CODE = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}")
"""A word of our own making: never with a space or an @, so no sentence, name or address of e-mail."""
PLACES = re.compile(r"%(\(\w+\))?[-#0 +.\d]*[a-zA-Z]")
"""Where the values of a message go. One that has nothing else says less than where it was written."""
SAFE_WORDS = frozenset({"ConnectionRefusedError", "PoolTimeout", "TimeoutError"})
"""Exceptions of which the words come from a library and hold no value."""
KEEP_WORDS = ("asyncio", "django.", "gunicorn.", "procrastinate.", "psycopg.", "sluitend.")
FRAMES = 6

type Line = dict[str, Any]


class Lines(logging.Formatter):
    """Formats a record as one JSON line, or for a demonstration as something to read."""

    def __init__(self, *, readable: bool = False) -> None:
        super().__init__()
        self.readable = readable

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = line_of(record)
        if not self.readable:
            return json.dumps(line)
        rest = " ".join(f"{name}={value}" for name, value in line.items() if name not in ("level", "event"))
        return f"{line['level']:8} {line['event']}  {rest}"


def line_of(record: logging.LogRecord) -> Line:
    """Return what may be kept of a record."""
    line: Line = {
        "time": _moment(record),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": event_of(record),
        "process": getattr(settings, "SLUITEND_PROCESS", "") if settings.configured else "",
    }
    scope = current_scope()
    if scope is not None and scope.desk:
        line |= {"route": scope.route, "trace": traced()}
    given = getattr(record, "sl", {})
    line |= {name: given[name] for name in sorted(FIELDS & given.keys()) if _is_code(given[name])}
    return line | _of_exception(record)


def event_of(record: logging.LogRecord) -> str:
    """Return the words of a message without its values, or the place that wrote it."""
    # A message without values apart may be one into which they were put.
    own = record.name.startswith("sluitend.") and CODE.fullmatch(str(record.msg))
    said = str(record.msg)
    if own or (record.args and record.name.startswith(KEEP_WORDS) and PLACES.sub("", said).strip(" :")):
        return said
    return f"{record.module}.{record.funcName}:{record.lineno}"


def _moment(record: logging.LogRecord) -> str:
    """Return when it was: to the second, but of a page for everybody, or a request unread, only the day."""
    moment = datetime.fromtimestamp(record.created, timezone.get_default_timezone())
    scope = current_scope()
    unread = record.name == "gunicorn.error" and scope is None and record.module == "base"
    if unread or (scope is not None and not scope.desk):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def _is_code(value: object) -> bool:
    if isinstance(value, bool | int | float):
        return True
    return bool(CODE.fullmatch(str(value)))


def _of_exception(record: logging.LogRecord) -> Line:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    kind, error, trace = record.exc_info
    frames = traceback.extract_tb(trace)[-FRAMES:]
    line: Line = {
        "exception": kind.__name__,
        "at": " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames),
    }
    if code := getattr(getattr(error, "__cause__", None) or error, "sqlstate", None):
        line["sqlstate"] = str(code)
    if kind.__name__ in SAFE_WORDS:
        line["words"] = str(error)
    return line


def configure(config: Mapping[str, Any]) -> None:
    """Set logging up, and let structlog write through it. Django calls this with `LOGGING`."""
    logging.config.dictConfig(dict(config))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.add_log_level, _to_record],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _to_record(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Hand an event of structlog to the standard library: its name as the message, the rest apart."""
    words = event.pop("event", "")
    event.pop("level", None)
    errors = event.pop("exc_info", None)
    return (words,), {"extra": {"sl": dict(event)}, "exc_info": errors}
