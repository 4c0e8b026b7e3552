"""What is written of a pack reads back as the same pack: files, JSON, and what a spreadsheet holds."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.exports.writing import as_json, as_yaml, schema_of, write_pack, write_part
from sluitend.kernel.handbook.entries import Entries, Review, Text
from sluitend.kernel.handbook.loading import file_of, list_parts, load_pack, pack_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import PublicText
from sluitend.kernel.handbook.yaml_reading import read_yaml

WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"),
        exclude_characters="\u202d\u202e",
    ),
    min_size=1,
    max_size=60,
).filter(lambda words: words.strip() != "")
TEXTS = st.builds(lambda nl, en, pl: Text({"nl": nl, "en": en, "pl": pl}), WORDS, WORDS, WORDS)


def public_text(text: Text) -> PublicText:
    """An entry that holds the text and little else."""
    return PublicText(
        id="x1",
        source=("eigen",),
        confirmed=True,
        review_by=date(2027, 11, 25),
        text=text,
        audience="everybody",
    )


def test_a_written_pack_reads_back_as_an_equal_pack(pack: Pack, tmp_path: Path) -> None:
    write_pack(pack, tmp_path / "out")
    again = load_pack(tmp_path / "out")
    assert again == pack
    assert again.digest == pack.digest


def test_a_pack_is_never_written_over_another(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_pack(pack, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_content_of_a_release_reads_back_as_an_equal_pack(pack: Pack) -> None:
    content = json.loads(pack.canonical_json())
    assert pack_of(content) == pack
    assert Pack.model_validate_json(json.dumps(content)) == pack
    assert json.loads(as_json(pack)) == content


def test_what_has_its_default_does_not_count_in_the_digest(pack: Pack) -> None:
    """A field that a later version of the program brings must not make every pack a new one."""
    line = json.loads(pack.canonical_json())["help_lines"][0]
    assert "valid_until" not in line
    assert line["confirmed"] is True


@given(text=TEXTS)
def test_any_text_survives_yaml(text: Text, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("yaml") / "x.yaml"
    path.write_text(as_yaml([dict(text.root)]), encoding="utf-8")
    assert read_yaml(path) == [dict(text.root)]


def test_words_of_other_languages_go_to_the_file_of_their_language(folder: Path) -> None:
    entry = public_text(Text({"nl": "Bel ons.", "en": "Call us.", "pl": "Zadzwoń."})).model_copy(
        update={
            "legal": True,  # so that it may stand in some languages only
            "reviewed": (Review(language="pl", by="Een tolk", on=date(2026, 11, 1)),),
        }
    )
    write_part(folder, "public_texts", [*load_pack(folder).public_texts, entry])
    here = (folder / "public_texts.yaml").read_text(encoding="utf-8")
    there = read_yaml(folder / "talen" / "pl.yaml")["public_texts"]["x1"]
    assert "Zadzwoń" not in here
    assert there == {"text": "Zadzwoń.", "reviewed": {"by": "Een tolk", "on": "2026-11-01"}}
    assert load_pack(folder).public_texts["x1"].reviewed_in("pl")


def test_the_comment_on_top_of_a_file_stays(folder: Path) -> None:
    first = (folder / "help_lines.yaml").read_text(encoding="utf-8").splitlines()[0]
    write_part(folder, "help_lines", load_pack(folder).help_lines)
    assert (folder / "help_lines.yaml").read_text(encoding="utf-8").splitlines()[0] == first
    assert first.startswith("#")


def test_every_list_written_alone_changes_nothing(pack: Pack, folder: Path) -> None:
    for part in list_parts():
        write_part(folder, part, getattr(pack, part))
    again = load_pack(folder)
    assert [part for part in list_parts() if getattr(again, part) != getattr(pack, part)] == []
    assert again == pack


@pytest.mark.parametrize("part", tuple(Pack.model_fields))
def test_every_file_has_a_schema_that_knows_its_fields(part: str) -> None:
    schema: dict[str, Any] = schema_of(part)
    shape = schema.get("items", schema)
    assert schema["title"] == file_of(part)
    assert shape["properties"]
    assert shape["additionalProperties"] is False


def test_a_list_that_is_written_leaves_who_read_the_others(pack: Pack, tmp_path: Path) -> None:
    """A translator writes `on:` without quotes, which the library takes for a yes."""
    review = Review(language="pl", by="Een tolk", on=date(2026, 1, 5))
    first, *others = (card.model_copy(update={"reviewed": ()}) for card in pack.cards)
    read = first.model_copy(update={"reviewed": (review,)})
    pack = pack.model_copy(update={"cards": Entries((read, *others))})
    write_pack(pack, tmp_path / "pack")
    polish = tmp_path / "pack" / "talen" / "pl.yaml"
    polish.write_text(polish.read_text(encoding="utf-8").replace("'on':", "on:"), encoding="utf-8")
    assert "on: " in polish.read_text(encoding="utf-8")
    lines = [
        one.model_copy(update={"name": Text({**one.name.root, "pl": "Numer"})}) for one in pack.help_lines
    ]
    write_part(tmp_path / "pack", "help_lines", lines)
    assert tuple(load_pack(tmp_path / "pack").cards) == tuple(pack.cards)
