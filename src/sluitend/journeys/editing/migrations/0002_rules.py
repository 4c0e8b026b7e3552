"""Drafts of the handbook: rows of the region, seen and changed by it alone."""

from django.db import migrations

from sluitend.kernel.organisations.rls import fixed_columns, own_rows


class Migration(migrations.Migration):
    dependencies = [("editing", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        *own_rows("editing_draft", app="SELECT, INSERT, UPDATE"),
        *own_rows("editing_draftentry"),
        *fixed_columns("editing_draft", ("organisation_id", "started_by_id")),
        *fixed_columns("editing_draftentry", ("organisation_id", "draft_id", "part", "entry_id")),
    ]
