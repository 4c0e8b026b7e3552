"""The link of a partner that looks at what the handbook says of it, and what shows that an answer is genuine.

All of it follows from a row and the pepper, which no table has. Who changes a row, or plants one, gets
another link: nobody was sent that, and an answer beside it is not believed.
"""

from __future__ import annotations

import base64
import hmac
import json
from typing import Any

from sluitend.journeys.editing.models import PartnerCheck
from sluitend.kernel.sealing import crypto
from sluitend.kernel.sealing.receipts import peppered

LINK_BYTES = 24


def link_of(row: PartnerCheck) -> str:
    """Return the random part of the address that goes to the mailbox of this row, and to no other.

    Raises:
        NoKey: the pepper is not in this process's key folder.
    """
    bound = crypto.bind(
        "sluitend/partner-link/1",
        row.id.bytes,
        row.organisation_id.bytes,
        row.part,
        row.entry_id,
        row.address,
        row.asked_by_id.bytes,
        row.expires.isoformat(),
    )
    return base64.urlsafe_b64encode(peppered(bound)[:LINK_BYTES]).decode()


def lookup_of(link: str) -> bytes:
    """Return by what a row is found."""
    return peppered(b"sluitend/partner-lookup/1|" + link.encode())


def proof_of(link: str, answer: Any) -> bytes:
    """Return what stands beside an answer that our own page took in."""
    said = json.dumps(answer, sort_keys=True, separators=(",", ":"))
    return peppered(crypto.bind("sluitend/partner-answer/1", link, said))


def ours(row: PartnerCheck) -> bool:
    """Tell whether one of our processes made this row, and took in the answer beside it if there is one."""
    link = link_of(row)
    if not hmac.compare_digest(bytes(row.lookup), lookup_of(link)):
        return False
    return row.proof is None or hmac.compare_digest(bytes(row.proof), proof_of(link, row.answer))
