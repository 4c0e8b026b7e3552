from django.db import migrations

# Asked once for all envelopes of a page: a function with the rights of its owner is called anew for each row that
# it stands beside, and that cost a page of fifty more than everything else that it asks.
LAST = """
DROP FUNCTION content_last(uuid, text[]);
CREATE FUNCTION content_last(of_envelopes uuid[], places text[]) RETURNS TABLE (envelope_id uuid, lines bytea[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT last.envelope_id, array_agg(uuid_send(last.row_id) || int8send(last.revision) || last.digests)
    FROM (SELECT DISTINCT ON (c.envelope_id, c.row_id) c.envelope_id, c.row_id, c.revision, c.digests
            FROM public.ledger_content c
           WHERE c.envelope_id = ANY (of_envelopes) AND (places IS NULL OR c.place = ANY (places))
           ORDER BY c.envelope_id, c.row_id, c.number DESC) last
   GROUP BY last.envelope_id
$$;
REVOKE ALL ON FUNCTION content_last(uuid[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_last(uuid[], text[]) TO sl_app;
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0003_content")]
    operations = [migrations.RunSQL(LAST)]
