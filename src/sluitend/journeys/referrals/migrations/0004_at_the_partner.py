"""Before which day a partner says more, also one from outside, and who of it takes care of a referral."""

from django.db import migrations, models

from sluitend.kernel.organisations import rls

REFERRAL = "referrals_referral"
# An older database has it as it was before that day was asked.
BEFORE = """
DROP FUNCTION IF EXISTS pickup_turn(
  bytea, bytea, integer, text, text, text, date, boolean, date, date, date, uuid, uuid, bytea, bytea, boolean);
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
RIGHTS = """
REVOKE ALL ON FUNCTION pickup_turn FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pickup_turn TO sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_pickup")]
    operations = [
        migrations.AddField("referral", "next_word", models.DateField(blank=True, null=True)),
        migrations.AddField("referral", "taken_by", models.UUIDField(blank=True, null=True)),
        migrations.RunSQL(
            f"ALTER TABLE {REFERRAL} ADD CONSTRAINT {REFERRAL}_next_word CHECK ({rls.sane_day('next_word')})"
        ),
        *(migrations.RunSQL(each) for each in (BEFORE, TURN, RIGHTS)),
    ]
