"""Keys in a folder of the test's own."""

import uuid
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.conftest import use_database

from sluitend.demo import embedded
from sluitend.kernel.sealing.keys import create_keys

HOME = uuid.UUID("00000000-0000-4000-8000-00000000000a")
OTHER = uuid.UUID("00000000-0000-4000-8000-00000000000b")
THIRD = uuid.UUID("00000000-0000-4000-8000-00000000000c")


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A key folder with the keys of two organisations, in use by this process."""
    settings.SLUITEND_KEYS = tmp_path / "keys"
    settings.SLUITEND_PUBLIC_ONLY = False
    create_keys(tmp_path / "keys", [HOME, OTHER])
    return tmp_path / "keys"


@pytest.fixture
def organisations_with_keys(db: None, folder: Path) -> None:
    """Rows for the organisations of `folder`, and a third without keys."""
    from sluitend.kernel.organisations.models import Organisation

    for number, organisation_id in enumerate((HOME, OTHER, THIRD)):
        Organisation.objects.create(
            id=organisation_id, code=f"seal-{number}", name=f"Proef {number}", kind="municipality"
        )


@pytest.fixture
def owner(server: embedded.Server, own_database: str, folder: Path) -> str:
    """A database of the test's own, signed in to as its owner, with two organisations that have keys.

    What is committed there stays, so that a test sees what a command that stopped half-way left behind.
    """
    from sluitend.kernel.organisations.models import Organisation

    use_database(server.url("sl_owner", own_database), folder)
    for number, organisation_id in enumerate((HOME, OTHER)):
        Organisation.objects.create(
            id=organisation_id, code=f"seal-{number}", name=f"Proef {number}", kind="municipality"
        )
    return own_database
