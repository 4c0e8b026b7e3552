"""Giving somebody a role in a test, as if two people had done so; the web's own role may not write one."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from sluitend.kernel.organisations.models import Membership

GIVE = """
CREATE FUNCTION tests_give(
  target uuid, place uuid, wanted text, first date, last date, from_home uuid, pool uuid)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE made uuid; today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  UPDATE organisations_account
    SET home_id = coalesce(home_id, place), last_login = coalesce(last_login, now()) WHERE id = target;
  DELETE FROM organisations_membership
    WHERE account_id = target AND organisation_id = place AND role = wanted
      AND agreement_id IS NULL AND pool IS NULL;
  INSERT INTO organisations_membership (id, account_id, organisation_id, role, since, until, home_id,
      agreement_id, reporter_role, confirmed_by, confirmed_on, accepted_on, offered_on)
    VALUES (gen_random_uuid(), target, place, wanted, first, last, from_home, pool, '',
      CASE WHEN role_needs_second(wanted) THEN '00000000-0000-0000-0000-000000000000'::uuid END,
      CASE WHEN role_needs_second(wanted) THEN today END, today, today)
    RETURNING id INTO made;
  RETURN made;
END $$;
CREATE FUNCTION tests_days_pass(place uuid, days integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE organisations_membership SET until = until - days
    WHERE organisation_id = place AND until < (now() AT TIME ZONE 'Europe/Amsterdam')::date;
  UPDATE organisations_membership SET offered_on = offered_on - days,
    ended_on = CASE WHEN ended_on IS NOT NULL THEN until + 1 END WHERE organisation_id = place $$;
CREATE FUNCTION tests_cover(first date, last date) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE organisations_membership m SET since = least(since, first), until = last
    FROM organisations_poolmember p
    WHERE p.covered AND p.agreement_id = m.agreement_id AND p.organisation_id = m.organisation_id
    RETURNING m.id $$;
GRANT EXECUTE ON FUNCTION tests_cover(date, date) TO sl_app;
GRANT EXECUTE ON FUNCTION tests_days_pass(uuid, integer) TO sl_app;
GRANT EXECUTE ON FUNCTION tests_give(uuid, uuid, text, date, date, uuid, uuid) TO sl_app;
"""
"""Only in the database of the tests."""


def give(
    account_id: UUID,
    organisation_id: UUID,
    role: str,
    *,
    since: date | None = None,
    until: date | None = None,
    home_id: UUID | None = None,
    agreement_id: UUID | None = None,
) -> "Membership":
    """Give somebody a role that works; one that was there before gives way to it."""
    from sluitend.kernel.organisations.models import Membership

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tests_give(%s, %s, %s, %s, %s, %s, %s)",
            [account_id, organisation_id, str(role), since, until, home_id, agreement_id],
        )
        row = Membership.objects.get(pk=cursor.fetchone()[0])
    row.prove().save(update_fields=["proof"])
    return row


def days_pass(organisation_id: UUID, days: int) -> None:
    """Let what happened to the roles of an organisation be some days ago, with the proofs that fit."""
    from sluitend.kernel.organisations.models import Membership

    given = [row.pk for row in Membership.objects.filter(organisation_id=organisation_id) if row.given]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_days_pass(%s, %s)", [organisation_id, days])
    for row in Membership.objects.filter(pk__in=given):
        row.prove().save(update_fields=["proof"])


def cover(first: date, last: date) -> None:
    """Let who stands in where nobody reads yet do so on these days, as the worker renews it each day."""
    from sluitend.kernel.organisations.models import Membership

    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_cover(%s, %s)", [first, last])
        rows = list(Membership.objects.filter(pk__in=[row[0] for row in cursor.fetchall()]))
    for row in rows:
        row.prove()
    Membership.objects.bulk_update(rows, ["proof"])
