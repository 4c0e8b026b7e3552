"""The invented year is counted back from the day of loading: on every day it must be a year."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from sluitend.demo import embedded
from sluitend.demo.clock import at
from sluitend.demo.work import load_year
from sluitend.demo.world import actor_of
from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import acting
from tests import database
from tests.conftest import use_database
from tests.demo.staff import sign_in_as_worker

EVERY = timedelta(hours=25, minutes=20)
"""So each next day comes at another hour."""
DAYS = range(-6, 7)
"""The week before and the week after. The database has a clock of its own and refuses what is further off."""


@pytest.mark.parametrize("number", DAYS)
def test_the_year_loads_on_any_day(
    number: int,
    server: embedded.Server,
    schema_version: str,
    database_name: str,
    own_keys: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    name = f"{database_name}_day"
    database.clone(server, schema_version, name)
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path)
    try:
        with django_db_blocker.unblock():
            sign_in_as_worker(server, name, own_keys)
            with at(datetime.now(UTC) + number * EVERY):
                load_year()
            with acting(actor_of("af@westland.example")):
                assert Case.objects.exists()
    finally:
        use_database(server.url("sl_app", database_name), own_keys)
        server.drop_database(name)
