"""Sharing the work: a queue of a team, an absence with a deputy, a stand-in from elsewhere, a handover."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from sluitend.kernel.access.acting import acting
from sluitend.kernel.organisations.models import Account, Membership, Organisation
from sluitend.surfaces.desk import team_actions
from tests import samples
from tests.browser.behind import FOCAL, taken_in
from tests.browser.conftest import Backstage
from tests.browser.hand import Hand
from tests.browser.looking import look
from tests.browser.people import People
from tests.roles import give

DEPUTY, MANAGER, ADMINISTRATOR = (f"{who}@westland.example" for who in ("vervanger", "manager", "beheer"))


def test_a_team_takes_gives_back_and_spreads(people: People, backstage: Backstage) -> None:
    page = people.someone("team.bos@denhaag.example")
    page.goto("/werk/team/")
    look(page, "the queue")
    code = page.locator("tbody tr").first.locator(".sl-code").first.inner_text()
    page.locator("tbody tr").first.get_by_role("button").click()
    expect(page.get_by_text("Dat is gedaan.")).to_be_visible()
    mine = page.locator(".sl-panel").filter(has_text=code)
    mine.get_by_text("Geef terug").first.click()
    look(page, "giving back")
    mine.get_by_text("Geen tijd").click()
    mine.get_by_role("button", name="Geef terug").click()
    expect(page.get_by_text("Teruggegeven: Geen tijd")).to_be_visible()
    page.get_by_role("button", name="Verdeel").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies eerst een of meer rijen.")
    look(page, "nothing ticked")
    row = page.locator("tbody tr").filter(has_text=code)
    row.get_by_role("checkbox").check()
    page.get_by_label("Geef wat u aanvinkt aan").select_option("Joke Kramer")
    page.get_by_role("button", name="Verdeel").click()
    expect(page.get_by_text("Dat is gedaan.")).to_be_visible()
    colleague = people.someone("team.kramer@denhaag.example", phone=True)
    colleague.get_by_text("Wacht op anderen").click()  # whatever waits for a partner is folded
    expect(colleague.get_by_text(code).first).to_be_visible()


def test_two_browsers_take_the_same_one(people: People) -> None:
    first, second = (people.someone(f"team.{who}@denhaag.example") for who in ("elmasri", "ferreira"))
    for page in (first, second):
        page.goto("/werk/team/")
    first.locator("tbody tr").first.get_by_role("button").click()
    expect(first.get_by_text("Dat is gedaan.")).to_be_visible()
    second.locator("tbody tr").first.get_by_role("button").click()
    expect(second.get_by_role("alert")).to_contain_text("Layla el Masri was eerst.")
    look(second, "somebody was first")


def away_until(page: Page, days: int, deputy: str) -> None:
    """Fill in an absence that begins today."""
    today = timezone.localdate()
    page.get_by_label("Eerste dag").fill(today.isoformat())
    page.get_by_label("Laatste dag").fill((today + timedelta(days=days)).isoformat())
    page.get_by_label("Vervanger").select_option(deputy)
    Hand(page).press("Geef deze afwezigheid door")


def test_the_deputy_sees_the_work_of_whoever_is_away(people: People, backstage: Backstage) -> None:
    matter = taken_in(backstage, where="Zwethkade 71, De Lier")
    with backstage():
        noor = samples.actor(FOCAL)
        with acting(noor):
            team_actions.assign(matter.case, to=f"person:{noor.account_id}", actor=noor)
    page = people.someone(FOCAL)
    page.goto("/werk/account/")
    page.get_by_role("link", name="Afwezigheid doorgeven en een vervanger kiezen").click()
    look(page, "being away")
    away_until(page, 3, "Samira Haddou")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Samira Haddou")
    look(page, "an absence")
    deputy = people.someone(DEPUTY)
    expect(deputy.get_by_text("afwezig tot en met").first).to_be_visible()
    deputy.goto(f"/werk/casussen/{matter.case}/toewijzen/")
    look(deputy, "assigning")
    manager = people.someone(MANAGER)
    manager.goto("/werk/overzicht/")
    expect(manager.get_by_text("vervanger Samira Haddou").first).to_be_visible()
    look(manager)
    manager.goto("/werk/overzicht/afwezig/")
    look(manager)
    manager.get_by_role("button", name="Weer aanwezig").first.click()
    expect(manager.get_by_text("De afwezigheid is weggehaald.")).to_be_visible()


def test_a_deputy_from_another_municipality_works_for_it_and_reads_nothing_after(
    people: People, backstage: Backstage
) -> None:
    page = people.someone("vervanger@denhaag.example", anew=True)
    page.goto("/werk/account/")
    look(page, "the account of a stand-in")
    page.get_by_role("button", name="Werk voor Gemeente Leiden").click()
    page.wait_for_url("**/werk/")
    expect(page.locator(".sl-brand__org")).to_have_text("Gemeente Leiden, als vervanger")
    page.goto("/werk/binnen/")
    look(page, "the inbox of another municipality")
    with backstage():
        mila = Account.objects.get(email="vervanger@denhaag.example")
        Membership.objects.filter(account=mila, agreement__isnull=False).update(
            until=timezone.localdate() - timedelta(days=1)
        )
        assert Organisation.objects.filter(code="GM0546").exists()
    page.goto("/werk/")
    expect(page.locator(".sl-brand__org")).not_to_contain_text("Leiden")


def test_who_leaves_hands_over_everything_in_one_act(people: People, backstage: Backstage) -> None:
    with backstage():
        westland = Organisation.objects.get(code="GM1783")
        leaves = Account.objects.create_user("vertrekt@westland.example", "Tess Wouters", "lang-genoeg-woord")
        give(leaves.pk, westland.pk, "focal_point")
    matter = taken_in(backstage, where="Zwethkade 72, De Lier")
    with backstage():
        noor = samples.actor(FOCAL)
        with acting(noor):
            team_actions.assign(matter.case, to=f"person:{leaves.pk}", actor=noor)
    page = people.someone(ADMINISTRATOR)
    page.goto(f"/werk/beheer/mensen/{leaves.pk}/")
    page.get_by_role("link", name="Vertrekt: draag al het werk over").click()
    look(page, "handing over")
    hand = Hand(page)
    hand.press("Draag alles over en stop de toegang")
    expect(page.get_by_role("alert")).to_contain_text("Kies wie het werk krijgt.")
    look(page, "nobody chosen")
    page.get_by_label("Geef alles aan").select_option("Samira Haddou")
    hand.press("Draag alles over en stop de toegang")
    expect(page.get_by_text("Alles van Tess Wouters is overgedragen.")).to_be_visible()
    deputy = people.someone(DEPUTY)
    deputy.goto(f"/werk/casussen/{matter.case}/")
    expect(deputy.get_by_text("aanspreekpunt Samira Haddou").first).to_be_visible()


def test_the_pages_of_the_office(people: People) -> None:
    manager = people.someone(MANAGER)
    manager.goto("/werk/overzicht/klimmen/")
    look(manager)
    administrator = people.someone(ADMINISTRATOR)
    for address in ("piket", "waarneming", "teams"):
        administrator.goto(f"/werk/beheer/{address}/")
        look(administrator)
    den_haag = people.someone("beheer@denhaag.example")
    den_haag.goto("/werk/beheer/teams/")
    den_haag.get_by_role("link", name="Team Signalen").click()
    look(den_haag, "a team")
