"""What somebody types at the desk outlives their session, for them alone, and not the form that was sent."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.http import QueryDict
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.filling import filled_forms
from tests.journeys.cases.matters import DEPUTY, FOCAL, FORM_PAGES, filed, routed, somebody, taken_in
from tests.journeys.referrals.situations import make_ready
from tests.reading import as_read

from sluitend.forms import queries
from sluitend.forms.drafts import is_name, keep, page_before
from sluitend.forms.models import Draft
from sluitend.journeys.cases import actions
from sluitend.journeys.cases import queries as cases
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.middleware import ACTIVE

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
TYPED = "Bel maandag met de huismeester"


@pytest.fixture
def browser(client_for: ClientFor) -> Client:
    """Signed in as the focal point."""
    return client_for(FOCAL)


def rest_too_long(client: Client) -> None:
    """Let the session of this browser have rested longer than it may."""
    session = client.session
    session[ACTIVE] = int(time.time()) - settings.SLUITEND_REST_SECONDS - 1
    session.save()


def sign_in(client: Client, email: str = FOCAL) -> None:
    """Come back after the session ended."""
    client.force_login(Account.objects.get(email=email))


def drafts(email: str = FOCAL) -> dict[str, object]:
    """What is kept of somebody, by the name of the form."""
    with somebody(email) as actor:
        return {name: queries.draft(name, actor) for name in queries.drafts_kept(actor)}


# Kept, given back, forgotten


def test_what_is_typed_is_kept_for_its_writer_and_sealed(browser: Client, client_for: ClientFor) -> None:
    code = taken_in()
    address = f"/werk/concept/note-{code}/"
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"text": TYPED, "csrfmiddlewaretoken": "x", "draft": "y"}).status_code == 204
    answer = browser.get(address)
    assert answer.json() == {"text": [TYPED]}
    assert answer["Cache-Control"] == "no-store"
    assert client_for(DEPUTY).get(address).status_code == 404
    with somebody():
        row = Draft.objects.get()
        assert row.content
        assert TYPED.encode() not in bytes(row.content)
        Draft.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert browser.get(address).status_code == 404


def test_a_page_says_that_something_was_kept_and_when(browser: Client) -> None:
    code = taken_in()
    page = f"/werk/casussen/{code}/notitie/"
    assert "data-draft-kept" not in browser.get(page).text
    browser.post(f"/werk/concept/note-{code}/", {"text": TYPED})
    shown = timezone.localtime().strftime("%H:%M")
    text = browser.get(page).text
    assert f'data-draft-kept="{shown}"' in text
    assert "Gooi weg" in text
    assert TYPED not in text
    assert "data-draft-kept" not in browser.get(f"/werk/casussen/{code}/waarneming/").text


def test_without_script_it_can_be_read(browser: Client) -> None:
    browser.post("/werk/concept/note-C-9T3F/", {"text": TYPED, "track": "person"})
    text = browser.get("/werk/concept/note-C-9T3F/", headers={"Accept": "text/html,*/*;q=0.8"}).text
    assert TYPED in text
    assert "<p>person</p>" not in text


def test_beginning_anew_and_emptying_forget_it(browser: Client) -> None:
    address = "/werk/concept/note-C-9T3F/"
    browser.post(address, {"text": TYPED})
    assert browser.delete(address).status_code == 204
    assert drafts() == {}
    browser.post(address, {"text": TYPED})
    browser.post(address, {"text": ""})
    assert drafts() == {}


def test_a_form_that_worked_has_no_draft_and_one_that_came_back_has(browser: Client) -> None:
    code = taken_in()
    name, page = f"note-{code}", f"/werk/casussen/{code}/notitie/"
    browser.post(f"/werk/concept/{name}/", {"text": TYPED})
    assert browser.post(page, {"draft": name, "text": ""}).status_code == 422
    assert drafts() == {name: {"text": [TYPED]}}
    assert browser.post(page, {"draft": name, "text": TYPED, "track": ""}).status_code == 302
    assert drafts() == {}


def test_secrets_and_files_are_never_kept(browser: Client) -> None:
    data = QueryDict("text=a&csrfmiddlewaretoken=b&password=c&new_password1=d&draft=e&act=send")
    with somebody() as actor:
        keep("note-C-9T3F", data, actor)
    assert drafts() == {"note-C-9T3F": {"text": ["a"]}}


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("note-C-9T3F", True),
        ("track-C-9T3F-person", True),
        ("correct-C-9T3F-1a2b3c4d", True),
        ("enter", True),
        ("Jan-de-Vries", False),
        ("note-C-9T3F-" + "a" * 30, False),
        ("note C-9T3F", False),
        ("", False),
    ],
)
def test_a_name_holds_a_kind_a_code_and_a_set_of_fields(name: str, good: bool) -> None:
    assert is_name(name) is good
    assert not good or len(name) <= 40


def test_the_tag_makes_a_name_that_fits() -> None:
    request = RequestFactory().get("/werk/")
    text = (
        '{% load drafts %}{% draft "against_wish" code "social_domain_long" %}{% draft "correct" code one %}'
    )
    html = Template(text).render(Context({"request": request, "code": "C-9T3F", "one": UUID(int=2**127)}))
    assert 'value="against_wish-C-9T3F-social_domain_"' in html
    assert 'value="correct-C-9T3F-80000000"' in html


# Two pages of one form

FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
NOTE = "/werk/concept/note-C-9T3F/"


def type_in(client: Client, page: str, text: str, seen: str = "", **more: str) -> Any:
    """Save by itself what stands in one of two pages."""
    return client.post(NOTE, {"draft_page": page, "draft_seen": seen, "text": text, **more})


def test_another_page_of_the_same_form_is_told_and_overwrites_nothing(browser: Client) -> None:
    kept = type_in(browser, FIRST, "eerste")
    told = type_in(browser, SECOND, "tweede")
    assert (kept.status_code, kept["Sluitend-Draft"]) == (204, "1")
    assert told.json() == {"at": timezone.localtime().strftime("%H:%M")}
    assert drafts() == {"note-C-9T3F": {"text": ["eerste"]}}
    assert type_in(browser, FIRST, "eerste, verder")["Sluitend-Draft"] == "2"
    assert type_in(browser, SECOND, "").status_code == 204
    assert drafts() == {"note-C-9T3F": {"text": ["eerste, verder"]}}


def test_who_chooses_for_a_page_or_saw_what_was_kept_goes_on_there(browser: Client) -> None:
    type_in(browser, FIRST, "eerste")
    assert type_in(browser, SECOND, "tweede", draft_take="1")["Sluitend-Draft"] == "2"
    assert type_in(browser, FIRST, "eerste", seen="1").json()["at"]
    assert browser.get(NOTE)["Sluitend-Draft"] == "2"
    assert type_in(browser, FIRST, "samen", seen="2")["Sluitend-Draft"] == "3"
    assert drafts() == {"note-C-9T3F": {"text": ["samen"]}}


def test_what_one_page_sends_leaves_what_the_other_kept(browser: Client) -> None:
    code = taken_in()
    name, address = f"note-{code}", f"/werk/casussen/{code}/notitie/"
    browser.post(f"/werk/concept/{name}/", {"draft_page": SECOND, "text": "tweede"})
    sent = {"draft": name, "draft_page": FIRST, "draft_seen": "", "text": TYPED, "track": ""}
    assert browser.post(address, sent).status_code == 302
    assert drafts() == {name: {"text": ["tweede"]}}
    assert browser.post(address, sent | {"draft_page": SECOND}).status_code == 302
    assert drafts() == {}


def test_what_was_sent_too_late_goes_before_what_another_page_kept(browser: Client) -> None:
    type_in(browser, FIRST, "eerste")
    rest_too_long(browser)
    browser.post(
        "/werk/casussen/C-9T3F/notitie/", {"draft": "note-C-9T3F", "draft_page": SECOND, "text": TYPED}
    )
    assert drafts() == {"note-C-9T3F": {"text": [TYPED]}}


def test_a_day_later_a_page_may_begin_anew_and_the_sweep_forgets(browser: Client) -> None:
    type_in(browser, FIRST, "eerste")
    with somebody() as actor:
        Draft.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert type_in(browser, SECOND, "tweede").status_code == 204
    with somebody():
        Draft.objects.update(until=timezone.now() - timedelta(minutes=1))
    with acting(system_actor(actor.own_organisation)) as system:
        reports.sweep(system)
        assert Draft.objects.count() == 0


def test_keeping_a_draft_is_no_activity_and_leaves_no_line(browser: Client) -> None:
    browser.get("/werk/")
    session = browser.session
    session[ACTIVE] = before = int(time.time()) - 600
    session.save()
    with somebody():
        lines = Event.objects.count()
    for seen in ("", "1"):
        browser.post(NOTE, {"text": f"{TYPED} {seen}"}, headers={"Sluitend-Draft": "1"})
    browser.get(NOTE, headers={"Sluitend-Draft": "1"})
    assert browser.session[ACTIVE] == before
    with somebody():
        assert Event.objects.count() == lines


def test_the_six_pages_of_a_report_are_one_draft_a_report(client_for: ClientFor) -> None:
    colleague = client_for("melder@westland.example")
    first = {"sending": FIRST, "step": "2", "saw": "eerste", "anonymity": "named"}
    assert colleague.post("/melden/concept/", first).status_code == 204
    assert colleague.post("/melden/concept/", first | {"step": "3"}).status_code == 204
    second = {"sending": SECOND, "step": "2", "saw": "tweede", "anonymity": "named"}
    assert colleague.post("/melden/concept/", second).json()["at"]
    assert drafts("melder@westland.example")["report"]["saw"] == ["eerste"]  # type: ignore[index]
    assert colleague.post("/melden/concept/", second | {"draft_take": "1"}).status_code == 204


# Every form in which somebody types


def forms_of(client: Client, address: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the draft of each form of a page with what can be typed in it; searching is not kept."""
    for form in filled_forms(client.get(address).text, "woord"):
        if form.typed - {"q"}:
            yield form.values.get("draft", ""), form.typed


