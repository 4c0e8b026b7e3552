"""Loading the demonstration into an empty database."""

from django.conf import settings

from sluitend.demo.region import PEOPLE, load_region
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.keys import copy_register, create_keys


def load() -> None:
    """Fill the database with the region, its people and a year of invented work, and list their accounts."""
    load_organisations()
    from sluitend.demo.work import load_year

    load_year()
    (settings.DATA / "demo-accounts.txt").write_text(accounts_listing())


def load_organisations() -> None:
    """Make the organisations of the present handbook, their people and their keys."""
    load_region(current_release().pack, password=settings.SLUITEND_DEMO_PASSWORD)
    copy_register(create_keys(settings.SLUITEND_KEYS, Organisation.objects.values_list("id", flat=True)))


def accounts_listing() -> str:
    """Return the accounts of the demonstration as lines for a terminal."""
    names = {organisation.code: organisation.name for organisation in Organisation.objects.all()}
    lines = (f"    {each.email:<32} {each.role.label:<22} {names[each.organisation]}\n" for each in PEOPLE)
    return "".join(lines)
