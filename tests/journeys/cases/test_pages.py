"""The pages of the inbox and of a case, as a browser without script sees them."""

import re
from collections import defaultdict
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from tests.journeys.cases.matters import (
    ELSEWHERE,
    FOCAL,
    FORM_PAGES,
    filed,
    filed_with_file,
    routed,
    somebody,
    taken_in,
    weighed,
)
from tests.kernel.sealing import samples
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.cases import actions
from sluitend.journeys.cases.models import Case, Observation
from sluitend.journeys.cases.queries.steps import term_words
from sluitend.journeys.reports.actions import draw_files, waiting_files
from sluitend.journeys.reports.journey import ATTACHMENT_ORIGINAL
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]
PAGES = ("", "beeld/", "plan/", "bewoners/", "verrijken/", "verrijken/brp/", *FORM_PAGES)
HOSTILE = '<script>alert("x")</script>\x00💥' + "a" * 200


@pytest.fixture
def browser(client_for: ClientFor) -> Client:
    """Signed in as the focal point."""
    return client_for(FOCAL)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_and_tells_nothing_in_its_title(browser: Client, page: str) -> None:
    code = routed()
    text = browser.get(f"/werk/casussen/{code}/{page}").content.decode()
    title = text.partition("<title>")[2].partition("</title>")[0]
    assert title.split() == [code, "–", "Sluitend"]
    assert text.count("<h1") == 1
    assert "style=" not in text
    assert text.partition("<main")[2].partition("</main>")[0].count("utrecht-button--primary-action") <= 1


def test_who_goes_from_link_to_link_hears_what_each_is_about(browser: Client) -> None:
    main = (
        as_read(browser.get(f"/werk/casussen/{routed()}/").text).partition("<main")[2].partition("</main>")[0]
    )
    leads = defaultdict(set)
    for to, words in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL):
        leads[" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", "", words, flags=re.DOTALL).split())].add(to)
    assert len([words for words in leads if words.startswith("Verbeter:")]) > 1
    assert {words: to for words, to in leads.items() if len(to) > 1} == {}


@pytest.mark.parametrize("page", PAGES)
def test_absent_and_forbidden_are_the_same_page(client_for: ClientFor, page: str) -> None:
    code = routed()
    elsewhere, manager = client_for(ELSEWHERE), client_for("manager@westland.example")
    forbidden = elsewhere.get(f"/werk/casussen/{code}/{page}")
    absent = elsewhere.get(f"/werk/casussen/C-0000/{page}")
    assert forbidden.status_code == absent.status_code == 404
    assert manager.get(f"/werk/casussen/{code}/{page}").status_code == 404
    assert Client().get(f"/werk/casussen/{code}/{page}").status_code == 302


def test_the_forbidden_sources_say_why_and_have_no_form(browser: Client) -> None:
    code = taken_in()
    assert "Alleen voor de bijstand" in browser.get(f"/werk/casussen/{code}/verrijken/").content.decode()
    assert browser.get(f"/werk/casussen/{code}/verrijken/suwinet/").status_code == 404


def test_from_the_inbox_to_the_plan_in_six_inputs_without_a_word(browser: Client) -> None:
    report = filed()
    page = as_read(browser.get(f"/werk/binnen/{report}/").text)
    assert 'name="territory" value="yes" id="id_territory_0" checked' in page
    assert re.search(r'name="what" value="new" id="id_what_\d" checked', page)
    intake = {"scope": "yes", "task": "yes"}
    answer = browser.post(f"/werk/binnen/{report}/", intake | {"territory": "yes", "what": "new"})
    code = answer["Location"].split("/")[-2]
    weighing = {"concrete": "yes", "pattern": "no", "decision": "continue", "continue_reason": "danger"}
    answer = browser.post(f"/werk/casussen/{code}/weging/", weighing | {"recent": "yes"})
    assert answer["Location"] == f"/werk/casussen/{code}/plan/"
    assert len(intake) + len(weighing) == 6


def test_a_report_that_may_belong_to_a_case_is_decided_by_a_person(browser: Client) -> None:
    """What was told before names the same phone: then no answer stands there beforehand."""
    taken_in()
    page = as_read(browser.get(f"/werk/binnen/{filed()}/").text)
    assert "Voeg toe aan casus C-" in page
    assert not re.search(r'name="what" value="[^"]+" id="id_what_\d" checked', page)
    blank = browser.post(f"/werk/binnen/{filed()}/", {"scope": "yes", "task": "yes", "territory": "yes"})
    assert "Kies wat u met de melding doet." in blank.text


