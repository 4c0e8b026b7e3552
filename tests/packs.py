"""The handbook of the region, read once in each process: it never changes."""

from functools import cache

from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack
from tests.database import ROOT

FOLDER = ROOT / "packs" / "eenheid-den-haag"


@cache
def den_haag() -> Pack:
    """Return the handbook of Den Haag."""
    return load_pack(FOLDER)
