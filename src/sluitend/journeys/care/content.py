"""What somebody asks for another, as it is sealed: the answers by their fields, and what was promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from sluitend.journeys.care.promising import Promised
from sluitend.journeys.reports.actions import Sealed
from sluitend.kernel.handbook.requesting import RequestField, RequestKind

SEEN, ASKER_MAIL = "seen", "asker_mail"
PARTS: Mapping[RequestKind, tuple[str, ...]] = {
    RequestKind.SAFE_CONTACT: ("value", "days", "start", "end", "voicemail"),
    RequestKind.CONTACT: ("name", "organisation", "role", "phone", "mail", "when"),
}
"""What belongs to a field besides its own answer."""
BY_NUMBER = frozenset({"call", "text_message", "app"})
MOST_ANSWERS, LONGEST = 30, 4000
TEXTS = ("saw", "promise", "at", "number", "phone", "through", "reach", "moved_from")
"""What a request holds as one text each."""


def names_of(asked: RequestField) -> tuple[str, ...]:
    """Return under which names the answers to a field stand."""
    if asked.kind is RequestKind.COUNTS:
        return tuple(f"{asked.id}_{each.id}" for each in asked.options)
    if asked.kind is RequestKind.STATEMENT:
        return ()
    parts = tuple(f"{asked.id}_{part}" for part in PARTS.get(asked.kind, ()))
    return parts if asked.kind is RequestKind.CONTACT else (asked.id, *parts)


@dataclass(frozen=True)
class RequestContent(Sealed):
    """The request. `saw` is what was seen or heard; `at` the minute in which a hurried one came in.

    `phone` is the number of the person: by it two requests for one person find each other. `through` is the
    referral by which a municipality handed the person over, and `reach` how they are reached safely, as told.
    """

    saw: str = ""
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    promise: str = ""
    at: str = ""
    number: str = ""
    """Of who was on call, as the asker was told."""
    phone: str = ""
    through: str = ""
    reach: str = ""
    moved_from: str = ""
    """The care organisation from which the client came, where it began so: nobody asked by a code."""

    @property
    def read_by_code(self) -> bool:
        """Whether anybody has the code by which what is written to the asker is read."""
        return not (self.through or self.moved_from)

    @classmethod
    def of(cls, answers: Mapping[str, Sequence[str]], *, promise: Promised) -> Self:
        """Return it as it is filed."""
        rest = {name: [*values] for name, values in answers.items() if any(values) and name != SEEN}
        by_number = BY_NUMBER.intersection(rest.get("safe_contact", ()))
        return cls(
            saw=first(answers, SEEN),
            answers=rest,
            promise=promise.name,
            at=promise.at,
            number=promise.number,
            phone=first(rest, "safe_contact_value") if by_number else "",
        )

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        kept = {name: getattr(self, name) for name in TEXTS}
        return {"answers": dict(self.answers), **{name: value for name, value in kept.items() if value}}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again, whatever whoever took over the public process sealed in its place."""
        given = values if isinstance(values, dict) else {}
        found = given.get("answers")
        answers = {
            str(name)[:60]: [str(each)[:LONGEST] for each in many[:MOST_ANSWERS] if isinstance(each, str)]
            for name, many in (found.items() if isinstance(found, dict) else ())
            if isinstance(many, list)
        }
        texts = {name: given.get(name) for name in TEXTS}
        plain = {name: str(text)[:LONGEST] for name, text in texts.items() if isinstance(text, str)}
        return cls(answers=answers, **plain)


def first(answers: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the first answer under a name, or nothing."""
    return next(iter(answers.get(name, ())), "")


def told_first(told: Any, name: str) -> str:
    """Return the first answer under a name of what is sealed: a row of a list needs no more of it."""
    answers = told.get("answers") if isinstance(told, dict) else None
    many = answers.get(name) if isinstance(answers, dict) else None
    texts = (each for each in (many if isinstance(many, list) else ()) if isinstance(each, str))
    return next(texts, "")[:LONGEST]
