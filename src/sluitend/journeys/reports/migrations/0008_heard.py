"""What a reporter ticked with a message is heard by the case of the report, not only by who reads it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_the_night")]
    operations = [
        migrations.AddField("mailboxmessage", "heard", models.BooleanField(default=False, db_default=False)),
        # What is there already was read, or lies to be read: it presses nobody anew.
        migrations.RunSQL("UPDATE reports_mailboxmessage SET heard = true", migrations.RunSQL.noop),
        migrations.AddIndex(
            "mailboxmessage",
            models.Index(
                fields=["organisation"],
                condition=models.Q(
                    models.Q(("acute", True), ("minor", True), _connector="OR"), swept=True, heard=False
                ),
                name="reports_message_unheard",
            ),
        ),
    ]
