"""What a superuser does to the ledger behind our back, a verifier who holds a checkpoint can name."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.working import as_owner, as_worker

from sluitend.demo import embedded
from sluitend.kernel.access.acting import NOBODY, Actor, acting, intake_role, system_actor
from sluitend.kernel.access.rounds import SomeFailed
from sluitend.kernel.ledger import chain, diary, jobs
from sluitend.kernel.ledger.actions import is_authentic, record, signed_text, take_in
from sluitend.kernel.ledger.chain import (
    Finding,
    Kind,
    link_all,
    link_events,
    verify,
)
from sluitend.kernel.ledger.models import Event, IntakeLine, Link
from sluitend.kernel.ledger.verification import missing
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.custodian import custodian

RECOMPUTE = """
WITH RECURSIVE ordered AS (
  SELECT l.event_id, row_number() OVER (ORDER BY l.position) AS place, e.mac
  FROM ledger_link l JOIN ledger_event e ON e.id = l.event_id WHERE l.organisation_id = %(org)s
), chain AS (
  SELECT event_id, place, sha256(decode(repeat('00', 32), 'hex') || mac) AS hash FROM ordered WHERE place = 1
  UNION ALL
  SELECT o.event_id, o.place, sha256(c.hash || o.mac) FROM ordered o JOIN chain c ON o.place = c.place + 1
)
UPDATE ledger_link l SET position = -c.place, hash = c.hash FROM chain c WHERE c.event_id = l.event_id
"""


@pytest.fixture
def checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a verifier."""
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path)
    return tmp_path


@pytest.fixture
def organisation(own_database: str) -> UUID:
    """The organisation whose ledger is tampered with."""
    return Organisation.objects.get(code="GM1783").id


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> Iterator[psycopg.Connection]:
    """A superuser of the database."""
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as connection:
        # Positions are unique at every moment, one behind the other; a tamperer simply drops those rules.
        connection.execute("ALTER TABLE ledger_link DROP CONSTRAINT one_place_in_the_chain")
        connection.execute("DROP TRIGGER ledger_link_next ON ledger_link")
        connection.execute("ALTER TABLE ledger_link DROP CONSTRAINT IF EXISTS ledger_link_position_check")
        yield connection


def write(organisation: UUID, number: int) -> None:
    """Write lines, and give them their place."""
    with acting(system_actor(organisation)) as actor:
        for _ in range(number):
            record(actor=actor, action="case.read", subject=("case", uuid4()), activity="casus")
    with as_worker():
        link_all()


@pytest.fixture
def ledger(organisation: UUID, checkpoints: Path, admin: psycopg.Connection) -> list[UUID]:
    """Ten lines with a checkpoint after the fifth and one after the tenth; the events in order of place."""
    write(organisation, 5)
    write(organisation, 5)
    rows = admin.execute(
        "SELECT event_id FROM ledger_link WHERE organisation_id = %s ORDER BY position", [organisation]
    )
    return [event for (event,) in rows]


def recompute(admin: psycopg.Connection, organisation: UUID) -> None:
    """Do what a superuser without our keys can do: number and hash the whole chain anew."""
    admin.execute(RECOMPUTE, {"org": organisation})
    admin.execute("UPDATE ledger_link SET position = -position WHERE position < 0")


