"""An organisation is asked, by a link, whether the handbook is right about it; what it says is no fact yet.

Nothing is confirmed by an answer: a coordinator takes it over in the draft, which a second person publishes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.forms.checks import checked_mailbox
from sluitend.journeys.editing import jobs, links
from sluitend.journeys.editing.actions.entries import Edit, save
from sluitend.journeys.editing.actions.writing import ACTIVITY
from sluitend.journeys.editing.journey import HANDBOOK_ANSWER, HANDBOOK_EDIT
from sluitend.journeys.editing.models import DraftEntry, PartnerCheck
from sluitend.journeys.editing.queries import pack_of_draft
from sluitend.journeys.editing.queries.asking import Asked, asked_with, stands_now
from sluitend.journeys.editing.queries.drafts import live
from sluitend.journeys.editing.statements import BY_MOST, MUST_MOST, place_of, statements, sure
from sluitend.kernel.access.acting import NOBODY, Actor, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE, Entry
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.queries import names

LASTS = timedelta(days=14)


def ask_partner(*, part: str, entry_id: str, address: str, actor: Actor) -> None:
    """Mail an organisation a link to what the handbook says of it; a link of before no longer works.

    Raises:
        Refused: not a coordinator.
        Absent: of this entry no organisation is asked.
        DomainError: the address is none.
        Conflict: an answer came in and waits to be read.
    """
    require_role(actor, HANDBOOK_EDIT)
    if not statements(current_release().pack, part, entry_id):
        raise Absent
    here = PartnerCheck.objects.filter(
        organisation_id=actor.own_organisation, part=part, entry_id=entry_id
    ).select_for_update()
    if any(row.answered for row in here):
        raise Conflict
    here.delete()
    now = timezone.now()
    row = PartnerCheck(
        id=uuid4(),
        organisation_id=actor.own_organisation,
        part=part,
        entry_id=entry_id,
        address=checked_mailbox(address),
        asked=now,
        asked_by_id=actor.own_account,
        expires=timezone.localdate(now) + LASTS,
    )
    row.lookup = links.lookup_of(links.link_of(row))
    row.save(force_insert=True)
    record(actor=actor, action="handbook.ask", activity=ACTIVITY, purpose=part)
    after_commit(jobs.mail_check, row.id, row.organisation_id)


def answer_check(*, link: str, by: str, given: Mapping[str, str], seen: int) -> None:
    """Take in, once, what an organisation says of what stands in the handbook.

    Args:
        link: the random part of the address.
        by: who says so.
        seen: the release that the page showed.
        given: what each statement must be, by its key; empty where it is right.

    Raises:
        Absent: the link does not work, or no longer.
        DomainError: nobody is named, a statement has no answer, or another release came in between.
    """
    require_role(NOBODY, HANDBOOK_ANSWER)
    # One language for all, so that what was confirmed can be compared with what stands there later.
    with translation.override(SOURCE_LANGUAGE):
        found = asked_with(link)
    if found is None:
        raise Absent
    if found.release != seen:
        raise DomainError(_("Het handboek is net veranderd. Kijk hieronder nog eens."))
    answer = {"by": _named(by), "lines": [_line(found, key, given) for key in found.says]}
    with intake_role(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT partner_check_answer(%s, %s, %s)",
            [links.lookup_of(link), json.dumps(answer), links.proof_of(link, answer)],
        )
        organisation = cursor.fetchone()[0]
        if organisation is None:
            raise Absent
        record(actor=NOBODY, action=HANDBOOK_ANSWER, activity=ACTIVITY, organisation_id=organisation)


def _named(by: str) -> str:
    name = " ".join(by.split())
    if not 3 <= len(name) <= BY_MOST:
        raise DomainError(_("Schrijf uw functie, of uw naam."), field="by")
    return name


def _line(found: Asked, key: str, given: Mapping[str, str]) -> dict[str, str]:
    must = given.get(key)
    if must is None or len(must) > MUST_MOST:
        raise DomainError(_("Kies bij elke regel of die klopt."))
    return {"key": key, "says": found.says[key], "must": " ".join(must.split())}


def take_over(*, check: UUID, actor: Actor) -> int:
    """Confirm in the draft what an organisation found right, where it still stands as it saw it.

    An entry of which a line must be otherwise stays as it is, for a person to write.

    Returns:
        How many entries are confirmed.

    Raises:
        Refused: not a coordinator.
        Absent: there is no such answer of this region.
        DomainError: the answer is not genuine, or nothing of it can be confirmed.
        NoDraft: there is no draft.
        NotRight: an entry would not be right.
    """
    row = _held(check, actor)
    if row.answer is None or not links.ours(row):
        raise DomainError(_("Dit antwoord kwam niet van onze eigen pagina. Vraag het opnieuw."))
    pack, _problems = pack_of_draft(actor)
    lines = row.answer["lines"]
    now = stands_now(pack, row)
    done = 0
    for part, entry_id in sorted({place_of(one["key"])[:2] for one in lines}):
        own = {one["key"]: one for one in lines if place_of(one["key"])[:2] == (part, entry_id)}
        # What was added since, nobody was asked about.
        whole = {key for key in now if place_of(key)[:2] == (part, entry_id)}
        if whole == set(own) and all(not one["must"] and now[key] == one["says"] for key, one in own.items()):
            done += _confirm(getattr(pack, part)[entry_id], part, row, actor)
    if not done:
        raise DomainError(_("Hier is niets te bevestigen. Schrijf in de regel wat anders moet."))
    taken = "handbook.ask.taken"
    if any(one["must"] for one in lines):
        # What must be otherwise is still to be written: the answer stays to be read.
        record(actor=actor, action=taken, activity=ACTIVITY, purpose=row.part)
    else:
        _end(row, actor, taken)
    return done


def _confirm(entry: Entry, part: str, row: PartnerCheck, actor: Actor) -> bool:
    draft = live(actor)
    drafted = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry.id).first() if draft else None
    day = timezone.localdate(row.answered)
    by = _("%(name)s, via een link van %(date)s") % {
        "name": (row.answer or {}).get("by", ""),
        "date": date_format(timezone.localdate(row.asked), "j F Y"),
    }
    asked = {
        "asked_by": names([row.asked_by_id])[row.asked_by_id],
        "asked_whom": by,
        "asked_on": day.isoformat(),
    }
    was = plain(entry)
    content = {**was, **sure(entry, day), "asked": asked}
    if content == was:
        return False
    save(actor=actor, edit=Edit(part, entry.id, content, drafted.version if drafted else 0))
    return True


def note_mailed(check: UUID, actor: Actor) -> None:
    """Keep on which day a link went."""
    rows = PartnerCheck.objects.filter(pk=check, organisation_id=actor.own_organisation)
    rows.update(mailed=timezone.localdate())


def lay_aside(*, check: UUID, actor: Actor) -> None:
    """End a link, or forget an answer that was dealt with.

    Raises:
        Refused: not a coordinator.
        Absent: there is none of this region.
    """
    _end(_held(check, actor), actor, "handbook.ask.ended")


def _held(check: UUID, actor: Actor) -> PartnerCheck:
    require_role(actor, HANDBOOK_EDIT)
    row = (
        PartnerCheck.objects.select_for_update()
        .filter(pk=check, organisation_id=actor.own_organisation)
        .first()
    )
    if row is None:
        raise Absent
    return row


def _end(row: PartnerCheck, actor: Actor, action: str) -> None:
    part = row.part
    row.delete()
    record(actor=actor, action=action, activity=ACTIVITY, purpose=part)
