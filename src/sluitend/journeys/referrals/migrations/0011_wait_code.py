"""Who asked to wait is waited for, whatever was answered after it: a column of its own remembers it."""

from django.db import migrations, models
from django.db.models import Q

import sluitend.kernel.organisations.base

# As before, with whether the answer asks to wait. While a wait request stands, a page asks for no other.
TURN = """
CREATE FUNCTION pickup_turn(
    k bytea, s bytea, at_turn integer, to_state text, reason text, code_id text, code_on date, has_answered boolean,
    received date, passed date, outcome date, message uuid, message_envelope uuid, message_text bytea,
    w bytea DEFAULT NULL, waits boolean DEFAULT false)
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
    IF waits AND r.held_on IS NOT NULL THEN RETURN false; END IF;
    UPDATE public.referrals_referral f SET state = to_state, turn = f.turn + 1, return_reason = reason,
        answer = code_id, answer_on = code_on, answered = f.answered OR has_answered,
        received_on = received, passed_on = passed, outcome_on = outcome,
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
  END $$
"""
BEFORE = (
    "pickup_turn(bytea, bytea, integer, text, text, text, date, boolean, date, date, date, uuid, uuid, bytea,"
    " bytea)"
)
SIGNATURE = BEFORE.replace(" bytea)", " bytea, boolean)")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_held_on")]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="wait_code",
            field=sluitend.kernel.organisations.base.PlainText(
                blank=True, db_default="", default="", max_length=60, why="id of a feedback code in the pack"
            ),
        ),
        migrations.RemoveIndex(model_name="referral", name="referral_not_held"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=Q(("held_on__isnull", True), models.Q(("wait_code", ""), _negated=True)),
                fields=["organisation"],
                name="referral_not_held",
            ),
        ),
        migrations.RunSQL(f"DROP FUNCTION {BEFORE}", migrations.RunSQL.noop),
        migrations.RunSQL(TURN, migrations.RunSQL.noop),
        migrations.RunSQL(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC", migrations.RunSQL.noop),
        migrations.RunSQL(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO sl_intake", migrations.RunSQL.noop),
        # Until now the last answer said it; what was not held yet must still be heard.
        migrations.RunSQL(
            "UPDATE referrals_referral SET wait_code = answer WHERE answer = 'wacht'", migrations.RunSQL.noop
        ),
    ]
