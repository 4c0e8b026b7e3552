"""Sessions in the database: a row stands under a hash of its key and opens with that alone, for twelve hours.

Who reads the table has no key of anybody; who writes in it makes no session of another's out of a copy, and
none that lasts longer.
"""

import hashlib
import time
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from sluitend.kernel.prepared import Given, Prepared

BEGUN = "begun"
SKEW_SECONDS = 60


def stored_under(key: str) -> str:
    """Return under which name the session of a key stands in the table."""
    return hashlib.sha256(b"sluitend/session/1" + key.encode()).hexdigest()[:40]


def begin_anew(session: Any) -> None:
    """Count the twelve hours from now on: somebody signed in."""
    session[BEGUN] = int(time.time())


class SessionStore(db.SessionStore):
    """Keeps nothing by which a session can be taken over, and reads one with a question put into SQL once."""

    @property
    def key_salt(self) -> str:
        """Bind what is signed to the key: a copy under another key does not open."""
        return f"sluitend/session/2/{self.session_key}"

    def load(self) -> dict[str, Any]:
        """Return what is kept, unless it began too long ago; being used does not move that end."""
        data: dict[str, Any] = super().load()
        if data and not -SKEW_SECONDS <= time.time() - data.get(BEGUN, 0) < settings.SESSION_COOKIE_AGE:
            self.delete()
            data = {}
        if not data:
            self._session_key = None
        return data

    def exists(self, session_key: str) -> bool:
        """Return whether a key is taken."""
        return bool(super().exists(stored_under(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to keep."""
        data.setdefault(BEGUN, int(time.time()))
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        return Session(
            session_key=stored_under(key), session_data=self.encode(data), expire_date=self.get_expiry_date()
        )

    def delete(self, session_key: str | None = None) -> None:
        """Forget a session, this one when no other is named."""
        if key := session_key or self.session_key:
            super().delete(stored_under(key))

    def _get_session_from_db(self) -> Session | None:
        found = _living().models(Session, key=stored_under(str(self.session_key)), now=timezone.now())
        return found[0] if found else None


@cache
def _living() -> Prepared:
    return Prepared(Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))
