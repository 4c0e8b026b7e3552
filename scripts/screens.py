"""Pictures of each screen of each role of a running demonstration, at 360 and 1280 pixels, in docs/screens.

    make run                                   in one window
    make screens                               in another
    make screens ARGS="--only casus"           some of them
    make screens ARGS="--address http://localhost:8001 --to build/screens"

A picture is named screen-role-width.png, without the role for the two of the front page of the README.
"""

import argparse
import io
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {360: 740, 1280: 800}
TALLEST = 1900
COMMON, SPREAD = 64, 128
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PEOPLE = {
    "melder": "melder@westland.example",
    "af": "af@westland.example",
    "manager": "manager@westland.example",
    "fg": "fg@westland.example",
    "beheer": "beheer@westland.example",
    "partner": "avim@politie.example",
    "inspectie": "nla@arbeidsinspectie.example",
    "regio": "regio@rsiv.example",
    "zorg": "zorg@shop.example",
    "team": "team.bos@denhaag.example",
    "toezicht": "toezicht@westland.example",
}
ANYBODY = "iedereen"
REPORTED = {
    "Vertel wat er gebeurde": "In de schuur naast de kas staan zes bedden. Een man zegt dat hij er slaapt.",
    "Waar was dat?": "Tuinderspad 12, De Lier",
}


@dataclass(frozen=True)
class Screen:
    """One picture at each width: whose, from which address, and what is pressed to come there."""

    name: str
    role: str
    path: str
    steps: Callable[[Page], None] = lambda page: None


def press(page: Page, name: str) -> None:
    """Press a button or follow a link of the page itself."""
    main = page.get_by_role("main")
    found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
    found.and_(main.locator(":not([aria-hidden])")).first.click()
    page.wait_for_load_state("networkidle")


