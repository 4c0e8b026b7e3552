"""How what runs by the clock ended. The worker writes it; the desk reads it, to tell who watches."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations.rls import grants

WORKER = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sl_worker') THEN
    GRANT INSERT, UPDATE ON installation_run TO sl_worker;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_guesses"),
        ("organisations", "0004_absence"),
    ]
    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("task", sluitend.kernel.organisations.base.PlainText(max_length=60, why="name of a job")),
                ("begun", models.DateTimeField()),
                ("good", models.DateTimeField(blank=True, null=True)),
                ("bad", models.DateTimeField(blank=True, null=True)),
                (
                    "error",
                    sluitend.kernel.organisations.base.PlainText(
                        blank=True, default="", max_length=60, why="kind of a failure"
                    ),
                ),
                ("rows_bad", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "installation_run",
                "constraints": [models.UniqueConstraint(fields=("task", "organisation"), name="run_once")],
            },
        ),
        *grants("installation_run", app="SELECT"),
        migrations.RunSQL(WORKER, migrations.RunSQL.noop),
    ]
