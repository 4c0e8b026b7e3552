"""Checks of keys, of what is signed with them, and of a database that was put back."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sluitend.cli.checks import Result, check

RENEW_WITHIN = timedelta(days=30)
TOKENS_LAST = timedelta(days=366)
TOKENS_ARE_LATE = timedelta(days=396)
OLDEST_CHECKPOINT = timedelta(hours=2)


@check("sleutelregister")
def keys() -> Result:
    """Intake must not seal to a stranger, nor to a register that ends."""
    from sluitend.kernel.sealing.errors import NoKey
    from sluitend.kernel.sealing.register import register_alarm, register_store

    try:
        alarm = register_alarm()
    except (ValueError, NoKey):  # the key to check with is missing or is no key
        return Result(
            "bad",
            "Het register is niet na te kijken. Zet in SLUITEND_VERIFY_KEY 64 hexadecimale tekens, of niets.",
        )
    if alarm in ("signature", "rollback", "form"):
        return Result(
            "bad",
            f"Het register van sleutels is veranderd ({alarm}). Zoek uit door wie, en draai dan "
            "`sluitend keys create`.",
        )
    if alarm is not None:
        return Result("bad", f"Het register van sleutels geldt niet ({alarm}). Draai `sluitend keys create`.")
    until = register_store().current().valid_until
    if until - timezone.localdate() < RENEW_WITHIN:
        return Result("warn", f"Het register geldt tot {until:%d-%m-%Y}. Draai `sluitend keys rotate`.")
    return Result("ok", f"Het register van sleutels is echt en geldt tot {until:%d-%m-%Y}.")


@check("bestanden met sleutels")
def key_files() -> Result:
    """Nobody else on this machine reads a private key."""
    from sluitend.kernel.sealing.keyfolder import KeyFolder

    folder = settings.SLUITEND_KEYS
    if not folder.is_dir():
        return Result("bad", f"De map {folder} ontbreekt; draai `sluitend keys create`.")
    if folder.stat().st_uid != os.geteuid():
        return Result("bad", f"De map {folder} is van een ander; maak de gebruiker van dit proces eigenaar.")
    if KeyFolder(folder).open_files() or folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Result("bad", f"Anderen kunnen in {folder} lezen; draai daar `chmod -R go= .`.")
    return Result("ok", "Alleen de eigenaar leest de sleutels.")


@check("sleutels van elke organisatie")
def custodian_folder() -> Result:
    """What is sealed to an organisation opens only with its private key, which must be here."""
    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing.errors import NoKey
    from sluitend.kernel.sealing.keyfolder import KeyFolder
    from sluitend.kernel.sealing.register import register_store

    try:
        public = {entry.organisation: entry.key_id for entry in register_store().current().keys}
    except NoKey:
        public = {}
    folder = KeyFolder(settings.SLUITEND_KEYS)
    rows = list(Organisation.objects.values_list("id", "name"))
    without = [name for each, name in rows if each not in public]
    if without:
        return Result("bad", f"Zonder sleutel: {', '.join(without[:5])}. Draai `sluitend keys create`.")
    if not (settings.SLUITEND_PUBLIC_ONLY or settings.SLUITEND_CUSTODIAN):
        shut = [name for each, name in rows if public[each] not in folder.key_ids(each)]
        if shut:
            return Result(
                "bad",
                f"De geheime sleutel van {', '.join(shut[:5])} ontbreekt. Zet de sleutelmap terug.",
            )
    return Result("ok", "Van elke organisatie is er een sleutel.")


@check("bewijs bij verzegelde teksten", start_may=True)
def proofs() -> Result:
    """Of what nobody proved, nothing is read."""
    if settings.SLUITEND_PUBLIC_ONLY or settings.SLUITEND_CUSTODIAN:
        return Result("ok", "De sleutel van het bewijs staat niet bij dit proces.")
    if not (settings.SLUITEND_KEYS / "content.key").exists():
        return Result("bad", "De sleutel content.key ontbreekt: niets is te lezen. Zet de sleutelmap terug.")
    return Result("ok", "Alleen tekst met bewijs wordt getoond.")


@check("sleutels voor zoeken", start_may=True)
def token_keys() -> Result:
    """Whoever stole a key of search finds with it until it is renewed: each year, and to the end."""
    if settings.SLUITEND_PUBLIC_ONLY or settings.SLUITEND_CUSTODIAN:
        return Result("ok", "De sleutels voor zoeken staan niet bij dit proces.")
    files = list((settings.SLUITEND_KEYS / "tokens").glob("*.key"))
    if any(each.name.endswith(".former.key") for each in files):
        return Result(
            "warn",
            "Het vernieuwen van een sleutel voor zoeken is niet af. Draai `sluitend keys renew-tokens`.",
        )
    made = [datetime.fromtimestamp(each.stat().st_mtime, UTC) for each in files]
    if not made:
        return Result("ok", "Er is nog geen sleutel voor zoeken.")
    age, day = timezone.now() - min(made), timezone.localtime(min(made))
    if age <= TOKENS_LAST:
        return Result("ok", f"De oudste sleutel voor zoeken is van {day:%d-%m-%Y}.")
    return Result(
        "bad" if age > TOKENS_ARE_LATE else "warn",
        f"De oudste sleutel voor zoeken is van {day:%d-%m-%Y}. Draai `sluitend keys renew-tokens`, elk jaar.",
    )


@check("controlepunten van het logboek", demo_may=True, start_may=True)
def checkpoints() -> Result:
    """A hole in the ledger shows by a checkpoint only, so there is a new one each hour."""
    from sluitend.kernel.ledger.checkpoints import read_checkpoints

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Controlepunten zet de worker.")
    moments = [
        datetime.fromisoformat(point.at)
        for point in read_checkpoints(settings.SLUITEND_CHECKPOINTS, months=1)
        if point.at
    ]
    if not moments:
        return Result("warn", "Er is nog geen controlepunt. De worker zet er elke minuut een; draait hij?")
    if timezone.now() - max(moments) > OLDEST_CHECKPOINT:
        last = timezone.localtime(max(moments))
        return Result(
            "bad",
            f"Het laatste controlepunt is van {last:%d-%m-%Y %H:%M}. Start de worker.",
        )
    return Result("ok", "Het laatste controlepunt is jonger dan twee uur.")


@check("teruggezette database")
def restored() -> Result:
    """Nobody signs in to a backup in which stands again what was destroyed."""
    from sluitend.cli.restoring import NOT_BROUGHT_UP, is_up_to_date

    if not is_up_to_date():
        return Result("bad", NOT_BROUGHT_UP)
    return Result("ok", "Wat vernietigd is, staat niet opnieuw in de database.")


@check("bewaarder van de sleutels", start_may=True)
def custodian() -> Result:
    """Say whether the private keys are with this process or in one of their own, and whether that answers."""
    from sluitend.kernel.sealing.errors import SealError

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Het openbare proces heeft geen bewaarder nodig.")
    if not settings.SLUITEND_CUSTODIAN:
        return Result("ok", "De geheime sleutels staan bij dit proces; `sluitend custodian` haalt ze eruit.")
    if (settings.SLUITEND_KEYS / "private").exists():
        return Result(
            "bad",
            "Er is een bewaarder, maar hier liggen ook geheime sleutels. Gebruik `keys public-export`.",
        )
    try:
        _ask(settings.SLUITEND_KEYS)
    except SealError as error:
        return Result(
            "bad", f"De bewaarder antwoordt niet ({type(error).__name__}). Start `sluitend custodian`."
        )
    return Result("ok", "De geheime sleutels staan in een eigen proces, en dat antwoordt.")


def _ask(folder: Path) -> None:
    """Ask the custodian something of no weight, as a kind of process of which the key is here."""
    from sluitend.kernel.sealing.custodian import socket_path
    from sluitend.kernel.sealing.custodian_client import SocketCustodian

    held = [each for each in ("command", "worker", "desk") if (folder / f"mac-{each}.key").exists()]
    keeper = SocketCustodian(socket_path(settings.SLUITEND_CUSTODIAN), folder, held[0] if held else "desk")
    try:
        keeper.is_mac("desk", b"doctor", b"doctor")
    finally:
        keeper.close()
