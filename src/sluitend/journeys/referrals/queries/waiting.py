"""Answers that ask to wait and of which no hold was made yet: a row that the journey of holds reads."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from django.db.models import QuerySet

from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.rows import pack_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.recognition import Opens
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.sealing.tokens import Kind, normalise

AT_ONCE = 500
KVK = re.compile(r"\b[0-9]{8}\b", re.ASCII)
PLACE, COMPANY, VEHICLE = "place", "company", "vehicle"
"""Ids of the parts that say where something is: one a line."""


@dataclass(frozen=True)
class Spot:
    """One place in a referral, by what it is found again."""

    address: str = ""
    company: str = ""
    kvk: str = ""
    plate: str = ""


@dataclass(frozen=True)
class AskedToWait:
    """A referral whose partner asked to wait, with its places; none where nothing is found again."""

    id: UUID
    partner: str
    recipient_id: UUID | None
    words: str
    spots: tuple[Spot, ...]


def waits_unheard(organisation_id: UUID) -> bool:
    """Return whether a partner asked to wait in an answer of which no hold was made yet."""
    return _unheard(organisation_id).exists()


def asked_to_wait(actor: Actor) -> list[AskedToWait]:
    """Return those answers, with the places that were shared.

    Args:
        actor: the system, acting for the municipality that sent them.
    """
    rows = list(_unheard(actor.own_organisation).order_by("sent", "id")[:AT_ONCE])
    if not rows:
        return []
    envelopes = open_envelopes([row.envelope_id for row in rows], actor=actor, purpose="referral.wait")
    return [
        AskedToWait(
            row.id,
            row.partner,
            row.recipient_id,
            f"{row.code}: {words.feedback(pack_of(row), row.answer)}",
            _spots(envelopes[row.envelope_id].read(row, "content")["parts"]),
        )
        for row in rows
        if row.envelope_id in envelopes
    ]


def _unheard(organisation_id: UUID) -> QuerySet[Referral]:
    codes = [each.id for each in current_release().pack.feedback_codes if each.opens is Opens.HOLD_REQUEST]
    return Referral.objects.filter(organisation_id=organisation_id, held_on__isnull=True, answer__in=codes)


def _spots(parts: list[dict[str, str]]) -> tuple[Spot, ...]:
    """Return the places among the shared parts: the first number and plate go with the first address."""
    lines = {
        kind: [line.strip() for part in parts if part["id"] == kind for line in part["text"].splitlines()]
        for kind in (PLACE, COMPANY, VEHICLE)
    }
    addresses, plates = _known("address", lines[PLACE]), _known("plate", lines[VEHICLE])
    numbers = [number for line in lines[COMPANY] for number in KVK.findall(line)]
    found = zip_longest(addresses, numbers, plates, fillvalue="")
    company = next(iter(lines[COMPANY]), "")[:160]
    return tuple(Spot(address, company, kvk, plate) for address, kvk, plate in found)


def _known(kind: Kind, lines: list[str]) -> list[str]:
    return [line[:160] for line in lines if line and normalise(kind, line[:160])]
