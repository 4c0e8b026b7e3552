"""What the page about the house style shows: what is public, and what waits for a second person."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sluitend.journeys.administration.house_words import WITH_DOOR
from sluitend.journeys.administration.journey import HOUSE_STYLE_PUBLISH, HOUSE_STYLE_SEE
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.organisations.house_styles import Style, of_row, versions
from sluitend.kernel.organisations.models import HouseStyle
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.prepared import Given, Prepared


@dataclass(frozen=True)
class Version:
    """A version, with who made it and who looked."""

    style: Style
    made_by: str
    made: datetime
    mine: bool
    published_by: str
    published: datetime | None


def has_house_style(actor: Actor) -> bool:
    """Return whether somebody keeps, or looks at, how the pages for everybody look."""
    return actor.organisation_kind in WITH_DOOR and may(actor, HOUSE_STYLE_SEE)


def held(actor: Actor) -> tuple[Version | None, tuple[Version, ...]]:
    """Return the version that waits, and those that are or were public, the newest first.

    Raises:
        Absent: this organisation has no pages for everybody.
    """
    require_role(actor, HOUSE_STYLE_SEE)
    if actor.organisation_kind not in WITH_DOOR:
        raise Absent
    rows = versions().filter(organisation_id=actor.own_organisation).select_related("made_by", "published_by")
    found = [_version(row, actor) for row in rows.order_by("-published", "-made")]
    waits = next((each for each in found if each.published is None), None)
    return waits, tuple(each for each in found if each.published)


def second_people(actor: Actor) -> tuple[str, ...]:
    """Return by name who, besides this person, may make public what somebody else set ready."""
    people = colleagues(actor.own_organisation, roles=HOUSE_STYLE_PUBLISH.rule.roles)
    return tuple(sorted({each.name for each in people if each.account_id != actor.account_id}))


def waiting_house_style(actor: Actor) -> str:
    """Return who set a version ready for this person as the second one; empty when there is none."""
    if not has_house_style(actor):
        return ""
    found: list[str] = _waiting().column(organisation=actor.own_organisation, account=actor.own_account)
    return found[0] if found else ""


@cache
def _waiting() -> Prepared:
    rows = HouseStyle.objects.filter(organisation_id=Given("organisation"), published__isnull=True)
    others = rows.exclude(made_by_id=Given("account"))
    return Prepared(others.order_by("pk").values_list("made_by__name")[:1])


def _version(row: HouseStyle, actor: Actor) -> Version:
    return Version(
        style=of_row(row),
        made_by=row.made_by.name,
        made=row.made,
        mine=row.made_by_id == actor.account_id,
        published_by=row.published_by.name if row.published_by else "",
        published=row.published,
    )
