"""Whoever opens a pick-up takes the referral before the link, in the same order as a recall."""

from django.db import migrations

TRY = """
CREATE OR REPLACE FUNCTION pickup_try(k bytea, p bytea, s bytea) RETURNS TABLE (
    outcome text, pickup uuid, referral uuid, organisation uuid, envelope uuid, sealed bytea,
    code text, release_number integer, urgency text, minor boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box public.referrals_pickup%ROWTYPE; r public.referrals_referral%ROWTYPE; what text;
  BEGIN
    -- The referral first, as whoever recalls it does: two who take both in another order wait for each other.
    SELECT f.* INTO r FROM public.referrals_referral f
      WHERE f.id IN (SELECT b.referral_id FROM public.referrals_pickup b WHERE b.lookup = k AND length(k) = 32)
      FOR UPDATE;
    IF FOUND THEN
      SELECT b.* INTO box FROM public.referrals_pickup b WHERE b.lookup = k FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, NULL::bytea,
        NULL::text, NULL::integer, NULL::text, NULL::boolean;
      RETURN;
    END IF;
    what := 'wrong';
    IF box.state <> 'waiting' OR box.expires < (now() AT TIME ZONE 'Europe/Amsterdam')::date OR r.access_ended IS NOT NULL
       OR r.state NOT IN ('sent', 'accepted') THEN
      what := 'shut';
    ELSIF length(p) = 32 AND length(s) = 32 AND box.proof = p THEN
      what := 'opened';
      UPDATE public.referrals_pickup b SET state = 'opened', changed = now(), sealed = NULL, proof = NULL,
        session_lookup = s, session_until = now() + interval '2 hours' WHERE b.id = box.id;
    ELSIF box.wrong + 1 >= 5 THEN
      what := 'locked';
      UPDATE public.referrals_pickup b SET state = 'locked', changed = now(), sealed = NULL, proof = NULL,
        wrong = b.wrong + 1 WHERE b.id = box.id;
    ELSE
      UPDATE public.referrals_pickup b SET wrong = b.wrong + 1 WHERE b.id = box.id;
    END IF;
    RETURN QUERY SELECT what, box.id, box.referral_id, box.organisation_id, box.content_envelope_id,
      CASE WHEN what = 'opened' THEN box.sealed END,
      r.code::text, r.release_number::integer, r.urgency::text, r.minor;
  END $$
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_last_turn")]
    operations = [migrations.RunSQL(TRY, migrations.RunSQL.noop)]
