"""Ids of the handbook in words, for who reads them now."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.visits import terms
from sluitend.journeys.visits.models import Consultation, WaitRequest
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.organisations.queries import organisation, organisation_names
from sluitend.kernel.organisations.reading import towns


def asker(row: WaitRequest) -> str:
    """Return who asked to wait: a partner, or the municipality itself."""
    return askers([row])[row.pk]


def askers(rows: Sequence[WaitRequest]) -> dict[UUID, str]:
    """Return who asked to wait, by the key of each request; one statement at most, whatever the number."""
    partners = terms.pack().partners
    own = {row.organisation_id for row in rows if row.partner not in partners}
    names = organisation_names(own)
    return {
        row.pk: shown(partners[row.partner].label)
        if row.partner in partners
        else names.get(row.organisation_id, row.partner)
        for row in rows
    }


def switchboard(row: WaitRequest) -> str:
    """Return the public number of who asked, beside the one that they gave; empty when it is not known."""
    asker_id = row.asker_id or (None if row.partner else row.organisation_id)
    found = organisation(asker_id) if asker_id else None
    return found.telephone if found else ""


def reason(list_id: str, reason_id: str) -> str:
    """Return a prepared reason in words; what is no longer in the handbook stays as it was kept."""
    found = terms.pack().reason_list(list_id).reason(reason_id)
    return shown(found.label) if found else reason_id


def partners() -> list[tuple[str, str]]:
    """Return who may ask to wait, as choices."""
    return [(each, shown(terms.pack().partners[each].label)) for each in terms.askers()]


def partner_names() -> list[tuple[str, str]]:
    """Return every partner of the handbook by its name."""
    return [(each.id, shown(each.label)) for each in terms.pack().partners]


def municipalities() -> list[tuple[str, str]]:
    """Return the municipalities where somebody reads, as choices."""
    return [(str(each.id), each.name) for each in towns() if each.reads]


def silent() -> str:
    """Say which municipalities are not offered, and whom to call there."""
    names = [
        f"{each.name} ({each.telephone})" if each.telephone else each.name
        for each in towns()
        if not each.reads
    ]
    return (
        _("Hier werken nog niet mee, bel daarheen: %(names)s.") % {"names": ", ".join(names)} if names else ""
    )


def outcome(row: Consultation) -> str:
    """Return what came out of a consultation."""
    return str(Consultation.Outcome(row.outcome).label)
