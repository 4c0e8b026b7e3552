"""What only the owner of the tables does: renew keys, destroy old ones, and restore."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.utils import timezone
from tests.kernel.sealing.conftest import HOME, OTHER

from sluitend.demo import embedded
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.sealing import destructions, keys, standing
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope, destroy, open_envelope
from sluitend.kernel.sealing.errors import Destroyed, NoKey, RegisterBad
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Destruction, Envelope, Seal

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
    assert standing.forgotten_destructions() == set()
    put_back(gone)

    assert standing.forgotten_destructions() == {gone}
    assert destructions.replay() == 1
    assert not Envelope.objects.filter(pk=gone).exists()
    assert set(Destruction.objects.values_list("envelope_id", flat=True)) == {gone, also_gone}
    assert standing.forgotten_destructions() == set()
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


def test_a_copy_of_the_database_knows_that_it_is_one(server: embedded.Server, owner: str) -> None:
    from django.conf import settings
    from django.db import connection
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
