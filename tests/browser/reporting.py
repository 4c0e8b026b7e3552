"""Reporting, step by step: what several tests do on their way to something else."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.hand import Hand

WHO = "Mogen wij weten wie u bent?"


@dataclass(frozen=True)
class Told:
    """What somebody tells."""

    saw: str = "In een schuur naast de kas staan zes bedden. Een man zegt dat hij er slaapt."
    where: str = "Zwethkade 31, De Lier"
    when: str = "Vandaag"
    minor: str = "Nee"
    known: str = "Nee, ik meld zonder naam"
    name: str = ""
    form: str = ""
    people: str = ""


def nothing(page: Page, state: str) -> None:
    """Do nothing on arriving at a page."""


def report(page: Page, told: Told, at_each: Callable[[Page, str], None] = nothing) -> str:
    """Report from the front page on and return the receipt.

    Args:
        at_each: done on each page, before anything is filled in.
    """
    hand = Hand(page)
    page.goto("/")
    at_each(page, "welcome")
    page.get_by_role("link", name="Vertel wat u zag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is er nu direct gevaar?")
    at_each(page, "danger")
    hand.press("Nee, ik wil iets melden")
    name_first = page.get_by_role("heading", level=1).inner_text() == WHO
    if name_first:
        say_who(page, told, at_each)
        go_on(page, "Stap 3")
    tell(page, told, at_each)
    go_on(page, "Stap 4" if name_first else "Stap 3")
    at_each(page, "signals")
    if told.form:
        page.get_by_text("Zoek een ander signaal").click()
        page.get_by_label("Waar lijkt het op?").select_option(told.form)
    if told.minor != "Nee":
        hand.choose("Is dit nu?", "Nee, niet nu")
    if not name_first:
        go_on(page, "Stap 4")
        say_who(page, told, at_each)
    go_on(page, "Stap 5")
    at_each(page, "check")
    hand.press("Verstuur")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    at_each(page, "receipt")
    return receipt(page)


def say_who(page: Page, told: Told, at_each: Callable[[Page, str], None]) -> None:
    """Say whether the name may be known: of whoever is signed in it is asked first."""
    hand = Hand(page)
    hand.choose(WHO, told.known)
    if told.name:
        hand.type("Uw naam", told.name)
    at_each(page, "who")


def tell(page: Page, told: Told, at_each: Callable[[Page, str], None] = nothing) -> None:
    """Fill in what, where and when."""
    hand = Hand(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat zag of hoorde u?")
    at_each(page, "what")
    hand.type("Vertel wat er gebeurde", told.saw)
    hand.type("Waar was dat?", told.where)
    hand.choose("Wanneer was dat?", told.when)
    hand.choose("Is er iemand jonger dan 18 jaar?", told.minor)
    if told.people:
        page.get_by_text("Ik weet een naam, kenteken of telefoonnummer").click()
        hand.type("Om wie gaat het?", told.people)


def go_on(page: Page, progress: str) -> None:
    """Press on, to the page that says so."""
    Hand(page).press("Verder")
    expect(page.get_by_text(re.compile(rf"^\s*{progress} van 6"))).to_be_visible()


def receipt(page: Page) -> str:
    """Return the code as it stands on the page."""
    page.wait_for_load_state()
    return "-".join(page.locator(".sl-receipt span").all_inner_texts())


def come_back(page: Page, code: str) -> None:
    """Open the letter box with a code."""
    page.goto("/")
    page.get_by_role("link", name="Ik heb een code").click()
    page.get_by_label("Uw code").fill(code)
    Hand(page).press("Bekijk mijn bericht")
