"""`sluitend ledger verify` sees every line, and names what was done to one behind our back."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.ledger.checkpoints import BEGUN
from sluitend.kernel.organisations.models import Organisation
from tests.cli.installation import Installation
from tests.working import as_owner


@pytest.fixture
def admin(installation: Installation) -> Iterator[psycopg.Connection]:
    """A superuser of the database."""
    url = installation.server.url("sl_admin", installation.database)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def events(installation: Installation, admin: psycopg.Connection) -> list[UUID]:
    """Three linked lines of one organisation, under a checkpoint that the command wrote."""
    westland = Organisation.objects.get(code="GM1783")
    with acting(system_actor(westland.id)) as actor:
        for _ in range(3):
            record(actor=actor, action="case.read", subject=("case", uuid4()), activity="casus")
    done = installation.run("ledger", "checkpoint", urls=installation.urls("SLUITEND_WORKER_URL"))
    assert done.returncode == 0, done.stderr
    rows = admin.execute(
        "SELECT event_id FROM ledger_link WHERE organisation_id = %s ORDER BY position", [westland.id]
    )
    return [event for (event,) in rows]


def test_a_whole_ledger_is_right(installation: Installation, events: list[UUID]) -> None:
    done = installation.run("ledger", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Het logboek klopt." in done.stdout
    assert f"{len(events)} regels" in done.stdout


def test_what_a_second_party_holds_is_compared(
    installation: Installation, events: list[UUID], tmp_path: Path
) -> None:
    held = tmp_path / "held"
    held.write_text("Bewaar deze mail.\n")
    done = installation.run("ledger", "verify", "--against", str(held))
    assert done.returncode == 1
    assert "staat geen controlepunt" in done.stdout
    (month,) = [each for each in installation.checkpoints.glob("*.jsonl") if each.name != BEGUN]
    held.write_text(month.read_text())
    done = installation.run("ledger", "verify", "--against", str(held))
    assert (done.returncode, done.stderr) == (0, "")
    held.write_text(month.read_text().replace('"position": 3', '"position": 4'))
    done = installation.run("ledger", "verify", "--against", str(held))
    assert done.returncode == 1
    assert "bad_checkpoint" in done.stdout


def test_a_change_by_a_superuser_is_named(
    installation: Installation, events: list[UUID], admin: psycopg.Connection
) -> None:
    admin.execute("UPDATE ledger_event SET action = 'case.list' WHERE id = %s", [events[1]])
    done = installation.run("ledger", "verify")
    assert done.returncode == 1
    assert "changed (gewijzigd)" in done.stdout
    assert str(events[1]) in done.stdout
    assert str(events[0]) not in done.stdout


@pytest.mark.parametrize("left", ["organisation", "nothing"])
def test_an_emptied_ledger_is_cut_off(
    installation: Installation, events: list[UUID], admin: psycopg.Connection, left: str
) -> None:
    admin.execute("TRUNCATE ledger_link, ledger_event")
    if left == "nothing":  # the organisation went along: only the checkpoint knows of it
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM organisations_organisation WHERE code = 'GM1783'")
    done = installation.run("ledger", "verify")
    assert done.returncode == 1
    assert "cut_off (staart eraf)" in done.stdout
    assert f"tot en met {len(events)}" in done.stdout


def test_an_empty_ledger_without_a_checkpoint_is_not_right(installation: Installation) -> None:
    done = installation.run("ledger", "verify")
    assert done.returncode == 1
    assert "geen controlepunt" in done.stdout


def test_a_line_that_only_a_diary_knows_is_named(installation: Installation, events: list[UUID]) -> None:
    line, diary = uuid4(), installation.folder / "diary"
    diary.mkdir()
    (diary / "2026-11-27.desk.ids").write_bytes(line.bytes)
    done = installation.run("ledger", "verify")
    assert done.returncode == 1
    assert "missing (wel in het dagboek" in done.stdout
    assert str(line) in done.stdout


def test_without_a_checkpoint_nothing_is_called_right(installation: Installation, events: list[UUID]) -> None:
    done = installation.run("ledger", "verify", SLUITEND_CHECKPOINTS=str(installation.folder / "elsewhere"))
    assert done.returncode == 1
    assert "geen controlepunt" in done.stdout


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("DATABASE_URL", ("ledger", "verify")),
        ("SLUITEND_WORKER_URL", ("keys", "rotate")),
        ("DATABASE_URL", ("restore",)),
    ],
)
def test_a_role_that_does_not_see_every_row_is_refused(
    installation: Installation, name: str, command: tuple[str, ...]
) -> None:
    address = installation.urls(name)[name]
    done = installation.run(*command, urls={"SLUITEND_OWNER_URL": address})
    assert done.returncode == 1
    assert "SLUITEND_OWNER_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_each_kind_of_process_writes_under_its_own_name_and_key(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from sluitend.kernel.access.acting import Actor
    from sluitend.kernel.ledger.actions import is_authentic
    from sluitend.kernel.ledger.models import Event, IntakeLine, Line

    westland = Organisation.objects.get(code="GM1783").id
    written: dict[tuple[str, str], Line] = {}
    for process in ("desk", "public", "worker", "command"):
        monkeypatch.setattr(settings, "SLUITEND_PROCESS", process)
        for actor in (system_actor(westland), Actor(kind="intake", organisation_id=westland)):
            with acting(system_actor(westland)):
                record(actor=actor, action=f"{process}.{actor.kind}", activity="proef")
            with as_owner(installation.database):
                model = Event if actor.kind == "system" else IntakeLine
                written[process, actor.kind] = model.objects.get(action=f"{process}.{actor.kind}")
    found = {key: event.process for key, event in written.items()}
    assert found == {
        ("desk", "system"): "desk",
        ("desk", "intake"): "public",
        ("public", "system"): "public",
        ("public", "intake"): "public",
        ("worker", "system"): "worker",
        ("worker", "intake"): "worker",
        ("command", "system"): "command",
        ("command", "intake"): "command",
    }
    for (process, kind), event in written.items():
        # The public process has no business with a line that has a moment.
        assert is_authentic(event) == (process != "public" or kind == "intake")
    stolen = written["desk", "system"]
    for other in ("public", "worker", "command", "nobody"):
        stolen.process = other
        assert not is_authentic(stolen)