def asked_advice() -> str:
    """Ask Westland for advice and return the code."""
    westland = Organisation.objects.get(code="GM1783")
    with acting(NOBODY):
        filed = reports.file_advice(
            organisation_id=westland.id, theme="", question="Mag dit?", sending=uuid4()
        )
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
        return str(Report.objects.get(pk=filed.report_id).code)


def test_every_form_of_the_desk_in_which_somebody_types_names_a_draft(client_for: ClientFor) -> None:
    ready = make_ready()
    sent, taken = ready.send("person"), ready.accepted()
    case, report, other = f"/werk/casussen/{ready.case}/", filed(), routed()
    with somebody() as actor:
        ask = {"question": "how_many", "need": "people_in_danger", "result": "hit"}
        actions.look_up(actor=actor, code=ready.case, source="brp", **ask)
    browser, inspector, care = (
        client_for(who) for who in (FOCAL, "nla@arbeidsinspectie.example", "zorg@shop.example")
    )
    pages = [
        (browser, f"/werk/binnen/{report}/"),
        (browser, f"/werk/binnen/{report}/vraag/"),
        *((browser, case + page) for page in ("verrijken/kvk/", *FORM_PAGES)),
        (browser, f"/werk/binnen/{asked_advice()}/"),
        (browser, f"/werk/casussen/{other}/doorzetten/place/"),
        (browser, f"/werk/doorgezet/{taken}/"),
        (inspector, f"/werk/ontvangen/{taken}/"),
        (care, f"/werk/ontvangen/{sent}/"),
    ]
    found = {address: list(forms_of(client, address)) for client, address in pages}
    assert [address for address, forms in found.items() if not forms] == []
    names = [name for forms in found.values() for name, _typed in forms]
    assert [name for name in names if not is_name(name)] == []
    assert len(names) == len(set(names))


