"""A message of a reporter may tell of danger now, or of a child: the sweep makes the report so too."""

from django.db import migrations, models

MAILBOX_OPEN = """
CREATE FUNCTION mailbox_open(k bytea) RETURNS TABLE (
    report uuid, organisation uuid, envelope uuid, seal bytea, code text, kind text, state text, received date, decided date,
    anonymity text, closed boolean, {column}message uuid, direction text, message_kind text, day date, sealed bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id, r.organisation_id, r.envelope_id, s.sealed, r.code, r.kind, r.state, r.received, r.decided,
           r.anonymity, r.closed IS NOT NULL, {value}m.id, m.direction, m.kind, m.day, m.text
      FROM public.reports_mailbox b
      JOIN public.reports_report r ON r.id = b.report_id
      JOIN public.sealing_mailboxseal s ON s.envelope_id = r.envelope_id
      LEFT JOIN public.reports_mailboxmessage m ON m.mailbox_id = b.id
     WHERE b.lookup = k AND length(k) = 32
     ORDER BY m.number $$
"""

MAILBOX_APPEND = """
CREATE FUNCTION mailbox_append(k bytea, message uuid, message_kind text, message_day date, sealed bytea{arguments})
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
        (id, organisation_id, revision, mailbox_id, report_id, number, direction, kind, day, swept, text{columns})
      VALUES (message, box.organisation_id, 1, box.id, box.report_id,
        (SELECT coalesce(max(m.number), 0) + 1 FROM public.reports_mailboxmessage m WHERE m.mailbox_id = box.id),
        'in', message_kind, message_day, false, sealed{values});
    RETURN true;
  END $$
"""
APPEND_BEFORE = "mailbox_append(bytea, uuid, text, date, bytea)"
APPEND_AFTER = "mailbox_append(bytea, uuid, text, date, bytea, boolean, boolean)"
OPEN = "mailbox_open(bytea)"


def _function(signature, definition):
    return (
        f"{definition}; REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;"
        f"GRANT EXECUTE ON FUNCTION {signature} TO sl_intake"
    )


def _replaced(before, old, after, new):
    """Return the change of a function whose arguments or columns change, and the way back."""
    return migrations.RunSQL(
        [f"DROP FUNCTION {before}", _function(after, new)],
        [f"DROP FUNCTION {after}", _function(before, old)],
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_partner_channel")]
    operations = [
        migrations.AddField("mailboxmessage", "acute", models.BooleanField(default=False)),
        migrations.AddField("mailboxmessage", "minor", models.BooleanField(default=False)),
        _replaced(
            APPEND_BEFORE,
            MAILBOX_APPEND.format(arguments="", columns="", values=""),
            APPEND_AFTER,
            MAILBOX_APPEND.format(
                arguments=", danger boolean, child boolean",
                columns=", acute, minor",
                values=", danger, child",
            ),
        ),
        _replaced(
            OPEN,
            MAILBOX_OPEN.format(column="", value=""),
            OPEN,
            MAILBOX_OPEN.format(column="acute boolean, ", value="r.acute, "),
        ),
    ]
