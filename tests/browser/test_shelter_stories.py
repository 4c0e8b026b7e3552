"""Two journeys of care: a child alone, and specialist shelter. Each ends with a look from outside."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import acting
from tests import samples
from tests.browser.caring import act
from tests.browser.conftest import Backstage
from tests.browser.looking import look
from tests.browser.people import People

COORDINATOR, OUTSIDE = "zorg@shop.example", ("af@westland.example", "af@denhaag.example")
PLACE, ADDRESS = "Schuilhoeksingel", "Schuilhoeksingel 12, Gouda"


def day(number: int) -> str:
    """Return a day from today, as a field takes it."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def search_for(request: str, household: str) -> str:
    """Return the code of a search for who a request is about."""
    who = samples.actor(COORDINATOR)
    with acting(who):
        return str(shelter.start(request=request, actor=who, wish=shelter.Wish(household, 1, "haaglanden")))


def file_of(request: str) -> str:
    """Return the code of a care file that was begun from a request."""
    who = samples.actor(COORDINATOR)
    with acting(who):
        return str(care.open_file(code=request, actor=who))


def agree_to_mediate(file: str) -> None:
    """Let the person agree that who mediates hears what is needed to find a place."""
    who = samples.actor(COORDINATOR)
    agreed = care_files.Share(
        what="mediation",
        to="comensha",
        recipient="CoMensha",
        chosen="household language needs why",
        parts="wat er nodig is",
        purpose="bemiddeling",
        until=day(30),
        answer="yes",
        form="paper",
        language="nl",
    )
    with acting(who):
        care_files.share(code=file, actor=who, wanted=agreed, revision=None)


def asked(**changes: str) -> str:
    """Return the code of a request that was taken on."""
    who = samples.actor(COORDINATOR)
    code, _receipt = samples.ask_for_help(**changes)
    with acting(who):
        care.take_on(code=code, actor=who)
    return code


def nothing_outside(people: People, *codes: str) -> None:
    """Look as a focal point and as another municipality: there is nothing of it, at any address."""
    for email in OUTSIDE:
        page = people.someone(email)
        for path in ("", "plek/"):
            for code in codes:
                answer = page.request.get(f"/werk/zorg/{path}{code}/")
                assert answer.status in (403, 404)
                assert code not in answer.text()
        for word in (*codes, PLACE):
            page.goto("/werk/zoeken/")
            page.get_by_role("main").get_by_role("searchbox").or_(
                page.get_by_role("main").get_by_role("textbox")
            ).first.fill(word)
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            expect(page.get_by_role("main").get_by_role("link", name=word)).to_have_count(0)
        page.goto("/werk/")
        text = page.get_by_role("main").inner_text()
        assert not [each for each in (*codes, PLACE) if each in text]
        look(page, "what a municipality sees of it: nothing")


@pytest.mark.parametrize("phone", [False, True])
def test_k5_specialist_shelter_is_asked_for_only_after_a_reason_and_a_yes(
    people: People, backstage: Backstage, *, phone: bool
) -> None:
    with backstage():
        request = asked(bed_tonight="nee")
        code, file = search_for(request, "adult"), file_of(request)
    desk = people.someone(COORDINATOR, phone=phone)
    desk.goto(f"/werk/zorg/plek/{code}/")
    act(desk, "nacht", state="Overbrugd")
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_have_count(0)
    act(desk, "nacht", state="Nergens")
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_be_visible()
    look(desk, "nowhere tonight: the step has its hour")
    act(desk, "nacht", state="Overbrugd")
    act(desk, "aanbod", kind="Vrouwenopvang", day=day(1), hour="17:00")
    act(desk, "opvang-zegt-nee", reason="Vraagt meer zorg")
    desk.get_by_role("link", name="Vraag CoMensha te bemiddelen").click()
    expect(desk.get_by_role("link", name="Vraag de persoon eerst of dit mag")).to_be_visible()
    expect(desk.get_by_role("button", name="Vraag om bemiddeling")).to_have_count(0)
    with backstage():
        agree_to_mediate(file)
    desk.reload()
    desk.get_by_text("Vraagt meer zorg dan hier kan").click()
    desk.get_by_label("Leg dat uit in één zin").fill("Zij heeft veel zorg nodig.")
    desk.get_by_role("button", name="Vraag om bemiddeling").click()
    expect(desk.get_by_text("Bewaard. Bel zelf, en zeg alleen wat hier staat.")).to_be_visible()
    look(desk, "mediation was asked for")
    desk.goto(f"/werk/zorg/plek/{code}/")
    act(desk, "aanbod", kind="Opvang bij meer problemen tegelijk (OMM)", day=day(1), hour="17:00")
    act(desk, "geplaatst", kind="Opvang bij meer problemen tegelijk (OMM)", starts=day(0), address=ADDRESS)
    expect(desk.get_by_role("alert")).to_be_visible()  # a day on which somebody looks again is required
    act(
        desk,
        "geplaatst",
        kind="Opvang bij meer problemen tegelijk (OMM)",
        starts=day(0),
        review=day(30),
        address=ADDRESS,
    )
    expect(desk.get_by_text("Geplaatst. De nachten vullen zichzelf.")).to_be_visible()
    expect(desk.get_by_text(PLACE)).to_have_count(0)
    look(desk, "placed, and no address in sight")
    nothing_outside(people, request, code)


def test_k4_a_child_alone_is_not_bridged_and_on_hold_no_night_counts(
    people: People, backstage: Backstage
) -> None:
    with backstage():
        request = asked(bed_tonight="nee", under_18="ja", alone_minor="nee")
        code = search_for(request, "child")
    desk = people.someone(COORDINATOR)
    desk.goto(f"/werk/zorg/{request}/")
    expect(
        desk.get_by_text("Bel Nidos en AVIM. Nidos is voogd en beslist over beschermde opvang")
    ).to_be_visible()
    look(desk, "whom to call for a child, and no country asked")
    desk.goto(f"/werk/zorg/plek/{code}/")
    night = desk.locator("form[action$='/nacht/']")
    expect(night.get_by_text("Een kind alleen wordt niet overbrugd.")).to_be_visible()
    expect(night.get_by_text("Overbrugd", exact=True)).to_have_count(0)
    expect(desk.locator("input[type=file]")).to_have_count(0)  # no photo, and no description of looks
    look(desk, "a child alone is not bridged")
    act(desk, "even-niet", until=day(2))
    expect(desk.get_by_text("Tot die dag tellen er geen nachten.")).to_be_visible()
    expect(desk.get_by_text("Vannacht is er nog geen bed.")).to_have_count(0)
    look(desk, "on hold no night counts")
    nothing_outside(people, request, code)
