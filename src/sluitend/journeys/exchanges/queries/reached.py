"""How people of a case are reached, as a transfer says it: as it was sent, and as it is by now."""

from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Transfer, TransferMessage
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope


def told_first(row: Transfer, actor: Actor) -> str | None:
    """Return in which words a transfer said it when it was sent; None where it does not say it."""
    content = open_envelope(row.envelope_id, actor=actor, purpose="transfer.message").read(row, "content")
    return next((each["text"] for each in content["parts"] if each["id"] == CONTACT), None)


def told_since(row: Transfer, envelope: OpenEnvelope) -> str | None:
    """Return how people are reached by now, where that changed after it was sent; empty for no safe way."""
    written = TransferMessage.objects.filter(transfer_id=row.id).order_by("-written", "-id")
    found = (envelope.read(each, "text") for each in written)
    return next((each["reach"] for each in found if "reach" in each), None)


def in_words(text: str) -> str:
    """Return it for who reads it: that there is no safe way is said too."""
    return text or _("Er is geen veilige manier bekend. Zoek geen contact en bel de andere gemeente.")
