"""Envelopes in the database: who makes, opens, shares and destroys them, and what moved content does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.kernel.sealing.conftest import HOME, OTHER, THIRD

from sluitend.kernel.access.acting import (
    Actor,
    acting,
    become_intake,
    intake_role,
    leave_intake,
    system_actor,
)
from sluitend.kernel.sealing import crypto, destructions, endings, keys, receipts
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.envelopes import (
    MAILBOX,
    OpenEnvelope,
    add_seal,
    create_envelope,
    destroy,
    drop_seal,
    open_envelope,
    open_envelopes,
    open_mailbox,
)
from sluitend.kernel.sealing.errors import Destroyed, NoKey, NotHeld, RegisterBad, SealBroken
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.models import Attachment, Destruction, Ending, Envelope, MailboxSeal, Seal
from sluitend.kernel.sealing.proofs import Opened, ProofKeys
from sluitend.kernel.sealing.register import verify_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisations_with_keys")]


def opened_by(organisation_id: UUID, envelope: OpenEnvelope) -> OpenEnvelope:
    with acting(system_actor(organisation_id)) as actor:
        return open_envelope(envelope.id, actor=actor, purpose="test")


def refused_to(organisation_id: UUID, envelope: OpenEnvelope) -> bool:
    try:
        opened_by(organisation_id, envelope)
    except NotHeld:
        return True
    return False


def test_intake_seals_and_the_organisation_opens() -> None:
    with acting(Actor(kind="intake")), intake_role():
        envelope = create_envelope(organisation_id=HOME)

    assert opened_by(HOME, envelope) == envelope
    assert refused_to(OTHER, envelope)


def test_intake_reads_nothing_back() -> None:
    with acting(Actor(kind="intake")):
        become_intake()
        create_envelope(organisation_id=HOME)
        for model in (Envelope, Seal, MailboxSeal, Attachment, Destruction):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.exists()
        leave_intake()


def test_sender_and_recipient_open_and_a_third_does_not() -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME, recipient_id=OTHER)

    assert opened_by(HOME, envelope).key == opened_by(OTHER, envelope).key
    assert refused_to(THIRD, envelope)


def test_many_are_opened_with_one_statement(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with acting(system_actor(HOME)) as actor:
        made = [create_envelope(organisation_id=HOME) for _ in range(5)]
        ids = [each.id for each in made] + [uuid4()]
        with django_assert_num_queries(1):
            opened = open_envelopes(ids, actor=actor, purpose="test")

    assert opened == {each.id: each for each in made}


def test_nobody_opens_nothing() -> None:
    with pytest.raises(NotHeld):
        open_envelopes([uuid4()], actor=Actor(), purpose="test")


def test_an_organisation_without_a_key_receives_nothing() -> None:
    with acting(system_actor(HOME)), pytest.raises(NoKey):
        create_envelope(organisation_id=HOME, recipient_id=THIRD)


def test_the_data_key_is_in_no_text() -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME)

    assert repr(envelope.key)[2:-1] not in repr(envelope)
    assert "key" not in repr(envelope)


def test_only_the_writer_adds_a_seal_twice_is_harmless_and_it_can_end() -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME)
        add_seal(envelope, holder_id=OTHER)
        add_seal(envelope, holder_id=OTHER)
        assert Seal.objects.filter(envelope_id=envelope.id).count() == 2
    assert opened_by(OTHER, envelope) == envelope

    with (
        acting(system_actor(OTHER)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        add_seal(envelope, holder_id=OTHER)
    with acting(system_actor(HOME)):
        drop_seal(envelope.id, holder_id=OTHER)
    assert refused_to(OTHER, envelope)


def test_nobody_changes_who_holds_or_wrote_a_seal() -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME, recipient_id=OTHER)
        for change in ({"holder_id": THIRD}, {"writer_id": OTHER}, {"envelope_id": uuid4()}):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Seal.objects.filter(envelope_id=envelope.id, holder_id=OTHER).update(**change)
    with acting(system_actor(OTHER)):
        assert Seal.objects.filter(envelope_id=envelope.id).update(key_id="x") == 0


def test_a_seal_moved_to_another_envelope_does_not_open() -> None:
    with acting(system_actor(HOME)):
        one, other = create_envelope(organisation_id=HOME), create_envelope(organisation_id=HOME)
        taken = Seal.objects.get(envelope_id=one.id)
        Seal.objects.filter(envelope_id=other.id).update(sealed=taken.sealed)

    with pytest.raises(SealBroken):
        opened_by(HOME, other)


def test_a_reporter_opens_with_the_receipt_and_another_receipt_does_not() -> None:
    mine, other = receipts.mailbox_keys(receipts.new_receipt()), receipts.mailbox_keys(receipts.new_receipt())
    with acting(Actor(kind="intake")), intake_role():
        envelope = create_envelope(organisation_id=HOME, mailbox_public=mine.public)
    with acting(system_actor(HOME)):
        row = MailboxSeal.objects.get(envelope_id=envelope.id)

    def back(who: receipts.MailboxKeys) -> OpenEnvelope:
        return open_mailbox(envelope.id, HOME, row.sealed or b"", private=who.private, public=who.public)

    assert (back(mine).id, back(mine).key) == (envelope.id, envelope.key)
    with pytest.raises(SealBroken):
        back(other)
    assert row.key_id == crypto.key_id_of(mine.public)
    assert MAILBOX not in repr(row.sealed)


def test_destroying_takes_everything_and_is_entered_in_the_signed_register(
    folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME, recipient_id=OTHER)
        with django_capture_on_commit_callbacks(execute=True):
            assert destroy(envelope.id)
        assert not Seal.objects.filter(envelope_id=envelope.id).exists()

    for organisation_id in (HOME, OTHER):
        with pytest.raises(Destroyed):
            opened_by(organisation_id, envelope)
    files = KeyFolder(folder)
    assert destructions.read_register(files, verify_key(files)) == [envelope.id]


def test_a_data_key_is_not_remembered_beyond_its_envelope(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(system_actor(HOME)) as actor:
        envelope = create_envelope(organisation_id=HOME)
        seal = Seal.objects.get(envelope_id=envelope.id)
        opened_by(HOME, envelope)
        destroy(envelope.id)

    def gone(*_any: object) -> bytes:
        raise SealBroken("unsealed again")

    monkeypatch.setattr(crypto, "unseal", gone)
    with pytest.raises(SealBroken):
        custodian().open(seal, organisation_id=HOME, actor=actor, purpose="test")


def test_the_recipient_returns_and_a_stranger_destroys_nothing() -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME, recipient_id=OTHER)
    with acting(system_actor(THIRD)):
        assert not destroy(envelope.id)
    assert opened_by(HOME, envelope) == envelope
    with acting(system_actor(OTHER)):
        assert destroy(envelope.id, why="returned")
    with pytest.raises(Destroyed):
        opened_by(HOME, envelope)


def destroyed_envelopes(count: int) -> list[UUID]:
    with acting(system_actor(HOME)):
        made = [create_envelope(organisation_id=HOME).id for _ in range(count)]
        for each in made:
            destroy(each)
    destructions.write_missing()
    return made


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [lines[0].replace('"number": 0', '"number": 1'), *lines[1:]],
        lambda lines: ["{}", *lines],
        lambda lines: ["nonsense", *lines],
    ],
    ids=["first gone", "gap", "swapped", "changed", "added", "nonsense"],
)
def test_a_changed_register_of_destructions_is_not_replayed(folder: Path, damage) -> None:  # type: ignore[no-untyped-def]
    destroyed_envelopes(3)
    file = folder / "destructions.jsonl"
    file.write_text("\n".join(damage(file.read_text().splitlines())) + "\n")

    with pytest.raises(RegisterBad):
        destructions.replay()


def test_writing_the_register_again_adds_nothing(folder: Path) -> None:
    made = destroyed_envelopes(2)

    assert destructions.write_missing() == 0
    files = KeyFolder(folder)
    assert set(destructions.read_register(files, verify_key(files))) == set(made)


def test_no_web_role_destroys_or_notes_by_itself(folder: Path) -> None:
    with acting(system_actor(HOME)):
        living = create_envelope(organisation_id=HOME).id
        for refused in (
            lambda: Destruction(envelope_id=living, why="planted").save(force_insert=True),
            lambda: Destruction(envelope_id=uuid4(), why="planted").save(force_insert=True),
            lambda: Envelope.objects.filter(pk=living).delete(),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                refused()
        assert not destroy(uuid4(), why="never was")
    with acting(system_actor(OTHER)):
        assert not destroy(living, why="of somebody else")
    with (
        acting(Actor(kind="intake")),
        intake_role(),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        destroy(living)
    with acting(system_actor(HOME)):
        assert Envelope.objects.filter(pk=living).exists()
        assert not Destruction.objects.exists()
    assert not (folder / "destructions.jsonl").exists()


def test_nobody_notes_as_ended_a_seal_that_stays_nor_writes_in_the_list(folder: Path) -> None:
    with acting(system_actor(HOME)):
        envelope = create_envelope(organisation_id=HOME, recipient_id=OTHER)
        seal = Seal.objects.get(envelope_id=envelope.id, holder_id=OTHER)
        with pytest.raises(DatabaseError, match="a seal ends by going"), transaction.atomic():
            endings.note_ended([uuid4(), seal.pk])
        for refused in (
            lambda: Ending(id=seal.pk).save(force_insert=True),
            lambda: Ending.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                refused()
    with (
        acting(Actor(kind="intake")),
        intake_role(),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        endings.note_ended([uuid4()])
    assert not Ending.objects.exists()
    assert not (folder / "destructions.jsonl").exists()


@pytest.mark.parametrize("doing", [keys.rotate, keys.reseal])
def test_a_role_that_does_not_see_every_seal_renews_no_key(
    folder: Path, doing: Callable[[UUID], int]
) -> None:
    before = sorted(folder.rglob("*.seed"))
    with acting(system_actor(HOME)), pytest.raises(keys.NotAllowed):
        doing(HOME)

    assert sorted(folder.rglob("*.seed")) == before


def test_a_role_that_does_not_see_every_seal_destroys_no_key(folder: Path) -> None:
    (present,) = KeyFolder(folder).key_ids(HOME)
    with acting(system_actor(HOME)), pytest.raises(keys.NotAllowed):
        keys.destroy_old_key(HOME, present, witnesses=(uuid4(), uuid4()))


def made() -> OpenEnvelope:
    keys = ProofKeys(crypto.new_key(), crypto.new_key())
    return OpenEnvelope(id=uuid4(), writer_id=HOME, opened=Opened(crypto.new_key(), keys))


def a_row(envelope: OpenEnvelope) -> Attachment:
    row = Attachment(id=uuid4(), envelope_id=envelope.id, organisation_id=HOME, revision=3)
    envelope.seal(row, "name", {"naam": "Zoë", "lijst": [1, None, True]})
    envelope.seal(row, "media_type", "text/plain")
    return row


def test_a_field_comes_back_and_an_empty_one_stays_empty() -> None:
    envelope = made()
    row = a_row(envelope)

    assert envelope.read(row, "name") == {"naam": "Zoë", "lijst": [1, None, True]}
    envelope.seal(row, "name", None)
    assert row.name is None
    assert envelope.read(row, "name") is None


def test_a_field_moved_to_another_row_column_revision_or_envelope_does_not_open() -> None:
    envelope = made()
    row = a_row(envelope)
    for changed in ({"id": uuid4()}, {"revision": 2}, {"name": row.media_type}):
        moved = a_row(envelope)
        moved.id, moved.name, moved.revision = row.id, row.name, row.revision
        for name, value in changed.items():
            setattr(moved, name, value)
        with pytest.raises(SealBroken):
            envelope.read(moved, "name")
    other_envelope = replace(envelope, id=uuid4())
    with pytest.raises(SealBroken):
        other_envelope.read(row, "name")


def test_a_change_of_content_seals_the_row_anew() -> None:
    envelope = made()
    row = a_row(envelope)
    yesterday = row.name
    envelope.advance(row)

    assert row.revision == 4
    assert envelope.read(row, "media_type") == "text/plain"
    row.name = yesterday
    with pytest.raises(SealBroken):
        envelope.read(row, "name")


def test_only_a_sealed_column_is_sealed() -> None:
    envelope = made()

    with pytest.raises(TypeError):
        envelope.seal(Attachment(), "owner_kind", "x")


def test_chunks_are_stored_as_they_are() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage FROM pg_attribute "
            "WHERE attrelid = 'sealing_attachmentchunk'::regclass AND attname = 'sealed'"
        )
        assert cursor.fetchone() == ("e",)
