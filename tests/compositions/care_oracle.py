"""What must hold of care at every moment, judged by what the persons of the world said themselves.

None of it asks the code that it judges whether something may be: what is read is compared with what the world
wrote down, and what stands in the tables with SQL of its own.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, LiteralString

import psycopg
from django.db import connection
from django.utils import timezone

from sluitend.demo.clock import at
from sluitend.journeys.care_files.queries import opened, take
from sluitend.journeys.care_shares.queries import received_share
from sluitend.journeys.shelter.actions import open_address
from sluitend.kernel.access.acting import Actor, acting
from tests.compositions.care_world import OUTSIDERS, SUPPORT, CareWorld, Yes
from tests.test_promise import attempt

NIGHTLESS: LiteralString = """
SELECT c.code, n.night FROM shelter_search c JOIN shelter_searchnight n ON n.search_id = c.id
 WHERE c.closed IS NULL AND n.outcome = '' AND n.night < %(day)s - 1
   AND NOT EXISTS (SELECT 1 FROM followup_nextstep s WHERE s.id = c.current_step_id AND s.done IS NULL)
"""
"""Nights of which nobody said what they became, and that nobody is asked of."""

STEP: LiteralString = """
SELECT s.what FROM care_files_carefile f JOIN followup_nextstep s ON s.id = f.current_step_id
 WHERE f.code = %(code)s AND s.done IS NULL
"""
"""The next step of a care file."""

ASKED: LiteralString = "SELECT what FROM followup_nextstep WHERE code = %(code)s AND done IS NULL"
"""All that is asked about a care file: its next step, and what stands beside it."""

SEEKS_CONTACT = {
    "remind_person",
    "ask_aftercare",
    "ask_rule",
    "follow_file",
    "discuss_help",
    "move_support",
}
"""What is not asked of a person who took back that they want help."""

KEYS: LiteralString = """
SELECT m.reference::text, o.code FROM care_shares_careshare m
  JOIN sealing_seal k ON k.envelope_id = m.envelope_id AND k.holder_id <> m.organisation_id
  JOIN organisations_organisation o ON o.id = k.holder_id
"""
"""By which agreement another organisation holds a key to something of care."""

MOVE_KEYS: LiteralString = """
SELECT m.reference::text, o.code FROM care_moves_caremove m
  JOIN sealing_seal k ON k.envelope_id = m.envelope_id AND k.holder_id <> m.organisation_id
  JOIN organisations_organisation o ON o.id = k.holder_id
"""
"""By which agreement another organisation holds a key to what goes along with a client."""

TAKEN: LiteralString = """
SELECT reference::text FROM care_moves_caremove WHERE state IN ('accepted', 'done')
"""
"""By which agreements a client went."""

STRANGE_KEYS: LiteralString = """
SELECT m.code, k.holder_id FROM (
    SELECT code, envelope_id, organisation_id FROM care_files_carefile
    UNION ALL SELECT code, envelope_id, organisation_id FROM shelter_search
    UNION ALL SELECT s.code, p.envelope_id, p.organisation_id
      FROM shelter_searchplace p JOIN shelter_search s ON s.id = p.search_id
    UNION ALL SELECT r.code, r.envelope_id, r.organisation_id FROM reports_report r
      WHERE r.code = ANY(%(codes)s)) m
  JOIN sealing_seal k ON k.envelope_id = m.envelope_id AND k.holder_id <> m.organisation_id
