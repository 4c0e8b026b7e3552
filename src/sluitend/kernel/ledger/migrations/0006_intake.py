"""Lines of what came in from the public wait in a table of their own, and move at the end of the day."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.organisations.rls import ACTING

NOON = "(at AT TIME ZONE 'Europe/Amsterdam')::time = '12:00'"
# The public process names nobody, keeps no clock, and writes what its own pages do.
PUBLIC = f"""process = 'public' AND account IS NULL AND subject IS NULL AND stands_in_from IS NULL AND revision IS NULL
  AND trace = repeat('0', 32) AND {NOON}
  AND (action = 'report.mailbox' OR action LIKE 'referral.pickup.%'
    OR ((action LIKE 'refused.%' OR action LIKE 'failed.%') AND outcome <> 'ok' AND organisation_id = '{PLATFORM_ID}'))"""

COLUMNS = """id, organisation_id, account, stands_in_from, action, activity, purpose, subject_kind, subject, outcome, at,
  revision, trace, span, process, mac"""

TAKE_IN = f"""
CREATE FUNCTION ledger_take_in(today timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n bigint;
BEGIN
  -- What is dated later than tomorrow was written under a clock that ran ahead.
  WITH moved AS (
    DELETE FROM public.ledger_intake l WHERE l.at < today OR l.at > today + interval '1 day' RETURNING l.*
  )
  INSERT INTO public.ledger_event ({COLUMNS}) SELECT {COLUMNS} FROM moved ORDER BY random();
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
REVOKE ALL ON FUNCTION ledger_take_in(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_take_in(timestamptz) TO sl_worker;
"""  # noqa: S608 - columns of this file

RIGHTS = f"""
REVOKE ALL ON ledger_event FROM sl_intake;
DROP POLICY IF EXISTS intake ON ledger_event;
ALTER TABLE ledger_intake ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON ledger_intake FOR INSERT TO sl_intake WITH CHECK ({PUBLIC});
CREATE POLICY add ON ledger_intake FOR INSERT TO sl_app
  WITH CHECK ({NOON} AND organisation_id IN ({ACTING}, '{PLATFORM_ID}'));
CREATE POLICY own ON ledger_intake FOR SELECT TO sl_app USING (organisation_id = {ACTING});
GRANT INSERT ON ledger_intake TO sl_intake, sl_app;
GRANT SELECT ON ledger_intake TO sl_app;
"""

# A row that was written anew leaves its former self behind until it is cleaned up: soon, not some day.
CLEAN = """
ALTER TABLE ledger_intake SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_roles_elsewhere"),
        ("organisations", "0004_absence"),
    ]

    operations = [
        migrations.CreateModel(
            name="IntakeLine",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("account", models.UUIDField(null=True)),
                ("stands_in_from", models.UUIDField(null=True)),
                (
                    "action",
                    PlainText(max_length=60, why="name of an action"),
                ),
                (
                    "activity",
                    PlainText(max_length=60, why="id in the register of processing"),
                ),
                (
                    "purpose",
                    PlainText(blank=True, default="", max_length=60, why="code"),
                ),
                (
                    "subject_kind",
                    PlainText(blank=True, default="", max_length=20, why="kind of thing"),
                ),
                ("subject", models.UUIDField(null=True)),
                (
                    "outcome",
                    PlainText(default="ok", max_length=10, why="choice"),
                ),
                ("at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(null=True)),
                ("trace", PlainText(max_length=32, why="random")),
                ("span", PlainText(max_length=16, why="random")),
                (
                    "process",
                    PlainText(max_length=10, why="kind of process"),
                ),
                ("mac", models.BinaryField(max_length=32)),
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
                "db_table": "ledger_intake",
            },
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(TAKE_IN, "DROP FUNCTION ledger_take_in(timestamptz)"),
        migrations.RunSQL(CLEAN, migrations.RunSQL.noop),
    ]
