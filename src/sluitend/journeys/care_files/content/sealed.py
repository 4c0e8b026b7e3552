"""Texts that are sealed as JSON, and days in them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Sealed:
    """Texts that are sealed as JSON. Empty ones are left out."""

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Return it again; what is not known any more is skipped."""
        given = values if isinstance(values, dict) else {}
        return cls(**{each.name: str(given.get(each.name, "")) for each in fields(cls)})


def day_of(text: str) -> date | None:
    """Return the day that a text says, or None."""
    return date.fromisoformat(text) if text else None


def many(rows: Iterable[Sealed]) -> list[dict[str, Any]]:
    """Return several as they are sealed."""
    return [each.to_json() for each in rows]
