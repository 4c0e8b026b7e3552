"""`demo`: everything with invented data, under one parent that stops it together."""

from argparse import Namespace
from pathlib import Path

from sluitend.cli import environment, launch, metrics
from sluitend.cli.processes import Family, Stopped, stop_on_signals
from sluitend.cli.webserver import open_door
from sluitend.demo import embedded


def start(arguments: Namespace) -> int:
    """Start everything with invented data: database, web server and worker."""
    data = environment.data_folder()
    address = f"http://localhost:{arguments.port}"
    with open_door(arguments.host, arguments.port) as door:
        stop_on_signals()
        try:
            with embedded.start(data) as server, Family() as family:
                environment.mark_demo(data)
                variables = environment.base(data) | server.urls() | {"SLUITEND_ADDRESS": address}
                print("De database draait. De gegevens worden klaargezet.", flush=True)
                launch.step(family, "migrate", variables)
                launch.step(family, "people", variables)
                # The invented year takes its work from the queue itself, as only the worker may.
                worker = environment.only(variables, "SLUITEND_WORKER_URL")
                launch.step(family, "prepare", worker)
                launch.step(family, "ledger checkpoint", worker)
                web = launch.web_server(family, door, environment.web(variables))
                worker = metrics.next_to(worker)
                family.start("worker", *launch.COMMAND, "worker", variables=worker)
                _greet(data, address, variables["SLUITEND_DEMO_PASSWORD"])
                return launch.watch(web)
        except Stopped:
            print("\nGestopt. De gegevens blijven bewaard.")
            return 0


def _greet(data: Path, address: str, password: str) -> None:
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