# Pages for everybody, of somebody who is signed in


THEME = "doubt"


def answered(client: Client, **more: str) -> str:
    """Open the newest remembered mailbox of somebody and return its page."""
    listed = as_read(client.get("/ontvangst/").text)
    number = listed.partition('name="remembered" value="')[2].partition('"')[0]
    return as_read(client.post("/ontvangst/", {"remembered": number, **more}).text)


def test_a_question_for_advice_is_kept_until_it_is_sent(client_for: ClientFor) -> None:
    colleague, email = client_for("melder@westland.example"), "melder@westland.example"
    asked = {"municipality": "GM1783", "theme": THEME, "question": TYPED, "sending": FIRST}
    named = asked | {"draft": "ask_advice", "draft_page": FIRST, "draft_seen": ""}
    assert 'value="ask_advice"' in colleague.get("/overleg/").text
    assert colleague.post("/werk/concept/ask_advice/", named).status_code == 204
    assert "data-draft-kept" in colleague.get("/overleg/").text
    assert drafts(email)["ask_advice"] == {
        name: [asked[name]] for name in ("municipality", "theme", "question")
    }
    assert colleague.post("/overleg/", named | {"question": ""}).status_code == 200
    assert list(drafts(email)) == ["ask_advice"]
    assert colleague.post("/overleg/", named).status_code == 200
    assert drafts(email) == {}


