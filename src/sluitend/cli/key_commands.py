"""`sluitend keys`: make, renew and destroy the keys of organisations."""

import getpass
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sluitend.cli import environment
from sluitend.cli.errors import CommandError
from sluitend.cli.owner import as_owner

if TYPE_CHECKING:
    from sluitend.kernel.organisations.models import Account, Organisation

ACTIVITY = "toegang"
WITNESSES = 2


def keys_create(arguments: Namespace) -> int:
    """Make keys for the organisations that have none."""
    with environment.django():
        create_keys()
    return 0


def create_keys() -> None:
    """Make the keys that are missing, and refresh the database's copy of the public ones."""
    from django.conf import settings

    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing import keys

    keys.copy_register(
        keys.create_keys(settings.SLUITEND_KEYS, Organisation.objects.values_list("id", flat=True))
    )


def keys_rotate(arguments: Namespace) -> int:
    """Give every organisation a new key and seal what lives to it; each batch is committed by itself."""
    with as_owner():
        return rotate_all()


def rotate_all() -> int:
    """Renew the key of every organisation, go on after one that fails, and return the exit status."""
    from sluitend.kernel.organisations.models import Organisation

    failed = [
        organisation.name
        for organisation in Organisation.objects.order_by("name")
        if not _rotate(organisation)
    ]
    if failed:
        print(f"Niet klaar: {', '.join(failed)}. Los het op en draai dit opnieuw.")
        return 1
    print("Kopieer keys.json naar het openbare proces. De oude sleutels blijven 35 dagen liggen.")
    return 0


def _rotate(organisation: "Organisation") -> bool:
    from sluitend.kernel.sealing.errors import NoKey, SealBroken
    from sluitend.kernel.sealing.keys import LeftBehind, retired_keys, rotate

    terms = dict(retired_keys(organisation.id))
    try:
        moved = rotate(organisation.id)
    except LeftBehind:
        print(f"{organisation.name}: een ander proces hield zegels vast; die staan nog op een oude sleutel.")
        return False
    except NoKey as error:
        print(f"{organisation.name}: een sleutel ontbreekt ({error}). Draai `sluitend keys create`.")
        return False
    except SealBroken:
        print(f"{organisation.name}: een zegel is veranderd en gaat niet open. Zoek uit door wie.")
        return False
    note(organisation.id, "keys.rotated")
    if any(day > terms.get(key_id, day) for key_id, day in retired_keys(organisation.id)):
        print(
            f"{organisation.name}: na de vorige keer is nog op een oude sleutel verzegeld. Draai `keys "
            "public-export` voor elk proces zonder sleutels. Die oude sleutel blijft weer 35 dagen liggen."
        )
    print(f"{organisation.name}: {moved} zegels overgezet.")
    return True


def keys_destroy_old(arguments: Namespace) -> int:
    """Destroy what was replaced more than 35 days ago, and the keys of backups as old, by two people."""
    with as_owner():
        witnesses = [_witness(email) for email in arguments.by]
        if len({each.pk for each in witnesses}) != WITNESSES:
            raise CommandError("Twee verschillende mensen vernietigen samen sleutels. Noem er twee met --by.")
        for each in witnesses:
            _confirm(each)
        return destroy_old(witnesses[0].pk, witnesses[1].pk)


def destroy_old(first: UUID, second: UUID) -> int:
    """Destroy every old key whose term has passed, tell of each, and return the exit status."""
    from django.utils import timezone

    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing.keys import TooEarly, destroy_old_key, retired_keys

    status, today = 0, timezone.localdate()
    for organisation in Organisation.objects.order_by("name"):
        for key_id, day in retired_keys(organisation.id):
            if day > today:
                print(f"{organisation.name}: sleutel {key_id} mag vanaf {day:%d-%m-%Y}.")
                continue
            try:
                destroy_old_key(organisation.id, key_id, witnesses=(first, second))
            except TooEarly:
                status = 1
                print(f"{organisation.name}: op {key_id} staan nog zegels. Draai `sluitend keys rotate`.")
                continue
            for witness in (first, second):
                note(organisation.id, "keys.destroyed", witness)
            print(f"{organisation.name}: sleutel {key_id} is vernietigd.")
    _destroy_months(first, second, today)
    return status


