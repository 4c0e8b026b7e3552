"""Every address of the URL map, the library's own included, and what holds of every answer."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from openpyxl import load_workbook

from sluitend.kernel.organisations.models import Account
from sluitend.kernel.organisations.palette import Palette, style_sheet
from sluitend.surfaces.public.views import ELSEWHERE as QUICK_EXIT
from tests import samples
from tests.pages import Page, page_of, wrong_on
from tests.test_access_matrix import NOBODY_ID, PEOPLE, ROLES, Address, _walk

ELSEWHERE = "kwaad.example"
"""A host that is not ours."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPREADSHEETS = (
    "text/csv",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats",
    "application/vnd.oasis",
)
COLOUR = re.compile("#[0-9a-f]{6}")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
STRANGE_PIECES = (
    "%00",
    "a%00b",
    "%2500",
    "%08%1b%5b31m",
    "%c0%80",
    "%c0%ae%c0%ae%c0%af",
    "%e0%80%ae",
    "%f4%90%80%80",
    "%ed%a0%bd",
    "%ff%fe",
    "%e2%80%ae%e2%81%a6%ef%bb%bf",
    "e%cc%81",
    "%ef%bc%8e%ef%bc%8e%ef%bc%8f",
    "%e2%80%a4%e2%80%a4",
    "%ef%ac%83%c4%b0%c5%bf",
    "..",
    "%2e%2e",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%252e%252e%252f",
    ".",
    "%5c%5c",
    "%0d%0aSet-Cookie:%20x=y",
    "%3f%23%3b%25",
    "%",
    "%zz",
    "-1",
    "9" * 60,
    "%d9%a1%d9%a2",
    "x" * 5_000,
    "%f0%9f%98%80" * 400,
    "%20",
)
"""What no piece of an address is, as it goes over the wire: no text, too much, another way of writing."""
_PIECE = re.compile(r"<(?:(\w+):)?\w+>")
_VALUES = {"int": "1", "uuid": str(NOBODY_ID)}


def every_address() -> list[Address]:
    """Return all patterns, with the names of those that belong to the library too."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def path_of(address: Address, sample: samples.Sample) -> str:
    """Return an address to ask for: of a thing of the sample where the pattern names one we know."""
    # A thing that the sample does not have is asked for under a name that nothing has.
    path = _PIECE.sub(lambda piece: _VALUES.get(piece[1] or "str", "x"), address.path(sample))
    return path.replace("//", "/x/")


def bent(address: Address, sample: samples.Sample, piece: str) -> Iterator[str]:
    """Give the address with something else in the place of each of its pieces in turn."""
    right = path_of(address, sample)
    found = re.fullmatch("/" + _PIECE.sub("([^/]+)", address.route), right)
    for start, end in found.regs[1:] if found else ():
        yield right[:start] + piece + right[end:]


def browser(who: str | None, **options: Any) -> Client:
    """Return a browser of somebody with this role, signed in; of a stranger for None."""
    client = Client(raise_request_exception=False, **options)
    if who is not None:
        client.force_login(Account.objects.get(email=PEOPLE[who]))
    return client


def amiss(response: Any) -> Iterator[str]:
    """Give what is wrong with an answer, whatever was asked."""
    if response.status_code >= 500:
        yield f"status {response.status_code}"
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"policy: {policy}"
    if "sandbox" not in policy and "frame-ancestors 'none'" not in policy:
        yield "can be framed"
    if not _is_colours_alone(response) and "no-store" not in response.headers.get("Cache-Control", ""):
        yield f"may be kept: {response.headers.get('Cache-Control')}"
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        yield "may use the camera"
    yield from _leads_outside(response)
    yield from _formulas(response)


def _is_colours_alone(response: Any) -> bool:
    """Return whether it is the style sheet of a municipality: of six colours that stand in its address."""
    ours = style_sheet(Palette())
    said = b"" if response.streaming else response.content
    return bool(said) and COLOUR.sub("", said.decode(errors="replace")) == COLOUR.sub("", ours)


def amiss_on_page(response: Any, who: str | None) -> Iterator[str]:
    """Give what is wrong with the page of an answer, as this person reads it; nothing where it is none."""
    if page := page_of(response):
        yield from wrong_on(page, samples.PLANT)
        yield from _dead_links(page, who)


def _dead_links(page: Page, who: str | None) -> Iterator[str]:
    """Give the links that lead to nothing, or to what the reader may not open.

    Whoever is not signed in is asked to do so where a link needs it.
    """
    for link in page.links:
        path = urlsplit(link).path
        if not link.startswith("/") or path.startswith("/static/"):
            continue
        try:
            view = resolve(unquote(path))
        except Resolver404:
            yield f"links to nothing: {link}"
            continue
        guard = getattr(view.func, "guard", None)
        if who and guard is not None and ROLES[who] not in guard.rule.roles:
            yield f"links to what {who} may not open: {link}"


def _leads_outside(response: Any) -> Iterator[str]:
    place = response.headers.get("Location", "")
    parts = urlsplit(place)
    if place and place != QUICK_EXIT and (parts.netloc or parts.scheme or "\\" in place):
        yield f"leads to {place}"
    if any(ELSEWHERE in value for name, value in response.headers.items() if name != "Location"):
        yield "names another host in a header"


def _formulas(response: Any) -> Iterator[str]:
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/csv"):
        rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
        if any(cell.startswith(FORMULA) for row in rows for cell in row):
            yield "a formula in a table"
    elif kind == SHEET:
        book = load_workbook(io.BytesIO(response.content))
        if any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row):
            yield "a formula in a table"
    elif kind.startswith(SPREADSHEETS):
        yield f"a spreadsheet of a kind that nobody looks into here: {kind}"
