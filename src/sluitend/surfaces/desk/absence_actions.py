"""Being away, standing in, and the agreements under which municipalities do so for each other."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.followup.journey import ABSENCE_COLLEAGUE
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import FOCAL
from sluitend.kernel.organisations import absence, queries
from sluitend.kernel.organisations.absence import AbsenceView, NoStandIn
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.organisations.roles import NotAllowed
from sluitend.surfaces.desk.closing import as_system, return_work, say_where_nobody_reads
from sluitend.surfaces.desk.jobs import ask_to_stand_in, tell_person
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE

ACTIVITY = "toegang"
LONGEST = timedelta(days=366)


def enter_own(*, first: date, last: date, deputy_id: UUID | None, actor: Actor) -> None:
    """Write down that one is away oneself, wherever one works; the deputy is for where one acts now."""
    require_role(actor, OWN_ACCOUNT)
    if deputy_id and not actor.roles & FOCAL:
        raise DomainError(_("Kies geen vervanger: uw rol vraagt er geen."), "deputy")
    _enter(actor.own_account, first, last, deputy_id, actor)
    for organisation_id in _elsewhere(actor):
        if not absence.overlaps(actor.own_account, organisation_id=organisation_id, first=first, last=last):
            absence.enter(
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
    held = queries.memberships(actor.own_account)
    return {each.organisation_id for each in held if each.home_id is None} - {actor.own_organisation}


def enter_for(account_id: UUID, *, first: date, last: date, deputy_id: UUID | None, actor: Actor) -> None:
    """Write down that a colleague is away: the manager does so for somebody who is ill."""
    require_role(actor, ABSENCE_COLLEAGUE)
    people = {each.account_id: each for each in queries.colleagues(actor.own_organisation)}
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
    if absence.overlaps(account_id, organisation_id=own, first=first, last=last):
        raise DomainError(_("Een deel van deze dagen staat er al. Haal die eerst weg."), "first")
    if deputy_id == account_id:
        raise DomainError(_("Kies iemand anders als vervanger."), "deputy")
    try:
        stand_in = absence.enter(
            account_id,
            organisation_id=own,
            first=first,
            last=last,
            deputy_id=deputy_id,
            by=actor.own_account,
        )
    except (NoStandIn, NotAllowed) as error:
        raise DomainError(
            _("Deze vervanger kan niet op al deze dagen. De afspraak tussen de gemeenten geldt dan niet."),
            "deputy",
        ) from error
    _note(actor, "absence.entered", ("account", account_id))
    if stand_in and deputy_id:
        _note(actor, "account.stand_in", ("account", deputy_id))
        after_commit(tell_person, deputy_id)
    if deputy_id is None or stand_in:  # who stands in from elsewhere reads nothing before they accept it
        _return_now(account_id, own, first, actor)


def end(absence_id: UUID, *, actor: Actor) -> None:
    """Let somebody be back: oneself, or a colleague for the manager. A stand-in ends with it."""
    found = _seen(absence_id, actor)
    if stand_in := absence.stand_in_of(absence_id):
        return_work(stand_in, actor.own_organisation, actor)
    absence.end(absence_id)
    _note(actor, "absence.ended", ("account", found.account_id))


def _seen(absence_id: UUID, actor: Actor) -> AbsenceView:
    require_role(actor, OWN_ACCOUNT)
    found = absence.absence(absence_id, organisation_id=actor.own_organisation)
    if found is None:
        raise Absent
    if found.account_id != actor.account_id:
        require_role(actor, ABSENCE_COLLEAGUE)
    return found


def propose_pool(
    *, reference: str, since: date, until: date, organisation_ids: Iterable[UUID], actor: Actor
) -> None:
    """Write down an agreement with other municipalities to stand in for each other."""
    _keeps_pools(actor)
    others = list(organisation_ids)
    if until < since:
        raise DomainError(_("De laatste dag ligt voor de eerste. Draai ze om."), "until")
    if until < timezone.localdate():
        raise DomainError(_("Deze dagen zijn al voorbij. Kies vandaag of later."), "until")
    if not others:
        raise DomainError(_("Kies een of meer gemeenten."), "organisations")
    pool_id = absence.propose_pool(
        reference=reference,
        since=since,
        until=until,
        organisation_ids=others,
        own=actor.own_organisation,
        account_id=actor.own_account,
    )
    _note(actor, "pool.proposed", ("pool", pool_id))


def agree_to_pool(pool_id: UUID, *, actor: Actor) -> None:
    """Let one's own municipality agree to an agreement it was asked for."""
    _keeps_pools(actor)
    _own_pool(pool_id, actor)
    if not absence.agree_to_pool(
        pool_id, organisation_id=actor.own_organisation, account_id=actor.own_account
    ):
        raise Conflict
    ask_to_stand_in()
    _note(actor, "pool.agreed", ("pool", pool_id))


