"""Loading the demonstration into an empty database."""

from collections.abc import Iterable

from django.conf import settings

from sluitend.demo import region
from sluitend.demo.region import CARE_TEAM, EVERYBODY, Person, load_region
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.organisations.models import Organisation


def load() -> None:
    """Fill the database with a year of invented work of the people who are there, and list their accounts."""
    from sluitend.demo.work import load_year

    load_year()
    (settings.DATA / "demo-accounts.txt").write_text(accounts_listing())


def load_people(more: Iterable[Person] = CARE_TEAM) -> None:
    """Make the organisations of the handbook and their people, as the owner of the tables.

    Args:
        more: who works there beside those of whom one is enough to try a page.
    """
    password = settings.SLUITEND_DEMO_PASSWORD
    load_region(load_pack(settings.SLUITEND_PACK), password=password)
    region.load_people(more, password)


def accounts_listing() -> str:
    """Return the accounts of the demonstration as lines for a terminal."""
    names = {organisation.code: organisation.name for organisation in Organisation.objects.all()}
    lines = (f"    {each.email:<32} {each.role.label:<22} {names[each.organisation]}\n" for each in EVERYBODY)
    return "".join(lines)
