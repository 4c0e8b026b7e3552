"""The people of a test: each with a browser of their own, a phone or a desk, signed in by the real form."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.site import PASSWORD, Site
from tests.browser.watching import Watch

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
MILLISECONDS = 60_000
"""So long a page may take: a busy machine is no fault of it."""


@dataclass
class People:
    """Opens browsers, and keeps what goes wrong in any of them."""

    browser: Browser
    site: Site
    sign_ins: dict[str, Any]
    watches: list[Watch] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def anyone(self, *, phone: bool = False, script: bool = True, **options: Any) -> Page:
        """Return an empty page of somebody without an account."""
        return self._open(phone=phone, script=script, **options).new_page()

    def someone(
        self, email: str, *, phone: bool = False, script: bool = True, anew: bool = False, **options: Any
    ) -> Page:
        """Return a page of somebody who has signed in, standing on the page behind the sign-in.

        Args:
            anew: sign in again, for a test that ends its session.
        """
        known = None if anew else self.sign_ins.get(email)
        context = self._open(phone=phone, script=script, storage_state=known, **options)
        page = context.new_page()
        if known is None:
            sign_in(page, email)
            if not anew:
                self.sign_ins[email] = context.storage_state()
        else:
            page.goto("/werk/")
        return page

    def faults(self) -> list[str]:
        """Return everything that went wrong."""
        return [fault for watch in self.watches for fault in watch.faults]

    def leave(self) -> None:
        """Close every browser of the test."""
        for context in self.contexts:
            context.close()

    def _open(self, *, phone: bool, script: bool, **options: Any) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.site.address,
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(MILLISECONDS)
        watch = Watch(self.site.address)
        watch.over(context)
        self.watches.append(watch)
        self.contexts.append(context)
        return context


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by the form, from wherever the person wanted to go."""
    if "/inloggen/" not in page.url:
        page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Ga verder", exact=True).click()
    page.wait_for_url("**/werk/**")
