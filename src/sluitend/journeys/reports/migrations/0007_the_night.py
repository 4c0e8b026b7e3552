"""What came in is written anew when its day is over: in random order, long values and files too."""

from django.db import migrations, models

# The order of transactions is a clock. A value that stands outside its row keeps the transaction that wrote it
# until it is written itself: `|| ''` does so. No web role may change an envelope, a seal or a file; writing
# them anew, unchanged, is all that this does.
REWRITE = """
CREATE FUNCTION reports_rewrite(reports uuid[], day_is_over boolean DEFAULT false) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE mine uuid[]; envelopes uuid[]; one record;
  BEGIN
    SELECT array_agg(r.id) INTO mine FROM public.reports_report r
      WHERE r.id = ANY (reports) AND r.organisation_id = public.acting_org();
    SELECT array_agg(e) INTO envelopes FROM (
      SELECT r.envelope_id AS e FROM public.reports_report r WHERE r.id = ANY (mine)
      UNION SELECT i.envelope_id FROM public.reports_reporteridentity i WHERE i.report_id = ANY (mine)) found;
    FOR one IN SELECT id FROM public.reports_report WHERE id = ANY (mine) ORDER BY random() LOOP
      UPDATE public.reports_report SET content = content || ''::bytea, decision = decision || ''::bytea,
        fresh = fresh AND NOT day_is_over WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.reports_reporteridentity WHERE report_id = ANY (mine) ORDER BY random() LOOP
      UPDATE public.reports_reporteridentity SET content = content || ''::bytea WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.reports_reporttoken WHERE report_id = ANY (mine) ORDER BY random() LOOP
      UPDATE public.reports_reporttoken SET kind = kind WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.reports_mailbox WHERE report_id = ANY (mine) ORDER BY random() LOOP
      UPDATE public.reports_mailbox SET report_id = report_id WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.reports_mailboxmessage WHERE report_id = ANY (mine) ORDER BY random() LOOP
      UPDATE public.reports_mailboxmessage SET text = text || ''::bytea WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.sealing_envelope WHERE id = ANY (envelopes) ORDER BY random() LOOP
      UPDATE public.sealing_envelope SET created = created WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.sealing_seal WHERE envelope_id = ANY (envelopes) ORDER BY random() LOOP
      UPDATE public.sealing_seal SET sealed = sealed || ''::bytea WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.sealing_mailboxseal WHERE envelope_id = ANY (envelopes) ORDER BY random() LOOP
      UPDATE public.sealing_mailboxseal SET sealed = sealed || ''::bytea WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.sealing_attachment WHERE envelope_id = ANY (envelopes) ORDER BY random() LOOP
      UPDATE public.sealing_attachment SET name = name || ''::bytea, media_type = media_type || ''::bytea
        WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT c.id FROM public.sealing_attachmentchunk c
        JOIN public.sealing_attachment a ON a.id = c.attachment_id
        WHERE a.envelope_id = ANY (envelopes) ORDER BY random() LOOP
      UPDATE public.sealing_attachmentchunk SET sealed = sealed || ''::bytea WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.ledger_content WHERE envelope_id = ANY (envelopes) ORDER BY random() LOOP
      UPDATE public.ledger_content SET place = place WHERE id = one.id;
    END LOOP;
    FOR one IN SELECT id FROM public.followup_nextstep WHERE subject_id = ANY (mine) ORDER BY random() LOOP
      -- A step that nobody did ended when an answer came in: of that the day stays.
      UPDATE public.followup_nextstep SET level = level, done = CASE WHEN day_is_over AND done_by IS NULL
        THEN ((done AT TIME ZONE 'Europe/Amsterdam')::date + time '12:00') AT TIME ZONE 'Europe/Amsterdam'
        ELSE done END WHERE id = one.id;
    END LOOP;
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


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_danger_now"), ("ledger", "0006_intake"), ("sealing", "0005_content")]
    operations = [
        migrations.AddField("report", "fresh", models.BooleanField(default=True)),
        migrations.AddField("report", "told", models.BooleanField(default=False)),
        migrations.RunSQL("UPDATE reports_report SET told = true", migrations.RunSQL.noop),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["organisation"], condition=models.Q(fresh=True), name="reports_report_fresh"
            ),
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["organisation"], condition=models.Q(told=False), name="reports_report_untold"
            ),
        ),
        migrations.RunSQL("DROP FUNCTION reports_rewrite(uuid[])", migrations.RunSQL.noop),
        migrations.RunSQL(REWRITE, "DROP FUNCTION reports_rewrite(uuid[], boolean)"),
        *[
            migrations.RunSQL(f"ALTER TABLE {table} SET ({SOON}, {LONG})", migrations.RunSQL.noop)
            for table in WRITTEN
        ],
    ]
