"""In which municipality somebody reads: connected, covered under an agreement, or neither."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connection

type How = Literal["connected", "covered", ""]


@dataclass(frozen=True)
class Town:
    """A municipality, and who reads what comes in there.

    Attributes:
        how: `connected` when a focal point and a deputy of its own have signed in; `covered` when others
            stand in under an agreement and have signed in; empty when nobody reads.
    """

    id: UUID
    code: str
    name: str
    telephone: str
    how: How

    @property
    def reads(self) -> bool:
        """Whether somebody reads."""
        return bool(self.how)


def towns() -> list[Town]:
    """Return every municipality by name. One statement, which the public pages may ask too."""
    return _towns(None)


def town(organisation_id: UUID) -> Town | None:
    """Return one municipality; None for what is none."""
    return next(iter(_towns(organisation_id)), None)


def town_with(code: str) -> Town | None:
    """Return the municipality with this code, and who reads there; one statement for both."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT found.organisation, found.code, found.name, found.telephone, found.how"
            " FROM organisations_organisation own, organisations_reading(own.id) found WHERE own.code = %s",
            [code],
        )
        row = cursor.fetchone()
        return Town(*row) if row else None


def _towns(only_in: UUID | None) -> list[Town]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation, code, name, telephone, how FROM organisations_reading(%s)", [only_in]
        )
        return [Town(*row) for row in cursor.fetchall()]


def reading() -> set[UUID]:
    """Return the municipalities where somebody reads."""
    return {each.id for each in towns() if each.reads}
