"""Links with which an organisation looks at what the handbook says of it.

An answer goes in by one function, for the role of the public pages, once. No role of the web writes one beside a row,
and what is planted in another way lacks the proof that only our processes make.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sluitend.kernel.organisations.base
from sluitend.kernel.organisations import rls

TABLE = "editing_partnercheck"

UNANSWERED = f"""
CREATE POLICY unanswered ON {TABLE} AS RESTRICTIVE FOR INSERT TO sl_app
  WITH CHECK (answered IS NULL AND answer IS NULL AND proof IS NULL AND mailed IS NULL);
GRANT UPDATE (mailed) ON {TABLE} TO sl_app;
"""

ANSWERING = """
CREATE FUNCTION partner_check_open(k bytea) RETURNS TABLE (part text, entry text, region text, until date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.part::text, c.entry_id::text, o.name::text, c.expires
      FROM public.editing_partnercheck c JOIN public.organisations_organisation o ON o.id = c.organisation_id
     WHERE c.lookup = k AND length(k) = 32 AND c.answered IS NULL
       AND c.expires >= (now() AT TIME ZONE 'Europe/Amsterdam')::date $$;
CREATE FUNCTION partner_check_answer(k bytea, given jsonb, p bytea) RETURNS uuid
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.editing_partnercheck c SET answered = now(), answer = given, proof = p
     WHERE c.lookup = k AND length(k) = 32 AND length(p) = 32 AND length(given::text) <= 20000 AND c.answered IS NULL
       AND c.expires >= (now() AT TIME ZONE 'Europe/Amsterdam')::date
    RETURNING c.organisation_id $$;
REVOKE ALL ON FUNCTION partner_check_open(bytea), partner_check_answer(bytea, jsonb, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partner_check_open(bytea), partner_check_answer(bytea, jsonb, bytea) TO sl_intake;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0002_rules"),
        ("organisations", "0004_standing_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "part",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=40, why="name of a list of the handbook"
                    ),
                ),
                (
                    "entry_id",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=60, why="id in the handbook, public knowledge"
                    ),
                ),
                (
                    "address",
                    sluitend.kernel.organisations.base.PlainText(
                        max_length=254, why="mailbox of an organisation, to which nothing but the link goes"
                    ),
                ),
                ("lookup", models.BinaryField(max_length=32, unique=True)),
                ("asked", models.DateTimeField()),
                ("expires", models.DateField()),
                ("mailed", models.DateField(blank=True, null=True)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                ("answer", models.JSONField(blank=True, null=True)),
                ("proof", models.BinaryField(blank=True, max_length=32, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "part", "entry_id"), name="partner_check_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__isnull", True), ("answered__isnull", True), ("proof__isnull", True)
                            ),
                            models.Q(
                                ("answer__isnull", False),
                                ("answered__isnull", False),
                                ("proof__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="partner_check_answered",
                    ),
                ],
            },
        ),
        *rls.own_rows(TABLE, app="SELECT, INSERT, DELETE"),
        *[migrations.RunSQL(each) for each in (UNANSWERED, ANSWERING)],
    ]
