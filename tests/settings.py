"""The project's own settings, in test mode. The database's address is filled in by `tests.database`."""

import os

os.environ["SLUITEND_MODE"] = "test"
os.environ.setdefault("SLUITEND_DEMO_PASSWORD", "wachtwoord-voor-de-proef")

from sluitend.settings import *  # noqa: F403
