"""A role is written, proved and ended: what the verbs of this journey do, once they know that somebody may.

The functions of the database decide who may; nothing of the web writes a role but through them. They believe
whoever speaks as the web's role, so beside each row stands a proof that one of our processes asked for it,
which is made here. What had none before gets none.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import Q
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from sluitend.journeys.administration.queries.roles import asked
from sluitend.kernel.organisations.genuine import ended_as
from sluitend.kernel.organisations.models import (
    DOES_CASES,
    Account,
    Membership,
    PoolMember,
    Role,
    TeamMember,
)
from sluitend.kernel.sealing.endings import note_ended

NOTED_FOR = timedelta(days=7)
"""How long after its last day a role is noted as ended, if nothing did so that day."""


class NotAllowed(Exception):
    """The database says that it is for somebody else to do."""


class Clash(Exception):
    """This role and one that the person has are never of one person."""


def offer(
    account_id: UUID, *, organisation_id: UUID, role: Role, until: date | None = None, by: UUID
) -> UUID:
    """Offer somebody a role, or a role that ended anew, as whoever acts. Returns the role.

    Raises:
        NotAllowed: whoever acts may not offer this role there.
        Clash: it does not go with a role that they have there.
    """
    running = Membership.objects.unended().filter(account_id=account_id, organisation_id=organisation_id)
    if any(not row.given for row in running.filter(role=role, agreement=None)):
        raise NotAllowed  # with our proof beside it, what somebody accepted by no page of ours would hold
    with _decided_there():
        made = UUID(str(asked("role_offer(%s, %s, %s, %s)", account_id, organisation_id, str(role), until)))
        _prove(made, offered_by=by)
        return made


def longer(membership_id: UUID, *, until: date | None, by: UUID) -> None:
    """Offer a role that works for longer, as whoever acts. Until that is confirmed it stays as it is.

    Raises:
        NotAllowed: whoever acts may not, nobody of us gave it, or it holds for as long already.
    """
    with _decided_there():
        row = Membership.objects.select_for_update().get(pk=membership_id)
        if not row.given:
            raise NotAllowed
        asked("role_longer(%s, %s)", membership_id, until)
        row.refresh_from_db()
        if row.longer_by != by:
            raise NotAllowed
        row.prove_longer().save(update_fields=["longer_proof"])


def not_longer(membership_id: UUID) -> None:
    """Refuse, as whoever acts, that a role works for longer: it ends on its own day.

    Raises:
        NotAllowed: somebody else must, or that was not asked any more.
    """
    with _decided_there():
        asked("role_not_longer(%s)", membership_id)


def confirm(membership_id: UUID, *, by: UUID) -> None:
    """Confirm a role, or that it works for longer, as whoever acts.

    Raises:
        NotAllowed: somebody else must, it is confirmed already, or nobody of us offered it.
    """
    with _decided_there():
        row = Membership.objects.select_for_update().filter(pk=membership_id).first()
        if row is None or not row.given:
            raise NotAllowed
        if row.longer_on is not None and not row.longer_given:
            raise NotAllowed
        asked("role_confirm(%s)", membership_id)
        _prove(membership_id, confirmed_by=by)


def accept(membership_id: UUID, *, by: UUID) -> list[Membership]:
    """Accept a role that was offered to whoever acts, and with it all of the same agreement.

    Returns:
        What was accepted; nothing when there was nothing to accept.
    """
    with _decided_there():
        waiting = [row for row in with_it(membership_id, by) if row.given or is_agreed(row, covers=True)]
        waiting = [row for row in waiting if asked("role_accept(%s)", row.pk)]
        rows = list(Membership.objects.filter(pk__in=[row.pk for row in waiting], account_id=by))
        for row in rows:
            row.prove()
        Membership.objects.bulk_update(rows, ["proof"])
    return rows


def with_it(membership_id: UUID, account_id: UUID) -> list[Membership]:
    """Return a role that somebody was offered and did not accept, and those of the same agreement."""
    waiting = Membership.objects.unended().filter(account_id=account_id, accepted_on=None)
    row = waiting.filter(pk=membership_id).first()
    if row is None:
        return []
    if row.agreement_id is None:
        return [row]
    rows = waiting.filter(agreement_id=row.agreement_id, home_id=row.home_id)
    return list(rows.select_related("organisation").order_by("organisation__name"))


def stand_in(account_id: UUID, *, first: date, last: date, by: UUID) -> UUID | None:
    """Let a colleague of a pool stand in where whoever acts works, once they accept it.

    Returns:
        The role; None when no agreement holds then.
    """
    with _decided_there():
        found = asked("role_stand_in(%s, %s, %s)", account_id, first, last)
        if found is None:
            return None
        row = Membership.objects.get(pk=found)
        if not is_agreed(row, covers=False):
            raise NotAllowed
        _prove(row.pk, offered_by=by)
    return UUID(str(found))


def is_agreed(row: Membership, *, covers: bool) -> bool:
    """Return whether somebody may stand in: both agreed by our processes, and the person works at home.

    Args:
        row: the role of who stands in.
        covers: whether it must follow from the agreement alone, as where nobody reads.
    """
    if row.home_id is None:
        return False
    rows = PoolMember.objects.filter(
        agreement_id=row.agreement_id, organisation_id__in=(row.organisation_id, row.home_id)
    )
    members = {each.organisation_id: each for each in rows.select_related("agreement") if each.given}
    ours, theirs = members.get(row.organisation_id), members.get(row.home_id)
    if ours is None or theirs is None or theirs.covered or row.confirmed_by != theirs.agreed_by_id:
        return False
    if covers and not (ours.covered and row.invited_by == ours.agreed_by_id):
        return False
    works = Membership.objects.valid().filter(account_id=row.account_id, organisation_id=row.home_id)
    return any(each.given for each in works.filter(role__in=DOES_CASES, agreement=None))


def _prove(membership_id: UUID, *, offered_by: UUID | None = None, confirmed_by: UUID | None = None) -> None:
    """Put our proof beside what the database did just now, if it did so for whom we think."""
    row = Membership.objects.get(pk=membership_id)
    if offered_by not in (None, row.invited_by) or confirmed_by not in (None, row.confirmed_by):
        raise NotAllowed
    row.prove().save(update_fields=["proof"])


def end_membership(membership_id: UUID, *, until: date) -> Membership | None:
    """Let a role end after a day; yesterday ends it now. Returns what was ended.

    An end is brought forward only: for longer a role is offered again.
    """
    # Held: what was confirmed at this moment would stand beside a proof of before.
    row = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if row is not None and (row.until is None or row.until > until):
        end_all([row], until)
    return row


def _end(row: Membership, until: date) -> None:
    given = row.given  # what was not given does not become so by ending it
    row.until = until
    if given:
        row.prove()
    row.save(update_fields=["until", "proof"])


def end_all(rows: Iterable[Membership], until: date | None = None) -> None:
    """Let roles end after a day, or now. None of them may end sooner already."""
    for row in rows:
        _end(row, until or yesterday())
    note_ended_roles()


def note_ended_roles() -> None:
    """Have the register beside the keys name each role that ended these days: no backup gives it back.

    Only one that we ended: whoever ends all roles by SQL in our place must not have a restore repeat that.
    """
    today = timezone.localdate()
    rows = Membership.objects.filter(until__lt=today, until__gte=today - NOTED_FOR)
    note_ended(ended_as(row.pk, row.until) for row in rows if row.given)


def set_active(account_id: UUID, *, active: bool) -> None:
    """Close an account to signing in, or open it again. It is never removed: the ledger and cases name it.

    Closing ends its roles wherever it works. Opened again it has none: they are given anew, by two people.
    """
    if not active:
        end_all(Membership.objects.unended().filter(account_id=account_id))
        note_ended([ended_as(account_id, timezone.localdate())])
    Account.objects.filter(pk=account_id).update(is_active=active)


def yesterday() -> date:
    """Return the last day of a role that ends now."""
    return timezone.localdate() - timedelta(days=1)


def end_standing_in(account_id: UUID, *, home: UUID, until: date) -> list[Membership]:
    """Let somebody stand in nowhere after a day, as one who works at `home`. Returns what ends so."""
    held = Membership.objects.unended().filter(account_id=account_id, home_id=home).exclude(agreement=None)
    rows = list(held.filter(Q(until=None) | Q(until__gt=until)).order_by("organisation_id", "role"))
    end_all(rows, until)
    return rows


def leave(account_id: UUID, *, organisation_id: UUID) -> bool:
    """End every role of somebody in an organisation today, and their place in its teams.

    Returns whether they still work somewhere; who does not can no longer sign in, and every session ends.
    """
    TeamMember.objects.filter(account_id=account_id, team__organisation_id=organisation_id).delete()
    end_all(Membership.objects.unended().filter(account_id=account_id, organisation_id=organisation_id))
    elsewhere = Membership.objects.valid().filter(account_id=account_id).exists()
    if not elsewhere:
        set_active(account_id, active=False)
    return elsewhere


@contextmanager
def _decided_there() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise NotAllowed from error
        raise
    except IntegrityError as error:
        raise Clash from error
