"""A person takes back that others know, while all of it runs: who reads what from then on."""

import re
from dataclasses import dataclass

from django.utils import timezone
from playwright.sync_api import Page, expect

from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor, acting
from tests import samples
from tests.browser.caring import (
    COORDINATOR,
    FOCAL_DEN_HAAG,
    FOCAL_LEIDEN,
    FOCAL_WESTLAND,
    SUPPORT,
    day,
    nothing_outside,
)
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People

LEIDEN = "GM0546"
SAW = (
    "Een vrouw van net achttien werd door haar vriend met een filmopname gechanteerd. "
    "Zij moest voor hem naar hotels, bij voorkeur in een bijgebouw waar de receptie niets zag."
)
CALLED, KNOWN = "Hotelmeisje", "Inkomensnaam"
SUPPORTS = "Leger des Heils Hollands Midden"
TO_SUPPORT = {"what": "support", "to": "leger_des_heils", "recipient": SUPPORTS} | {
    "chosen": "call_name language",
    "parts": "naam en taal",
    "purpose": "ondersteuning",
}
TO_TOWN = {"what": "task", "to": LEIDEN, "recipient": "Gemeente Leiden"} | {
    "task": "income",
    "name": KNOWN,
    "parts": "naam",
    "purpose": "inkomen",
}
TO_MEDIATE = {"what": "mediation", "to": "comensha", "recipient": "CoMensha"} | {
    "chosen": "household why",
    "parts": "voor wie",
    "purpose": "bemiddelen naar een plek",
}
WHY = re.compile("toestemming|teruggenomen|wil dit niet|niet meer dat anderen", re.IGNORECASE)


@dataclass(frozen=True)
class Running:
    """What runs for one person when she calls: at care, at whoever supports and at a municipality."""

    request: str
    file: str
    search: str
    support: str
    task: str


def running(backstage: Backstage) -> Running:
    """Return what runs: registered, support and a task sent, mediation asked for."""
    today = timezone.localdate()
    with backstage():
        who = samples.actor(COORDINATOR)
        request, _ = samples.ask_for_help(
            saw=SAW, where=LEIDEN, call_name=CALLED, language="Nederlands", bed_tonight="nee"
        )
        with acting(who):
            care.take_on(code=request, actor=who)
            file = care.open_file(code=request, actor=who)
            search = shelter.start(
                request=request, actor=who, wish=shelter.Wish("adult", 1, "hollands_midden")
            )
            registered = care_files.Agreed(
                kind="registration",
                answer="yes",
                on=today.isoformat(),
                form="paper",
                signed_by="de persoon zelf",
                language="nl",
                age_band="adult",
            )
            care_files.answer(code=file, actor=who, agreed=registered, revision=None)
            support, task, _mediation = [
                agreed(file, each, who) for each in (TO_SUPPORT, TO_TOWN | {"before": day(7)}, TO_MEDIATE)
            ]
            codes = [care_files.send(code=file, actor=who, share=each) for each in (support, task)]
            care_files.mediate(code=search, actor=who, reason="full", told="Alles is vol.")
    return Running(request, file, search, *codes)


def agreed(file: str, what: dict[str, str], who: Actor) -> str:
    """Note that the person says yes to sharing this, and return the id of that."""
    said = care_files.Share(**what, until=day(30), answer="yes", form="paper", language="nl")
    care_files.share(code=file, actor=who, wanted=said, revision=None)
    return str(opened(file, who).consents.shares[-1].id)


def take_on(page: Page, code: str, words: str) -> None:
    """Take on what care shared, and read it."""
    page.goto(f"/werk/gedeeld/{code}/")
    Hand(page).press("Neem aan en lees")
    expect(page.get_by_text(words)).to_be_visible()


def closed_to(page: Page, code: str, says: tuple[str, ...], words: str) -> None:
    """See that who read it reads that it is over, nothing of the person, and not why."""
    page.goto(f"/werk/gedeeld/{code}/")
    for each in says:
        expect(page.get_by_text(each).first).to_be_visible()
    main = page.get_by_role("main")
    expect(main.get_by_text(words)).to_have_count(0)
    expect(main.get_by_text(WHY)).to_have_count(0)
    expect(main.get_by_role("button")).to_have_count(0)


