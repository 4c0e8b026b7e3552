"""Reading what is shared; opened and logged. Other journeys enter here."""

from sluitend.journeys.care_shares.queries.reading import (
    Line,
    ReceivedShare,
    SentShare,
    answered_child,
    of_agreements,
    received_share,
    sent_share,
    shared_after,
    still_to_do,
    supported_by,
)
from sluitend.journeys.care_shares.queries.supported import Supported, supported, supports

__all__ = [
    "Line",
    "ReceivedShare",
    "SentShare",
    "Supported",
    "answered_child",
    "of_agreements",
    "received_share",
    "sent_share",
    "shared_after",
    "still_to_do",
    "supported",
    "supported_by",
    "supports",
]
