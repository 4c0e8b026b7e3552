"""What a partner sent is known when it comes again: a lost connection and a double press do nothing twice.

A row keeps a keyed hash of the last page that was worked with all that was filled in there. Who asks for it
needs the link and that very page.
"""

from django.db import migrations, models

# As before, with the last page that was worked at the end. Without one it does what it did.
TURN = """
CREATE FUNCTION pickup_turn(
    k bytea, s bytea, at_turn integer, to_state text, reason text, code_id text, code_on date, has_answered boolean,
    received date, passed date, outcome date, message uuid, message_envelope uuid, message_text bytea,
    w bytea DEFAULT NULL)
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
    UPDATE public.referrals_pickup b SET worked = w WHERE b.id = box.id;
    IF to_state = 'returned' THEN
      UPDATE public.referrals_pickup b SET state = 'ended', changed = now(), session_lookup = NULL,
        session_sealed = NULL, delivery = NULL WHERE b.id = box.id;
    END IF;
    RETURN true;
  END $$
"""

WORKED = """
CREATE FUNCTION pickup_worked(k bytea, w bytea) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.referrals_pickup b
     WHERE b.lookup = k AND length(k) = 32 AND b.worked = w AND length(w) = 32) $$
"""

BEFORE = (
    "pickup_turn(bytea, bytea, integer, text, text, text, date, boolean, date, date, date, uuid, uuid, bytea)"
)
SIGNATURES = (
    (TURN, BEFORE.replace("bytea)", "bytea, bytea)")),
    (WORKED, "pickup_worked(bytea, bytea)"),
)


def _function(definition: str, signature: str) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(definition, migrations.RunSQL.noop),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC", migrations.RunSQL.noop),
        migrations.RunSQL(f"GRANT EXECUTE ON FUNCTION {signature} TO sl_intake", migrations.RunSQL.noop),
    ]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_referral_before_link")]
    operations = [
        migrations.AddField("pickup", "worked", models.BinaryField(max_length=32, null=True)),
        migrations.RunSQL(f"DROP FUNCTION {BEFORE}", migrations.RunSQL.noop),
        *(operation for each in SIGNATURES for operation in _function(*each)),
    ]
