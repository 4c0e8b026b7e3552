"""Which Chromium, and how it is started: alone, and silent towards the world."""

import os
import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def path() -> str | None:
    """Return the program to start; None is playwright's own."""
    return os.environ.get("SLUITEND_CHROMIUM") or shutil.which("chromium")