"""
"""Keys of others to a request, a file, a search or a place: nobody has one, whatever was agreed to."""

VISIBLE: LiteralString = """
SELECT kind, code FROM (
  SELECT 'file' AS kind, code, organisation_id FROM care_files_carefile
  UNION ALL SELECT 'mode', '', organisation_id FROM care_files_filemode
  UNION ALL SELECT 'appointment', '', organisation_id FROM care_files_appointment
  UNION ALL SELECT 'feed', '', organisation_id FROM care_files_agendafeed
  UNION ALL SELECT 'search', code, organisation_id FROM shelter_search
  UNION ALL SELECT 'night', '', organisation_id FROM shelter_searchnight
  UNION ALL SELECT 'place', '', organisation_id FROM shelter_searchplace
  UNION ALL SELECT 'request', code, organisation_id FROM reports_report WHERE code = ANY(%(codes)s)
  UNION ALL SELECT 'step', code, organisation_id FROM followup_nextstep WHERE code = ANY(%(codes)s)
  UNION ALL SELECT 'line', action, organisation_id FROM ledger_event WHERE subject_kind IN
    ('care_file', 'care_request', 'shelter', 'care_file_mode')
) seen WHERE %(all)s OR organisation_id IS DISTINCT FROM %(own)s
"""
"""What another organisation would see of care in the tables, if the database let it.

Who took a client over has a file, a request and steps of its own.
"""

SHARED: LiteralString = "SELECT reference::text FROM care_shares_careshare WHERE organisation_id <> %(own)s"


def amiss(world: CareWorld, admin: psycopg.Connection) -> Iterator[tuple[str, Any]]:
    """Give what does not hold of care at this moment."""
    if not world.persons:
        return
    asked = {"day": timezone.localdate(world.now), "codes": list(world.codes())}
    for name, query in (("night", NIGHTLESS), ("key", STRANGE_KEYS)):
        yield from ((name, row) for row in admin.execute(query, asked).fetchall())
    yield from _keys(world, admin)
    yield from _owners(world, admin)
    yield from _steps(world, admin)
    with at(world.now):
        yield from _received(world)
        yield from _went(world)
        yield from _outside(world)
        yield from _counted(world)


def _yeses(world: CareWorld) -> dict[str, Yes]:
    return {yes.id: yes for each in world.persons for yes in each.yeses}


def _keys(world: CareWorld, admin: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Give the keys that another organisation holds without a yes; its last day ends by the clock."""
    yeses = _yeses(world)
    for reference, place in admin.execute(KEYS).fetchall():
        yes = yeses.get(reference.replace("-", ""))
        if yes is None or yes.to != place or yes.returned or not yes.holds(_day(world.ticked)):
            yield "key without a yes", place