def follow(selector: str) -> Callable[[Page], None]:
    """Return a step that follows the first link that matches."""

    def step(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return step


def reporting(until: int) -> Callable[[Page], None]:
    """Return steps that fill in a report up to a page; nothing is sent."""

    def step(page: Page) -> None:
        press(page, "Nee, ik wil iets melden")
        for label, text in REPORTED.items():
            page.get_by_label(label).fill(text)
        for group, answer in (("Wanneer was dat?", "Vandaag"), ("Is er iemand jonger dan 18", "Nee")):
            page.get_by_role("radiogroup", name=group).get_by_text(answer, exact=True).click()
        for number in range(3, until + 1):
            press(page, "Verder")
            page.get_by_text(f"Stap {number} van 6").wait_for()
            if number == 4:
                page.get_by_text("Ja, maar noem mijn naam niet").click()
                page.get_by_role("textbox", name="Uw naam").fill("Jo Verbeek")

    return step


def composed(page: Page) -> None:
    """Begin an action of the plan, unless one was, and open what is composed."""
    if not page.get_by_text("Wordt opgesteld").count():
        page.locator("input[form=samen]:visible").first.check()
        page.get_by_role("button", name="Stel samen op").click()
        page.wait_for_url("**/doorzetten/")
    page.goto(f"{page.url.partition('/C-4HWX/')[0]}/C-4HWX/doorzetten/")


def covered(page: Page) -> None:
    """Lower the curtain."""
    page.keyboard.press("Alt+b")


def wrong(page: Page) -> None:
    """Send a form with nothing in it."""
    press(page, "Bewaar en geef de code")


def masked(page: Page) -> None:
    """Show another password than that of this demonstration."""
    password = page.locator("#proef ~ p .sl-code")
    if password.count():
        password.evaluate("(element) => { element.textContent = 'abcd-efgh-jkmn-pqrs'; }")


CASE = "/werk/casussen/C-9T3F/"
SCREENS = (
    Screen("welkom", ANYBODY, "/"),
    Screen("melden-1-gevaar", ANYBODY, "/melden/"),
    Screen("melden-2-wat", ANYBODY, "/melden/", reporting(2)),
    Screen("melden-3-signalen", ANYBODY, "/melden/", reporting(3)),
    Screen("melden-4-wie", ANYBODY, "/melden/", reporting(4)),
    Screen("melden-5-controleer", ANYBODY, "/melden/", reporting(5)),
    Screen("markeer", ANYBODY, "/melden/markeer/"),
    Screen("overleg", ANYBODY, "/overleg/"),
    Screen("ontvangst", ANYBODY, "/ontvangst/"),
    Screen("werken-en-wonen", ANYBODY, "/werken-en-wonen/"),
    Screen("privacy", ANYBODY, "/privacy/"),
    Screen("inloggen", ANYBODY, "/inloggen/", masked),
    Screen("niet-gevonden", ANYBODY, "/bestaat-niet/"),
    Screen("vandaag", "melder", "/werk/"),
    Screen("mijn-meldingen", "melder", "/ontvangst/"),
    Screen("vandaag", "af", "/werk/"),
    Screen("binnen", "af", "/werk/binnen/"),
    Screen("intake", "af", "/werk/binnen/", follow(".sl-step__what a")),
    Screen("vraag-melder", "af", "/werk/binnen/M-7K4Q/vraag/"),
    Screen("casussen", "af", "/werk/casussen/"),
    Screen("casus", "af", CASE),
    Screen("weging", "af", "/werk/casussen/C-5P4R/weging/"),
    Screen("verrijken", "af", f"{CASE}verrijken/"),
    Screen("plan", "af", f"{CASE}plan/"),
    Screen("plan-acuut", "af", "/werk/casussen/C-VY5Y/plan/"),
    Screen("bewoners", "af", f"{CASE}bewoners/"),
    Screen("doorzetten", "af", "/werk/casussen/C-4HWX/plan/", composed),
    Screen("afsluiten", "af", f"{CASE}afsluiten/"),
    Screen("doorgezet", "af", "/werk/doorgezet/"),
    Screen("doorzetting", "af", "/werk/doorgezet/D-9TQ7/"),
    Screen("melding-invoeren", "af", "/werk/melding-invoeren/"),
    Screen("formulier-fouten", "af", "/werk/melding-invoeren/", wrong),
    Screen("gordijn", "af", "/werk/", covered),
    Screen("zoeken", "af", "/werk/zoeken/"),
    Screen("maandlijst", "af", "/werk/doorgezet/maandlijst/avim/"),
    Screen("uitwisselen", "af", "/werk/uitwisselen/"),
    Screen("overdragen", "af", "/werk/casussen/C-VY5Y/overdragen/"),
    Screen("vraag-een-ander", "partner", "/werk/verzoek/nieuw/"),
    Screen("gids", "af", "/werk/gids/"),
    Screen("vrijgeven", "af", "/werk/vrijgeven/"),
    Screen("wachtverzoeken", "af", "/werk/vrijgeven/wachtverzoeken/"),
    Screen("wachtverzoek-vastleggen", "af", "/werk/vrijgeven/wachtverzoeken/nieuw/"),
    Screen("afwezig", "af", "/werk/account/afwezig/"),
    Screen("account", "af", "/werk/account/"),
    Screen("team", "team", "/werk/team/"),
    Screen("controles", "toezicht", "/werk/toezicht/"),
    Screen("controle-plannen", "toezicht", "/werk/toezicht/nieuw/"),
    Screen("vandaag", "manager", "/werk/"),
    Screen("overzicht", "manager", "/werk/overzicht/"),
    Screen("klimmen", "manager", "/werk/overzicht/klimmen/"),
    Screen("wie-keek", "fg", "/werk/wie-keek/"),
    Screen("organisaties", "beheer", "/werk/beheer/organisaties/"),
    Screen("mensen", "beheer", "/werk/beheer/mensen/"),
    Screen("sleutels", "beheer", "/werk/beheer/sleutels/"),
    Screen("teams", "beheer", "/werk/beheer/teams/"),
    Screen("waarneming", "beheer", "/werk/beheer/waarneming/"),
    Screen("piket", "beheer", "/werk/beheer/piket/"),
    Screen("vandaag", "partner", "/werk/"),
    Screen("ontvangen", "partner", "/werk/ontvangen/"),
    Screen("doorzetting-voor", "partner", "/werk/ontvangen/D-4MX2/"),
    Screen("vragen", "partner", "/werk/vragen/"),
    Screen("wachten-vragen", "partner", "/werk/wachtverzoeken/nieuw/"),
    Screen("doorzetting-na", "inspectie", "/werk/ontvangen/D-3NKW/"),
    Screen("hulp-vragen", ANYBODY, "/hulp-vragen/"),
    Screen("hulp-in-het-handboek", ANYBODY, "/handboek/hulp/"),
    Screen("vandaag", "zorg", "/werk/"),
    Screen("hulpvragen", "zorg", "/werk/zorg/"),
    Screen("hulpvraag", "zorg", "/werk/zorg/", follow(".sl-step__what a")),
    Screen("regio", "regio", "/werk/regio/"),
    Screen("stijlgids", ANYBODY, "/stijlgids/"),
)
README = {("casus", "af", 1280): "casus-1280.png", ("melden-2-wat", ANYBODY, 360): "melden-360.png"}


def main() -> None:
    """Take the pictures."""
    arguments = _arguments()
    folder = Path(arguments.to)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, _chromium(playwright.chromium.launch) as browser:
        for role in dict.fromkeys(screen.role for screen in SCREENS):
            screens = [each for each in SCREENS if each.role == role and arguments.only in each.name]
            for width in WIDTHS if screens else ():
                page = _page_of(browser, arguments, role, width)
                for screen in screens:
                    _take(page, screen, width, folder)
                page.context.close()
    total = sum(file.stat().st_size for file in folder.glob("*.png"))
    print(f"{folder}: {len(list(folder.glob('*.png')))} pictures, {total / 1e6:.1f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Pictures of each screen of a running demonstration.")
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--to", default=str(ROOT / "docs" / "screens"), help="folder for the pictures")
    parser.add_argument("--only", default="", help="only screens with this in their name")
    parser.add_argument("--data", default=os.environ.get("SLUITEND_DATA") or str(ROOT / "var"))
    return parser.parse_args()


@contextmanager
def _chromium(launch: Callable[..., Browser]) -> Iterator[Browser]:
    path = subprocess.run(
        [ROOT / "scripts" / "chromium"], capture_output=True, text=True, check=True
    ).stdout.strip()
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = launch(executable_path=path or None, args=ARGUMENTS + sandbox)
    yield browser
    browser.close()


def _page_of(browser: Browser, arguments: argparse.Namespace, role: str, width: int) -> Page:
    context = browser.new_context(
        base_url=arguments.address,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
        viewport={"width": width, "height": WIDTHS[width]},
    )
    page = context.new_page()
    if role in PEOPLE:
        page.goto("/inloggen/")
        page.fill("input[name=login]", PEOPLE[role])
        page.fill("input[name=password]", (Path(arguments.data) / "secrets" / "demo_password").read_text())
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/werk/**")
    return page


def _take(page: Page, screen: Screen, width: int, folder: Path) -> None:
    page.goto(screen.path)
    screen.steps(page)
    page.mouse.move(0, 0)
    # A window as tall as the page: what hangs at its bottom then hangs at the bottom of the picture.
    tall: int = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(WIDTHS[width], min(tall, TALLEST))})
    picture = page.screenshot()
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    small = _reduced(Image.open(io.BytesIO(picture)).convert("RGB"))
    name = f"{screen.name}-{screen.role}-{width}.png"
    small.save(folder / name, optimize=True)
    if (screen.name, screen.role, width) in README:
        small.save(folder / README[screen.name, screen.role, width], optimize=True)
    print(name, flush=True)


def _reduced(picture: Image.Image) -> Image.Image:
    """Return a picture of few colours: the most common ones as they are, and some of every other kind."""
    found = picture.getcolors(picture.width * picture.height) or []
    counted = sorted(cast("list[tuple[int, tuple[int, int, int]]]", found), reverse=True)
    common = [part for _number, colour in counted[:COMMON] for part in colour]
    spread = picture.quantize(SPREAD, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(common + spread[: 3 * SPREAD])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
