"""Migration operations by which the database itself remembers what a row held last.

A trigger writes a line in `ledger_content` for each change of what is sealed in a row, or of what ends it.
No web role writes in that table. Whoever puts an older row back, or takes one away and puts another in its
place, is refused by the trigger, or is found by comparing when they got past it.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

DATES = frozenset({"closed", "recipient_closed", "done", "due"})


def remembers(
    table: str, sealed: Sequence[str], plain: Sequence[str] = (), *, under: tuple[str, str] | None = None
) -> list[RunSQL]:
    """Let a table be remembered. May be run again with more columns.

    Args:
        table: with `id`, `organisation_id` and `revision`.
        sealed: its columns that an envelope seals.
        plain: its columns that end what it is about, such as `closed`.
        under: table and column of the row whose envelope it is, when it does not name its own.
    """
    columns = [*sealed, *plain, "revision"]
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return [
        RunSQL(statement, RunSQL.noop)
        for statement in (
            _function(table, sealed, plain, under),
            f"DROP TRIGGER IF EXISTS {table}_begun ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_changed ON {table}",
            f"""CREATE TRIGGER {table}_begun AFTER INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_written()""",
            # Written anew as it was, a row is the same row: that is how its time is taken from it.
            f"""CREATE TRIGGER {table}_changed AFTER UPDATE ON {table}
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_written()""",
        )
    ]


def digests(sealed: Sequence[str], row: str) -> str:
    """Return SQL for the digests of what is sealed in a row."""
    names = ", ".join(f"'{column}'" for column in sealed)
    values = ", ".join(f"{row}.{column}" for column in sealed)
    return f"public.content_digests(ARRAY[{names}]::text[], ARRAY[{values}]::bytea[])"


def plain_digest(plain: Sequence[str], row: str) -> str:
    """Return SQL for the digest of what ends a row, that is the same in every time zone."""
    values = ", ".join(
        f"extract(epoch FROM {row}.{column})::text" if column in DATES else f"{row}.{column}::text"
        for column in plain
    )
    return f"public.content_plain(ARRAY[{values}]::text[])"


def _function(table: str, sealed: Sequence[str], plain: Sequence[str], under: tuple[str, str] | None) -> str:
    found = "NEW.envelope_id"
    if under:
        found = f"(SELECT envelope_id FROM public.{under[0]} WHERE id = NEW.{under[1]})"  # noqa: S608 (ours)
    return f"""
CREATE OR REPLACE FUNCTION {table}_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE before bytea;
BEGIN
  IF TG_OP = 'UPDATE' THEN before := {digests(sealed, "OLD")}; END IF;
  PERFORM public.content_note('{table}', NEW.id, NEW.organisation_id, {found}, NEW.revision,
    before, {digests(sealed, "NEW")}, {plain_digest(plain, "NEW")});
  RETURN NULL;
END $$
"""
