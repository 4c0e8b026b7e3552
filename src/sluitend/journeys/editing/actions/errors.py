"""What may go wrong with a draft, beside what goes wrong anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.handbook.problems import PackInvalid


class ChangedMeanwhile(DomainError):
    """Somebody else saved the same entry since this person looked. What they made of it comes along."""

    def __init__(self, content: dict[str, Any] | None, version: int, by: str, at: datetime) -> None:
        super().__init__(_("Iemand anders heeft dit net gewijzigd. Kies wat er moet staan."))
        self.content, self.version, self.by, self.at = content, version, by, at


class NoDraft(DomainError):
    """There is no draft to change."""


class OtherWasFirst(Conflict):
    """Somebody else began a draft or published just before; their name comes along."""

    def __init__(self, by: str) -> None:
        DomainError.__init__(self, _("%(name)s was net eerder. Kijk wat er nu staat.") % {"name": by})


class StaysBehind(DomainError):
    """Not all goes back: what is no list of the handbook is not edited here. Its parts come along."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__(
            _("Dit gaat niet mee terug: %(parts)s. Wie de server beheert, zet dat terug met het pakket.")
            % {"parts": ", ".join(parts)}
        )
        self.parts = parts


class NotRight(DomainError):
    """The entry, or the pack with it, has problems; they come along."""

    def __init__(self, error: PackInvalid) -> None:
        super().__init__(_("Dit klopt nog niet. Kijk wat er moet veranderen."))
        self.problems = error.problems
