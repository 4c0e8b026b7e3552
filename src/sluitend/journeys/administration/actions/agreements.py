"""Agreements under which municipalities stand in for each other, for a time or where nobody reads yet."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions.closing import leave, say_where_nobody_reads
from sluitend.journeys.administration.actions.grants import end_all, yesterday
from sluitend.journeys.administration.jobs import tell_person
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE, ACTIVITY
from sluitend.journeys.administration.queries.people import manages_all
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations import absence as queries
from sluitend.kernel.organisations.genuine import ended_as
from sluitend.kernel.organisations.models import Membership, Organisation, PoolAgreement, PoolMember
from sluitend.kernel.organisations.reading import towns
from sluitend.kernel.sealing.endings import note_ended


def propose_pool(
    *, reference: str, since: date, until: date, organisation_ids: Iterable[UUID], actor: Actor
) -> UUID:
    """Write down an agreement with other municipalities to stand in for each other."""
    _keeps_pools(actor)
    others = list(organisation_ids)
    if until < since:
        raise DomainError(_("De laatste dag ligt voor de eerste. Draai ze om."), "until")
    if until < timezone.localdate():
        raise DomainError(_("Deze dagen zijn al voorbij. Kies vandaag of later."), "until")
    if not others:
        raise DomainError(_("Kies een of meer gemeenten."), "organisations")
    own = actor.own_organisation
    pool_id = make(
        reference=reference,
        since=since,
        until=until,
        agreed=[own],
        asked=sorted(set(others) - {own}),
        account_id=actor.own_account,
    )
    _note(actor, "pool.proposed", pool_id)
    return pool_id


def make(
    *,
    reference: str,
    since: date,
    until: date,
    agreed: Iterable[UUID],
    asked: Iterable[UUID],
    account_id: UUID,
    covered: bool = False,
) -> UUID:
    """Write down an agreement.

    Args:
        reference: of the agreement as it was signed.
        since, until: how long it holds.
        agreed: for whom somebody agrees now.
        asked: it holds from when their own administrator agrees.
        account_id: who agrees.
        covered: whether nobody reads yet at those who agree: the others stand in all the time.
    """
    pool = PoolAgreement.objects.create(reference=reference, since=since, until=until)
    own = {"covered": covered, "agreed_by_id": account_id, "agreed_on": timezone.localdate()}
    PoolMember.objects.bulk_create(
        [
            *(PoolMember(agreement=pool, organisation_id=each, **own).prove() for each in agreed),
            *(PoolMember(agreement=pool, organisation_id=each) for each in asked),
        ]
    )
    return pool.pk


def agree_to_pool(pool_id: UUID, *, actor: Actor) -> None:
    """Let one's own municipality agree to an agreement it was asked for."""
    _keeps_pools(actor)
    _own_pool(pool_id, actor)
    row = (
        PoolMember.objects.filter(
            agreement_id=pool_id, organisation_id=actor.own_organisation, agreed_on__isnull=True
        )
        .select_related("agreement")
        .select_for_update(of=("self",))
        .first()
    )
    if row is None:
        raise Conflict
    row.agreed_by_id, row.agreed_on = actor.own_account, timezone.localdate()
    row.prove().save(update_fields=["agreed_by", "agreed_on", "proof"])
    ask_to_stand_in()
    _note(actor, "pool.agreed", pool_id)


def leave_pool(pool_id: UUID, *, actor: Actor) -> None:
    """Let one's own municipality stop: who stands in by it, here or from here, stops now."""
    _keeps_pools(actor)
    _own_pool(pool_id, actor)
    places = _return_of(pool_id, actor, organisation_id=actor.own_organisation)
    _end(pool_id, organisation_id=actor.own_organisation)
    say_where_nobody_reads(places, actor)
    _note(actor, "pool.left", pool_id)


def _end(pool_id: UUID, *, organisation_id: UUID) -> None:
    """Let a municipality no longer take part: who stands in by it, there or from there, ends now."""
    members = PoolMember.objects.filter(agreement_id=pool_id, organisation_id=organisation_id)
    note_ended(map(ended_as, members.values_list("id", flat=True)))
    members.delete()
    rows = Membership.objects.filter(agreement_id=pool_id, until__gt=yesterday()).order_by("id")
    end_all(rows.filter(Q(organisation_id=organisation_id) | Q(home_id=organisation_id)))


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
    pool_id = make(
        reference=reference,
        since=since,
        until=until,
        agreed=covered,
        asked=standing_in,
        account_id=actor.own_account,
        covered=True,
    )
    _note(actor, "pool.proposed", pool_id)


def end_cover(pool_id: UUID, *, actor: Actor) -> None:
    """End such an agreement today.

    Raises:
        Conflict: it has ended already.
    """
    _keeps_cover(actor)
    places = _return_of(pool_id, actor)
    rows = PoolMember.objects.filter(agreement_id=pool_id, covered=True)
    ended = list(rows.values_list("organisation_id", flat=True))
    for each in ended:
        _end(pool_id, organisation_id=each)
    if not ended:
        raise Conflict
    say_where_nobody_reads(places, actor)
    _note(actor, "pool.left", pool_id)


def _return_of(pool_id: UUID, actor: Actor, *, organisation_id: UUID | None = None) -> set[UUID]:
    """Give back what is on the name of who stands in by an agreement that ends. Returns where that was."""
    who = queries.standing_in(pool_id, organisation_id=organisation_id)
    return {place_id for account_id, place_id in who if leave(account_id, place_id, actor)}


def _keeps_cover(actor: Actor) -> None:
    require_role(actor, ACCOUNT_MANAGE)
    if not manages_all(actor):
        raise Absent


def _keeps_pools(actor: Actor) -> None:
    require_role(actor, ACCOUNT_MANAGE)
    if actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        raise Absent


def _own_pool(pool_id: UUID, actor: Actor) -> None:
    if pool_id not in {each.id for each in queries.pools(actor.own_organisation)}:
        raise Absent


def ask_to_stand_in() -> None:
    """Ask who stands in by an agreement to accept that; nobody reads anywhere before."""
    after_commit(tell_person, *sorted(catch_up_cover()))


def catch_up_cover() -> set[UUID]:
    """Let the people of who stands in be deputies of who is covered, as the agreements of today say.

    Returns:
        Who is asked now: it works once they accept it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT roles_cover()")
        return {row[0] for row in cursor.fetchall()}


def _note(actor: Actor, action: str, pool_id: UUID) -> None:
    record(actor=actor, action=action, subject=("pool", pool_id), activity=ACTIVITY)
