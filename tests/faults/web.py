"""Asking a server over a socket, as a browser does: an answer, or nothing when it dies first."""

import html
import http.client
import re
import time
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
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
NOT_READ = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
MUCH = 600


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when the server died, or was not there.

    Attributes:
        broke: how far a request without an answer came, and on what it broke.
        seconds: that it took.
    """

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    broke: str = ""
    seconds: float = 0.0

    @property
    def receipt(self) -> str:
        """The receipt that the page shows; nothing when a report was not confirmed."""
        found = RECEIPT.search(self.text)
        return found[1] if found else ""

    def __str__(self) -> str:
        """Say what somebody would see of it, for who wonders why it is not what it should be."""
        page = MAIN.search(self.text)
        words = html.unescape(NOT_READ.sub(" ", page[0] if page else self.text))
        return f"{self.status} in {self.seconds:.1f} s: {self.broke or ' '.join(words.split())[:MUCH]}"


def ask(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Send one request and read the whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun, doing = time.monotonic(), "connecting"
    try:
        connection.connect()
        doing = "sending"
        connection.request(method, path, body=body or None, headers=dict(headers or {}))
        doing = "waiting"
        response = connection.getresponse()
        doing = f"reading a {response.status}"
        text = response.read().decode(errors="replace")
        given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, text, given, seconds=time.monotonic() - begun)
    except (http.client.HTTPException, OSError) as error:
        return Answer(0, broke=f"{doing}: {error!r}", seconds=time.monotonic() - begun)
    finally:
        connection.close()


def post(port: int, path: str, values: Mapping[str, str], *, sender: str = "127.0.0.1") -> Answer:
    """Send a form, from an address that our proxy saw."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": sender}
    return ask(port, "POST", path, urlencode(values).encode(), headers)


def status_of(port: int, path: str) -> int:
    """Return the status of a page."""
    return ask(port, "GET", path).status


def send_report(port: int, sending: UUID, *, sender: str = "127.0.0.1", **changes: str) -> Answer:
    """Send a report and return what came back."""
    return post(port, "/melden/", {**ANSWERS, "sending": str(sending), **changes}, sender=sender)


def report(port: int, sending: UUID, *, sender: str = "127.0.0.1", **changes: str) -> str:
    """Send a report and return the receipt that the page shows; nothing when it was not confirmed."""
    return send_report(port, sending, sender=sender, **changes).receipt


def opens(port: int, receipt: str, *, sender: str = "127.0.0.1") -> bool:
    """Return whether a receipt shows how far its report is."""
    return OPENED in post(port, "/ontvangst/", {"code": receipt}, sender=sender).text
