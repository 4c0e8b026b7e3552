"""Reading beforehand what every page needs, so that nobody waits for it with a connection in hand."""

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from sluitend.kernel.access.acting import intake_role
from sluitend.kernel.handbook.queries import NoRelease, current_release
from sluitend.surfaces.handbook.findable import index_of
from sluitend.surfaces.sender import doors


def warm_up() -> None:
    """Read the handbook once. A database that is away is no reason not to start: pages tell that.

    Left to the first visitors, a process with a few connections gives those to people who all read the same,
    and whoever comes after them waits for a connection until that is refused.
    """
    try:
        number = current_release().number
        for language, _name in settings.LANGUAGES:
            index_of(number, language)
        with transaction.atomic(), intake_role():  # a page that may ask nothing says whose it is all the same
            doors()
    except (DatabaseError, NoRelease):
        pass
    finally:
        if not connection.in_atomic_block:  # within another transaction, as a test has, it is not ours
            connection.close()