def test_what_somebody_adds_to_their_own_report_is_kept_without_its_code(client_for: ClientFor) -> None:
    colleague, email = client_for("melder@westland.example"), "melder@westland.example"
    colleague.post(
        "/overleg/", {"municipality": "GM1783", "theme": THEME, "question": "Mag dit?", "sending": FIRST}
    )
    page = answered(colleague)
    name = page.partition('name="draft" value="add_to_box')[2].partition('"')[0]
    assert name
    name = f"add_to_box{name}"
    (form,) = (each for each in filled_forms(page, TYPED) if each.values.get("draft") == name)
    assert colleague.post(f"/werk/concept/{name}/", form.values).status_code == 204
    # What was chosen is kept with the words: the question whether danger is now stands in the same form.
    chosen = {"danger": ["wounded"], "acute": ["no"]}
    assert drafts(email) == {name: {"text": [f"{TYPED} text"], **chosen}}
    assert "data-draft-kept" in answered(colleague)
    colleague.post("/ontvangst/", form.values)
    assert drafts(email) == {}


def test_whoever_types_a_code_leaves_no_draft_that_says_so(client_for: ClientFor) -> None:
    colleague = client_for("melder@westland.example")
    with acting(NOBODY):
        code = reports.file_advice(
            organisation_id=Organisation.objects.get(code="GM1783").id,
            theme="",
            question="Mag dit?",
            sending=uuid4(),
        ).receipt
    page = colleague.post("/ontvangst/", {"code": code}).text
    assert "Stuur aanvulling" in page
    assert 'name="draft"' not in page


def test_a_reason_that_opened_a_name_is_no_draft_any_more(browser: Client) -> None:
    code = filed()
    sent = {"draft": f"identity-{code}", "draft_page": FIRST, "reason": "vraag"}
    browser.post(f"/werk/concept/identity-{code}/", sent)
    assert browser.post(f"/werk/binnen/{code}/naam/", sent).status_code == 200
    assert drafts() == {}


# After the rest


