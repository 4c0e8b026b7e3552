"""Sessions in the database, as the framework keeps them; each page asks for one."""

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from sluitend.kernel.prepared import Given, Prepared


class SessionStore(db.SessionStore):
    """Reads a session with a question that is put into SQL once."""

    def _get_session_from_db(self) -> Session | None:
        found = _living().models(Session, key=self.session_key, now=timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None


@cache
def _living() -> Prepared:
    return Prepared(Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))
