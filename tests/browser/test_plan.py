"""Five invented cases, each from a public report to every partner of its plan that can be asked.

What must stand in each plan is what `plan_samples.yaml` of the region asks of a case like it. The first
referral takes at most twelve inputs; nothing about the place begins before its questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from sluitend.kernel.handbook.plans import Action
from tests import tiers
from tests.browser.behind import FOCAL, sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.planning import (
    FOLDED,
    PLAN,
    action,
    answer_residents,
    begin,
    known_fact,
    open_plan,
    press_fact,
    send,
    start_of,
    take_in,
    weigh,
)
from tests.browser.reporting import Told, report
from tests.packs import den_haag

SEX, CRIME = "Seksuele uitbuiting", "Criminele uitbuiting"
MOST_INPUTS, MOST_TEXTS = 12, 3
QUESTION = "Wat raadt u ons aan?"
SHOWN = "C-9T3F"
"""A case of the demonstration with much in its plan."""


@dataclass(frozen=True)
class Invented:
    """What was told, what a focal point corrects, and what must then stand in the plan."""

    told: Told
    first: str
    warned: Mapping[str, tuple[str, ...]]
    """What stands in the plan, with what must be minded there, by the ids of the handbook."""
    asked: tuple[str, ...]
    """What goes to a partner after the first, in an order in which each can be begun."""
    never: tuple[str, ...]
    fact: tuple[str, str] = ("", "")
    may_know: str = ""
    """Who may know, where the person spoke: until that was asked nothing goes out about the place."""
    over: frozenset[str] = frozenset()
    """What was asked, and nothing in the plan asks any more once that was answered."""


CASES = {
    "a greenhouse with sleepers": Invented(
        Told(
            saw="Achter de kas slapen zes mannen. De voorman houdt het paspoort van de jongste.",
            where="Lierweg 11, De Lier",
            form="Arbeidsuitbuiting",
            people="Zes mannen.",
        ),
        first="care_advice",
        warned={
            "care_advice": ("no_names", "help_first"),
            "ask_wish": ("ask_alone",),
            "police_advice": (),
            "others_care": ("people_after",),
            "others_fairwork": ("no_list",),
            "kept_things": ("not_ask_back", "no_names"),
            "work_inspect": ("papers", "people_after"),
            "ask_investigation": ("investigation", "papers"),
            "exploiter_police": ("not_warn", "papers"),
        },
        asked=(
            *("police_advice", "others_care", "others_fairwork", "kept_things"),
            *("work_inspect", "work_joint", "ask_investigation", "exploiter_police"),
        ),
        never=("work_police", "care_refer", "child_vt"),
    ),
    "a girl of sixteen with an older man": Invented(
        Told(
            saw="Een meisje van 16 jaar krijgt kleren en geld van een oudere man. Zij praat er niet over.",
            where="Lierweg 12, De Lier",
            minor="Ja",
            form=SEX,
            people="Een meisje.",
        ),
        first="child_vt",
        warned={
            "child_vt": ("no_parents", "child_no_coercion", "meldcode"),
            "child_police": ("child_no_coercion",),
            "child_care": ("no_names",),
            "child_tonight": ("child_return",),
            "others_children": ("no_parents",),
        },
        asked=("child_care", "child_police", "others_children", "others_sex"),
        never=("adults_care", "ask_wish", "care_refer", "keep_open", "outreach_haven", "outreach_ggd"),
    ),
    "a man in a flat who is made to deal": Invented(
        Told(
            saw="Anderen dealen vanuit de flat van een man. Hij moet zijn geld afgeven en wil geen hulp.",
            where="Lierweg 13, De Lier",
            form=CRIME,
            people="Een man die daar woont.",
        ),
        first="care_advice",
        warned={
            "care_advice": ("no_names",),
            "keep_open": ("keep_door", "against_wish"),
            "suspect_lawyer": ("no_names", "not_the_offence"),
            "others_care": ("people_after",),
            "crime_police": ("possible_victim", "avim_aliens"),
            "ask_investigation": ("investigation",),
            "exploiter_police": ("not_warn",),
        },
        asked=("suspect_lawyer", "others_care", "crime_police", "ask_investigation", "exploiter_police"),
        never=("care_refer", "ask_wish", "victim_flag"),
        may_know="Hulp en politie",
    ),
    "a domestic worker at a diplomat's": Invented(
        Told(
            saw="De hulp bij een diplomaat doet alles in huis en mag niet weg. Zij wil hulp. "
            "Zij is bereikbaar via haar kerk.",
            where="Lierweg 14, De Lier",
            form="Uitbuiting in het huishouden",
            people="Een vrouw.",
        ),
        first="care_refer",
        warned={
            "care_refer": ("help_first", "no_embassy_contact"),
            "fairwork_person": ("wish",),
            "household_home": ("home_entry", "ask_alone"),
            "embassy_police": ("immunity", "no_embassy_contact"),
            "embassy_om": ("no_embassy_contact",),
            "exploiter_record": ("immunity",),
        },
        asked=(
            *("bed_tonight", "fairwork_person", "others_care", "police_advice"),
            *("embassy_police", "embassy_om"),
        ),
        never=("work_inspect", "work_police", "exploiter_police", "ask_investigation", "care_advice"),
        fact=("Wie mag het weten", "Alleen de hulp"),
        may_know="Hulp en politie",  # she was asked again
        over=frozenset({"police_advice"}),
    ),
    "a hotel": Invented(
        Told(
            saw="In het hotel betaalt een man een kamer, en slaapt er niet. De vrouw moet haar geld afgeven.",
            where="Lierweg 15, De Lier",
            form=SEX,
            people="Een vrouw.",
        ),
        first="care_advice",
        warned={
            "care_advice": ("no_names",),
            "outreach_ggd": ("no_sexworker_list",),
            "outreach_haven": ("no_sexworker_list",),
            "sex_police": ("avim_aliens", "papers"),
            "sex_joint": ("heit_ground",),
            "hotel_talk": ("leniency", "reporter_safe"),
            "night_register": ("night_register",),
        },
        asked=(
            *("outreach_ggd", "outreach_haven", "others_care", "others_sex"),
            *("sex_police", "sex_joint", "ask_investigation", "exploiter_police"),
        ),
        never=("work_inspect", "care_refer", "home_no_check"),
    ),
}


@pytest.mark.parametrize("name", tiers.either(["a man in a flat who is made to deal"], list(CASES)))
def test_every_partner_of_the_plan_is_asked(people: People, backstage: Backstage, name: str) -> None:
    one = CASES[name]
    report(people.anyone(phone=True), one.told)
    sweep(backstage)
    page = people.someone(FOCAL)
    hand = Hand(page)
    case = take_in(hand, one.told.where)
    weigh(hand)
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    if any(one.fact):
        press_fact(hand, *one.fact)
    stands(page, one)
    assert [each for each in sendable(page) if is_about_place(each)] == []

    expect(page.locator(".sl-next")).to_contain_text(says(one.first))
    hand.begin()
    send(hand, QUESTION)
    print(f"{name}: {hand.inputs} inputs, {hand.texts} texts")  # noqa: T201  (the number is the evidence)
    assert hand.inputs <= MOST_INPUTS
    assert hand.texts <= MOST_TEXTS

    open_plan(page, case)
    assert [each for each in sendable(page) if is_about_place(each)] == []
    if any(map(is_about_place, one.asked)):
        answer_residents(hand, "SHOP gaat mee")
    waits = bool(one.may_know)
    for each in one.asked:
        open_plan(page, case)
        if waits and is_about_place(each):
            assert [each for each in sendable(page) if is_about_place(each)] == []
            press_fact(hand, "Wie mag het weten", one.may_know)
            waits = False
        begin(hand, says(each))
        send(hand, QUESTION)
    open_plan(page, case)
    for each in (one.first, *one.asked):
        if each in one.over:
            expect(row(page, each)).to_have_count(0)
            continue
        expect(row(page, each)).to_contain_text("Gevraagd, wacht op antwoord")
    assert sendable(page) == []


def test_on_a_phone_the_actions_are_near_also_without_script(people: People) -> None:
    page = people.someone(FOCAL, phone=True, script=False)
    open_plan(page, SHOWN)
    lines = page.locator(".sl-line")
    folded = lines.filter(has=page.get_by_role("link", name="Bekijk"))
    expect(folded).to_have_count(lines.count() - 1)
    expect(page.locator(".sl-line--next .sl-act").first).to_be_visible()
    expect(folded.first.locator(".sl-act").first).to_be_hidden()
    place = page.locator("#op-place")
    place.get_by_role("link", name="Bekijk").click()
    expect(place.locator(".sl-act").first).to_be_visible()

    known = page.locator(".sl-known").filter(has=page.get_by_text("Aangekruist:")).first
    source = known.get_by_text("Aangekruist:").first
    expect(source).to_be_hidden()
    known.locator("summary").click()
    expect(source).to_be_visible()


def test_a_second_kind_of_place_is_ticked_beside_the_first(people: People) -> None:
    page = people.someone(FOCAL)
    open_plan(page, SHOWN)
    kind = "Soort plek"
    if not known_fact(page, kind).is_visible():
        page.get_by_text(FOLDED).click()
    known_fact(page, kind).locator("summary").click()
    for name in ("Horeca", "Straat"):
        known_fact(page, kind).get_by_role("checkbox", name=name, exact=True).check()
    look(page, "the kinds of a place, ticked")
    known_fact(page, kind).get_by_role("button", name="Leg vast").click()
    page.wait_for_load_state()
    answer = known_fact(page, kind).locator(".sl-known__a")
    for name in ("Horeca", "Straat"):
        expect(answer).to_contain_text(name)
    expect(answer).not_to_contain_text("Nog niet bekend")


def test_a_line_opened_on_a_phone_is_as_fit_as_the_page(people: People) -> None:
    page = people.someone(FOCAL, phone=True)
    open_plan(page, SHOWN)
    page.locator("#op-place").get_by_role("link", name="Bekijk").click()
    expect(page.locator("#op-place .sl-act").first).to_be_visible()
    look(page, "a line opened on a phone")


def stands(page: Page, one: Invented) -> None:
    """See who does what in the plan, with what must be minded, and what does not stand there."""
    for each, warnings in one.warned.items():
        found = row(page, each)
        expect(found).to_contain_text(den_haag().plan_parties[action_of(each).party].label.nl)
        for warning in warnings:
            expect(found).to_contain_text(den_haag().plan_warnings[warning].text.nl)
    for each in one.never:
        expect(row(page, each).filter(has_not_text="Niet, want:")).to_have_count(0)


def sendable(page: Page) -> list[str]:
    """Return the actions that could be begun now."""
    page.wait_for_load_state()
    return [each.id for each in den_haag().plan_actions if start_of(page, each.says.nl).count()]


def is_about_place(name: str) -> bool:
    """Return whether an action is about the place, or about who earns from it."""
    return den_haag().plan_lines[action_of(name).lines[0]].track == "place"


def row(page: Page, name: str) -> Locator:
    """Return where an action stands."""
    return action(page, says(name))


def says(name: str) -> str:
    """Return the sentence of an action."""
    return action_of(name).says.nl


def action_of(name: str) -> Action:
    """Return an action of the handbook."""
    return den_haag().plan_actions[name]
