"""What came to the wrong door: passed on whole, taken over or given back, and never in two places at once.

Two organisations change together what is of both, so each verb is one function of the database that looks at
who acts, at the state and at whose the rows are. No web role writes in the table itself.
"""

from django.db import migrations

from sluitend.kernel.organisations.rls import two_sided

MUNICIPAL = "('report', 'help', 'advice')"

# Of what lies at the other door nothing is left here but code, day and state. As when a report is destroyed:
# the envelopes first, or nobody may empty a row.
EMPTY = """
CREATE FUNCTION reports_empty(target uuid) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE one uuid; whose uuid;
  BEGIN
    SELECT organisation_id INTO whose FROM public.reports_report WHERE id = target;
    FOR one IN SELECT r.envelope_id FROM public.reports_report r WHERE r.id = target AND r.envelope_id IS NOT NULL
      UNION SELECT i.envelope_id FROM public.reports_reporteridentity i WHERE i.report_id = target LOOP
      DELETE FROM public.sealing_envelope WHERE id = one;
      PERFORM public.content_end(one);
      INSERT INTO public.sealing_destruction (id, envelope_id, day, why)
        VALUES (gen_random_uuid(), one, (now() AT TIME ZONE 'Europe/Amsterdam')::date, 'moved')
        ON CONFLICT (envelope_id) DO NOTHING;
    END LOOP;
    DELETE FROM public.reports_reporttoken WHERE report_id = target;
    DELETE FROM public.reports_reporteridentity WHERE report_id = target;
    DELETE FROM public.reports_mailboxmessage WHERE report_id = target;
    UPDATE public.reports_report SET content = NULL, decision = NULL, envelope_id = NULL, state = 'moved',
      closed = now(), current_step_id = NULL, swept = true, told = true WHERE id = target;
    UPDATE public.followup_nextstep SET done = now()
      WHERE subject_id = target AND organisation_id = whose AND done IS NULL;
  END $$;
REVOKE ALL ON FUNCTION reports_empty(uuid) FROM PUBLIC;
"""
# Only what is new and one's own, once; and only to something that was just filed for it, which nobody reads
# answers of yet: it has no mailbox.
BEGIN = f"""
CREATE FUNCTION door_begin(passage uuid, of_report uuid, arrived uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    INSERT INTO public.reports_passage (id, organisation_id, recipient_id, code, report_id, arrived_id, "to", state, sent)
    SELECT passage, r.organisation_id, a.organisation_id, r.code, r.id, a.id,
           CASE WHEN a.kind IN {MUNICIPAL} THEN 'municipality' ELSE 'care' END, 'sent', now()
      FROM public.reports_report r, public.reports_report a
     WHERE r.id = of_report AND r.organisation_id = public.acting_org() AND r.state = 'new' AND r.closed IS NULL
       AND a.id = arrived AND a.organisation_id <> r.organisation_id AND a.state = 'new' AND a.revision = 1
       AND (a.kind IN {MUNICIPAL}) <> (r.kind IN {MUNICIPAL})
       AND EXISTS (SELECT FROM public.reports_mailbox b WHERE b.report_id = r.id)
       AND NOT EXISTS (SELECT FROM public.reports_mailbox b WHERE b.report_id = a.id)
       AND NOT EXISTS (SELECT FROM public.reports_passage p WHERE p.report_id = r.id OR p.arrived_id IN (r.id, a.id));
    RETURN FOUND;
  END $$;
REVOKE ALL ON FUNCTION door_begin(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_begin(uuid, uuid, uuid) TO sl_app;
"""  # noqa: S608 - our own words
# What was written to and fro goes along to care, which holds a seal of the envelope meanwhile. To a municipality
# goes what care chose, and nothing of what was written. Held, nothing is added to it until it is taken over.
THREAD = """
CREATE FUNCTION door_thread(passage uuid, hold boolean) RETURNS TABLE (envelope uuid, mailbox uuid, message uuid,
    number smallint, direction text, kind text, day date, swept boolean, acute boolean, minor boolean, sealed bytea)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE of_report uuid;
  BEGIN
    SELECT p.report_id INTO of_report FROM public.reports_passage p WHERE p.id = passage
      AND p.recipient_id = public.acting_org() AND p.state = 'sent' AND p."to" = 'care';
    IF of_report IS NULL THEN RETURN; END IF;
    IF hold THEN PERFORM FROM public.reports_mailbox b WHERE b.report_id = of_report FOR UPDATE; END IF;
    RETURN QUERY SELECT r.envelope_id, b.id, m.id, m.number, m.direction::text, m.kind::text, m.day, m.swept, m.acute,
        m.minor, m.text
      FROM public.reports_report r JOIN public.reports_mailbox b ON b.report_id = r.id
      LEFT JOIN public.reports_mailboxmessage m ON m.report_id = r.id
     WHERE r.id = of_report ORDER BY m.number;
  END $$;
REVOKE ALL ON FUNCTION door_thread(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_thread(uuid, boolean) TO sl_app;
"""
# Of care what was written and nobody read yet stays to be read: it goes to no municipality.
ACCEPT = """
CREATE FUNCTION door_accept(passage uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE p record;
  BEGIN
    UPDATE public.reports_passage SET state = 'accepted', decided = (now() AT TIME ZONE 'Europe/Amsterdam')::date
     WHERE id = passage AND recipient_id = public.acting_org() AND state = 'sent' RETURNING * INTO p;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE public.reports_mailbox SET report_id = p.arrived_id, organisation_id = p.recipient_id
     WHERE report_id = p.report_id;
    IF p."to" = 'care' THEN
      PERFORM public.reports_empty(p.report_id);
    ELSE
      UPDATE public.followup_nextstep SET done = now() WHERE subject_id = p.report_id
         AND organisation_id = p.organisation_id AND done IS NULL AND what <> 'read_asker';
      UPDATE public.reports_report r SET state = 'moved', closed = now(), current_step_id = (SELECT s.id
          FROM public.followup_nextstep s WHERE s.id = r.current_step_id AND s.done IS NULL) WHERE r.id = p.report_id;
    END IF;
    RETURN true;
  END $$;
REVOKE ALL ON FUNCTION door_accept(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_accept(uuid) TO sl_app;
"""
# Who gives back writes a step for who must go on with it, and that takes the place of waiting.
END = """
CREATE FUNCTION door_end(passage uuid, next_step uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE p record;
  BEGIN
    UPDATE public.reports_passage SET decided = (now() AT TIME ZONE 'Europe/Amsterdam')::date,
           state = CASE WHEN recipient_id = public.acting_org() THEN 'returned' ELSE 'recalled' END
     WHERE id = passage AND public.acting_org() IN (organisation_id, recipient_id) AND state = 'sent' RETURNING * INTO p;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM public.reports_empty(p.arrived_id);
    IF p.state = 'returned' THEN
      UPDATE public.reports_report SET current_step_id = next_step, told = false WHERE id = p.report_id
         AND EXISTS (SELECT FROM public.followup_nextstep s WHERE s.id = next_step AND s.subject_id = p.report_id
           AND s.organisation_id = p.organisation_id AND s.done IS NULL);
      IF NOT FOUND THEN RAISE EXCEPTION 'who gives back says what is next' USING ERRCODE = 'integrity_constraint_violation'; END IF;
      UPDATE public.followup_nextstep SET done = now() WHERE subject_id = p.report_id
         AND organisation_id = p.organisation_id AND done IS NULL AND what IN ('await_care', 'await_municipality');
    END IF;
    RETURN true;
  END $$;
REVOKE ALL ON FUNCTION door_end(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_end(uuid, uuid) TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_rules")]
    operations = [
        *two_sided("reports_passage", "organisation_id", "recipient_id", app="SELECT", deletes=False),
        *[migrations.RunSQL(each) for each in (EMPTY, BEGIN, THREAD, ACCEPT, END)],
    ]
