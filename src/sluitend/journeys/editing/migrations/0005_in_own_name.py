"""Who wrote, looked, offered or published in a draft is who acts: nobody writes it in the name of a colleague."""

from django.db import migrations


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
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()",
    )


class Migration(migrations.Migration):
    dependencies = [("editing", "0004_rules_of_checks")]
    operations = [
        in_own_name("editing_draftentry", ("changed_by_id", "looked_by_id")),
        in_own_name("editing_draft", ("started_by_id", "offered_by_id", "returned_by_id", "ended_by_id")),
    ]
