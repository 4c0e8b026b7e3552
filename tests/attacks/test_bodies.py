"""Bodies that no browser sends."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from tests.attacks.everywhere import amiss, browser
from tests.faults.web import ANSWERS, RECEIPT

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
PAGES = (
    "/melden/",
    "/ontvangst/",
    "/overleg/",
    "/melden/markeer/",
    "/taal/",
    "/inloggen/",
    "/werk/zoeken/",
    "/werk/melding-invoeren/",
)
MANY = "&".join(f"signals={number}" for number in range(10_000))
BODIES: dict[str, tuple[bytes, str]] = {
    "10,000 ticks": (MANY.encode(), FORM),
    "10,000 names": ("&".join(f"a{number}=1" for number in range(10_000)).encode(), FORM),
    "no text": (b"saw=%ff%fe%00%c3%28&where=\xff\xfe&q=%ed%a0%80&code=%00", FORM),
    "half a character": (b"saw=%e2%82&where=%", FORM),
    "turned round": (("saw=" + quote("\u202e\u2066\u0000\u200f\ufeff" * 50)).encode(), FORM),
    "the same twice": (b"step=5&step=2&go=send&go=next&where=a&where=b&sending=1&sending=2", FORM),
    "nothing": (b"", FORM),
    "only marks": (b"&&&===&=&%3d=%26", FORM),
    "another kind": (b'{"saw": {"$gt": ""}}', "application/json"),
    "a document": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "application/xml",
    ),
    "no border": (b"--x\r\n\r\n", "multipart/form-data"),
    "half a form": (
        b'--x\r\nContent-Disposition: form-data; name="saw"\r\n\r\ntext',
        "multipart/form-data; boundary=x",
    ),
    "a form in a form": (
        b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n",
        "multipart/form-data; boundary=x",
    ),
    "an unknown alphabet": (b"saw=x", FORM + "; charset=klingon"),
    "a border without end": (b"--x", "multipart/form-data; boundary=" + "x" * 500),
    "a strange transfer": (
        (
            b'--x\r\nContent-Disposition: form-data; name="saw"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--"
        ),
        "multipart/form-data; boundary=x",
    ),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("who", ["focal_point", None])
def test_a_strange_body_gets_a_calm_answer(name: str, who: str | None) -> None:
    body, kind = BODIES[name]
    client = browser(who)
    for page in PAGES:
        answer: Any = client.generic("POST", page, body, kind)
        assert answer.status_code < 500, page
        assert list(amiss(answer)) == [], page


@pytest.mark.parametrize("name", ["10,000 ticks", "10,000 names"])
def test_too_much_is_told_in_words(client: Client, name: str) -> None:
    answer = client.post("/melden/", *BODIES[name])
    assert answer.status_code == 400
    assert "Wij konden dit niet lezen" in answer.text


def test_ten_thousand_parameters_of_an_address_are_refused_too(client: Client) -> None:
    assert client.get(f"/werken-en-wonen/?{MANY}").status_code < 500
    assert client.get(f"/inloggen/?{MANY}").status_code == 400


def sent(client: Client, **changes: Any) -> str:
    """Send a whole report, and return the receipt that came."""
    found = RECEIPT.search(client.post("/melden/", {**ANSWERS, "sending": str(uuid4()), **changes}).text)
    return found[1] if found else ""


def count() -> int:
    total = 0
    for code in ("GM1783", "GM0546"):
        with acting(system_actor(Organisation.objects.get(code=code).id)):
            total += Report.objects.count()
    return total


def test_a_report_that_is_sent_again_with_other_words_is_the_first_one(client: Client) -> None:
    sending = str(uuid4())
    first = sent(client, sending=sending)
    again = sent(
        client, sending=sending, saw="Iets heel anders", where="Breestraat, Leiden", municipality="GM0546"
    )
    assert first
    assert again == first
    assert count() == 1


@pytest.mark.parametrize("sending", ["", "1", "x" * 500, "00000000-0000-0000-0000-00000000000g", "\x00"])
def test_a_bent_number_of_sending_is_replaced_by_one_of_our_own(client: Client, sending: str) -> None:
    receipts = {sent(client, sending=sending), sent(client, sending=sending)}
    assert "" not in receipts
    assert len(receipts) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"step": "99"},
        {"step": "2", "go": "send"},
        {"go": "send", "step": "5", "saw": ""},
        {"minor": "perhaps-not"},
        {"anonymity": "administrator"},
        {"where": ""},
        {"municipality": "GM9999", "where": "ergens"},
        {"role": "administrator"},
    ],
)
def test_a_page_that_was_skipped_or_bent_is_asked_again(client: Client, changes: dict[str, str]) -> None:
    """What the pages carry along is checked as a whole when it is sent, whatever an earlier page said."""
    assert sent(client, **changes) == ""
    assert count() == 0


def test_nobody_reports_in_the_name_of_somebody_who_is_not_signed_in(client: Client) -> None:
    assert client.get("/melden/afmaken/M-0000/").status_code == 404
    assert client.post("/ontvangst/", {"remembered": str(uuid4())}).status_code == 200
