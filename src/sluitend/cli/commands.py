"""What each command of `sluitend` does. Each returns an exit status."""

import os
import signal
from argparse import Namespace

from sluitend.cli import environment, metrics
from sluitend.cli.backing_up import backup
from sluitend.cli.custodian_command import custodian
from sluitend.cli.demonstration import demonstration
from sluitend.cli.directory_commands import account_invite, account_lost_factor, organisation_add
from sluitend.cli.errors import CommandError
from sluitend.cli.handbook_commands import (
    handbook_check,
    handbook_diff,
    handbook_export,
    handbook_publish,
    handbook_read,
    publish_where_new,
)
from sluitend.cli.key_commands import (
    create_keys,
    keys_backup_advance,
    keys_backup_create,
    keys_create,
    keys_destroy_old,
    keys_public_export,
    keys_rotate,
)
from sluitend.cli.launch import serve
from sluitend.cli.ledger_commands import ledger_checkpoint, ledger_verify
from sluitend.cli.migrating import bring_tables_up_to_date
from sluitend.cli.processes import Stopped, stop_on_signals
from sluitend.cli.queue_commands import jobs
from sluitend.cli.restoring import NOT_BROUGHT_UP, is_up_to_date, restore
from sluitend.cli.territory_commands import handbook_addresses, handbook_borders
from sluitend.cli.token_commands import keys_renew_tokens

__all__ = [
    "account_invite",
    "account_lost_factor",
    "backup",
    "clean",
    "custodian",
    "demo",
    "doctor",
    "handbook_addresses",
    "handbook_borders",
    "handbook_check",
    "handbook_diff",
    "handbook_export",
    "handbook_publish",
    "handbook_read",
    "jobs",
    "keys_backup_advance",
    "keys_backup_create",
    "keys_create",
    "keys_destroy_old",
    "keys_public_export",
    "keys_renew_tokens",
    "keys_rotate",
    "ledger_checkpoint",
    "ledger_verify",
    "measures",
    "migrate",
    "organisation_add",
    "people",
    "prepare",
    "ready",
    "restore",
    "serve",
    "worker",
]

GIVES_WAY = 10
"""Niceness of the worker."""


def demo(arguments: Namespace) -> int:
    """Start everything with invented data: database, web server and worker."""
    return demonstration().start(arguments)


def clean(arguments: Namespace) -> int:
    """Throw away the data of a demonstration."""
    return demonstration().clean(arguments)


def migrate(arguments: Namespace) -> int:
    """Bring the database up to date, as its owner."""
    with environment.django("SLUITEND_OWNER_URL"):
        from sluitend.kernel.sealing.standing import mark_standing

        bring_tables_up_to_date()
        # A new database is marked at once; one that was put back keeps its old mark until `restore`.
        mark_standing()
    return 0


def worker(arguments: Namespace) -> int:
    """Work on the queue until a signal comes. People who wait for a page go first."""
    with environment.django("SLUITEND_WORKER_URL", process="worker"):
        from sluitend.cli.working import work

        if not is_up_to_date():
            raise CommandError(NOT_BROUGHT_UP)
        os.nice(GIVES_WAY)
        _serve_measures()
        work()
    return 0


def measures(arguments: Namespace) -> int:
    """Serve what the processes of a web server counted; `serve` starts this where it is asked for."""
    stop_on_signals()
    server = metrics.serve(metrics.of_web(dict(os.environ)))
    if server is None:
        return 1
    try:
        while True:
            signal.pause()
    except Stopped:
        server.shutdown()
    return 0


def _serve_measures() -> None:
    from prometheus_client import REGISTRY

    REGISTRY.register(metrics.Installation())
    metrics.serve(REGISTRY)


def people(arguments: Namespace) -> int:
    """Make the organisations and people of the demonstration, as the owner of who has which role."""
    with environment.django("SLUITEND_OWNER_URL"):
        from django.conf import settings

        if not settings.DEMO:
            raise CommandError("Dit is alleen voor de demonstratie. Gebruik `sluitend account invite`.")
        demonstration().load_people()
    return 0


def prepare(arguments: Namespace) -> int:
    """Publish the handbook, make missing keys and, in a demonstration, load the invented data once."""
    with environment.django():
        from django.conf import settings

        publish_where_new(settings.SLUITEND_PACK)
        create_keys()
        loaded = settings.DATA / ".demo-loaded"
        if settings.DEMO and not loaded.exists():
            demonstration().load()
            loaded.touch()
    return 0


def ready(arguments: Namespace) -> int:
    """Check the promises and collect the static files: what goes before the web server."""
    with environment.django():
        from sluitend.cli import checks
        from sluitend.cli.static import collect

        if not checks.report(brief=True):
            return 1
        collect()
    return 0


def doctor(arguments: Namespace) -> int:
    """Say of every promise whether this installation keeps it, or the process of the public pages alone."""
    if arguments.public:
        os.environ["SLUITEND_PUBLIC_ONLY"] = "1"
    with environment.django("SLUITEND_INTAKE_URL" if arguments.public else "DATABASE_URL"):
        from sluitend.cli import checks

        return 0 if checks.report(brief=False) else 1
