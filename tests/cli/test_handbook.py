"""`sluitend handbook`: what each command says and leaves behind."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connections
from openpyxl import load_workbook

from sluitend.cli import environment, main
from sluitend.cli.handbook_commands import publish_where_new
from sluitend.exports.sheet_columns import heading
from sluitend.exports.skos import as_skos
from sluitend.kernel.handbook.actions import PublishedMeanwhile, publish
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.models import Release
from sluitend.kernel.handbook.queries import releases
from tests.cli.installation import Installation
from tests.kernel.handbook.test_loading import replace

FOLDER = Path(__file__).resolve().parents[2] / "packs" / "eenheid-den-haag"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the region's pack that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "pack"))


def run(installation: Installation, *words: str) -> str:
    """Run `sluitend handbook` and return what it says."""
    done = installation.run("handbook", *words, urls=installation.urls("DATABASE_URL"))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_difference_is_told_and_an_equal_pack_has_none(installation: Installation, folder: Path) -> None:
    assert "Er is geen verschil." in run(installation, "diff", str(FOLDER), str(FOLDER))
    replace(folder, "help_lines.yaml", "0800-7000", "0800-7001")
    told = run(installation, "diff", str(FOLDER), str(folder))
    assert "nummer was: 0800-7000" in told
    assert "en wordt: 0800-7001" in told
    assert told.splitlines()[-1] == "1 verschil."


def test_a_release_is_written_as_a_folder_that_is_right(installation: Installation, tmp_path: Path) -> None:
    run(installation, "publish", str(FOLDER))
    run(installation, "export", str(tmp_path / "out"))
    assert main(["handbook", "check", str(tmp_path / "out")]) == 0
    assert load_pack(tmp_path / "out") == load_pack(FOLDER)


def test_a_check_warns_of_a_number_that_nobody_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(folder, "help_lines.yaml", "review_by: 2027-05-25", "review_by: 2026-01-31")
    assert main(["handbook", "check", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Let op. help_lines.yaml, 112, review_by: het nummer moest")
    assert told[-1] == "Het pakket klopt."


def test_a_check_refuses_a_number_that_ended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "  review_by: 2027-05-25\n"
    replace(folder, "help_lines.yaml", line, f"{line}  valid_until: 2026-01-31\n")
    assert main(["handbook", "check", str(folder)]) == 1
    told = capsys.readouterr().err
    assert "help_lines.yaml, 112, valid_until: het nummer gold tot en met 2026-01-31. Doe: " in told
    assert "1 fouten in het pakket." in told


def test_a_pack_is_written_as_json(installation: Installation, tmp_path: Path) -> None:
    run(installation, "export", str(tmp_path / "pack.json"), "--format", "json", "--of", str(FOLDER))
    content = json.loads((tmp_path / "pack.json").read_text(encoding="utf-8"))
    assert content["description"]["id"] == "eenheid-den-haag"


def test_a_pack_is_written_as_terms_for_other_programs(installation: Installation, tmp_path: Path) -> None:
    """Everything is in it, also what is not confirmed: that says so itself."""
    target = tmp_path / "begrippen.jsonld"
    told = run(installation, "export", str(target), "--format", "skos", "--of", str(FOLDER))
    base = "http://localhost:8000/handboek/begrippen.jsonld#"
    assert told.splitlines() == [f"De adressen van de begrippen beginnen met {base}", f"Geschreven: {target}"]
    pack = load_pack(FOLDER)
    assert target.read_text(encoding="utf-8") == as_skos(pack, base=base)
    assert "Niet bevestigd." in target.read_text(encoding="utf-8")


def test_an_edited_sheet_goes_back_into_the_pack(
    installation: Installation, folder: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "lines.xlsx"
    run(installation, "export", str(sheet), "--format", "sheet", "--part", "help_lines", "--of", str(folder))
    edit(sheet, "number", "0800-1234")
    assert main(["handbook", "read", str(sheet), "--part", "help_lines", "--into", str(folder)]) == 0
    assert next(iter(load_pack(folder).help_lines)).number == "0800-1234"


def test_a_sheet_that_would_break_the_pack_changes_nothing(
    installation: Installation, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "lines.xlsx"
    run(installation, "export", str(sheet), "--format", "sheet", "--part", "help_lines", "--of", str(folder))
    edit(sheet, "source", "bestaat-niet")
    before = files(folder)
    assert main(["handbook", "read", str(sheet), "--part", "help_lines", "--into", str(folder)]) == 1
    told = capsys.readouterr().err
    assert "'source' verwijst naar 'bestaat-niet', maar dat bestaat niet" in told
    assert "Er is niets veranderd." in told
    assert files(folder) == before


def test_a_sheet_that_is_away_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["handbook", "read", "weg.xlsx", "--part", "help_lines", "--into", str(folder)]) == 1
    assert "weg.xlsx is niet te lezen" in capsys.readouterr().err


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An environment that names no database, put back afterwards whatever a command sets in it."""
    with patch.dict(os.environ, {"SLUITEND_MODE": "production"}):
        for name in environment.URLS:
            monkeypatch.delenv(name, raising=False)
        yield


