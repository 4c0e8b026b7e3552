"""The one door to the demonstration, by name: production never imports it, and works without it."""

from importlib import import_module
from typing import Any, Protocol, cast

from sluitend.cli.errors import CommandError

NAME = "sluitend.demo"


class Demonstration(Protocol):
    """What the commands ask of it."""

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
        module: Any = import_module(NAME)
    except ModuleNotFoundError as error:
        if error.name != NAME:
            raise
        raise CommandError("Deze installatie heeft geen demonstratie.") from None
    return cast("Demonstration", module)
