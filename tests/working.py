"""Working as the worker does: the one role that links lines and sees the queue."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any

from django.db import connections

from sluitend.demo import embedded
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.jobs import app
from sluitend.kernel.ledger.actions import take_in
from sluitend.kernel.ledger.chain import link_all, sign_checkpoint
from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.settings import database as parse
from tests import database


def mailing() -> list[Any]:
    """Return the jobs that mail people by ids of whom it is about.

    A pick-up has a test of its own, and so have who asked care (`tests/journeys/care/test_writing_back.py`)
    and an organisation that looks at the handbook (`tests/journeys/editing/test_asking.py`).
    """
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    by_ids = [task for task in app.tasks.values() if "ids" in signature(task.func).parameters]
    return [
        task
        for task in by_ids
        if task.queue == "mail" and not {"pickup", "asker", "check"} & set(re.split(r"[._]", task.name))
    ]


@contextmanager
def as_worker() -> Iterator[None]:
    """Let Django sign in as `sl_worker`, in a database of which transactions commit."""
    with _signed_in("sl_worker"):
        yield


@contextmanager
def as_owner(name: str) -> Iterator[None]:
    """Let Django sign in as the owner of the tables of that database, who sees every row."""
    with _signed_in("sl_owner", name):
        yield


@contextmanager
def _signed_in(role: str, name: str = "") -> Iterator[None]:
    default = connections["default"]
    before = dict(default.settings_dict)
    default.close()
    url = embedded.attach(database.DATA).url(role, name or before["NAME"])
    default.settings_dict.update(parse(url))
    try:
        yield
    finally:
        default.close()
        default.settings_dict.update(before)


def seal_the_ledger() -> None:
    """Give every line of days that are over its place, and sign where every chain stands."""
    with as_worker():
        with acting(system_actor(PLATFORM_ID)):
            take_in()
        while link_all():
            pass
        sign_checkpoint()
