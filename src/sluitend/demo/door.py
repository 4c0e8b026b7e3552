"""What the `sluitend` command asks of the demonstration; nothing else outside this package knows of it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from secrets import choice, token_urlsafe

from sluitend.demo import embedded
from sluitend.demo.clean import clean
from sluitend.demo.embedded.places import Secrets
from sluitend.demo.launch import start

__all__ = ["clean", "database", "load", "load_people", "secrets", "start"]


def secrets(data: Path) -> dict[str, str]:
    """Return the key of sessions, and the one password of all: random per folder, and easy to type over."""
    kept = Secrets(data / "secrets")
    letters = "abcdefghjkmnpqrstuvwxyz"
    groups = ("".join(choice(letters) for _ in range(4)) for _ in range(4))
    return {
        "SLUITEND_SECRET_KEY": kept.get("session_key", lambda: token_urlsafe(64)),
        "SLUITEND_DEMO_PASSWORD": kept.get("demo_password", lambda: "-".join(groups)),
    }


@contextlib.contextmanager
def database(data: Path) -> Iterator[dict[str, str]]:
    """Use the embedded database: its address for each purpose."""
    with embedded.running(data) as server:
        yield server.urls()


def load_people() -> None:
    """Make the organisations of the handbook and their people, as the owner of the tables."""
    from sluitend.demo.load import load_people as people

    people()


def load() -> None:
    """Fill the database with a year of invented work."""
    from sluitend.demo.load import load as year

    year()
