"""A measure from the plan to its result, one that a person adds, and what closing asks."""

import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from sluitend.journeys.cases import actions
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.behind import FOCAL, Matter, taken_in
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import action, open_plan
from tests.packs import den_haag

STOP, ADDED = "urgent_stop", "penalty_propose"
INSPECTOR = "toezicht@westland.example"


def dangerous(backstage: Backstage) -> Matter:
    """A case with dangerous housing of which nothing must come first any more."""
    saw = "Losse draden in de kas. Zes mannen slapen er."
    matter = taken_in(backstage, where="Zwethkade 84, De Lier", saw=saw)
    with backstage():
        who = samples.actor(FOCAL)
        samples.weigh(matter.case, who)
        with acting(who):
            named: dict[str, Any] = {"actor": who, "code": matter.case}
            for fact, value in (("housing", "dangerous"), ("forced", "no")):
                actions.set_fact(**named, fact=fact, values=[value])
            actions.answer_residents_question(**named, answer="care_joins", first_step="nothing_first")
            actions.finish_action(**named, action="others_beds")
    return matter


def test_a_measure_is_carried_given_and_ended(people: People, backstage: Backstage) -> None:
    page, case = people.someone(FOCAL), dangerous(backstage).case
    hand, says = Hand(page), den_haag().plan_actions[STOP].says.nl
    open_plan(page, case)
    action(page, says).get_by_role("link", name=re.compile(r"^\s*Stel voor")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(says)
    expect(page.get_by_text("Het bewijs is nog te dun voor een besluit.")).to_be_visible()
    expect(page.get_by_text(den_haag().rulings["closure_annulled"].text.nl)).to_be_visible()

    page.get_by_text("Leg vast waar het uit blijkt").click()
    page.get_by_label("Waar blijkt dit uit?").first.select_option(index=1)
    ground = den_haag().evidence_kinds["observation"].grounds[0].label.nl
    page.get_by_label("Waarom mag het in een besluit?").first.select_option(label=ground)
    hand.press("Leg het bewijs vast")
    expect(page.get_by_text("1 van 3 is er en mag in een besluit.")).to_be_visible()
    look(page, "a measure with its evidence")

    hand.type("Wat vraagt u?", "Kunt u morgen kijken?")
    hand.press("Leg vast wie dit doet")
    expect(page.get_by_text("Bij Woningtoezicht").first).to_be_visible()
    page.get_by_role("link", name=says).click()
    hand.choose("Wat kwam ervan?", "Opgelegd")
    hand.press("Leg de uitkomst vast")
    expect(page.locator("#geprobeerd").get_by_text("Opgelegd")).to_be_visible()

    page.get_by_label("Welke actie?").select_option(label=den_haag().plan_actions[ADDED].says.nl)
    hand.choose("Waarom voegt u deze actie toe?", "Zo is het afgesproken")
    look(page, "the measures of a case")
    hand.press("Voeg toe aan het plan")
    expect(action(page, den_haag().plan_actions[ADDED].says.nl)).to_contain_text("Zelf toegevoegd:")


def test_closing_asks_what_helped_on_a_phone(people: People, backstage: Backstage) -> None:
    page, case = people.someone(FOCAL, phone=True), dangerous(backstage).case
    page.goto(f"/werk/casussen/{case}/afsluiten/")
    expect(page.get_by_role("group", name="Wat hielp?")).to_be_visible()
    look(page, "closing asks what helped, on a phone")


def test_what_an_inspector_saw_carries_a_measure(people: People, backstage: Backstage) -> None:
    case, says = dangerous(backstage).case, den_haag().plan_actions[STOP].says.nl
    with backstage():
        planned = Plan(kind="check", day=timezone.localdate(), place=Place("Zwethkade 84, De Lier"))
        planner, focal = samples.actor(INSPECTOR), samples.actor(FOCAL)
        with acting(planner):
            code = visits.plan_visit(actor=planner, plan=planned)
        with acting(focal):
            visits.release(actor=focal, code=code)
    there = people.someone(INSPECTOR, phone=True)
    there.goto(f"/werk/toezicht/{code}/")
    Hand(there).type("Wat zag u daar?", "Toezichthouder Bouw. Zes bedden achter de ketel.")
    look(there, "what was seen, on a phone")
    Hand(there).press("Leg vast dat het is gedaan")
    expect(there.get_by_text("Zes bedden achter de ketel.")).to_be_visible()

    page = people.someone(FOCAL)
    open_plan(page, case)
    action(page, says).get_by_role("link", name=re.compile(r"^\s*Stel voor")).click()
    page.get_by_text("Leg vast waar het uit blijkt").click()
    seen = f"Controle {code}: Toezichthouder Bouw. Zes bedden achter de ketel."
    page.get_by_label("Waar blijkt dit uit?").first.select_option(label=seen)
    ground = den_haag().evidence_kinds["visit"].grounds[0].label.nl
    page.get_by_label("Waarom mag het in een besluit?").first.select_option(label=ground)
    Hand(page).press("Leg het bewijs vast")
    expect(page.get_by_text("1 van 3 is er en mag in een besluit.")).to_be_visible()
    page.get_by_role("link", name="Lees wat bij een bezoek is gezien").click()
    expect(page.locator("#gezien")).to_contain_text("Zes bedden achter de ketel.")
