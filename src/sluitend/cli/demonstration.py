"""The one door to the demonstration, by name: production never imports it, and works without it."""

from argparse import Namespace
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from sluitend.cli.errors import CommandError

NAME = "sluitend.demo.door"


class Demonstration(Protocol):
    """What the command asks of it."""

    def start(self, arguments: Namespace) -> int:
        """Start everything with invented data."""

    def clean(self, arguments: Namespace) -> int:
        """Throw that away."""

    def secrets(self, data: Path) -> dict[str, str]:
        """Return the key of sessions and the password of everybody, as variables."""

    def database(self, data: Path) -> AbstractContextManager[dict[str, str]]:
        """Use the embedded database: its address for each purpose."""

    def load_people(self) -> None:
        """Make the organisations and their people."""

    def load(self) -> None:
        """Make the invented year."""


def demonstration() -> Demonstration:
    """Return the demonstration.

    Raises:
        CommandError: it was left out.
    """
    try:
        door: Any = import_module(NAME)
    except ModuleNotFoundError as error:
        if error.name is None or not NAME.startswith(error.name):
            raise
        raise CommandError("Deze installatie heeft geen demonstratie.") from None
    return door  # type: ignore[no-any-return]
