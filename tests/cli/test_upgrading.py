"""A database from before the first release is left alone, with a sentence that says what to do."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db.migrations.loader import MigrationLoader

from sluitend.cli.migrating import BEFORE, TOO_OLD
from tests.cli.installation import Installation

STEPS = "CREATE TABLE django_migrations (id serial PRIMARY KEY, app text, name text, applied timestamptz)"
DONE = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())"
TABLES = (
    "SELECT array_agg(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


@pytest.fixture(params=BEFORE, ids=".".join)
def older(installation: Installation, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that has done that step and none of today's, as its owner."""
    name = f"{installation.database}_before"
    installation.server.drop_database(name)
    installation.server.create_database(name)
    installation.database = name
    address = installation.server.url("sl_owner", name)
    with psycopg.connect(address) as owner:
        owner.execute(STEPS)
        owner.execute(DONE, request.param)
    yield address
    installation.server.drop_database(name)


def test_tables_of_before_the_first_release_are_left_alone(installation: Installation, older: str) -> None:
    done = installation.run("migrate")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", TOO_OLD)
    with psycopg.connect(older) as owner:
        assert owner.execute(TABLES).fetchone() == (["django_migrations"],)


def test_no_step_of_today_is_one_of_before() -> None:
    assert MigrationLoader(None).disk_migrations.keys().isdisjoint(BEFORE)
