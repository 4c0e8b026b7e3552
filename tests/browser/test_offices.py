"""Those who see no content: the privacy officer, the administrator, the manager, the regional coordinator."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sluitend.journeys.administration.queries.invitations import link_of
from sluitend.kernel.organisations.models import Account
from tests.browser.behind import FOCAL, taken_in
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People, sign_in
from tests.samples import PLANT

PRIVACY_OFFICER, ADMINISTRATOR = "fg@westland.example", "beheer@westland.example"
MANAGER, COORDINATOR = "manager@westland.example", "regio@rsiv.example"


def test_the_privacy_officer_sees_who_looked_and_no_content(
    people: People, backstage: Backstage, link_the_ledger: Callable[[], None]
) -> None:
    matter = taken_in(backstage, where="Zwethkade 61, De Lier")
    focal_point = people.someone(FOCAL)
    focal_point.goto(f"/werk/casussen/{matter.case}/")
    assert PLANT in focal_point.content()

    officer = people.someone(PRIVACY_OFFICER)
    officer.goto("/werk/wie-keek/")
    # What is known to the day only stands at noon, so in the morning above what was done just now.
    newest = officer.get_by_role("row").filter(has_not_text="12:00").nth(1)
    expect(newest).to_contain_text("Noor de Bruin")
    assert PLANT not in officer.content()
    assert matter.case not in officer.content()
    look(officer)
    link_the_ledger()
    Hand(officer).press("Controleer nu")
    expect(officer.get_by_text("Het logboek klopt.")).to_be_visible()
    look(officer, "the ledger checked")
    officer.goto("/werk/wie-keek/")
    Hand(officer).press("Neem een steekproef")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Steekproef")
    look(officer, "a sample")


def test_every_deed_in_the_ledger_is_said_in_words(people: People) -> None:
    officer = people.someone(PRIVACY_OFFICER)
    officer.goto("/werk/wie-keek/?period=year")
    deeds = officer.locator("tbody td[data-label='Wat']").all_inner_texts()
    assert deeds
    assert [deed for deed in deeds if "." in deed or "_" in deed] == []


def test_the_administrator_invites_somebody_who_then_chooses_a_password(
    people: People, backstage: Backstage
) -> None:
    administrator = people.someone(ADMINISTRATOR)
    administrator.goto("/werk/beheer/mensen/")
    administrator.get_by_text("Iemand uitnodigen").click()
    look(administrator, "inviting")
    hand = Hand(administrator)
    hand.type("Naam", "Tess Wouters")
    hand.type("E-mailadres", "tess@westland.example")
    administrator.get_by_label("Rol").select_option("Melder")
    hand.press("Stuur de uitnodiging")
    expect(administrator.get_by_role("heading", level=1)).to_have_text("Uitgenodigd")
    look(administrator, "the words of an invitation")
    words = "-".join(administrator.locator(".sl-receipt span").all_inner_texts())
    with backstage():
        link = link_of(Account.objects.get(email="tess@westland.example").pk)

    newcomer = people.anyone()
    newcomer.goto(f"/uitnodiging/{link}/")
    look(newcomer, "choosing a password")
    newcomer.get_by_label("De code van uw beheerder").fill(words)
    for label in ("Nieuw wachtwoord", "Nog een keer het nieuwe wachtwoord"):
        newcomer.get_by_label(label, exact=True).fill("appel fiets maandag")
    Hand(newcomer).press("Bewaar dit wachtwoord")
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Uw wachtwoord is bewaard")
    again = people.anyone()
    sign_in(again, "tess@westland.example", "appel fiets maandag")
    expect(again.get_by_role("heading", level=1)).to_have_text("Vandaag")


@pytest.mark.parametrize("who", [MANAGER, COORDINATOR, PRIVACY_OFFICER, ADMINISTRATOR])
def test_no_content_reaches_who_has_no_business_with_it(
    people: People, backstage: Backstage, who: str
) -> None:
    matter = taken_in(backstage, where="Zwethkade 62, De Lier")
    page = people.someone(who)
    links = page.locator(".sl-nav__link").evaluate_all("links => links.map((link) => link.pathname)")
    for address in sorted({link for link in links if link.startswith("/werk/")}):
        page.goto(address)
        assert PLANT not in page.content()
        assert "Zwethkade" not in page.content()
    answer = page.goto(f"/werk/casussen/{matter.case}/")
    assert answer is not None
    assert answer.status == 404


def test_a_second_person_confirms_a_role_that_was_offered(people: People) -> None:
    administrator = people.someone(ADMINISTRATOR)
    administrator.goto("/werk/beheer/mensen/")
    administrator.get_by_text("Iemand uitnodigen").click()
    hand = Hand(administrator)
    hand.type("Naam", "Bram Visser")
    hand.type("E-mailadres", "bram@westland.example")
    administrator.get_by_label("Rol").select_option("Vervanger")
    hand.press("Stuur de uitnodiging")
    expect(administrator.get_by_role("heading", level=1)).to_have_text("Uitgenodigd")
    officer = people.someone(PRIVACY_OFFICER)
    officer.goto("/werk/")
    officer.get_by_role("main").get_by_role("link", name="Kijk", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Wie mag wat, en wie gaf het")
    look(officer, "who may do what")
    officer.get_by_role("button", name=re.compile("Bevestig deze rol.*Bram Visser")).click()
    expect(officer.get_by_text("De rol is bevestigd.")).to_be_visible()
    expect(officer.get_by_text("Er wacht geen rol op u.")).to_be_visible()
    look(officer, "a role confirmed")
