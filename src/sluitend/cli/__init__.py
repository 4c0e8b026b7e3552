"""The `sluitend` command: one parser, and per command a function that imports what it needs when it runs."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` and return the exit status."""
    from sluitend.cli import commands
    from sluitend.cli.embedded import EmbeddedError
    from sluitend.cli.errors import CommandError

    arguments = _parser().parse_args(argv)
    try:
        status: int = getattr(commands, arguments.run)(arguments)
    except (EmbeddedError, CommandError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sluitend", description="Van melding tot afsluiting, zonder gat ertussen."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht")

    demo = commands.add_parser("demo", help="alles starten met verzonnen gegevens, op deze machine")
    _address(demo)
    demo.set_defaults(run="demo")

    serve = commands.add_parser("serve", help="de webserver starten, na de controles van `doctor`")
    serve.add_argument(
        "--public", action="store_true", help="alleen de openbare pagina's, als databaserol sl_intake"
    )
    _address(serve)
    serve.set_defaults(run="serve")

    for name, text in (
        ("worker", "het werk op de achtergrond doen"),
        ("migrate", "de database bijwerken, als databaserol sl_owner"),
        ("doctor", "controleren of de beloften waar te maken zijn"),
        ("clean", "de gegevens van de demonstratie weggooien"),
        ("prepare", "handreiking, sleutels en (in een demonstratie) verzonnen gegevens klaarzetten"),
        ("ready", "de controles van `doctor` doen en statische bestanden klaarzetten"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=name)

    handbook = commands.add_parser("handbook", help="de handreiking als gegevens").add_subparsers(
        required=True
    )
    for name, text in (
        ("check", "een pakket nakijken"),
        ("publish", "een pakket uitgeven als genummerde uitgave"),
    ):
        action = handbook.add_parser(name, help=text)
        action.add_argument("folder", nargs="?", type=Path, help="map van het pakket (anders SLUITEND_PACK)")
        action.set_defaults(run=f"handbook_{name}")

    ledger = commands.add_parser("ledger", help="het logboek").add_subparsers(required=True)
    ledger.add_parser("verify", help="nagaan of er niets is veranderd").set_defaults(run="ledger_verify")
    ledger.add_parser("checkpoint", help="schakelen en ondertekenen").set_defaults(run="ledger_checkpoint")

    keys = commands.add_parser("keys", help="de sleutels van de organisaties").add_subparsers(required=True)
    keys.add_parser("create", help="sleutels maken waar die ontbreken").set_defaults(run="keys_create")
    keys.add_parser("rotate", help="nieuwe sleutels, en alles opnieuw verzegelen").set_defaults(
        run="keys_rotate"
    )
    return parser


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="poort (8000)")
