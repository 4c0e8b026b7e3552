"""A pack that cannot be used is refused in words that say where, and the release of now stays."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.kernel.handbook.test_loading import replace

from sluitend.cli import main
from sluitend.kernel.handbook.actions import publish
from sluitend.kernel.handbook.models import Release
from sluitend.kernel.handbook.pack import PACK_FORMAT
from sluitend.kernel.handbook.problems import PackInvalid
from sluitend.kernel.handbook.yaml_reading import MAX_BYTES

EXAMPLE = Path(__file__).resolve().parents[3] / "packs" / "voorbeeld"

type Spoil = Callable[[Path], object]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the small pack that a test may spoil."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "voorbeeld"))


def in_text(words: str) -> Spoil:
    """Put words in a text of a partner, between quotation marks."""
    return lambda folder: replace(
        folder, "partners.yaml", "nl: Onderzoeken of werk eerlijk en veilig is.", f"nl: '{words}'"
    )


def write(name: str, content: bytes) -> Spoil:
    """Write a file of the pack anew."""
    return lambda folder: (folder / name).write_bytes(content)


def half_a_language(folder: Path) -> None:
    """Let people choose Polish, with one word of it."""
    languages = folder / "languages.yaml"
    dutch, _, english = languages.read_text(encoding="utf-8").partition("\n- id: en")
    polish = english.replace("own_name: English", "own_name: Polski")
    languages.write_text(f"{dutch}\n- id: en{english}\n- id: pl{polish}", encoding="utf-8")
    (folder / "talen").mkdir()
    words = "public_texts:\n  talk:\n    text: Rozmowa\n"
    (folder / "talen" / "pl.yaml").write_text(words, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(write("partners.yaml", b"- id: [\n"), "partners.yaml: regel", id="malformed"),
        pytest.param(
            write("partners.yaml", "- id: é\n".encode("latin-1")),
            "partners.yaml: het bestand is geen UTF-8",
            id="latin 1",
        ),
        pytest.param(
            write("partners.yaml", "- id: a\n".encode("utf-16")),
            "partners.yaml: het bestand is geen UTF-8",
            id="utf 16",
        ),
        pytest.param(
            write("partners.yaml", b"#" * (MAX_BYTES + 1)),
            "partners.yaml: het bestand is groter dan 2 MB",
            id="enormous",
        ),
        pytest.param(
            write("partners.yaml", b"-" + b" [" * 50_000), "partners.yaml: regel 1: te diep", id="deep"
        ),
        pytest.param(
            write("partners.yaml", b"- &a [x]\n- [*a, *a]\n"),
            "partners.yaml: regel 1: verwijzingen",
            id="aliases that fill the memory",
        ),
        pytest.param(
            in_text("<script>alert(1)</script>"),
            "partners.yaml, werkinspectie, task.nl: in de tekst staat HTML",
            id="script",
        ),
        pytest.param(
            in_text("![x](https://elders.example/x.png)"),
            "partners.yaml, werkinspectie, task.nl: in de tekst staat een plaatje van elders",
            id="a picture from elsewhere",
        ),
        pytest.param(
            in_text("[Lees](javascript:alert(1))"),
            "partners.yaml, werkinspectie, task.nl: in de tekst staat een link die iets uitvoert",
            id="a link that runs",
        ),
        pytest.param(
            lambda folder: replace(
                folder, "pack.yaml", "language: nl\n", f"language: nl\nformat: {PACK_FORMAT + 1}\n"
            ),
            f"'format': dit pakket is van een nieuwere versie (formaat {PACK_FORMAT + 1}). Doe: werk",
            id="a newer format",
        ),
        pytest.param(half_a_language, "talen/pl.yaml, public_texts.", id="half a translation"),
        pytest.param(
            lambda folder: (folder / "partners.yaml").unlink(), "partners.yaml: het bestand", id="away"
        ),
        pytest.param(shutil.rmtree, "voorbeeld: deze map bestaat niet. Doe: geef", id="no folder at all"),
    ],
)
@pytest.mark.django_db
def test_what_is_wrong_is_named_and_the_release_of_now_stays(example: Path, spoil: Spoil, said: str) -> None:
    before = list(Release.objects.values_list("number", "digest"))
    spoil(example)
    with pytest.raises(PackInvalid) as refused:
        publish(example, actor_name="Noor de Bruin")
    assert said in str(refused.value)
    assert list(Release.objects.values_list("number", "digest")) == before


def test_a_sheet_with_a_column_missing_changes_nothing(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from sluitend.exports.sheet_columns import heading
    from sluitend.exports.sheets import as_sheet
    from sluitend.kernel.handbook.loading import load_pack

    sheet, file = tmp_path / "partners.xlsx", example / "partners.yaml"
    sheet.write_bytes(as_sheet("partners", load_pack(example).partners))
    book = load_workbook(sheet)
    page = book.worksheets[0]
    task = heading("partners", "task.nl")
    page.delete_cols(1 + [cell.value for cell in page[1]].index(task))
    book.save(sheet)
    before = file.read_bytes()
    assert main(["handbook", "read", str(sheet), "--part", "partners", "--into", str(example)]) == 1
    assert task in capsys.readouterr().err
    assert file.read_bytes() == before
