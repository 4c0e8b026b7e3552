"""The table of releases; readable by everybody, added to by the app, changed by nobody."""

import uuid

from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations.rls import grants

# Absence of a grant stops the web roles; the trigger stops the owner too, so that a digest keeps its meaning.
REFUSE = """
CREATE FUNCTION refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a release of the handbook never changes';
END $$;
CREATE TRIGGER release_never_changes BEFORE UPDATE OR DELETE ON handbook_release
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_release();
"""
ALLOW = """
DROP TRIGGER release_never_changes ON handbook_release;
DROP FUNCTION refuse_change_of_release();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("organisations", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "pack_id",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id of the region's pack"
                    ),
                ),
                (
                    "version",
                    sluitend.kernel.organisations.base.PlainText(max_length=20, why="version of the pack"),
                ),
                ("published", models.DateTimeField()),
                (
                    "published_by",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=120, why="name of a colleague or command"
                    ),
                ),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"ordering": ("number",)},
        ),
        *grants("handbook_release", app="SELECT, INSERT", intake="SELECT"),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
