"""`demo` and `serve`: the processes of an installation, under one parent that stops them together."""

import socket
from argparse import Namespace
from pathlib import Path

from sluitend.cli import embedded, environment, metrics
from sluitend.cli.errors import CommandError
from sluitend.cli.processes import Family, Stopped, stop_on_signals
from sluitend.cli.webserver import GUNICORN, WebServer, open_door, renew_on_hangup
from sluitend.kernel.sealing.keyfolder import ADOPTED

__all__ = ["COMMAND", "GUNICORN", "demo", "serve"]

COMMAND = ("-m", "sluitend.cli")


def demo(arguments: Namespace) -> int:
    """Start everything with invented data: database, web server and worker."""
    data = environment.data_folder()
    address = f"http://localhost:{arguments.port}"
    with open_door(arguments.host, arguments.port) as door:
        stop_on_signals()
        try:
            with embedded.start(data) as server, Family() as family:
                environment.mark_demo(data)
                variables = environment.base(data) | environment.urls(server) | {"SLUITEND_ADDRESS": address}
                print("De database draait. De gegevens worden klaargezet.", flush=True)
                _step(family, "migrate", variables)
                _step(family, "people", variables)
                # The invented year takes its work from the queue itself, as only the worker may.
                worker = environment.only(variables, "SLUITEND_WORKER_URL")
                _step(family, "prepare", worker)
                if not Path(variables["SLUITEND_KEYS"], ADOPTED).exists():  # made by an older version
                    _step(family, "content adopt", variables)
                _step(family, "ledger checkpoint", worker)
                web = _web_server(family, door, environment.web(variables))
                worker = metrics.next_to(worker)
                family.start("worker", *COMMAND, "worker", variables=worker)
                _greet(data, address)
                return _watch(web)
        except Stopped:
            print("\nGestopt. De gegevens blijven bewaard.")
            return 0


def serve(arguments: Namespace) -> int:
    """Start the web server, unless a promise cannot be kept. SIGHUP puts a new one in its place."""
    with open_door(arguments.host, arguments.port) as door:
        stop_on_signals()
        try:
            with environment.database() as variables, Family() as family:
                web = _web_server(family, door, _of_kind(arguments, variables))
                print(f"Sluitend luistert op http://{arguments.host}:{arguments.port}", flush=True)
                with web.draining():
                    return _watch(web)
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


def _web_server(family: Family, door: socket.socket, variables: dict[str, str]) -> WebServer:
    server = WebServer(family, door, variables, prepare=lambda: _step(family, "ready", variables))
    server.prepare()
    server.start()
    renew_on_hangup(server)
    return server


def _step(family: Family, command: str, variables: dict[str, str]) -> None:
    family.start(command, *COMMAND, *command.split(), variables=variables)
    if family.children.pop(command).wait():
        raise CommandError(f"De stap `sluitend {command}` lukte niet; hierboven staat waarom.")


def _watch(web: WebServer) -> int:
    name = web.family.wait(web.renew_if_asked)
    print(f"Het proces `{name}` stopte uit zichzelf; de rest stopt nu ook.", flush=True)
    return 1


def _greet(data: Path, address: str) -> None:
    password = environment.demo_password(data)
    accounts = data / "demo-accounts.txt"
    listed = accounts.read_text() if accounts.exists() else ""
    print(
        f"\n  Sluitend draait op  {address}\n\n"
        f"  Demonstratie met verzonnen gegevens. Wachtwoord van elk account: {password}\n"
        f"{listed}"
        f"  E-mail komt als bestand in {data / 'mail'}\n"
        "  Stoppen: Ctrl-C\n",
        flush=True,
    )
