"""A web server that is killed at the worst moment: after a page was made, before its transaction commits.

`python -m tests.dying_server PORT die|live` serves the project; with `die` its first commit is its last.
"""

import os
import signal
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django


class Silent(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Keep the test's output clean."""


def die_at_commit() -> None:
    """Let the first commit of this process be its last moment."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    def die(_self: BaseDatabaseWrapper) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(BaseDatabaseWrapper, "_commit", die)  # noqa: B010  (its own, and not in the stubs)


def main() -> None:
    """Serve one request after another until killed."""
    django.setup()
    from sluitend.wsgi import application

    if sys.argv[2] == "die":
        die_at_commit()
    with make_server("127.0.0.1", int(sys.argv[1]), application, handler_class=Silent) as server:
        print("ready", flush=True)  # noqa: T201
        server.serve_forever()


if __name__ == "__main__":
    main()