def _owners(world: CareWorld, admin: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Give the clients whom two organisations have, who went without a yes, and keys to what went."""
    goes = {yes.id: (each, yes) for each in world.persons for yes in each.goes}
    for reference, place in admin.execute(MOVE_KEYS).fetchall():
        _person, yes = goes.get(reference.replace("-", ""), (None, None))
        waits = yes is not None and yes.to == place and not (yes.returned or yes.accepted)
        if yes is None or not waits or not yes.holds(_day(world.ticked)):
            yield "key to a client without a yes", place
    taken = [goes[reference.replace("-", "")] for (reference,) in admin.execute(TAKEN).fetchall()]
    for person, yes in taken:
        if not yes.accepted or sum(one is person for one, _yes in taken) > 1:
            yield person.file, "has more than one who took over, or who did not"


def _went(world: CareWorld) -> Iterator[tuple[str, Any]]:
    """Give what came along with a client that they did not agree to, and what is not as it was here."""
    who = world.people[SUPPORT]
    for person in (each for each in world.persons if each.there):
        words = next(yes.words for yes in person.goes if yes.accepted)
        with acting(world.carer):
            here = opened(person.file, world.carer).contact
        with acting(who):
            there = opened(person.there, who)
        known = there.person
        numbers = [each.value for each in there.contact.running]
        told = [known.call_name, known.language, known.guardian, known.own_number, *numbers]
        yield from ((person.there, each) for each in told if each and not any(word in each for word in words))
        if numbers and (numbers, there.contact.stop_until) != (
            [each.value for each in here.running],
            here.stop_until,
        ):
            yield person.there, "may be reached otherwise than was agreed"


def _steps(world: CareWorld, admin: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Give the files of which the next step is not what presses most."""
    for each in world.persons:
        if not each.file:
            continue
        found = [what for (what,) in admin.execute(STEP, {"code": each.file}).fetchall()]
        left = ["ask_removal"] if each.owed else ["look_put_back"] if each.put_back else []
        if each.closed and found != left:
            yield each.file, f"is closed and asks {found}"
        elif not each.closed and each.child_waits and found != ["child_route"]:
            yield each.file, f"is about a child, and asks {found}"
        elif not each.closed and not each.child_waits and each.owed and found != ["ask_removal"]:
            yield each.file, f"has something to be taken away, and asks {found}"
        if each.there and not each.closed and world.now == world.ticked and SEEKS_CONTACT & set(found):
            yield each.file, f"asks {found} of who is the client of another"
        if each.wants_none:
            asked = {what for (what,) in admin.execute(ASKED, {"code": each.file}).fetchall()}
            if asked & SEEKS_CONTACT:
                yield each.file, f"asks {asked} of who wants no help"


def _received(world: CareWorld) -> Iterator[tuple[str, str]]:
    """Give what somebody reads that no yes of this moment lets them read."""
    readers = [world.people[SUPPORT], world.hands, world.people[OUTSIDERS[0]], world.people[OUTSIDERS[1]]]
    today = timezone.localdate()
    for person in world.persons:
        for yes in person.yeses:
            if not yes.code:
                continue
            for who in readers:
                read = _read(yes.code, who)
                if read is None:
                    continue
                here = f"{yes.code} at {who.organisation_code}"
                if yes.to != who.organisation_code:
                    yield here, "is read by somebody else"
                if not yes.holds(today) or yes.returned or not yes.accepted:
                    yield here, "is read without a yes"
                yield from ((here, each) for each in read if not any(word in each for word in yes.words))


def _read(code: str, who: Actor) -> list[str] | None:
    """Return the texts that somebody reads of what was shared, or None where nothing opens."""
    body = None

    def look() -> None:
        nonlocal body
        with acting(who):
            body = received_share(code, who).body

    attempt(look)
    return [each.text for each in body.parts] if body else None


def _outside(world: CareWorld) -> Iterator[tuple[str, Any]]:
    """Give what the tables show to others, and the addresses that they can open."""
    yeses, codes = _yeses(world), list(world.codes())
    for who in (world.hands, world.people[SUPPORT], *(world.people[each] for each in OUTSIDERS)):
        with acting(who), connection.cursor() as cursor:
            has_clients = who is world.people[SUPPORT] and any(each.there for each in world.persons)
            given: dict[str, Any] = {"codes": codes, "all": not has_clients, "own": who.own_organisation}
            cursor.execute(VISIBLE, given)
            yield from (("seen from outside", (who.organisation_code, *row)) for row in cursor.fetchall())
            cursor.execute(SHARED, {"own": who.own_organisation})
            for (reference,) in cursor.fetchall():
                yes = yeses.get(reference.replace("-", ""))
                if yes is None or yes.to != who.organisation_code:
                    yield "a share seen from outside", who.organisation_code
        for each in world.persons:
            if each.search and attempt(partial(_open, each.search, who)):
                yield "an address opened from outside", who.organisation_code


def _open(code: str, who: Actor) -> None:
    with acting(who):
        open_address(code=code, reason="brengen", actor=who)


def _counted(world: CareWorld) -> Iterator[tuple[str, str]]:
    """Give the files that are counted without a yes, or not with one."""
    for each in world.persons:
        if not each.file:
            continue
        counts = attempt(partial(_take, each.file, world.carer))
        if counts != ("statistics" in each.agreed):
            yield each.file, "is counted without a yes" if counts else "is not counted with a yes"


def _take(code: str, who: Actor) -> None:
    with acting(who):
        take(code, "htcds-json", who)


def _day(moment: datetime) -> Any:
    return timezone.localdate(moment)
