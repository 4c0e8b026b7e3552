"""Whose rows these are, what intake may add, and the two functions through which a mailbox opens."""

from django.db import migrations

from sluitend.kernel.organisations.rls import fixed_columns, intake_inserts, open_subject, own_rows

OWN = (
    "report",
    "reporteridentity",
    "reporttoken",
    "mailbox",
    "mailboxmessage",
    "rememberedreceipt",
    "draft",
    "mark",
)
FILED = ("report", "reporteridentity", "mailbox")
OF_ONE_ACCOUNT = ("rememberedreceipt", "draft", "mark")

# Jobs act for an organisation without an account; a person sees only what is their own.
MINE = """
CREATE POLICY mine ON reports_{table} AS RESTRICTIVE TO sl_app
  USING (account_id = (SELECT acting_account()) OR (SELECT acting_account()) IS NULL)
"""

# Right code: the mailbox with its messages. Wrong code: nothing. Intake itself can select nothing at all.
MAILBOX_OPEN = """
CREATE FUNCTION mailbox_open(k bytea) RETURNS TABLE (
    report uuid, organisation uuid, envelope uuid, seal bytea, code text, kind text, state text, received date, decided date,
    anonymity text, closed boolean, message uuid, direction text, message_kind text, day date, sealed bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id, r.organisation_id, r.envelope_id, s.sealed, r.code, r.kind, r.state, r.received, r.decided,
           r.anonymity, r.closed IS NOT NULL, m.id, m.direction, m.kind, m.day, m.text
      FROM public.reports_mailbox b
      JOIN public.reports_report r ON r.id = b.report_id
      JOIN public.sealing_mailboxseal s ON s.envelope_id = r.envelope_id
      LEFT JOIN public.reports_mailboxmessage m ON m.mailbox_id = b.id
     WHERE b.lookup = k AND length(k) = 32
     ORDER BY m.number $$
"""

# The lock on the mailbox gives two messages at once two numbers. A mailbox has an end: nobody fills a municipality's disk.
MAILBOX_APPEND = """
CREATE FUNCTION mailbox_append(k bytea, message uuid, message_kind text, message_day date, sealed bytea) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box record; present integer;
  BEGIN
    SELECT b.id, b.report_id, b.organisation_id INTO box
      FROM public.reports_mailbox b WHERE b.lookup = k AND length(k) = 32 FOR UPDATE;
    IF NOT FOUND OR message_kind NOT IN ('answer', 'addition') THEN RETURN false; END IF;
    SELECT count(*) INTO present FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id;
    IF present >= 200 THEN RETURN false; END IF;
    INSERT INTO public.reports_mailboxmessage
        (id, organisation_id, revision, mailbox_id, report_id, number, direction, kind, day, swept, text)
      VALUES (message, box.organisation_id, 1, box.id, box.report_id,
        (SELECT coalesce(max(m.number), 0) + 1 FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id),
        'in', message_kind, message_day, false, sealed);
    RETURN true;
  END $$
"""

# The web role may not change an envelope or its seals. Writing them anew, unchanged, is all that the sweep needs.
REWRITE = """
CREATE FUNCTION reports_rewrite(reports uuid[]) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE mine uuid[]; envelopes uuid[];
  BEGIN
    SELECT array_agg(r.id) INTO mine FROM public.reports_report r
      WHERE r.id = ANY (reports) AND r.organisation_id = public.acting_org();
    SELECT array_agg(e) INTO envelopes FROM (
      SELECT r.envelope_id AS e FROM public.reports_report r WHERE r.id = ANY (mine)
      UNION SELECT i.envelope_id FROM public.reports_reporteridentity i WHERE i.report_id = ANY (mine)) found;
    UPDATE public.sealing_envelope SET created = created WHERE id = ANY (envelopes);
    UPDATE public.sealing_seal SET key_id = key_id WHERE envelope_id = ANY (envelopes);
    UPDATE public.sealing_mailboxseal SET key_id = key_id WHERE envelope_id = ANY (envelopes);
    UPDATE public.sealing_attachment SET size = size WHERE envelope_id = ANY (envelopes);
    UPDATE public.sealing_attachmentchunk c SET position = c.position
      FROM public.sealing_attachment a WHERE a.id = c.attachment_id AND a.envelope_id = ANY (envelopes);
    UPDATE public.reports_reporteridentity SET revision = revision WHERE report_id = ANY (mine);
    UPDATE public.reports_mailbox SET report_id = report_id WHERE report_id = ANY (mine);
    UPDATE public.reports_mailboxmessage SET revision = revision WHERE report_id = ANY (mine);
    UPDATE public.followup_nextstep SET level = level WHERE subject_id = ANY (mine);
  END $$
"""

QUEUE = """
GRANT INSERT ON procrastinate_jobs, procrastinate_events TO sl_intake;
GRANT SELECT (id) ON procrastinate_jobs TO sl_intake;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO sl_intake;
"""


def _function(definition, signature, role):
    return [
        migrations.RunSQL(definition, f"DROP FUNCTION {signature}"),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"),
        migrations.RunSQL(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("followup", "0002_promise"),
        ("sealing", "0002_policies"),
        ("organisations", "0002_acting"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        *[operation for table in OWN for operation in own_rows(f"reports_{table}")],
        *[operation for table in OWN for operation in fixed_columns(f"reports_{table}", ["organisation_id"])],
        *[operation for table in FILED for operation in intake_inserts(f"reports_{table}")],
        *[migrations.RunSQL(MINE.format(table=table)) for table in OF_ONE_ACCOUNT],
        *open_subject("reports_report"),
        *open_subject("reports_mark"),
        *_function(MAILBOX_OPEN, "mailbox_open(bytea)", "sl_intake"),
        *_function(MAILBOX_APPEND, "mailbox_append(bytea, uuid, text, date, bytea)", "sl_intake"),
        *_function(REWRITE, "reports_rewrite(uuid[])", "sl_app"),
        migrations.RunSQL(QUEUE),
    ]
