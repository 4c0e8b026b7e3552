"""What somebody with the powers of one row of `docs/threat-model.md` reaches in some steps, and what not.

Page by page and function by function each is tested elsewhere; here the steps are put together.
"""

import base64
import pickle
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from psycopg import sql

from sluitend.cli import embedded
from tests import guesses, samples
from tests.attacks.test_guessing import sign_in_at

WEB_ROLES = ("sl_app", "sl_intake")
BURST: list[str] = []
"""What was run by whoever read something that we planted."""
OF_SIGNING_IN = frozenset({"django_session", "mfa_authenticator", "organisations_account", "access_guess"})
WRITABLE = """
SELECT c.relname, a.attname, a.atttypid::regtype::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
  AND NOT a.attisdropped AND a.attgenerated = ''
  AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bytea'::regtype, 'jsonb'::regtype)
  AND EXISTS (SELECT FROM unnest(%s::text[]) role
    WHERE has_column_privilege(role, c.oid, a.attnum, 'INSERT, UPDATE'))
"""


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """Everything that a role of the web might write, written by one who may."""
    guesses.forget()
    BURST.clear()
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as found:
        yield found


def burst(what: str) -> None:
    """Be run."""
    BURST.append(what)


class Bomb:
    """Runs when it is unpickled."""

    def __reduce__(self) -> Any:
        return burst, ("unpickled",)


def planted(kind: str) -> Any:
    """Return the bomb as a column of this kind may hold it."""
    raw = pickle.dumps(Bomb())
    text = base64.b64encode(raw).decode()
    return {"bytea": raw, "jsonb": psycopg.types.json.Jsonb(text)}.get(kind, text)


def plant(admin: psycopg.Connection, columns: list[tuple[str, str, str]]) -> set[str]:
    """Write the bomb into each column where it fits, past keys and triggers; return in which tables."""
    admin.execute("SET session_replication_role = replica")
    reached = set()
    for table, column, kind in columns:
        names = sql.Identifier(table), sql.Identifier(column)
        try:
            done = admin.execute(sql.SQL("UPDATE {} SET {} = %s").format(*names), [planted(kind)])
        except psycopg.Error:  # too long, or not of the right form
            continue
        if done.rowcount:
            reached.add(table)
    return reached


def test_a_bomb_bursts_when_it_is_unpickled() -> None:
    pickle.loads(planted("bytea"))  # noqa: S301  (our own)
    assert BURST.pop() == "unpickled"


@pytest.mark.parametrize("of_signing_in", [True, False], ids=["signing in", "all else"])
def test_nothing_that_a_role_of_the_web_writes_becomes_code(
    admin: psycopg.Connection, of_signing_in: bool
) -> None:
    """The public role and the desk's: write what you may, have somebody come by, and see whether it ran."""
    sample = samples.whole_route()
    desk = Client(raise_request_exception=False)
    sign_in_at(desk, "af@westland.example")
    sign_in_at(Client(), "af@westland.example", password="verkeerd-wachtwoord")
    found = [tuple(row) for row in admin.execute(WRITABLE, [list(WEB_ROLES)]).fetchall()]
    columns = [(str(t), str(c), str(k)) for t, c, k in found if (t in OF_SIGNING_IN) == of_signing_in]
    reached = plant(admin, columns)
    assert reached >= ({"django_session"} if of_signing_in else {"reports_report", "sealing_seal"})
    anybody = Client(raise_request_exception=False)
    for _again in range(2):
        sign_in_at(anybody, "af@westland.example", password="verkeerd-wachtwoord")
        sign_in_at(anybody, "af@westland.example")
        for path in ("/werk/", f"/werk/casussen/{sample.case}/", "/werk/meldingen/", "/werk/account/"):
            desk.get(path)
        anybody.get("/melden/")
        anybody.post("/melden/", {"sending": str(uuid4()), "step": "5", "go": "send"})
        anybody.post("/ontvangst/", {"code": sample.report_receipt})
    assert BURST == []


def test_nothing_but_the_memory_of_the_process_itself_is_unpickled() -> None:
    assert {type(caches[name]) for name in settings.CACHES} == {LocMemCache}
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert settings.MESSAGE_STORAGE == "django.contrib.messages.storage.session.SessionStorage"
    assert settings.SESSION_ENGINE == "sluitend.surfaces.sessions"