def test_k7_a_person_takes_back_what_others_know_and_nobody_hears_why(
    people: People, backstage: Backstage
) -> None:
    it = running(backstage)
    address = f"/werk/zorg/dossier/{it.file}/"
    support, town = people.someone(SUPPORT, phone=True), people.someone(FOCAL_LEIDEN)
    take_on(support, it.support, CALLED)
    take_on(town, it.task, KNOWN)

    # "Ik wil niet meer dat anderen dit weten", she says on the telephone: one press, whoever answers.
    desk = people.someone(COORDINATOR)
    hand = Hand(desk)
    desk.goto(f"/werk/zorg/plek/{it.search}/")
    expect(desk.get_by_text("Er wordt bemiddeld").first).to_be_visible()
    desk.goto(address)
    desk.get_by_role("link", name="De persoon wil iets niet meer").click()
    hand.press("Bekijk wat er dan gebeurt")
    expect(desk.get_by_role("alert")).to_contain_text("Kies wat de persoon niet meer wil.")
    for each in (SUPPORTS, "Gemeente Leiden", "CoMensha: bemiddelen", "Aanmelden bij CoMensha"):
        desk.get_by_role("main").locator("label").filter(has_text=each).click()
    look(desk, "K7: what the person no longer wants")
    hand.press("Bekijk wat er dan gebeurt")
    expect(desk.locator("main dt")).to_have_text(
        ["Stopt nu", "Wordt teruggehaald", re.compile("^\\s*Gevraagd te wissen vóór"), "Kan niet terug"]
    )
    for follows in (
        "Er gaat niets meer naar CoMensha.",
        "De bemiddeling stopt. U zoekt hier zelf verder naar een plek.",
        f"{it.support}. De organisatie leest: ingetrokken",
        f"De taak {it.task}. De gemeente leest: niet meer nodig.",
        "Cijfers die al gemaakt zijn, veranderen niet.",
    ):
        expect(desk.get_by_role("main").get_by_text(follows)).to_be_visible()
    look(desk, "K7: what follows when four things are taken back")
    hand.press("De persoon wil dit niet meer")
    expect(desk.get_by_text("Teruggenomen.", exact=True)).to_be_visible()
    asked = desk.get_by_role("heading", name="Vraag om weg te halen wat is gedeeld", level=2)
    for about in ("Aanmelden bij CoMensha", "bemiddelen naar een plek", "ondersteuning", "inkomen"):
        form = desk.locator("form.sl-panel", has=asked).filter(has_text=f"Dit ging over: {about}.")
        expect(form).to_have_count(1)
    look(desk, "K7: a care file of which all was taken back")
    desk.goto(f"/werk/zorg/plek/{it.search}/")
    expect(desk.get_by_text("Wordt gezocht").first).to_be_visible()
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_be_visible()
    expect(desk.get_by_text("Er wordt bemiddeld")).to_have_count(0)

    closed_to(support, it.support, ("Ingetrokken", "U kunt dit niet meer openen."), CALLED)
    look(support, "K7: what support reads of it")
    closed_to(town, it.task, ("Niet meer nodig", "Deze taak is niet meer nodig."), KNOWN)
    look(town, "K7: what the desk of a municipality reads of it")

    hidden = {address, f"/werk/zorg/{it.request}/", f"/werk/zorg/plek/{it.search}/"}
    shared = {f"/werk/gedeeld/{each}/" for each in (it.support, it.task)}
    codes = {each.strip("/").split("/")[-1] for each in hidden}
    nothing_outside(people, FOCAL_LEIDEN, addresses=hidden, words={*codes, CALLED, KNOWN})
    for who in (FOCAL_WESTLAND, FOCAL_DEN_HAAG):
        words = {*codes, it.support, it.task, CALLED, KNOWN}
        nothing_outside(people, who, addresses=hidden | shared, words=words)
