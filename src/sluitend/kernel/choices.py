"""What code chooses itself, such as a state, stands in the text of a statement and is no value beside it.

The database plans a statement once, for any value that is given. Of an index of only what is new it knows
nothing then, unless the text itself says "new". Nobody types a member of an enumeration, and each has few: a
statement stays one of a handful. What somebody typed or chose is a text, and is given as before.
"""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models.lookups import Exact, In

if TYPE_CHECKING:
    OfText = Exact[str]
    OfTexts = In[str]
else:  # the stubs are generic, the classes are not
    OfText, OfTexts = Exact, In

PLACE = "%s"

WORD = re.compile(r"[a-z0-9_]*")
"""What needs no care between quotes: a kind of something, as all that is compared with in a question."""


def is_word(value: object) -> bool:
    """Whether a value can stand between quotes as it is."""
    return isinstance(value, str) and WORD.fullmatch(value) is not None


def is_chosen_by_code(value: object) -> bool:
    """Whether a value is of an enumeration, or nothing at all: no other is the same each time."""
    return is_word(value) and (isinstance(value, Enum) or value == "")


def in_text(
    text: str, values: Sequence[Any], stands: Callable[[object], bool]
) -> tuple[str, tuple[Any, ...]]:
    """Return a piece of SQL with some of its values in it, and what is given beside it.

    Args:
        text: with a place for each value.
        values: in order.
        stands: says which stand in the text; each must be a word.
    """
    first, *rest = text.split(PLACE)
    places = [f"'{str.__str__(value)}'" if stands(value) else PLACE for value in values]
    made = first + "".join(place + after for place, after in zip(places, rest, strict=True))
    return made, tuple(value for value in values if not stands(value))


class Is(OfText):
    """Equal to a word of ours, or to what is given."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Put a word of ours in the text."""
        text, values = super().process_rhs(compiler, connection)
        return in_text(text, values, is_chosen_by_code) if self.rhs_is_direct_value() else (text, values)


class IsAnyOf(OfTexts):
    """One of our words, or of what is given."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Put words of ours in the text."""
        text, values = super().process_rhs(compiler, connection)
        return in_text(text, values, is_chosen_by_code) if self.rhs_is_direct_value() else (text, values)