def _destroy_months(first: UUID, second: UUID, today: date) -> None:
    """Destroy the keys of the months of which no backup is within its term any more."""
    from django.conf import settings

    from sluitend.kernel.organisations.models import PLATFORM_ID
    from sluitend.kernel.sealing import monthkeys
    from sluitend.kernel.sealing.keyfolder import KeyFolder
    from sluitend.kernel.sealing.keys import BACKUP_TERM

    folder = KeyFolder(settings.SLUITEND_KEYS)
    for month in monthkeys.months(folder):
        day = monthkeys.may_go_on(month, BACKUP_TERM)
        if day > today:
            print(f"De sleutel van de back-ups van {month} mag vanaf {day:%d-%m-%Y}.")
            continue
        monthkeys.destroy(folder, month)
        for witness in (first, second):
            note(PLATFORM_ID, "backup.key_destroyed", witness)
        print(f"De sleutel van de back-ups van {month} is vernietigd. Die back-ups gaan nooit meer open.")


def keys_public_export(arguments: Namespace) -> int:
    """Copy what opens nothing to a folder for a process without private keys; again brings it up to date."""
    from pathlib import Path

    from sluitend.kernel.sealing.keyfolder import PARTS, KeyFolder

    source = KeyFolder(Path(environment.base(environment.data_folder())["SLUITEND_KEYS"]))
    target, wanted = KeyFolder(arguments.folder), PARTS[arguments.of]
    if any((arguments.folder / name).exists() for name in ("private", "tokens", "signing.key")):
        raise CommandError(f"In {arguments.folder} staan geheime sleutels. Neem een lege map.")
    copied = [name for name in wanted if (source.path / name).exists()]
    if "keys.json" not in copied:
        raise CommandError(f"In {source.path} staat geen keys.json. Draai `sluitend keys create`.")
    for name in copied:
        target.write(source.read(name), name)
    print(f"{len(copied)} bestanden in {arguments.folder}; geen daarvan opent iets.")
    return 0


def keys_backup_create(arguments: Namespace) -> int:
    """Make the key of backups, on a machine that is not the server, and its public half beside it."""
    from sluitend.kernel.sealing.offline import OfflineKey, write_private

    key, public = OfflineKey.create(_today()), arguments.out.with_name(f"{arguments.out.name}.pub")
    halves = key.public()
    try:
        key.write(arguments.out)
        write_private(public, halves.to_bytes())
    except FileExistsError as error:
        raise CommandError(f"{error.args[0]} bestaat al. Er is niets overschreven.") from error
    except OSError as error:
        raise CommandError(f"{arguments.out} is niet te schrijven ({error.strerror}).") from error
    print(f"Geheim, nooit naar de server: {arguments.out}. Bewaar het dubbel, op twee plekken achter slot.")
    print(f"Openbaar, als backup.pub naar de sleutelmap van de server: {public}")
    print(f"Kenmerk {halves.name()}, voor back-ups tot en met {halves.last()}.")
    return 0


def keys_backup_advance(arguments: Namespace) -> int:
    """Take from the key of backups what it no longer needs: months of which no backup is within its term."""
    from sluitend.cli.backing_up import MOST_DAYS, read_offline
    from sluitend.kernel.sealing.errors import NoKey
    from sluitend.kernel.sealing.offline import Month

    key = read_offline(arguments.key)
    month = Month.of(_today() - timedelta(days=MOST_DAYS))
    if month <= key.month:
        print(f"Niets te doen: dit bestand opent niets van voor {key.month}.")
        return 0
    try:
        key.advanced(month).write(arguments.key, replace=True)
    except NoKey as error:
        raise CommandError("Deze sleutel is verlopen. Maak een nieuwe met `backup-create`.") from error
    print(f"Dit bestand opent nu niets meer van voor {month}. Doe dit ook met elke kopie.")
    return 0


def _today() -> date:
    """Return the day; these commands run on a machine where nothing of Sluitend is set up."""
    return datetime.now(tz=UTC).date()


def _witness(email: str) -> "Account":
    """Return the account of somebody who may destroy keys, by a role that one of our processes gave."""
    from sluitend.kernel.organisations.models import Account, Membership, Role

    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    roles = (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
    held = Membership.objects.valid().filter(account=account, role__in=roles) if account else ()
    if account is None or not any(each.given for each in held):
        raise CommandError(f"{email} is geen beheerder of privacyfunctionaris met een open account.")
    return account


def _confirm(account: "Account") -> None:
    """Let somebody show to be there: a name alone could be typed by the other."""
    if not account.check_password(getpass.getpass(f"Wachtwoord van {account.name}: ")):
        raise CommandError(f"Het wachtwoord van {account.name} klopt niet. Er is niets vernietigd.")


def note(organisation_id: UUID, action: str, account_id: UUID | None = None) -> None:
    """Write a line about keys in the ledger of an organisation."""
    from sluitend.kernel.access.acting import Actor, acting, system_actor
    from sluitend.kernel.ledger.actions import record

    actor = system_actor(organisation_id)
    if account_id is not None:
        actor = Actor(account_id=account_id, organisation_id=organisation_id)
    with acting(actor):
        record(actor=actor, action=action, activity=ACTIVITY)
