"""Whose rows these are, what intake may add, and the two functions through which a mailbox opens."""

from django.db import migrations

from sluitend.kernel.organisations.rls import (
    CODE,
    fixed_columns,
    intake_inserts,
    matter,
    of_one_account,
    open_subject,
    own_rows,
    sane_day,
    sane_days,
)
from sluitend.kernel.sealing.remembering import remembers

OWN = (
    "report",
    "reporteridentity",
    "reporttoken",
    "mailbox",
    "mailboxmessage",
    "rememberedreceipt",
    "mark",
)
OF_ONE_ACCOUNT = ("rememberedreceipt", "mark")

# What the public pages write, and no other form of it: one row of another form stopped every page that shows it.
REPORT = f"""revision = 1 AND closed IS NULL AND state = 'new' AND {CODE} AND {sane_day("received")}
  AND theme ~ '^[a-z0-9_.-]*$' AND outcome = '' AND decided IS NULL AND decided_by_id IS NULL AND decision IS NULL
  AND second_eyes IS NULL AND second_eyes_by_id IS NULL AND retention_until IS NULL
  AND NOT swept AND NOT told AND fresh"""

# Right code: the mailbox with its messages. Wrong code: nothing. Intake itself can select nothing at all.
MAILBOX_OPEN = """
CREATE FUNCTION mailbox_open(k bytea) RETURNS TABLE (
    report uuid, organisation uuid, envelope uuid, seal bytea, code text, kind text, state text, received date, decided date,
    anonymity text, closed boolean, acute boolean, message uuid, direction text, message_kind text, day date, sealed bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id, r.organisation_id, r.envelope_id, s.sealed, r.code, r.kind, r.state, r.received, r.decided,
           r.anonymity, r.closed IS NOT NULL, r.acute, m.id, m.direction, m.kind, m.day, m.text
      FROM public.reports_mailbox b
      JOIN public.reports_report r ON r.id = b.report_id
      JOIN public.sealing_mailboxseal s ON s.envelope_id = r.envelope_id
      LEFT JOIN public.reports_mailboxmessage m ON m.mailbox_id = b.id
     WHERE b.lookup = k AND length(k) = 32
     ORDER BY m.number $$;
REVOKE ALL ON FUNCTION mailbox_open(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_open(bytea) TO sl_intake;
"""
# The lock on the mailbox gives two messages at once two numbers. A mailbox has an end: nobody fills a municipality's disk.
MAILBOX_APPEND = """
CREATE FUNCTION mailbox_append(k bytea, message uuid, message_kind text, message_day date, sealed bytea, danger boolean, child boolean)
  RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box record; present integer;
  BEGIN
    SELECT b.id, b.report_id, b.organisation_id INTO box
      FROM public.reports_mailbox b WHERE b.lookup = k AND length(k) = 32 FOR UPDATE;
    IF NOT FOUND OR message_kind NOT IN ('answer', 'addition') THEN RETURN false; END IF;
    SELECT count(*) INTO present FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id;
    IF present >= 200 THEN RETURN false; END IF;
    INSERT INTO public.reports_mailboxmessage
        (id, organisation_id, revision, mailbox_id, report_id, number, direction, kind, day, swept, text, acute, minor)
      VALUES (message, box.organisation_id, 1, box.id, box.report_id,
        (SELECT coalesce(max(m.number), 0) + 1 FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id),
        'in', message_kind, message_day, false, sealed, danger, child);
    RETURN true;
  END $$;
REVOKE ALL ON FUNCTION mailbox_append(bytea, uuid, text, date, bytea, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_append(bytea, uuid, text, date, bytea, boolean, boolean) TO sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0003_content")]
    operations = [
        *matter("report"),
        *matter("mark"),
        *[operation for table in OWN for operation in own_rows(f"reports_{table}")],
        *[operation for table in OWN for operation in fixed_columns(f"reports_{table}", ["organisation_id"])],
        *[operation for table in OF_ONE_ACCOUNT for operation in of_one_account(f"reports_{table}")],
        *intake_inserts("reports_report", REPORT),
        *intake_inserts("reports_reporteridentity", "revision = 1"),
        *intake_inserts("reports_mailbox", "length(lookup) = 32"),
        # What a function writes for that role, with a day that it is given.
        *sane_days("reports_mailboxmessage", ["day"]),
        *open_subject("reports_report"),
        *open_subject("reports_mark"),
        migrations.RunSQL(MAILBOX_OPEN),
        migrations.RunSQL(MAILBOX_APPEND),
        *remembers("reports_report", ("content", "decision"), ("state", "closed")),
        *remembers("reports_reporteridentity", ("content",)),
        *remembers("reports_mailboxmessage", ("text",), under=("reports_report", "report_id")),
        *remembers("reports_mark", ("content",), ("closed",)),
    ]
