"""What can be wrong with a pack, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

# The same words in Dutch and in English.
type Words = tuple[str, str]


@dataclass(frozen=True)
class PackProblem:
    """One thing that is wrong: in which file, entry and field, what, and what to do; in Dutch and English."""

    file: str
    entry: str
    message: str
    message_en: str
    field: str = ""
    remedy: str = ""
    remedy_en: str = ""
    language: str = ""
    """The language in which words are missing; empty for any other problem."""

    def __str__(self) -> str:
        return f"{self._place(self.message)}: {self.message}" + (
            f". Doe: {self.remedy}." if self.remedy else ""
        )

    def in_english(self) -> str:
        """Return the same line in English."""
        remedy = f". Do: {self.remedy_en}." if self.remedy_en else ""
        return f"{self._place(self.message_en)}: {self.message_en}{remedy}"

    def _place(self, message: str) -> str:
        named = f"'{self.field}'" in message
        return ", ".join(one for one in (self.file, self.entry, "" if named else self.field) if one)


@dataclass(frozen=True)
class Finding:
    """A broken rule of a pack, when it is not yet known in which file that part of the pack stands."""

    part: str
    entry: str
    wrong: Words
    remedy: Words
    field: str = ""

    def problem(self, file_of: Callable[[str], str]) -> PackProblem:
        """Return what the author of the pack reads."""
        return PackProblem(file_of(self.part), self.entry, *self.wrong, self.field, *self.remedy)


class PackInvalid(Exception):
    """Raised for a pack that cannot be used; `problems` holds all of them, in the order of the files."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


_MEND: Words = ("verbeter '{key}'", "mend '{key}'")
_DATE = ("'{key}' moet een datum zijn (2026-11-25)", "'{key}' must be a date (2026-11-25)")

# pydantic's kind of error -> Dutch and English; {key} is where, the rest what pydantic tells.
_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("'{key}' ontbreekt", "'{key}' is missing"),
    "extra_forbidden": ("'{key}' is een onbekende sleutel", "'{key}' is an unknown key"),
    "string_type": ("'{key}' moet tekst zijn", "'{key}' must be text"),
    "string_pattern_mismatch": ("'{key}' heeft een verkeerde vorm", "'{key}' has a wrong form"),
    "string_too_long": ("'{key}' is te lang", "'{key}' is too long"),
    "string_too_short": ("'{key}' is te kort", "'{key}' is too short"),
    "int_type": ("'{key}' moet een heel getal zijn", "'{key}' must be a whole number"),
    "float_type": ("'{key}' moet een getal zijn", "'{key}' must be a number"),
    "finite_number": ("'{key}' moet een getal zijn", "'{key}' must be a number"),
    "bool_type": ("'{key}' moet true of false zijn", "'{key}' must be true or false"),
    "tuple_type": ("'{key}' moet een lijst zijn", "'{key}' must be a list"),
    "mapping_type": ("'{key}' moet tekst per taal zijn", "'{key}' must be text by language"),
    "dict_type": ("'{key}' moet tekst per taal zijn", "'{key}' must be text by language"),
    "model_type": ("'{key}' moet sleutels met waarden hebben", "'{key}' must have keys with values"),
    "enum": ("'{key}' moet een van deze zijn: {expected}", "'{key}' must be one of: {expected}"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "too_short": ("'{key}' heeft te weinig regels", "'{key}' has too few items"),
    "too_long": ("'{key}' heeft te veel regels", "'{key}' has too many items"),
    "greater_than_equal": ("'{key}' is te klein", "'{key}' is too small"),
    "less_than_equal": ("'{key}' is te groot", "'{key}' is too large"),
}


_WRITE_DATE: Words = (
    "schrijf jaar, maand en dag, zoals 2026-11-25",
    "write year, month and day, as in 2026-11-25",
)
_NO_QUOTES: Words = (
    "schrijf alleen de waarde, zonder aanhalingstekens",
    "write only the value, without quotation marks",
)
_IN_FIGURES: Words = ("schrijf het getal in cijfers", "write the number in figures")
_TEXT_BY_LANGUAGE: Words = (
    "schrijf de tekst onder 'nl' en 'en'",
    "write the text under 'nl' and 'en'",
)

