"""What an organisation says of itself in the directory, and who is asked each half year if it is right."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.journey import (
    CHECK_SILENT,
    CONFIRM_ENTRY,
    DIRECTORY_CHECK,
    DIRECTORY_CONFIRM,
)
from sluitend.journeys.exchanges.listed import asked_from, holds_until
from sluitend.journeys.exchanges.models import ACTIVITY, DirectoryEntry, DirectoryPerson
from sluitend.journeys.exchanges.queries.addressees import ANSWERS_FOR
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.followup.actions import finish_open, keep_beside, settle
from sluitend.kernel.followup.deadlines import add_working_days, end_of
from sluitend.kernel.followup.journey import OFFICE
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Membership, Organisation, Role

NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{5,38}", re.ASCII)
DAYS_TO_ANSWER = 10
"""Working days that somebody has from the day on which they are asked."""
ASKED_OF = {
    Organisation.Kind.MUNICIPALITY: (CONFIRM_ENTRY, Role.FOCAL_POINT),
    Organisation.Kind.PARTNER: (CONFIRM_ENTRY, Role.PARTNER),
    Organisation.Kind.REGION: (CHECK_SILENT, Role.REGIONAL_COORDINATOR),
}
"""Which step it is at an organisation of a kind, and whose."""


@dataclass(frozen=True)
class _Office:
    """An organisation as the subject of a step of its own."""

    id: UUID

    @property
    def organisation_id(self) -> UUID:
        """Whose it is."""
        return self.id


def confirm_entry(*, actor: Actor) -> None:
    """Say that what the directory tells of the actor's organisation is right today: who was asked is done."""
    require_role(actor, DIRECTORY_CONFIRM)
    _confirm(CONFIRM_ENTRY, actor)
    record(actor=actor, action=DIRECTORY_CONFIRM, activity=ACTIVITY)


def check_silent(*, actor: Actor) -> None:
    """Say, for the region, that somebody looked at the numbers of organisations where nobody works."""
    require_role(actor, DIRECTORY_CHECK)
    _confirm(CHECK_SILENT, actor)
    record(actor=actor, action=DIRECTORY_CHECK, activity=ACTIVITY)


def ask_to_confirm(actor: Actor, today: date | None = None) -> bool:
    """Ask who stands in the directory for the actor's organisation whether it is right; twice asks once.

    Where nobody stands in it, the region is asked about all of those together. What was asked ends by itself
    when it is nobody's to answer any more.

    Returns:
        Whether somebody is asked now who was not asked yet.
    """
    day = today or timezone.localdate()
    # Two workers at once would both find that nobody was asked.
    own = Organisation.objects.select_for_update(no_key=True).get(pk=actor.own_organisation)
    what, role = ASKED_OF[Organisation.Kind(own.kind)]
    confirmed = DirectoryEntry.objects.filter(organisation_id=own.id).values_list("confirmed_on", flat=True)
    last = confirmed.first()
    asked = NextStep.objects.filter(
        organisation_id=own.id, subject_id=own.id, what=what, done__isnull=True
    ).exists()
    wanted = day >= asked_from(last) and _concerns(own)
    if asked == wanted:
        return False
    due = end_of(max(holds_until(last), add_working_days(day, DAYS_TO_ANSWER)))
    keep_beside(
        row=_Office(own.id),
        subject_kind=OFFICE,
        what=what,
        moments=[due] if wanted else [],
        actor=actor,
        owner_role=role,
    )
    settle()
    return wanted


def _confirm(what: StepKind, actor: Actor) -> None:
    DirectoryEntry.objects.update_or_create(
        organisation_id=actor.own_organisation,
        defaults={"confirmed_on": timezone.localdate(), "confirmed_by_id": actor.own_account},
    )
    finish_open(subject_id=actor.own_organisation, actor=actor, what=what)
    settle()


def _concerns(own: Organisation) -> bool:
    """Tell whether somebody stands in the directory here; of the region, whether nobody does somewhere."""
    with_somebody = {
        kind: Membership.objects.at_work().filter(role__in=roles).values("organisation_id")
        for kind, roles in ANSWERS_FOR.items()
    }
    if own.kind == Organisation.Kind.REGION:
        return any(
            Organisation.objects.filter(kind=kind).exclude(pk__in=those).exists()
            for kind, those in with_somebody.items()
        )
    return with_somebody[Organisation.Kind(own.kind)].filter(organisation_id=own.id).exists()


def show_number(*, telephone: str, actor: Actor) -> None:
    """Show a number of one's own in the directory, or with an empty one only that of the organisation.

    Raises:
        Refused: only focal points and deputies stand in the directory by name.
        DomainError: this is no telephone number.
    """
    require_role(actor, DIRECTORY_CONFIRM)
    if not actor.roles & {Role.FOCAL_POINT, Role.DEPUTY}:
        raise Refused
    number = telephone.strip()
    mine = DirectoryPerson.objects.filter(
        organisation_id=actor.own_organisation, account_id=actor.own_account
    )
    if not number:
        mine.delete()
    elif NUMBER.fullmatch(number):
        DirectoryPerson.objects.update_or_create(
            organisation_id=actor.own_organisation,
            account_id=actor.own_account,
            defaults={"telephone": number},
        )
    else:
        raise DomainError(
            _("Dit is geen telefoonnummer dat wij herkennen. Schrijf het met 10 cijfers."), "telephone"
        )
    record(actor=actor, action=DIRECTORY_CONFIRM, activity=ACTIVITY, purpose="number")
