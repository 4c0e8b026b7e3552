"""Drafts of the handbook, and who finds out about what nobody confirmed: rows of the region, of it alone.

Who wrote, looked, offered or published in a draft is who acts: nobody writes it in the name of a colleague.
"""

from django.db import migrations

from sluitend.kernel.organisations.rls import fixed_columns, own_rows


def in_own_name(table: str, columns: tuple[str, ...]) -> migrations.RunSQL:
    """Refuse another's name in these columns where it did not stand; OLD has nothing of a new row."""
    another = " OR ".join(
        f"(NEW.{column} IS DISTINCT FROM OLD.{column} AND NEW.{column} <> acting)" for column in columns
    )
    name = f"{table}_in_own_name"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
        DECLARE
          nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
          acting uuid := coalesce(public.acting_account(), nobody);
        BEGIN
          IF {another} THEN
            RAISE EXCEPTION 'each writes in a draft in the own name' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW
          WHEN (current_user IN ('sl_app', 'sl_worker')) EXECUTE FUNCTION {name}();
        """
    )


class Migration(migrations.Migration):
    dependencies = [("editing", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        *own_rows("editing_draft", app="SELECT, INSERT, UPDATE"),
        *own_rows("editing_draftentry"),
        *fixed_columns("editing_draft", ("organisation_id", "started_by_id")),
        *fixed_columns("editing_draftentry", ("organisation_id", "draft_id", "part", "entry_id")),
        in_own_name("editing_draftentry", ("changed_by_id", "looked_by_id")),
        in_own_name("editing_draft", ("started_by_id", "offered_by_id", "returned_by_id", "ended_by_id")),
        *own_rows("editing_checktask"),
        *fixed_columns("editing_checktask", ("organisation_id", "part", "entry_id")),
    ]
