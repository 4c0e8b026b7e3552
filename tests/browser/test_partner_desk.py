"""A partner at work: a day with an answer, a queue for two, finding what it holds, a signal as a report."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import expect

from sluitend.kernel.organisations.models import Account, Organisation, Role
from tests import roles, tiers
from tests.browser.behind import FOCAL, referred
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

INSPECTOR, POLICE = "nla@arbeidsinspectie.example", "avim@politie.example"
WIDTHS = tiers.either([True], [True, False])


@pytest.mark.parametrize("phone", WIDTHS)
def test_an_answer_has_a_day_and_the_sender_may_wait_no_further(
    people: People, backstage: Backstage, phone: bool
) -> None:
    matter = referred(backstage, where="Zwethkade 61, De Lier")
    partner = people.someone(INSPECTOR, phone=phone)
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    hand = Hand(partner)
    hand.press("Neem aan en lees")
    hand.choose("Kies een antwoord", "Mag niets zeggen")
    expect(partner.get_by_label("Vóór welke dag komt er meer bericht?")).to_be_visible()
    look(partner, "answering with a day")
    hand.choose("Kies een antwoord", "Afgesloten")
    expect(partner.get_by_label("Vóór welke dag komt er meer bericht?")).to_be_hidden()
    hand.choose("Kies een antwoord", "Mag niets zeggen")
    hand.press("Stuur antwoord")
    partner.wait_for_url("**/werk/ontvangen/")
    expect(partner.get_by_text("Meer bericht vóór").first).to_be_visible()
    look(partner, "what is received, with the day of the next word")

    focal_point = people.someone(FOCAL, phone=phone)
    focal_point.goto(f"/werk/doorgezet/{matter.referral}/")
    expect(focal_point.get_by_text("Meer bericht vóór").first).to_be_visible()
    look(focal_point, "an answer of who may say nothing")
    reading = Hand(focal_point)
    reading.press("Gelezen, ga verder")
    focal_point.locator("summary", has_text="Wacht niet verder").click()
    look(focal_point, "waiting no further")
    reading.press("Wacht niet verder")
    expect(focal_point.get_by_text("U wacht niet verder.")).to_be_visible()
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    expect(partner.get_by_text("Dit is niet meer te lezen.")).to_be_visible()
    assert "Zwethkade" not in partner.content()
    look(partner, "ended by the sender")
    partner.goto("/werk/ontvangen/klaar/")
    look(partner, "what is over at a partner")


@pytest.mark.parametrize("phone", WIDTHS)
def test_two_people_share_a_queue_and_find_what_they_hold(
    people: People, backstage: Backstage, phone: bool
) -> None:
    matter = referred(backstage, where="Zwethkade 62, De Lier")
    with backstage():
        inspectorate = Organisation.objects.get(code="arbeidsinspectie")
        second = Account.objects.get(email="heit@denhaag.example")
        roles.give(second.pk, inspectorate.pk, Role.PARTNER)
    partner = people.someone(INSPECTOR, phone=phone)
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    hand = Hand(partner)
    look(partner, "taken care of by nobody")
    hand.press("Ik pak dit op")
    expect(partner.get_by_text("U pakt dit op.")).to_be_visible()
    hand.press("Neem aan en lees")
    partner.locator("summary", has_text="Uw eigen kenmerk").click()
    hand.type("Uw eigen kenmerk", "PL1500-2026")
    hand.press("Bewaar")
    expect(partner.get_by_text("Uw kenmerk: PL1500-2026")).to_be_visible()
    look(partner, "taken care of, with a number of its own")
    partner.goto("/werk/ontvangen/?van=mij")
    expect(partner.get_by_text(matter.referral).first).to_be_visible()
    look(partner, "what one takes care of")
    for words in ("zwethkade 62 de lier", "PL1500 2026"):
        partner.goto("/werk/zoeken/")
        partner.locator("main input[name=q]").fill(words)
        partner.locator("main").get_by_role("button", name="Zoek", exact=True).click()
        expect(partner.get_by_text(matter.referral).first).to_be_visible()
        assert "wethkade" not in partner.url
    look(partner, "found by a partner")


@pytest.mark.parametrize("phone", WIDTHS)
def test_a_signal_of_a_partner_stands_in_the_inbox(
    people: People, link_the_ledger: Callable[[], None], phone: bool
) -> None:
    partner = people.someone(POLICE, phone=phone)
    partner.goto("/werk/signaal/")
    hand = Hand(partner)
    look(partner, "a signal, empty")
    hand.press("Meld dit")
    expect(partner.get_by_role("alert").first).to_be_focused()
    look(partner, "a signal, with what is missing")
    hand.type("Vertel wat er gebeurde", "Zes mannen stapten uit een witte bus bij de kas.")
    hand.type("Waar was dat?", "Zwethkade 63, De Lier")
    hand.type("Kenteken", "VB-456-Z")
    hand.choose("Is er iemand jonger dan 18 jaar?", "Nee")
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    partner.locator('input[type="file"]').set_input_files(
        {"name": "bus.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    hand.type("Uw functie", "rechercheur")
    hand.press("Meld dit")
    expect(partner.get_by_text("Hiermee volgt u dit")).to_be_visible()
    look(partner, "a signal that was sent")

    focal_point = people.someone(FOCAL)
    focal_point.goto("/werk/binnen/")
    expect(focal_point.get_by_text("Zwethkade 63").first).to_be_visible()