@pytest.mark.usefixtures("no_database")
def test_who_keeps_folders_needs_no_database(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(folder, "help_lines.yaml", "0800-7000", "0800-7001")
    assert main(["handbook", "diff", str(FOLDER), str(folder)]) == 0
    assert "1 verschil." in capsys.readouterr().out
    sheet = tmp_path / "help_lines.xlsx"
    words = ["--of", str(folder), "--format", "sheet", "--part", "help_lines"]
    assert main(["handbook", "export", *words, str(sheet)]) == 0
    assert sheet.exists()
    assert main(["handbook", "diff", "1", str(folder)]) == 1
    assert "Er is geen database opgegeven." in capsys.readouterr().err


def test_schemas_are_written_for_every_file(tmp_path: Path) -> None:
    assert main(["handbook", "export", str(tmp_path / "schemas"), "--format", "schema"]) == 0
    written = {path.name.removesuffix(".schema.json") for path in (tmp_path / "schemas").iterdir()}
    assert {path.stem for path in FOLDER.glob("*.yaml")} <= written


@pytest.mark.parametrize("words", [("--format", "schema"), ("--format", "yaml", "--of", str(FOLDER))])
def test_what_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["handbook", "export", str(tmp_path / "file" / "folder"), *words]) == 1
    assert f"{tmp_path}/file/folder is niet te schrijven: " in capsys.readouterr().err


def test_a_restart_does_not_put_the_folder_back_over_what_was_published_since(
    installation: Installation, folder: Path
) -> None:
    """The coordinator publishes from the screen; the folder is older then."""
    run(installation, "publish", str(FOLDER))
    replace(folder, "pack.yaml", 'version: "1.0"', 'version: "1.1"')
    run(installation, "publish", str(folder))
    newest = Release.objects.count()
    done = installation.run("prepare", urls=installation.urls("DATABASE_URL"))
    assert done.returncode == 0, done.stderr
    assert "uitgave" not in done.stdout
    assert Release.objects.count() == newest


def test_a_command_publishes_over_what_came_from_the_screen_only_when_it_names_that(
    installation: Installation, folder: Path
) -> None:
    """A new version of the program brings a folder that was never a release; `doctor` asked to publish it."""
    run(installation, "publish", str(FOLDER))
    replace(folder, "help_lines.yaml", "0800-7000", "0800-7002")
    number = publish(folder, actor_name="Merel van Dijk en Joris Wiersma").number
    replace(folder, "help_lines.yaml", "0800-7002", "0800-7003")
    publish_where_new(folder)
    assert releases()[0].number == number
    urls = installation.urls("DATABASE_URL")
    refused = installation.run("handbook", "publish", str(folder), urls=urls)
    assert refused.returncode == 1
    assert f"Uitgave {number} kwam van het scherm, van Merel van Dijk en Joris Wiersma." in refused.stderr
    run(installation, "publish", str(folder), "--over", str(number))
    assert releases()[0].number == number + 1


def edit(sheet: Path, column: str, value: str) -> None:
    """Change one cell of the first entry of a sheet."""
    book = load_workbook(BytesIO(sheet.read_bytes()))
    page: Any = book.worksheets[0]
    page.cell(2, 1 + [cell.value for cell in page[1]].index(heading("help_lines", column))).value = value
    book.save(sheet)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a pack."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_published_twice_at_once_comes_once(installation: Installation, folder: Path) -> None:
    run(installation, "publish", str(FOLDER))
    replace(folder, "pack.yaml", 'version: "1.0"', 'version: "1.2"')
    before = Release.objects.count()
    start, outcomes = threading.Barrier(4), []

    def go() -> None:
        try:
            start.wait()
            outcomes.append(publish(folder, actor_name="Noor de Bruin").number)
        except PublishedMeanwhile:
            outcomes.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert before + 1 in outcomes
    assert set(outcomes) <= {0, before + 1}
    assert Release.objects.count() == before + 1
