"""Writing a row whose code may be taken by somebody whom the writer cannot see."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from sluitend.kernel.access.errors import Conflict

TRIES = 5


def with_free_code[Row](write: Callable[[], Row], *, constraint: str) -> Row:
    """Return what `write` wrote, written again as long as its code is taken.

    Two sides of a row each have codes of their own; the policies hide those of the other side from whoever
    writes, so only the database knows.

    Args:
        write: makes the row, with a new random code each time.
        constraint: part of the names of the constraints that guard the code.

    Raises:
        Conflict: no free code was found.
        IntegrityError: something else does not hold.
    """
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return write()
        except IntegrityError as error:
            if constraint not in str(error):
                raise
    raise Conflict
