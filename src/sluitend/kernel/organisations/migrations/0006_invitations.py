"""Invitations in two halves. A password for once that nobody used yet works no longer: invite them anew."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations.rls import grants


def spend_passwords(apps, schema_editor):
    """Whoever made such a password knows it. Invented accounts share one that everybody may know."""
    if settings.DEMO:
        return
    for account in apps.get_model("organisations", "Account").objects.filter(last_login__isnull=True):
        account.password = make_password(None)
        account.save(update_fields=["password"])


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_roles_by_two"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("nonce", models.UUIDField(unique=True)),
                (
                    "proof",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=64, why="hash of words under the key of the processes"
                    ),
                ),
                ("expires", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        *grants("organisations_invitation", app="SELECT, INSERT, UPDATE, DELETE"),
        migrations.RunPython(spend_passwords, migrations.RunPython.noop),
    ]
