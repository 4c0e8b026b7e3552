"""Who sees, adds, changes and deletes what of an envelope, and the one way to destroy it, which always notes it.

Nobody changes holder or writer: there is no right to. And the database remembers what each row held last: one line a
change, which nobody but a trigger writes. Which columns of which table are remembered says the migration of that
table, with `remembers`.
"""

from django.db import migrations

from sluitend.kernel.organisations import rls
from sluitend.kernel.sealing.remembering import remembers

NO_UPDATE = "SELECT, INSERT, DELETE"
UPDATE_SEAL = "SELECT, INSERT, DELETE, UPDATE (sealed, key_id)"
UPDATE_STATE = "SELECT, INSERT, DELETE, UPDATE (state, shown)"
SIDES = ("organisation_id", "recipient_id")
PARTS = (
    ("sealing_seal", "envelope_id", "sealing_envelope"),
    ("sealing_mailboxseal", "envelope_id", "sealing_envelope"),
    ("sealing_attachment", "envelope_id", "sealing_envelope"),
    ("sealing_attachmentchunk", "attachment_id", "sealing_attachment"),
)

# Runs as the owner: nobody else may delete an envelope or add to the list of destructions, so that neither
# happens without the other. A line for an envelope that was not destroyed would destroy it at the next
# restore; a destruction without a line would be undone by it.
DESTROY = """
CREATE FUNCTION sealing_destroy(target uuid, reason text) RETURNS boolean
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
END $$;
REVOKE ALL ON FUNCTION sealing_destroy(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sealing_destroy(uuid, text) TO sl_app;
"""
# That an envelope was destroyed may everybody know who knows its random id.
DESTRUCTIONS = """
ALTER TABLE sealing_destruction ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sealing_destruction FOR SELECT TO sl_app USING (true);
GRANT SELECT ON sealing_destruction TO sl_app;
"""
# The mark by which a database that was put back is known. The row travels with a dump; the identity of the database
# in which it is put back is another.
STANDING = """
CREATE TABLE sealing_standing (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  identity text NOT NULL
);
ALTER TABLE sealing_standing ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sealing_standing FOR SELECT TO sl_app, sl_intake USING (true);
GRANT SELECT ON sealing_standing TO sl_app, sl_intake;
"""
# Sealed bytes do not compress: PostgreSQL need not try.
BYTES = "ALTER TABLE sealing_attachmentchunk ALTER COLUMN sealed SET STORAGE EXTERNAL"

# To look at; whoever opens an envelope asks the functions below.
LINES = f"""
ALTER TABLE ledger_content ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON ledger_content FOR SELECT TO sl_app USING (organisation_id = {rls.ACTING});
GRANT SELECT ON ledger_content TO sl_app;
"""
DIGESTS = """
CREATE FUNCTION content_digests(names text[], columns bytea[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(string_agg(sha256(convert_to(name, 'UTF8') || '\\x00'::bytea || held), ''::bytea ORDER BY name), '')
    FROM unnest(names, columns) AS each (name, held) WHERE held IS NOT NULL
$$;
CREATE FUNCTION content_plain(columns text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(convert_to(coalesce(array_to_string(columns, '|', '-'), ''), 'UTF8'))
$$;
"""
# Whether each of the first, of 32 bytes, is among the second.
AMONG = """
CREATE FUNCTION content_among(these bytea, those bytea) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (
    SELECT substr(these, 32 * i + 1, 32) FROM generate_series(0, length(these) / 32 - 1) AS i
    EXCEPT SELECT substr(those, 32 * i + 1, 32) FROM generate_series(0, length(those) / 32 - 1) AS i)
$$;
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
END $$;
REVOKE ALL ON FUNCTION content_note(text, uuid, uuid, uuid, bigint, bytea, bytea, bytea) FROM PUBLIC;
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
$$;
REVOKE ALL ON FUNCTION content_end(uuid) FROM PUBLIC;
"""
# What the rows of envelopes held last, each as row, revision and digests. Hashes of sealed bytes: they tell nothing to
# who does not have those. Asked once for all envelopes of a page: a function with the rights of its owner is called
# anew for each row that it stands beside, and that cost a page of fifty more than everything else that it asks.
LAST = """
CREATE FUNCTION content_last(of_envelopes uuid[], places text[]) RETURNS TABLE (envelope_id uuid, lines bytea[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT last.envelope_id, array_agg(uuid_send(last.row_id) || int8send(last.revision) || last.digests)
    FROM (SELECT DISTINCT ON (c.envelope_id, c.row_id) c.envelope_id, c.row_id, c.revision, c.digests
            FROM public.ledger_content c
           WHERE c.envelope_id = ANY (of_envelopes) AND (places IS NULL OR c.place = ANY (places))
           ORDER BY c.envelope_id, c.row_id, c.number DESC) last
   GROUP BY last.envelope_id
$$;
CREATE FUNCTION content_of_row(of_row uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN NOT c.gone THEN int8send(c.revision) || c.digests END FROM public.ledger_content c
   WHERE c.row_id = of_row ORDER BY c.number DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION content_last(uuid[], text[]), content_of_row(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_last(uuid[], text[]), content_of_row(uuid) TO sl_app;
"""
# One digest over lines that wait, which the worker then writes in the ledger. Of what the public sent only when
# its day is over, and in random order: where a line stands afterwards tells nothing of when it came.
TAKE = """
CREATE FUNCTION content_line(line ledger_content) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(uuid_send(line.id) || uuid_send(line.organisation_id)
    || coalesce(uuid_send(line.envelope_id), ''::bytea) || convert_to(line.place, 'UTF8') || '\\x00'::bytea
    || uuid_send(line.row_id) || int8send(line.number) || int8send(line.revision) || line.digests || '\\x00'::bytea
    || coalesce(line.plain, ''::bytea) || CASE WHEN line.gone THEN '\\x01' ELSE '\\x00' END::bytea)
$$;
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
END $$;
REVOKE ALL ON FUNCTION content_take(uuid, text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_take(uuid, text[], integer) TO sl_worker;
"""


def cascade(table: str, column: str, whole: str) -> migrations.RunSQL:
    """Let the rows of a part go with the whole. The database does it as the owner, past what the acting one sees."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_part FOREIGN KEY ({column}) REFERENCES {whole} (id) "
        "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
    )


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        *[cascade(*part) for part in PARTS],
        *rls.two_sided("sealing_envelope", *SIDES, app="SELECT, INSERT", reader_updates=False, deletes=False),
        *rls.two_sided("sealing_seal", "writer_id", "holder_id", app=UPDATE_SEAL, reader_updates=False),
        *rls.own_rows("sealing_mailboxseal", app=NO_UPDATE),
        *rls.two_sided("sealing_attachment", *SIDES, app=UPDATE_STATE, reader_updates=False),
        *rls.two_sided("sealing_attachmentchunk", *SIDES, app=NO_UPDATE, reader_updates=False),
        *rls.intake_inserts("sealing_envelope", rls.sane_day("created")),
        *rls.intake_inserts("sealing_seal"),
        *rls.intake_inserts("sealing_mailboxseal"),
        *rls.intake_inserts("sealing_attachment"),
        *rls.intake_inserts("sealing_attachmentchunk"),
        *rls.grants("sealing_publickeycopy", app="SELECT, INSERT, UPDATE"),
        *[migrations.RunSQL(each) for each in (DESTROY, DESTRUCTIONS, STANDING, BYTES)],
        *[migrations.RunSQL(each) for each in (LINES, DIGESTS, AMONG, NOTE, END, LAST, TAKE)],
        *remembers("sealing_attachment", ("name", "media_type"), ("state",)),
    ]
