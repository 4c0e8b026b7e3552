"""A data folder of its own for each test that starts a server."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sluitend.demo import embedded
from tests import database
from tests.cli.installation import Installation


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty data folder that the server's own account can reach (pytest's `tmp_path` is closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="sluitend-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def running(data: Path) -> Iterator[embedded.Server]:
    """A server on an empty data folder."""
    with embedded.start(data) as server:
        yield server


@pytest.fixture
def installation(
    server: embedded.Server, schema_version: str, own_database: str, tmp_path: Path
) -> Installation:
    """An installation whose commands run in processes of their own; Django here is its `sl_app`."""
    from django.conf import settings

    keys = tmp_path / "keys"
    shutil.copytree(database.keys_folder(schema_version), keys)
    settings.SLUITEND_KEYS = keys
    return Installation(server, own_database, keys, tmp_path)
