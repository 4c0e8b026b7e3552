"""The pack of the region, read once, and a copy of it that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack

FOLDER = Path(__file__).resolve().parents[3] / "packs" / "eenheid-den-haag"


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The released region's pack."""
    return load_pack(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack's folder."""
    return Path(shutil.copytree(FOLDER, tmp_path / "pack"))
