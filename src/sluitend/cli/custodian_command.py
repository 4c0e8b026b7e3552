"""`sluitend custodian`: the private keys in a process of their own, behind a Unix socket."""

import contextlib
import ctypes
import fcntl
import os
import pwd
import resource
import stat
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sluitend.cli import environment
from sluitend.cli.errors import CommandError
from sluitend.cli.processes import Stopped, stop_on_signals

if TYPE_CHECKING:
    from sluitend.kernel.sealing.custodian_server import Log

UNIX = "unix:"
SOCKET_BYTES = 100
NOT_DUMPABLE = (4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def custodian(arguments: Namespace) -> int:
    """Serve the keys of SLUITEND_KEYS until a signal comes. Needs no database."""
    from sluitend.kernel.sealing.custodian_limit import Limit
    from sluitend.kernel.sealing.custodian_server import CustodianServer
    from sluitend.kernel.sealing.keyring import Keyring

    data = environment.data_folder()
    keys = Path(environment.base(data)["SLUITEND_KEYS"])
    path = _socket(arguments.socket, data)
    if not (keys / "private").is_dir():
        raise CommandError(f"In {keys} staan geen geheime sleutels. Zet in SLUITEND_KEYS de hele sleutelmap.")
    users = {os.geteuid(), *(_user(name) for name in arguments.allow)}
    _close_memory()
    stop_on_signals()
    try:
        with _alone(path):
            server = CustodianServer(
                path,
                Keyring(keys),
                log=_log(arguments.log or data / "custodian.log"),
                limit=Limit(arguments.limit),
                users=users,
                mode=0o660 if arguments.allow else 0o600,
            )
            print(f"De bewaarder luistert op {path}", flush=True)
            with server:
                server.serve_forever()
    except Stopped:
        path.unlink(missing_ok=True)
    return 0


def _log(path: Path) -> "Log":
    from sluitend.kernel.sealing.custodian_server import Log

    try:
        return Log(path)
    except OSError as error:
        raise CommandError(f"Het logboek {path} is niet te schrijven ({error.strerror}).") from error


def _socket(given: Path | None, data: Path) -> Path:
    named = os.environ.get("SLUITEND_CUSTODIAN", "")
    path = given or (Path(named.removeprefix(UNIX)) if named.startswith(UNIX) else data / "custodian.sock")
    if not path.is_absolute() or len(bytes(path)) > SOCKET_BYTES:
        raise CommandError(f"{path} kan geen socket zijn: neem een pad van hoogstens {SOCKET_BYTES} tekens.")
    try:
        mode = path.parent.stat().st_mode
    except OSError as error:
        raise CommandError(f"De map {path.parent} is er niet ({error.strerror}).") from error
    if mode & stat.S_IWOTH:
        raise CommandError(f"In {path.parent} kan iedereen schrijven, en dus een valse socket neerzetten.")
    return path


def _user(name: str) -> int:
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError as error:
        raise CommandError(f"Op deze machine is geen gebruiker {name}.") from error


def _close_memory() -> None:
    """Let no core dump and no debugger of the same user see the keys."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(*NOT_DUMPABLE)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the place: a second custodian would take the socket from the first."""
    descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISSOCK(path.lstat().st_mode):
                raise CommandError(f"{path} is er al en is geen socket.")
        yield
    except BlockingIOError as error:
        raise CommandError(f"Op {path} luistert al een bewaarder.") from error
    finally:
        os.close(descriptor)
