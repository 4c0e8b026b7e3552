"""Who sees, adds, changes and deletes what of an envelope. Nobody changes holder or writer: there is no right to."""

from django.db import migrations

from sluitend.kernel.organisations import rls

UPDATE_SEAL = "SELECT, INSERT, DELETE, UPDATE (sealed, key_id)"
UPDATE_STATE = "SELECT, INSERT, DELETE, UPDATE (state)"
NO_UPDATE = "SELECT, INSERT, DELETE"


PARTS = (
    ("sealing_seal", "envelope_id", "sealing_envelope"),
    ("sealing_mailboxseal", "envelope_id", "sealing_envelope"),
    ("sealing_attachment", "envelope_id", "sealing_envelope"),
    ("sealing_attachmentchunk", "attachment_id", "sealing_attachment"),
)


def cascade(table, column, whole):
    """Let the rows of a part go with the whole. The database does this as the owner, past what the acting organisation sees."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_part FOREIGN KEY ({column}) REFERENCES {whole} (id) "
        "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_part",
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_acting"), ("sealing", "0001_initial")]

    operations = [
        *(cascade(*part) for part in PARTS),
        *rls.two_sided(
            "sealing_envelope", "organisation_id", "recipient_id", app=NO_UPDATE, reader_updates=False
        ),
        *rls.two_sided("sealing_seal", "writer_id", "holder_id", app=UPDATE_SEAL, reader_updates=False),
        *rls.own_rows("sealing_mailboxseal", app=NO_UPDATE),
        *rls.two_sided(
            "sealing_attachment", "organisation_id", "recipient_id", app=UPDATE_STATE, reader_updates=False
        ),
        *rls.two_sided(
            "sealing_attachmentchunk", "organisation_id", "recipient_id", app=NO_UPDATE, reader_updates=False
        ),
        *rls.intake_inserts("sealing_envelope"),
        *rls.intake_inserts("sealing_seal"),
        *rls.intake_inserts("sealing_mailboxseal"),
        *rls.intake_inserts("sealing_attachment"),
        *rls.intake_inserts("sealing_attachmentchunk"),
        # That an envelope was destroyed may everybody know who knows its random id.
        migrations.RunSQL(
            [
                "ALTER TABLE sealing_destruction ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY see ON sealing_destruction FOR SELECT TO sl_app USING (true)",
                "CREATE POLICY add ON sealing_destruction FOR INSERT TO sl_app WITH CHECK (true)",
                "GRANT SELECT, INSERT ON sealing_destruction TO sl_app",
            ],
            migrations.RunSQL.noop,
        ),
        *rls.grants("sealing_publickeycopy", app="SELECT, INSERT, UPDATE"),
        # Sealed bytes do not compress: PostgreSQL need not try.
        migrations.RunSQL(
            "ALTER TABLE sealing_attachmentchunk ALTER COLUMN sealed SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
    ]
