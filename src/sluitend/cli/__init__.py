"""The `sluitend` command: one parser, and per command a function that imports what it needs when it runs."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sluitend.cli.directory_commands import KINDS


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` and return the exit status."""
    from sluitend.cli import commands
    from sluitend.cli.errors import CommandError

    arguments = _parser().parse_args(argv)
    try:
        status: int = getattr(commands, arguments.run)(arguments)
    except CommandError as error:
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
    serve.add_argument("--desk", action="store_true", help="alleen de werkplek, zonder openbare pagina's")
    _address(serve)
    serve.set_defaults(run="serve")
    _custodian(commands.add_parser("custodian", help="de geheime sleutels in een eigen proces bewaren"))

    for name, text in (
        ("worker", "het werk op de achtergrond doen"),
        ("migrate", "de database bijwerken, als databaserol sl_owner"),
        ("clean", "de gegevens van de demonstratie weggooien"),
        ("people", "de mensen van de demonstratie klaarzetten, als databaserol sl_owner"),
        ("prepare", "handreiking, sleutels en (in een demonstratie) verzonnen gegevens klaarzetten"),
        ("measures", "de meetwaarden van de webserver aanbieden; `serve` start dit zelf"),
        ("ready", "de controles van `doctor` doen en statische bestanden klaarzetten"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=name)

    given_up = commands.add_parser("jobs", help="wat de worker opgaf: opnieuw doen, of wegleggen")
    becomes = given_up.add_mutually_exclusive_group()
    becomes.add_argument("--again", action="store_true", help="zet alles opnieuw in de wachtrij")
    becomes.add_argument("--drop", action="store_true", help="leg alles weg: het hoeft niet meer")
    given_up.set_defaults(run="jobs")

    doctor = commands.add_parser("doctor", help="controleren of de beloften waar te maken zijn")
    doctor.add_argument(
        "--public", action="store_true", help="van het openbare proces, als databaserol sl_intake"
    )
    doctor.set_defaults(run="doctor")

    _backup(commands.add_parser("backup", help="een versleutelde back-up maken, als databaserol sl_owner"))
    _restore(
        commands.add_parser(
            "restore", help="een back-up terugzetten en opnieuw vernietigen, als databaserol sl_owner"
        )
    )

    _handbook(commands.add_parser("handbook", help="de handreiking als gegevens"))
    _ledger(commands.add_parser("ledger", help="het logboek"))
    _keys(commands.add_parser("keys", help="de sleutels van de organisaties"))
    _organisation(commands.add_parser("organisation", help="organisaties"))
    _account(commands.add_parser("account", help="accounts van mensen"))
    return parser


def _custodian(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", type=Path, help="pad van de socket (anders dat van SLUITEND_CUSTODIAN)")
    parser.add_argument(
        "--allow", action="append", default=[], metavar="GEBRUIKER", help="wie mag vragen; mag vaker"
    )
    parser.add_argument("--log", type=Path, help="eigen logboek (anders custodian.log in SLUITEND_DATA)")
    parser.add_argument(
        "--limit", type=int, default=600, help="enveloppen die een account per minuut mag openen (600)"
    )
    parser.set_defaults(run="custodian")


def _handbook(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True)
    for name, text in (
        ("check", "een pakket nakijken"),
        ("publish", "een pakket uitgeven als genummerde uitgave"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("folder", nargs="?", type=Path, help="map van het pakket (anders SLUITEND_PACK)")
        action.set_defaults(run=f"handbook_{name}")
        if name == "publish":
            action.add_argument(
                "--over",
                type=int,
                metavar="NUMMER",
                help="ook over deze uitgave van het scherm heen",
            )
    diff = actions.add_parser("diff", help="in woorden: wat er tussen twee pakketten verschilt")
    diff.add_argument("old", nargs="?", help="map of nummer van een uitgave (anders de uitgave van nu)")
    diff.add_argument("new", nargs="?", help="map of nummer van een uitgave (anders SLUITEND_PACK)")
    diff.set_defaults(run="handbook_diff")
    export = actions.add_parser("export", help="een uitgave of pakket schrijven als bestanden")
    export.add_argument("target", type=Path, help="map (yaml, schema) of bestand (json, skos, sheet)")
    export.add_argument("--format", choices=("yaml", "json", "skos", "sheet", "schema"), default="yaml")
    export.add_argument("--part", help="bij sheet: welke lijst, zoals measures")
    export.add_argument("--of", help="map of nummer van een uitgave (anders de uitgave van nu)")
    export.set_defaults(run="handbook_export")
    read = actions.add_parser("read", help="een bewerkt rekenblad terugzetten in een pakket")
    read.add_argument("sheet", type=Path, help="het .xlsx-bestand")
    read.add_argument("--part", required=True, help="welke lijst het is, zoals measures")
    read.add_argument("--into", type=Path, help="map van het pakket (anders SLUITEND_PACK)")
    read.set_defaults(run="handbook_read")
    borders = actions.add_parser("borders", help="grenzen van gemeenten in een pakket zetten")
    borders.add_argument("geojson", type=Path, help="bestand van CBS of Kadaster, in RD of WGS84")
    borders.add_argument("--source", required=True, help="van wie de grenzen zijn, en met welke licentie")
    borders.add_argument("--day", required=True, type=date.fromisoformat, help="van welke dag: 2026-01-01")
    borders.add_argument("--metres", type=float, default=25.0, help="zoveel mag een grens verschuiven (25)")
    borders.add_argument("--into", type=Path, help="map van het pakket (anders SLUITEND_PACK)")
    borders.set_defaults(run="handbook_borders")
    addresses = actions.add_parser("addresses", help="het bestand met adressen maken")
    addresses.add_argument("extract", type=Path, help="uittreksel van de BAG: ZIP, map met XML, of CSV")
    addresses.add_argument("--source", required=True, help="van wie de adressen zijn, en met welke licentie")
    addresses.add_argument("--day", required=True, type=date.fromisoformat, help="van welke dag: 2026-01-01")
    addresses.add_argument("--into", required=True, type=Path, help="het bestand voor SLUITEND_ADDRESSES")
    addresses.add_argument("--pack", type=Path, help="map van het pakket (anders SLUITEND_PACK)")
    addresses.set_defaults(run="handbook_addresses")


def _ledger(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True)
    verify = actions.add_parser("verify", help="nagaan of er niets is veranderd, als databaserol sl_owner")
    verify.add_argument(
        "--against",
        type=Path,
        metavar="BESTAND",
        help="ook tegen wat een tweede partij bewaart: een postbus, een map met mails of losse regels",
    )
    verify.set_defaults(run="ledger_verify")
    checkpoint = actions.add_parser("checkpoint", help="schakelen en ondertekenen")
    checkpoint.set_defaults(run="ledger_checkpoint")


def _keys(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True)
    create = actions.add_parser("create", help="sleutels maken waar die ontbreken")
    create.set_defaults(run="keys_create")
    rotate = actions.add_parser(
        "rotate", help="nieuwe sleutels, en alles opnieuw verzegelen, als databaserol sl_owner"
    )
    rotate.set_defaults(run="keys_rotate")
    tokens = actions.add_parser("renew-tokens", help="elk jaar: nieuwe sleutels voor zoeken, als sl_owner")
    tokens.set_defaults(run="keys_renew_tokens")
    destroy = actions.add_parser(
        "destroy-old", help="sleutels van meer dan 35 dagen geleden vernietigen, met twee mensen"
    )
    destroy.add_argument(
        "--by", nargs=2, required=True, metavar="E-MAIL", help="wie dit samen doen; elk typt een wachtwoord"
    )
    destroy.set_defaults(run="keys_destroy_old")

    export = actions.add_parser("public-export", help="de delen van de sleutelmap die niets openen")
    export.add_argument("folder", type=Path, help="een nieuwe map")
    export.add_argument(
        "--for", dest="of", choices=("public", "desk", "worker"), default="public", help="welk proces"
    )
    export.set_defaults(run="keys_public_export")
    backup = actions.add_parser(
        "backup-create", help="op een ANDERE machine: de sleutel maken waarmee back-ups opengaan"
    )
    backup.add_argument("--out", required=True, type=Path, help="bestand voor de geheime helft")
    backup.set_defaults(run="keys_backup_create")
    advance = actions.add_parser(
        "backup-advance", help="op die machine: zorgen dat oude back-ups nooit meer opengaan"
    )
    advance.add_argument("--key", required=True, type=Path, help="bestand met de geheime helft")
    advance.set_defaults(run="keys_backup_advance")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, help="map waarin de back-up komt")
    parser.add_argument("--keys", action="store_true", help="de sleutelmap, niet de database")
    parser.add_argument("--recipient", type=Path, help="openbare sleutel (anders backup.pub bij de sleutels)")
    parser.add_argument("--keep-days", type=int, help="daarna weggooien wat ouder is, hoogstens 35 dagen")
    parser.add_argument("--verify", type=Path, metavar="BESTAND", help="nagaan of een back-up opengaat")
    parser.add_argument("--key", type=Path, help="bij --verify: de geheime helft")
    parser.set_defaults(run="backup")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="file", type=Path, metavar="BESTAND", help="welke back-up")
    parser.add_argument("--key", type=Path, help="de geheime helft van de sleutel voor back-ups")
    parser.add_argument("--keys", action="store_true", help="de sleutelmap terugzetten, niet de database")
    parser.add_argument("--replace", action="store_true", help="ook als de database niet leeg is")
    parser.set_defaults(run="restore")


def _organisation(parser: argparse.ArgumentParser) -> None:
    add = parser.add_subparsers(required=True).add_parser("add", help="een organisatie toevoegen")
    add.add_argument("--code", help="CBS-code van de gemeente, of de id van de partner in het pakket")
    add.add_argument("--name", help="naam, zoals iedereen haar ziet")
    add.add_argument("--kind", choices=KINDS, help="soort")
    add.add_argument("--subregion", action="append", default=[], help="id van een subregio; mag vaker")
    add.add_argument("--from-pack", action="store_true", help="alle organisaties van de handreiking")
    add.set_defaults(run="organisation_add")


def _account(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True)
    lost = commands.add_parser(
        "lost-factor", help="de tweede stap weghalen van wie telefoon en herstelcodes kwijt is"
    )
    lost.add_argument("--email", required=True)
    lost.set_defaults(run="account_lost_factor")
    invite = commands.add_parser("invite", help="iemand een account geven")
    invite.add_argument("--organisation", required=True, help="code van de organisatie")
    invite.add_argument("--email", required=True)
    invite.add_argument("--name", required=True)
    invite.add_argument("--role", required=True, help="rol, zoals administrator of focal_point")
    invite.set_defaults(run="account_invite")


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="poort (8000)")
