"""What is not there, what is not allowed, and what makes no sense."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.behind import FOCAL, referred
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.reporting import Told, go_on, tell

NEIGHBOUR, OTHER_PARTNER = "af@denhaag.example", "avim@politie.example"
HOSTILE = "<script>document.title='kapot'</script><img src=x onerror=alert(1)>'\";--{{7*7}}"
STRANGE = "👩‍🌾🏠 مرحبا بكم שלום Ωμέγα a̐éö̲ \u202eomgekeerd\u202c"
TOO_LONG = "Veel te lang. " * 1800


@pytest.fixture
def what(people: People) -> Page:
    """The page that asks what, where and when."""
    page = people.anyone(phone=True)
    page.on("dialog", lambda dialog: pytest.fail(f"a script spoke: {dialog.message}"))
    page.goto("/melden/")
    Hand(page).press("Nee, ik wil iets melden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat zag of hoorde u?")
    return page


def beside(page: Page, field: str) -> str:
    """Return the message beside a field; the summary above says the same and leads to it."""
    message = page.locator(f"#{field}_error")
    expect(message).to_be_visible()
    words = message.inner_text().strip()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("link", name=words)).to_have_count(1)
    return words


def test_nothing_filled_in(what: Page) -> None:
    Hand(what).press("Verder")
    for field in ("id_saw", "id_where", "id_when", "id_minor"):
        assert beside(what, field)
    assert what.title().startswith("Fout:")
    look(what, "nothing filled in")


def test_twenty_five_thousand_characters(what: Page) -> None:
    tell(what, Told(saw=TOO_LONG))
    Hand(what).press("Verder")
    assert str(len(TOO_LONG.strip())) in beside(what, "id_saw").replace(".", "", 1)
    assert what.get_by_label("Vertel wat er gebeurde").input_value().strip() == TOO_LONG.strip()
    look(what, "too long")


@pytest.mark.parametrize("text", [HOSTILE, STRANGE], ids=["hostile", "strange"])
def test_any_text_comes_back_as_it_was_typed(what: Page, text: str) -> None:
    tell(what, Told(saw=text))
    go_on(what, "Stap 3")
    go_on(what, "Stap 4")
    Hand(what).choose("Mogen wij weten wie u bent?", "Nee, ik meld zonder naam")
    go_on(what, "Stap 5")
    assert what.locator(".sl-fact").first.inner_text() == text
    look(what, "any text")
    assert what.title() == "Iets melden, stap 5"


@pytest.mark.parametrize("day", ["1850-06-01", "2999-01-01"])
def test_a_day_that_cannot_be(what: Page, day: str) -> None:
    tell(what, Told(when="Andere dag"))
    what.get_by_label("Welke dag was dat?").fill(day)
    Hand(what).press("Verder")
    assert day[:4] in beside(what, "id_day")
    expect(what.get_by_label("Welke dag was dat?")).to_have_value(day)
    look(what, "a day that cannot be")


@pytest.mark.parametrize(
    ("label", "field", "typed"),
    [
        ("KvK-nummer", "id_kvk", "1234567"),
        ("Telefoonnummer", "id_phone", "geen nummer"),
        ("Kenteken", "id_plate", "x"),
    ],
)
def test_a_number_that_cannot_be(what: Page, label: str, field: str, typed: str) -> None:
    tell(what, Told())
    what.get_by_text("Ik weet een naam, kenteken of telefoonnummer").click()
    Hand(what).type(label, typed)
    Hand(what).press("Verder")
    message = beside(what, field)
    assert typed in message or str(len(typed)) in message
    expect(what.get_by_label(label)).to_have_value(typed)
    look(what, "a number that cannot be")


def test_a_file_that_lies_about_what_it_is(what: Page, tmp_path: Path) -> None:
    lie = tmp_path / "foto.jpg"
    lie.write_bytes(b"MZ\x90\x00" + b"\x00" * 2000)
    tell(what, Told())
    go_on(what, "Stap 3")
    go_on(what, "Stap 4")
    Hand(what).choose("Mogen wij weten wie u bent?", "Nee, ik meld zonder naam")
    go_on(what, "Stap 5")
    what.locator("input[type=file]").set_input_files(lie)
    Hand(what).press("Verstuur")
    assert "foto.jpg" in beside(what, "id_uploads")
    expect(what.get_by_text(Told().saw)).to_be_visible()
    look(what, "a lying file")


def not_found(page: Page, address: str) -> str:
    """Return the page of an address that answers that there is nothing."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    return page.get_by_role("main").inner_text()


def test_what_is_of_another_organisation_looks_like_what_is_not_there(
    people: People, backstage: Backstage
) -> None:
    matter = referred(backstage, where="Zwethkade 81, De Lier")
    own = people.someone(FOCAL)
    for address in (f"/werk/casussen/{matter.case}/", f"/werk/doorgezet/{matter.referral}/"):
        answer = own.goto(address)
        assert answer is not None
        assert answer.ok
    neighbour, partner = people.someone(NEIGHBOUR), people.someone(OTHER_PARTNER)
    absent = not_found(neighbour, "/werk/casussen/C-ZZZZ/")
    look(neighbour, "not found")
    for address in (
        f"/werk/casussen/{matter.case}/",
        f"/werk/casussen/{matter.case}/weging/",
        f"/werk/binnen/{matter.report}/",
        f"/werk/doorgezet/{matter.referral}/",
        f"/werk/ontvangen/{matter.referral}/",
    ):
        assert not_found(neighbour, address) == absent
        assert not_found(partner, address) == not_found(partner, "/werk/casussen/C-ZZZZ/")


def test_not_found_for_anybody(people: People) -> None:
    page = people.anyone(phone=True)
    not_found(page, "/bestaat-niet/")
    look(page, "not found, signed out")
