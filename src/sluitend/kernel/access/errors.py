"""What may go wrong in an action, in words for the person who tried."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sluitend.kernel.access.scope import current_scope

if TYPE_CHECKING:
    from django.db.models import Model


class DomainError(Exception):
    """An action that cannot be done as asked.

    The message is shown to the person, beside `field` when that is known.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def barred(message: str, field: str | None = None) -> DomainError:
    """Return what to raise when another has to do this: it is said in words, and kept as a refusal."""
    if scope := current_scope():
        scope.barred = True
    return DomainError(message, field)


class Conflict(DomainError):
    """Somebody else was first. `about` is the row that they changed, where that is known."""

    def __init__(self) -> None:
        super().__init__(_("Iemand anders heeft dit net gewijzigd. Kijk eerst wat er nu staat."))
        self.about: tuple[type[Model], UUID] | None = None


class Held(DomainError):
    """Somebody else has it in hand at this very moment. Nothing was done, and it passes by itself."""

    def __init__(self) -> None:
        super().__init__(_("Iemand anders is hier nu mee bezig. Wacht even en probeer het opnieuw."))


class Again(Exception):
    """Nothing was done yet, and doing all of it once more will do. No person ever reads this.

    What failed may not have had a savepoint: one costs two trips to the database, and hardly anybody needs
    it. The next try has one.
    """


class Refused(PermissionDenied):
    """This person may not do this. On the screen it looks the same as a page that does not exist."""


class Absent(Refused):
    """Nothing of this name is here for whoever asks. Absent and forbidden look alike."""
