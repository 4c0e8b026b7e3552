"""What somebody is asked to agree to, on paper: for care alone, one A4, and not before a lawyer read it."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.surfaces.handbook.consents import _sheet, has_text

PACK = den_haag()
CARE = "zorg@shop.example"
HELD = "intervention"
FREE = [each for each in PACK.care_consents.ids if each != HELD]
UNREAD = "De vertaling van de woorden hieronder is nog niet nagelezen door een mens."
LIFTED = {"by": "Mr. A. Jansen, advocaat", "on": "2026-12-01", "source": "eigen"}


@pytest.fixture(autouse=True)
def _releases() -> Iterator[None]:
    # A test's releases are rolled back, so what the process remembers of them must go too.
    release.cache_clear()
    yield
    release.cache_clear()


@pytest.fixture
def care(region: Any, client_for: Callable[[str], Client]) -> Client:
    """Somebody who coordinates care."""
    return client_for(CARE)


def form(consent: str, language: str = "nl") -> str:
    """Return the address of a form."""
    return f"/handboek/hulp/toestemming/{consent}/{language}/formulier.pdf"


def on_paper(pack: Pack, consent: str, language: str) -> tuple[list[str], list[str]]:
    """Return the headings and the notices on a form in a language."""
    number = current_release().number
    sheet = _sheet(pack.care_consents[consent], language, "Pools", number)
    return [each.heading for each in sheet.texts], list(sheet.notices)


@pytest.mark.parametrize("consent", FREE)
def test_care_prints_each_form_on_one_page_that_tells_nothing_outside(care: Client, consent: str) -> None:
    for language in ("nl", "en", "pl", "ar", "zh"):
        response = care.get(form(consent, language))
        assert response["Content-Disposition"] == 'attachment; filename="formulier.pdf"'
        pdf = pikepdf.open(BytesIO(response.content))
        width, height = (round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:])
        assert (len(pdf.pages), width, height) == (1, 210, 297), language
        assert str(pdf.docinfo["/Title"]) == "Formulier"
        assert "/XObject" not in pdf.pages[0].Resources, "no logo"
        with pdf.open_metadata() as metadata:
            known: Any = metadata
            assert known["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


@pytest.mark.parametrize(
    "email",
    [
        *("af@westland.example", "regio@rsiv.example", "beheer@westland.example"),
        *("nla@arbeidsinspectie.example", "avim@politie.example"),
    ],
)
def test_nobody_else_is_told_that_there_are_forms(
    region: Any, client_for: Callable[[str], Client], email: str
) -> None:
    client = client_for(email)
    assert client.get(form(FREE[0])).status_code == 404
    assert "Toestemmingen" not in client.get("/handboek/hulp/").text


def test_without_an_account_there_are_none(region: Any, client: Client) -> None:
    assert client.get(form(FREE[0]))["Location"].startswith("/inloggen/")
    assert "Toestemmingen" not in client.get("/handboek/hulp/").text


def test_what_a_lawyer_did_not_read_is_not_printed_and_the_page_says_why(care: Client) -> None:
    assert care.get(form(HELD)).status_code == 404
    page = as_read(care.get("/handboek/hulp/").text)
    assert "Deze tekst wacht op een advocaat." in page
    assert PACK.blocks["BLK-VERBLIJF"].reason.nl in page
    assert form(HELD) not in page
    assert all(form(consent) in page for consent in FREE)


def test_lifting_the_block_is_not_enough_until_the_text_is_confirmed(care: Client) -> None:
    lifted = changed(PACK, "blocks", "BLK-VERBLIJF", lifted=LIFTED)
    publish_pack(lifted, actor_name="tests")
    assert care.get(form(HELD)).status_code == 404
    publish_pack(changed(lifted, "care_consents", HELD, confirmed=True), actor_name="tests")
    assert care.get(form(HELD)).status_code == 200
    publish_pack(changed(PACK, "care_consents", HELD, confirmed=True), actor_name="tests")
    assert care.get(form(HELD)).status_code == 404


@pytest.mark.parametrize("address", [form("nothing"), form(FREE[0], "xx"), form(FREE[0], "nl-nl")])
def test_what_is_not_there_is_not_there(care: Client, address: str) -> None:
    assert care.get(address).status_code == 404


def test_a_language_without_a_text_shows_the_dutch_and_says_so(region: Any) -> None:
    dutch, english = (PACK.care_consents["registration"].title.in_language(each) for each in ("nl", "en"))
    assert on_paper(PACK, "registration", "en")[0] == [english, dutch]
    assert on_paper(PACK, "registration", "nl")[0] == [dutch]
    headings, notices = on_paper(PACK, "registration", "pl")
    assert headings == [dutch]
    assert "In deze taal is er nog geen goedgekeurde tekst." in notices[0]
    assert notices[1:] == [
        "Dit geldt alleen met een handtekening.",
        "Concept: deze tekst is nog niet bevestigd.",
        UNREAD,
    ]


def test_a_translation_counts_when_a_person_read_it_and_every_sign_has_a_shape(region: Any) -> None:
    own = PACK.care_consents["statistics"]
    polish = {"title": {**own.title.root, "pl": "Czy możemy?"}, "text": {**own.text.root, "pl": "Tak."}}
    read = [{"language": "pl", "by": "Anna Nowak", "on": "2026-12-01"}]
    assert on_paper(changed(PACK, "care_consents", own.id, **polish), own.id, "pl")[0] == [own.title.nl]
    known = changed(PACK, "care_consents", own.id, **polish, reviewed=read)
    assert on_paper(known, own.id, "pl") == (
        ["Czy możemy?", own.title.nl],
        ["Concept: deze tekst is nog niet bevestigd.", UNREAD],
    )
    words = {"title": "هل يمكننا؟", "text": "نعم، متى شئتم."}
    arabic = {name: {**getattr(own, name).root, "ar": said} for name, said in words.items()}
    heard = [{"language": "ar", "by": "Salma Haddad", "on": "2026-12-01"}]
    asked = changed(PACK, "care_consents", own.id, **arabic, reviewed=heard)
    assert on_paper(asked, own.id, "ar")[0] == ["هل يمكننا؟", own.title.nl]
    chinese = {"title": {**own.title.root, "zh": "我们可以吗"}, "text": {**own.text.root, "zh": "是"}}
    seen = [{"language": "zh", "by": "Li Wei", "on": "2026-12-01"}]
    unprintable = changed(PACK, "care_consents", own.id, **chinese, reviewed=seen)
    assert not has_text(unprintable.care_consents[own.id], "zh")
    assert on_paper(unprintable, own.id, "zh")[0] == [own.title.nl]


def test_what_is_filled_in_is_room_to_write_and_never_a_name_of_a_field(region: Any) -> None:
    for consent in PACK.care_consents:
        sheet = _sheet(consent, "en", "", current_release().number)
        said = " ".join(words for each in sheet.texts for words in (each.heading, *each.paragraphs))
        assert "{" not in said
        assert ("…" in said) is ("{" in consent.text.nl)
        assert [(each.theirs, each.dutch) for each in sheet.answers] == [
            *(("Yes", "Ja"), ("No", "Nee"), ("", "Later"))
        ]
        assert f"Tekst {consent.id}, versie {consent.version}." in sheet.closing


def test_the_answers_and_what_is_filled_in_are_in_the_language_of_the_person_too(region: Any) -> None:
    """Whoever signs reads what they tick, though an interpreter reads the text out."""
    own, number = PACK.care_consents["registration"], current_release().number
    beside = {each.id for each in PACK.languages} - {"nl", "en"}
    without_shape = {"ti", "zh"}
    assert without_shape < beside
    for language in beside:
        sheet = _sheet(own, language, "", number)
        words = [*sheet.answers, *sheet.blanks]
        assert all(bool(each.theirs) is (language not in without_shape) for each in words), language
        assert (UNREAD in sheet.notices) is (language not in without_shape), language
    polish = _sheet(own, "pl", "Pools", number)
    assert [each.theirs for each in polish.answers] == ["Tak", "Nie", "Później"]
    assert (polish.blanks[1].theirs, polish.blanks[1].dutch) == ("Podpis", "Handtekening")
    assert not any(each.theirs for each in _sheet(own, "nl", "", number).blanks)


def test_arabic_is_set_in_a_letter_for_reading_and_not_as_on_a_typewriter(care: Client) -> None:
    pdf = pikepdf.open(BytesIO(care.get(form("registration", "ar")).content))
    fonts = {
        str(each.BaseFont)
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
    }
    assert any("NotoNaskhArabic" in each for each in fonts)
    assert not any("Mono" in each for each in fonts)
