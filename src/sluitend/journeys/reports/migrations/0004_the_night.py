"""What came in is written anew when its day is over: in random order, in other pages, long values and files too.

A row that is written anew stays in its page while there is room, and there is: its former self was cleaned up
in the meantime. So the pages of a table stood in the order in which reports came in, among rows of the desk
with a moment. And a former row tells when it was written for as long as it stands in the files.
"""

from django.db import migrations

# On a day that is not over with one statement a table, not with two a row; and nothing is planned for a table that has
# none of it: of most reports five of twelve. In random order: only row by row along the list does no row go where its
# place before says. A table that is read from its start, or a hash of it, would keep the order of coming in.
# When the day is over, each row once with all its long values, which always go elsewhere; then as it is, until its page
# is full. No row is so small that a page holds three hundred.
MOVE = """
CREATE FUNCTION reports_move(of_table text, rows uuid[], change text, away boolean) RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  DECLARE one uuid; page bigint; now_in bigint;
  BEGIN
    IF coalesce(cardinality(rows), 0) = 0 THEN RETURN; END IF;
    IF NOT away THEN
      EXECUTE format('UPDATE public.%I AS t SET %s FROM unnest($1) AS one (id) WHERE t.id = one.id', of_table, change)
        USING ARRAY(SELECT id FROM unnest(rows) AS id ORDER BY random());
      RETURN;
    END IF;
    FOR one IN SELECT id FROM unnest(rows) AS id ORDER BY random() LOOP
      EXECUTE format('SELECT (ctid::text::point)[0] FROM public.%I WHERE id = $1', of_table) INTO page USING one;
      EXECUTE format('UPDATE public.%I SET %s WHERE id = $1 RETURNING (ctid::text::point)[0]', of_table, change)
        INTO now_in USING one;
      FOR again IN 1..300 LOOP
        EXIT WHEN now_in IS DISTINCT FROM page;
        EXECUTE format('UPDATE public.%I SET id = id WHERE id = $1 RETURNING (ctid::text::point)[0]', of_table)
          INTO now_in USING one;
      END LOOP;
    END LOOP;
  END $$;
REVOKE ALL ON FUNCTION reports_move(text, uuid[], text, boolean) FROM PUBLIC;
"""

# The order of transactions is a clock. A value that stands outside its row keeps the transaction that wrote it
# until it is written itself: `|| ''` does so. No web role may change an envelope, a seal or a file; writing
# them anew, unchanged, is all that this does. A step that nobody did ended when an answer came in: of that the
# day stays.
REWRITE = """
CREATE FUNCTION reports_rewrite(reports uuid[], day_is_over boolean DEFAULT false) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE mine uuid[]; envelopes uuid[];
  BEGIN
    SELECT array_agg(r.id) INTO mine FROM public.reports_report r
      WHERE r.id = ANY (reports) AND r.organisation_id = public.acting_org();
    SELECT array_agg(e) INTO envelopes FROM (
      SELECT r.envelope_id AS e FROM public.reports_report r WHERE r.id = ANY (mine)
      UNION SELECT i.envelope_id FROM public.reports_reporteridentity i WHERE i.report_id = ANY (mine)) found;
    PERFORM public.reports_move('reports_report', mine, format(
      'content = content || %L::bytea, decision = decision || %L::bytea, fresh = fresh AND NOT %L', '', '',
      day_is_over), day_is_over);
    PERFORM public.reports_move('reports_reporteridentity',
      ARRAY(SELECT id FROM public.reports_reporteridentity WHERE report_id = ANY (mine)),
      format('content = content || %L::bytea', ''), day_is_over);
    PERFORM public.reports_move('reports_reporttoken',
      ARRAY(SELECT id FROM public.reports_reporttoken WHERE report_id = ANY (mine)), 'kind = kind', day_is_over);
    PERFORM public.reports_move('reports_mailbox',
      ARRAY(SELECT id FROM public.reports_mailbox WHERE report_id = ANY (mine)),
      'report_id = report_id', day_is_over);
    PERFORM public.reports_move('reports_mailboxmessage',
      ARRAY(SELECT id FROM public.reports_mailboxmessage WHERE report_id = ANY (mine)),
      format('text = text || %L::bytea', ''), day_is_over);
    PERFORM public.reports_move('sealing_envelope', envelopes, 'created = created', day_is_over);
    PERFORM public.reports_move('sealing_seal',
      ARRAY(SELECT id FROM public.sealing_seal WHERE envelope_id = ANY (envelopes)),
      format('sealed = sealed || %L::bytea', ''), day_is_over);
    PERFORM public.reports_move('sealing_mailboxseal',
      ARRAY(SELECT id FROM public.sealing_mailboxseal WHERE envelope_id = ANY (envelopes)),
      format('sealed = sealed || %L::bytea', ''), day_is_over);
    PERFORM public.reports_move('sealing_attachment',
      ARRAY(SELECT id FROM public.sealing_attachment WHERE envelope_id = ANY (envelopes)),
      format('name = name || %L::bytea, media_type = media_type || %L::bytea', '', ''), day_is_over);
    PERFORM public.reports_move('sealing_attachmentchunk',
      ARRAY(SELECT c.id FROM public.sealing_attachmentchunk c
        JOIN public.sealing_attachment a ON a.id = c.attachment_id WHERE a.envelope_id = ANY (envelopes)),
      format('sealed = sealed || %L::bytea', ''), day_is_over);
    PERFORM public.reports_move('ledger_content',
      ARRAY(SELECT id FROM public.ledger_content WHERE envelope_id = ANY (envelopes)),
      'place = place', day_is_over);
    PERFORM public.reports_move('followup_nextstep',
      ARRAY(SELECT id FROM public.followup_nextstep WHERE subject_id = ANY (mine)), format(
        'level = level, done = CASE WHEN %L AND done_by IS NULL
          THEN ((done AT TIME ZONE %L)::date + time %L) AT TIME ZONE %L ELSE done END',
        day_is_over, 'Europe/Amsterdam', '12:00', 'Europe/Amsterdam'), day_is_over);
  END $$;
REVOKE ALL ON FUNCTION reports_rewrite(uuid[], boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_rewrite(uuid[], boolean) TO sl_app;
"""

# A row that was written anew leaves its former self behind until it is cleaned up: soon, not some day.
WRITTEN = (
    "reports_report",
    "reports_reporteridentity",
    "reports_reporttoken",
    "reports_mailbox",
    "reports_mailboxmessage",
    "sealing_envelope",
    "sealing_seal",
    "sealing_mailboxseal",
    "sealing_attachment",
    "sealing_attachmentchunk",
    "ledger_content",
    "followup_nextstep",
)
SOON = "autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0"
LONG = "toast.autovacuum_vacuum_threshold = 0, toast.autovacuum_vacuum_scale_factor = 0"
# Before PostgreSQL 17 nobody but an owner cleans up: there the database does it by itself, about a minute later.
CLEANS = f"""
DO $$ BEGIN
  IF current_setting('server_version_num')::integer >= 170000 THEN
    GRANT MAINTAIN ON {", ".join(WRITTEN)}, ledger_intake TO sl_worker;
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_doors"), ("ledger", "0002_rules")]
    operations = [
        migrations.RunSQL(MOVE),
        migrations.RunSQL(REWRITE),
        *[migrations.RunSQL(f"ALTER TABLE {table} SET ({SOON}, {LONG})") for table in WRITTEN],
        migrations.RunSQL(CLEANS),
    ]
