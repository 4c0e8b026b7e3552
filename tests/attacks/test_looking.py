"""What looks at every answer sees what it looks for."""

import io
from typing import Any

import pytest
from django.http import HttpResponse
from openpyxl import Workbook

from sluitend.kernel.organisations.palette import Palette, style_sheet
from tests import samples
from tests.attacks.everywhere import ELSEWHERE, HEADERS, SHEET, amiss, amiss_on_page

GOOD = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=()",
}


def answer(content: bytes = b"x", kind: str = "text/html", status: int = 200, **headers: str) -> Any:
    """Return an answer with all that belongs to it, and these headers over that."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(content, content_type=kind, status=status, headers=GOOD | given)


def sheet(value: str, kind: str) -> bytes:
    """Return a spreadsheet with one cell."""
    book, out = Workbook(), io.BytesIO()
    page: Any = book.active
    page["A1"] = value
    page["A1"].data_type = kind
    book.save(out)
    return out.getvalue()


def test_a_good_answer_is_good() -> None:
    assert list(amiss(answer())) == []
    assert list(amiss(answer(b"naam,aantal\r\nx,3\r\n", "text/csv"))) == []
    assert list(amiss(answer(sheet("=1+1", "s"), SHEET))) == []


@pytest.mark.parametrize("cell", ["=1+1", "+31612345678", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_in_a_table_is_seen(cell: str) -> None:
    assert list(amiss(answer(f'a,b\r\nx,"{cell}"\r\n'.encode(), "text/csv"))) == ["a formula in a table"]
    assert list(amiss(answer(sheet("=1+1", "f"), SHEET))) == ["a formula in a table"]


PAGE = '<html lang="nl"><title>Werk</title><h1>Werk</h1>%s</html>'


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (PAGE % "<h1>x</h1>", "2 headings"),
        (PAGE.replace(' lang="nl"', "") % "", "says no language"),
        (PAGE.replace("<title>Werk", f"<title>{samples.PLANT}") % "", "is called"),
        (PAGE % '<img src="https://elders.example/x.png">', "fetches"),
        (PAGE % '<p style="x">', "styles"),
        (PAGE % '<p id="x"><p id="x">', "names two"),
    ],
)
def test_what_is_amiss_on_a_page_is_seen(page: str, said: str) -> None:
    assert list(amiss_on_page(answer((PAGE % "<svg><title>x</title></svg>").encode()), None)) == []
    (found,) = amiss_on_page(answer(page.encode()), None)
    assert found.startswith(said)


def test_a_link_that_leads_nowhere_is_seen() -> None:
    links = "".join(f'<a href="{each}">x</a>' for each in ("/werk/", "/niets/", "/werk/wie-keek/"))
    page = answer((PAGE % links).encode())
    assert list(amiss_on_page(page, "focal_point")) == [
        "links to nothing: /niets/",
        "links to what focal_point may not open: /werk/wie-keek/",
    ]
    assert list(amiss_on_page(page, "privacy_officer")) == ["links to nothing: /niets/"]
    assert list(amiss_on_page(page, None)) == ["links to nothing: /niets/"]


def test_of_style_sheets_only_six_colours_may_be_kept() -> None:
    ours = style_sheet(Palette(accent="123456"))
    for body, found in ((ours, []), (ours + ".x{color:#123456}", ["may be kept: public"])):
        response = answer(body.encode(), "text/css", Cache_Control="public")
        assert [each for each in amiss(response) if each.startswith("may be kept")] == found


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (answer(status=500), "status 500"),
        (answer(X_Content_Type_Options="x"), "X-Content-Type-Options"),
        (answer(Content_Security_Policy="default-src *"), "policy"),
        (answer(Cache_Control="private"), "may be kept"),
        (answer(status=302, Location=f"//{ELSEWHERE}/x"), "leads to"),
        (answer(status=302, Location="/\\x"), "leads to"),
        (answer(Link=f"<https://{ELSEWHERE}>"), "names another host"),
        (answer(b"x", "application/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet of a kind"),
    ],
)
def test_what_is_amiss_is_seen(bad: Any, said: str) -> None:
    assert any(each.startswith(said) for each in amiss(bad))
