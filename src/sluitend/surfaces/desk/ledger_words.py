"""Lines of the ledger in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.ledger.queries import EventView
from sluitend.kernel.ledger.verification import Finding, Kind
from sluitend.kernel.listing import SEARCH
from sluitend.kernel.manifest import lines
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import organisation_names

OPEN_FROM, OPEN_UNTIL = 7, 19

ACTIVITIES: Mapping[str, str | Promise] = {
    "meldingen": gettext_lazy("Meldingen behandelen"),
    "handreiking": gettext_lazy("Het handboek bijhouden"),
    "zorg": gettext_lazy("Hulp en opvang regelen"),
    "borging": gettext_lazy("Zorgen dat hulp geregeld blijft"),
    "contacten": gettext_lazy("Controles, bezoeken en brieven vrijgeven"),
    "casus": gettext_lazy("Casussen behandelen"),
    "doorzetten": gettext_lazy("Samenwerken met partners"),
    "uitwisselen": gettext_lazy("Uitwisselen met andere organisaties"),
    "opvang": gettext_lazy("Een plek zoeken om te slapen"),
    "opvolging": gettext_lazy("Zorgen dat niets blijft liggen"),
    "toegang": gettext_lazy("Toegang beheren"),
    "toezicht": gettext_lazy("Toezicht"),
    "logboek": gettext_lazy("Het logboek bijhouden"),
    "zoeken": gettext_lazy("Zoeken in wat iemand mag zien"),
}
FINDINGS: Mapping[Kind, str | Promise] = {
    Kind.CHANGED: gettext_lazy("Een regel is gewijzigd"),
    Kind.REMOVED: gettext_lazy("Een regel is verwijderd"),
    Kind.INSERTED: gettext_lazy("Een regel is van buiten toegevoegd"),
    Kind.RECOMPUTED: gettext_lazy("De keten is opnieuw berekend"),
    Kind.CUT_OFF: gettext_lazy("Het einde van het logboek ontbreekt"),
    Kind.UNLINKED: gettext_lazy("Een regel heeft nog geen plaats in de keten"),
    Kind.BAD_CHECKPOINT: gettext_lazy("Een controlepunt is niet echt"),
}


@dataclass(frozen=True)
class LineRow:
    """One line as the table shows it."""

    at: datetime
    who: str
    what: str
    about: str
    why: str
    refused: bool
    failed: bool
    after_hours: bool


def rows(events: Iterable[EventView], people: Mapping[UUID, str]) -> list[LineRow]:
    """Return lines in words."""
    found = list(events)
    homes = organisation_names(each.stands_in_from for each in found if each.stands_in_from)
    return [_row(event, people, homes) for event in found]


def _who(event: EventView, people: Mapping[UUID, str], homes: Mapping[UUID, str]) -> str:
    if event.account_id is None:
        return _("Het systeem, of iemand zonder account")
    name = people.get(event.account_id, _("Iemand"))
    if event.stands_in_from is None:
        return name
    home = homes.get(event.stands_in_from, "")
    return _("%(name)s, als vervanger vanuit %(home)s") % {"name": name, "home": home}


def _row(event: EventView, people: Mapping[UUID, str], homes: Mapping[UUID, str]) -> LineRow:
    return LineRow(
        at=event.at,
        who=_who(event, people, homes),
        what=_what(event),
        about=event.about,
        why=str(ACTIVITIES.get(event.activity, event.activity)),
        refused=event.outcome == Event.Outcome.REFUSED,
        failed=event.outcome == Event.Outcome.FAILED,
        after_hours=event.account_id is not None and outside_hours(event.at),
    )


def _what(event: EventView) -> str:
    if event.action.startswith("refused."):
        return _("Geen recht, of niet gevonden")
    if event.action.startswith("failed."):
        return _("Er ging iets mis aan onze kant")
    words = str(lines().get(event.action, event.action))
    # Of a role the ledger keeps which one.
    if event.action.startswith("account.") and event.purpose in Role.values:
        return f"{words}: {Role(event.purpose).label}"
    return _("%(what)s: hierin gezocht") % {"what": words} if event.purpose == SEARCH else words


def outside_hours(moment: datetime) -> bool:
    """Return whether this was in the night, in a weekend or on a holiday: worth a look, no proof."""
    local = timezone.localtime(moment)
    return not (is_working_day(local.date()) and OPEN_FROM <= local.hour < OPEN_UNTIL)


@dataclass(frozen=True)
class FindingRow:
    """What a check found."""

    what: str
    position: int | None
    until: int | None
    line: str


def findings(found: Iterable[Finding], organisation_id: UUID) -> list[FindingRow]:
    """Return what concerns this organisation; a false checkpoint concerns everybody."""
    return [
        FindingRow(
            str(FINDINGS[each.kind]),
            each.position,
            each.until,
            each.event_id.hex[:8] if each.event_id else "",
        )
        for each in found
        if each.organisation_id == organisation_id or each.kind is Kind.BAD_CHECKPOINT
    ]
