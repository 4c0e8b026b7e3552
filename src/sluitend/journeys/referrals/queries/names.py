"""To whom the referrals went that next steps are about, without opening one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.prepared import Given, Prepared, among


@dataclass(frozen=True)
class Sent:
    """A referral of the actor's organisation: its partner, its track, the case it comes from, its answer."""

    partner: str
    track: str
    case_id: UUID | None
    answer: str = ""
    answered_on: date | None = None


def sent_names(actor: Actor, referral_ids: Collection[UUID]) -> dict[UUID, Sent]:
    """Return partner and case of the referrals among these subjects that the actor's organisation sent."""
    if not may(actor, REFERRAL_LIST) or not referral_ids:
        return {}
    rows = _sent().rows(organisation=actor.own_organisation, ids=list(referral_ids))
    return {row.id: _named(row) for row in map(_Row._make, rows)}


class _Row(NamedTuple):
    id: UUID
    release_number: int
    partner: str
    track: str
    case_id: UUID | None
    answer: str
    answer_on: date | None


def _named(row: _Row) -> Sent:
    pack = release(row.release_number).pack
    said = words.feedback(pack, row.answer) if row.answer else ""
    return Sent(words.partner(pack, row.partner), row.track, row.case_id, said, row.answer_on)


@cache
def _sent() -> Prepared:
    found = Referral.objects.filter(organisation_id=Given("organisation"), id=among("ids"))
    asked = ("id", "release_number", "partner", "track", "origin__case_id", "answer", "answer_on")
    return Prepared(found.values_list(*asked))
