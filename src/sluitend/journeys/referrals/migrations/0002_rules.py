"""Who sees and changes what of a referral, that each side is open with a step or closed, and whose pick-ups these are.

And the functions through which somebody outside opens and answers a referral: a link, used once, with a code. The role
of the public pages selects and changes nothing itself. Each function finds the row by keyed hashes of what only link,
code and browser hold, so that knowing an id or the whole database is not enough.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

SIDES = ("organisation_id", "recipient_id")
REFERRAL = "referrals_referral"
MESSAGE = "referrals_referralmessage"
ORIGIN = "referrals_referralorigin"
PICKUP = "referrals_pickup"
# By what a recipient finds what it holds, under its own key: rows that its sender does not see.
RECEIVED = "referrals_receivedtoken"
ADD_ONLY = "SELECT, INSERT, DELETE"
# Whatever destroys the content takes along what could open it.
CONTENT = f"""
ALTER TABLE {PICKUP} ADD CONSTRAINT {PICKUP}_content FOREIGN KEY (content_envelope_id)
  REFERENCES sealing_envelope (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX {PICKUP}_content_i ON {PICKUP} (content_envelope_id);
"""

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

# What a partner may change, and from which state: the same steps as with an account, and nothing else; what the
# handbook of its referral knows, of today, and no longer than its form lets it. What is not known is refused like a
# turn that came too late: nothing happens. Who signs in as another role and goes on as intake, as the demonstration
# of a year does, has a day of its own. While a wait request stands, a page asks for no other.
TURN = """
CREATE FUNCTION pickup_turn(
    k bytea, s bytea, at_turn integer, to_state text, reason text, code_id text, code_on date, has_answered boolean,
    received date, passed date, outcome date, message uuid, message_envelope uuid, message_text bytea,
    w bytea DEFAULT NULL, waits boolean DEFAULT false, next_on date DEFAULT NULL)
  RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE box public.referrals_pickup%ROWTYPE; r public.referrals_referral%ROWTYPE; pack jsonb; entry jsonb;
    opens_hold boolean;
  BEGIN
    SELECT f.* INTO r FROM public.referrals_referral f
      WHERE f.id IN (SELECT b.referral_id FROM public.pickup_living(k, s) b) FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    -- Again, now that nobody else can change it: a recall may have come in between.
    SELECT b.* INTO box FROM public.pickup_living(k, s) b;
    IF NOT FOUND OR r.turn IS DISTINCT FROM at_turn OR r.access_ended IS NOT NULL THEN RETURN false; END IF;
    IF NOT coalesce((r.state = 'sent' AND to_state IN ('accepted', 'returned'))
         OR (r.state = 'accepted' AND to_state IN ('accepted', 'done', 'returned')), false) THEN RETURN false; END IF;
    SELECT h.content INTO pack FROM public.handbook_release h WHERE h.number = r.release_number;
    SELECT c INTO entry FROM jsonb_array_elements(pack -> 'feedback_codes') c
      WHERE c ->> 'id' = code_id AND (c -> 'used_by' ?| ARRAY['all', r.partner::text]
        OR EXISTS (SELECT FROM jsonb_array_elements(pack -> 'partners') p
          WHERE p ->> 'id' = r.partner AND c -> 'used_by_kinds' ? (p ->> 'kind')));
    IF reason IS NULL OR code_id IS NULL OR has_answered IS NULL OR waits IS NULL
       OR (entry IS NULL AND code_id <> r.answer)
       OR (to_state = 'done' AND NOT coalesce((entry ->> 'closes')::boolean, false))
       OR (to_state <> 'returned' AND reason <> r.return_reason)
       OR (to_state = 'returned' AND reason <> 'niet_van_ons' AND NOT EXISTS (
         SELECT FROM jsonb_array_elements(pack -> 'reasons') l, jsonb_array_elements(l -> 'reasons') e
          WHERE l ->> 'id' = 'return_referral' AND e ->> 'id' = reason)) THEN RETURN false; END IF;
    opens_hold := coalesce(entry ->> 'opens' = 'wait_request', false);
    IF (waits AND (NOT opens_hold OR message IS NULL OR r.held_on IS NOT NULL))
       OR (opens_hold AND NOT waits AND code_id <> r.answer) THEN RETURN false; END IF;
    IF EXISTS (SELECT FROM (VALUES (code_on, r.answer_on), (received, r.received_on), (passed, r.passed_on),
         (outcome, r.outcome_on)) v (new, old) WHERE new IS DISTINCT FROM old
         AND (new IS NULL OR NOT isfinite(new) OR session_user = 'sl_intake' AND new NOT BETWEEN ((now() - interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date
           AND ((clock_timestamp() + interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date)) THEN RETURN false; END IF;
    IF next_on IS DISTINCT FROM r.next_word AND next_on IS NOT NULL AND NOT coalesce(
         (entry ->> 'answered')::boolean AND NOT (entry ->> 'closes')::boolean AND isfinite(next_on)
         AND next_on <= greatest(r.expires, (now() AT TIME ZONE 'Europe/Amsterdam')::date + 92)
         AND (session_user <> 'sl_intake'
           OR next_on > ((now() - interval '1 minute') AT TIME ZONE 'Europe/Amsterdam')::date), false) THEN RETURN false; END IF;
    IF length(w) <> 32 OR (message IS NULL) <> (message_text IS NULL) OR (message IS NULL) <> (message_envelope IS NULL)
       OR length(message_text) NOT BETWEEN 1 AND 65536 THEN RETURN false; END IF;
    UPDATE public.referrals_referral f SET state = to_state, turn = f.turn + 1, return_reason = reason,
        answer = code_id, answer_on = code_on, answered = f.answered OR has_answered,
        received_on = received, passed_on = passed, outcome_on = outcome,
        next_word = next_on,
        wait_code = CASE WHEN waits THEN code_id ELSE f.wait_code END,
        accepted_at = CASE WHEN f.state = 'sent' AND to_state = 'accepted' THEN now() ELSE f.accepted_at END,
        access_ended = CASE WHEN to_state = 'returned' THEN (now() AT TIME ZONE 'Europe/Amsterdam')::date END
      WHERE f.id = r.id;
    IF message IS NOT NULL THEN
      INSERT INTO public.referrals_referralmessage
          (id, organisation_id, revision, recipient_id, referral_id, envelope_id, written, by_partner, text)
        VALUES (message, r.organisation_id, 1, r.organisation_id, r.id, message_envelope, now(), true,
          message_text);
    END IF;
    UPDATE public.referrals_pickup b SET worked = w WHERE b.id = box.id;
    IF to_state = 'returned' THEN
      UPDATE public.referrals_pickup b SET state = 'ended', changed = now(), session_lookup = NULL,
        session_sealed = NULL, delivery = NULL WHERE b.id = box.id;
    END IF;
    RETURN true;
  END $$;
"""

# Each is named once, so that its name alone will do.
PUBLIC = """pickup_try, pickup_living, pickup_bind, pickup_referral, pickup_files, pickup_chunks, pickup_worked,
  pickup_turn"""
RIGHTS = f"""
REVOKE ALL ON FUNCTION {PUBLIC} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {PUBLIC} TO sl_intake;
"""
# Before which day a partner says more, also one from outside.
NEXT_WORD = f"ALTER TABLE {REFERRAL} ADD CONSTRAINT {REFERRAL}_next_word CHECK ({rls.sane_day('next_word')})"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("followup", "0002_rules"), ("sealing", "0002_rules")]
    operations = [
        *rls.matter("referral"),
        *rls.two_sided(REFERRAL, *SIDES),
        *rls.fixed_columns(
            REFERRAL, [*SIDES, "envelope_id", "code", "channel", "partner", "sent", "content"]
        ),
        *rls.open_subject(REFERRAL),
        *rls.open_subject(REFERRAL, step="recipient_step_id", closed="recipient_closed", name="recipient"),
        # What a function writes for the role of the public pages, with days that it is given.
        *rls.sane_days(REFERRAL, ["answer_on", "received_on", "passed_on", "outcome_on"]),
        migrations.RunSQL(NEXT_WORD),
        *remembers(REFERRAL, ("content",), ("state", "closed", "recipient_closed")),
        *rls.own_rows(ORIGIN),
        *remembers(ORIGIN, ("reasons",)),
        *rls.two_sided(MESSAGE, *SIDES, app=ADD_ONLY, reader_updates=False),
        *remembers(MESSAGE, ("text",)),
        *rls.two_sided("referrals_referralfile", *SIDES, app=ADD_ONLY, reader_updates=False),
        *rls.own_rows("referrals_partnerlist"),
        *rls.fixed_columns("referrals_partnerlist", ["organisation_id", "partner", "made"]),
        *rls.own_rows(PICKUP, app="SELECT, INSERT, UPDATE"),
        *rls.fixed_columns(
            PICKUP,
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
        migrations.RunSQL(CONTENT),
        *rls.own_rows(RECEIVED, app="SELECT, INSERT, DELETE"),
        *[migrations.RunSQL(each) for each in (TRY, LIVING, SHOWN, WORKED, TURN, RIGHTS)],
    ]
