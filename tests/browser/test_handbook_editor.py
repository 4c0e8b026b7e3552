"""The coordinator's handbook: two people make one release, and nobody writes over the other unseen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.looking import look
from tests.browser.people import People

MEREL, JORIS = "regio@rsiv.example", "handboek@rsiv.example"
HANDBOOK = "/werk/handboek/"
MEASURE = f"{HANDBOOK}regel/measures/INT-02/"


def begin(page: Page) -> None:
    """Start a draft, or go on with the one that another test left."""
    page.goto(HANDBOOK)
    start = page.get_by_role("button", name="Begin een concept")
    if start.count():
        start.click()
        expect(page.get_by_role("heading", name=re.compile("Het concept wijzigt"))).to_be_visible()


def drop(page: Page) -> None:
    """Put the draft away."""
    page.goto(f"{HANDBOOK}wijzigingen/")
    page.get_by_text("Leg het concept weg").click()
    page.get_by_role("button", name="Ja, leg het weg").click()
    expect(page.get_by_role("heading", name="Er is geen concept")).to_be_visible()


def evidence(page: Page) -> str:
    """Return what the form has as the evidence of a measure."""
    return page.get_by_label("Bewijs (Nederlands)").input_value()


def test_one_edits_another_publishes_and_both_can_go_back(people: People) -> None:
    merel, joris = people.someone(MEREL), people.someone(JORIS)
    merel.goto(HANDBOOK)
    look(merel, "handbook without a draft")
    begin(merel)
    look(merel, "handbook with a draft")
    merel.get_by_text("Wat u kunt doen (").click()
    merel.get_by_role("link", name="Maatregelen", exact=True).click()
    look(merel, "list of measures")
    merel.get_by_label("Zoek in deze lijst").fill("INT-02")
    merel.get_by_role("button", name="Zoek", exact=True).click()
    merel.get_by_role("rowheader").get_by_role("link").first.click()
    before = evidence(merel)
    merel.get_by_label("Bewijs (Nederlands)").fill("een lijst met namen van modules")
    expect(merel.get_by_text("Dit klopt.")).to_be_visible()
    look(merel, "form of a measure")
    merel.get_by_role("button", name="Bewaar in het concept").click()
    expect(merel.get_by_text("Bewaard in het concept.")).to_be_visible()
    merel.goto(f"{HANDBOOK}wijzigingen/")
    expect(merel.get_by_text("een lijst met namen van modules")).to_be_visible()
    look(merel, "changes of a draft")
    merel.get_by_role("button", name="Zet klaar om na te kijken").click()
    expect(merel.get_by_text("Een collega met dezelfde rol kijkt het na.")).to_be_visible()
    expect(merel.get_by_role("button", name="Geef uit als nieuwe uitgave")).to_have_count(0)

    joris.goto(HANDBOOK)
    joris.get_by_role("link", name="Kijk na en geef uit").click()
    expect(joris.get_by_text(before, exact=True)).to_be_visible()
    look(joris, "a draft to check")
    joris.get_by_role("button", name="Geef uit als nieuwe uitgave").click()
    expect(joris.get_by_text("De nieuwe uitgave geldt nu.")).to_be_visible()
    joris.goto(MEASURE)
    expect(joris.get_by_text("een lijst met namen van modules")).to_be_visible()

    joris.goto(HANDBOOK)
    joris.get_by_role("button", name=re.compile("Ga terug naar")).first.click()
    expect(joris.get_by_text("Het concept zet alles terug.")).to_be_visible()
    joris.get_by_role("button", name="Zet klaar om na te kijken").click()
    expect(joris.get_by_text("Een collega met dezelfde rol kijkt het na.")).to_be_visible()
    merel.goto(f"{HANDBOOK}wijzigingen/")
    merel.get_by_role("button", name="Geef uit als nieuwe uitgave").click()
    expect(merel.get_by_text("De nieuwe uitgave geldt nu.")).to_be_visible()
    merel.goto(MEASURE)
    expect(merel.get_by_text(before, exact=True)).to_be_visible()


def test_the_second_of_two_on_one_entry_reads_who_was_first_and_keeps_what_they_typed(people: People) -> None:
    merel, joris = people.someone(MEREL), people.someone(JORIS, phone=True)
    begin(merel)
    merel.goto(MEASURE)
    joris.goto(MEASURE)
    merel.get_by_label("Bewijs (Nederlands)").fill("van Merel")
    joris.get_by_label("Bewijs (Nederlands)").fill("van Joris")
    merel.get_by_role("button", name="Bewaar in het concept").click()
    expect(merel.get_by_text("Bewaard in het concept.")).to_be_visible()
    joris.get_by_role("button", name="Bewaar in het concept").click()
    expect(joris.get_by_text("Merel van Dijk was eerst")).to_be_visible()
    expect(joris.get_by_text("van Merel", exact=True).first).to_be_visible()
    assert evidence(joris) == "van Joris"
    look(joris, "two edited one entry")
    joris.get_by_role("button", name="Bewaar in het concept").click()
    expect(joris.get_by_text("Bewaard in het concept.")).to_be_visible()
    merel.goto(MEASURE)
    assert evidence(merel) == "van Joris"
    drop(merel)


def test_what_is_not_right_is_said_while_it_is_typed_and_when_it_is_saved(people: People) -> None:
    merel = people.someone(MEREL)
    begin(merel)
    merel.goto(MEASURE)
    merel.get_by_label("Bewijs (Nederlands)").fill("")
    expect(merel.get_by_text("de Nederlandse tekst ontbreekt")).to_be_visible()
    merel.get_by_role("button", name="Bewaar in het concept").click()
    expect(merel.get_by_role("alert")).to_contain_text("de Nederlandse tekst ontbreekt")
    look(merel, "an entry that came back")
    merel.goto(f"{HANDBOOK}lijst/help_lines/nieuw/")
    look(merel, "a new entry")
    merel.get_by_role("button", name="Bewaar in het concept").click()
    expect(merel.get_by_role("alert")).to_contain_text("Dit klopt nog niet")
    merel.goto(f"{HANDBOOK}aandacht/")
    look(merel, "what asks for attention")
    drop(merel)


def test_a_wrong_sheet_is_refused_with_its_row_and_a_right_one_is_taken_in(people: People) -> None:
    merel = people.someone(MEREL)
    begin(merel)
    merel.goto(f"{HANDBOOK}lijst/help_lines/")
    merel.get_by_text("Werk liever in een rekenblad").click()
    with merel.expect_download() as given:
        merel.get_by_role("link", name="Haal deze lijst op").click()
    sheet = given.value.path().read_bytes()
    box = merel.get_by_label("Zet een bewerkt rekenblad terug")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    box.set_input_files({"name": "lijst.xlsx", "mimeType": kind, "buffer": b"geen rekenblad"})
    merel.get_by_role("button", name="Neem over in het concept").click()
    expect(merel.get_by_text("Er is niets veranderd.")).to_be_visible()
    look(merel, "a sheet that is refused")
    merel.get_by_role("link", name="Terug naar de lijst").click()
    merel.get_by_text("Werk liever in een rekenblad").click()
    box.set_input_files({"name": "lijst.xlsx", "mimeType": kind, "buffer": sheet})
    merel.get_by_role("button", name="Neem over in het concept").click()
    expect(merel.get_by_text("Zoveel regels veranderen: 0.")).to_be_visible()
    drop(merel)


def test_who_read_a_translation_is_asked_by_name_and_kept(people: People) -> None:
    merel = people.someone(MEREL)
    begin(merel)
    merel.goto(f"{HANDBOOK}regel/card_answers/weet_niet/")
    merel.get_by_text("Wie dit nalas, per taal").click()
    merel.get_by_label("Taal", exact=True).select_option("pl")
    merel.get_by_role("button", name="Leg vast dat dit is nagelezen").click()
    expect(merel.get_by_text("Schrijf wie de woorden las.")).to_be_visible()
    merel.get_by_text("Wie dit nalas, per taal").click()
    merel.get_by_label("Taal", exact=True).select_option("pl")
    merel.get_by_label("Wie las het?").fill("Een beëdigd tolk")
    look(merel, "who read a translation")
    merel.get_by_role("button", name="Leg vast dat dit is nagelezen").click()
    expect(merel.get_by_text("Bewaard in het concept: wie het nalas, en wanneer.")).to_be_visible()
    merel.goto(f"{HANDBOOK}wijzigingen/")
    expect(merel.get_by_text("Een beëdigd tolk")).to_be_visible()
    drop(merel)