@pytest.fixture
def own_diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The diary of this process."""
    monkeypatch.setattr(settings, "SLUITEND_DIARY", tmp_path / "diary")
    return tmp_path / "diary"


def found(checkpoints: Path, organisation: UUID) -> list[tuple[Kind, int | None]]:
    """Return what a check says."""
    with acting(system_actor(organisation)):
        return [(each.kind, each.position) for each in verify(checkpoints, organisations=[organisation])]


def test_an_untouched_ledger_is_right(ledger: list[UUID], checkpoints: Path, organisation: UUID) -> None:
    assert found(checkpoints, organisation) == []


def test_linking_twice_adds_nothing(ledger: list[UUID], organisation: UUID) -> None:
    with as_worker(), acting(system_actor(organisation)) as actor:
        assert link_events(actor) == 0


def test_each_link_covers_the_one_before(
    ledger: list[UUID], admin: psycopg.Connection, organisation: UUID
) -> None:
    rows = admin.execute(
        "SELECT l.hash, e.mac FROM ledger_link l JOIN ledger_event e ON e.id = l.event_id "
        "WHERE l.organisation_id = %s ORDER BY l.position",
        [organisation],
    ).fetchall()
    assert [digest for digest, _mac in rows] == custodian().links(b"\x00" * 32, 1, [mac for _, mac in rows])


@pytest.mark.parametrize("column", ["action", "purpose", "outcome", "activity", "subject_kind"])
def test_a_changed_line_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID, column: str
) -> None:
    admin.execute(f"UPDATE ledger_event SET {column} = 'failed' WHERE id = %s", [ledger[3]])
    with acting(system_actor(organisation)):
        findings = verify(checkpoints, organisations=[organisation])
    assert findings == [Finding(Kind.CHANGED, organisation, 4, ledger[3])]


def test_a_line_that_got_another_person_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("UPDATE ledger_event SET account = gen_random_uuid() WHERE id = %s", [ledger[7]])
    assert found(checkpoints, organisation) == [(Kind.CHANGED, 8)]


def test_a_line_that_moved_to_another_organisation_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    other = Organisation.objects.get(code="GM0518").id
    admin.execute("UPDATE ledger_event SET organisation_id = %s WHERE id = %s", [other, ledger[2]])
    assert (Kind.REMOVED, 3) in found(checkpoints, organisation)


def test_a_removed_line_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("DELETE FROM ledger_event WHERE id = %s", [ledger[5]])
    assert found(checkpoints, organisation) == [(Kind.REMOVED, 6)]


def test_a_line_removed_with_its_link_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("DELETE FROM ledger_link WHERE event_id = %s", [ledger[5]])
    admin.execute("DELETE FROM ledger_event WHERE id = %s", [ledger[5]])
    assert found(checkpoints, organisation) == [(Kind.REMOVED, 6)]


def test_a_line_removed_and_the_chain_recomputed_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("DELETE FROM ledger_link WHERE event_id = %s", [ledger[2]])
    admin.execute("DELETE FROM ledger_event WHERE id = %s", [ledger[2]])
    recompute(admin, organisation)
    assert found(checkpoints, organisation) == [(Kind.CUT_OFF, 10), (Kind.RECOMPUTED, 1)]


def test_a_cut_off_tail_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("DELETE FROM ledger_link WHERE event_id = ANY(%s)", [ledger[7:]])
    admin.execute("DELETE FROM ledger_event WHERE id = ANY(%s)", [ledger[7:]])
    assert found(checkpoints, organisation) == [(Kind.CUT_OFF, 8)]


def test_an_emptied_ledger_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("DELETE FROM ledger_link")
    admin.execute("DELETE FROM ledger_event")
    assert found(checkpoints, organisation) == [(Kind.CUT_OFF, 1)]


COPY = """
INSERT INTO ledger_event (id, organisation_id, account, action, activity, purpose, subject_kind, subject,
  outcome, at, revision, trace, span, process, mac)
SELECT %s, organisation_id, account, action, activity, purpose, subject_kind, subject, outcome, at, revision,
  trace, span, process, mac FROM ledger_event WHERE id = %s