# What the author does about each kind of error.
_REMEDIES: Mapping[str, Words] = {
    "missing": ("vul '{key}' in", "fill in '{key}'"),
    "extra_forbidden": (
        "haal '{key}' weg of verbeter de spelling",
        "take '{key}' out or mend its spelling",
    ),
    "string_type": ("zet de waarde tussen aanhalingstekens", "put the value between quotation marks"),
    "string_pattern_mismatch": (
        "schrijf het zoals bij de andere regels",
        "write it as the other entries do",
    ),
    "string_too_long": ("gebruik hoogstens {max_length} tekens", "use at most {max_length} characters"),
    "string_too_short": ("gebruik minstens {min_length} tekens", "use at least {min_length} characters"),
    "int_type": _NO_QUOTES,
    "float_type": _NO_QUOTES,
    "finite_number": _IN_FIGURES,
    "bool_type": _NO_QUOTES,
    "tuple_type": ("zet de waarden tussen [ en ]", "put the values between [ and ]"),
    "mapping_type": _TEXT_BY_LANGUAGE,
    "dict_type": _TEXT_BY_LANGUAGE,
    "enum": ("kies een van deze: {expected}", "choose one of these: {expected}"),
    "date_type": _WRITE_DATE,
    "date_parsing": _WRITE_DATE,
    "date_from_datetime_parsing": _WRITE_DATE,
    "too_short": ("geef er minstens {min_length}", "give at least {min_length}"),
    "too_long": ("geef er hoogstens {max_length}", "give at most {max_length}"),
    "greater_than_equal": ("geef minstens {ge}", "give at least {ge}"),
    "less_than_equal": ("geef hoogstens {le}", "give at most {le}"),
}

# What stands in a pattern -> what somebody writes instead, in Dutch and English.
_PATTERN_REMEDIES: tuple[tuple[str, Words], ...] = (
    (
        ":[0-5]",
        ("schrijf de tijd met vier cijfers, zoals 09:00", "write the time with four figures, as in 09:00"),
    ),
    (
        "https",
        (
            "neem het adres over uit de browser, met https:// ervoor en zonder spaties",
            "copy the address from the browser, with https:// in front and without spaces",
        ),
    ),
    (
        "[A-Za-z0-9][A-Za-z0-9_.-]*$",
        (
            "gebruik letters, cijfers, punten en streepjes, zonder spaties",
            "use letters, figures, dots and dashes, without spaces",
        ),
    ),
    (
        "n\\.d\\.",
        (
            "schrijf het jaar, of jaar-maand-dag, zoals 2026-11-25; 'n.d.' als het er niet staat",
            "write the year, or year-month-day, as in 2026-11-25; 'n.d.' where there is none",
        ),
    ),
)

# A key that may not be left out, although what it says may be nothing.
_NOTHING_IS_AN_ANSWER: Mapping[str, Words] = {
    "innocent": (
        "schrijf de onschuldige uitleg, of 'innocent: null' als er geen is",
        "write the innocent explanation, or 'innocent: null' when there is none",
    )
}


def problems_of(error: ValidationError, file: str, entry: str) -> Iterator[PackProblem]:
    """Turn a validation error of one entry into problems with plain words."""
    for detail in error.errors(include_url=False):
        kind, key, context = detail["type"], _key(detail["loc"]), detail.get("ctx", {})
        message = _words_for(kind, key, context, detail["msg"])
        yield PackProblem(file, entry, *message, key, *_remedy_for(kind, key, context))


def _key(location: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in location) or "regel"


def _remedy_for(kind: str, key: str, context: Mapping[str, Any]) -> Words:
    if kind == "missing" and key in _NOTHING_IS_AN_ANSWER:
        return _NOTHING_IS_AN_ANSWER[key]
    if kind == "value_error" and (own := _parts(context)[2:]):
        return own[0], own[-1]
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        found = next((words for part, words in _PATTERN_REMEDIES if part in pattern), None)
        if found:
            return found
    dutch, english = _REMEDIES.get(kind, _MEND)
    return _fill(dutch, english, {"key": key, **context})


def _words_for(kind: str, key: str, context: Mapping[str, Any], technical: str) -> Words:
    if kind == "value_error":
        dutch, english = _parts(context)[:2]
        return f"'{key}': {dutch}", f"'{key}': {english}"
    if kind not in _WORDS:
        return f"'{key}' klopt niet ({technical})", f"'{key}' is not right ({technical})"
    dutch, english = _WORDS[kind]
    return _fill(dutch, english, {"key": key, **context})


def _parts(context: Mapping[str, Any]) -> list[str]:
    # A model says what is wrong and what to do in one line: Dutch|English|Dutch remedy|English remedy.
    parts = str(context["error"]).split("|")
    return parts if len(parts) > 1 else parts * 2


def _fill(dutch: str, english: str, values: Mapping[str, Any]) -> Words:
    # What is allowed comes in English words: 'yes', 'check' or 'no'.
    in_dutch = {**values, "expected": str(values.get("expected", "")).replace("' or '", "' of '")}
    return dutch.format(**in_dutch), english.format(**values)
