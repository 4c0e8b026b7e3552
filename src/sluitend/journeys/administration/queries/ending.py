"""Which roles end soon by their own date, so that nobody loses one because nobody thought of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sluitend.kernel.followup.alarms import ENDS_SOON
from sluitend.kernel.organisations.models import Membership, Role


@dataclass(frozen=True)
class Ending:
    """A role that ends soon, or was offered for longer."""

    id: UUID
    account_id: UUID
    name: str
    role_words: str
    until: date
    longer: bool
    """Whether it was offered for longer; that waits for a second person."""

    @property
    def days(self) -> int:
        """In how many days it ends: none on its last day."""
        return (self.until - timezone.localdate()).days


def ending(organisation_id: UUID) -> list[Ending]:
    """Return the roles here that end soon, the first first. One statement."""
    rows = Membership.objects.valid().filter(
        Q(until__lte=timezone.localdate() + ENDS_SOON) | Q(longer_on__isnull=False),
        organisation_id=organisation_id,
        agreement=None,
        account__is_active=True,
    )
    found = rows.select_related("account").order_by("until", "account__name", "role")
    return [
        Ending(
            row.pk,
            row.account_id,
            row.account.name,
            str(Role(row.role).label),
            row.until,
            row.longer_on is not None,
        )
        for row in found
        if row.until is not None
    ]
