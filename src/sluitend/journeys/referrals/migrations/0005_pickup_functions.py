"""Whose pick-ups these are, and the functions through which somebody outside opens and answers one.

The role of the public pages selects and changes nothing itself. Each function finds the row by keyed hashes of
what only link, code and browser hold, so that knowing an id or the whole database is not enough.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls

TABLE = "referrals_pickup"

# One row whatever is asked. The lock lets two tries at once be counted one after the other.
TRY = """
CREATE FUNCTION pickup_try(k bytea, p bytea, s bytea) RETURNS TABLE (
    outcome text, pickup uuid, referral uuid, organisation uuid, envelope uuid, sealed bytea,
    code text, release_number integer, urgency text, minor boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box public.referrals_pickup%ROWTYPE; r public.referrals_referral%ROWTYPE; what text;
  BEGIN
    SELECT b.* INTO box FROM public.referrals_pickup b WHERE b.lookup = k AND length(k) = 32 FOR UPDATE;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, NULL::bytea,
        NULL::text, NULL::integer, NULL::text, NULL::boolean;
      RETURN;
    END IF;
    SELECT f.* INTO r FROM public.referrals_referral f WHERE f.id = box.referral_id;
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

LIVING = """
CREATE FUNCTION pickup_living(k bytea, s bytea) RETURNS SETOF referrals_pickup
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.* FROM public.referrals_pickup b JOIN public.referrals_referral r ON r.id = b.referral_id
     WHERE b.lookup = k AND length(k) = 32 AND b.session_lookup = s AND length(s) = 32
       AND b.state = 'opened' AND b.session_until > now()
       AND r.access_ended IS NULL AND r.expires >= (now() AT TIME ZONE 'Europe/Amsterdam')::date $$
"""

BIND = """
CREATE FUNCTION pickup_bind(k bytea, s bytea, w bytea) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    UPDATE public.referrals_pickup b SET session_sealed = w
      WHERE b.lookup = k AND b.session_lookup = s AND b.state = 'opened' AND b.session_sealed IS NULL;
  END $$
"""

REFERRAL = """
CREATE FUNCTION pickup_referral(k bytea, s bytea) RETURNS SETOF referrals_referral
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.* FROM public.referrals_referral r
     WHERE r.id IN (SELECT b.referral_id FROM public.pickup_living(k, s) b) $$
"""

FILES = """
CREATE FUNCTION pickup_files(k bytea, s bytea) RETURNS SETOF sealing_attachment
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.* FROM public.sealing_attachment a
      JOIN public.referrals_referralfile f ON f.attachment_id = a.id
      JOIN public.pickup_living(k, s) b ON b.referral_id = f.referral_id
     ORDER BY a.id $$
"""

CHUNKS = """
CREATE FUNCTION pickup_chunks(k bytea, s bytea, attachment uuid) RETURNS TABLE (pickup_chunk bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.sealed FROM public.sealing_attachmentchunk c
     WHERE c.attachment_id IN (SELECT a.id FROM public.pickup_files(k, s) a WHERE a.id = attachment)
     ORDER BY c.position $$
"""

# What a partner may change, and from which state: the same steps as with an account, and nothing else.
TURN = """
CREATE FUNCTION pickup_turn(
    k bytea, s bytea, at_turn integer, to_state text, reason text, code_id text, code_on date, has_answered boolean,
    received date, passed date, outcome date, message uuid, message_envelope uuid, message_text bytea)
  RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box public.referrals_pickup%ROWTYPE; r public.referrals_referral%ROWTYPE;
  BEGIN
    SELECT f.* INTO r FROM public.referrals_referral f
      WHERE f.id IN (SELECT b.referral_id FROM public.pickup_living(k, s) b) FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    -- Again, now that nobody else can change it: a recall may have come in between.
    SELECT b.* INTO box FROM public.pickup_living(k, s) b;
    IF NOT FOUND OR r.turn <> at_turn OR r.access_ended IS NOT NULL THEN RETURN false; END IF;
    IF NOT ((r.state = 'sent' AND to_state IN ('accepted', 'returned'))
         OR (r.state = 'accepted' AND to_state IN ('accepted', 'done', 'returned'))) THEN RETURN false; END IF;
    UPDATE public.referrals_referral f SET state = to_state, turn = f.turn + 1, return_reason = reason,
        answer = code_id, answer_on = code_on, answered = f.answered OR has_answered,
        received_on = received, passed_on = passed, outcome_on = outcome,
        accepted_at = CASE WHEN f.state = 'sent' AND to_state = 'accepted' THEN now() ELSE f.accepted_at END,
        access_ended = CASE WHEN to_state = 'returned' THEN (now() AT TIME ZONE 'Europe/Amsterdam')::date END
      WHERE f.id = r.id;
    IF message IS NOT NULL THEN
      INSERT INTO public.referrals_referralmessage
          (id, organisation_id, revision, recipient_id, referral_id, envelope_id, written, by_partner, text)
        VALUES (message, r.organisation_id, 1, r.organisation_id, r.id, message_envelope, now(), true,
          message_text);
    END IF;
    IF to_state = 'returned' THEN
      UPDATE public.referrals_pickup b SET state = 'ended', changed = now(), session_lookup = NULL,
        session_sealed = NULL, delivery = NULL WHERE b.id = box.id;
    END IF;
    RETURN true;
  END $$
"""

SIGNATURES = (
    (TRY, "pickup_try(bytea, bytea, bytea)"),
    (LIVING, "pickup_living(bytea, bytea)"),
    (BIND, "pickup_bind(bytea, bytea, bytea)"),
    (REFERRAL, "pickup_referral(bytea, bytea)"),
    (FILES, "pickup_files(bytea, bytea)"),
    (CHUNKS, "pickup_chunks(bytea, bytea, uuid)"),
    (
        TURN,
        "pickup_turn(bytea, bytea, integer, text, text, text, date, boolean, date, date, date, uuid, uuid, bytea)",
    ),
)


def _function(definition, signature):
    return [
        migrations.RunSQL(definition, f"DROP FUNCTION {signature}"),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"),
        migrations.RunSQL(f"GRANT EXECUTE ON FUNCTION {signature} TO sl_intake"),
    ]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_pickup"), ("sealing", "0003_destroying")]
    operations = [
        *rls.own_rows(TABLE, app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(
            TABLE,
            [
                "organisation_id",
                "referral_id",
                "envelope_id",
                "content_envelope_id",
                "lookup",
                "made",
                "expires",
            ],
        ),
        # Whatever destroys the content takes along what could open it.
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_content FOREIGN KEY (content_envelope_id) "
            "REFERENCES sealing_envelope (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_content",
        ),
        migrations.RunSQL(
            f"CREATE INDEX {TABLE}_content_i ON {TABLE} (content_envelope_id)", migrations.RunSQL.noop
        ),
        *(operation for each in SIGNATURES for operation in _function(*each)),
    ]
