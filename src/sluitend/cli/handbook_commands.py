"""`sluitend handbook`: check, compare, publish and write out the handbook of a region."""

from __future__ import annotations

import json
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sluitend.cli import environment
from sluitend.cli.errors import CommandError

if TYPE_CHECKING:
    from sluitend.kernel.handbook.entries import Entry
    from sluitend.kernel.handbook.pack import Pack
    from sluitend.kernel.handbook.queries import ReleaseLine

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BY_COMMAND = "beheerder"
"""Who published, where a command did."""
TAKE_OVER = "Kijk met `sluitend handbook diff` wat verschilt, en zet wat nieuw is in een concept."


def handbook_check(arguments: Namespace) -> int:
    """Read a pack and name every mistake in it; numbers that nobody looked at in time are a warning."""
    from sluitend.kernel.handbook.due_numbers import ended_numbers, overdue_numbers
    from sluitend.kernel.handbook.problems import PackInvalid

    with environment.alone():
        pack = _load(arguments.folder or environment.pack_folder())
    today = datetime.now(AMSTERDAM).date()
    for warning in overdue_numbers(pack, today):
        print(f"Let op. {warning}")
    if ended := ended_numbers(pack, today):
        raise CommandError(f"{PackInvalid(ended)}\n{len(ended)} fouten in het pakket.")
    print("Het pakket klopt.")
    return 0


def handbook_diff(arguments: Namespace) -> int:
    """Say in words what differs between two packs: folders, or releases by their number."""
    from sluitend.exports.differences import border_changes, differences

    new = arguments.new or str(environment.pack_folder())
    with _reach(arguments.old, new):
        before, after = _pack(arguments.old), _pack(new)
        changes = [*differences(before, after), *border_changes(before, after)]
    for change in changes:
        print(change)
    number = len(changes)
    print(f"{number} verschil{'len' * (number > 1)}." if number else "Er is geen verschil.")
    return 0


def handbook_publish(arguments: Namespace) -> int:
    """Publish a pack as the next numbered release; over one of the screen only when that is named."""
    with environment.django():
        from django.conf import settings

        folder = arguments.folder or settings.SLUITEND_PACK
        screen = of_screen()
        if screen and screen.number != arguments.over:
            _refuse_over(screen, folder)
        _publish(folder)
    return 0


def handbook_export(arguments: Namespace) -> int:
    """Write a release or a pack as YAML, JSON, SKOS or a spreadsheet of one list, or its JSON Schemas."""
    if arguments.format == "schema":
        return _schemas(arguments.target)
    with _reach(arguments.of):
        from sluitend.exports.skos import base_of

        pack = _pack(arguments.of)
        base = base_of(pack)
    if arguments.format == "yaml":
        _as_folder(pack, arguments.target)
    elif arguments.format == "json":
        from sluitend.exports.writing import as_json

        _write(arguments.target, as_json(pack).encode())
    elif arguments.format == "skos":
        from sluitend.exports.skos import as_skos

        _write(arguments.target, as_skos(pack, base=base).encode())
        print(f"De adressen van de begrippen beginnen met {base}")
    else:
        from sluitend.exports.sheets import as_sheet

        _known_part(arguments.part)
        _write(arguments.target, as_sheet(arguments.part, getattr(pack, arguments.part)))
    print(f"Geschreven: {arguments.target}")
    return 0


def handbook_read(arguments: Namespace) -> int:
    """Put an edited spreadsheet back in a pack. The pack must be right with it, or nothing changes."""
    from sluitend.exports.sheets import MAX_BYTES, from_sheet
    from sluitend.exports.walking import still_read
    from sluitend.exports.writing import write_part
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid
    from sluitend.kernel.handbook.yaml_reading import UnreadableYaml

    _known_part(arguments.part)
    folder = arguments.into or environment.pack_folder()
    try:
        with arguments.sheet.open("rb") as file:
            typed = from_sheet(arguments.part, file.read(MAX_BYTES + 1))
        there = _as_it_is(folder, arguments.part)
        # A cell of the sheet says who read the words that stood there before it was edited.
        entries = tuple(still_read(entry, there.get(entry.id)) for entry in typed)
        with tempfile.TemporaryDirectory() as scratch:
            trial = Path(shutil.copytree(folder, Path(scratch) / "pack"))
            write_part(trial, arguments.part, entries)
            with environment.alone():
                load_pack(trial)
    except OSError as error:
        raise CommandError(f"{arguments.sheet} is niet te lezen: {error.strerror}.") from error
    except (PackInvalid, UnreadableYaml) as error:
        raise CommandError(f"{error}\nEr is niets veranderd.") from error
    write_part(folder, arguments.part, entries)
    print(f"{len(entries)} regels gezet in {folder}.")
    return 0


