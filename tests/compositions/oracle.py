"""What must hold at every moment, asked of the tables by a superuser and in SQL of its own.

None of it is taken from the code that it judges.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from tests.test_promise import lost

WORKS = """
  SELECT 1 FROM organisations_membership m JOIN organisations_account a ON a.id = m.account_id
   WHERE m.organisation_id = s.organisation_id AND a.is_active
     AND (m.since IS NULL OR m.since <= %(day)s) AND (m.until IS NULL OR m.until >= %(day)s)
     AND (a.id = s.owner_id
       OR m.role = s.owner_role OR (s.owner_role = 'focal_point' AND m.role = 'deputy')
       OR EXISTS (SELECT 1 FROM organisations_teammember t
                   WHERE t.team_id = s.team_id AND t.account_id = a.id))
"""
UNOWNED: LiteralString = f"""
SELECT o.code, s.what, s.code FROM followup_nextstep s
  JOIN organisations_organisation o ON o.id = s.organisation_id
 WHERE s.done IS NULL AND NOT EXISTS ({WORKS})
"""
"""Open steps of which nobody who works there today is the owner."""

FORSAKEN: LiteralString = """
SELECT o.code, s.what, s.code FROM followup_nextstep s
  JOIN organisations_organisation o ON o.id = s.organisation_id
  JOIN organisations_absence b ON b.account_id = s.owner_id AND b.organisation_id = s.organisation_id
 WHERE s.done IS NULL AND b.first <= %(day)s AND b.last >= %(day)s AND s.what <> 'finish_mark'
   AND NOT EXISTS (SELECT 1 FROM organisations_membership m WHERE m.account_id = b.deputy_id
     AND m.organisation_id = s.organisation_id AND m.role IN ('focal_point', 'deputy')
     AND m.accepted_on IS NOT NULL AND (m.until IS NULL OR m.until >= %(day)s))
"""
"""Open steps in the name of somebody who is away, and for whom nobody stands in who accepted that."""

LATE: LiteralString = """
SELECT s.id, o.code, s.what, s.code, s.organisation_id, s.urgent, s.due FROM followup_nextstep s
  JOIN organisations_organisation o ON o.id = s.organisation_id
 WHERE s.done IS NULL AND s.due < %(ticked)s AND s.organisation_id = ANY(%(clocked)s)
   AND NOT (s.waits_on_other AND EXISTS (SELECT 1 FROM followup_nextstep n
     WHERE n.subject_id = s.subject_id AND n.organisation_id = s.organisation_id AND n.done IS NULL
       AND NOT n.waits_on_other AND n.what <> 'second_eyes'))
"""
"""Steps that nobody did in time, by the last moment at which the clock ran."""

THERE: LiteralString = """
SELECT m.account_id, m.role = 'manager' AND a.work_days @> to_jsonb(extract(isodow FROM %(day)s::date)::int)
  FROM organisations_membership m JOIN organisations_account a ON a.id = m.account_id
 WHERE m.organisation_id = %(place)s AND a.is_active AND a.last_login IS NOT NULL
   AND m.accepted_on IS NOT NULL
   AND (m.since IS NULL OR m.since <= %(day)s) AND (m.until IS NULL OR m.until >= %(day)s)
   AND NOT EXISTS (SELECT 1 FROM organisations_absence b WHERE b.account_id = m.account_id
     AND b.organisation_id = m.organisation_id AND b.first <= %(day)s AND b.last >= %(day)s)
"""
"""Who works somewhere and is not away, and whether that is a manager at work on that day."""

PEOPLE: LiteralString = "SELECT id FROM organisations_account WHERE id = ANY(%(some)s)"
"""Which of these are people: the others are a mailbox, or a 24-hour contact."""

UNLIKE: LiteralString = """
SELECT s.what, s.due, s.urgent, s.minor FROM followup_nextstep s JOIN reports_report r ON r.id = s.subject_id
  JOIN organisations_organisation o ON o.id = s.organisation_id
 WHERE r.code = %(code)s AND o.code = %(place)s AND s.done IS NULL ORDER BY s.what
"""
"""What is to be done about a report, until when and with what haste."""

HIGHEST = {True: timedelta(hours=1), False: timedelta(days=14)}
"""So long after its end a step, urgent or not, has climbed as far as it can."""

BEHIND: LiteralString = """
SELECT c.code, s.what, s.due FROM cases_case c JOIN followup_nextstep s ON s.subject_id IN (
    SELECT c.id UNION SELECT t.id FROM cases_track t WHERE t.case_id = c.id)
 WHERE c.closed IS NULL AND c.acute AND s.organisation_id = c.organisation_id AND s.done IS NULL
   AND NOT s.waits_on_other AND NOT s.urgent AND NOT (s.what = 'follow_case' AND EXISTS (
     SELECT 1 FROM cases_track t JOIN followup_nextstep n ON n.id = t.current_step_id
      WHERE t.case_id = c.id AND n.done IS NULL AND (n.urgent OR n.waits_on_other)))
"""
"""Open steps of an acute case that somebody can do now, and that are not urgent.

To look back at the case as a whole may wait while a track of it presses, or is with a partner.
"""

IN_CLOSED_HANDS: LiteralString = """
SELECT 'step', s.what, s.code FROM followup_nextstep s JOIN organisations_account a ON a.id = s.owner_id
 WHERE s.done IS NULL AND NOT a.is_active
