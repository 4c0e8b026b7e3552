"""The database remembers what each row held last: one line a change, which nobody but a trigger writes."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.sealing.remembering import remembers

DIGESTS = """
CREATE FUNCTION content_digests(names text[], columns bytea[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(string_agg(sha256(convert_to(name, 'UTF8') || '\\x00'::bytea || held), ''::bytea ORDER BY name), '')
    FROM unnest(names, columns) AS each (name, held) WHERE held IS NOT NULL
$$
"""

# Whether each of the first, of 32 bytes, is among the second.
AMONG = """
CREATE FUNCTION content_among(these bytea, those bytea) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (
    SELECT substr(these, 32 * i + 1, 32) FROM generate_series(0, length(these) / 32 - 1) AS i
    EXCEPT SELECT substr(those, 32 * i + 1, 32) FROM generate_series(0, length(those) / 32 - 1) AS i)
$$
"""

PLAIN = """
CREATE FUNCTION content_plain(columns text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(convert_to(coalesce(array_to_string(columns, '|', '-'), ''), 'UTF8'))
$$
"""

# What changed past the triggers stays unlike its line, so that it is found. An empty column may be filled under
# the same revision: what is put there has a proof like any other.
NOTE = """
CREATE FUNCTION content_note(of_place text, of_row uuid, of_organisation uuid, of_envelope uuid, now_revision bigint,
  before bytea, now_digests bytea, now_plain bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE last record; by_owner boolean;
BEGIN
  -- Only to prove what the version before wrote: no process of ours signs in as the owner.
  SELECT session_user = pg_get_userbyid(relowner) INTO by_owner FROM pg_class WHERE oid = 'public.ledger_content'::regclass;
  SELECT c.number, c.envelope_id, c.revision, c.digests, c.plain, c.gone INTO last FROM public.ledger_content c
    WHERE c.row_id = of_row ORDER BY c.number DESC LIMIT 1;
  IF FOUND THEN
    IF before IS NULL THEN
      RAISE EXCEPTION 'this row was there before' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF last.gone THEN
      IF length(now_digests) = 0 THEN RETURN; END IF;
      RAISE EXCEPTION 'what was destroyed stays away' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF last.digests <> before THEN RETURN; END IF;
    IF now_revision < last.revision THEN
      RAISE EXCEPTION 'a revision never goes back' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF now_revision = last.revision AND NOT by_owner AND NOT public.content_among(before, now_digests) THEN
      RAISE EXCEPTION 'words change under a next revision only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF now_revision = last.revision AND last.digests = now_digests AND last.plain = now_plain THEN RETURN; END IF;
  END IF;
  INSERT INTO public.ledger_content
    (id, organisation_id, envelope_id, place, row_id, number, revision, digests, plain, gone)
    VALUES (gen_random_uuid(), of_organisation, coalesce(of_envelope, last.envelope_id), of_place, of_row,
      coalesce(last.number, 0) + 1, now_revision, now_digests, now_plain, false);
END $$
"""

END = """
CREATE FUNCTION content_end(of_envelope uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.ledger_content
    (id, organisation_id, envelope_id, place, row_id, number, revision, digests, plain, gone)
  SELECT gen_random_uuid(), last.organisation_id, last.envelope_id, last.place, last.row_id, last.number + 1,
         last.revision, '', NULL, true
    FROM (SELECT DISTINCT ON (c.row_id) c.* FROM public.ledger_content c
           WHERE c.envelope_id = of_envelope ORDER BY c.row_id, c.number DESC) last
   WHERE NOT last.gone
$$
"""

DESTROY = """
CREATE OR REPLACE FUNCTION sealing_destroy(target uuid, reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.sealing_envelope
  WHERE id = target AND public.acting_org() IN (organisation_id, recipient_id);
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM public.content_end(target);
  INSERT INTO public.sealing_destruction (id, envelope_id, day, why)
  VALUES (gen_random_uuid(), target, (now() AT TIME ZONE 'Europe/Amsterdam')::date, reason)
  ON CONFLICT (envelope_id) DO NOTHING;
  RETURN true;
END $$
"""

# What the rows of an envelope held last, each as row, revision and digests. Hashes of sealed bytes: they tell
# nothing to who does not have those.
LAST = """
CREATE FUNCTION content_last(of_envelope uuid, places text[]) RETURNS bytea[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(uuid_send(last.row_id) || int8send(last.revision) || last.digests)
    FROM (SELECT DISTINCT ON (c.row_id) c.row_id, c.revision, c.digests FROM public.ledger_content c
           WHERE c.envelope_id = of_envelope AND (places IS NULL OR c.place = ANY (places))
           ORDER BY c.row_id, c.number DESC) last
$$
"""

OF_ROW = """
CREATE FUNCTION content_of_row(of_row uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN NOT c.gone THEN int8send(c.revision) || c.digests END FROM public.ledger_content c
   WHERE c.row_id = of_row ORDER BY c.number DESC LIMIT 1
$$
"""

# One digest over lines that wait, which the worker then writes in the ledger. Of what the public sent only when
# its day is over, and in random order: where a line stands afterwards tells nothing of when it came.
LINE = """
CREATE FUNCTION content_line(line ledger_content) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(uuid_send(line.id) || uuid_send(line.organisation_id)
    || coalesce(uuid_send(line.envelope_id), ''::bytea) || convert_to(line.place, 'UTF8') || '\\x00'::bytea
    || uuid_send(line.row_id) || int8send(line.number) || int8send(line.revision) || line.digests || '\\x00'::bytea
    || coalesce(line.plain, ''::bytea) || CASE WHEN line.gone THEN '\\x01' ELSE '\\x00' END::bytea)
$$
"""

TAKE = """
CREATE FUNCTION content_take(of_organisation uuid, of_public text[], most integer) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE taken uuid[]; whole bytea; each uuid; today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  SELECT array_agg(id), sha256(string_agg(line, ''::bytea ORDER BY id)) INTO taken, whole FROM (
    SELECT c.id, public.content_line(c) AS line FROM public.ledger_content c
     WHERE c.organisation_id = of_organisation AND c.noted IS NULL
       AND NOT (c.place = ANY (of_public) AND (
         EXISTS (SELECT FROM public.sealing_envelope e WHERE e.id = c.envelope_id AND e.created >= today)
         OR EXISTS (SELECT FROM public.reports_report r JOIN public.reports_mailboxmessage m ON m.report_id = r.id
              WHERE r.envelope_id = c.envelope_id AND m.direction = 'in' AND m.day >= today)))
     ORDER BY c.id LIMIT most FOR UPDATE SKIP LOCKED) waiting;
  FOR each IN SELECT id FROM unnest(taken) AS id ORDER BY random() LOOP
    UPDATE public.ledger_content SET noted = whole WHERE id = each;
  END LOOP;
  RETURN whole;
END $$
"""

FORGET = """
CREATE OR REPLACE FUNCTION visits_forget(target uuid, a_wait_request boolean, today date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF a_wait_request THEN
    PERFORM public.content_end(envelope_id) FROM public.visits_waitrequest
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    UPDATE public.visits_waitrequest SET content = NULL, lift_text = NULL, turn = turn + 1
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM public.visits_waitrequesttoken WHERE wait_request_id = target;
    UPDATE public.visits_consultation SET whom = NULL WHERE wait_request_id = target;
    UPDATE public.visits_waitrequestquestion SET content = NULL, reply = NULL WHERE wait_request_id = target;
  ELSE
    PERFORM public.content_end(envelope_id) FROM public.visits_visit
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    UPDATE public.visits_visit SET content = NULL, turn = turn + 1
     WHERE id = target AND organisation_id = public.acting_org() AND content IS NOT NULL
       AND closed IS NOT NULL AND retention_until < today;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM public.visits_visittoken WHERE visit_id = target;
  END IF;
  RETURN true;
END $$
"""

CASE = ("cases_case", "case_id")
WAIT_REQUEST = ("visits_waitrequest", "wait_request_id")
REPORT = ("reports_report", "report_id")
ENDS = ("state", "closed")
BOTH_END = ("state", "closed", "recipient_closed")
TABLES = (
    ("cases_case", ("name", "wish", "facts"), ENDS, None),
    ("cases_track", ("summary",), ENDS, CASE),
    ("cases_weighing", ("sentence",), (), CASE),
    ("cases_lookup", ("content", "copied"), (), CASE),
    ("cases_routechoice", ("sentence",), (), CASE),
    ("cases_againstwish", ("text",), (), CASE),
    ("cases_subject", ("content",), (), CASE),
    ("cases_observation", ("content",), (), CASE),
    ("cases_timelineevent", ("content",), (), CASE),
    ("visits_visit", ("content",), ENDS, None),
    ("visits_waitrequest", ("lift_text", "content"), ENDS, None),
    ("visits_consultation", ("whom",), (), WAIT_REQUEST),
    ("visits_waitrequestquestion", ("content", "reply"), ("recipient_closed",), WAIT_REQUEST),
    ("exchanges_transfer", ("content", "accepted_by"), BOTH_END, None),
    ("exchanges_transfermessage", ("text",), (), None),
    ("exchanges_request", ("content", "reply", "further"), BOTH_END, None),
    ("referrals_referral", ("content",), BOTH_END, None),
    ("referrals_referralorigin", ("reasons",), (), None),
    ("referrals_referralmessage", ("text",), (), None),
    ("reports_report", ("content", "decision"), ENDS, None),
    ("reports_reporteridentity", ("content",), (), None),
    ("reports_mailboxmessage", ("text",), (), REPORT),
    ("reports_mark", ("content",), ("closed",), None),
    ("sealing_attachment", ("name", "media_type"), ("state",), None),
)


OURS = ("content_note(text, uuid, uuid, uuid, bigint, bytea, bytea, bytea)", "content_end(uuid)")
FOR_APP = ("content_last(uuid, text[])", "content_of_row(uuid)")
FOR_WORKER = ("content_take(uuid, text[], integer)",)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_absence"),
        ("sealing", "0004_pixels"),
        ("cases", "0005_one_presence"),
        ("visits", "0009_question_after"),
        ("exchanges", "0007_last_turn"),
        ("referrals", "0009_pickup_worked_once"),
        ("reports", "0005_partner_channel"),
    ]

    operations = [
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("envelope_id", models.UUIDField(null=True)),
                ("place", sluitend.kernel.organisations.base.PlainText(max_length=60, why="names a table")),
                ("row_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("revision", models.PositiveBigIntegerField()),
                ("digests", models.BinaryField()),
                ("plain", models.BinaryField(max_length=32, null=True)),
                ("gone", models.BooleanField(default=False)),
                ("noted", models.BinaryField(max_length=32, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_content",
                "indexes": [
                    models.Index(fields=["envelope_id", "row_id", "-number"], name="ledger_content_envelope"),
                    models.Index(
                        fields=["organisation"],
                        condition=models.Q(noted__isnull=True),
                        name="ledger_content_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("row_id", "number"), name="one_line_a_change")
                ],
            },
        ),
        migrations.RunSQL(
            [
                "ALTER TABLE ledger_content ENABLE ROW LEVEL SECURITY",
                # To look at; whoever opens an envelope asks the functions below.
                """CREATE POLICY own ON ledger_content FOR SELECT TO sl_app
                USING (organisation_id = (SELECT acting_org()))""",
                "GRANT SELECT ON ledger_content TO sl_app",
            ],
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(each, migrations.RunSQL.noop)
            for each in (DIGESTS, AMONG, PLAIN, NOTE, END, DESTROY, LAST, OF_ROW, LINE, TAKE, FORGET)
        ),
        *(
            migrations.RunSQL(f"REVOKE ALL ON FUNCTION {each} FROM PUBLIC", migrations.RunSQL.noop)
            for each in (*OURS, *FOR_APP, *FOR_WORKER)
        ),
        *(
            migrations.RunSQL(f"GRANT EXECUTE ON FUNCTION {each} TO sl_app", migrations.RunSQL.noop)
            for each in FOR_APP
        ),
        *(
            migrations.RunSQL(f"GRANT EXECUTE ON FUNCTION {each} TO sl_worker", migrations.RunSQL.noop)
            for each in FOR_WORKER
        ),
        *(
            operation
            for table, sealed, plain, under in TABLES
            for operation in remembers(table, sealed, plain, under=under)
        ),
    ]
