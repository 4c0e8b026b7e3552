"""The database of a demonstration: the people of the template, and who works beside them only there."""

from pathlib import Path

from django.conf import settings

from sluitend.demo import embedded
from sluitend.demo.region import CARE_TEAM, load_people
from tests.conftest import use_database


def sign_in_as_worker(server: embedded.Server, name: str, keys: Path) -> None:
    """Give the colleagues of care their roles, as the owner, and sign in as who loads the year."""
    use_database(server.url("sl_owner", name), keys)
    load_people(CARE_TEAM, settings.SLUITEND_DEMO_PASSWORD)
    use_database(server.url("sl_worker", name), keys)
