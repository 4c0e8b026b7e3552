"""The `sluitend` command as an administrator runs it: in a process of its own, on a database to spoil."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

from sluitend.cli.environment import URLS
from sluitend.demo import embedded
from tests.cli import warm


@dataclass
class Installation:
    """A database with its keys and folders, and the variables of whoever runs commands there."""

    server: embedded.Server
    database: str
    keys: Path
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def checkpoints(self) -> Path:
        """The folder with the checkpoints of the ledger."""
        return self.folder / "checkpoints"

    def urls(self, *names: str) -> dict[str, str]:
        """Return the addresses of the database under these names, all of them when none is given."""
        return {name: self.server.url(URLS[name], self.database) for name in names or URLS}

    def environment(self, urls: dict[str, str] | None = None) -> dict[str, str]:
        """Return the variables of a command, with these addresses of the database or all."""
        kept = {name: value for name, value in os.environ.items() if name not in URLS}
        variables = {
            "SLUITEND_MODE": "test",
            "SLUITEND_DATA": str(self.folder),
            "SLUITEND_KEYS": str(self.keys),
            "SLUITEND_CHECKPOINTS": str(self.checkpoints),
            "DJANGO_SETTINGS_MODULE": "sluitend.settings",
        }
        return kept | variables | (self.urls() if urls is None else urls) | self.variables

    def run(
        self, *arguments: str, urls: dict[str, str] | None = None, typed: str = "", **more: str
    ) -> CompletedProcess[str]:
        """Run `sluitend arguments`, with what somebody types, and return how that went.

        The shell of an administrator does not say where the settings are: each command finds them.
        """
        variables = self.environment(urls) | more
        del variables["DJANGO_SETTINGS_MODULE"]
        return warm.run(arguments, env=variables, typed=typed, seconds=120)
