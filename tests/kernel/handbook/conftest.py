"""The pack of the region, read once, and a copy of it that a test may spoil."""

import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.packs import FOLDER, den_haag

from sluitend.kernel.handbook import loading, translations
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.yaml_reading import read_yaml

READ: dict[bytes, bytes] = {}


def read_once(path: Path) -> Any:
    """Read a file as `read_yaml` does, and of the same bytes only the first time."""
    if path.is_dir():
        return read_yaml(path)
    content = path.read_bytes()
    if content not in READ:
        READ[content] = pickle.dumps(read_yaml(path))
    return pickle.loads(READ[content])  # noqa: S301  (made above)


@pytest.fixture(scope="module", autouse=True)
def _unchanged_files_are_read_once() -> Iterator[None]:
    """Most tests change one of the many files of a pack, and reading all of them takes longest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_yaml", read_once)
        patch.setattr(translations, "read_yaml", read_once)
        yield


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The released region's pack."""
    return den_haag()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack's folder."""
    return Path(shutil.copytree(FOLDER, tmp_path / "pack"))