def _as_it_is(folder: Path, part: str) -> Mapping[str, Entry]:
    """Return a list as the pack has it; nothing of a pack that is not right, which the sheet may mend."""
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid

    with environment.alone(), suppress(PackInvalid):
        return {entry.id: entry for entry in getattr(load_pack(folder), part)}
    return {}


def publish_where_new(folder: Path) -> None:
    """Publish the pack in the folder unless it was published before, or a release came from the screen since.

    What the coordinator published stays: neither a restart nor a new version of the program, whose folder
    was never a release, may put other words in its place unasked.
    """
    from sluitend.kernel.handbook.queries import is_published

    if is_published(_load(folder).digest):
        return
    if screen := of_screen():
        print(f"Uitgave {screen.number} kwam van het scherm en blijft. {TAKE_OVER}", flush=True)
        return
    _publish(folder)


def of_screen() -> ReleaseLine | None:
    """Return the newest release when it came from the screen of a coordinator, not from a command."""
    from sluitend.kernel.handbook.queries import releases

    newest = next(iter(releases()), None)
    return newest if newest and newest.published_by != BY_COMMAND else None


def _refuse_over(screen: ReleaseLine, folder: Path) -> None:
    from sluitend.exports.differences import differences
    from sluitend.kernel.handbook.queries import release

    number = len(differences(release(screen.number).pack, _load(folder)))
    if number:
        raise CommandError(
            f"Uitgave {screen.number} kwam van het scherm, van {screen.published_by}. Het pakket in {folder} "
            f"zou er {number} regels in veranderen. {TAKE_OVER} Moet het pakket er toch overheen? "
            f"Geef dan --over {screen.number} mee."
        )


def _publish(folder: Path) -> None:
    from sluitend.kernel.handbook.actions import PublishedMeanwhile, publish
    from sluitend.kernel.handbook.problems import PackInvalid

    try:
        release = publish(folder, actor_name=BY_COMMAND)
    except PackInvalid as error:
        raise CommandError(f"{error}\nHet pakket in {folder} is niet uitgegeven.") from error
    except PublishedMeanwhile as error:
        raise CommandError("Iemand anders gaf net een uitgave uit. Kijk die eerst na.") from error
    print(f"De handreiking is uitgave {release.number}.", flush=True)


def _reach(*packs: str | None) -> AbstractContextManager[None]:
    """Set up what these packs need: folders no database, so that who keeps a pack needs no installation."""
    return environment.alone() if all(map(_is_folder, packs)) else environment.django()


def _is_folder(which: str | None) -> bool:
    return bool(which) and not str(which).isdigit()


def _pack(which: str | None) -> Pack:
    """Return the pack in a folder, of the release with that number, or of the release of now."""
    from sluitend.kernel.handbook.queries import NoRelease, current_release, release

    if which and _is_folder(which):
        return _load(Path(which))
    try:
        return release(int(which)).pack if which else current_release().pack
    except NoRelease as error:
        raise CommandError(str(error)) from error


def _load(folder: Path) -> Pack:
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid

    try:
        return load_pack(folder)
    except PackInvalid as error:
        raise CommandError(f"{error}\n{len(error.problems)} fouten in het pakket.") from error


def _as_folder(pack: Pack, target: Path) -> None:
    from sluitend.exports.writing import write_pack

    try:
        write_pack(pack, target)
    except FileExistsError as error:
        raise CommandError(f"{target} is niet leeg. Kies een nieuwe map.") from error
    except OSError as error:
        raise _not_written(target, error) from error


def _schemas(target: Path) -> int:
    from sluitend.exports.writing import schema_of
    from sluitend.kernel.handbook.loading import file_of
    from sluitend.kernel.handbook.pack import Pack

    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(target, error) from error
    for part in Pack.model_fields:
        name = file_of(part).replace(".yaml", ".schema.json")
        _write(target / name, f"{json.dumps(schema_of(part), indent=1, ensure_ascii=False)}\n".encode())
    print(f"{len(Pack.model_fields)} schema’s geschreven in {target}.")
    return 0


def _known_part(part: str | None) -> None:
    from sluitend.kernel.handbook.loading import list_parts

    if part not in list_parts():
        raise CommandError(f"Geef met --part een van deze lijsten: {', '.join(list_parts())}.")


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise _not_written(target, error) from error


def _not_written(target: Path, error: OSError) -> CommandError:
    return CommandError(f"{target} is niet te schrijven: {error.strerror}.")