def test_what_is_sent_too_late_waits_behind_signing_in(browser: Client) -> None:
    code = taken_in()
    name, page = f"note-{code}", f"/werk/casussen/{code}/notitie/"
    rest_too_long(browser)
    sent = {"draft": name, "text": TYPED, "track": ""}
    answer = browser.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    assert answer["Location"] == f"/inloggen/?next={page}"
    assert browser.get(page)["Location"] == f"/inloggen/?next={page}"
    with somebody() as actor:
        assert TYPED not in str(cases.case(code, actor).events)
    sign_in(browser)
    assert "data-draft-kept" in browser.get(page).text
    assert browser.get(f"/werk/concept/{name}/").json()["text"] == [TYPED]


QUIET = {"Sluitend-Draft": "1"}


def test_a_last_save_that_comes_too_late_is_kept_too_and_the_page_is_told_so(browser: Client) -> None:
    rest_too_long(browser)
    answer = browser.post(
        "/werk/concept/note-C-9T3F/", {"draft": "note-C-9T3F", "text": TYPED}, headers=QUIET
    )
    assert answer.status_code == 204
    assert answer["Sluitend-Draft"] == "1"
    assert drafts() == {"note-C-9T3F": {"text": [TYPED]}}


def test_what_a_page_asks_by_itself_after_the_rest_takes_nothing_from_what_is_sent_next(
    browser: Client,
) -> None:
    code = taken_in()
    name, page = f"note-{code}", f"/werk/casussen/{code}/notitie/"
    rest_too_long(browser)
    asked = browser.post(f"/werk/casussen/{code}/wie-nog/", {"since": ""}, headers=QUIET)
    assert asked["Location"].startswith("/inloggen/")
    browser.post(f"/werk/concept/{name}/", {"draft": name, "text": "eerste"}, headers=QUIET)
    assert browser.get(f"/werk/concept/{name}/", headers=QUIET)["Location"].startswith("/inloggen/")
    sent = browser.post(
        page, {"draft": name, "text": TYPED, "track": ""}, headers={"Referer": f"http://testserver{page}"}
    )
    assert sent["Location"] == f"/inloggen/?next={page}"
    assert drafts() == {name: {"text": [TYPED], "track": [""]}}
    assert browser.get(page)["Location"] == f"/inloggen/?next={page}"


def test_the_sign_in_page_that_is_asked_for_by_itself_after_the_rest_comes_at_once(browser: Client) -> None:
    rest_too_long(browser)
    assert browser.get("/inloggen/", headers=QUIET).status_code == 200


def test_another_account_on_the_same_browser_gets_nothing(browser: Client) -> None:
    rest_too_long(browser)
    browser.post("/werk/concept/note-C-9T3F/", {"draft": "note-C-9T3F", "text": TYPED})
    sign_in(browser, DEPUTY)
    assert browser.get("/werk/concept/note-C-9T3F/").status_code == 404


def test_a_page_of_somebody_else_puts_nothing_in_a_draft() -> None:
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser)
    rest_too_long(browser)
    answer = browser.post("/werk/concept/note-C-9T3F/", {"draft": "note-C-9T3F", "text": TYPED})
    assert answer["Location"] == "/inloggen/?next=/werk/"
    assert drafts() == {}


def test_a_name_that_was_bent_keeps_nothing(browser: Client) -> None:
    rest_too_long(browser)
    browser.post("/werk/casussen/C-9T3F/notitie/", {"draft": TYPED, "text": TYPED})
    assert drafts() == {}


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/werk/doorgezet/?toon=open", "/werk/doorgezet/?toon=open"),
        ("http://elders.example/werk/", "/werk/"),
        ("http://testserver/melden/", "/werk/"),
        ("javascript:alert(1)", "/werk/"),
        ("", "/werk/"),
    ],
)
def test_signing_in_leads_back_to_a_page_of_the_desk_only(referer: str, page: str) -> None:
    request = RequestFactory().post("/werk/", headers={"Referer": referer})
    assert page_before(request) == page