UNION ALL SELECT 'case', '', c.code FROM cases_case c JOIN organisations_account a ON a.id = c.owner_id
 WHERE c.closed IS NULL AND NOT a.is_active
"""
"""What is in the name of somebody whose account is closed."""

ASKED_TWICE: LiteralString = """
SELECT s.code, count(*) FROM followup_nextstep s JOIN referrals_referral r ON r.id = s.subject_id
 WHERE s.done IS NULL AND s.what = 'recall_or_leave'
 GROUP BY s.code HAVING count(*) > 1 OR bool_or(r.closed IS NOT NULL)
"""
"""A letter of which somebody is asked twice whether it stays, or after it ended."""

WATCHED: LiteralString = """
SELECT 1 FROM cases_case c WHERE c.code = %(code)s AND (c.closed IS NOT NULL OR EXISTS (
  SELECT 1 FROM followup_nextstep s WHERE s.what = 'second_eyes' AND s.done IS NULL AND s.urgent
   AND s.organisation_id = c.organisation_id AND s.subject_id IN (
     SELECT c.id UNION SELECT report_id FROM cases_casereport WHERE case_id = c.id)))
"""
"""A case that is closed, or that somebody is asked to look along at, with haste."""

BINDS: LiteralString = """
SELECT 1 FROM visits_waitrequest h JOIN organisations_organisation o ON o.id = h.organisation_id
 WHERE h.asker_id = %(asker)s AND h.state IN ('runs', 'passed')
   AND EXISTS (SELECT 1 FROM visits_waitrequesttoken t WHERE t.wait_request_id = h.id)
"""
"""A request to wait that binds and that a place is found by."""

OPENED: LiteralString = """
SELECT 1 FROM followup_nextstep s JOIN referrals_referral r ON r.id = s.subject_id
 WHERE r.code = %(code)s AND s.what = %(what)s AND s.done IS NULL AND s.urgent
   AND s.organisation_id = r.organisation_id
   AND s.due <= greatest(date_trunc('day', %(now)s, 'Europe/Amsterdam') + interval '16 hours', %(now)s)
"""
"""The step that an answer opens, before four in the afternoon of that day, or now when it is later."""


def unopened(
    admin: psycopg.Connection, opened: Mapping[str, str], now: datetime
) -> Iterator[tuple[str, str]]:
    """Give the answers that opened nothing, or too late."""
    for code, what in opened.items():
        if not admin.execute(OPENED, {"code": code, "what": what, "now": now}).fetchall():
            yield code, f"did not open {what}"


def unwatched(admin: psycopg.Connection, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the cases that became urgent, and that nobody looked along at or is asked to."""
    for code in codes:
        if not admin.execute(WATCHED, {"code": code}).fetchall():
            yield code, "nobody is asked to look along"


def unbound(admin: psycopg.Connection, askers: Iterable[UUID]) -> Iterator[tuple[str, str]]:
    """Give the partners that asked to wait, and whose word does not bind."""
    for asker in askers:
        if not admin.execute(BINDS, {"asker": asker}).fetchall():
            yield str(asker), "asked to wait, and nothing binds"


def unheard(
    admin: psycopg.Connection,
    *,
    ticked: datetime,
    clocked: Iterable[UUID],
    heard: Mapping[UUID, set[UUID]],
    climbed: Mapping[UUID, set[UUID]],
) -> Iterator[tuple[str, str]]:
    """Give what nobody did in time and nobody heard of, or only people who are not there, or no manager.

    Args:
        ticked: when the clock ran last.
        clocked: organisations where it runs.
        heard: whom each step that waits too long has reached, whenever.
        climbed: the same of the last time.
    """
    asked = {"ticked": ticked, "clocked": list(clocked)}
    for step, place, what, code, organisation, urgent, due in admin.execute(LATE, asked).fetchall():
        here = f"{place} {what} {code}"
        there = admin.execute(THERE, {"place": organisation, "day": ticked.date()}).fetchall()
        managers = {account for account, manages in there if manages}
        present = {account for account, _manages in there}
        reached, lately = heard.get(step, set()), climbed.get(step, set())
        people = {row for (row,) in admin.execute(PEOPLE, {"some": list(reached)}).fetchall()}
        if not reached:
            yield here, "nobody heard that it waits"
        elif not urgent and present and lately and lately <= people - present:
            yield here, "only who is not there heard that it waits"
        if ticked - due > HIGHEST[urgent] and managers and reached <= people - managers:
            yield here, "neither a manager nor a mailbox heard that it waits"


def unlike(admin: psycopg.Connection, twins: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give the reports that wait otherwise where others stand in than where people read themselves."""
    for own, there in twins:
        found = [
            admin.execute(UNLIKE, {"code": code, "place": place}).fetchall()
            for code, place in ((own, "GM1783"), (there, "GM0503"))
        ]
        if not found[0] or found[0] != found[1]:
            yield there, f"{found[1]} and not {found[0]}"


def amiss(admin: psycopg.Connection, now: datetime) -> Iterator[tuple[str, Any]]:
    """Give what does not hold at this moment."""
    yield from lost(admin)
    asked = {"day": now.date()}
    for name, query in (
        ("unowned", UNOWNED),
        ("forsaken", FORSAKEN),
        ("behind", BEHIND),
        ("closed", IN_CLOSED_HANDS),
        ("recall", ASKED_TWICE),
    ):
        yield from ((name, row) for row in admin.execute(query, asked).fetchall())
