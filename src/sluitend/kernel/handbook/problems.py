"""What can be wrong with a pack, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError


@dataclass(frozen=True)
class PackProblem:
    """One thing that is wrong: in which file, at which entry, and what; in Dutch and in English."""

    file: str
    entry: str
    message: str
    message_en: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.entry}" if self.entry else self.file
        return f"{place}: {self.message}"


class PackInvalid(Exception):
    """Raised for a pack that cannot be used; `problems` holds all of them, in the order of the files."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


_DATE = ("'{key}' moet een datum zijn (2026-11-25)", "'{key}' must be a date (2026-11-25)")

# pydantic's kind of error -> Dutch and English; {key} is where, {allowed} what is allowed there.
_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("'{key}' ontbreekt", "'{key}' is missing"),
    "extra_forbidden": ("'{key}' is een onbekende sleutel", "'{key}' is an unknown key"),
    "string_type": ("'{key}' moet tekst zijn", "'{key}' must be text"),
    "string_pattern_mismatch": ("'{key}' heeft een verkeerde vorm", "'{key}' has a wrong form"),
    "string_too_long": ("'{key}' is te lang", "'{key}' is too long"),
    "int_type": ("'{key}' moet een heel getal zijn", "'{key}' must be a whole number"),
    "float_type": ("'{key}' moet een getal zijn", "'{key}' must be a number"),
    "bool_type": ("'{key}' moet true of false zijn", "'{key}' must be true or false"),
    "tuple_type": ("'{key}' moet een lijst zijn", "'{key}' must be a list"),
    "mapping_type": ("'{key}' moet tekst per taal zijn", "'{key}' must be text by language"),
    "dict_type": ("'{key}' moet tekst per taal zijn", "'{key}' must be text by language"),
    "model_type": ("'{key}' moet sleutels met waarden hebben", "'{key}' must have keys with values"),
    "enum": ("'{key}' moet een van deze zijn: {allowed}", "'{key}' must be one of: {allowed}"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "too_short": ("'{key}' heeft te weinig regels", "'{key}' has too few items"),
    "too_long": ("'{key}' heeft te veel regels", "'{key}' has too many items"),
    "greater_than_equal": ("'{key}' is te klein", "'{key}' is too small"),
    "less_than_equal": ("'{key}' is te groot", "'{key}' is too large"),
}


def problems_of(error: ValidationError, file: str, entry: str) -> Iterator[PackProblem]:
    """Turn a validation error of one entry into problems with plain words."""
    for detail in error.errors(include_url=False):
        message, message_en = _words_for(detail["type"], detail["loc"], detail.get("ctx", {}), detail["msg"])
        yield PackProblem(file=file, entry=entry, message=message, message_en=message_en)


def _words_for(
    kind: str, location: tuple[int | str, ...], context: Mapping[str, Any], technical: str
) -> tuple[str, str]:
    key = ".".join(str(step) for step in location) or "regel"
    if kind == "value_error":
        dutch, _, english = str(context["error"]).partition("|")
        return f"'{key}': {dutch}", f"'{key}': {english or dutch}"
    if kind not in _WORDS:
        return f"'{key}' klopt niet ({technical})", f"'{key}' is not right ({technical})"
    dutch, english = _WORDS[kind]
    allowed = context.get("expected", "")
    return dutch.format(key=key, allowed=allowed), english.format(key=key, allowed=allowed)
