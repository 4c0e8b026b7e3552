"""What whoever writes the tables does to make up words, with what a process of the web has."""

import json
from uuid import UUID

import psycopg
from django.conf import settings

from sluitend.demo import embedded
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.ends import steps_without_line
from sluitend.kernel.ledger.content import content_differences, note_content
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import crypto, proofs
from sluitend.kernel.sealing.comparing import Difference
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.keyring import public_proof, seal_info
from sluitend.kernel.sealing.proofs import Opened, ProofKeys
from sluitend.kernel.sealing.register import register_store
from tests import samples
from tests.conftest import use_database

FORGED = "VERVALST: ik zag de burgemeester met een busje"
AF = "af@westland.example"


def row_of(code: str) -> Report:
    """Return a report as it stands."""
    with acting(samples.actor(AF)):
        return Report.objects.get(code=code)


def as_desk(url: str, organisation_id: UUID) -> psycopg.Connection:
    """Return a session of injected SQL at the desk: the role of the web, acting for an organisation."""
    found = psycopg.connect(url, autocommit=True)
    found.execute("SELECT set_config('sl.org', %s, false)", [str(organisation_id)])
    return found


def swap_seal(db: psycopg.Connection, row: Report, key: bytes) -> None:
    """Replace the data key of a report by one of ours, with the public key of the municipality."""
    entry = register_store().current().entry(row.organisation_id)
    assert row.envelope_id
    info = seal_info(row.envelope_id, row.organisation_id, entry.key_id)
    changed = db.execute(
        "UPDATE sealing_seal SET sealed = %s WHERE envelope_id = %s",
        [crypto.seal(key, entry.key(), info), row.envelope_id],
    )
    assert changed.rowcount == 1


def made_up(row: Report, key: bytes, revision: int, *, proof: str) -> bytes:
    """Return words for a report: with no proof, one of our own making, or that of the public process."""
    assert row.envelope_id
    aad = crypto.bind(
        "sluitend/field/1", "reports_report", "content", str(row.id), row.envelope_id.bytes, revision
    )
    sealed = crypto.encrypt(json.dumps({"saw": FORGED}).encode(), key, aad)
    keys = {
        "own": ProofKeys(crypto.new_key(), crypto.new_key()),
        "public": public_proof(KeyFolder(settings.SLUITEND_KEYS), row.envelope_id),
    }
    if proof == "none":
        return sealed
    kind = "public" if proof == "public" else "desk"
    return proofs.proven(sealed, kind, Opened(key, keys[proof]), aad)


def put(db: psycopg.Connection, row: Report, content: bytes, revision: int) -> None:
    """Put words in a report."""
    db.execute(
        "UPDATE reports_report SET content = %s, revision = %s WHERE id = %s", [content, revision, row.id]
    )


def note_all(server: embedded.Server, database: str) -> None:
    """Give what was written its place in the ledger, as the worker does."""
    keys = settings.SLUITEND_KEYS
    use_database(server.url("sl_worker", database), keys)
    try:
        for organisation_id in Organisation.objects.values_list("id", flat=True):
            with acting(system_actor(organisation_id)) as actor:
                note_content(actor)
    finally:
        use_database(server.url("sl_app", database), keys)


def found_by_verify(server: embedded.Server, database: str) -> list[Difference]:
    """Return what `sluitend ledger verify` finds of what was written."""
    keys = settings.SLUITEND_KEYS
    use_database(server.url("sl_owner", database), keys)
    try:
        return [*content_differences(), *steps_without_line()]
    finally:
        use_database(server.url("sl_app", database), keys)
