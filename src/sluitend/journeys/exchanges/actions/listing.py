"""What an organisation says of itself in the directory."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.journey import DIRECTORY_CONFIRM
from sluitend.journeys.exchanges.models import ACTIVITY, DirectoryEntry, DirectoryPerson
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Role

NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{5,38}", re.ASCII)


def confirm_entry(*, actor: Actor) -> None:
    """Say that what the directory tells of the actor's organisation is right today."""
    require_role(actor, DIRECTORY_CONFIRM)
    DirectoryEntry.objects.update_or_create(
        organisation_id=actor.own_organisation,
        defaults={"confirmed_on": timezone.localdate(), "confirmed_by_id": actor.own_account},
    )
    record(actor=actor, action=DIRECTORY_CONFIRM, activity=ACTIVITY)


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
