"""Where it is mailed that a message waits, for who left an address."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sluitend.journeys.care.content import ASKER_MAIL, RequestContent, first
from sluitend.journeys.care.journey import ASKER_MAILED
from sluitend.journeys.reports.queries import told_of
from sluitend.kernel.access.acting import Actor


@dataclass(frozen=True)
class AskerMail:
    """An address, and on which day its owner asked something."""

    address: str
    day: date


def asker_mail(request_id: UUID, actor: Actor) -> AskerMail | None:
    """Return whom to mail about a request, opened and logged; None where nobody left an address."""
    found = told_of(request_id, actor, ASKER_MAILED)
    address = first(RequestContent.from_json(found.told).answers, ASKER_MAIL) if found else ""
    return AskerMail(address, found.received) if found and address else None
