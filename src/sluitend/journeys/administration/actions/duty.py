"""Who is on call after hours and in the weekend: put in the list, and taken out of it."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.administration.journey import ACTIVITY, DUTY
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup.duty import duties, duty_day
from sluitend.kernel.followup.models import OnCall
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.queries import colleagues

LONGEST = timedelta(days=31)


def put_on_call(account_id: UUID, *, first: date, last: date, telephone: str, actor: Actor) -> None:
    """Put a colleague in the list of who is on call, with the number of the duty.

    Raises:
        Absent: there is no such colleague.
        DomainError: the days cannot be so, or this colleague has them already.
    """
    require_role(actor, DUTY)
    own = actor.own_organisation
    if account_id not in {each.account_id for each in colleagues(own)}:
        raise Absent
    if last < first:
        raise DomainError(_("De laatste dag ligt voor de eerste. Draai ze om."), "last")
    if last < duty_day(timezone.now()):
        raise DomainError(_("Deze dagen zijn al voorbij. Kies vandaag of later."), "last")
    if last - first > LONGEST:
        raise DomainError(_("Kies ten hoogste een maand. Zet daarna een nieuwe dienst in de lijst."), "last")
    if any(each.account_id == account_id for each in duties(own, first=first, last=last)):
        raise DomainError(_("Een deel van deze dagen staat er al. Haal die eerst weg."), "first")
    OnCall.objects.create(
        organisation_id=own, account_id=account_id, first=first, last=last, telephone=telephone
    )
    record(actor=actor, action="duty.set", subject=("account", account_id), activity=ACTIVITY)


def take_off_call(duty_id: UUID, *, actor: Actor) -> None:
    """Take a duty out of the list.

    Raises:
        Absent: there is none in the actor's organisation.
    """
    require_role(actor, DUTY)
    row = OnCall.objects.filter(pk=duty_id, organisation_id=actor.own_organisation).first()
    if row is None:
        raise Absent
    row.delete()
    record(actor=actor, action="duty.removed", subject=("account", row.account_id), activity=ACTIVITY)
