"""Ways to a partner without an account: every page of them, fit for everybody, at both widths."""

import re

from playwright.sync_api import expect

from sluitend.journeys.referrals import actions
from sluitend.journeys.referrals.choosing import Choice
from sluitend.journeys.referrals.queries.offers import offer_for
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.behind import FOCAL, Matter, taken_in
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.test_published_cases import mailed


def waiting(backstage: Backstage, where: str) -> Matter:
    """A case of Westland that was put ready for a pick-up page."""
    matter = taken_in(backstage, where=where)
    with backstage():
        who = samples.actor(FOCAL)
        samples.weigh(matter.case, who)
        samples.compose(matter.case, who)
        with acting(who):
            offer = offer_for(matter.case, "place", who)
            choice = Choice(
                partner=offer.partners[0].id,
                channel="pickup",
                basis=offer.bases[0].id,
                purpose=offer.purposes[0].id,
                answer_by=offer.answer_by,
                expires=offer.expires,
                parts=frozenset(
                    part.id for part in offer.parts if part.allowed and part.text and not part.never
                ),
                question="Kent u dit adres?",
            )
            code = actions.send(case_code=matter.case, track="place", choice=choice, actor=who)
    return Matter(matter.report, matter.receipt, matter.case, code)


def test_a_link_and_a_code_that_went_two_ways_open_the_page_once(
    people: People, backstage: Backstage
) -> None:
    matter = waiting(backstage, "Zwethkade 71, De Lier")
    sender = people.someone(FOCAL)
    sender.goto(f"/werk/doorgezet/{matter.referral}/")
    look(sender, "before link and code")
    sender.get_by_label("E-mailadres van de partner").fill("postbus@partner.example")
    Hand(sender).press("Mail de link en toon de code")
    expect(sender.get_by_role("heading", name="Lees deze code voor")).to_be_visible()
    look(sender, "the code, once")
    sender.wait_for_load_state()
    told = "-".join(sender.locator(".sl-receipt span").all_inner_texts())
    link = mailed(backstage, matter.referral)

    partner = people.anyone(phone=True)
    partner.goto(link)
    look(partner, "asking for the code")
    hand = Hand(partner)
    partner.get_by_label("Uw code").fill("ABCD")
    hand.press("Open met deze code")
    expect(partner.get_by_role("alert")).to_be_focused()
    look(partner, "a wrong code")
    partner.get_by_label("Uw code").fill(told)
    hand.press("Open met deze code")
    expect(partner.get_by_role("button", name="Neem aan en lees")).to_be_visible()
    assert "Zwethkade" not in partner.content()
    look(partner, "before accepting, without an account")
    partner.get_by_text("Terugsturen: kies een reden").click()
    hand.press("Stuur terug met deze reden")
    expect(partner.get_by_role("alert")).to_be_focused()
    hand.press("Neem aan en lees")
    expect(partner.get_by_text("Zwethkade 71, De Lier").first).to_be_visible()
    look(partner, "accepted, without an account")
    partner.get_by_text("Stel een vraag aan de gemeente").click()
    hand.type("Uw vraag", "Welke ingang? Bel mij.")
    hand.press("Verstuur uw vraag")
    expect(partner.get_by_text("De gemeente belt u met het antwoord.")).to_be_visible()

    other = people.anyone()
    other.goto(link)
    other.get_by_label("Uw code").fill(told)
    Hand(other).press("Open met deze code")
    expect(other.get_by_role("alert")).to_be_focused()

    sender.goto(f"/werk/doorgezet/{matter.referral}/")
    expect(sender.get_by_text("Welke ingang? Bel mij.")).to_be_visible()
    sender.get_by_text("Haal terug", exact=True).click()
    sender.locator("details[open] label.sl-chip").first.click()
    Hand(sender).press("Haal de doorzetting terug")
    expect(sender.get_by_role("status").first).to_be_visible()
    partner.reload()
    expect(partner.get_by_label("Uw code")).to_be_visible()
    assert "Zwethkade" not in partner.content()


def test_the_list_of_the_month_is_worked_in_by_keyboard(people: People, backstage: Backstage) -> None:
    matter = waiting(backstage, "Zwethkade 72, De Lier")
    with backstage():
        who = samples.actor(FOCAL)
        with acting(who):
            actions.start_pickup(code=matter.referral, address="postbus@partner.example", actor=who)
    page = people.someone(FOCAL)
    page.goto("/werk/doorgezet/")
    look(page, "sent, with a list that is due")
    page.get_by_role("link", name="Maandlijst per partner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maandlijst")
    look(page, "lists of the month")
    page.get_by_role("link", name="Nederlandse Arbeidsinspectie").click()
    row = page.get_by_role("row").filter(has_text=matter.referral)
    expect(row).to_be_visible()
    look(page, "the list of one partner")
    answer, day = row.get_by_role("combobox"), row.locator("input")
    answer.focus()
    page.keyboard.type("Opg")
    expect(answer).to_have_value("opgepakt")
    right = day.input_value()
    day.fill("2030-01-01")
    page.get_by_role("button", name="Leg vast wat is ingevuld").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look(page, "a row that is not right yet")
    expect(answer).to_have_value("opgepakt")
    day.fill(right)
    page.get_by_role("button", name="Leg vast wat is ingevuld").click()
    expect(page.get_by_text("1 antwoord is vastgelegd.")).to_be_visible()
    expect(row.get_by_text("Laatste antwoord: Opgepakt")).to_be_visible()
    page.goto(f"/werk/doorgezet/{matter.referral}/antwoord/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\s*Wat antwoordde"))
    look(page, "noting an answer")


def test_a_pick_up_page_speaks_english(people: People, backstage: Backstage) -> None:
    matter = waiting(backstage, "Zwethkade 73, De Lier")
    with backstage():
        who = samples.actor(FOCAL)
        with acting(who):
            told = actions.start_pickup(code=matter.referral, address="postbus@partner.example", actor=who)
    page = people.anyone()
    page.context.add_cookies([{"name": "taal", "value": "en", "url": people.site.address}])
    page.goto(mailed(backstage, matter.referral))
    page.get_by_label("Your code").fill(told)
    page.get_by_role("button", name="Open with this code").click()
    expect(page.get_by_role("button", name="Accept and read")).to_be_visible()
