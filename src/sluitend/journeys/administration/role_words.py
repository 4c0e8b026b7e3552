"""What changed lately in who may do what, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.administration.queries.roles import RoleRow


@dataclass(frozen=True)
class Change:
    """Something that happened to a role on a day."""

    day: date
    words: str


def changes(rows: Iterable[RoleRow], *, since: date, today: date) -> list[Change]:
    """Return what happened to these roles since a day, the newest first."""
    found = [each for row in rows for each in _of(row) if since <= each.day < today or each.day == today]
    return sorted(found, key=lambda each: each.day, reverse=True)


def _of(row: RoleRow) -> Iterator[Change]:
    shown = {"name": row.name, "role": row.role_words, "by": row.offered_by, "second": row.confirmed_by}
    if row.offered_on and row.offered_by:
        yield Change(row.offered_on, _("%(by)s bood %(name)s de rol %(role)s aan") % shown)
    if row.longer_on and row.longer_by:
        longer = {**shown, "by": row.longer_by}
        yield Change(row.longer_on, _("%(by)s bood %(name)s de rol %(role)s voor langer aan") % longer)
    if row.confirmed_on and row.confirmed_by:
        yield Change(row.confirmed_on, _("%(second)s bevestigde %(name)s als %(role)s") % shown)
    if row.accepted_on and row.accepted_on != row.offered_on:
        yield Change(row.accepted_on, _("%(name)s nam de rol %(role)s aan") % shown)
    if row.until:
        yield Change(row.until, _("Laatste dag van %(name)s als %(role)s") % shown)
