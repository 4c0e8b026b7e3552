"""The main job, from the inbox to the answer that the reporter reads: three people, one matter."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.behind import FOCAL, referred, sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import PLAN, action, answer_residents, begin, start_of
from tests.browser.reporting import Told, come_back, report

INSPECTOR = "nla@arbeidsinspectie.example"
QUESTION = "Wilt u de arbeidsomstandigheden daar controleren?"
HELP = "Hoe bieden wij deze mensen veilig hulp aan?"
ADVICE, INSPECT = "Vraag SHOP om raad", "Meld bij de Arbeidsinspectie wat u over dit werk weet"
MOST_INPUTS, MOST_TEXTS = 12, 3


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait for a page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def take_in(hand: Hand, place: str) -> None:
    """Read a report and make a case of it."""
    page = hand.page
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {place}").click()
    heading(page, re.compile(r"^\s*Melding van"))
    look(page, "intake")
    hand.choose("Kan dit om dwang of misbruik gaan?", "Ja")
    hand.choose("Heeft de gemeente hier een taak?", "Ja")
    hand.press("Leg vast en ga verder")
    expect(hand.page.locator(".sl-next")).to_be_visible()
    look(hand.page, "a new case")


def look_up(page: Page) -> str:
    """Ask a source one thing before weighing; return the page that shows what was asked, and on what ground.

    Its inputs are counted apart: the twelve are those of a matter in which nothing has to be asked.
    """
    case, asking = page.url, Hand(page)
    asking.press("Naar Verrijken")
    heading(page, "Wat weten we al?")
    sources = page.url
    page.get_by_role("link", name="KvK: wie hoort bij dit bedrijf").click()
    look(page, "a look-up")
    asking.choose("Wat wilt u weten?", "Bestaat dit bedrijf en waar zit het?")
    asking.choose("Waarom is dat nodig?", "Om zeker te weten of dit de goede plek is")
    asking.choose("Antwoord van de bron", "Geen hit")
    asking.press("Leg vast")
    shows_ground(page)
    page.goto(case)
    return sources


def shows_ground(page: Page) -> None:
    """See of the one look-up who asked what of which source, why, when that may be, and what came of it."""
    asked = page.get_by_role("region", name="Beantwoord").get_by_role("listitem").filter(has_text="KvK")
    expect(asked).to_contain_text("door Noor de Bruin: Bestaat dit bedrijf en waar zit het?")
    expect(asked).to_contain_text("Nodig: Om zeker te weten of dit de goede plek is.")
    expect(asked).to_contain_text("Geen hit")
    source = page.get_by_role("region", name="Mag, als het nodig is").get_by_role("listitem")
    expect(source.filter(has_text="KvK")).to_contain_text("Openbaar, per bedrijf.")


def weigh(hand: Hand) -> None:
    """Judge three things and go on."""
    hand.go_on()
    heading(hand.page, "Weeg wat u weet")
    look(hand.page, "weighing")
    hand.choose("Is het concreet?", "Ja")
    hand.choose("Hoort het bij een patroon?", "Weet niet")
    hand.choose("Wat besluit u?", "Doorgaan")
    look(hand.page, "weighing, decided")
    hand.choose("Waarom gaat u door?", "Het is concreet en recent")
    hand.press("Leg vast en ga verder")


def ask_help_first(hand: Hand) -> None:
    """Ask help for the people with the button of the first action; nothing starts at the place yet."""
    page = hand.page
    heading(page, PLAN)
    look(page, "plan")
    expect(action(page, INSPECT)).to_contain_text("Niet voordat hulp is gevraagd.")
    expect(start_of(page, INSPECT)).to_have_count(0)
    case = page.url.removesuffix("plan/")
    expect(page.locator(".sl-next")).to_contain_text(ADVICE)
    hand.begin()
    compose(hand, HELP)
    page.goto(case)
    expect(page.locator(".sl-next")).to_contain_text("plan")
    look(page, "help asked, the plan still to be worked off")
    hand.go_on()


def refer_place(hand: Hand) -> None:
    """Say what happens to the people who sleep there; then the inspectorate is asked to look."""
    page = hand.page
    heading(page, PLAN)
    expect(action(page, ADVICE)).to_contain_text("Gevraagd, wacht op antwoord")
    expect(start_of(page, INSPECT)).to_have_count(0)
    look(page, "plan, help asked")
    answer_residents(hand, "SHOP gaat mee")
    look(page, "plan, the place may go")
    begin(hand, INSPECT)
    compose(hand, QUESTION)


def compose(hand: Hand, question: str) -> None:
    """Ask the partner that the action names."""
    expect(hand.page.get_by_label("Uw vraag aan de partner")).to_be_visible()
    look(hand.page, "composing a referral")
    hand.type("Uw vraag aan de partner", question)
    hand.press("Verstuur naar")
    expect(hand.page.get_by_text(question).first).to_be_visible()
    look(hand.page, "sent")


@pytest.mark.statement("S10")
def test_from_the_inbox_to_a_referral_in_few_inputs_and_back_to_the_reporter(
    people: People, backstage: Backstage
) -> None:
    told = Told(
        saw="Achter de kas slapen mensen op het werk. Een voorman geeft alle antwoorden.",
        where="Zwethkade 41, De Lier",
        known="Ja, met mijn naam",
        name="Jo Verbeek",
        form="Arbeidsuitbuiting",
        people="Mannen in werkkleding. Ze slapen er.",
    )
    reporter = people.anyone(phone=True)
    report(reporter, told)
    sweep(backstage)

    focal_point = people.someone(FOCAL)
    hand = Hand(focal_point)
    take_in(hand, told.where)
    sources = look_up(focal_point)
    weigh(hand)
    ask_help_first(hand)
    refer_place(hand)
    print(f"{hand.inputs} inputs, {hand.texts} texts")  # noqa: T201  (the number is the evidence)
    assert hand.inputs <= MOST_INPUTS
    assert hand.texts <= MOST_TEXTS
    focal_point.goto(sources)
    shows_ground(focal_point)
    look(focal_point, "the ground of a look-up")


def test_a_partner_accepts_and_answers_and_the_reporter_hears_of_it(
    people: People, backstage: Backstage
) -> None:
    matter = referred(backstage, where="Zwethkade 42, De Lier")

    partner = people.someone(INSPECTOR)
    partner.goto(f"/werk/ontvangen/{matter.referral}/")
    heading(partner, "Een gemeente vraagt uw hulp")
    assert "Zwethkade" not in partner.content()
    look(partner, "before accepting")
    answering = Hand(partner)
    answering.press("Neem aan en lees")
    expect(partner.get_by_text("Zwethkade 42, De Lier").first).to_be_visible()
    look(partner, "accepted")
    answering.choose("Kies een antwoord", "Afgesloten")
    answering.press("Stuur antwoord")
    assert answering.inputs == 1
    expect(partner.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()
    look(partner, "answered")

    focal_point = people.someone(FOCAL)
    read_the_answer(focal_point, matter.referral)
    close(focal_point, matter.case)

    reporter = people.anyone(phone=True)
    come_back(reporter, matter.receipt)
    heading(reporter, "Dit is afgerond")
    look(reporter, "done")


def read_the_answer(page: Page, referral: str) -> None:
    """Read what the partner answered; the reporter hears it in the agreed words."""
    page.goto(f"/werk/doorgezet/{referral}/")
    expect(page.get_by_role("heading", name="Lees het antwoord")).to_be_visible()
    look(page, "an answer to read")
    Hand(page).press("Gelezen, ga verder")


def close(page: Page, case: str) -> None:
    """Close the tracks and the case, and tell the reporter."""
    for kind in ("person", "place"):
        page.goto(f"/werk/casussen/{case}/spoor/{kind}/afsluiten/")
        if page.get_by_role("heading", name=re.compile("afsluiten$")).count():
            look(page, "closing a track")
            hand = Hand(page)
            hand.choose("Hoe eindigde dit spoor?", "Gecontroleerd, niets gevonden")
            hand.choose("Waarom sluit u dit spoor?", "Er is niets gevonden")
            hand.press("Sluit dit spoor")
    page.goto(f"/werk/casussen/{case}/afsluiten/")
    look(page, "closing")
    page.get_by_label("Hoe eindigde het?").select_option("Gecontroleerd, niets gevonden")
    hand = Hand(page)
    hand.choose("Wat hoort de melder?", "De zin bij de uitkomst")
    hand.choose("Waarom sluit u de casus?", "Beide sporen zijn klaar")
    hand.press("Sluit en vertel het de melder")
    expect(page.get_by_text("Gesloten op")).to_be_visible()
    look(page, "closed")
