"""What `sluitend restore --from` does before it destroys again: fill a database or a key folder."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sluitend.cli import pg_tools
from sluitend.cli.backing_up import opened, plain_errors, read_offline
from sluitend.cli.errors import CommandError
from sluitend.cli.migrating import bring_tables_up_to_date

if TYPE_CHECKING:
    import psycopg

    from sluitend.kernel.sealing.backups import Backup, Header

HALF_WAY = "restoring:"
"""How a database is marked into which a backup was put, until everything destroyed is destroyed again."""

_RELATIONS = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usesysid IS NOT NULL AND pid <> pg_backend_pid()
"""


def put_back(file: Path, key: Path | None, *, replace: bool) -> "Header":
    """Fill the database from a backup, unless an earlier run has done so, and bring its tables up to date.

    Nobody can be served from it yet: it is marked as put back in the same transaction.

    Raises:
        CommandError: it could not be done. The database is as it was, or holds a backup of another version.
    """
    from django.conf import settings

    from sluitend.kernel.sealing.backups import Backup
    from sluitend.kernel.sealing.keyfolder import KeyFolder
    from sluitend.kernel.sealing.register import verify_key

    keys, offline = KeyFolder(settings.SLUITEND_KEYS), read_offline(key)
    with plain_errors(), opened(file) as source:
        found = Backup(source)
        found.check(verify_key(keys))
        if found.header.kind != "database":
            raise CommandError("Dit is een back-up van de sleutelmap. Zet haar terug met `restore --keys`.")
        if _must_load(found, replace=replace):
            pg_tools.load(found.pieces(offline, keys), mark=HALF_WAY + found.digest, replace=replace)
            print(f"Teruggezet: de database van {found.header.taken:%d-%m-%Y %H:%M} UTC.")
    bring_tables_up_to_date()
    return found.header


def put_keys_back(arguments: Namespace) -> int:
    """Fill an empty key folder from its archive. A longer register of destructions that is there stays."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from sluitend.cli import environment
    from sluitend.kernel.sealing import key_archive
    from sluitend.kernel.sealing.backups import Backup
    from sluitend.kernel.sealing.keyfolder import KeyFolder

    if arguments.file is None:
        raise CommandError("Noem met --from de back-up van de sleutelmap.")
    offline, variables = read_offline(arguments.key), environment.base(environment.data_folder())
    folder = KeyFolder(Path(variables["SLUITEND_KEYS"]))
    with plain_errors(), opened(arguments.file) as source:
        found = Backup(source)
        if found.header.kind != "keys":
            raise CommandError("Dit is een back-up van de database. Zet haar terug zonder --keys.")
        files = key_archive.read(b"".join(found.pieces(offline, folder)))
        # Nothing else is left to check it by: the key is in the archive, unless somebody wrote it down.
        wanted = environment.pinned_verify_key() or files["verify.key"].decode().strip()
        found.check(Ed25519PublicKey.from_public_bytes(bytes.fromhex(wanted)))
    try:
        key_archive.unpack(folder, files)
    except key_archive.NotEmpty as error:
        raise CommandError(f"In {folder.path} staan al sleutels. Er is niets overschreven.") from error
    print(f"{len(files)} bestanden in {folder.path}. Vergelijk verify.key met uw papier: {wanted}")
    print("Zet nu de nieuwste destructions.jsonl erbij, en dan de database terug.")
    return 0


def compare_ledger(header: "Header") -> int:
    """Say whether the ledger is the one that the backup had, and what came after it and is gone."""
    from django.conf import settings

    from sluitend.kernel.ledger import diary
    from sluitend.kernel.ledger.chain import link_all, verify
    from sluitend.kernel.ledger.checkpoints import read_checkpoints
    from sluitend.kernel.ledger.models import Link
    from sluitend.kernel.ledger.verification import Kind, missing

    while link_all():
        pass
    heads = {UUID(each): head for each, head in header.ledger.items()}
    other = [
        organisation
        for organisation, head in heads.items()
        if not Link.objects.filter(
            organisation_id=organisation, position=head.position, hash=bytes.fromhex(head.hash)
        ).exists()
    ]
    findings = verify(read_checkpoints(settings.SLUITEND_CHECKPOINTS))
    # What was written after the backup is gone, and the restore itself wrote in its place.
    known = {each: head.position for each, head in heads.items()}
    after = (Kind.CUT_OFF, Kind.RECOMPUTED)
    gone = [
        each
        for each in findings
        if each.kind in after and (each.position or 0) > known.get(each.organisation_id, 0)
    ]
    if other or len(gone) != len(findings):
        print("Het logboek is niet dat van de back-up. Draai `sluitend ledger verify` en zoek het uit.")
        return 1
    print("Het logboek is heel, tot het moment van de back-up.")
    if gone:
        print(f"Van {len(gone)} organisaties zijn regels van na de back-up weg. Schrijf op waarom.")
    if lines := missing(settings.SLUITEND_DIARY):
        print(f"{len(lines)} regels uit het dagboek zijn van na de back-up en staan er niet meer in.")
        diary.set_aside()
    return 0


def _must_load(found: "Backup", *, replace: bool) -> bool:
    """Return whether the database still has to be filled.

    Raises:
        CommandError: it holds something else, or somebody uses it.
    """
    with pg_tools.connect() as connection:
        (relations,) = connection.execute(_RELATIONS).fetchone() or (0,)
        (others,) = connection.execute(_OTHERS).fetchone() or (0,)
        mark = _mark(connection) if relations else ""
        name = connection.info.dbname
    if mark == HALF_WAY + found.digest:
        print("Deze back-up staat er al in; het vervolg is nog niet gedaan.")
        return False
    if others:
        raise CommandError(f"Er zijn nog {others} verbindingen met {name}. Stop eerst alle processen.")
    if relations and not replace:
        raise CommandError(
            f"De database {name} is niet leeg. Neem een nieuwe, of vervang alles met --replace."
        )
    if relations:
        _confirm(name)
    return True


def _mark(connection: "psycopg.Connection") -> str:
    present = connection.execute("SELECT to_regclass('public.sealing_standing') IS NOT NULL").fetchone()
    if not present or not present[0]:
        return ""
    row = connection.execute("SELECT identity FROM public.sealing_standing").fetchone()
    return str(row[0]) if row else ""


def _confirm(name: str) -> None:
    try:
        typed = input(f"Alles in {name} verdwijnt. Typ de naam van de database: ")
    except EOFError:
        typed = ""
    if typed.strip() != name:
        raise CommandError("Dat is niet de naam van de database. Er is niets vervangen.")
