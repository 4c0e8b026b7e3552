"""Bring the tables up to date."""

from sluitend.cli.errors import CommandError

BEFORE = (("organisations", "0002_acting"), ("sealing", "0003_content"))
"""Each database from before the first release has done one of these steps, and no other has."""
TOO_OLD = (
    "Deze database is van vóór de eerste uitgave en gaat niet mee naar deze versie; haar tabellen blijven "
    "zoals ze zijn. Verzonnen gegevens gooit u weg met `make clean-data`."
)


def bring_tables_up_to_date() -> None:
    """Make what this version adds, as the owner of the tables.

    Raises:
        CommandError: the tables are of before the first release.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if not MigrationRecorder(connection).applied_migrations().keys().isdisjoint(BEFORE):
        raise CommandError(TOO_OLD)
    call_command("migrate", interactive=False, verbosity=0)
