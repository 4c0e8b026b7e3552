"""How the database finds what a statement asks, planned as for the desk: once, for any values."""

import re
from itertools import count

from django.db import connection


def for_any_values(statement: str) -> str:
    """Return the plan of a statement with places, as a query set or cursor sends it."""
    numbers = count(1)
    text = re.sub("%s", lambda _place: f"${next(numbers)}", statement).replace("%%", "%")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {text}")
        return "\n".join(line for (line,) in cursor.fetchall())
