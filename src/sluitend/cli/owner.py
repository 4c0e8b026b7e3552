"""Commands that must see every row: they sign in as the owner of the tables, or do nothing."""

import contextlib
from collections.abc import Iterator

from sluitend.cli import environment
from sluitend.cli.errors import CommandError

HIDDEN = """
SELECT count(*) FILTER (WHERE row_security_active(oid)), count(*)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity
"""


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Set Django up as the owner of the tables, from whom the policies hide nothing.

    Raises:
        CommandError: this role does not see every row. To it a ledger with a hole looks whole, and a key on
            which seals stand looks free.
    """
    with environment.django("SLUITEND_OWNER_URL"):
        require_full_view()
        yield


def require_full_view() -> None:
    """Refuse a role for which a policy hides rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(HIDDEN)
        hidden, guarded = cursor.fetchone()
    if not guarded:
        raise CommandError("De database heeft nog geen tabellen. Draai eerst `sluitend migrate`.")
    if hidden:
        raise CommandError(
            "Deze rol ziet niet alle rijen. Zet in SLUITEND_OWNER_URL het adres van de database als sl_owner."
        )
