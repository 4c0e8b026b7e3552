"""A partner: nothing of the matter before accepting, and nothing kept of what was returned."""

from playwright.sync_api import expect

from tests.browser.behind import FOCAL, referred
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

INSPECTOR = "nla@arbeidsinspectie.example"


def test_a_partner_returns_with_a_reason_and_keeps_nothing(people: People, backstage: Backstage) -> None:
    matter = referred(backstage, where="Zwethkade 51, De Lier")
    partner = people.someone(INSPECTOR)
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    partner.get_by_text("Terugsturen: kies een reden").click()
    look(partner, "returning")
    hand = Hand(partner)
    hand.press("Stuur terug met deze reden")
    expect(partner.get_by_role("alert")).to_be_focused()
    look(partner, "returning without a reason")
    partner.locator("#terug label.sl-chip").first.click()
    hand.press("Stuur terug met deze reden")

    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    expect(partner.get_by_text("Bij u staat alleen nog deze code.")).to_be_visible()
    assert "Zwethkade" not in partner.content()
    look(partner, "returned")

    focal_point = people.someone(FOCAL)
    focal_point.goto(f"/werk/doorgezet/{matter.referral}/")
    expect(focal_point.get_by_text("Teruggegeven omdat")).to_be_visible()
    look(focal_point, "returned by the partner")


def test_a_recalled_referral_is_gone_for_the_partner(people: People, backstage: Backstage) -> None:
    matter = referred(backstage, where="Zwethkade 52, De Lier")
    focal_point = people.someone(FOCAL)
    focal_point.goto(f"/werk/doorgezet/{matter.referral}/")
    focal_point.get_by_text("Haal terug", exact=True).click()
    focal_point.locator("details[open] label.sl-chip").first.click()
    Hand(focal_point).press("Haal de doorzetting terug")
    expect(focal_point.get_by_role("status").first).to_be_visible()

    partner = people.someone(INSPECTOR)
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    expect(partner.get_by_text("De gemeente heeft dit teruggehaald.")).to_be_visible()
    assert "Zwethkade" not in partner.content()
    look(partner, "recalled")


def test_a_question_of_the_partner_is_answered(people: People, backstage: Backstage) -> None:
    matter = referred(backstage, where="Zwethkade 53, De Lier")
    partner = people.someone(INSPECTOR)
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    hand = Hand(partner)
    hand.press("Neem aan en lees")
    partner.get_by_text("Stel een vraag aan de gemeente").click()
    hand.type("Uw vraag", "Op welke dagen is daar iemand?")
    hand.press("Verstuur uw vraag")
    expect(partner.get_by_text("Op welke dagen is daar iemand?")).to_be_visible()

    focal_point = people.someone(FOCAL)
    focal_point.goto(f"/werk/doorgezet/{matter.referral}/")
    expect(focal_point.get_by_text("Op welke dagen is daar iemand?")).to_be_visible()
    look(focal_point, "a question of the partner")
    answering = Hand(focal_point)
    answering.type("Uw antwoord", "Elke ochtend, voor zes uur.")
    answering.press("Verstuur uw antwoord")
    partner.reload()
    expect(partner.get_by_text("Elke ochtend, voor zes uur.")).to_be_visible()
