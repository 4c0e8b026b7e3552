"""What backups, or the tables as the worker sees them, open for whoever has all that can be had besides."""

from datetime import date
from io import BytesIO
from itertools import product
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import monthkeys
from sluitend.kernel.sealing.backups import Backup, BackupBad, Facts, write
from sluitend.kernel.sealing.errors import NoKey, SealBroken
from sluitend.kernel.sealing.keyfolder import KeyFolder
from sluitend.kernel.sealing.offline import Month, OfflineKey
from tests import database, samples
from tests.attacks.test_stolen import PLANTED, spellings

MONTHS = (Month(2026, 10), Month(2026, 11), Month(2026, 12))
WORDS = b"wat er in de gegevensbank stond" * 100


def keys_at(folder: Path, source: Path) -> KeyFolder:
    """Return a copy of a key folder, as a thief takes it along."""
    made = KeyFolder(folder)
    for each in source.rglob("*"):
        if each.is_file():
            made.write(each.read_bytes(), *each.relative_to(source).parts)
    return made


def reads(taken: bytes, offline: OfflineKey, keys: KeyFolder) -> bool:
    """Return whether a backup opens with these keys."""
    try:
        return b"".join(Backup(BytesIO(taken)).pieces(offline, keys)) == WORDS
    except (NoKey, SealBroken, BackupBad):
        return False


def test_backups_open_for_nobody_who_lacks_one_of_the_two_keys(schema_version: str, tmp_path: Path) -> None:
    """A thief of three months of backups, of the server's folder before and after, and of an older key."""
    own = keys_at(tmp_path / "own", database.keys_folder(schema_version))
    offline = OfflineKey.create(date(2026, 10, 1))
    public, taken = offline.public(), {}
    for month in MONTHS:
        output = BytesIO()
        facts = Facts("database", timezone.now(), month, "0.1")
        write([WORDS], output, facts, recipient=public, keys=own)
        taken[month] = output.getvalue()
    before = keys_at(tmp_path / "before", own.path)
    monthkeys.destroy(own, MONTHS[0])
    after, elsewhere = keys_at(tmp_path / "after", own.path), keys_at(tmp_path / "x", tmp_path / "nowhere")
    advanced, guessed = offline.advanced(MONTHS[2]), OfflineKey.create(date(2026, 10, 1))
    assert all(reads(taken[month], offline, before) for month in MONTHS)
    assert reads(taken[MONTHS[2]], advanced, after)
    opened = {
        (month, name, kept)
        for month in MONTHS
        for (name, key), (kept, keys) in product(
            {"offline": offline, "advanced": advanced, "made": guessed}.items(),
            {"before": before, "after": after, "none": elsewhere}.items(),
        )
        if reads(taken[month], key, keys)
    }
    assert {each for each in opened if each[1] == "made" or each[2] == "none"} == set()
    assert {each for each in opened if each[1] == "advanced" and each[0] != MONTHS[2]} == set()
    assert (MONTHS[0], "offline", "after") not in opened, "the key of its month was destroyed"
    # Changed, cut, put together of two, or under the head of another: refused.
    first, second = taken[MONTHS[1]], taken[MONTHS[2]]
    for bent in (first[:-1], first[:-40] + b"x" + first[-39:], first[:600] + second[600:], first + second):
        assert not reads(bent, offline, before)
    assert not any(word.encode() in each for each in taken.values() for word in ("gegevensbank", "Westland"))


@pytest.mark.parametrize("role", ["sl_worker", "sl_app"])
def test_the_tables_of_the_worker_hold_no_word_for_whoever_has_no_keys(
    server: embedded.Server, own_database: str, role: str
) -> None:
    """Signed in to the database as it is, and acting for each organisation in turn, it reads every row."""
    sample = samples.whole_route()
    samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    with acting(samples.actor("af@westland.example")):
        case = Case.objects.get(code=sample.case).id
    seen = list[str]()
    with psycopg.connect(server.url(role, own_database), autocommit=True) as thief:
        places = [str(each) for each in Organisation.objects.values_list("pk", flat=True)]
        tables = thief.execute(
            "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND has_table_privilege(c.oid, 'SELECT')"
        ).fetchall()
        for place in places:
            thief.execute("SELECT set_config('sl.org', %s, false)", [place])
            for (table,) in tables:
                rows = thief.execute(f'SELECT t::text FROM "{table}" t'.encode()).fetchall()
                seen += [row for (row,) in rows]
    assert any(str(case) in row for row in seen), "it sees the rows themselves"
    everything = "\n".join(seen).encode()
    words = [*PLANTED, sample.report_receipt, sample.report_receipt.replace("-", "")]
    assert [word for word in words for each in spellings(word) if each in everything] == []
