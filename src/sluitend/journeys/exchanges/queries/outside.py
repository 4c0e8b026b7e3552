"""The outside of a matter: all that whoever is asked sees before taking it on."""

from dataclasses import dataclass
from datetime import date, datetime

from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.models import TwoSided


@dataclass(frozen=True)
class Outside:
    """What both sides see of it, opened or not."""

    code: str
    area: str
    urgency: str
    urgent: bool
    minor: bool
    state: str
    state_words: str
    sent: datetime
    answer_by: date
    expires: date
    return_reason: str


def outside(row: TwoSided, other: str, *, received: bool, reasons: str) -> Outside:
    """Return the outside of a matter as one side reads it.

    Args:
        other: name of the organisation on the other side.
        received: whether the recipient reads it.
        reasons: id of the list from which a reason to give it back is chosen.
    """
    return Outside(
        code=row.code,
        area=row.area,
        urgency=phrases.urgency(row.urgency, row.answer_by),
        urgent=row.acute,
        minor=row.minor,
        state=row.state,
        state_words=row.in_words(other, received=received),
        sent=row.sent,
        answer_by=row.answer_by,
        expires=row.expires,
        return_reason=phrases.reason(row.pack, reasons, row.return_reason) if row.return_reason else "",
    )