def test_who_is_second_keeps_what_was_typed(browser: Client) -> None:
    code = routed()
    with somebody() as actor:
        actions.work_track(actor=actor, code=code, track="person", summary="Eerste", runs=False)
    answer = browser.post(
        f"/werk/casussen/{code}/spoor/person/",
        {"revision": 1, "summary": "Mijn zin", "runs": "no", "due": ""},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in text
    assert "Mijn zin" in text
    assert f'href="/werk/casussen/{code}/">Dit staat er nu</a>' in text


CONFLICTS = {
    "weging/": {
        "concrete": "yes",
        "recent": "yes",
        "pattern": "no",
        "decision": "continue",
        "continue_reason": "danger",
    },
    "afsluiten/": {"outcome": "innocent", "tell": "outcome", "reason": "not_enough"},
}


@pytest.mark.parametrize("page", CONFLICTS)
def test_who_is_second_is_led_to_what_stands_there_now(browser: Client, page: str) -> None:
    code = taken_in() if page == "weging/" else weighed()
    answer = browser.post(f"/werk/casussen/{code}/{page}", {"revision": "1000", **CONFLICTS[page]})
    assert answer.status_code == 422
    assert f'href="/werk/casussen/{code}/">Dit staat er nu</a>' in answer.text
    amiss = browser.post(f"/werk/casussen/{code}/{page}", {"revision": "1000"})
    assert "Dit staat er nu" not in amiss.text


def test_how_long_a_case_is_kept_is_a_proposal_until_the_municipality_decides(browser: Client) -> None:
    page = as_read(browser.get(f"/werk/casussen/{weighed()}/afsluiten/").text)
    assert ">6 maanden (voorstel)</td>" in page
    assert ">60 maanden (voorstel)</td>" in page
    assert ">6 maanden</td>" not in page
    decided = den_haag().retention["not_enough"].model_copy(update={"confirmed": True})
    assert term_words(decided) == "6 maanden"


def test_a_printed_case_is_called_by_its_code_and_the_day(browser: Client) -> None:
    code = taken_in()
    text = as_read(browser.get(f"/werk/casussen/{code}/").text)
    head = text.partition('<p class="sl-printhead">')[2].partition("</p>")[0]
    day = date_format(timezone.localdate(), "l j F Y")
    assert head == f'<span class="sl-code">{code}</span> · {day}'
    assert '<h1 class="utrecht-heading-1 sl-noprint">' in text
    assert "data-print" in text


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("notitie/", {"text": HOSTILE, "track": HOSTILE}),
        ("betrokkene/", {"kind": HOSTILE, "name": HOSTILE, "kvk": HOSTILE, "birth": HOSTILE}),
        ("waarneming/", {"kind": "fact", "text": HOSTILE, "when": "1850-01-01"}),
        ("waarneming/", {"kind": "fact", "text": "Gezien", "when": "2099-01-01"}),
        ("datum/", {"due": "31-02-2027", "reason": HOSTILE}),
        ("weging/", {"concrete": HOSTILE, "decision": HOSTILE, "until": HOSTILE, "revision": HOSTILE}),
        ("bewoners/", {"answer": HOSTILE, "first_step": HOSTILE}),
        ("plan/feit/", {"fact": "forced", "values": HOSTILE}),
        ("plan/actie/", {"action": HOSTILE, "what": HOSTILE}),
        ("afsluiten/", {"outcome": HOSTILE, "tell": HOSTILE, "reason": HOSTILE}),
        ("wens/", {"wish": HOSTILE, "wants": HOSTILE, "asked_on": "2099-01-01"}),
        (
            "verrijken/brp/",
            {"question": "andere_vraag", "question_text": "", "need": HOSTILE, "result": HOSTILE},
        ),
    ],
)
def test_bad_input_comes_back_with_a_message_and_what_was_typed(
    browser: Client, page: str, form: dict[str, str]
) -> None:
    code = weighed()
    answer = browser.post(f"/werk/casussen/{code}/{page}", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "sl-errors" in text
    assert "<script>alert" not in text


def test_script_in_a_note_is_text(browser: Client) -> None:
    code = taken_in()
    browser.post(f"/werk/casussen/{code}/notitie/", {"text": '<script>alert("x")</script>', "track": ""})
    text = browser.get(f"/werk/casussen/{code}/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_name_of_the_reporter_is_one_press_with_a_reason_away(browser: Client) -> None:
    report = filed()
    assert "Jo Verzeldzaamwoord" not in browser.get(f"/werk/binnen/{report}/").content.decode()
    assert browser.post(f"/werk/binnen/{report}/naam/", {"reason": ""}).status_code == 422
    shown = browser.post(f"/werk/binnen/{report}/naam/", {"reason": "veiligheid"}).content.decode()
    assert "Jo Verzeldzaamwoord" in shown
    assert "Jo Verzeldzaamwoord" not in browser.get(f"/werk/binnen/{report}/").content.decode()


def test_whoever_decides_second_about_a_report_reads_who_was_first(
    browser: Client, client_for: Callable[[str], Client]
) -> None:
    page, decision = f"/werk/binnen/{filed()}/", {"scope": "yes", "task": "yes", "territory": "yes"}
    browser.post(page, decision | {"what": "new"})
    second = client_for("vervanger@westland.example").post(page, decision | {"what": "new"})
    assert second.status_code == 422
    assert "Noor de Bruin was eerst. De stand is nu “In een casus”" in second.text
    assert "U was zelf eerst, in een ander venster." in browser.post(page, decision | {"what": "new"}).text


def test_a_question_to_the_reporter_shows_in_the_case(browser: Client) -> None:
    report = filed()
    browser.post(
        f"/werk/binnen/{report}/", {"scope": "yes", "task": "yes", "territory": "yes", "what": "new"}
    )
    assert browser.post(f"/werk/binnen/{report}/vraag/", {}).status_code == 422
    browser.post(f"/werk/binnen/{report}/vraag/", {"questions": ["who_has_key"]})
    with somebody():
        code = Case.objects.get().code
    assert "Zag u wie de sleutel had?" in browser.get(f"/werk/casussen/{code}/").content.decode()


def test_an_observation_is_corrected_on_its_own_page(browser: Client) -> None:
    code = taken_in()
    with somebody():
        old = Observation.objects.get(kind="fact")
    browser.post(
        f"/werk/casussen/{code}/waarneming/{old.id}/",
        {"kind": "fact", "text": "Twee plekken", "when": "2026-11-20"},
    )
    text = as_read(browser.get(f"/werk/casussen/{code}/").text)
    assert "<del>Drie slaapplekken achter de ketel</del>" in text
    assert "Twee plekken" in text


def address_of(page: str, end: str) -> str:
    """Return the first address of a file on a page."""
    found = re.search(rf'"(/werk/binnen/[^"]+/bestand/[^"/]+/{end})"', page)
    assert found, page
    return found[1]


def test_a_file_opens_with_a_reason_under_a_neutral_name_and_for_nobody_else(
    browser: Client, client_for: ClientFor
) -> None:
    report = filed_with_file("slaapplek bij Jo.txt", b"Vier bedden geteld")
    page = browser.get(f"/werk/binnen/{report}/").content.decode()
    assert "Wij maken hier plaatjes van" in page
    assert re.search(r'origineel/">\s*<input type="hidden" name="csrfmiddlewaretoken" value="\w+">', page)
    assert "Openen kan uw computer besmetten" in page
    path = address_of(page, "origineel/")
    assert "Content-Disposition" not in browser.post(path, {"reason": "zomaar"}, follow=True)
    answer = browser.post(path, {"reason": "bewijs"})
    assert answer.content == b"Vier bedden geteld"
    assert "Jo" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith('attachment; filename="origineel-')
    with somebody():
        assert [line.purpose for line in Event.objects.filter(action=ATTACHMENT_ORIGINAL)] == ["bewijs"]
    assert client_for(ELSEWHERE).post(path, {"reason": "bewijs"}).status_code == 404


def test_a_photo_shows_in_place_as_pixels_and_never_itself(browser: Client, client_for: ClientFor) -> None:
    photo = samples.picture()
    report = filed_with_file("slaapplek bij Jo.jpg", photo)
    waiting = browser.get(f"/werk/binnen/{report}/").content.decode()
    assert "Wij maken hier plaatjes van" in waiting
    file = address_of(waiting, "origineel/").removesuffix("origineel/")
    assert browser.get(file).status_code == 404
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        draw_files(waiting_files(system), actor=system)
        assert not waiting_files(system)
    path = address_of(browser.get(f"/werk/binnen/{report}/").content.decode(), "")
    seen = browser.get(path)
    assert seen["Content-Type"] == "image/jpeg"
    assert seen["Content-Disposition"].startswith('inline; filename="bestand-')
    assert seen.content.startswith(b"\xff\xd8\xff")
    assert samples.PLANTED not in seen.content
    assert client_for(ELSEWHERE).get(path).status_code == 404
    assert browser.post(f"{path}origineel/", {"reason": "bewijs"}).status_code == 404
    assert browser.post(f"{file}origineel/", {"reason": "bewijs"}).content == photo


def test_a_list_of_cases_and_an_empty_inbox_have_words(browser: Client) -> None:
    assert "Er wacht niets" in browser.get("/werk/binnen/").content.decode()
    code = taken_in()
    assert code in browser.get("/werk/casussen/").content.decode()
    assert code not in browser.get("/werk/casussen/?stand=closed").content.decode()
