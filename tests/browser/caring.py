"""Asking for help, and what care does with it: what the stories of care share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.behind import sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.people import People
from tests.browser.reporting import nothing, receipt

COORDINATOR, SUPPORT = "zorg@shop.example", "zorg@legerdesheils.example"
FOCAL_WESTLAND, FOCAL_DEN_HAAG, FOCAL_LEIDEN = (
    f"af@{town}.example" for town in ("westland", "denhaag", "leiden")
)
ALONE = "Niemand uit de situatie was erbij of luisterde mee"
ABSENT = 404
TEXTS = "Lees een tekst of neem iets terug"
"""The fold of a care file in which the texts of consents lie."""
SEARCHED = 2
"""So many words are searched for too: codes first."""


@dataclass(frozen=True)
class Asks:
    """What a professional fills in who asks for help."""

    saw: str
    name: str
    municipality: str
    asker: str
    bed: str = "Ja"
    minor: str = "Nee"
    parent: str = ""
    way: str = "Bellen"
    number: str = "06 12 34 56 78"
    hours: tuple[str, str] = ("10:00", "12:00")
    language: str = "Mandarijn"
    knows: str = "De persoon weet het en wil hulp"


def day(number: int) -> str:
    """Return a day from today, as a field takes it."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def ask_for_help(page: Page, asks: Asks, at_each: Callable[[Page, str], None] = nothing) -> str:
    """Ask for help from the front page on, and return the receipt, on which the page stands."""
    hand = Hand(page)
    page.goto("/hulp-vragen/")
    hand.choose("Is er nu direct gevaar?", "Nee")
    hand.choose("Wilt u advies, of hulp voor iemand?", "Ik wil hulp voor iemand")
    hand.choose("Heeft de persoon vannacht een veilige plek om te slapen?", asks.bed)
    hand.press("Verder")
    hand.choose("Is de persoon jonger dan 18?", asks.minor)
    if asks.parent:
        hand.choose("Is er een ouder of voogd in Nederland die u vertrouwt?", asks.parent)
    hand.choose("Weet de persoon dat u dit vraagt? Wat wil zij of hij?", asks.knows)
    hand.choose("Waar zei de persoon ja op?", "U mag bellen")
    hand.choose("Waar zei de persoon ja op?", "U mag de voornaam weten")
    hand.press("Verder")
    at_each(page, "reach")
    hand.type("Hoe wil de persoon genoemd worden?", asks.name)
    hand.choose("Hoe kunnen wij de persoon veilig bereiken?", asks.way)
    if asks.way == "Bellen":
        hand.type("Nummer of adres", asks.number)
        hand.choose("Op welke dagen?", "Elke dag")
        page.get_by_label("Vanaf hoe laat?").fill(asks.hours[0])
        page.get_by_label("Tot hoe laat?").fill(asks.hours[1])
        hand.choose("Mogen wij een bericht inspreken of achterlaten?", "Nee")
    hand.choose("Kan iemand meelezen, meeluisteren of de persoon volgen?", "Nee")
    hand.type("In welke taal praat de persoon het liefst?", asks.language)
    hand.press("Verder")
    page.get_by_label("In welke gemeente is de persoon nu?").select_option(asks.municipality)
    hand.choose("Is er vandaag een dokter nodig?", "Nee")
    hand.type("Wat zag of hoorde u?", asks.saw)
    hand.press("Verder")
    hand.type("Uw naam", asks.asker)
    hand.type("Uw telefoonnummer", "070 765 43 21")
    hand.choose("Mogen wij tegen de persoon zeggen dat u belde?", "Nee")
    hand.press("Verstuur")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    at_each(page, "receipt")
    return receipt(page)


def requests(desk: Page) -> set[str]:
    """Return the addresses of what stands on the list of care coordination."""
    desk.goto("/werk/zorg/")
    rows = desk.get_by_role("main").locator("h2.sl-step__what a").all()
    return {row.get_attribute("href") or "" for row in rows}