"""


def test_a_planted_line_gets_no_place_and_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute(COPY, [uuid4(), ledger[0]])
    with as_worker(), acting(system_actor(organisation)) as actor:
        assert link_events(actor) == 0
    assert found(checkpoints, organisation) == [(Kind.INSERTED, None)]


def test_many_planted_lines_keep_no_line_of_ours_from_its_place(
    organisation: UUID, checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "BATCH", 3)
    with acting(system_actor(organisation)) as actor:
        # As SQL in the place of the desk does: before all that is to come.
        long_ago = timezone.now() - timedelta(hours=1)
        Event.objects.bulk_create(
            Event(
                organisation_id=organisation,
                action="case.read",
                activity="casus",
                at=long_ago,
                mac=b"x" * 32,
                trace="0" * 32,
                span="0" * 16,
                process="desk",
            )
            for _ in range(4)
        )
        record(actor=actor, action="case.read", subject=("case", uuid4()), activity="casus")
    with as_worker():
        assert link_all(since=timezone.now() - jobs.RECENT) >= 1
    with acting(system_actor(organisation)):
        loose = Event.objects.filter(organisation_id=organisation, link__isnull=True)
        assert {bytes(each.mac) for each in loose} == {b"x" * 32}


def test_a_line_planted_in_the_middle_of_a_recomputed_chain_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    planted = uuid4()
    admin.execute(COPY, [planted, ledger[0]])
    admin.execute(
        "UPDATE ledger_link SET position = position + 1 WHERE organisation_id = %s AND position >= 3",
        [organisation],
    )
    admin.execute(
        "INSERT INTO ledger_link (event_id, organisation_id, position, hash) VALUES (%s, %s, 3, '')",
        [planted, organisation],
    )
    recompute(admin, organisation)
    assert found(checkpoints, organisation) == [(Kind.INSERTED, 3), (Kind.RECOMPUTED, 1)]


def test_a_changed_hash_is_named(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("UPDATE ledger_link SET hash = sha256('x') WHERE event_id = %s", [ledger[4]])
    with acting(system_actor(organisation)):
        findings = verify(checkpoints, organisations=[organisation])
    assert findings == [Finding(Kind.RECOMPUTED, organisation, 5, until=6)]


def test_a_forged_checkpoint_is_named(ledger: list[UUID], checkpoints: Path, organisation: UUID) -> None:
    file = next(checkpoints.glob("2*.jsonl"))
    file.write_text(file.read_text().replace('"position": 5', '"position": 4'))
    assert (Kind.BAD_CHECKPOINT, 4) in found(checkpoints, organisation)


def test_a_line_that_cannot_be_read_is_no_checkpoint(
    ledger: list[UUID], checkpoints: Path, organisation: UUID
) -> None:
    (checkpoints / "other.jsonl").write_text("{}\nnot json\n")
    assert [kind for kind, _ in found(checkpoints, organisation)] == [Kind.BAD_CHECKPOINT] * 2


def test_every_organisation_has_a_chain_of_its_own(
    ledger: list[UUID], checkpoints: Path, organisation: UUID
) -> None:
    other = Organisation.objects.get(code="GM0518").id
    write(other, 3)
    assert found(checkpoints, other) == found(checkpoints, organisation) == []


def test_only_the_last_lines_can_be_checked(
    ledger: list[UUID], admin: psycopg.Connection, checkpoints: Path, organisation: UUID
) -> None:
    admin.execute("UPDATE ledger_event SET action = 'x' WHERE id = ANY(%s)", [[ledger[2], ledger[8]]])
    with acting(system_actor(organisation)):
        findings = verify(checkpoints, organisations=[organisation], most=4)
    assert findings == [Finding(Kind.CHANGED, organisation, 9, ledger[8])]


def test_the_web_role_can_neither_change_nor_remove_a_line(ledger: list[UUID], organisation: UUID) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), acting(system_actor(organisation)):
        Event.objects.filter(pk=ledger[0]).update(action="x")
    with pytest.raises(DatabaseError, match="permission denied"), acting(system_actor(organisation)):
        Event.objects.filter(pk=ledger[0])._raw_delete("default")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_lines_of_intake_carry_no_clock(organisation: UUID, own_database: str) -> None:
    with acting(NOBODY), intake_role():
        record(actor=NOBODY, action="report.mailbox", activity="meldingen", organisation_id=organisation)
    with as_owner(own_database):
        line = IntakeLine.objects.get(action="report.mailbox")
    assert timezone.localtime(line.at).time() == time(12)
    assert (line.account, line.subject, line.trace) == (None, None, "0" * 32)


WRITTEN = "SELECT * FROM ledger_event WHERE action LIKE 'report.%%' ORDER BY ctid"


def test_a_line_of_intake_waits_until_its_day_is_over_and_all_move_in_another_order(
    organisation: UUID, own_database: str, checkpoints: Path
) -> None:
    """Among lines with a moment its place would be that moment."""
    yesterday = timezone.localdate() - timedelta(days=1)
    with acting(system_actor(organisation)) as actor:
        for number in range(8):
            for day in (yesterday, None):
                record(
                    actor=actor,
                    action=f"report.{number}",
                    activity="meldingen",
                    day=day or timezone.localdate(),
                )
            record(actor=actor, action="case.read", activity="casus")
    with as_worker():
        assert link_all() == 8
        with acting(system_actor(organisation)):
            assert take_in() == 8
            assert take_in() == 0
        assert link_all() == 8
    with as_owner(own_database):
        assert IntakeLine.objects.count() == 8
        late = [link.event.action for link in Link.objects.order_by("position").select_related("event")[8:]]
        written = list(Event.objects.raw(WRITTEN))
    assert {timezone.localtime(each.at).time() for each in written} == {time(12)}
    assert sorted(late) == [f"report.{number}" for number in range(8)]
    assert [each.action for each in written] != sorted(late) or late != sorted(late)
    with acting(system_actor(organisation)):
        assert verify(checkpoints, organisations=[organisation]) == []


@pytest.mark.parametrize(
    "bent",
    [
        {"account": UUID(int=7)},
        {"subject": UUID(int=7), "subject_kind": "report"},
        {"trace": "1" * 32},
        {"action": "report.identity"},
        {"at": datetime(2026, 11, 27, 10, tzinfo=UTC)},
        {
            "organisation_id": "other",
            "action": "refused.receipt",
            "activity": "toegang",
            "outcome": "refused",
        },
    ],
    ids=str,
)
def test_the_public_writes_no_line_in_a_name_and_none_with_a_clock(
    organisation: UUID, own_database: str, bent: dict[str, object]
) -> None:
    with acting(NOBODY), intake_role():
        record(actor=NOBODY, action="report.mailbox", activity="meldingen", organisation_id=organisation)
    with as_owner(own_database):
        right = IntakeLine.objects.get()
    right.id = uuid4()
    for name, value in bent.items():
        setattr(right, name, organisation if value == "other" else value)
    with pytest.raises(DatabaseError, match="row-level security"), acting(NOBODY), intake_role():
        right.save(force_insert=True)
    if "account" in bent or "trace" in bent or "at" in bent:
        right.mac = custodian().mac("public", signed_text(right))
        assert not is_authentic(right)


def test_the_public_has_no_right_on_the_ledger(organisation: UUID, own_database: str) -> None:
    with acting(NOBODY), intake_role():
        record(actor=NOBODY, action="report.mailbox", activity="meldingen", organisation_id=organisation)
    for statement in (
        "SELECT 1 FROM ledger_intake",
        "SELECT 1 FROM ledger_event",
        "INSERT INTO ledger_event (id) VALUES (gen_random_uuid())",
        "SELECT ledger_take_in(now())",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), acting(NOBODY), intake_role():
            run(statement)


def test_what_got_its_place_is_gone_without_looking_for_garbage(organisation: UUID) -> None:
    write(organisation, 3)
    gc.collect()
    gc.disable()
    try:
        write(organisation, 3)
        assert [each for each in gc.get_objects() if type(each) in (Event, Link)] == []
    finally:
        gc.enable()


def remove(admin: psycopg.Connection, lines: list[UUID]) -> None:
    admin.execute("DELETE FROM ledger_link WHERE event_id = ANY(%s)", [lines])
    admin.execute("DELETE FROM ledger_event WHERE id = ANY(%s)", [lines])


def remove_one_and_recompute(admin: psycopg.Connection, organisation: UUID, linked: list[UUID]) -> None:
    remove(admin, linked[-2:-1])
    recompute(admin, organisation)


type Attack = Callable[[psycopg.Connection, UUID, list[UUID], list[UUID]], None]
ATTACKS: dict[str, tuple[Attack, list[Kind]]] = {
    "untouched": (lambda admin, org, linked, loose: None, []),
    "lines without a place": (lambda admin, org, linked, loose: remove(admin, loose), [Kind.MISSING] * 2),
    "one line, and the chain recomputed": (
        lambda admin, org, linked, loose: remove_one_and_recompute(admin, org, linked),
        [Kind.CUT_OFF, Kind.RECOMPUTED, Kind.MISSING],
    ),
    "the last line with its link": (
        lambda admin, org, linked, loose: remove(admin, linked[-1:]),
        [Kind.CUT_OFF, Kind.MISSING],
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_superuser_does_to_the_last_hour_is_named(
    organisation: UUID,
    checkpoints: Path,
    own_diary: Path,
    server: embedded.Server,
    admin: psycopg.Connection,
    attack: str,
) -> None:
    """Links have a key, each minute is signed, and a diary knows the rest: nothing waits for the hour."""
    write(organisation, 4)
    linked = [event for (event,) in admin.execute("SELECT event_id FROM ledger_link ORDER BY position")]
    with acting(system_actor(organisation)) as actor:
        for _ in range(2):
            record(actor=actor, action="case.read", subject=("case", uuid4()), activity="casus")
    loose = [event for (event,) in admin.execute("SELECT id FROM ledger_event WHERE id <> ALL(%s)", [linked])]
    act, kinds = ATTACKS[attack]
    act(admin, organisation, linked, loose)
    with acting(system_actor(organisation)):
        findings = verify(checkpoints, organisations=[organisation]) + missing(own_diary)
    assert [each.kind for each in findings] == kinds


def test_the_diary_knows_no_line_of_the_public_and_none_that_was_rolled_back(
    organisation: UUID, own_diary: Path
) -> None:
    with acting(NOBODY), intake_role():
        record(actor=NOBODY, action="report.mailbox", activity="meldingen", organisation_id=organisation)
    with acting(system_actor(organisation)) as actor:
        record(actor=actor, action="report.file", activity="meldingen", day=timezone.localdate())
    with acting(system_actor(organisation)) as actor:
        record(actor=actor, action="case.read", activity="casus")
        transaction.set_rollback(True)
    assert list(diary.noted(own_diary)) == []
    with acting(system_actor(organisation)) as actor:
        record(actor=actor, action="case.read", activity="casus")
        assert list(diary.noted(own_diary)) == []
    with acting(system_actor(organisation)):
        assert list(diary.noted(own_diary)) == list(
            Event.objects.filter(action="case.read").values_list("pk", flat=True)
        )


def test_the_diary_of_a_month_ago_is_forgotten(own_diary: Path) -> None:
    diary.note([uuid4()])
    (own_diary / "2020-01-01.desk.ids").write_bytes(b"x" * 16)
    diary.forget_old()
    assert len(list(own_diary.iterdir())) == 1


def test_one_bad_chain_stops_no_other(
    organisation: UUID, checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Organisation.objects.exclude(id=organisation).order_by("id").last()
    assert other is not None
    for each in (organisation, other.id):
        with acting(system_actor(each)) as actor:
            record(actor=actor, action="case.read", activity="casus")
    right = chain._link

    def one_fails(actor: Actor, since: object) -> list[Link]:
        if actor.organisation_id == organisation:
            raise OverflowError
        return right(actor, None)

    monkeypatch.setattr(chain, "_link", one_fails)
    with as_worker(), pytest.raises(SomeFailed):
        jobs.checkpoint(0)
    with acting(system_actor(other.id)):
        assert Link.objects.count() == 1
        assert verify(checkpoints, organisations=[other.id]) == []
    (month,) = checkpoints.glob("2*.jsonl")
    assert str(other.id) in month.read_text()


def test_only_the_worker_links_and_only_behind_the_last(organisation: UUID, checkpoints: Path) -> None:
    write(organisation, 1)
    with acting(system_actor(organisation)) as actor:
        record(actor=actor, action="case.read", activity="casus")
    with acting(system_actor(organisation)):
        loose = Event.objects.get(link__isnull=True)
    link = Link(event_id=loose.id, organisation_id=organisation, position=2**63 - 1, hash=b"x" * 32)
    with pytest.raises(DatabaseError, match="permission denied"), acting(system_actor(organisation)):
        link.save(force_insert=True)
    with as_worker():
        with pytest.raises(DatabaseError, match="right behind"), acting(system_actor(organisation)):
            link.save(force_insert=True)
        assert link_all() == 1


BEFORE = """
INSERT INTO ledger_link (event_id, organisation_id, position, hash)
SELECT id, organisation_id, row_number() OVER (ORDER BY at, id), '' FROM ledger_event
WHERE organisation_id = %s
"""


def test_a_chain_of_before_the_key_goes_on_where_it_ended_and_is_still_checked(
    organisation: UUID, checkpoints: Path, admin: psycopg.Connection
) -> None:
    with acting(system_actor(organisation)) as actor:
        for _ in range(4):
            record(actor=actor, action="case.read", activity="casus")
    admin.execute(BEFORE, [organisation])
    recompute(admin, organisation)
    write(organisation, 3)
    assert found(checkpoints, organisation) == []
    admin.execute("DELETE FROM ledger_link WHERE position = 2")
    recompute(admin, organisation)
    # Where the chain without a key ended was signed.
    assert (Kind.RECOMPUTED, 4) in found(checkpoints, organisation)
