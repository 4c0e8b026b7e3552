"""Five published cases, from a public report to a closed case, without a single account of a partner.

Each goes as its partner can be reached: by the municipality's own secure mail, by telephone, or with a link
and a code. Nobody there can sign in, so the form proposes the first way of the handbook; only who goes
another way says so. All that is chosen and typed from the inbox to the last referral is counted, correcting a
fact and asking help for the people included. In each somebody sleeps or is kept there, so in each help for
the people starts as well: before anything happens at the place. The partner is the one that the plan of the
case gives. The words are our own; what happened in each was published.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from sluitend.journeys.administration.actions import closing
from sluitend.journeys.administration.actions.grants import set_active
from sluitend.journeys.referrals import jobs
from sluitend.journeys.referrals.models import Pickup
from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Account, Membership, Role
from tests import roles, samples, tiers
from tests.browser.behind import FOCAL, sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.people import People
from tests.browser.planning import (
    PLAN,
    answer_residents,
    begin,
    open_plan,
    press_fact,
    send,
    start_of,
    take_in,
    weigh,
)
from tests.browser.reporting import Told, come_back, report

LINK = re.compile(r"/ophalen/[\w-]+/")


@dataclass(frozen=True)
class Story:
    """What was seen, which action of the plan went how, and what had to be said for it to stand there."""

    told: Told
    action: str
    channel: str
    question: str
    answers: tuple[str, ...]
    """What the partner says, one after the other; the last is its end."""
    fact: tuple[str, str] = ("", "")
    """What the report does not say and the focal point knows."""
    residents: str = ""
    """What happens to who sleeps there, where something happens at the place."""
    measures: bool = False
    """Whether the plan has a measure: closing then asks why none was tried."""

    @property
    def track(self) -> str:
        """Where it is sent from: what happens at the place asks about the residents."""
        return "place" if self.residents else "person"


WORK, SEX = "Arbeidsuitbuiting", "Seksuele uitbuiting"
STORIES = {
    "many registrations at one grower": Story(
        Told(
            saw="Aan de balie schreven zich weer drie mensen in op één kassenadres. Het zijn er nu dertig.",
            where="Oostbuurtseweg 61, De Lier",
            known="Ja, met mijn naam",
            name="Jo Verbeek",
            form=WORK,
            people="Dertig mensen die er staan ingeschreven.",
        ),
        residents="Slaapplek geregeld",
        action="Meld bij de Arbeidsinspectie wat u over dit werk weet",
        channel="beveiligde mail",
        question="Kunt u mee naar dit adres, en kent u het bedrijf?",
        answers=("Afgesloten",),
    ),
    "the resident who did not dare to open": Story(
        Told(
            saw="Een bewoner belde eerst het uitzendbureau voor hij iets zei. Daarna mocht ik niet binnen.",
            where="Oostbuurtseweg 62, De Lier",
            form=WORK,
            people="Een bewoner die bang leek.",
        ),
        residents="SHOP gaat mee",
        measures=True,
        action="Meld alle bedrijven in de keten",
        channel="telefoon",
        question="Wilt u naar dit uitzendbureau kijken?",
        answers=("Afgesloten",),
    ),
    "the cook in the cold store": Story(
        Told(
            saw="De kok slaapt in de keuken. Bij een controle moest hij in de koelcel wachten.",
            where="Oostbuurtseweg 63, De Lier",
            form=WORK,
            people="De kok. Hij slaapt in de keuken.",
        ),
        fact=("Wil hulp", "De persoon wil hulp"),
        measures=True,
        action="Zet door naar de zorgcoördinator van SHOP",
        channel="telefoon",
        question="Wilt u met hem praten, in zijn eigen taal?",
        answers=("Hulp aangeboden", "Afgesloten"),
    ),
    "asleep among the laundry": Story(
        Told(
            saw="In de wasserij liggen matrassen op de planken van de stellingen. Acht mannen wonen er.",
            where="Oostbuurtseweg 64, De Lier",
            form=WORK,
            people="Acht mannen. Ze slapen er.",
        ),
        fact=("Patroon", "Een groep of organisatie erachter"),
        residents="SHOP gaat mee",
        measures=True,
        action="Breng het patroon in bij het RIEC",
        channel="beveiligde mail",
        question="Past dit bij wat u al weet van dit bedrijf?",
        answers=("Mag niets zeggen",),
    ),
    "the annexe of the hotel": Story(
        Told(
            saw="Steeds andere mannen komen bij één kamer in het bijgebouw. Er gaan veel handdoeken heen.",
            where="Oostbuurtseweg 65, De Lier",
            form=SEX,
            people="Een jonge vrouw in de kamer.",
        ),
        action="Overleg met AVIM zonder namen",
        channel="ophaalpagina",
        question="Wilt u ons zeggen wat wij wel en niet moeten doen?",
        answers=("Mag niets zeggen",),
    ),
}


HELP = "Hoe bieden wij de mensen daar veilig hulp aan?"
WAYS = {"beveiligde mail": "secure_mail", "telefoon": "phone", "ophaalpagina": "pickup"}
WITH_PARTNER = ("Een partner is ermee bezig", "Een partner heeft het overgenomen")
ENDS = {"person": ("Hulp aangenomen", "Het werk op dit spoor is klaar"), "place": WITH_PARTNER}
NOT_NOW = {"person": WITH_PARTNER, "place": ("Te weinig om verder te gaan", "Er is niets gevonden")}
"""How the other track ends: the people are with who helps them, or nothing was done at the place."""
MOST_INPUTS, MOST_TEXTS = 12, 3
GIVEN = ("account_id", "organisation_id", "role")


@pytest.fixture(autouse=True)
def _nobody_signs_in_at_a_partner(backstage: Backstage) -> Iterator[None]:
    with backstage():
        partners = Account.objects.filter(memberships__role=Role.PARTNER, is_active=True).distinct()
        ids = list(partners.values_list("pk", flat=True))
        held = list(Membership.objects.valid().filter(account__in=ids).values_list(*GIVEN))
        who = samples.actor(FOCAL)
        with acting(who):
            for each in ids:
                closing.close(each, who)
    yield
    with backstage():
        for each in ids:
            set_active(each, active=True)
        for account, organisation, role in held:  # who closes has none of them left
            roles.give(account, organisation, role)


@pytest.mark.parametrize("name", tiers.either(["the annexe of the hotel"], list(STORIES)))
def test_a_published_case_goes_from_report_to_closing(
    people: People, backstage: Backstage, name: str
) -> None:
    story = STORIES[name]
    reporter = people.anyone()
    receipt = report(reporter, story.told)
    sweep(backstage)
    page = people.someone(FOCAL)
    hand = Hand(page)
    case = take_in(hand, story.told.where)
    weigh(hand)
    asked = work_plan(hand, case, story)
    code = refer(hand, story.channel, story.question)
    print(f"{name}: {hand.inputs} inputs, {hand.texts} texts")  # noqa: T201  (the number is the evidence)
    assert hand.inputs <= MOST_INPUTS
    assert hand.texts <= MOST_TEXTS
    if story.channel == "ophaalpagina":
        answer_on_the_pick_up_page(people, backstage, page, code, story)
        page.goto(f"/werk/doorgezet/{code}/")
        read(page)
    else:
        went(hand)
        for answer in story.answers:
            note_by_telephone(page, code, answer)
            read(page)
    if story.answers[-1] == "Mag niets zeggen":
        wait_no_further(page, code)
    if asked:
        note_by_telephone(page, asked, "Afgesloten")
        read(page)
    close(page, case, story)
    come_back(reporter, receipt)
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Dit is afgerond")


def work_plan(hand: Hand, case: str, story: Story) -> str:
    """Begin the action of the story; where it is not help itself, ask help by telephone before it.

    Returns:
        The code of what was asked for the people.
    """
    page = hand.page
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    page.wait_for_load_state()
    if any(story.fact):
        press_fact(hand, *story.fact)
    first = page.locator(".sl-next").filter(has_text=story.action).count()
    hand.begin()
    if first:
        return ""
    code = refer(hand, "telefoon", HELP)
    went(hand)
    open_plan(page, case)
    if story.residents:
        expect(start_of(page, story.action)).to_have_count(0)
        answer_residents(hand, story.residents)
    begin(hand, story.action)
    return code


def refer(hand: Hand, channel: str, question: str) -> str:
    """Compose the referral for the way in which the partner can be reached, and return its code."""
    page = hand.page
    expect(page.get_by_label("Uw vraag aan de partner")).to_be_visible()
    if page.locator("input[name$=channel]:checked").get_attribute("value") != WAYS[channel]:
        page.get_by_text("Wijzig ontvanger, grondslag of datum").click()
        hand.choose("Hoe", channel)
    return send(hand, question)


def went(hand: Hand) -> None:
    """Record that the sheet was sent or told."""
    hand.press("Leg vast dat het ging")
    expect(hand.page.get_by_text("Vastgelegd dat het ging.")).to_be_visible()


def read(page: Page) -> None:
    """Say that the answer was read; the reporter hears the agreed sentence."""
    Hand(page).press("Gelezen, ga verder")
    expect(page.get_by_text("Gelezen. De casus is bijgewerkt.")).to_be_visible()


def wait_no_further(page: Page, code: str) -> None:
    """Leave it with the partner, who says nothing and may go on working."""
    page.goto(f"/werk/doorgezet/{code}/")
    page.locator("summary", has_text="Wacht niet verder").click()
    Hand(page).press("Wacht niet verder")
    expect(page.get_by_text("U wacht niet verder.")).to_be_visible()


def note_by_telephone(page: Page, code: str, answer: str) -> None:
    """Note the answer from the list of what was sent: two presses."""
    page.goto("/werk/doorgezet/")
    page.get_by_role("link", name=re.compile(rf"antwoordde op {code}$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\s*Wat antwoordde"))
    page.get_by_role("button", name=answer, exact=True).click()
    expect(page.get_by_text("Het antwoord is vastgelegd.")).to_be_visible()


def answer_on_the_pick_up_page(
    people: People, backstage: Backstage, page: Page, code: str, story: Story
) -> None:
    """Send link and code by two ways; the partner collects, reads and answers."""
    page.get_by_label("E-mailadres van de partner").fill("postbus@partner.example")
    Hand(page).press("Mail de link en toon de code")
    expect(page.get_by_role("heading", name="Lees deze code voor")).to_be_visible()
    page.wait_for_load_state()
    told = " ".join(page.locator(".sl-receipt span").all_inner_texts())
    partner = people.anyone(phone=True)
    partner.goto(mailed(backstage, code))
    assert story.told.where not in partner.content()
    partner.get_by_label("Uw code").fill(told)
    hand = Hand(partner)
    hand.press("Open met deze code")
    expect(partner.get_by_role("button", name="Neem aan en lees")).to_be_visible()
    assert story.told.where not in partner.content()
    hand.press("Neem aan en lees")
    expect(partner.get_by_role("heading", level=1)).to_have_text(story.question)
    hand.choose("Kies een antwoord", story.answers[0])
    hand.press("Stuur antwoord")
    expect(partner.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()


def mailed(backstage: Backstage, code: str) -> str:
    """Let the worker mail the link, and return it."""
    with backstage():
        who = samples.actor(FOCAL)
        with acting(who):
            pickup = Pickup.objects.filter(referral__code=code).latest("made")
        jobs.mail_pickup(ids=[str(pickup.id), str(pickup.organisation_id)])
    found = LINK.search(str(mail.outbox[-1].body))
    assert found
    return found[0]


def close(page: Page, case: str, story: Story) -> None:
    """Close whichever track is open, then the case, and tell the reporter."""
    for kind in ("person", "place"):
        page.goto(f"/werk/casussen/{case}/spoor/{kind}/afsluiten/")
        if page.get_by_role("heading", name=re.compile("afsluiten$")).count():
            hand = Hand(page)
            outcome, reason = ENDS[kind] if kind == story.track else NOT_NOW[kind]
            hand.choose("Hoe eindigde dit spoor?", outcome)
            hand.choose("Waarom sluit u dit spoor?", reason)
            hand.press("Sluit dit spoor")
            page.wait_for_url(lambda url: "afsluiten" not in url)
    page.goto(f"/werk/casussen/{case}/afsluiten/")
    page.get_by_label("Hoe eindigde het?").select_option(ENDS[story.track][0])
    hand = Hand(page)
    hand.choose("Wat hoort de melder?", "De zin bij de uitkomst")
    hand.choose("Waarom sluit u de casus?", "Beide sporen zijn klaar")
    if story.measures:
        hand.choose("Waarom is er geen maatregel geprobeerd?", "Hulp was genoeg")
    hand.press("Sluit en vertel het de melder")
    expect(page.get_by_text("Gesloten op")).to_be_visible()
