"""A language that can be chosen is there in whole: half a translation is named word by word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from tests.kernel.handbook.test_loading import problems_in, replace

from sluitend.kernel.handbook.checks_of_translations import texts_for_every_language, translation_problems
from sluitend.kernel.handbook.entries import Entries, Text
from sluitend.kernel.handbook.loading import file_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.problems import PackProblem

PARTS = ("card_categories", "card_answers", "cards", "self_check", "help_lines", "public_texts")


def in_only(pack: Pack, *languages: str) -> Pack:
    """Return the pack with these languages beside Dutch and English, and no words in any other."""
    chosen: Entries[Any] = Entries(tuple(one for one in pack.languages if one.id in ("nl", "en", *languages)))
    kept: dict[str, Entries[Any]] = {
        part: Entries(tuple(_kept(entry, languages) for entry in getattr(pack, part))) for part in PARTS
    }
    return pack.model_copy(update={"languages": chosen, **kept})


def _kept(value: object, languages: tuple[str, ...]) -> object:
    if isinstance(value, Text):
        words = {language: f"{language}: {value.nl}" for language in languages}
        return Text({"nl": value.nl, "en": value.in_language("en"), **words})
    if isinstance(value, BaseModel):
        fields = {name: _kept(getattr(value, name), languages) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return tuple(_kept(item, languages) for item in value) if isinstance(value, tuple) else value


def found_in(pack: Pack) -> list[PackProblem]:
    return list(translation_problems(pack, file_of=file_of))


def without(pack: Pack, part: str, entry_id: str, language: str) -> Pack:
    """Return the pack in which one entry has lost its words in a language."""
    entries = tuple(_kept(entry, ()) if entry.id == entry_id else entry for entry in getattr(pack, part))
    assert language not in ("nl", "en")
    return pack.model_copy(update={part: Entries(entries)})


def test_a_whole_translation_is_right(pack: Pack) -> None:
    assert found_in(in_only(pack, "pl")) == []


def test_dutch_and_english_alone_are_right(pack: Pack) -> None:
    assert found_in(in_only(pack)) == []


def test_half_a_translation_names_language_kind_entry_and_field(pack: Pack) -> None:
    half = without(in_only(pack, "pl"), "cards", "K03", "pl")
    problems = found_in(half)
    assert [(one.file, one.entry, one.field) for one in problems] == [
        ("talen/pl.yaml", "cards.K03", "text"),
        ("talen/pl.yaml", "cards.K03", "answers.bel_nu.text"),
        ("talen/pl.yaml", "cards.K03", "answers.blijf_hier.text"),
    ]
    assert problems[0].message == "halve vertaling: 'text' ontbreekt"
    assert "languages.yaml" in problems[0].remedy


def test_every_kind_is_missed(pack: Pack) -> None:
    whole = in_only(pack, "ti")
    for part, entry_id in (
        ("card_categories", "geld"),
        ("card_answers", "weet_niet"),
        ("self_check", "z3"),
        ("help_lines", "112"),
        ("public_texts", "online_1"),
    ):
        places = {one.entry for one in found_in(without(whole, part, entry_id, "ti"))}
        assert places == {f"{part}.{entry_id}"}


def test_law_colleagues_and_numbers_that_nobody_sees_need_no_translation(pack: Pack) -> None:
    whole = in_only(pack, "pl")
    for part, entry_id in (
        ("public_texts", "r8"),
        ("public_texts", "r19"),
        ("public_texts", "r20"),
        ("help_lines", "shop"),
    ):
        assert found_in(without(whole, part, entry_id, "pl")) == []


def test_a_language_without_any_words_is_named_once(pack: Pack) -> None:
    polish = next(one for one in pack.languages if one.id == "pl")
    bare = in_only(pack)
    bare = bare.model_copy(update={"languages": Entries((*bare.languages, polish))})
    (problem,) = found_in(bare)
    assert (problem.file, problem.entry) == ("languages.yaml", "pl")


def test_words_in_a_language_that_nobody_can_choose_are_named(pack: Pack) -> None:
    whole = in_only(pack, "pl")
    bare = whole.model_copy(update={"languages": in_only(pack).languages})
    (problem,) = found_in(bare)
    assert problem.file == "talen/pl.yaml"


def test_the_words_for_every_language_are_those_that_the_public_meets(pack: Pack) -> None:
    kinds: Iterator[str] = (kind for kind, _, _, _ in texts_for_every_language(pack))
    assert set(kinds) == set(PARTS)


def test_a_word_taken_out_of_a_file_is_named(folder: Path) -> None:
    replace(folder, "talen/pl.yaml", "  z9:\n", "  z99:\n")
    found = {(one.file, one.entry, one.message) for one in problems_in(folder)}
    assert found == {
        ("talen/pl.yaml", "self_check.z9", "halve vertaling: 'text' ontbreekt"),
        ("talen/pl.yaml", "self_check.z99", "dit bestaat niet in het pakket"),
    }


def test_a_file_taken_out_leaves_a_language_that_is_named(folder: Path) -> None:
    (folder / "talen" / "ti.yaml").unlink()
    (problem,) = problems_in(folder)
    assert (problem.file, problem.entry) == ("languages.yaml", "ti")
    assert problem.remedy == "maak talen/ti.yaml, of haal 'ti' weg"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("Pools.yaml", "{}", "een vertaling heet naar haar taal, zoals pl.yaml"),
        ("xx.yaml", "marks: [afraid]", "verwacht: soort, dan id, dan veld en tekst"),
        ("xx.yaml", "marks: {afraid: {tekst: a}}", "'tekst' bestaat daar niet"),
        ("xx.yaml", "marks: {afraid: {label: &a b}}", "regel 1: verwijzingen met & en * mogen niet"),
        ("xx.yaml", "marks: {afraid: {label: ''}}", "'label': de tekst in 'xx' is leeg"),
    ],
)
def test_a_file_of_words_that_cannot_be_used_is_named(
    folder: Path, name: str, content: str, message: str
) -> None:
    (folder / "talen" / name).write_text(content)
    assert message in [problem.message for problem in problems_in(folder)]


def test_every_language_of_the_region_is_whole_and_says_that_nobody_read_it(pack: Pack) -> None:
    assert len(pack.languages) == 20
    assert found_in(pack) == []
    for language in pack.languages:
        if language.id not in ("nl", "en"):
            assert language.state.nl == "Nog niet nagelezen"
            assert not any(text.reviewed_in(language.id) for text in pack.public_texts)
