"""The functions through which somebody outside opens and answers a referral: a link, used once, with a code.

The role of the public pages selects and changes nothing itself. Each function finds the row by keyed hashes of
what only link, code and browser hold, so that knowing an id or the whole database is not enough.
"""

from django.db import migrations

# One row whatever is asked. The lock lets two tries at once be counted one after the other; the referral is taken
# before the link, in the same order as a recall.
TRY = """
CREATE FUNCTION pickup_try(k bytea, p bytea, s bytea) RETURNS TABLE (
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
  END $$;
"""

# The browser that opened it, for two hours and while the sender lets it.
LIVING = """
CREATE FUNCTION pickup_living(k bytea, s bytea) RETURNS SETOF referrals_pickup
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.* FROM public.referrals_pickup b JOIN public.referrals_referral r ON r.id = b.referral_id
     WHERE b.lookup = k AND length(k) = 32 AND b.session_lookup = s AND length(s) = 32
       AND b.state = 'opened' AND b.session_until > now()
       AND r.access_ended IS NULL AND r.expires >= (now() AT TIME ZONE 'Europe/Amsterdam')::date $$;
CREATE FUNCTION pickup_bind(k bytea, s bytea, w bytea) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    UPDATE public.referrals_pickup b SET session_sealed = w
      WHERE b.lookup = k AND b.session_lookup = s AND b.state = 'opened' AND b.session_sealed IS NULL
        AND length(w) <= 200;
  END $$;
"""

SHOWN = """
CREATE FUNCTION pickup_referral(k bytea, s bytea) RETURNS SETOF referrals_referral
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.* FROM public.referrals_referral r
     WHERE r.id IN (SELECT b.referral_id FROM public.pickup_living(k, s) b) $$;
CREATE FUNCTION pickup_files(k bytea, s bytea) RETURNS SETOF sealing_attachment
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.* FROM public.sealing_attachment a
      JOIN public.referrals_referralfile f ON f.attachment_id = a.id
      JOIN public.pickup_living(k, s) b ON b.referral_id = f.referral_id
     ORDER BY a.id $$;
CREATE FUNCTION pickup_chunks(k bytea, s bytea, attachment uuid) RETURNS TABLE (pickup_chunk bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.sealed FROM public.sealing_attachmentchunk c
     WHERE c.attachment_id IN (SELECT a.id FROM public.pickup_files(k, s) a WHERE a.id = attachment)
     ORDER BY c.position $$;
"""

# What a partner sent is known when it comes again: a lost connection and a double press do nothing twice. A row
# keeps a keyed hash of the last page that was worked with all that was filled in there. Who asks for it needs the
# link and that very page.
WORKED = """
CREATE FUNCTION pickup_worked(k bytea, w bytea) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.referrals_pickup b
     WHERE b.lookup = k AND length(k) = 32 AND b.worked = w AND length(w) = 32) $$;
"""

# Each is named once, so that its name alone will do.
ALL = "pickup_try, pickup_living, pickup_bind, pickup_referral, pickup_files, pickup_chunks, pickup_worked"
RIGHTS = f"""
REVOKE ALL ON FUNCTION {ALL} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {ALL} TO sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_rules")]
    operations = [migrations.RunSQL(each) for each in (TRY, LIVING, SHOWN, WORKED, RIGHTS)]
