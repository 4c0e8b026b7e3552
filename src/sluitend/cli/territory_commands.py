"""`sluitend handbook borders`: borders from CBS or the Kadaster into the folder of a pack."""

from __future__ import annotations

import json
import shutil
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sluitend.cli import environment
from sluitend.cli.errors import CommandError

if TYPE_CHECKING:
    from sluitend.kernel.handbook.pack import Pack


def handbook_borders(arguments: Namespace) -> int:
    """Take the borders of a region from a file of the whole country. The pack must be right with them."""
    from sluitend.kernel.handbook.borders_reading import FILE

    folder: Path = arguments.into or environment.pack_folder()
    with environment.alone(), tempfile.TemporaryDirectory() as scratch:
        text, pack = _with_borders(folder, Path(scratch) / "pack", arguments)
    try:
        (folder / FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{folder / FILE} is niet te schrijven: {error.strerror}.") from error
    beside = len(pack.borders.areas) - len(pack.municipalities)
    print(
        f"Grenzen van {len(pack.municipalities)} gemeenten, en van {beside} ernaast: "
        f"{pack.borders.points} punten in {folder / FILE}."
    )
    return 0


def _with_borders(folder: Path, trial: Path, arguments: Namespace) -> tuple[str, Pack]:
    """Return the file of borders, and the pack as it is with it."""
    from sluitend.exports.borders import of_region
    from sluitend.kernel.handbook.borders_reading import FILE, UnreadableBorders, as_geojson, read_borders
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid

    try:
        # Which municipalities there are is read without the borders of before: those may be of another year.
        shutil.copytree(folder, trial, ignore=shutil.ignore_patterns(FILE))
        own = load_pack(trial).municipalities.ids
        areas = of_region(read_borders(arguments.geojson), own, metres=arguments.metres)
        said = {"source": arguments.source, "day": arguments.day.isoformat()}
        text = as_geojson({**said, "areas": json.loads(json.dumps(areas))})
        (trial / FILE).write_text(text, encoding="utf-8")
        return text, load_pack(trial)
    except (UnreadableBorders, PackInvalid) as error:
        raise CommandError(f"{error}\nEr is niets veranderd.") from error
    except (OSError, shutil.Error) as error:
        raise CommandError(f"De bestanden zijn niet te lezen: {error}.") from error
