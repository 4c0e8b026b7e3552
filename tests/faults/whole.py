"""Whether the database holds anything half: seen by a superuser, over the tables of a report."""

import psycopg

from tests.test_promise import lost

PARTS = {
    "a report without a mailbox": "SELECT count(*) FROM reports_report r WHERE NOT EXISTS "
    "(SELECT 1 FROM reports_mailbox m WHERE m.report_id = r.id)",
    "a report without an envelope": "SELECT count(*) FROM reports_report r WHERE NOT EXISTS "
    "(SELECT 1 FROM sealing_envelope e WHERE e.id = r.envelope_id)",
    "a report without content": "SELECT count(*) FROM reports_report WHERE content IS NULL",
    "an envelope without the seal of the municipality": "SELECT count(*) FROM reports_report r "
    "WHERE (SELECT count(*) FROM sealing_seal s WHERE s.envelope_id = r.envelope_id) <> 1",
    "an envelope without the seal of the mailbox": "SELECT count(*) FROM reports_report r WHERE NOT EXISTS "
    "(SELECT 1 FROM sealing_mailboxseal s WHERE s.envelope_id = r.envelope_id)",
    "an envelope of nothing": "SELECT count(*) FROM sealing_envelope e WHERE NOT EXISTS "
    "(SELECT 1 FROM reports_report r WHERE r.envelope_id = e.id)",
    "a step of nothing": "SELECT count(*) FROM followup_nextstep s WHERE NOT EXISTS "
    "(SELECT 1 FROM reports_report r WHERE r.current_step_id = s.id)",
}


def halves(admin: psycopg.Connection) -> list[str]:
    """Return what is half in a database in which nothing was done but reporting."""
    found = []
    for name, query in PARTS.items():
        (number,) = admin.execute(query.encode()).fetchone() or (0,)
        if number:
            found.append(f"{name}: {number}")
    return [*found, *(f"{table}: {number} lost" for table, number in lost(admin))]


def reports(admin: psycopg.Connection) -> int:
    """Return how many reports there are."""
    (number,) = admin.execute("SELECT count(*) FROM reports_report").fetchone() or (0,)
    return int(number)
