"""The rule for languages: what is chosen by name is there in whole, not in half."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry, Text
from .pack import Pack
from .problems import PackProblem
from .recognition import PublicText
from .translations import file_in

# Who reads these texts reads Dutch or English.
_READ_BY_COLLEAGUES = frozenset({"reporters", "professionals"})

_READ_BY_WHO_SEEKS_HELP = frozenset(
    {"card_categories", "card_answers", "cards", "self_check", "help_lines", "points", "public_texts"}
)

type _Needed = tuple[str, str, str, Text]


def read_by_who_seeks_help(part: str, entry: Entry | None) -> bool:
    """Tell whether an entry is for people who choose their language by name; a new one is, by its list."""
    if isinstance(entry, PublicText) and entry.audience in _READ_BY_COLLEAGUES:
        return False
    return part in _READ_BY_WHO_SEEKS_HELP


def read_in_whole(pack: Pack, language: str) -> bool:
    """Tell whether a person has read every word that this language must have."""
    return all(
        getattr(pack, part)[entry_id].reviewed_in(language)
        for part, entry_id, _field, _text in texts_for_every_language(pack)
    )


def texts_for_every_language(pack: Pack) -> Iterator[_Needed]:
    """Yield the texts that each language of the pack must have: kind, id, field and text.

    Words about law and residence are not among them: they wait for a person who reads them.
    """
    for category in pack.card_categories:
        yield "card_categories", category.id, "label", category.label
    for answer in pack.card_answers:
        yield "card_answers", answer.id, "text", answer.text
    for card in pack.cards:
        yield "cards", card.id, "text", card.text
        for choice in card.answers:
            yield "cards", card.id, f"answers.{choice.id}.text", choice.text
    for question in pack.self_check:
        yield "self_check", question.id, "text", question.text
    for line in pack.public_help_lines():
        for field in ("name", "hours", "audience"):
            yield "help_lines", line.id, field, getattr(line, field)
    for words in pack.public_texts:
        if not words.legal and words.audience not in _READ_BY_COLLEAGUES:
            yield "public_texts", words.id, "text", words.text


def translation_problems(pack: Pack, *, file_of: Callable[[str], str]) -> Iterator[PackProblem]:
    """Yield every language that has only a part of its words, with what is missing."""
    needed = tuple(texts_for_every_language(pack))
    for language in pack.languages.ids:
        if language in (SOURCE_LANGUAGE, FALLBACK_LANGUAGE):
            continue
        missing = [one for one in needed if not one[3].has(language)]
        if len(missing) == len(needed) and needed:
            yield _not_begun(language, file_of("languages"))
            continue
        for kind, entry_id, field, _ in missing:
            yield PackProblem(
                file_in(language),
                f"{kind}.{entry_id}",
                f"halve vertaling: '{field}' ontbreekt",
                f"half a translation: '{field}' is missing",
                field,
                f"vertaal dit, of haal '{language}' weg uit {file_of('languages')}",
                f"translate this, or take '{language}' out of {file_of('languages')}",
                language,
            )
    yield from _not_chosen(pack, file_of("languages"))


def _not_begun(language: str, list_of_languages: str) -> PackProblem:
    return PackProblem(
        list_of_languages,
        language,
        "deze taal heeft nog geen vertaling",
        "this language has no translation yet",
        "id",
        f"maak {file_in(language)}, of haal '{language}' weg",
        f"make {file_in(language)}, or take '{language}' out",
    )


def _not_chosen(pack: Pack, list_of_languages: str) -> Iterator[PackProblem]:
    known = {SOURCE_LANGUAGE, FALLBACK_LANGUAGE, *pack.languages.ids}
    found = {language for _, _, _, text in texts_for_every_language(pack) for language in text.root}
    for language in sorted(found - known):
        yield PackProblem(
            file_in(language),
            "",
            f"de taal '{language}' is op geen pagina te kiezen",
            f"the language '{language}' can be chosen on no page",
            "",
            f"zet '{language}' in {list_of_languages}, of haal deze vertaling weg",
            f"put '{language}' in {list_of_languages}, or take this translation out",
        )
