"""The pack of the region, as the tests of the handbook itself have it."""

from tests.kernel.handbook.conftest import _unchanged_files_are_read_once, folder, pack

__all__ = ["_unchanged_files_are_read_once", "folder", "pack"]
