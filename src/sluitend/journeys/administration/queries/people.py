"""Whom and what an administrator looks after. Whoever is not among them looks like nobody."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sluitend.journeys.administration.journey import ACCOUNT_MANAGE
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.listing import PAGE, Choice, Chosen, Page
from sluitend.kernel.organisations import queries
from sluitend.kernel.organisations.models import PLATFORM_ID, Organisation, Role
from sluitend.kernel.organisations.queries import Person

ROLES_BY_KIND = {
    Organisation.Kind.MUNICIPALITY: (
        Role.REPORTER,
        Role.FOCAL_POINT,
        Role.DEPUTY,
        Role.INSPECTOR,
        Role.MANAGER,
        Role.PRIVACY_OFFICER,
        Role.ADMINISTRATOR,
    ),
    Organisation.Kind.PARTNER: (Role.PARTNER, Role.REPORTER, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR),
    Organisation.Kind.REGION: (Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR),
    Organisation.Kind.PLATFORM: (Role.ADMINISTRATOR,),
}


def manages_all(actor: Actor) -> bool:
    """Return whether this administrator is the region's or the platform's: they add organisations."""
    return actor.organisation_id == PLATFORM_ID or actor.organisation_kind == Organisation.Kind.REGION


def keeps(organisation_id: UUID, actor: Actor) -> bool:
    """Return whether this administrator keeps what the directory says of an organisation.

    That is their own; for the region's, also one that has no administrator yet.
    """
    return organisation_id == actor.organisation_id or (
        manages_all(actor) and organisation_id not in queries.with_administrator()
    )


def seen(account_id: UUID, actor: Actor) -> Person:
    """Return somebody whom this administrator sees.

    Raises:
        Absent: there is nobody like that here. Absent and forbidden look alike.
    """
    require_role(actor, ACCOUNT_MANAGE)
    person = queries.person(account_id, organisation_id=actor.own_organisation)
    if person is None:
        raise Absent
    return person


def people_page(actor: Actor, asked: Mapping[str, str]) -> Page[Person]:
    """Return who works in the administrator's organisation, by what an address asks: when nothing, all.

    The address names the last one of a page by its id: their name stands in none.
    """
    require_role(actor, ACCOUNT_MANAGE)
    roles = {str(each): each.label for each in ROLES_BY_KIND[Organisation.Kind(actor.organisation_kind)]}
    chosen = Chosen.of((Choice("rol", _("Wie"), {"": _("Alle rollen"), **roles}),), asked)
    found = queries.people(
        organisation_id=actor.own_organisation,
        named=chosen.words,
        role=chosen["rol"],
        after=_after(chosen.after),
        limit=PAGE + 1,
    )
    return Page(found[:PAGE], chosen, str(found[PAGE - 1].id) if len(found) > PAGE else "")


def _after(last: str) -> UUID | None:
    try:
        return UUID(last)
    except ValueError:
        return None


def may_change_account(person: Person, actor: Actor) -> bool:
    """Return whether this administrator may close it: not their own, and its home is here.

    Wherever else somebody works, the home can always close.
    """
    return person.id != actor.account_id and person.home_id == actor.organisation_id


def waiting_first(organisation_id: UUID, actor: Actor) -> UUID | None:
    """Return whom this administrator let in as the first of another organisation, and who never came in."""
    if organisation_id == actor.organisation_id or not manages_all(actor):
        return None
    return queries.never_came_in().get(organisation_id)
