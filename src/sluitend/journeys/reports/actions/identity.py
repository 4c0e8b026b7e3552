"""Who reported: a separate envelope, opened with a reason, and logged by itself."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.reports.actions.handling import load
from sluitend.journeys.reports.content import ACTIVITY, IdentityContent
from sluitend.journeys.reports.journey import REPORT_IDENTITY
from sluitend.journeys.reports.models import Anonymity, ReporterIdentity
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.sealing.envelopes import open_envelope

REASONS = {
    "vraag": gettext_lazy("Ik wil de melder bellen met een vraag"),
    "veiligheid": gettext_lazy("Het gaat om de veiligheid van iemand"),
    "terugkoppeling": gettext_lazy("Ik wil vertellen wat er is gedaan"),
    "rechter": gettext_lazy("Een rechter of officier vraagt het"),
}
"""Why somebody may want to know; the code is the purpose in the ledger."""


@dataclass(frozen=True)
class IdentityView:
    """Who reported, and what was promised about the name."""

    name: str
    phone: str
    mail: str
    organisation: str
    function: str
    confidential: bool


def open_identity(report_id: UUID, *, reason: str, actor: Actor) -> IdentityView | None:
    """Open who reported. Logged with its reason, and by itself.

    Args:
        report_id: which.
        reason: a key of `REASONS`.
        actor: the focal point or deputy.

    Returns:
        The reporter, or None for whoever reported without a name.

    Raises:
        DomainError: without a reason.
    """
    row = load(report_id, actor, REPORT_IDENTITY).row
    if reason not in REASONS:
        raise DomainError(_("Kies waarom u de naam wilt zien."), "reason")
    identity = ReporterIdentity.objects.filter(
        report_id=row.id, organisation_id=actor.own_organisation
    ).first()
    record(
        actor=actor,
        action=REPORT_IDENTITY,
        subject=("report", row.id),
        activity=ACTIVITY,
        purpose=reason,
    )
    if identity is None:
        return None
    envelope = open_envelope(identity.envelope_id, actor=actor, purpose=REPORT_IDENTITY)
    content = IdentityContent.from_json(envelope.read(identity, "content"))
    return IdentityView(
        name=content.name,
        phone=content.phone,
        mail=content.mail,
        organisation=content.organisation,
        function=content.function,
        confidential=row.anonymity == Anonymity.CONFIDENTIAL,
    )
