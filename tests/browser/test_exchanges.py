"""Between organisations: a case changes hands, a question goes there and back, somebody finds whom to ask."""

import pytest
from playwright.sync_api import expect

from sluitend.kernel.organisations.models import Organisation
from tests import samples
from tests.browser.behind import FOCAL
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

RECEIVER, INSPECTOR = "af@denhaag.example", "nla@arbeidsinspectie.example"
CARE = "zorg@shop.example"


def test_a_case_goes_to_another_municipality(people: People, backstage: Backstage) -> None:
    with backstage():
        # In the year of the demonstration the police asked to wait at the place of the samples.
        case = samples.ready_to_hand_over(samples.content(where="Zwethkade 53, De Lier"))
    sender = people.someone(FOCAL)
    sender.goto(f"/werk/casussen/{case}/overdragen/")
    look(sender, "handing over")
    hand = Hand(sender)
    hand.press("Draag over")
    expect(sender.get_by_role("alert")).to_be_focused()
    look(sender, "handing over without a municipality")
    sender.get_by_label("Welke gemeente neemt dit over?").select_option("GM0518")
    hand.type("Waarom hoort dit bij die gemeente?", "De schuur staat daar.")
    hand.press("Draag over")
    sender.wait_for_url("**/werk/overdrachten/**")
    address = sender.url
    look(sender, "sent to another municipality")

    receiver = people.someone(RECEIVER)
    receiver.goto(address)
    assert samples.PLANT not in receiver.content()
    look(receiver, "asked to take over")
    Hand(receiver).press("Neem de casus over")
    receiver.wait_for_url("**/werk/casussen/**")
    expect(receiver.get_by_text("overgedragen door Gemeente Westland").first).to_be_visible()
    look(receiver, "the case that was taken over")

    sender.goto(f"/werk/casussen/{case}/")
    look(sender, "a case that went")
    Hand(sender).go_on()
    sender.wait_for_url("**/werk/overdrachten/**")
    look(sender, "taken over by another municipality")
    hand.press("Vertel de melder en sluit")
    expect(sender.get_by_text("is eigenaar. Uw casus is gesloten.")).to_be_visible()
    look(sender, "handed over")

    receiver.goto(address)
    receiver.get_by_text("ook met een vraag aan de melder").click()
    writing = Hand(receiver)
    writing.type("Uw bericht", "Op welke dagen was dat?")
    writing.press("Verstuur uw bericht")
    expect(receiver.get_by_text("Op welke dagen was dat?")).to_be_visible()
    sender.goto(address)
    look(sender, "a message of the new owner")
    hand.press("Gelezen")
    expect(sender.get_by_role("status").first).to_be_visible()


@pytest.mark.statement("S06")
def test_a_partner_finds_a_focal_point_and_hands_over_a_signal(people: People) -> None:
    partner = people.someone(INSPECTOR, phone=True)
    partner.goto("/werk/gids/")
    partner.get_by_role("searchbox", name="Zoek in de gids").fill("westland")
    partner.get_by_role("button", name="Zoek", exact=True).click()
    expect(partner.get_by_role("link", name="Vraag iets Gemeente Leiden")).to_have_count(0)
    look(partner, "the directory, searched")
    partner.get_by_role("link", name="Vraag iets Gemeente Westland").click()
    partner.wait_for_url("**/werk/verzoek/nieuw/**")
    look(partner, "asking a municipality")
    hand = Hand(partner)
    hand.choose("Wat is het?", "Vraag")
    hand.type("Uw vraag", "Bij een bedrijf sliepen mensen boven de oven.")
    partner.get_by_label("Het gaat misschien om een kind").check()
    hand.press("Verstuur uw vraag")
    partner.wait_for_url("**/werk/verzoeken/**")
    address = partner.url
    look(partner, "a question that was sent")

    focal_point = people.someone(FOCAL)
    focal_point.goto(address)
    assert "boven de oven" not in focal_point.content()
    expect(focal_point.get_by_text("Minderjarig", exact=True).first).to_be_visible()
    look(focal_point, "a question of a partner")
    reading = Hand(focal_point)
    reading.press("Neem aan en lees")
    expect(focal_point.get_by_text("boven de oven").first).to_be_visible()
    look(focal_point, "a question of a partner, read")
    reading.press("Maak er een melding van")
    focal_point.wait_for_url("**/werk/binnen/**")
    expect(focal_point.get_by_text("boven de oven").first).to_be_visible()

    partner.goto(address)
    expect(partner.get_by_text("Opgenomen als melding").first).to_be_visible()
    look(partner, "taken in as a report")


def test_information_is_asked_about_a_case_and_secrecy_first(people: People, backstage: Backstage) -> None:
    with backstage():
        who = samples.actor(FOCAL)
        case = samples.take_in(samples.file_report(Organisation.objects.get(code="GM1783"))[0], who)
    asker, asked = people.someone(FOCAL), people.someone(CARE, phone=True)
    asker.goto(f"/werk/casussen/{case}/")
    asker.get_by_role("link", name="Vraag informatie op").click()
    look(asker, "whom to ask what")
    asker.get_by_role("link", name="Helpt u deze persoon al? SHOP").click()
    look(asker, "asking who is bound by secrecy")
    asking = Hand(asker)
    asking.press("Verstuur uw vraag")
    expect(asker.get_by_role("alert")).to_be_focused()
    asker.get_by_label("Dat iemand zorg nodig heeft").check()
    asking.type("Uw vraag", "Helpt u deze persoon al?")
    asking.press("Verstuur uw vraag")
    asker.wait_for_url("**/werk/verzoeken/**")
    address = asker.url
    look(asker, "information asked")

    asked.goto(address)
    answering = Hand(asked)
    answering.press("Neem aan en lees")
    look(asked, "asked under secrecy")
    answering.choose("Uw antwoord", "Wij hebben iets en mogen dat delen")
    answering.press("Stuur antwoord")
    expect(asked.get_by_text("U zei dat u hier iets over hebt.")).to_be_visible()

    asker.reload()
    look(asker, "a hit")
    asker.get_by_role("link", name="Vraag verder").click()
    look(asker, "asking further")
    asking.type("Waarom hebt u meer nodig?", "Er komt een controle.")
    asking.press("Vraag verder")
    expect(asker.get_by_text("las uw vraag en antwoordt nog.")).to_be_visible()

    asked.reload()
    look(asked, "asked for more")
    answering.choose("Uw antwoord", "Dit kunnen wij delen")
    answering.type("Dat iemand zorg nodig heeft", "Een rustige plek.")
    answering.press("Stuur antwoord")
    expect(asked.get_by_role("alert")).to_be_focused()
    look(asked, "sharing without a ground")
    asked.get_by_label("Op welke grondslag deelt u dit?").select_option("avg_6_1_d")
    answering.press("Stuur antwoord")
    expect(asked.get_by_text("U hebt geantwoord.")).to_be_visible()

    asker.reload()
    expect(asker.get_by_text("Een rustige plek.")).to_be_visible()
    look(asker, "answered")
    asking.press("Gelezen, klaar")
    expect(asker.get_by_role("status").first).to_be_visible()
