"""Working as the worker does: the one role that links lines and sees the queue."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from sluitend.cli import embedded
from sluitend.kernel.ledger.chain import link_all, sign_checkpoint
from sluitend.settings import database as parse
from tests import database


@contextmanager
def as_worker() -> Iterator[None]:
    """Let Django sign in as `sl_worker`, in a database of which transactions commit."""
    default = connections["default"]
    before = dict(default.settings_dict)
    default.close()
    url = embedded.attach(database.DATA).url("sl_worker", before["NAME"])
    default.settings_dict.update(parse(url))
    try:
        yield
    finally:
        default.close()
        default.settings_dict.update(before)


def seal_the_ledger() -> None:
    """Give every line its place and sign where every chain stands."""
    with as_worker():
        while link_all():
            pass
        sign_checkpoint()
