"""Filling in forms as a person does, and counting it the way `docs` count: answers given and texts typed."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

PRIMARY = re.compile(r"utrecht-button--primary-action")


def answered(page: Page) -> None:
    """Wait until what was sent has been answered: a form goes by script, so that its page may stay.

    And until a page that came is whole: what is not parsed yet counts as not there.
    """
    expect(page.locator("form[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state()


@dataclass
class Hand:
    """A hand on one page. A press of the page's one filled button goes on; everything else is an input."""

    page: Page
    inputs: int = 0
    texts: int = 0

    def choose(self, question: str, answer: str) -> None:
        """Give one of the prepared answers to a question."""
        self._choice(question, answer).click()
        self.inputs += 1

    def choose_first(self, part: str) -> None:
        """Give the first prepared answer in a part of the page."""
        self.page.locator(part).locator("label.sl-chip").first.click()
        self.inputs += 1

    def type(self, label: str, text: str) -> None:
        """Type an answer of one's own."""
        self.page.get_by_role("textbox", name=label).fill(text)
        self.inputs += 1
        self.texts += 1

    def press(self, name: str) -> None:
        """Press a button or a link that looks like one."""
        button = self.button(name)
        if not PRIMARY.search(button.get_attribute("class") or ""):
            self.inputs += 1
        button.click()
        answered(self.page)

    def go_on(self) -> None:
        """Press the button of the next step, wherever it leads."""
        self.page.locator(".sl-next a.utrecht-button--primary-action").click()
        self.page.wait_for_load_state()

    def begin(self) -> None:
        """Press the one button of the next step, whatever it says: ask, consult or hand over."""
        self.page.locator(".sl-next .utrecht-button--primary-action").click()
        answered(self.page)

    def button(self, name: str) -> Locator:
        """Return the visible button or link with this name."""
        exact = re.compile(rf"^\s*{re.escape(name)}\b")
        main = self.page.get_by_role("main")
        either = main.get_by_role("button", name=exact).or_(main.get_by_role("link", name=exact))
        return either.and_(main.locator(":not([aria-hidden])")).first

    def _choice(self, question: str, answer: str) -> Locator:
        group = self.page.get_by_role("radiogroup", name=question).or_(
            self.page.get_by_role("group", name=question)
        )
        return group.first.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(answer)}"))
