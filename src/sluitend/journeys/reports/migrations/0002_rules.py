"""Whose rows these are, what intake may add, and the functions through which a mailbox opens."""

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
    "mailboxmessage",
    "rememberedreceipt",
    "mark",
)
OF_ONE_ACCOUNT = ("rememberedreceipt", "mark")
# A mailbox goes along with what its owner told; only a function of the doors moves it.
MAILBOX = "reports_mailbox"
PUBLIC_KEY = (
    f"ALTER TABLE {MAILBOX} ADD CONSTRAINT {MAILBOX}_public CHECK (public IS NULL OR length(public) = 1216)"
)

# What the public pages write, and no other form of it: one row of another form stopped every page that shows it.
REPORT = f"""revision = 1 AND closed IS NULL AND state = 'new' AND {CODE} AND {sane_day("received")}
  AND theme ~ '^[a-z0-9_.-]*$' AND outcome = '' AND decided IS NULL AND decided_by_id IS NULL AND decision IS NULL
  AND second_eyes IS NULL AND second_eyes_by_id IS NULL AND retention_until IS NULL
  AND NOT swept AND NOT told AND fresh"""

# Right code: the mailbox with its messages, whether it came by another door, and of a message that was written before
# that, its envelope. Wrong code: nothing. Intake itself can select nothing at all.
MAILBOX_OPEN = """
CREATE FUNCTION mailbox_open(k bytea) RETURNS TABLE (
    report uuid, organisation uuid, envelope uuid, seal bytea, code text, kind text, state text, received date, decided date,
    anonymity text, closed boolean, acute boolean, moved boolean, message uuid, direction text, message_kind text, day date,
    sealed bytea, before uuid, before_seal bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id, r.organisation_id, r.envelope_id, s.sealed, r.code, r.kind, r.state, r.received, r.decided,
           r.anonymity, r.closed IS NOT NULL, r.acute,
           EXISTS (SELECT FROM public.reports_passage p WHERE p.arrived_id = r.id AND p.state = 'accepted'),
           m.id, m.direction, m.kind, m.day, m.text, w.id, w.sealed
      FROM public.reports_mailbox b
      JOIN public.reports_report r ON r.id = b.report_id
      JOIN public.sealing_mailboxseal s ON s.envelope_id = r.envelope_id
      LEFT JOIN public.reports_mailboxmessage m ON m.mailbox_id = b.id
      LEFT JOIN LATERAL (SELECT o.envelope_id AS id, e.sealed FROM public.reports_report o
        JOIN public.sealing_mailboxseal e ON e.envelope_id = o.envelope_id
        WHERE m.report_id <> r.id AND o.id = m.report_id) w ON true
     WHERE b.lookup = k AND length(k) = 32 AND (m.id IS NULL OR m.report_id = r.id OR w.id IS NOT NULL)
     ORDER BY m.report_id = r.id, m.number $$;
REVOKE ALL ON FUNCTION mailbox_open(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_open(bytea) TO sl_intake;
"""
# The lock on the mailbox gives two messages at once two numbers. A mailbox has an end: nobody fills a municipality's disk.
# Nothing when the mailbox went to another door since it was opened: what was sealed then could be read by nobody there.
MAILBOX_APPEND = """
CREATE FUNCTION mailbox_append(k bytea, of_report uuid, message uuid, message_kind text, message_day date, sealed bytea,
    danger boolean, child boolean) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box record; present integer;
  BEGIN
    SELECT b.id, b.report_id, b.organisation_id INTO box
      FROM public.reports_mailbox b WHERE b.lookup = k AND length(k) = 32 FOR UPDATE;
    IF NOT FOUND OR message_kind NOT IN ('answer', 'addition') THEN RETURN false; END IF;
    IF box.report_id <> of_report THEN RETURN NULL; END IF;
    SELECT count(*) INTO present FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id;
    IF present >= 200 THEN RETURN false; END IF;
    INSERT INTO public.reports_mailboxmessage
        (id, organisation_id, revision, mailbox_id, report_id, number, direction, kind, day, swept, text, acute, minor)
      VALUES (message, box.organisation_id, 1, box.id, box.report_id,
        (SELECT coalesce(max(m.number), 0) + 1 FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id),
        'in', message_kind, message_day, false, sealed, danger, child);
    RETURN true;
  END $$;
REVOKE ALL ON FUNCTION mailbox_append(bytea, uuid, uuid, text, date, bytea, boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_append(bytea, uuid, uuid, text, date, bytea, boolean, boolean) TO sl_intake;
"""
# A file that its reporter adds before it is taken over goes along too: it is filed at both doors.
MAILBOX_PASSED_ON = """
CREATE FUNCTION mailbox_passed_on(k bytea) RETURNS TABLE (report uuid, organisation uuid, envelope uuid, seal bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, a.organisation_id, a.envelope_id, s.sealed
      FROM public.reports_mailbox b
      JOIN public.reports_passage p ON p.report_id = b.report_id AND p.state = 'sent' AND p."to" = 'care'
      JOIN public.reports_report a ON a.id = p.arrived_id
      JOIN public.sealing_mailboxseal s ON s.envelope_id = a.envelope_id
     WHERE b.lookup = k AND length(k) = 32 $$;
REVOKE ALL ON FUNCTION mailbox_passed_on(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_passed_on(bytea) TO sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0002_rules")]
    operations = [
        *matter("report"),
        *matter("mark"),
        *[operation for table in OWN for operation in own_rows(f"reports_{table}")],
        *[operation for table in OWN for operation in fixed_columns(f"reports_{table}", ["organisation_id"])],
        *own_rows(MAILBOX, app="SELECT, INSERT, DELETE"),
        migrations.RunSQL(PUBLIC_KEY),
        *[operation for table in OF_ONE_ACCOUNT for operation in of_one_account(f"reports_{table}")],
        *intake_inserts("reports_report", REPORT),
        *intake_inserts("reports_reporteridentity", "revision = 1"),
        *intake_inserts(MAILBOX, "length(lookup) = 32"),
        # What a function writes for that role, with a day that it is given.
        *sane_days("reports_mailboxmessage", ["day"]),
        *open_subject("reports_report"),
        *open_subject("reports_mark"),
        *[migrations.RunSQL(each) for each in (MAILBOX_OPEN, MAILBOX_APPEND, MAILBOX_PASSED_ON)],
        *remembers("reports_report", ("content", "decision"), ("state", "closed")),
        *remembers("reports_reporteridentity", ("content",)),
        *remembers("reports_mailboxmessage", ("text",), under=("reports_report", "report_id")),
        *remembers("reports_mark", ("content",), ("closed",)),
    ]
