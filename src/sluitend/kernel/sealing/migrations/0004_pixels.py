"""What there is to see of a file, and the pages that are drawn of it."""

from django.db import migrations, models

import sluitend.kernel.organisations.base


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_absence"),
        ("sealing", "0003_destroying"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="page",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="page_of",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="shown",
            field=sluitend.kernel.organisations.base.PlainText(
                default="waiting", max_length=10, why="choice"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "shown__in",
                        ("waiting", "drawn", "pixels", "never", "too_large", "unreadable", "unfenced"),
                    )
                ),
                name="sealing_attachment_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("page_of", "page"), name="sealing_one_page_a_number"),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (shown) ON sealing_attachment TO sl_app",
            "REVOKE UPDATE (shown) ON sealing_attachment FROM sl_app",
        ),
    ]
