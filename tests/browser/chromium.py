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
    # Names of other hosts are no names. Holding up each request to look at it would keep the browser from
    # remembering styles and scripts.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-quic",
]


def path() -> str | None:
    """Return the program to start; None is playwright's own."""
    here = (shutil.which(name) for name in ("chromium-headless-shell", "chromium"))
    return os.environ.get("SLUITEND_CHROMIUM") or next(filter(None, here), None)
