"""To whom the referrals went that next steps are about, and what a partner asked, without opening one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import BinaryField, DateField, DateTimeField, F, Q, UUIDField, Value
from django.utils import timezone

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.cases.queries import Quote
from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.journey import REFERRAL_RECEIVED_LIST
from sluitend.journeys.referrals.models import Referral, ReferralMessage
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import newest_number, release
from sluitend.kernel.prepared import Given, Prepared, among


@dataclass(frozen=True)
class Sent:
    """A referral of the actor's organisation: its partner, its track, the case it comes from, its answer."""

    partner: str
    track: str
    case_id: UUID | None
    answer: str = ""
    answered_on: date | None = None
    asked: Quote | None = None
    """What the partner wrote last, sealed, where that was wanted."""


def sent_names(
    actor: Actor, referral_ids: Collection[UUID], *, asking: Collection[UUID] = ()
) -> dict[UUID, Sent]:
    """Return partner and case of the referrals among these subjects that the actor's organisation sent.

    Args:
        asking: those whose partner asked something back. One statement for all.
    """
    if not may(actor, REFERRAL_LIST) or not referral_ids:
        return {}
    asked = _sent().rows(organisation=actor.own_organisation, ids=list(referral_ids), asking=list(asking))
    rows = [_Row(*row) for row in asked]
    wrote = {row.id: row for row in rows if row.envelope_id}
    return {row.id: _named(row, wrote.get(row.id)) for row in rows if not row.envelope_id}


@dataclass(frozen=True)
class Received:
    """A referral that a partner received, as its row says before anybody opens it."""

    area: str
    form: str


def received_names(actor: Actor, referral_ids: Collection[UUID]) -> dict[UUID, Received]:
    """Return where the referrals among these are that the actor's organisation received, and of which form.

    One statement, or none. Of what was taken back nothing is known any more.
    """
    if not may(actor, REFERRAL_RECEIVED_LIST) or not referral_ids:
        return {}
    rows = _received().rows(
        recipient=actor.own_organisation, ids=list(referral_ids), today=timezone.localdate()
    )
    return {key: Received(area, _form(number, form)) for key, area, form, number in rows}


def _form(number: int, form: str) -> str:
    known = release(number).pack.forms.get(form)
    return shown(known.label).lower() if known else ""


@cache
def _received() -> Prepared:
    there = Referral.objects.filter(
        recipient_id=Given("recipient"),
        id=among("ids"),
        access_ended__isnull=True,
        expires__gte=Given("today"),
    )
    return Prepared(there.order_by().values_list("id", "area", "form", "release_number"))


class _Row(NamedTuple):
    """A referral; or, with an envelope, the last message of its partner."""

    id: UUID
    release_number: int
    partner: str
    track: str
    case_id: UUID | None
    answer: str
    answer_on: date | None
    message_id: UUID | None
    envelope_id: UUID | None
    sealed: bytes
    revision: int
    written: datetime | None


def _named(row: _Row, wrote: _Row | None) -> Sent:
    pack = release(row.release_number).pack
    said = words.feedback(pack, row.answer) if row.answer else ""
    partner = words.partner(pack, row.partner)
    return Sent(partner, row.track, row.case_id, said, row.answer_on, _quote(wrote, partner))


def _quote(wrote: _Row | None, partner: str) -> Quote | None:
    if wrote is None or not (wrote.message_id and wrote.envelope_id and wrote.written):
        return None
    return Quote(
        kind=ReferralMessage,
        column="text",
        id=wrote.message_id,
        envelope_id=wrote.envelope_id,
        sealed=wrote.sealed,
        revision=wrote.revision,
        by=partner,
        day=timezone.localdate(wrote.written),
        listed=REFERRAL_LIST,
        activity=Referral.ACTIVITY,
    )


@cache
def _sent() -> Prepared:
    own = Given("organisation")
    found = Referral.objects.filter(organisation_id=own, id=among("ids")).order_by()
    by_partner = Q(by_partner=True) | Q(recipient_id=own)
    wrote = ReferralMessage.objects.filter(
        by_partner, referral__organisation_id=own, referral_id=among("asking")
    )
    last = wrote.order_by("referral_id", "-written", "-id").distinct("referral_id")
    named = ("release_number", "partner", "track", "origin__case_id", "answer", "answer_on")
    message = (
        Value(None, output_field=UUIDField()),
        Value(None, output_field=UUIDField()),
        Value(None, output_field=BinaryField()),
        Value(0),
        Value(None, output_field=DateTimeField()),
    )
    nobody = (newest_number(), Value(""), Value(""), Value(None, output_field=UUIDField()), Value(""))
    return Prepared(
        found.values_list(F("id"), *named, *message).union(
            last.values_list(
                F("referral_id"),
                *nobody,
                Value(None, output_field=DateField()),
                "id",
                "envelope_id",
                "text",
                "revision",
                "written",
            ),
            all=True,
        )
    )
