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

from sluitend.demo import embedded
from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.comparing import Unlike
from tests import guesses, samples
from tests.attacks import forging
from tests.attacks.forging import AF, FORGED, as_desk, made_up, put, row_of, swap_seal
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


SAID = "Deze tekst is niet zoals hij geschreven is."


@pytest.fixture
def desk_sql(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """Injected SQL at the desk, acting for Westland."""
    with as_desk(server.url("sl_app", own_database), westland().id) as found:
        yield found


def westland() -> Organisation:
    return Organisation.objects.get(code="GM1783")


def signed_in() -> Client:
    client = Client()
    client.force_login(Account.objects.get(email=AF))
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def unlike(server: embedded.Server, database: str) -> set[tuple[Unlike, str]]:
    """Return what `sluitend ledger verify` finds: how, and in which table."""
    return {(each.unlike, each.table) for each in forging.found_by_verify(server, database)}


def noted() -> set[str]:
    with acting(samples.actor(AF)):
        return set(Event.objects.filter(action="content.not_genuine").values_list("purpose", flat=True))


@pytest.mark.parametrize("proof", ["none", "own", "public"])
def test_words_that_were_made_up_are_shown_as_not_genuine(
    server: embedded.Server, own_database: str, desk_sql: psycopg.Connection, proof: str
) -> None:
    code, _receipt = samples.file_report(westland())
    other, _receipt = samples.file_report(westland())
    row, key = row_of(code), crypto.new_key()
    assert unlike(server, own_database) == set()
    swap_seal(desk_sql, row, key)
    put(desk_sql, row, made_up(row, key, row.revision + 1, proof=proof), row.revision + 1)

    text = page(signed_in(), f"/werk/binnen/{code}/")
    assert FORGED not in text
    assert SAID in text
    assert noted() == {"reports_report"}
    # One broken row stops nobody.
    listed = page(signed_in(), "/werk/binnen/")
    assert code in listed
    assert other in listed
    assert samples.PLANT in page(signed_in(), f"/werk/binnen/{other}/")
    assert (Unlike.NO_PROOF, "reports_report") in unlike(server, own_database)


def test_nothing_is_done_with_words_that_are_not_genuine(desk_sql: psycopg.Connection) -> None:
    code, _receipt = samples.file_report(westland())
    row, key = row_of(code), crypto.new_key()
    swap_seal(desk_sql, row, key)
    put(desk_sql, row, made_up(row, key, row.revision + 1, proof="own"), row.revision + 1)
    answers = {"scope": "yes", "task": "yes", "territory": "yes", "decision": "new"}
    response = signed_in().post(f"/werk/binnen/{code}/", answers)
    assert response.status_code == 409
    assert SAID in response.content.decode()
    with acting(samples.actor(AF)):
        assert not Case.objects.exists()


@pytest.mark.parametrize("proof", ["none", "own", "public"])
def test_under_the_same_revision_the_database_takes_no_other_words(
    desk_sql: psycopg.Connection, proof: str
) -> None:
    code, _receipt = samples.file_report(westland())
    row, key = row_of(code), crypto.new_key()
    swap_seal(desk_sql, row, key)
    for revision in (row.revision, row.revision - 1):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            put(desk_sql, row, made_up(row, key, revision, proof=proof), revision)


def test_another_key_under_the_same_bytes_is_shown_as_not_genuine(
    server: embedded.Server, own_database: str, desk_sql: psycopg.Connection
) -> None:
    code, _receipt = samples.file_report(westland())
    swap_seal(desk_sql, row_of(code), crypto.new_key())
    assert SAID in page(signed_in(), f"/werk/binnen/{code}/")
    assert (Unlike.NO_PROOF, "reports_report") in unlike(server, own_database)


def test_a_seal_that_opens_nothing_hides_nothing_else(desk_sql: psycopg.Connection) -> None:
    code, _receipt = samples.file_report(westland())
    other, _receipt = samples.file_report(westland())
    desk_sql.execute(
        "UPDATE sealing_seal SET sealed = sealed || 'x' WHERE envelope_id = %s", [row_of(code).envelope_id]
    )
    assert SAID in page(signed_in(), f"/werk/binnen/{code}/")
    listed = page(signed_in(), "/werk/binnen/")
    assert code in listed
    assert other in listed


def test_an_older_row_is_refused_and_by_a_superuser_found(
    server: embedded.Server,
    own_database: str,
    admin: psycopg.Connection,
    desk_sql: psycopg.Connection,
) -> None:
    who = samples.actor(AF)
    code = samples.take_in(samples.file_report(westland())[0], who)
    with acting(who):
        before = Case.objects.get(code=code)
    samples.work(code, who)
    samples.weigh(code, who)
    old = [before.name, before.wish, before.facts, before.revision, before.id]
    back = "UPDATE cases_case SET name = %s, wish = %s, facts = %s, revision = %s WHERE id = %s"
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        desk_sql.execute(back, old)
    assert unlike(server, own_database) == set()

    admin.execute("SET session_replication_role = replica")
    admin.execute(back, old)
    text = page(signed_in(), f"/werk/casussen/{code}/")
    assert SAID in text
    assert samples.PLANT in text  # the rest of the page works
    assert unlike(server, own_database) == {(Unlike.OTHER_WORDS, "cases_case")}


def test_a_row_is_not_taken_away_and_put_in_again(
    server: embedded.Server, own_database: str, desk_sql: psycopg.Connection
) -> None:
    who = samples.actor(AF)
    code = samples.take_in(samples.file_report(westland())[0], who)
    samples.work(code, who)
    taken = desk_sql.execute("SELECT * FROM cases_observation LIMIT 1").fetchone()
    assert taken
    names = [
        each.name for each in desk_sql.execute("SELECT * FROM cases_observation LIMIT 0").description or ()
    ]
    gone = desk_sql.execute("DELETE FROM cases_observation WHERE id = %s", [taken[names.index("id")]])
    assert gone.rowcount == 1
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(names))
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="there before"):
        desk_sql.execute(
            sql.SQL("INSERT INTO cases_observation ({}) VALUES ({})").format(columns, places), taken
        )
    assert unlike(server, own_database) == {(Unlike.AWAY, "cases_observation")}


