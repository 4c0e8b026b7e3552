"""`demo` and `serve`: the processes of an installation, under one parent that stops them together."""

import socket
import time
from argparse import Namespace
from pathlib import Path

from sluitend.cli import embedded, environment
from sluitend.cli.errors import CommandError
from sluitend.cli.processes import Family, Stopped, stop_on_signals

COMMAND = ("-m", "sluitend.cli")
GUNICORN = ("-m", "gunicorn", "-c", "python:sluitend.cli.gunicorn_conf", "sluitend.wsgi:application")


def demo(arguments: Namespace) -> int:
    """Start everything with invented data: database, web server and worker."""
    data = environment.data_folder()
    address = f"http://localhost:{arguments.port}"
    _refuse_taken(arguments.host, arguments.port)
    stop_on_signals()
    try:
        with embedded.start(data) as server, Family() as family:
            environment.mark_demo(data)
            variables = environment.base(data) | environment.urls(server) | {"SLUITEND_ADDRESS": address}
            print("De database draait. De gegevens worden klaargezet.", flush=True)
            _step(family, "migrate", variables)
            _step(family, "prepare", environment.web(variables))
            _step(family, "ready", environment.web(variables))
            _start_web(family, arguments, environment.web(variables))
            family.start(
                "worker", *COMMAND, "worker", variables=environment.only(variables, "SLUITEND_WORKER_URL")
            )
            _wait_until_served(family, arguments.host, arguments.port)
            _greet(data, address)
            return _watch(family)
    except Stopped:
        print("\nGestopt. De gegevens blijven bewaard.")
        return 0


def serve(arguments: Namespace) -> int:
    """Start the web server, unless a promise cannot be kept."""
    _refuse_taken(arguments.host, arguments.port)
    stop_on_signals()
    try:
        with environment.database() as variables, Family() as family:
            if arguments.public:
                if "SLUITEND_INTAKE_URL" not in variables:
                    raise CommandError(
                        "SLUITEND_INTAKE_URL ontbreekt: het openbare deel meldt zich aan als sl_intake."
                    )
                web = environment.only(variables, "SLUITEND_INTAKE_URL") | {"SLUITEND_PUBLIC_ONLY": "1"}
            else:
                web = environment.web(variables)
            _step(family, "ready", web)
            _start_web(family, arguments, web)
            _wait_until_served(family, arguments.host, arguments.port)
            print(f"Sluitend luistert op http://{arguments.host}:{arguments.port}", flush=True)
            return _watch(family)
    except Stopped:
        return 0


def _step(family: Family, command: str, variables: dict[str, str]) -> None:
    family.start(command, *COMMAND, command, variables=variables)
    if family.children.pop(command).wait():
        raise CommandError(f"De stap `sluitend {command}` lukte niet; hierboven staat waarom.")


def _start_web(family: Family, arguments: Namespace, variables: dict[str, str]) -> None:
    kind = "public" if variables.get("SLUITEND_PUBLIC_ONLY") else "desk"
    extra = {"SLUITEND_BIND": f"{arguments.host}:{arguments.port}", "SLUITEND_PROCESS": kind}
    family.start("web", *GUNICORN, variables=variables | extra)


def _wait_until_served(family: Family, host: str, port: int) -> None:
    """Return when the web server takes connections, or has stopped: an address is told when it works."""
    web = family.children["web"]
    while web.poll() is None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)


def _watch(family: Family) -> int:
    name = family.wait()
    print(f"Het proces `{name}` stopte uit zichzelf; de rest stopt nu ook.", flush=True)
    return 1


def _refuse_taken(host: str, port: int) -> None:
    """Say it now when the port is taken, not after a minute of preparing."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Poort {port} is niet vrij ({error.strerror}). Kies een andere: make run PORT={port + 1}"
            ) from error


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
