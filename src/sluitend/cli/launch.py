"""`serve`: the processes of an installation, under one parent that stops them together."""

import socket
from argparse import Namespace

from sluitend.cli import environment
from sluitend.cli.errors import CommandError
from sluitend.cli.processes import Family, Stopped, stop_on_signals
from sluitend.cli.webserver import GUNICORN, WebServer, open_door, renew_on_hangup

__all__ = ["COMMAND", "GUNICORN", "serve", "step", "watch", "web_server"]

COMMAND = ("-m", "sluitend.cli")


def serve(arguments: Namespace) -> int:
    """Start the web server, unless a promise cannot be kept. SIGHUP puts a new one in its place."""
    with open_door(arguments.host, arguments.port) as door:
        stop_on_signals()
        try:
            with environment.database() as variables, Family() as family:
                web = web_server(family, door, _of_kind(arguments, variables))
                print(f"Sluitend luistert op http://{arguments.host}:{arguments.port}", flush=True)
                with web.draining():
                    return watch(web)
        except Stopped:
            return 0


def _of_kind(arguments: Namespace, variables: dict[str, str]) -> dict[str, str]:
    if arguments.public and arguments.desk:
        raise CommandError("Kies --public of --desk; zonder keuze bedient één proces allebei.")
    if not arguments.public:
        return environment.web(variables) | ({"SLUITEND_DESK_ONLY": "1"} if arguments.desk else {})
    if "SLUITEND_INTAKE_URL" not in variables:
        raise CommandError("SLUITEND_INTAKE_URL ontbreekt: het openbare deel meldt zich aan als sl_intake.")
    return environment.only(variables, "SLUITEND_INTAKE_URL") | {"SLUITEND_PUBLIC_ONLY": "1"}


def web_server(family: Family, door: socket.socket, variables: dict[str, str]) -> WebServer:
    """Start the web server once its promises are checked; SIGHUP renews it."""
    server = WebServer(family, door, variables, prepare=lambda: step(family, "ready", variables))
    server.prepare()
    server.start()
    renew_on_hangup(server)
    return server


def step(family: Family, command: str, variables: dict[str, str]) -> None:
    """Run a command to its end.

    Raises:
        CommandError: it failed.
    """
    family.start(command, *COMMAND, *command.split(), variables=variables)
    if family.children.pop(command).wait():
        raise CommandError(f"De stap `sluitend {command}` lukte niet; hierboven staat waarom.")


def watch(web: WebServer) -> int:
    """Wait until a process ends by itself."""
    name = web.family.wait(web.renew_if_asked)
    print(f"Het proces `{name}` stopte uit zichzelf; de rest stopt nu ook.", flush=True)
    return 1
