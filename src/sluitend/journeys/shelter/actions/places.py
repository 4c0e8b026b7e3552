"""Where a place is: an envelope of its own, opened by a separate act with a reason, and destroyed in time."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.shelter.journey import SHELTER_ADDRESS
from sluitend.journeys.shelter.models import Search, SearchPlace
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.sealing.envelopes import create_envelope, destroy, open_envelope

REASONS = {
    "brengen": gettext_lazy("Ik breng iemand erheen, of haal iemand op"),
    "plek": gettext_lazy("Ik overleg met de opvang over deze plek"),
    "veiligheid": gettext_lazy("Het gaat om de veiligheid van iemand"),
}
"""Why somebody may want to know; the code is the purpose in the ledger."""


def open_address(*, code: str, reason: str, actor: Actor) -> str:
    """Return where the place of a search is. It is logged with its reason, by itself.

    Raises:
        Absent: there is no such search here, or its place has no address.
        DomainError: without a reason.
    """
    row = Search.objects.filter(organisation_id=actor.own_organisation, code=code).first()
    if row is None:
        raise Absent
    require(actor, SHELTER_ADDRESS, row.resource())
    if reason not in REASONS:
        raise DomainError(_("Kies waarom u het adres wilt zien."), "reason")
    place = SearchPlace.objects.filter(search=row).first()
    if place is None:
        raise Absent
    envelope = open_envelope(place.envelope_id, actor=actor, purpose=SHELTER_ADDRESS)
    note(row, actor, SHELTER_ADDRESS, reason)
    return str(envelope.read(place, "address")["text"])


def write_address(row: Search, address: str, actor: Actor) -> None:
    """Keep where a place is; what stood there before is gone, with its key."""
    forget_address(row)
    envelope = create_envelope(organisation_id=actor.own_organisation)
    place = SearchPlace(organisation_id=row.organisation_id, search=row, envelope_id=envelope.id)
    envelope.seal(place, "address", {"text": address})
    place.save(force_insert=True)


def forget_address(row: Search) -> bool:
    """Destroy the address of a place, and return whether there was one."""
    place = SearchPlace.objects.filter(search=row).first()
    if place is None:
        return False
    envelope_id = place.envelope_id
    place.delete()
    return destroy(envelope_id, why="moved")
