"""What is shared and what is answered, as it is sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Part:
    """One thing that is told, under its own title."""

    title: str
    text: str


@dataclass(frozen=True)
class Anew:
    """How to make contact, since that changed after it was told. `seen` is the day on which it was read.

    By `id` whoever reads it says which words they saw: it may change on the same day.
    """

    title: str
    text: str
    on: str
    seen: str = ""
    id: str = ""

    @property
    def on_day(self) -> date:
        """The day from which it holds."""
        return date.fromisoformat(self.on)

    @property
    def waits(self) -> bool:
        """Whether whoever receives it has still to read it."""
        return not self.seen

    @classmethod
    def from_json(cls, given: Mapping[str, Any] | None) -> Self | None:
        """Return it, or None where nothing changed."""
        names = ("title", "text", "on", "seen", "id")
        return cls(**{name: str(given.get(name, "")) for name in names}) if given else None


@dataclass(frozen=True)
class Told:
    """All that the other organisation gets to read.

    Attributes:
        task: id of a task of the handbook, where something is asked of a municipality.
        parts: what was chosen to be told.
        until: the last day of the agreement.
        against: the ground, where the person did not say yes.
        sender: whoever shared it; `telephone` of their organisation, for what cannot be written.
    """

    parts: tuple[Part, ...]
    until: str
    task: str = ""
    against: str = ""
    sender: str = ""
    telephone: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Return it again."""
        parts = tuple(Part(str(each["title"]), str(each["text"])) for each in given.get("parts", ()))
        names = ("until", "task", "against", "sender", "telephone")
        return cls(parts=parts, **{name: str(given.get(name, "")) for name in names})


@dataclass(frozen=True)
class Reply:
    """An answer of the handbook: on which day, and for which day where one was asked for."""

    id: str
    on: str
    until: str = ""
    reason: str = ""

    @property
    def day(self) -> date | None:
        """The day that was chosen with it."""
        return date.fromisoformat(self.until) if self.until else None


def replies_of(found: Sequence[Mapping[str, Any]] | None) -> tuple[Reply, ...]:
    """Return what was answered, in its order."""
    names = ("id", "on", "until", "reason")
    return tuple(Reply(**{name: str(each.get(name, "")) for name in names}) for each in found or ())
