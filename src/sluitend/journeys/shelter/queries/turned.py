"""Whether a search turned out to be about somebody else than it was begun for."""

from sluitend.journeys.reports.queries import is_about_minor
from sluitend.journeys.shelter.models import Search
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.sheltering import Household


def turned_minor(row: Search, actor: Actor) -> bool:
    """Return whether it looks for an adult, and its request is about somebody under 18 by now."""
    return row.household == Household.ADULT and is_about_minor(row.request, actor)


def turned_adult(row: Search, actor: Actor) -> bool:
    """Return whether it looks for a child alone, and its request is about a grown-up by now."""
    return row.household == Household.CHILD and not is_about_minor(row.request, actor)
