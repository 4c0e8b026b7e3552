"""The environment variables that settings.py reads, filled in where they are missing."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sluitend.cli.demonstration import demonstration
from sluitend.cli.errors import CommandError

ROOT = Path(__file__).resolve().parents[3]
PACK = ROOT / "packs" / "eenheid-den-haag"

URLS = {
    "DATABASE_URL": "sl_app",
    "SLUITEND_OWNER_URL": "sl_owner",
    "SLUITEND_INTAKE_URL": "sl_intake",
    "SLUITEND_WORKER_URL": "sl_worker",
}


def data_folder() -> Path:
    """Return the folder of everything that this installation keeps."""
    return Path(os.environ.get("SLUITEND_DATA") or ROOT / "var").resolve()


def pack_folder() -> Path:
    """Return the folder of the pack that this installation runs with."""
    return Path(os.environ.get("SLUITEND_PACK") or PACK)


def mark_demo(data: Path) -> None:
    """Remember that this folder holds invented data and accounts whose password everybody may know."""
    (data / "mode").write_text("demo\n")


def is_demo(data: Path) -> bool:
    """Say whether this folder was ever used for the demonstration."""
    return (data / "mode").exists()


def base(data: Path) -> dict[str, str]:
    """Return the variables that do not depend on a database; what the environment already says holds."""
    filled = {"SLUITEND_DATA": str(data), "SLUITEND_KEYS": str(data / "keys"), "SLUITEND_PACK": str(PACK)}
    filled["DJANGO_SETTINGS_MODULE"] = "sluitend.settings"
    if is_demo(data) and os.environ.get("SLUITEND_MODE", "demo") == "demo":
        filled |= {"SLUITEND_MODE": "demo"} | demonstration().secrets(data)
    return filled | {name: os.environ[name] for name in filled if name in os.environ}


def pinned_verify_key() -> str:
    """Return the key by which the register is checked, when somebody wrote it down outside the key folder."""
    return os.environ.get("SLUITEND_VERIFY_KEY", "").strip()


def web(variables: dict[str, str]) -> dict[str, str]:
    """Return the variables without the addresses that a web process must not hold."""
    return only(variables, "DATABASE_URL")


def only(variables: dict[str, str], purpose: str) -> dict[str, str]:
    """Return the variables with one address, in `DATABASE_URL`.

    An outside database may have one role for several purposes; then its one address serves.

    Raises:
        CommandError: there is no address that could serve.
    """
    rest = {name: value for name, value in variables.items() if name not in URLS}
    address = variables.get(purpose) or variables.get("DATABASE_URL")
    if not address:
        raise CommandError(f"{purpose} ontbreekt: zet daarin het adres van de database als {URLS[purpose]}.")
    return rest | {"DATABASE_URL": address}


@contextlib.contextmanager
def database() -> Iterator[dict[str, str]]:
    """Give the variables for a command: of the database that the environment names, else of the embedded one.

    Raises:
        CommandError: no database is named, and this is no demonstration. The embedded one has every password
            within reach of the web server, so nobody may land on it because a variable was forgotten.
    """
    data = data_folder()
    named = {name: os.environ[name] for name in URLS if os.environ.get(name)}
    if named:
        yield base(data) | named
        return
    if _mode(data) == "production":
        raise CommandError(
            "Er is geen database opgegeven. Zet DATABASE_URL, of het adres dat bij deze opdracht hoort "
            f"({', '.join(list(URLS)[1:])}). De meegeleverde database is alleen voor de demonstratie."
        )
    with demonstration().database(data) as urls:
        yield base(data) | urls


def _mode(data: Path) -> str:
    """Return the mode in which a command on this folder runs."""
    return os.environ.get("SLUITEND_MODE") or ("demo" if is_demo(data) else "production")


@contextlib.contextmanager
def django(purpose: str = "DATABASE_URL", *, process: str = "command") -> Iterator[None]:
    """Set Django up in this process, signed in to the database for one purpose.

    Args:
        purpose: the variable with the address.
        process: the kind of process that the ledger names, and by whose key it signs.
    """
    with database() as variables:
        os.environ.update(only(variables, purpose) | {"SLUITEND_PROCESS": process})
        import django as framework

        framework.setup()
        try:
            yield
        finally:
            _hang_up()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Set Django up in this process without a database, for a command that works on folders only."""
    os.environ.update(base(data_folder()))
    import django as framework

    framework.setup()
    yield


def _hang_up() -> None:
    """Close the pool: its threads would hold up the end of the process, and the stop of the database.

    And write what the security feed still holds.
    """
    from django.db import connections

    from sluitend.kernel.ledger.feed import close_feed

    close_feed()

    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()
