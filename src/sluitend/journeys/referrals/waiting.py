"""Asking to wait in an answer: until when, whom to ring, and where. It travels sealed, in a message."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.referrals.answers import codes_of
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import FeedbackCode, Opens
from sluitend.kernel.sealing.tokens import Kind, normalise

LINE = 160
USUAL, LONGEST = "wait_request_default", "wait_request_longest"
PLACE, COMPANY, VEHICLE = "place", "company", "vehicle"
"""Ids of the parts that say where something is: one a line."""

KVK = re.compile(r"\b[0-9]{8}\b", re.ASCII)


@dataclass(frozen=True)
class Wait:
    """What a partner adds when it asks to wait. The address counts where nothing shared is found again.

    `door` is the number of that address in the register, where it was picked or can be no other.
    """

    until: date | None = None
    contact: str = ""
    telephone: str = ""
    address: str = ""
    door: str = ""


@dataclass(frozen=True)
class WaitOffer:
    """Which answers ask to wait, and what a form must know to ask the rest."""

    codes: tuple[str, ...]
    usual: date
    latest: date
    place_known: bool | None
    """Whether a place was shared that is found again; None when nothing was opened to see that."""


@dataclass(frozen=True)
class Spot:
    """One place in a referral, by what it is found again."""

    address: str = ""
    company: str = ""
    kvk: str = ""
    plate: str = ""
    door: str = ""


def asks_to_wait(code: FeedbackCode) -> bool:
    """Return whether this answer asks to wait."""
    return code.opens is Opens.WAIT_REQUEST


def usual_until(pack: Pack) -> date:
    """Return until when a wait request lasts when nobody says otherwise."""
    return _ahead(pack, USUAL)


def latest_until(pack: Pack) -> date:
    """Return the last day until which a wait request can be asked at once."""
    return _ahead(pack, LONGEST)


def _ahead(pack: Pack, deadline_id: str) -> date:
    return timezone.localdate() + timedelta(days=pack.deadlines[deadline_id].term.amount)


def check_until(until: date | None, pack: Pack) -> None:
    """Refuse a day until which nobody can be asked to wait.

    Raises:
        DomainError: none, not after today, or too far ahead.
    """
    today, latest = timezone.localdate(), latest_until(pack)
    if until is None or until <= today:
        raise DomainError(_("Kies een dag na vandaag."), "until")
    if until > latest:
        raise DomainError(
            _("Dit kan ten hoogste %(days)s dagen. Vraag het daarna opnieuw.")
            % {"days": (latest - today).days},
            "until",
        )


def offer(row: Referral, parts: Sequence[Mapping[str, Any]] | None) -> WaitOffer:
    """Return how a partner, or who has it on the telephone, can ask to wait.

    Args:
        row: the referral.
        parts: what was shared; None when it was not opened.
    """
    pack = row.pack
    return WaitOffer(
        codes=tuple(each.id for each in codes_of(row) if asks_to_wait(each)),
        usual=usual_until(pack),
        latest=latest_until(pack),
        place_known=None if parts is None else bool(spots_of(parts)),
    )


def message_of(
    row: Referral, parts: Sequence[Mapping[str, Any]], text: str, wait: Wait | None
) -> dict[str, Any]:
    """Return the message of an answer that asks to wait: words to read, and what a wait request needs.

    Raises:
        DomainError: something is missing or cannot be, with its field.
    """
    wait = wait or Wait()
    asked = {name: " ".join(getattr(wait, name).split()) for name in ("contact", "telephone", "address")}
    check_until(wait.until, row.pack)
    _check(asked, place_known=bool(spots_of(parts)))
    asked["until"] = wait.until.isoformat() if wait.until else ""
    asked |= {"door": wait.door} if normalise("door", wait.door) else {}
    return {"text": "\n".join(filter(None, (text.strip(), _said(wait.until, asked)))), "wait": asked}


def _check(asked: Mapping[str, str], *, place_known: bool) -> None:
    for name, value in asked.items():
        if len(value) > LINE:
            raise DomainError(_("Dit is te lang. Schrijf ten hoogste 160 tekens."), name)
    if not asked["contact"]:
        raise DomainError(_("Schrijf wie wij kunnen bellen: een naam of functie."), "contact")
    if not normalise("phone", asked["telephone"]):
        raise DomainError(
            _(
                "Dit is geen telefoonnummer dat wij herkennen. "
                "Schrijf het met 10 cijfers, of met het landnummer."
            ),
            "telephone",
        )
    if not place_known and not _known("address", [asked["address"]]):
        raise DomainError(_("Schrijf straat en huisnummer. Een straat alleen is niet genoeg."), "address")


@in_dutch()
def _said(until: date | None, asked: Mapping[str, str]) -> str:
    words = _("Wacht tot en met %(day)s. Te bellen: %(who)s, %(number)s.") % {
        "day": date_format(until, "j F Y") if until else "",
        "who": asked["contact"],
        "number": asked["telephone"],
    }
    return f"{words} {asked['address']}".strip()


def wait_in(message: Mapping[str, Any]) -> Wait | None:
    """Return what a sealed message asks, or None; nobody checked it who writes in the database by hand."""
    asked = message.get("wait")
    if not isinstance(asked, dict):
        return None
    contact, telephone, address, door = (
        str(asked.get(name, ""))[:LINE] for name in ("contact", "telephone", "address", "door")
    )
    kept = Wait(contact=contact, telephone=telephone, address=address, door=door)
    try:
        return replace(kept, until=date.fromisoformat(str(asked.get("until"))))
    except ValueError:
        return kept


def spots_of(parts: Sequence[Mapping[str, Any]], wait: Wait | None = None) -> tuple[Spot, ...]:
    """Return the places among the shared parts, or else the address that was asked in place.

    The first number and plate go with the first address.
    """
    lines = {
        kind: [line.strip() for part in parts if part["id"] == kind for line in part["text"].splitlines()]
        for kind in (PLACE, COMPANY, VEHICLE)
    }
    addresses, plates = _known("address", lines[PLACE]), _known("plate", lines[VEHICLE])
    numbers = [number for line in lines[COMPANY] for number in KVK.findall(line)]
    company = next(iter(lines[COMPANY]), "")[:LINE]
    found = tuple(
        Spot(address, company, kvk, plate)
        for address, kvk, plate in zip_longest(addresses, numbers, plates, fillvalue="")
    )
    asked = () if found or wait is None else _known("address", [wait.address])
    door = wait.door if wait else ""
    return found or tuple(Spot(address, company, door=door) for address in asked)


def _known(kind: Kind, lines: Sequence[str]) -> list[str]:
    return [line[:LINE] for line in lines if line and normalise(kind, line[:LINE])]
