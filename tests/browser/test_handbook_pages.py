"""People who look something up in the handbook: a focal point, a clerk, somebody without an account."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.behind import FOCAL, taken_in
from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import People

NEVER = "Bij een groep horen is nooit een signaal."


@pytest.fixture
def focal(people: People) -> Page:
    """The screen of a focal point on the first page of the handbook."""
    page = people.someone(FOCAL)
    page.get_by_role("link", name="Handboek", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Handboek")
    return page


def follow(page: Page, *names: str) -> None:
    """Press links in the page one after the other, each when the page before it is there."""
    for name in names:
        before = page.url
        unfold(page)
        page.get_by_role("main").get_by_role("link", name=re.compile(rf"^{re.escape(name)}")).first.click()
        page.wait_for_url(lambda url, before=before: url != before)  # type: ignore[misc]


def unfold(page: Page) -> None:
    """Open every fold of the page."""
    page.locator("main details").evaluate_all("folds => folds.forEach((each) => { each.open = true; })")


def part(page: Page, title: str) -> str:
    """Return the words of a part of the page, with what is folded in it."""
    unfold(page)
    panel = page.locator("section.sl-panel").filter(has=page.get_by_role("heading", name=title, exact=True))
    return panel.first.inner_text()


def said(page: Page, term: str) -> str:
    """Return what stands under a term on the page."""
    return (
        page.locator("dt").filter(has_text=term).first.locator("xpath=following-sibling::dd[1]").inner_text()
    )


@pytest.mark.statement("S04")
def test_s04_a_barrier_says_which_body_may_do_what_on_what_ground_and_with_what_evidence(focal: Page) -> None:
    follow(focal, "Barrières", "Arbeidsuitbuiting")
    look(focal, "the picture of the barriers")
    focal.locator(".sl-chain--across a").filter(has_text="Wonen").click()
    expect(focal.get_by_role("heading", level=1)).to_have_text("Wonen: huis los van de baas")
    assert "college" in said(focal, "Wie bevoegd is")
    assert "Wet goed verhuurderschap" in said(focal, "Grond")
    assert said(focal, "Wat u eerst laat zien")
    assert "FairWork" in part(focal, "Wie u benadert")
    assert "Kan ook:" in part(focal, "Wat u kunt zien")
    look(focal, "a barrier")


@pytest.mark.statement("S12")
def test_s12_the_guide_and_the_law_stand_side_by_side_with_the_difference_and_the_day(focal: Page) -> None:
    follow(focal, "Vormen", "Arbeidsuitbuiting")
    unfold(focal)
    table = focal.get_by_role("table", name="Onderdelen van het begrip")
    heads = table.locator("thead th").all_inner_texts()
    assert [" ".join(head.split()) for head in heads] == [
        "Onderdeel",
        "De handreiking",
        "De wet niet bevestigd",
    ]
    acts = table.get_by_role("row").filter(has_text="Handelingen").get_by_role("cell")
    assert "opnemen" not in acts.nth(0).inner_text()
    assert "opnemen" in acts.nth(1).inner_text()
    assert "De wet noemt ook opnemen" in part(focal, "De handreiking en de wet naast elkaar")
    expect(table.get_by_role("row").filter(has_text="Gelezen op").get_by_role("cell").last).to_have_text(
        "27 november 2026"
    )
    look(focal, "guide and law")


def test_on_a_phone_too_the_words_of_the_law_say_that_nobody_confirmed_them(people: People) -> None:
    page = people.someone("af@westland.example", phone=True)
    page.goto("/handboek/vormen/arbeidsuitbuiting/")
    said = page.get_by_text("De woorden van de wet. Controleer ze voordat u ze gebruikt.")
    expect(said).to_be_visible()
    expect(said.get_by_text("niet bevestigd", exact=True)).to_be_visible()


def test_who_is_not_signed_in_does_not_see_words_of_the_law_that_nobody_checked(people: People) -> None:
    page = people.anyone(phone=True)
    page.goto("/handboek/vormen/arbeidsuitbuiting/")
    expect(page.get_by_text("De woorden van de wet zijn nog niet nagekeken.")).to_be_visible()
    unfold(page)
    expect(page.get_by_role("columnheader")).to_have_count(2)
    expect(page.get_by_text("niet bevestigd", exact=True)).to_have_count(0)
    assert page.context.cookies() == []


@pytest.mark.statement("S20")
def test_s20_each_of_the_eight_sectors_says_why_what_to_see_its_codes_and_whom_to_approach(
    focal: Page,
) -> None:
    follow(focal, "Sectoren")
    for name in (
        "Huishoudelijk personeel en au pair",
        "Beautybranche",
        "(Glas)tuinbouw",
        "Grote distributie en massaproductie",
        "Schoonmaak",
        "Logistiek en transport",
        "Bouw",
        "Horeca",
    ):
        assert name in part(focal, "In de handreiking")
        follow(focal, name)
        assert len(part(focal, "Waarom deze sector")) > len("Waarom deze sector") + 20
        assert "Kan ook:" in part(focal, "Wat u kunt zien")
        assert re.search(r"SBI 2008\s+\d\d[\s\S]*SBI 2025\s+\d\d", part(focal, "Bedrijfscodes (SBI)"))
        assert len(part(focal, "Wie u benadert").splitlines()) > 2
        follow(focal, "Sectoren")


def each_group(page: Page, names: tuple[str, ...]) -> None:
    """Read how and where to bring information to groups, with the sentence that holds for each."""
    follow(page, "Groepen")
    expect(page.get_by_role("main").get_by_text(NEVER)).to_be_visible()
    for name in names:
        follow(page, name)
        expect(page.get_by_role("main").get_by_text(NEVER)).to_be_visible()
        assert len(part(page, "Hoe u informatie brengt").splitlines()) > 1
        assert len(part(page, "Waar u informatie brengt").splitlines()) > 1
        follow(page, "Groepen")


@pytest.mark.statement("S21")
def test_s21_groups_at_risk_at_work_say_where_and_how_to_bring_information(focal: Page) -> None:
    each_group(
        focal,
        (
            "Arbeidsmigranten",
            "Mensen zonder verblijfsstatus",
            "Mensen met een licht verstandelijke beperking",
        ),
    )


@pytest.mark.statement("S30")
@pytest.mark.statement("S38")
def test_s30_groups_at_risk_of_sexual_exploitation_say_where_and_how_to_bring_information(
    focal: Page,
) -> None:
    each_group(
        focal,
        (
            "Minderjarigen en jongeren",
            "Mensen zonder verblijfsstatus",
            "Mensen met een licht verstandelijke beperking",
            "Sekswerkers",
            "LHBTIQ+",
        ),
    )


@pytest.mark.statement("S22")
def test_s22_the_partners_of_the_sheet_on_labour_stand_there_as_unconfirmed(focal: Page) -> None:
    follow(focal, "Vormen", "Arbeidsuitbuiting")
    words = part(focal, "Partners in de handreiking")
    assert "niet bevestigd" in words
    for name in ("Nederlandse Arbeidsinspectie", "AVIM", "RIEC", "SHOP", "Leger des Heils", "FairWork"):
        assert name in words


@pytest.mark.statement("S39")
def test_s39_the_partners_of_the_sheet_on_crime_stand_there_as_unconfirmed(focal: Page) -> None:
    follow(focal, "Vormen", "Criminele uitbuiting")
    words = part(focal, "Partners in de handreiking")
    assert "niet bevestigd" in words
    assert "De regio bevestigt dat nog." in words
    for name in ("AVIM", "Openbaar Ministerie", "Veilig Thuis"):
        assert name in words


@pytest.mark.statement("S23")
def test_s23_the_claim_of_the_guide_stands_beside_figures_of_other_years(focal: Page) -> None:
    follow(focal, "Cijfers")
    words = part(focal, "Seksuele uitbuiting is de vorm die het vaakst in de cijfers staat.")
    assert "Volgens de handreiking (zonder datum)." in words
    assert "Herkomst: Handreiking, zonder datum." in words
    claim = focal.locator("section.sl-panel").first
    years = claim.get_by_role("table").locator("tbody th").all_inner_texts()
    assert len(set(years)) >= 2
    assert all(source.strip() for source in claim.locator("tbody td:last-child").all_inner_texts())
    look(focal, "a claim beside figures")


@pytest.mark.statement("S24")
def test_s24_the_guide_and_the_law_on_sexual_exploitation_stand_side_by_side_webcam_included(
    focal: Page,
) -> None:
    follow(focal, "Vormen", "Seksuele uitbuiting")
    unfold(focal)
    table = focal.get_by_role("table", name="Onderdelen van het begrip")
    expect(table).to_contain_text("webcam")
    expect(table.get_by_role("columnheader", name="De wet")).to_be_visible()


def test_a_sensitive_branch_says_what_to_ask_and_what_to_agree(focal: Page) -> None:
    follow(focal, "Sectoren", "Seksbranche")
    assert "Kan ook:" in part(focal, "Wat u kunt zien")
    follow(focal, "Seksuele uitbuiting: branches")
    expect(focal.locator("#SEK-BR4")).to_be_visible()
    assert "Hoe u ziet dat het gedaan is" in focal.locator("#SEK-BR4").inner_text()
    follow(focal, "Handboek", "Branches", "Bars en restaurants")
    assert "coulance" in part(focal, "Wat u mag vragen")
    licence = part(focal, "Wat melden betekent voor de vergunning")
    assert "25 november 2026" in licence
    assert "niet bevestigd" in licence


@pytest.mark.statement("S33")
def test_s33_the_guide_and_the_law_on_criminal_exploitation_stand_side_by_side_begging_included(
    focal: Page,
) -> None:
    follow(focal, "Vormen", "Criminele uitbuiting")
    words = part(focal, "De handreiking en de wet naast elkaar")
    assert "bedelen" in words
    expect(focal.get_by_role("columnheader", name="De wet")).to_be_visible()


@pytest.mark.statement("S33")
def test_s33_a_suspect_can_also_be_a_possible_victim(people: People, backstage: Backstage) -> None:
    page = people.someone(FOCAL)
    page.goto(f"/werk/casussen/{taken_in(backstage, where='Bedelaarspad 4, Maasdijk').case}/betrokkene/")
    page.get_by_text("Persoon", exact=True).click()
    page.get_by_label("Wat is er bekend?").fill("Jongen, ongeveer 17, moest stelen")
    page.get_by_text("verdachte", exact=True).click()
    page.get_by_text("mogelijk slachtoffer", exact=True).click()
    page.get_by_role("main").get_by_role("button").last.click()
    found = page.locator(".sl-subject").filter(has_text="moest stelen")
    expect(found).to_contain_text("verdachte")
    expect(found).to_contain_text("slachtoffer")


def test_a_clerk_takes_the_card_of_the_desk_with_the_number_of_the_municipality(people: People) -> None:
    page = people.anyone(phone=True)
    page.goto("/handboek/")
    follow(page, "Kaarten", "Burgerzaken, balie basisregistratie (BRP)")
    unfold(page)
    page.get_by_role("link", name="Westland", exact=True).click()
    expect(page.get_by_text("Melden in Westland")).to_be_visible()
    assert page.url.endswith("?gemeente=GM1783")
    look(page, "a card")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Druk af op A5").click()
    assert kept.value.suggested_filename == "kaart.pdf"
    follow(page, "Kaart voor de balie")
    assert page.title() == "Kaart voor de balie"
    look(page, "the card at the counter")
    assert page.context.cookies() == []


def test_a_focal_point_reads_how_heavily_a_signal_weighs(people: People) -> None:
    page = people.someone(FOCAL, phone=True)
    page.goto("/handboek/kaarten/vorm/criminele_uitbuiting/")
    expect(page.get_by_text("Is er nu gevaar? Bel 112.").first).to_be_visible()
    page.get_by_text("Hoe zwaar elk signaal weegt, en waarom").click()
    expect(page.get_by_text("Tel gewichten nooit op.")).to_be_visible()
    look(page, "weights of signals")


def test_who_makes_another_program_takes_the_terms_from_the_first_page(people: People) -> None:
    page = people.anyone(phone=True)
    page.goto("/handboek/")
    look(page, "the first page of the handbook")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Begrippen als bestand").click()
    assert kept.value.suggested_filename == "begrippen.jsonld"
    terms = json.loads(kept.value.path().read_text(encoding="utf-8"))
    assert {"id": "begrip:forms", "type": "skos:ConceptScheme"}.items() <= terms["@graph"][0].items()
    assert page.context.cookies() == []


def test_a_printed_page_has_the_words_and_not_the_way_around(people: People) -> None:
    page = people.anyone()
    page.goto("/handboek/kaarten/rol/brp/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Let hierop")).to_be_visible()
    expect(page.get_by_role("link", name="Meld wat u zag")).to_be_hidden()
    expect(page.get_by_text("Bronnen", exact=True)).to_be_hidden()


def test_the_barriers_can_be_pressed_on_a_phone_without_script(people: People) -> None:
    page = people.anyone(phone=True, script=False)
    page.goto("/handboek/barrieres/vorm/arbeidsuitbuiting/")
    expect(page.locator(".sl-chain--across")).to_be_hidden()
    page.locator(".sl-chain--down a").first.click()
    expect(page.get_by_role("heading", name="Instrumenten")).to_be_visible()


SHORT = (
    "/handboek/",
    "/handboek/wie-bel-ik/",
    "/handboek/nummers/",
    "/handboek/kaarten/",
    "/handboek/kaarten/rol/brp/",
    "/handboek/informatiepunten/",
    "/handboek/cijfers/",
    "/handboek/vormen/arbeidsuitbuiting/",
    "/handboek/partners/",
    "/handboek/partners/shop/",
    "/werken-en-wonen/nl/",
    "/werken-en-wonen/pl/",
    "/werken-en-wonen/ar/loon/",
    "/werken-en-wonen/ar/waar/",
)
SCREENS = 3
TALL = "(main) => main.scrollHeight"


def test_what_a_newcomer_opens_on_a_phone_is_at_most_three_screens(people: People) -> None:
    page = people.anyone(phone=True)
    height = page.viewport_size["height"] if page.viewport_size else 0
    long = {}
    for address in SHORT:
        page.goto(address)
        if (whole := page.locator("main").evaluate(TALL)) > SCREENS * height:
            long[address] = whole
    page.goto("/handboek/wie-bel-ik/")
    page.get_by_label("Een volwassene wil hulp").check()
    page.get_by_label("In welke gemeente is het?").select_option("GM1783")
    page.get_by_role("button", name="Toon wie ik bel").click()
    expect(page.get_by_role("heading", name="Houd bij de hand")).to_be_visible()
    if (answer := page.locator("main").evaluate(TALL)) > SCREENS * height:
        long["the answer"] = answer
    assert long == {}


def test_a_link_opens_the_fold_it_leads_into_and_paper_shows_every_fold(people: People) -> None:
    page = people.anyone()
    page.goto("/handboek/informatiepunten/?gemeente=GM0503#leger")
    expect(page.locator("#leger")).to_be_visible()
    page.goto("/handboek/cijfers/")
    table = page.locator("main table").first
    expect(table).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(table).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(table).to_be_hidden()


def test_paper_is_white_whatever_the_screen_is(people: People) -> None:
    page = people.anyone()
    page.goto("/handboek/kaarten/")
    page.emulate_media(media="print", color_scheme="dark")
    ink, ground = page.locator("body").evaluate(
        "(body) => [getComputedStyle(body.querySelector('h1')).color, getComputedStyle(body).backgroundColor]"
    )
    assert ground == "rgb(255, 255, 255)"
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 80, ink
