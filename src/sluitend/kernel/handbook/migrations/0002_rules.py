"""Releases are readable by everybody, added to by the app, changed by nobody."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("handbook", "0001_initial"), ("organisations", "0002_rules")]
    operations = [
        *grants("handbook_release", app="SELECT, INSERT", intake="SELECT"),
        migrations.RunSQL(REFUSE),
    ]