def leave_pool(pool_id: UUID, *, actor: Actor) -> None:
    """Let one's own municipality stop: who stands in by it, here or from here, stops now."""
    _keeps_pools(actor)
    _own_pool(pool_id, actor)
    places = _return_of(pool_id, actor, organisation_id=actor.own_organisation)
    absence.leave_pool(pool_id, organisation_id=actor.own_organisation)
    say_where_nobody_reads(places, actor)
    _note(actor, "pool.left", ("pool", pool_id))


def propose_cover(
    *,
    reference: str,
    since: date,
    until: date,
    covered: Sequence[UUID],
    standing_in: Sequence[UUID],
    actor: Actor,
) -> None:
    """Write down who stands in all the time where nobody reads yet; they agree themselves.

    Raises:
        DomainError: the days, or who is covered or stands in, cannot be.
    """
    _keeps_cover(actor)
    if until < since or until < timezone.localdate():
        raise DomainError(_("Kies een laatste dag die nog komt."), "until")
    how = {each.id: each.how for each in towns()}
    if not covered or any(how.get(each) == "connected" for each in covered):
        raise DomainError(_("Kies gemeenten waar nog niemand van henzelf leest."), "covered")
    if not standing_in or any(how.get(each) != "connected" for each in standing_in):
        raise DomainError(_("Kies gemeenten die zelf lezen."), "standing_in")
    pool_id = absence.propose_cover(
        reference=reference,
        since=since,
        until=until,
        covered=covered,
        standing_in=standing_in,
        account_id=actor.own_account,
    )
    _note(actor, "pool.proposed", ("pool", pool_id))


def end_cover(pool_id: UUID, *, actor: Actor) -> None:
    """End such an agreement today.

    Raises:
        Conflict: it has ended already.
    """
    _keeps_cover(actor)
    places = _return_of(pool_id, actor)
    if not absence.end_cover(pool_id):
        raise Conflict
    say_where_nobody_reads(places, actor)
    _note(actor, "pool.left", ("pool", pool_id))


def _return_of(pool_id: UUID, actor: Actor, *, organisation_id: UUID | None = None) -> set[UUID]:
    """Give back what is on the name of who stands in by an agreement that ends. Returns where that was."""
    who = absence.standing_in(pool_id, organisation_id=organisation_id)
    return {place_id for account_id, place_id in who if return_work(account_id, place_id, actor)}


def _keeps_cover(actor: Actor) -> None:
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind not in (Organisation.Kind.REGION, Organisation.Kind.PLATFORM):
        raise Absent


def _keeps_pools(actor: Actor) -> None:
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        raise Absent


def _own_pool(pool_id: UUID, actor: Actor) -> None:
    if pool_id not in {each.id for each in absence.pools(actor.own_organisation)}:
        raise Absent


def _note(actor: Actor, action: str, subject: tuple[str, UUID], organisation_id: UUID | None = None) -> None:
    record(actor=actor, action=action, subject=subject, activity=ACTIVITY, organisation_id=organisation_id)
