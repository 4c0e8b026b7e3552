"""Who of a partner takes care of what: its queue, as its people see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import phrases
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import Colleague, colleagues


@dataclass(frozen=True)
class Taken:
    """Who takes care of a referral. `shared` says whether anybody else could."""

    seen: str = ""
    """For the form with which somebody else takes it over."""
    name: str = ""
    mine: bool = False
    away_until: date | None = None
    shared: bool = False

    @property
    def words(self) -> str:
        """With whom it is, on a list."""
        if self.mine:
            return _("bij u")
        if not self.name:
            return _("bij niemand")
        if self.away_until is None:
            return _("bij %(name)s") % {"name": self.name}
        shown = {"name": self.name, "day": phrases.short_day(self.away_until)}
        return _("bij %(name)s, weg tot en met %(day)s") % shown


NOBODY = Taken()


def people_of(actor: Actor) -> Mapping[UUID, Colleague]:
    """Return who answers for the actor's organisation, and who of them is away. One statement."""
    return {each.account_id: each for each in colleagues(actor.own_organisation, roles=[Role.PARTNER])}


def taken(row: Referral, people: Mapping[UUID, Colleague], actor: Actor) -> Taken:
    """Return who takes care of a referral; nobody, when that one does not work here any more.

    Args:
        row: the referral.
        people: who answers for the recipient.
        actor: who looks.
    """
    shared = len(people) > 1
    who = people.get(row.taken_by) if row.taken_by else None
    if who is None:
        return Taken(seen=str(row.taken_by or ""), shared=shared)
    return Taken(str(who.account_id), who.name, who.account_id == actor.account_id, who.away_until, shared)
