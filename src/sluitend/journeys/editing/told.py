"""What is wrong with what somebody filled in, said of the form and not of the file that it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.exports.choice_names import choice_name
from sluitend.exports.names import field_name
from sluitend.journeys.editing.lines import languages_named
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.problems import PackProblem

_ID = re.compile(r"'([a-z][a-z0-9_]*)'")


def told(problem: PackProblem, content: Mapping[str, Any] | None = None) -> str:
    """Return a problem as a sentence, with fields called as the form calls them.

    Args:
        problem: what is wrong.
        content: what was filled in, where a form was; a field that was left empty needs no further reason.
    """
    language = (get_language() or "nl")[:2]
    words, remedy = (
        (problem.message, problem.remedy) if language == "nl" else (problem.message_en, problem.remedy_en)
    )
    if not problem.field:
        return f"{_sentence(words)} {_sentence(remedy)}".strip()
    label = _upper(field_name(problem.field).in_language(language))
    if content is not None and "." not in problem.field and not _filled(content.get(problem.field)):
        return _("Nog niet ingevuld: %(label)s") % {"label": label}
    said = f"{_sentence(words)} {_sentence(remedy)}".strip()
    return said.replace(f"'{problem.field}'", label)


def gathered(problems: Iterable[PackProblem], pack: Pack) -> tuple[PackProblem, ...]:
    """Return problems with one line for each field that lacks words, whatever the number of languages."""
    found: list[PackProblem] = []
    missing: dict[tuple[str, str], list[str]] = {}
    for one in problems:
        if not one.language:
            found.append(one)
            continue
        entry_id = one.entry.partition(".")[2]
        missing.setdefault((entry_id, one.field), []).append(one.language)
    for (entry_id, name), languages in missing.items():
        dutch, english = (languages_named(pack, languages, spoken) for spoken in ("nl", "en"))
        found.append(
            PackProblem(
                "",
                entry_id,
                f"'{name}' ontbreekt in: {dutch}",
                f"'{name}' is missing in: {english}",
                field=name,
                remedy="schrijf de woorden bij de andere talen, en laat een mens ze nalezen",
                remedy_en="write the words at the other languages, and let a person read them",
            )
        )
    return tuple(found)


def in_the_way(problem: PackProblem, pack: Pack) -> tuple[str, str]:
    """Return what a problem is about and what it is, with names for what a sample calls by its id."""
    language = (get_language() or "nl")[:2]
    words = problem.message if language == "nl" else problem.message_en
    sample = pack.plan_samples.get(problem.entry)
    if sample is None:
        return problem.entry, words

    def said(found: re.Match[str]) -> str:
        action = pack.plan_actions.get(found[1])
        named = action.says if action else choice_name("urgency", found[1])
        return f"“{named.in_language(language).rstrip('.')}”" if named else found[0]

    return sample.title.in_language(language), _sentence(_ID.sub(said, words))


def told_of_sheet(problem: PackProblem) -> str:
    """Return a problem with a spreadsheet as a sentence that begins with the row or the entry that has it."""
    where = problem.entry
    if (get_language() or "nl")[:2] != "nl":
        where = where.replace("rij ", "row ", 1)
    return f"{_upper(where)}: {told(problem)}" if where else told(problem)


def _filled(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _sentence(words: str) -> str:
    return f"{_upper(words).rstrip('.')}." if words else ""


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
