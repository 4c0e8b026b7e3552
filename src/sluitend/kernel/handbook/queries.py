"""Reading the released handbook. Releases never change, so each process keeps the ones it has read."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from threading import Lock

from django.db.models import Subquery

from sluitend.kernel.access.scope import current_scope
from sluitend.kernel.prepared import Prepared

from .models import Release
from .pack import Pack, parts_of_now

KEPT_IN_MEMORY = 16
_READING = Lock()


class NoRelease(LookupError):
    """Raised when there is no such release, or none at all."""


@dataclass(frozen=True)
class ReleaseView:
    """A released handbook: its number, when it was published, and the pack."""

    number: int
    published: datetime
    pack: Pack


@dataclass(frozen=True)
class ReleaseLine:
    """A release in a list: what it is called, when it came and who published it."""

    number: int
    version: str
    published: datetime
    published_by: str


_INSTEAD: ContextVar[ReleaseView | None] = ContextVar("instead", default=None)


def current_release() -> ReleaseView:
    """Return the newest release. Costs one small statement, once a page; the pack itself comes from memory.

    Raises:
        NoRelease: no handbook was published yet.
    """
    return _INSTEAD.get() or published_release()


def published_release() -> ReleaseView:
    """Return the newest release, also on a page that shows a draft: for what is kept for other pages.

    Raises:
        NoRelease: no handbook was published yet.
    """
    scope = current_scope()
    if scope is None or not scope.looks:
        return release(_newest_number())
    # A page that only shows goes by one release, also when another is published while it is made.
    if scope.release is None:
        scope.release = _newest_number()
    return release(scope.release)


def _newest_number() -> int:
    newest: list[int] = _newest().column()
    if not newest:
        raise NoRelease("Er is nog geen uitgave van de handreiking.")
    return newest[0]


@contextmanager
def read_instead(pack: Pack) -> Iterator[None]:
    """Let pages read another pack than that of the newest release, while it lasts: how a draft would look.

    It has the number of the newest one, of which what is kept beside the pack is read.
    """
    now = current_release()
    token = _INSTEAD.set(ReleaseView(now.number, now.published, pack))
    try:
        yield
    finally:
        _INSTEAD.reset(token)


@cache
def _newest() -> Prepared:
    return Prepared(Release.objects.order_by("-number").values_list("number")[:1])


def is_published(digest: str) -> bool:
    """Tell whether a pack with this digest is, or was, a release."""
    return Release.objects.filter(digest=digest).exists()


def releases() -> tuple[ReleaseLine, ...]:
    """Return the line of every release, the newest first."""
    rows = Release.objects.order_by("-number").values_list("number", "version", "published", "published_by")
    return tuple(ReleaseLine(*row) for row in rows)


def newest_number() -> Subquery:
    """Return the number of the newest release as part of another statement; `release()` has it in memory."""
    return Subquery(Release.objects.order_by("-number").values("number")[:1])


@lru_cache(maxsize=KEPT_IN_MEMORY)
def release(number: int) -> ReleaseView:
    """Return the release with this number.

    Raises:
        NoRelease: there is no such release.
    """
    row = Release.objects.filter(number=number).first()
    if row is None:
        raise NoRelease(f"Uitgave {number} van de handreiking bestaat niet.")
    # Through JSON text, because strict validation then accepts lists and dates as JSON writes them.
    text = json.dumps(parts_of_now(row.content))
    with _READING:  # side by side in one process, each would take as long as all of them
        return ReleaseView(number=number, published=row.published, pack=_pack(text))


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _pack(text: str) -> Pack:
    return Pack.model_validate_json(text)
