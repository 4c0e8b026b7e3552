"""Being away: oneself, or a colleague for the manager; and the deputy of those days."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import grants
from sluitend.journeys.administration.actions.closing import as_system, return_work
from sluitend.journeys.administration.actions.grants import NotAllowed, yesterday
from sluitend.journeys.administration.jobs import tell_person
from sluitend.journeys.administration.journey import ABSENCE_COLLEAGUE, ACTIVITY
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations import absence as queries
from sluitend.kernel.organisations.absence import AbsenceView
from sluitend.kernel.organisations.models import STANDS_IN, Absence, Membership
from sluitend.kernel.organisations.queries import colleagues, memberships

LONGEST = timedelta(days=366)


class NoStandIn(Exception):
    """Whoever was named may not stand in on these days."""


def enter_own(*, first: date, last: date, deputy_id: UUID | None, actor: Actor) -> None:
    """Write down that one is away oneself, wherever one works; the deputy is for where one acts now."""
    require_role(actor, OWN_ACCOUNT)
    if deputy_id and not actor.roles.intersection(STANDS_IN):
        raise DomainError(_("Kies geen vervanger: uw rol vraagt er geen."), "deputy")
    _enter(actor.own_account, first, last, deputy_id, actor)
    for organisation_id in _elsewhere(actor):
        if not queries.overlaps(actor.own_account, organisation_id=organisation_id, first=first, last=last):
            write_down(
                actor.own_account,
                organisation_id=organisation_id,
                first=first,
                last=last,
                deputy_id=None,
                by=actor.own_account,
            )
            with as_system(organisation_id, actor):
                _note(actor, "absence.entered", ("account", actor.own_account), organisation_id)
            _return_now(actor.own_account, organisation_id, first, actor)


def _return_now(account_id: UUID, organisation_id: UUID, first: date, actor: Actor) -> None:
    """Give back at once what nobody will look at. What begins later goes back by itself that day."""
    if first <= timezone.localdate():
        return_work(account_id, organisation_id, actor, comes_back=True)


def _elsewhere(actor: Actor) -> set[UUID]:
    held = memberships(actor.own_account)
    return {each.organisation_id for each in held if each.home_id is None} - {actor.own_organisation}


def enter_for(account_id: UUID, *, first: date, last: date, deputy_id: UUID | None, actor: Actor) -> None:
    """Write down that a colleague is away: the manager does so for somebody who is ill."""
    require_role(actor, ABSENCE_COLLEAGUE)
    people = {each.account_id: each for each in colleagues(actor.own_organisation)}
    if account_id not in people:
        raise Absent
    _enter(account_id, first, last, deputy_id, actor)


def _enter(account_id: UUID, first: date, last: date, deputy_id: UUID | None, actor: Actor) -> None:
    own = actor.own_organisation
    if last < first:
        raise DomainError(_("De laatste dag ligt voor de eerste. Draai ze om."), "last")
    if last < timezone.localdate():
        raise DomainError(_("Deze dagen zijn al voorbij. Kies vandaag of later."), "last")
    if last - first > LONGEST:
        raise DomainError(_("Kies ten hoogste een jaar. Is iemand weg, draag dan over."), "last")
    if queries.overlaps(account_id, organisation_id=own, first=first, last=last):
        raise DomainError(_("Een deel van deze dagen staat er al. Haal die eerst weg."), "first")
    if deputy_id == account_id:
        raise DomainError(_("Kies iemand anders als vervanger."), "deputy")
    try:
        stand_in = write_down(
            account_id,
            organisation_id=own,
            first=first,
            last=last,
            deputy_id=deputy_id,
            by=actor.own_account,
        )
    except (NoStandIn, NotAllowed) as error:
        raise DomainError(
            _(
                "Deze vervanger kan niet op al deze dagen. De afspraak tussen de gemeenten, of de eigen rol "
                "van de vervanger, geldt dan niet."
            ),
            "deputy",
        ) from error
    _note(actor, "absence.entered", ("account", account_id))
    if stand_in and deputy_id:
        _note(actor, "account.stand_in", ("account", deputy_id))
        after_commit(tell_person, deputy_id)
    if deputy_id is None or stand_in:  # who stands in from elsewhere reads nothing before they accept it
        _return_now(account_id, own, first, actor)


def write_down(
    account_id: UUID, *, organisation_id: UUID, first: date, last: date, deputy_id: UUID | None, by: UUID
) -> UUID | None:
    """Write down that somebody is away. Returns the role that a deputy of another municipality got for it.

    Whoever agreed for that municipality is the second person to the one who names the deputy. It works once
    the deputy accepted it.

    Raises:
        NoStandIn: the deputy works neither here nor in a pool that holds on all these days, or their own role
            ends before the last.
    """
    stand_in = None
    if deputy_id and not _works_here(deputy_id, organisation_id):
        stand_in = grants.stand_in(deputy_id, first=first, last=last, by=by)
        if stand_in is None:
            raise NoStandIn
    Absence.objects.create(
        account_id=account_id,
        organisation_id=organisation_id,
        first=first,
        last=last,
        deputy_id=deputy_id,
        stand_in_id=stand_in,
    )
    return stand_in


def _works_here(account_id: UUID, organisation_id: UUID) -> bool:
    # A stand-in of now need not be one on those days.
    rows = Membership.objects.at_work().filter(account_id=account_id)
    return rows.filter(organisation_id=organisation_id, role__in=STANDS_IN, home__isnull=True).exists()


def end(absence_id: UUID, *, actor: Actor) -> None:
    """Let somebody be back: oneself, or a colleague for the manager. A stand-in ends with it."""
    found = _seen(absence_id, actor)
    if stand_in := queries.stand_in_of(absence_id):
        return_work(stand_in, actor.own_organisation, actor)
    _bring_forward(absence_id)
    _note(actor, "absence.ended", ("account", found.account_id))


def _bring_forward(absence_id: UUID) -> None:
    """Let somebody be back today; what a stand-in got for it ended yesterday."""
    row = Absence.objects.get(pk=absence_id)
    if row.stand_in_id:
        grants.end_membership(row.stand_in_id, until=yesterday())
    if row.first > yesterday():
        row.delete()
        return
    row.last = yesterday()
    row.save(update_fields=["last"])


def _seen(absence_id: UUID, actor: Actor) -> AbsenceView:
    require_role(actor, OWN_ACCOUNT)
    found = queries.absence(absence_id, organisation_id=actor.own_organisation)
    if found is None:
        raise Absent
    if found.account_id != actor.account_id:
        require_role(actor, ABSENCE_COLLEAGUE)
    return found


def _note(actor: Actor, action: str, subject: tuple[str, UUID], organisation_id: UUID | None = None) -> None:
    record(actor=actor, action=action, subject=subject, activity=ACTIVITY, organisation_id=organisation_id)
