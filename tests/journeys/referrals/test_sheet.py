"""The one page: what stands in it, and that it is a PDF for the archive and for a screen reader."""

import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.journeys.administration.test_house_style import a_picture
from tests.journeys.referrals.situations import Ready, days
from tests.surfaces.public.test_sender import published

from sluitend.journeys.cases.actions import NewObservation, add_observation
from sluitend.journeys.referrals import queries
from sluitend.journeys.referrals.sheets import sheet_of_received, sheet_of_sent
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.house_styles import letterhead
from sluitend.kernel.organisations.models import Account
from sluitend.kernel.sheet import Line, Sheet, as_pdf
from sluitend.kernel.sheet.printable import COVERED, printable


def sheet(text: str = "Drie slaapplekken") -> Sheet:
    return Sheet(
        code="D-6RW3",
        day="woensdag 25 november 2026",
        heading="Een gemeente vraagt uw hulp",
        intro="Van Noor de Bruin, Gemeente Westland",
        facts=(Line("Soort", "Locatie"),),
        question_label="Wat wordt gevraagd",
        question=text,
        lines=(Line("Wat", text),),
        basis_label="Waarom mag dit bij u zijn",
        basis="Taak van de gemeente",
        closing="Noem de code.",
        made=datetime(2026, 11, 25, 12, 0, tzinfo=UTC),
    )


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def test_it_claims_archive_and_accessibility() -> None:
    pdf = opened(as_pdf(sheet()))
    with pdf.open_metadata() as metadata:
        known: Any = metadata
        assert (known["pdfaid:part"], known["pdfaid:conformance"]) == ("2", "A")
        assert known["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert known["dc:title"] == "D-6RW3"
    assert str(pdf.Root.Lang) == "nl"
    assert "/StructTreeRoot" in pdf.Root
    assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") [*vet*] $x$ @ref \\ // weg /* weg */ <label> = kop',
        '#read("/etc/passwd") #sys.inputs',
        "中文 😀 مرحبا Zażółć \u0000 \u202e \ue000 \ufffd a\u0301",
        "regel\r\nregel\rregel\tkolom",
        "x" * 4000,
    ],
)
def test_what_people_type_stays_text(text: str) -> None:
    assert as_pdf(sheet(text)).startswith(b"%PDF")


def test_every_sign_that_passes_can_be_shown() -> None:
    signs = "".join(chr(code) for first, last in COVERED for code in range(first, last + 1))
    assert as_pdf(sheet(printable(signs))).startswith(b"%PDF")


def test_a_sign_without_a_shape_becomes_a_square() -> None:
    assert printable("a中\u0000b") == "a□b"


def test_a_long_story_still_fits_on_one_page() -> None:
    assert len(opened(as_pdf(sheet("Acht mensen slapen in een schuur zonder raam. " * 55))).pages) == 1


def test_what_can_not_be_on_one_page_goes_on_with_the_code_above_it() -> None:
    pages = opened(as_pdf(sheet("Acht mensen slapen in een schuur zonder raam. " * 400))).pages
    assert len(pages) > 1


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["secure_mail", "phone"])
def test_an_ordinary_referral_is_one_page(ready: Ready, channel: str) -> None:
    code = ready.send(channel=channel)
    with acting(ready.focal_point):
        page = sheet_of_sent(queries.sent(code, ready.focal_point), "Gemeente Westland")
    assert len(opened(as_pdf(page)).pages) == 1


@pytest.mark.django_db
def test_it_says_who_what_where_when_and_how_it_is_known(ready: Ready) -> None:
    seen = NewObservation(kind="fact", text="Een busje rijdt voor", when=days(-3).isoformat(), source="zelf")
    with acting(ready.focal_point):
        add_observation(actor=ready.focal_point, code=ready.case, new=seen)
    code = ready.send(channel="phone")
    with acting(ready.focal_point):
        page = sheet_of_sent(queries.sent(code, ready.focal_point), "Gemeente Westland")
    assert [line.label for line in page.lines] == ["Wie", "Wat", "Waar", "Wanneer", "Hoe bekend"]
    assert str(days(-3).year) in next(line.text for line in page.lines if line.label == "Wanneer")
    assert (page.question_label, page.question) == ("Wat wordt gevraagd", "Kunt u donderdag mee op controle?")


@pytest.mark.django_db
def test_both_sides_print_the_same_words_and_no_case(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.focal_point):
        ours = sheet_of_sent(queries.sent(code, ready.focal_point), "Gemeente Westland")
    with acting(ready.inspector):
        theirs = sheet_of_received(queries.received(code, ready.inspector))
    assert (ours.question, ours.lines, ours.code) == (theirs.question, theirs.lines, theirs.code)
    assert {line.label for line in ours.lines} == {"Wie", "Wat", "Waar", "Hoe bekend"}
    assert ready.case not in repr(ours)


@pytest.mark.django_db
def test_paper_names_the_sender_as_it_made_that_public_to_whoever_prints_it(
    ready: Ready, client_for: Any
) -> None:
    published(name="Gemeente Westland aan Zee", mark=a_picture())
    code = ready.accepted()
    ours = client_for("af@westland.example").get(f"/werk/doorgezet/{code}/blad.pdf")
    partner = Account.objects.get(pk=ready.inspector.own_account).email
    theirs = client_for(partner).get(f"/werk/ontvangen/{code}/blad.pdf")
    for page in (ours, theirs):
        first = pypdfium2.PdfDocument(page.content)[0]
        assert first.get_textpage().get_text_bounded().startswith("Gemeente Westland aan Zee")
        assert len([*first.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]) == 1


def test_the_mark_of_a_sender_is_not_read_aloud_and_stands_on_each_page() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 60), (14, 92, 58)).save(drawn, format="JPEG")
    long = sheet("Acht mensen slapen in een schuur zonder raam. " * 400)
    pages = pypdfium2.PdfDocument(as_pdf(long, "Gemeente Westland", drawn.getvalue()))
    assert all("Gemeente Westland" in page.get_textpage().get_text_bounded() for page in pages)
    assert b"/Figure" not in as_pdf(long, "Gemeente Westland", drawn.getvalue())


def test_paper_of_who_made_nothing_public_has_a_name_alone(db: None) -> None:
    assert letterhead("GM1783", "Gemeente Westland") == ("Gemeente Westland", None)
    published(name="Gemeente Westland aan Zee")
    assert letterhead("GM1783", "Gemeente Westland") == ("Gemeente Westland aan Zee", None)
    assert letterhead("GM0503", "Gemeente Delft") == ("Gemeente Delft", None)
