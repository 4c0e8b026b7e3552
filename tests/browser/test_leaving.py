"""Composing a referral with words that tell who somebody is: looked at first, at both widths."""

import re

from playwright.sync_api import expect

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.behind import FOCAL, referred, taken_in
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

TOLD = "Een man, Marek Nowak, heeft geen verblijfsvergunning. Hij is suikerpatiënt. Bel 06 1234 5678."


def test_each_marked_word_is_looked_at_before_anything_goes(people: People, backstage: Backstage) -> None:
    matter = taken_in(backstage, where="Zwethkade 77, De Lier", saw=TOLD, think="", people="Vijf mensen")
    with backstage():
        who = samples.actor(FOCAL)
        person = NewSubject("person", "Marek Nowak", identifiers=(("name_birth", "Marek Nowak|1999-05-03"),))
        with acting(who):
            cases.add_subject(actor=who, code=matter.case, new=person)
        samples.weigh(matter.case, who)
        samples.compose(matter.case, who)
    page = people.someone(FOCAL)
    page.goto(f"/werk/casussen/{matter.case}/doorzetten/locatie/")
    look(page, "words to look at")
    hand = Hand(page)
    hand.type("Uw vraag aan de partner", "Wilt u daar gaan kijken?")
    hand.press("Bekijk nog 4 woorden")
    expect(page.get_by_role("alert")).to_contain_text("Bekijk nog 4 woorden")
    look(page, "words that were not looked at")
    for group in page.get_by_role("radiogroup", name=re.compile("^“")).all():
        group.locator("label").filter(has_text="Weglaten").click()
    expect(page.locator("#voorbeeld")).to_contain_text("Een man, […], heeft geen […].")
    expect(hand.button("Verstuur naar")).to_be_visible()
    look(page, "all was looked at")
    hand.press("Verstuur naar")
    expect(page.get_by_role("heading", name="Wat is gedeeld")).to_be_visible()
    shared = page.get_by_role("main").inner_text()
    assert "Een man, […], heeft geen […]. Hij is […]. Bel […]." in shared
    assert "Marek" not in shared


def test_a_partners_own_words_are_looked_at_too(people: People, backstage: Backstage) -> None:
    matter = referred(backstage, where="Zwethkade 78, De Lier")
    partner = people.someone("nla@arbeidsinspectie.example")
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    hand = Hand(partner)
    hand.press("Neem aan en lees")
    partner.locator("label.sl-choice").filter(has_text="Opgepakt").first.click()
    hand.type("Toelichting", "Wij spraken Oksana Bondar. Zij is bij ons.")
    hand.press("Stuur antwoord")
    expect(partner.get_by_role("alert")).to_contain_text("Bekijk nog 1 woord")
    look(partner, "a partner's words to look at")
    partner.get_by_role("radiogroup", name=re.compile("^“")).locator("label").filter(
        has_text="Mag mee"
    ).click()
    hand.press("Stuur antwoord")
    expect(partner.get_by_text("Uw antwoord is verstuurd. Dank u wel.")).to_be_visible()


def test_another_municipality_reads_what_somebody_wrote(people: People, backstage: Backstage) -> None:
    with backstage():
        case = samples.ready_to_hand_over()
        who = samples.actor(FOCAL)
        with acting(who):
            seen = NewObservation("fact", "Toen kwam Oksana Bondar met een tas.")
            cases.add_observation(actor=who, code=case, new=seen)
    page = people.someone(FOCAL)
    page.goto(f"/werk/casussen/{case}/overdragen/")
    look(page, "handing over with a word to look at")
    hand = Hand(page)
    page.get_by_label("Welke gemeente neemt dit over?").select_option("GM0518")
    hand.type("Waarom hoort dit bij die gemeente?", "De schuur staat daar.")
    row = page.locator(".sl-tell").filter(has_text="Oksana")
    row.get_by_role("textbox").fill("Toen kwam een vrouw met een tas.")
    hand.press("Draag over")
    page.wait_for_url("**/werk/overdrachten/**")
    shared = page.get_by_role("main").inner_text()
    assert "Toen kwam een vrouw met een tas." in shared
    assert "Oksana" not in shared
