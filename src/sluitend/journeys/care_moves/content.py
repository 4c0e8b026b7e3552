"""What goes along with a client, as it is sealed: to be read, and for the program of who takes over."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

NAMES = ("stop_until", "sender", "organisation", "telephone")
"""What of it is one text each."""


@dataclass(frozen=True)
class Part:
    """One thing that goes along, under its own title."""

    title: str
    text: str


@dataclass(frozen=True)
class Moved:
    """All that the person agreed to.

    Attributes:
        parts: what goes, in words.
        person, rules, whole, age: the same as a care file keeps it.
        stop_until: before this day nobody makes contact, whoever has the client by then.
        sender: whoever sent it; `organisation` and `telephone` of where they work.
    """

    parts: tuple[Part, ...]
    person: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[Mapping[str, Any]] = ()
    whole: Sequence[Mapping[str, Any]] = ()
    age: Mapping[str, str] = field(default_factory=dict)
    stop_until: str = ""
    sender: str = ""
    organisation: str = ""
    telephone: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """What a care file is made of, to be compared: without words, or who sent it."""
        return {
            "person": dict(self.person),
            "rules": [dict(each) for each in self.rules],
            "whole": [dict(each) for each in self.whole],
            "age": dict(self.age),
            "stop_until": self.stop_until,
        }

    def to_json(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Return it again."""
        parts = tuple(Part(str(each["title"]), str(each["text"])) for each in given.get("parts", ()))
        texts = {name: str(given.get(name, "")) for name in NAMES}
        person, age = _texts(given.get("person")), _texts(given.get("age"))
        return cls(parts, person, tuple(given.get("rules", ())), tuple(given.get("whole", ())), age, **texts)


def _texts(given: Mapping[str, Any] | None) -> dict[str, str]:
    return {str(name): str(value) for name, value in (given or {}).items()}
