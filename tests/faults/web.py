"""Asking a server over a socket, as a browser does: an answer, or nothing when it dies first."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

ANSWERS = {
    "step": "5",
    "go": "send",
    "saw": "Vijf mensen kwamen samen. Eén man had alle paspoorten.",
    "where": "Balie burgerzaken, Naaldwijk",
    "when": "now",
    "minor": "no",
    "role": "brp",
    "signals": "ALG-01",
    "anonymity": "anonymous",
}
RECEIPT = re.compile(r'name="code" value="([0-9A-Z-]{24})"')
OPENED = "Hoe ver zijn wij?"


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when the server died, or was not there."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def ask(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Send one request and read the whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body=body or None, headers=dict(headers or {}))
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, text, given)
    except (http.client.HTTPException, OSError):
        return Answer(0)
    finally:
        connection.close()


def post(port: int, path: str, values: Mapping[str, str], *, sender: str = "127.0.0.1") -> Answer:
    """Send a form, from an address that our proxy saw."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": sender}
    return ask(port, "POST", path, urlencode(values).encode(), headers)


def status_of(port: int, path: str) -> int:
    """Return the status of a page."""
    return ask(port, "GET", path).status


def report(port: int, sending: UUID, *, sender: str = "127.0.0.1", **changes: str) -> str:
    """Send a report and return the receipt that the page shows; nothing when it was not confirmed."""
    found = RECEIPT.search(
        post(port, "/melden/", {**ANSWERS, "sending": str(sending), **changes}, sender=sender).text
    )
    return found[1] if found else ""


def opens(port: int, receipt: str, *, sender: str = "127.0.0.1") -> bool:
    """Return whether a receipt shows how far its report is."""
    return OPENED in post(port, "/ontvangst/", {"code": receipt}, sender=sender).text
