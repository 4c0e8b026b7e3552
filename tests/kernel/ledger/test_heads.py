"""A second party gets where the chains stand, and then the whole machine cannot compute them anew unseen."""

import mailbox
import shutil
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from smtplib import SMTPException
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from tests.faults.test_clock import jump
from tests.kernel.ledger.test_chain import write
from tests.working import as_owner, as_worker

from sluitend.cli import checks_running
from sluitend.demo import embedded
from sluitend.kernel.ledger import heads, jobs
from sluitend.kernel.ledger.chain import sign_checkpoint
from sluitend.kernel.ledger.checkpoints import read_checkpoints
from sluitend.kernel.ledger.verification import Kind, verify
from sluitend.kernel.organisations.models import Organisation

TO = "logboek@buurgemeente.example"


@pytest.fixture
def folder(own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The checkpoints of an installation that sends them."""
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(settings, "SLUITEND_DIARY", tmp_path / "diary")
    monkeypatch.setattr(settings, "SLUITEND_HEADS_TO", TO)
    return tmp_path / "checkpoints"


@pytest.fixture
def westland(folder: Path) -> UUID:
    """An organisation with five lines in its ledger."""
    found = Organisation.objects.get(code="GM1783").id
    write(found, 5)
    return found


def sent() -> int:
    with as_worker():
        jobs.tell_heads.func(timestamp=0)
    return len(mail.outbox)


def kept(place: Path, form: str) -> Path:
    """Keep what was sent as a second party may: a mailbox, a folder with mails, or answered in a text."""
    raw = [each.message().as_bytes() for each in mail.outbox]
    if form == "mbox":
        box = mailbox.mbox(place)
        for each in raw:
            box.add(message_from_bytes(each))
        box.flush()
    elif form == "folder":
        place.mkdir()
        for number, each in enumerate(raw):
            (place / f"{number}.eml").write_bytes(each)
    else:
        place.write_text("".join(f"> {line}\n" for each in mail.outbox for line in each.body.splitlines()))
    return place


@pytest.mark.parametrize("form", ["mbox", "folder", "quoted"])
def test_what_a_second_party_kept_is_read_back(
    own_database: str, westland: UUID, tmp_path: Path, form: str
) -> None:
    assert sent() == 1
    (message,) = mail.outbox
    assert message.to == [TO]
    held = heads.held_elsewhere(kept(tmp_path / "held", form))
    assert {point.organisation_id for point in held} >= {westland}
    assert set(held) <= set(read_checkpoints(Path(settings.SLUITEND_CHECKPOINTS)))
    with as_owner(own_database):
        assert verify(held) == []


def test_only_what_is_new_is_sent(westland: UUID) -> None:
    assert sent() == 1
    assert sent() == 1
    with pytest.MonkeyPatch.context() as patch:
        jump(patch, timedelta(minutes=5))
        write(westland, 1)
        assert sent() == 2
    assert mail.outbox[1].body.count('"organisation"') == 1
    with pytest.MonkeyPatch.context() as patch:
        jump(patch, timedelta(hours=1))
        with as_worker():
            sign_checkpoint()
        assert sent() == 3
    assert '"position": 6' in mail.outbox[2].body  # nothing moved, and it is still there


def test_who_has_the_whole_machine_cuts_nothing_off_unseen(
    server: embedded.Server, own_database: str, westland: UUID, folder: Path, tmp_path: Path
) -> None:
    """Old database, old checkpoints, old diary, all put back together: only elsewhere it shows."""
    before = shutil.copytree(folder, tmp_path / "of before")
    write(westland, 3)
    assert sent() == 1
    held = heads.held_elsewhere(kept(tmp_path / "held", "mbox"))
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        gone = admin.execute(
            "DELETE FROM ledger_link WHERE organisation_id = %s AND position > 5 RETURNING event_id",
            [westland],
        ).fetchall()
        admin.execute("ALTER TABLE ledger_event DISABLE TRIGGER ALL")
        admin.execute("DELETE FROM ledger_event WHERE id = ANY (%s)", [[each for (each,) in gone]])
    assert len(gone) == 3
    shutil.rmtree(folder)
    shutil.copytree(before, folder)
    with as_owner(own_database):
        assert verify(folder) == []
        (finding,) = verify(read_checkpoints(folder) + held)
    assert (finding.kind, finding.organisation_id) == (Kind.CUT_OFF, westland)
    assert (finding.position, finding.until) == (6, 8)


def test_what_no_mail_server_takes_goes_with_the_next(
    westland: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def away(self: object) -> None:
            raise SMTPException

        patch.setattr(mail.EmailMessage, "send", away)
        with pytest.raises(SMTPException):
            heads.send_heads()
    assert heads.sent_until() is None
    assert checks_running.checkpoint_copy().level == "warn"
    assert sent() == 1
    assert checks_running.checkpoint_copy().level == "ok"


@pytest.mark.parametrize("by", [timedelta(hours=2), -timedelta(hours=2)], ids=["late", "of a time to come"])
def test_doctor_says_that_nothing_reaches_the_second_party(westland: UUID, by: timedelta) -> None:
    assert sent() == 1
    with pytest.MonkeyPatch.context() as patch:
        jump(patch, by)
        assert checks_running.checkpoint_copy().level == "bad"


def test_nothing_is_sent_where_no_second_party_is_set(
    westland: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SLUITEND_HEADS_TO", "")
    assert sent() == 0
    assert checks_running.checkpoint_copy().level == "warn"
