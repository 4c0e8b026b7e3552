"""`sluitend handbook borders` and `addresses`: from CBS or the Kadaster to what a region knows."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
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


def handbook_addresses(arguments: Namespace) -> int:
    """Make the file of addresses from an extract of the register, and say what could not be read."""
    from sluitend.exports.address_extract import Extract, ExtractUnreadable
    from sluitend.exports.address_writing import write_addresses
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid

    target: Path = arguments.into
    with environment.alone():
        try:
            pack = load_pack(arguments.pack or environment.pack_folder())
        except PackInvalid as error:
            raise CommandError(f"{error}\n{len(error.problems)} fouten in het pakket.") from error
        towns, names = _towns_of(pack)
        extract = Extract(arguments.extract, towns, arguments.day)
        made = target.with_name(f"{target.name}.new")
        try:
            made.unlink(missing_ok=True)
            counts = write_addresses(extract, pack, names, made, source=arguments.source)
            if not counts["addresses"]:
                raise ExtractUnreadable("er staat geen adres van deze regio in")
            made.replace(target)
        except ExtractUnreadable as error:
            raise CommandError(f"{arguments.extract}: {error}. Er is niets veranderd.") from error
        except (OSError, sqlite3.Error, zipfile.BadZipFile) as error:
            raise CommandError(f"Lezen of schrijven lukt niet: {error}. Er is niets veranderd.") from error
        finally:
            made.unlink(missing_ok=True)
    print(
        f"{counts['addresses']} adressen in {counts['streets']} straten, "
        f"{counts['renumbered']} met een nieuw nummer: {target}"
    )
    for fault, number in [*extract.faults.most_common(), ("dubbel", counts["doubles"])]:
        if number:
            print(f"Overgeslagen: {number} {fault}.")
    return 0


def _towns_of(pack: Pack) -> tuple[dict[str, str], dict[str, str]]:
    """Return the code of each municipality by what an extract calls it, and its name by its code."""
    names = {each.id: each.name for each in pack.elsewhere}
    names |= {area.code: area.name for area in pack.borders.areas}
    names |= {each.id: each.name for each in pack.municipalities}
    towns = {name.casefold(): code for code, name in names.items()}
    towns |= {code.removeprefix("GM"): code for code in names} | {code.casefold(): code for code in names}
    towns |= {also.casefold(): each.id for each in pack.municipalities for also in each.aliases}
    return towns, names


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
