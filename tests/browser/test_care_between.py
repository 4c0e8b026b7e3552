"""A person who doubts: advice without a name, handing over, support, and what a municipality reads of it."""

import re

from playwright.sync_api import Page, expect

from sluitend.kernel.organisations.models import Organisation
from tests import samples
from tests.browser.caring import (
    COORDINATOR,
    FOCAL_LEIDEN,
    FOCAL_WESTLAND,
    SUPPORT,
    agree_to_share,
    begin_file,
    nothing_outside,
)
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import begin, open_plan, send

LEIDEN = "GM0546"
SAW = (
    "Bij een controle van een woning was een bewoner zichtbaar bang. Hij belde eerst de eigenaar, een "
    "uitzendbureau. Bewoners betalen extra om zich te mogen inschrijven."
)
TYPED = "Zorgdossierwoord"
EMPTY = ("think", "company", "kvk", "plate", "phone", "account", "spoke", "wants", "reach")


def doubted(backstage: Backstage) -> str:
    """Return the code of a case of Leiden about somebody of whom it is not clear whether help is wanted."""
    with backstage():
        who = samples.actor(FOCAL_LEIDEN)
        told = samples.content(
            saw=SAW,
            where="Zeeweg 12, Katwijk",
            people="Man in trainingspak",
            language="Roemeens",
            **dict.fromkeys(EMPTY, ""),
        )
        report, _receipt = samples.file_report(Organisation.objects.get(code=LEIDEN), told=told)
        case = samples.take_in(report, who)
        samples.weigh(case, who)
        samples.answer_residents(case, who)
    return case


def row_of(page: Page, number: str) -> str:
    """Return what the shared list says of one number."""
    page.goto("/werk/gedeelde-lijst/")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_have_count(1)
    return row.inner_text()


def new_share(page: Page, before: set[str]) -> str:
    """Return the code of what was shared since."""
    (new,) = shared(page) - before
    return new


def shared(page: Page) -> set[str]:
    """Return the codes of what the file on the page shared."""
    page.wait_for_load_state()
    return set(page.get_by_role("link", name=re.compile(r"^G-")).all_inner_texts())


def test_k2_from_a_doubt_to_support_and_back(people: People, backstage: Backstage) -> None:
    case = doubted(backstage)
    focal, desk = people.someone(FOCAL_LEIDEN), people.someone(COORDINATOR)
    hand, care = Hand(focal), Hand(desk)
    open_plan(focal, case)
    begin(hand, "Vraag SHOP om raad")
    expect(focal.get_by_role("heading", level=1)).to_contain_text("Overleg zonder naam")
    consult = send(hand, "Een bewoner is bang en twijfelt over hulp. Waar begin ik?")

    desk.goto(f"/werk/ontvangen/{consult}/")
    care.press("Neem aan en lees")
    expect(desk.get_by_text("Man in trainingspak")).to_have_count(0)
    desk.get_by_role("main").locator("label").filter(has_text="Advies").first.click()
    desk.get_by_role("textbox", name="Toelichting").fill("Praat eerst alleen met hem.")
    care.press("Stuur antwoord")

    focal.goto(f"/werk/doorgezet/{consult}/")
    expect(focal.get_by_text("Praat eerst alleen met hem.")).to_be_visible()
    focal.goto(f"/werk/casussen/{case}/wens/")
    hand.choose("Wil de persoon hulp?", "Ja")
    hand.press("Leg de wens vast")
    open_plan(focal, case)
    begin(hand, "Zet door naar de zorgcoördinator van SHOP")
    expect(focal.get_by_role("heading", level=1)).to_contain_text("SHOP")
    expect(focal.locator("#id_care_refer-parts")).to_contain_text("een plek om af te spreken is genoeg")
    handed = send(hand, "Wilt u hem deze week spreken?")

    desk.goto(f"/werk/ontvangen/{handed}/")
    care.press("Neem aan als hulpvraag")
    request = desk.url.strip("/").split("/")[-1]
    file = begin_file(desk, request)
    support_name = "Leger des Heils Hollands Midden"
    expect(desk.get_by_text(support_name)).to_be_visible()
    before = row_of(focal, handed)

    desk.goto(file)
    there = shared(desk)
    expect(desk.get_by_role("button", name=re.compile("^Verstuur aan"))).to_have_count(0)
    desk.get_by_text("Werk bij").first.click()
    care.type("Zo wil de persoon heten", TYPED)
    care.press("Bewaar")
    expect(desk.get_by_text("Bewaard.", exact=True)).to_be_visible()
    desk.get_by_text("Spreek iets af om te delen").click()
    desk.get_by_role("link", name="Vraag of u iets mag delen met wie ondersteunt").click()
    desk.get_by_label("Zo wil de persoon heten", exact=True).check(force=True)
    agree_to_share(desk)
    care.press("Verstuur aan")
    share = new_share(desk, there)

    support = people.someone(SUPPORT, phone=True)
    support.goto(f"/werk/gedeeld/{share}/")
    Hand(support).press("Neem aan en lees")
    expect(support.get_by_text(TYPED)).to_be_visible()
    number = support.locator("form[action$='/nummer/']")
    support.get_by_text("Nummer in uw eigen systeem").first.click()
    number.get_by_role("textbox").fill("LdH 2026 114")
    number.get_by_role("button", name="Bewaar").click()
    expect(support.get_by_text("Nummer in uw eigen systeem: LdH 2026 114")).to_be_visible()
    Hand(support).choose("Wat is uw antwoord?", "Hulp is gestart")
    Hand(support).press("Stuur antwoord")
    expect(support.get_by_text("Hulp is gestart").first).to_be_visible()
    assert row_of(focal, handed) == before
    Hand(support).choose("Wat is uw antwoord?", "Terug naar de zorgcoördinatie")
    Hand(support).press("Stuur antwoord")
    expect(support.get_by_text(TYPED)).to_have_count(0)

    desk.goto(f"/werk/gedeeld/{share}/")
    expect(desk.get_by_text("Beslis wie verder gaat").first).to_be_visible()
    look(desk, "K2: support gave it back")
    assert row_of(focal, handed) == before
    expect(focal.get_by_text(TYPED)).to_have_count(0)
    assert "SHOP" in before
    assert "De hulp is met uw vraag bezig." in before
    focal.emulate_media(media="print")
    pages = re.findall(rb"/Type\s*/Page\b", focal.pdf(format="A4"))
    assert len(pages) == 1

    addresses = {f"/werk/zorg/{request}/", file, f"/werk/gedeeld/{share}/"}
    codes = {each.strip("/").split("/")[-1] for each in addresses}
    nothing_outside(people, FOCAL_LEIDEN, addresses=addresses, words={*codes, TYPED})
    nothing_outside(people, FOCAL_WESTLAND, addresses=addresses, words={*codes, TYPED, handed, consult})
