"""What only the owner of the tables does: renew keys, destroy old ones, and restore."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.kernel.sealing.conftest import HOME, OTHER

from sluitend.demo import embedded
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.sealing import destruction_file, destructions, endings, keys, standing
from sluitend.kernel.sealing.destruction_file import Entries
from sluitend.kernel.sealing.envelopes import (
    OpenEnvelope,
    create_envelope,
    destroy,
    drop_seal,
    open_envelope,
)
from sluitend.kernel.sealing.errors import CustodianAway, Destroyed, NoKey, NotHeld, RegisterBad
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import Keyring
from sluitend.kernel.sealing.models import Destruction, Ending, Envelope, Seal
from sluitend.kernel.sealing.register import verify_key

pytestmark = pytest.mark.usefixtures("owner")
TWO = (uuid4(), uuid4())


def sealed(number: int, *, writer: UUID = HOME, reader: UUID | None = None) -> list[OpenEnvelope]:
    with acting(system_actor(writer)):
        return [create_envelope(organisation_id=writer, recipient_id=reader) for _ in range(number)]


def opened(envelope: OpenEnvelope) -> OpenEnvelope:
    with acting(system_actor(HOME)) as actor:
        return open_envelope(envelope.id, actor=actor, purpose="test")


def later(monkeypatch: pytest.MonkeyPatch, days: timedelta) -> None:
    day: date = timezone.localdate() + days
    monkeypatch.setattr(timezone, "localdate", lambda: day)


def test_rotation_moves_what_lives_and_the_old_key_dies_after_its_term(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (envelope,) = sealed(1)
    backup = Seal.objects.get(envelope_id=envelope.id)
    assert keys.rotate(HOME) == 1
    assert Seal.objects.get(envelope_id=envelope.id).key_id != backup.key_id
    assert keys.reseal(HOME) == 0
    assert opened(envelope) == envelope

    with pytest.raises(keys.TooEarly, match="term"):
        keys.destroy_old_key(HOME, backup.key_id, witnesses=TWO)
    later(monkeypatch, keys.BACKUP_TERM + timedelta(days=1))
    with pytest.raises(keys.TooEarly, match="different"):
        keys.destroy_old_key(HOME, backup.key_id, witnesses=(TWO[0], TWO[0]))
    keys.destroy_old_key(HOME, backup.key_id, witnesses=TWO)
    Seal.objects.filter(envelope_id=envelope.id).update(key_id=backup.key_id, sealed=backup.sealed)
    with pytest.raises(NoKey):
        opened(envelope)


def test_rotation_moves_what_another_organisation_wrote() -> None:
    (envelope,) = sealed(1, writer=OTHER, reader=HOME)
    assert keys.rotate(HOME) == 1
    assert opened(envelope).key == envelope.key


def test_a_key_in_use_is_not_destroyed(folder: Path) -> None:
    (present,) = KeyFolder(folder).key_ids(HOME)

    with pytest.raises(keys.TooEarly, match="in use"):
        keys.destroy_old_key(HOME, present, witnesses=TWO)


def test_a_key_on_which_somebody_still_sealed_is_not_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    (envelope,) = sealed(1, writer=OTHER, reader=HOME)
    late = Seal.objects.get(envelope_id=envelope.id, holder_id=HOME)
    keys.rotate(HOME)
    Seal.objects.filter(pk=late.pk).update(key_id=late.key_id, sealed=late.sealed)
    later(monkeypatch, keys.BACKUP_TERM + timedelta(days=1))

    with pytest.raises(keys.TooEarly, match="seals stand"):
        keys.destroy_old_key(HOME, late.key_id, witnesses=TWO)


def test_batches_are_committed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(5)
    monkeypatch.setattr(keys, "BATCH", 2)
    move = keys._moved
    moved: list[int] = []

    def stops(*arguments: object) -> Seal:
        if len(moved) == 3:
            raise InterruptedError
        moved.append(1)
        return move(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(keys, "_moved", stops)
    with pytest.raises(InterruptedError):
        keys.rotate(HOME)
    monkeypatch.setattr(keys, "_moved", move)

    assert keys.reseal(HOME) == 3


def test_rotation_refuses_when_a_seal_stays_behind(server: embedded.Server, owner: str) -> None:
    one, _ = sealed(2)
    with psycopg.connect(server.url("sl_owner", owner)) as other:
        other.execute("SELECT 1 FROM sealing_seal WHERE envelope_id = %s FOR UPDATE", [one.id])
        with pytest.raises(keys.LeftBehind):
            keys.rotate(HOME)
    assert keys.reseal(HOME) == 1


def destroyed(number: int) -> list[UUID]:
    envelopes = sealed(number)
    for envelope in envelopes:
        with acting(system_actor(HOME)):
            assert destroy(envelope.id)
    return [envelope.id for envelope in envelopes]


def put_back(envelope_id: UUID) -> None:
    """Do to the database what a backup of before the destruction does."""
    with acting(system_actor(HOME)):
        (fresh,) = sealed(1)
    Envelope(id=envelope_id, organisation_id=HOME).save(force_insert=True)
    Seal.objects.filter(envelope_id=fresh.id).update(envelope_id=envelope_id)
    Destruction.objects.filter(envelope_id=envelope_id).delete()


def test_a_restored_envelope_is_known_and_destroyed_again() -> None:
    gone, also_gone = destroyed(2)
    assert standing.forgotten() == set()
    put_back(gone)

    assert standing.forgotten() == {gone}
    assert destructions.replay() == 1
    assert not Envelope.objects.filter(pk=gone).exists()
    assert set(Destruction.objects.values_list("envelope_id", flat=True)) == {gone, also_gone}
    assert standing.forgotten() == set()
    assert destructions.replay() == 0


def test_an_envelope_that_a_row_got_back_loses_its_keys() -> None:
    from sluitend.journeys.reports.models import Mark
    from sluitend.kernel.organisations.models import Account

    (gone,) = destroyed(1)
    put_back(gone)
    row = Mark(
        organisation_id=HOME, account=Account.objects.all()[0], envelope_id=gone, code="N-1", content=b"x"
    )
    row.closed = timezone.now()
    row.save(force_insert=True)

    assert destructions.replay() == 1
    with acting(system_actor(HOME)) as actor, pytest.raises(Destroyed):
        open_envelope(gone, actor=actor, purpose="test")


def test_a_lost_register_is_not_taken_for_an_empty_one(folder: Path) -> None:
    destroyed(1)
    (folder / "destructions.jsonl").unlink()

    with pytest.raises(RegisterBad):
        destructions.replay()


def shared() -> tuple[UUID, Seal]:
    """An envelope that another organisation could read, and the seal of that one, which is gone."""
    (envelope,) = sealed(1, reader=OTHER)
    seal = Seal.objects.get(envelope_id=envelope.id, holder_id=OTHER)
    with acting(system_actor(HOME)):
        drop_seal(envelope.id, holder_id=OTHER)
    return envelope.id, seal


def bring_back(seal: Seal) -> None:
    """Do to the database what a backup of before a seal went does."""
    seal.save(force_insert=True)
    Ending.objects.filter(pk=seal.pk).delete()


def entries(folder: Path) -> Entries:
    return destruction_file.read(KeyFolder(folder), verify_key(KeyFolder(folder)))


def test_a_seal_that_went_stays_away_and_the_file_says_no_more_than_that_something_ended(
    folder: Path,
) -> None:
    envelope_id, seal = shared()
    assert set(entries(folder).ended) == {seal.pk}
    text = (folder / "destructions.jsonl").read_text()
    assert not [each for each in (envelope_id, HOME, OTHER) if str(each) in text]
    assert set(json.loads(text)) == {"number", "ended", "day", "previous", "signature"}

    bring_back(seal)
    assert standing.forgotten() == {seal.pk}
    ended = destructions.trusted_register().ended
    endings.know(endings.unknown(ended))
    assert endings.drop_again(ended) == [(envelope_id, OTHER)]
    assert standing.forgotten() == set()
    with acting(system_actor(OTHER)) as actor, pytest.raises(NotHeld):
        open_envelope(envelope_id, actor=actor, purpose="test")


def test_a_seal_that_is_given_anew_stays_when_the_former_goes_again() -> None:
    envelope_id, seal = shared()
    again = Seal(
        envelope_id=envelope_id, holder_id=OTHER, writer_id=HOME, key_id=seal.key_id, sealed=seal.sealed
    )
    again.save(force_insert=True)
    assert endings.drop_again(destructions.trusted_register().ended) == []
    assert Seal.objects.filter(pk=again.pk).exists()


def test_what_a_killed_process_ended_is_written_down_by_the_sweep(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destructions, "follow", lambda: None)
    monkeypatch.setattr("sluitend.kernel.sealing.endings.follow", lambda: None)
    _, seal = shared()
    other = uuid4()
    with acting(system_actor(HOME)):
        endings.note_ended([other])
    assert not (folder / "destructions.jsonl").exists()
    assert destructions.write_missing() == 2
    assert set(entries(folder).ended) == {seal.pk, other}
    assert destructions.write_missing() == 0


def test_what_was_taken_back_itself_is_not_written_down(folder: Path) -> None:
    with acting(system_actor(HOME)):
        endings.note_ended([uuid4()])
        transaction.set_rollback(True)
    assert not (folder / "destructions.jsonl").exists()


def test_a_custodian_that_is_away_undoes_nothing_that_ended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> int:
        raise CustodianAway

    monkeypatch.setattr(destructions, "_write", away)
    _, seal = shared()
    monkeypatch.undo()
    assert Ending.objects.filter(pk=seal.pk).exists()
    assert destructions.write_missing() == 1


def test_with_an_envelope_that_is_destroyed_its_seals_are_no_ends_of_their_own(folder: Path) -> None:
    (envelope,) = sealed(1, reader=OTHER)
    with acting(system_actor(HOME)):
        destroy(envelope.id)
    assert not Ending.objects.exists()
    assert entries(folder).destroyed == [envelope.id]


def test_a_register_that_lacks_what_the_backup_knows_for_days_is_not_trusted(folder: Path) -> None:
    file = folder / "destructions.jsonl"
    for _ in range(3):
        shared()
    whole = file.read_text().splitlines(keepends=True)
    file.write_text("".join(whole[:2]))
    assert len(destructions.trusted_register().ended) == 2  # what came last the sweep may still have to write
    last = UUID(json.loads(whole[2])["ended"])
    Ending.objects.filter(pk=last).update(day=timezone.localdate() - timedelta(days=9))
    with pytest.raises(RegisterBad):
        destructions.trusted_register()
    destructions.write_missing()
    assert last in destructions.trusted_register().ended


def test_the_half_line_of_a_killed_process_is_written_anew(folder: Path) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    keyring = Keyring(folder)
    file = folder / "destructions.jsonl"
    keyring.note_ended([first])
    file.write_bytes(file.read_bytes() + b'{"day": "2026')
    assert set(entries(folder).ended) == {first}
    keyring.note_ended([second])
    assert set(entries(folder).ended) == {first, second}
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    keyring.note_ended([third])
    assert set(entries(folder).ended) == {first, second, third}


def test_of_a_register_of_a_hundred_thousand_lines_only_what_is_new_is_read_and_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, keyring = folder / "destructions.jsonl", Keyring(folder)
    ids = [uuid4() for _ in range(100_000)]
    path.write_text("".join(f'{{"day": "2026-01-01", "ended": "{each}", "number": 0}}\n' for each in ids))
    assert keyring.note_ended([ids[0], ids[-1]]) == 0
    read = list[int]()
    split = destruction_file._whole

    def counted(content: bytes) -> list[bytes]:
        read.append(len(content))
        return split(content)

    monkeypatch.setattr(destruction_file, "_whole", counted)
    before = path.stat()
    assert keyring.note_ended([ids[0], uuid4()]) == 1
    assert read == [0]
    assert path.stat().st_ino == before.st_ino
    assert 0 < path.stat().st_size - before.st_size < 1_000
    assert len(standing.forgotten()) == 100_001


def test_more_than_a_statement_holds_is_replayed_too() -> None:
    (envelope,) = sealed(1, reader=OTHER)
    seal = Seal.objects.get(envelope_id=envelope.id, holder_id=OTHER)
    ids = [uuid4() for _ in range(70_000)]
    assert destructions.present([*ids, envelope.id]) == [envelope.id]
    assert endings.drop_again([*ids, seal.pk]) == [(envelope.id, OTHER)]


def test_a_copy_of_the_database_knows_that_it_is_one(server: embedded.Server, owner: str) -> None:
    from django.conf import settings
    from tests.conftest import use_database

    assert standing.stands_where_it_was()
    standing.mark_standing()
    assert standing.stands_where_it_was()
    copy = f"{owner}_copy"
    connection.close()
    server.create_database(copy, template=owner)
    try:
        use_database(server.url("sl_owner", copy), settings.SLUITEND_KEYS)
        assert not standing.stands_where_it_was()
        standing.mark_standing()
        assert not standing.stands_where_it_was()
        standing.mark_standing(again=True)
        assert standing.stands_where_it_was()
    finally:
        use_database(server.url("sl_owner", owner), settings.SLUITEND_KEYS)
        server.drop_database(copy)