def asked(
    page: Page, desk: Page, backstage: Backstage, asks: Asks, at_each: Callable[[Page, str], None] = nothing
) -> tuple[str, str]:
    """Ask for help, and return the receipt and the address of what is new at the desk of care."""
    sweep(backstage, "shop")  # what an earlier test left comes before
    there = requests(desk)
    receipt = ask_for_help(page, asks, at_each)
    sweep(backstage, "shop")
    (new,) = requests(desk) - there
    return receipt, new


def take_on(desk: Page, address: str) -> str:
    """Open a request, take it on, and return its code."""
    desk.goto(address)
    Hand(desk).press("Neem aan")
    return address.strip("/").split("/")[-1]


def begin_file(desk: Page, request: str) -> str:
    """Begin the file of a request that was taken on, and return its address."""
    desk.goto(f"/werk/zorg/{request}/")
    Hand(desk).press("Begin een zorgdossier")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Zorgdossier F-")
    return desk.url


def agree(page: Page, answer: str, *, signed: bool = False, interpreter: bool = False) -> None:
    """Note what the person answered to the text on the page, on the day itself."""
    hand = Hand(page)
    hand.choose("Wat zegt de persoon?", answer)
    page.get_by_label("Op welke dag?").fill(day(0))
    hand.choose("Hoe antwoordde de persoon?", "Op het scherm")
    if signed:
        page.get_by_label("Getekend door").fill("de persoon zelf")
    language = "Andere taal, met een tolk" if interpreter else "Nederlands"
    page.get_by_label("In welke taal las of hoorde de persoon de tekst?").select_option(language)
    hand.choose("Was er een tolk?", "Beëdigde tolk, telefoon" if interpreter else "Geen tolk nodig")
    if interpreter:
        page.get_by_label("Tolknummer, als er een tolk was").fill("12345")
    hand.choose("Zei de persoon in eigen woorden terug wat dit betekent?", "Ja")
    page.get_by_text(ALONE).click()
    hand.press("Noteer dit antwoord")


def agree_to_share(page: Page) -> None:
    """Note that the person says yes on paper to sharing this with one organisation."""
    hand = Hand(page)
    page.get_by_role("textbox", name="Tot", exact=True).fill(day(30))
    hand.choose("Wat zegt de persoon?", "Ja")
    hand.choose("Hoe antwoordde de persoon?", "Op papier")
    page.get_by_label("In welke taal las of hoorde de persoon de tekst?").select_option("Nederlands")
    page.get_by_text(ALONE).click()
    hand.press("Noteer dit antwoord")


def act(page: Page, name: str, **fields: str) -> None:
    """Do one of what can be done with a search: its form stands there, or a link away."""
    form = page.locator(f"form[action$='/{name}/']")
    link = page.locator(f"main a[href$='/{name}/']")
    expect(form.or_(link).first).to_be_visible()
    if link.count():
        link.click()
    for field, value in fields.items():
        if field in ("reason", "state"):
            form.locator("label").filter(has_text=value).first.click()
        elif field == "agreed":
            form.get_by_text("De persoon vindt het goed dat ik dit vraag").click()
        elif field == "kind":
            form.locator("[name=kind]").select_option(label=value)
        else:
            form.locator(f"[name={field}]").fill(value)
    form.get_by_role("button", name="Bewaar").click()
    expect(page.locator("form[aria-busy=true]")).to_have_count(0)


def nothing_outside(people: People, who: str, *, addresses: set[str], words: set[str]) -> Page:
    """Look as somebody outside care: each address is that of what never was, and no list has a word of it."""
    page = people.someone(who)
    for address in addresses:
        answer = page.request.get(address)
        assert answer.status == ABSENT, (who, address)
        assert not [word for word in words if word in answer.text()]
    for path in ("/werk/", "/werk/binnen/", "/werk/casussen/", "/werk/gedeelde-lijst/"):
        text = page.request.get(path).text()
        assert not [word for word in words if word in text], (who, path)
    for word in sorted(words)[:SEARCHED]:
        page.goto("/werk/zoeken/")
        main = page.get_by_role("main")
        main.get_by_role("searchbox").or_(main.get_by_role("textbox")).first.fill(word)
        main.get_by_role("button", name="Zoek").click()
        expect(page.get_by_text("Hiermee is niets gevonden", exact=False)).to_be_visible()
    return page