def test_a_matter_that_was_ended_behind_our_back_is_found(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    code, _receipt = samples.file_report(westland())
    admin.execute("SET session_replication_role = replica")
    admin.execute("UPDATE reports_report SET state = 'closed', closed = now() WHERE code = %s", [code])
    assert unlike(server, own_database) == {
        (Unlike.OTHER_END, "reports_report"),
        (Unlike.NO_END, "reports_report"),
    }


def test_a_matter_that_was_ended_by_sql_has_nobody_who_ended_it(
    server: embedded.Server, own_database: str, desk_sql: psycopg.Connection
) -> None:
    code, _receipt = samples.file_report(westland())
    desk_sql.execute(
        "UPDATE reports_report SET state = 'closed', closed = now() - interval '3 minutes' WHERE code = %s",
        [code],
    )
    assert unlike(server, own_database) == {(Unlike.NO_END, "reports_report")}


def test_a_line_that_was_noted_is_missed_when_it_goes_with_its_row(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    who = samples.actor(AF)
    code = samples.take_in(samples.file_report(westland())[0], who)
    samples.work(code, who)
    forging.note_all(server, own_database)
    assert unlike(server, own_database) == set()
    admin.execute("SET session_replication_role = replica")
    admin.execute("DELETE FROM ledger_content WHERE row_id IN (SELECT id FROM cases_observation)")
    admin.execute("DELETE FROM cases_observation")
    assert unlike(server, own_database) == {(Unlike.OTHER_LINE, "ledger_content")}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger_content (id) SELECT gen_random_uuid()",
        "UPDATE ledger_content SET digests = ''",
        "DELETE FROM ledger_content",
        "ALTER TABLE reports_report DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SELECT content_note('reports_report', gen_random_uuid(), gen_random_uuid(), NULL, 1, NULL, '', '')",
        "SELECT content_end(envelope_id) FROM reports_report",
        "SELECT content_take(organisation_id, '{}', 1) FROM reports_report",
    ],
)
def test_what_is_remembered_is_not_for_a_role_of_the_web_to_write(
    desk_sql: psycopg.Connection, statement: str
) -> None:
    samples.file_report(westland())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute(statement.encode())


def test_a_row_written_anew_as_it_was_leaves_no_line(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    code, _receipt = samples.file_report(westland())
    lines = "SELECT count(*) FROM ledger_content WHERE row_id = %s"
    (before,) = admin.execute(lines, [row_of(code).id]).fetchone() or (0,)
    admin.execute("UPDATE reports_report SET content = content || ''::bytea, revision = revision")
    assert admin.execute(lines, [row_of(code).id]).fetchone() == (before,)
    assert unlike(server, own_database) == set()


def test_what_the_public_sent_gets_its_place_when_the_day_is_over(
    server: embedded.Server, own_database: str, admin: psycopg.Connection
) -> None:
    samples.file_report(westland())
    waiting = "SELECT count(*) FROM ledger_content WHERE noted IS NULL"
    (before,) = admin.execute(waiting).fetchone() or (0,)
    assert before
    forging.note_all(server, own_database)
    assert admin.execute(waiting).fetchone() == (before,)
    admin.execute("UPDATE sealing_envelope SET created = created - 1")
    forging.note_all(server, own_database)
    assert admin.execute(waiting).fetchone() == (0,)
    assert unlike(server, own_database) == set()
