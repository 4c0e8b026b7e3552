"""What every entry of a pack has in common: texts, ids, references, sources and validity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator

SOURCE_LANGUAGE = "nl"
FALLBACK_LANGUAGE = "en"

# Nobody reads more of one text, and a page for somebody in a hurry weighs what its texts weigh.
LONGEST_TEXT = 2000

# Control characters break files and tables, and an override of direction shows another number than it says.
# The other marks of direction belong to how some languages are written.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\u2028\u2029\ufffe\uffff]")

# Nor is anything endless, or no number: no database keeps it, and no page can show it.
STRICT = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class UnknownEntry(KeyError):
    """Raised when a pack is asked for an id that it does not have."""


@dataclass(frozen=True)
class Refers:
    """Marks an id that must exist in another list of the pack; `checks` follows it."""

    kind: str
    also: frozenset[str] = frozenset()


ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
ReferenceId = Annotated[str, Refers("references")]
FormId = Annotated[str, Refers("forms")]


class Text(RootModel[Mapping[str, str]]):
    """A text in one or more languages; Dutch is the source and always there.

    A pack may write a plain string: that is the Dutch text.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_string(cls, value: Any) -> Any:
        return {SOURCE_LANGUAGE: value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _require_dutch(self) -> Self:
        if SOURCE_LANGUAGE not in self.root:
            raise ValueError(
                "de Nederlandse tekst ontbreekt|the Dutch text is missing"
                "|schrijf de tekst bij 'nl'|write the text at 'nl'"
            )
        for language, words in self.root.items():
            if not (2 <= len(language) <= 3 and language.isascii() and language.islower()):
                raise ValueError(
                    f"'{language}' is geen taalcode|'{language}' is not a language code"
                    "|gebruik twee of drie kleine letters, zoals pl|use two or three small letters, as in pl"
                )
            if not words.strip():
                raise ValueError(
                    f"de tekst in '{language}' is leeg|the text in '{language}' is empty"
                    "|schrijf de tekst, of haal de regel weg|write the text, or take the line out"
                )
            if len(words) > LONGEST_TEXT:
                raise ValueError(
                    f"de tekst in '{language}' is langer dan {LONGEST_TEXT} tekens"
                    f"|the text in '{language}' is longer than {LONGEST_TEXT} characters"
                    "|zeg het korter|say it shorter"
                )
            if _UNPRINTABLE.search(words):
                raise ValueError(
                    f"in de tekst in '{language}' staat een onzichtbaar teken"
                    f"|the text in '{language}' has an invisible character"
                    "|typ de tekst opnieuw|type the text again"
                )
        return self

    def in_language(self, language: str) -> str:
        """Return the text in `language`, else in English, else in Dutch."""
        return self.root.get(language) or self.root.get(FALLBACK_LANGUAGE) or self.root[SOURCE_LANGUAGE]

    def has(self, language: str) -> bool:
        """Tell whether the text itself exists in `language`, so that a page can say when it does not."""
        return language in self.root

    @property
    def nl(self) -> str:
        """The Dutch text."""
        return self.root[SOURCE_LANGUAGE]

    def __str__(self) -> str:
        return self.nl


def _require_english(text: Text) -> Text:
    if not text.has(FALLBACK_LANGUAGE):
        raise ValueError(
            "de Engelse tekst ontbreekt|the English text is missing"
            "|schrijf de tekst bij 'en'|write the text at 'en'"
        )
    return text


# What a reporter or the public reads exists in Dutch and in English.
BothLanguages = Annotated[Text, AfterValidator(_require_english)]


class Structure(BaseModel):
    """A piece inside an entry: frozen, and it refuses keys that it does not know."""

    model_config = STRICT


class Review(Structure):
    """Who read an entry in a language, and when. Legal words are shown in no language without it."""

    language: str = Field(pattern="^[a-z]{2,3}$")
    by: str = Field(min_length=3, max_length=120)
    on: date


class Entry(Structure):
    """Anything in a pack that has an id.

    What is not confirmed is shown to professionals with a mark and never to the public. `exact_match`
    has the ids of the same idea in another standard; `reviewed` the languages that a person has read.
    What a pack must state beyond this, `checks` asks: releases of before keep to the fewer words of then.
    """

    id: Id
    source: tuple[ReferenceId, ...] = ()
    confirmed: bool = True
    exact_match: tuple[Annotated[str, Refers("codes")], ...] = ()
    reviewed: tuple[Review, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(
                "valid_until ligt voor valid_from|valid_until lies before valid_from"
                "|verbeter een van de twee dagen|mend one of the two days"
            )
        return self

    def valid_on(self, day: date) -> bool:
        """Tell whether the entry holds on `day`; both ends are included."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_until is None or day <= self.valid_until)

    def reviewed_in(self, language: str) -> bool:
        """Tell whether a person has read the entry in `language`; Dutch is the source and needs none."""
        return language == SOURCE_LANGUAGE or any(review.language == language for review in self.reviewed)


class Asked(Structure):
    """How somebody came to know that an entry is right: who rang or asked, whom, and on which day."""

    asked_by: str = Field(min_length=3, max_length=120)
    asked_whom: str = Field(min_length=3, max_length=120)
    asked_on: date


class Fact(Entry):
    """An entry that states something about the world: it always has a source and says if it is confirmed.

    Who confirms it in the editor says in `asked` how they know; what was confirmed before then has none.
    """

    source: tuple[ReferenceId, ...] = Field(min_length=1)
    confirmed: bool
    asked: Asked | None = None


class Entries[EntryType: Entry](RootModel[tuple[EntryType, ...]]):
    """The entries of one kind, in the order of the pack, found by id."""

    model_config = ConfigDict(frozen=True)

    @cached_property
    def _by_id(self) -> dict[str, EntryType]:
        return {entry.id: entry for entry in self.root}

    def __iter__(self) -> Iterator[EntryType]:  # type: ignore[override]  # pydantic iterates over fields
        return iter(self.root)

    def __len__(self) -> int:
        return len(self.root)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._by_id

    def __getitem__(self, entry_id: str) -> EntryType:
        try:
            return self._by_id[entry_id]
        except KeyError:
            raise UnknownEntry(entry_id) from None

    def get(self, entry_id: str) -> EntryType | None:
        """Return the entry with this id, or None."""
        return self._by_id.get(entry_id)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order of the pack."""
        return tuple(entry.id for entry in self.root)

    def named(self, entry_ids: tuple[str, ...]) -> tuple[EntryType, ...]:
        """Return the entries with these ids, in the order asked."""
        return tuple(self[entry_id] for entry_id in entry_ids)
