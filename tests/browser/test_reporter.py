"""A reporter without an account: a phone, with script and without."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions.intake import Judgement
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.behind import FOCAL, sweep
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.browser.reporting import Told, come_back, go_on, receipt, report, tell

QUESTION = "Hoeveel mensen zag u ongeveer?"
LEIDEN = "GM0546"
FIVE_GROUPS = re.compile(r"^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$")


def nothing_is_kept_here(page: Page) -> None:
    """Nothing on the phone tells that somebody reported."""
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def look_and_listen(page: Page, state: str) -> None:
    """Look at a page on the way, and at where who listens stands on a new one: its heading and step."""
    look(page, state)
    step = {"what": 2, "signals": 3, "check": 5}.get(state)
    if step or state == "receipt":
        expect(page.get_by_role("heading", level=1)).to_be_focused()
    if step:
        expect(page.locator("h1:focus")).to_have_accessible_description(re.compile(f"^Stap {step} van 6: "))


def ask_the_reporter(page: Page, place: str) -> None:
    """Find the new report in the inbox and ask its reporter something."""
    page.goto("/werk/binnen/")
    page.get_by_role("link", name=f"Melding: {place}").click()
    page.get_by_role("link", name="Vraag eerst iets aan de melder").click()
    hand = Hand(page)
    hand.choose("Wat wilt u weten?", QUESTION)
    hand.press("Stuur naar de melder")


def test_a_report_on_a_phone_gives_a_receipt_a_question_and_an_answer(
    people: People, backstage: Backstage
) -> None:
    told = Told(where="Zwethkade 31, De Lier")
    reporter = people.anyone(phone=True)
    code = report(reporter, told, at_each=look_and_listen)
    assert FIVE_GROUPS.match(code)
    nothing_is_kept_here(reporter)

    sweep(backstage)
    focal_point = people.someone(FOCAL)
    ask_the_reporter(focal_point, told.where)

    come_back(reporter, code)
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Wij hebben een vraag aan u")
    expect(reporter.get_by_text(QUESTION)).to_be_visible()
    look(reporter, "a question waits")
    reporter.get_by_label("Uw antwoord").fill("Zes mannen, denk ik.")
    Hand(reporter).press("Stuur antwoord")
    expect(reporter.get_by_text("Uw bericht is verstuurd.")).to_be_visible()
    look(reporter, "answered")
    nothing_is_kept_here(reporter)

    sweep(backstage)
    focal_point.goto("/werk/binnen/")
    focal_point.get_by_role("link", name=f"Melding: {told.where}").click()
    expect(focal_point.get_by_text("Zes mannen, denk ik.")).to_be_visible()


def test_back_does_not_take_the_receipt_away_before_it_was_kept(people: People) -> None:
    phone = people.anyone(phone=True)
    code = report(phone, Told())
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    expect(phone.get_by_text("Bewaar eerst de code.")).to_be_visible()
    assert receipt(phone) == code
    look(phone, "held")
    nothing_is_kept_here(phone)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.on("dialog", stay)
    phone.evaluate("location.reload()")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    assert asked == ["beforeunload"]
    assert receipt(phone) == code
    Hand(phone).press("Ik heb de code opgeschreven")
    expect(phone.get_by_text("Bewaar eerst de code.")).to_be_hidden()
    for _step in range(2):
        phone.go_back()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Is er nu direct gevaar?")


def test_the_role_and_the_words_bring_signals_up_without_a_request(people: People) -> None:
    phone = people.anyone(phone=True)
    hand = Hand(phone)
    phone.goto("/melden/?voor=balie")
    hand.press("Nee, ik wil iets melden")
    tell(phone, Told(saw="De koppelbaas stopt hen in een caravan."))
    go_on(phone, "Stap 3")
    expect(phone.get_by_role("button", name="Toon", exact=True)).to_be_hidden()
    expect(phone.get_by_role("radio", name="Balie")).to_be_checked()
    first = phone.get_by_role("group", name="Vaak gezien aan de balie")
    expect(first.get_by_role("checkbox")).to_have_count(5)
    ticked = first.get_by_role("checkbox").first
    name = ticked.evaluate("each => each.closest('label').querySelector('.sl-choice__label').textContent")
    ticked.check(force=True)
    look(phone, "for the desk")
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url))
    hand.choose("Vanuit welke rol zag u dit?", "Buur, klant")
    beside = phone.get_by_role("group", name="Vaak gezien door buren en klanten")
    expect(beside.get_by_role("checkbox")).to_have_count(6)
    expect(beside.get_by_role("checkbox").first).to_have_accessible_name(re.compile(re.escape(name)))
    expect(beside.get_by_role("checkbox").first).to_be_checked()
    phone.get_by_text("Zoek een ander signaal").click()
    phone.get_by_role("searchbox", name="Typ een woord").fill("qqqqq")
    expect(phone.get_by_text("Geen signaal met dit woord.")).to_be_visible()
    hand.choose("Vanuit welke rol zag u dit?", "Controle, straat")
    street = phone.get_by_role("group", name="Vaak gezien bij een controle of op straat")
    # What was ticked is one of the five of this role.
    expect(street.get_by_role("checkbox")).to_have_count(5)
    phone.get_by_role("searchbox", name="Typ een woord").fill(name)
    expect(phone.get_by_text("Gevonden: 1", exact=True)).to_be_visible()
    assert sent == []
    nothing_is_kept_here(phone)
    hand.press("Geen van deze")
    expect(phone.get_by_text("Stap 4 van 6")).to_be_visible()


def test_danger_is_asked_on_the_way_with_112_first(people: People) -> None:
    phone = people.anyone(phone=True)
    hand = Hand(phone)
    phone.goto("/melden/")
    hand.press("Nee, ik wil iets melden")
    tell(phone, Told())
    hand.press("Verder")
    question = phone.get_by_role("radiogroup", name="Is dit nu?")
    expect(question).to_be_hidden()
    phone.get_by_text("Zoek een ander signaal").click()
    phone.get_by_label("Typ een woord").fill("wacht")
    phone.get_by_role("checkbox", name="De persoon mag niet naar buiten").check(force=True)
    expect(question).to_be_visible()
    look(phone, "danger ticked")
    hand.press("Verder")
    expect(phone.get_by_role("link", name="Bel 112", exact=True)).to_be_visible()
    look(phone, "danger not answered")
    hand.choose("Is dit nu?", "Ja, ik bel 112")
    hand.press("Verder")
    expect(phone.get_by_text("Stap 4 van 6")).to_be_visible()


def test_the_same_without_script(people: People, backstage: Backstage) -> None:
    told = Told(where="Zwethkade 32, De Lier", known="Ja, maar noem mijn naam niet", name="Jo Verbeek")
    reporter = people.anyone(phone=True, script=False)
    code = report(reporter, told)
    sweep(backstage)
    ask_the_reporter(people.someone(FOCAL, script=False), told.where)
    come_back(reporter, code.replace("-", " ").lower())
    expect(reporter.get_by_text(QUESTION)).to_be_visible()
    Hand(reporter).press("Ik weet het niet")
    expect(reporter.get_by_text("Uw bericht is verstuurd.")).to_be_visible()


def test_a_place_outside_the_region_is_told_where_to_go_and_can_be_changed(people: People) -> None:
    reporter = people.anyone(phone=True)
    reporter.goto("/melden/")
    Hand(reporter).press("Nee, ik wil iets melden")
    tell(reporter, Told(where="Coolsingel 40, Rotterdam"))
    Hand(reporter).press("Verder")
    heading = reporter.get_by_role("heading", level=1)
    expect(heading).to_have_text("Deze plek hoort waarschijnlijk bij gemeente Rotterdam")
    look(reporter, "outside the region")
    Hand(reporter).press("Terug: de plek klopt niet")
    reporter.get_by_label("In welke gemeente is dat?").select_option("Westland")
    go_on(reporter, "Stap 3")


def test_a_wrong_code_gets_one_answer_whether_it_exists_or_not(people: People) -> None:
    reporter = people.anyone(phone=True)
    answers = []
    for code in ("7K4Q-9XW2-M3TD-5PRA-8HVN", "onzin", "zzzz"):
        come_back(reporter, code)
        answers.append(reporter.locator("#id_code_error").inner_text())
        assert reporter.get_by_label("Uw code").input_value() == code
    assert len(set(answers)) == 1
    look(reporter, "wrong code")


@pytest.mark.statement("S09")
@pytest.mark.parametrize("script", [True, False])
def test_advice_is_asked_without_anybodys_data(people: People, backstage: Backstage, *, script: bool) -> None:
    reporter = people.anyone(phone=True, script=script)
    reporter.goto("/")
    reporter.get_by_role("link", name="Overleg eerst met ons").click()
    if script:
        look(reporter)
    reporter.get_by_label("Bij welke gemeente hoort uw vraag?").select_option("Westland")
    hand = Hand(reporter)
    hand.choose("Waarover gaat uw vraag?", "Iets anders")
    hand.type("Wat wilt u overleggen?", "Een klant krijgt nooit zelf zijn post. Is dat iets?")
    hand.press("Verstuur uw vraag")
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Bewaar deze code")
    code = receipt(reporter)

    sweep(backstage)
    focal_point = people.someone(FOCAL)
    focal_point.goto("/werk/binnen/")
    focal_point.get_by_role("link", name=re.compile("^Adviesvraag")).last.click()
    expect(focal_point.get_by_role("heading", name="Uw advies")).to_be_visible()
    if script:
        look(focal_point, "a question for advice")
    answering = Hand(focal_point)
    answering.type("Uw advies", "Dat kan een signaal zijn. Vraag het als u alleen bent.")
    answering.press("Stuur uw advies")

    come_back(reporter, code)
    expect(reporter.get_by_text("Dat kan een signaal zijn.")).to_be_visible()


def test_a_question_for_advice_becomes_a_report_by_one_press(people: People) -> None:
    reporter = people.anyone(phone=True)
    reporter.goto("/overleg/")
    reporter.get_by_label("Wat wilt u overleggen?").fill("Bij de buren slapen tien mensen.")
    Hand(reporter).press("Maak er een melding van")
    expect(reporter.get_by_label("Vertel wat er gebeurde")).to_have_value("Bij de buren slapen tien mensen.")


@pytest.mark.statement("S03")
def test_a_colleague_reports_reads_what_is_promised_and_later_what_became_of_it(
    people: People, backstage: Backstage
) -> None:
    told = Told(where="Haarlemmerstraat 31, Leiden", known="Ja, maar noem mijn naam niet", name="Bas Kuiper")
    promise, meldcode = "Wij noemen uw naam niet.", "Uw melding hier vervangt de meldcode niet."

    def read(page: Page, state: str) -> None:
        if state in ("who", "check"):
            expect(page.get_by_text(promise).first).to_be_visible()
        if state in ("who", "receipt"):
            expect(page.get_by_text(meldcode).first).to_be_visible()

    colleague = people.someone("melder@leiden.example", phone=True)
    code = report(colleague, told, at_each=read)
    assert FIVE_GROUPS.match(code)

    sweep(backstage, LEIDEN)
    with backstage():
        close_as_known("af@leiden.example", told.where)
    come_back(colleague, code)
    expect(colleague.get_by_text("Wij kenden dit al.").first).to_be_visible()
    look(colleague, "what became of it")


def close_as_known(email: str, place: str) -> None:
    """Let a focal point close the newest report as one that was known already."""
    who = samples.actor(email)
    with acting(who):
        newest = Report.objects.order_by("-received").first()
        assert newest is not None
        view = report_queries.report(newest.code, who)
        assert view.content.where == place
        cases.close_report(
            actor=who,
            report=view,
            judgement=Judgement(scope="yes", task="yes", territory="yes"),
            outcome="duplicate",
            reason="andere_reden",
            sentence="Stond er al",
        )
