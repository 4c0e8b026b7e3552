"""A custodian behind a socket, in a thread of the test: what it opens and logs can be looked at."""

import os
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sluitend.kernel.sealing.custodian_limit import Limit
from sluitend.kernel.sealing.custodian_server import CustodianServer, Log
from sluitend.kernel.sealing.keyring import Keyring

MANY = 100_000


@contextmanager
def listening(
    socket: Path, folder: Path, *, most: int = MANY, users: Collection[int] | None = None
) -> Iterator[Path]:
    """Serve the keys of a folder for as long as the block lasts; give the log."""
    log = socket.with_suffix(".log")
    allowed = {os.geteuid()} if users is None else users
    server = CustodianServer(socket, Keyring(folder), log=Log(log), limit=Limit(most), users=allowed)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield log
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
