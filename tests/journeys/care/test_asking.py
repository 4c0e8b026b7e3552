"""The five pages on which help is asked: what is shown and promised, who holds it, what is refused."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read
from tests.samples import help_answers

from sluitend.journeys.care.journey import CARE_READ
from sluitend.journeys.care.promising import promised
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.models import Report, ReporterIdentity
from sluitend.journeys.reports.slowing import FILING, GUESSING
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing.models import Seal

pytestmark = pytest.mark.django_db
WHERE = "/hulp-vragen/"
PAGES = {
    1: ("danger_now", "start", "bed_tonight"),
    2: ("under_18", "alone_minor", "knows", "agreed_to"),
    3: ("call_name", "safe_contact", "safe_contact_value", "watched", "language"),
    4: ("where", "doctor_today", "seen"),
    5: ("asker_name", "asker_phone", "may_name_asker"),
}


@pytest.fixture(autouse=True)
def no_limits() -> None:
    FILING.forget()
    GUESSING.forget()


@pytest.fixture
def browser(region: Any) -> Client:
    # As a browser of somebody who has no token and takes no cookie.
    return Client(enforce_csrf_checks=True)


def post(browser: Client, step: int, go: str = "next", **changes: str | Collection[str]) -> Any:
    sending = str(changes.pop("sending", "11111111-1111-4111-8111-111111111111"))
    data = {**help_answers(**changes), "step": str(step), "go": go, "sending": sending}
    return browser.post(WHERE, data)


def asked_on(page: str) -> set[str]:
    """Return the names of what a page asks, without what it carries."""
    inputs = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    return {
        re.search(r'name="([^"]+)"', each)[1]  # type: ignore[index]  # each has one
        for each in inputs
        if 'type="hidden"' not in each and 'name="' in each
    }


def as_public(statement: str, values: list[Any]) -> None:
    with acting(NOBODY), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE sl_intake")
        cursor.execute(statement, values)


def only() -> Report:
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        (row,) = Report.objects.filter(kind__in=["care", "consult"])
        return row


def test_the_front_door_leads_here_and_112_comes_first(browser: Client) -> None:
    assert f'href="{WHERE}"' in browser.get("/").text
    page = browser.get(WHERE)
    assert page.text.index("tel:112") < page.text.index("<form")
    assert "Stap 1 van 5" in as_read(page.text)
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies
    assert (
        "nonce-" not in page.headers["Content-Security-Policy"]
        or "unsafe" not in page.headers["Content-Security-Policy"]
    )


def test_five_pages_follow_each_other_without_script_and_end_with_a_code(browser: Client) -> None:
    for step in range(1, 5):
        page = post(browser, step)
        assert page.status_code == 200
        assert f'name="step" value="{step + 1}"' in page.text
        assert set(PAGES[step + 1]) & asked_on(page.text) >= set(PAGES[step + 1]) - {
            "alone_minor",
            "call_name",
        }
        assert as_read(page.text).count("Dit vragen wij niet") == 1
        assert not page.cookies
    page = post(browser, 5)
    assert "sl-receipt" in page.text
    assert "U hoort van ons binnen één werkdag." in page.text
    assert "Dit formulier vervangt de meldcode van uw beroep niet." in page.text
    assert page.request["QUERY_STRING"] == ""


def test_back_shows_the_page_before_with_what_was_chosen(browser: Client) -> None:
    assert 'name="step" value="2"' in post(browser, 3, go="back").text
    for step in (2, 1):
        page = post(browser, step, go="back").text
        assert 'name="step" value="1"' in page
        (chosen,) = re.findall(r'<input[^>]*name="start"[^>]*checked[^>]*>', page)
        assert 'value="hulp"' in chosen


def test_the_pages_speak_english(browser: Client) -> None:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = as_read(browser.get(WHERE).text)
    assert "Is there direct danger now?" in page
    assert "This we do not ask" in page


@pytest.mark.parametrize("knows", ["weet_niet", "weet_en_wil_niet"])
def test_who_did_not_ask_is_not_named_and_advice_comes_first(browser: Client, knows: str) -> None:
    page = post(browser, 2, knows=knows)
    assert "Vraag eerst advies." in page.text
    # There is nothing to ask on the third page.
    assert 'name="step" value="4"' in page.text
    sent = post(browser, 4, knows=knows)
    assert "sl-receipt" in sent.text
    row = only()
    assert (row.kind, row.anonymity) == ("consult", "anonymous")
    held = reports.help_request(row.code, samples.actor("zorg@shop.example"), CARE_READ).told
    assert {"call_name", "safe_contact", "safe_contact_value", "asker_name", "asker_phone"} & set(
        held["answers"]
    ) == set()
    assert samples.PLANTED_PHONE not in str(held)


def test_a_child_in_danger_goes_on_without_a_name(browser: Client) -> None:
    page = post(browser, 2, knows="weet_niet", under_18="ja")
    assert "Vraag eerst advies." not in page.text
    assert {"call_name", "safe_contact"} & asked_on(page.text) == set()
    assert "0800" in page.text
    sent = post(browser, 5, knows="weet_niet", under_18="ja")
    assert "Bel vandaag Veilig Thuis" in as_read(sent.text)
    assert only().minor == "yes"


def test_the_row_is_of_the_care_organisation_and_of_nobody_else(browser: Client) -> None:
    post(browser, 5)
    shop = Organisation.objects.get(code="shop")
    row = only()
    assert row.envelope_id
    assert row.organisation_id == shop.id
    with acting(system_actor(shop.id)):
        assert set(Seal.objects.filter(envelope_id=row.envelope_id).values_list("holder_id", flat=True)) == {
            shop.id
        }
        (step,) = NextStep.objects.filter(subject_id=row.id)
        assert (step.what, step.owner_role, step.subject_kind) == ("take_request", "partner", "care_request")
    for other in Organisation.objects.exclude(code="shop"):
        with acting(system_actor(other.id)):
            assert not Report.objects.filter(code=row.code).exists()
            assert not NextStep.objects.filter(subject_id=row.id).exists()
    assert not ReporterIdentity.objects.exists()


def test_sent_twice_is_one_request_with_one_code(browser: Client) -> None:
    first, second = post(browser, 5), post(browser, 5)
    codes = [re.search(r'name="code" value="([^"]+)"', each.text)[1] for each in (first, second)]  # type: ignore[index]
    assert codes[0] == codes[1]
    assert "Dit hadden wij al." in second.text
    assert only().code


@pytest.mark.parametrize(
    ("moment", "answers", "promise", "due"),
    [
        ("2026-11-26 09:30", {"bed_tonight": "nee"}, "today", "16:00"),
        ("2026-11-26 15:59", {"bed_tonight": "nee"}, "today", "16:00"),
        ("2026-11-26 16:00", {"bed_tonight": "nee"}, "out_of_hours", "16:00"),
        ("2026-11-27 17:30", {"danger_now": "ja"}, "out_of_hours", "17:30"),
        ("2026-11-28 10:00", {"under_18": "misschien"}, "out_of_hours", "10:00"),
        ("2026-12-25 10:00", {"under_18": "ja"}, "out_of_hours", "10:00"),
        ("2026-11-26 09:30", {}, "next_day", None),
        ("2026-11-28 10:00", {}, "next_day", None),
    ],
)
def test_what_is_promised_follows_from_the_answers_and_the_clock(
    region: Any,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    answers: dict[str, str],
    promise: str,
    due: str | None,
) -> None:
    then = timezone.make_aware(datetime.fromisoformat(moment))
    monkeypatch.setattr(timezone, "now", lambda: then)
    found = promised(current_release().pack.request, help_answers(**answers), on_call=str)
    assert found.name == promise
    assert (timezone.localtime(found.due).strftime("%H:%M") if found.due else None) == due
    assert bool(found.at) is (due is not None)


@pytest.mark.parametrize(
    ("step", "changes", "said"),
    [
        (1, {"danger_now": ""}, "Kies een antwoord"),
        (1, {"start": "iets anders"}, "Kies een antwoord"),
        (3, {"safe_contact_value": ""}, "Vul het nummer of het adres in."),
        (3, {"safe_contact_value": "geen nummer"}, "Dit is geen telefoonnummer"),
        (3, {"safe_contact": "email", "safe_contact_value": "niets"}, "Dit is geen e-mailadres."),
        (3, {"safe_contact_start": "12:00", "safe_contact_end": "10:00"}, "Vul een tijd in"),
        (3, {"safe_contact_start": "25:99"}, "Schrijf een tijd als 10:00."),
        (4, {"where": "GM9999"}, "Kies een gemeente."),
        (4, {"seen": "x" * 2001}, "Dit is te lang"),
        (4, {"seen": "Haar BSN is 111222333"}, "Schrijf geen burgerservicenummer op."),
        (4, {"children_age_0_3": "-1"}, "Vul een getal van 0 tot 20 in."),
        (5, {"asker_name": ""}, "Vul uw naam in."),
        (5, {"asker_phone": "nee"}, "Dit is geen telefoonnummer"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_filed(
    browser: Client, step: int, changes: dict[str, str], said: str
) -> None:
    page = post(browser, step, **changes)
    assert said in as_read(page.text)
    assert f'name="step" value="{step}"' in page.text
    last = post(browser, 5, **changes)
    assert "sl-receipt" not in last.text


def test_what_was_hidden_is_not_filed_though_it_was_sent(browser: Client) -> None:
    post(browser, 5, safe_contact="through_asker", agreed_to="bellen")
    told = reports.help_request(only().code, samples.actor("zorg@shop.example"), CARE_READ).told
    assert "call_name" not in told["answers"]
    assert "safe_contact_value" not in told["answers"]
    assert "phone" not in told


@pytest.mark.parametrize("step", ["", "0", "6", "x", "٣", "9" * 5000])
def test_a_page_that_is_not_there_is_the_first(browser: Client, step: str) -> None:
    data = {**help_answers(danger_now=""), "step": step, "go": "next"}
    page = browser.post(WHERE, data)
    assert page.status_code == 200
    assert 'name="step" value="1"' in page.text


def test_too_many_at_once_wait(browser: Client) -> None:
    for _ in range(FILING.number):
        FILING.count("127.0.0.1")
    page = post(browser, 5)
    assert "U verstuurt veel achter elkaar." in page.text
    assert samples.PLANT in page.text


def test_where_nobody_reads_the_focal_point_takes_it_up(browser: Client) -> None:
    Account.objects.filter(email="zorg@shop.example").update(is_active=False)
    answer = browser.get(WHERE)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/melden/hulp/"


def test_who_asks_when_the_last_reader_leaves_keeps_what_was_typed(browser: Client) -> None:
    Account.objects.filter(email="zorg@shop.example").update(is_active=False)
    page = post(browser, 5, sending=str(uuid4()))
    assert page.status_code == 200
    assert "sl-receipt" not in page.text
    assert "Hier leest nu niemand uw vraag. Bel de gemeente." in as_read(page.text)
    assert samples.PLANT in page.text


def test_what_is_changed_after_it_was_sent_is_promised_nothing(browser: Client) -> None:
    """The same page sent again is the first request, whatever was chosen since."""
    post(browser, 5)
    page = as_read(post(browser, 5, bed_tonight="nee").text)
    assert "Wij bellen u vandaag" not in page
    assert "Wij zijn nu niet bereikbaar" not in page
    assert "Uw vraag is aangekomen. U hoort van ons uiterlijk" in page
    assert not only().acute


@pytest.mark.parametrize(
    ("answers", "last", "hurried"),
    [
        ({}, 5, False),
        ({"bed_tonight": "nee"}, 5, True),
        ({"start": "advies"}, 4, False),
        ({"start": "advies", "under_18": "misschien"}, 4, True),
    ],
)
def test_the_minute_is_kept_of_what_is_hurried_and_of_nothing_else(
    browser: Client, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], last: int, hurried: bool
) -> None:
    """The page says so before it is sent, of the one and not of the other."""
    filed = timezone.make_aware(datetime.fromisoformat("2026-11-26 17:37:21"))
    monkeypatch.setattr(timezone, "now", lambda: filed)
    before = post(browser, {5: 4, 4: 2}[last], **answers).text
    assert f'name="step" value="{last}"' in before
    assert ("op de minuut" in as_read(before)) is hurried
    assert "sl-receipt" in post(browser, last, **answers).text
    row = only()
    told = reports.help_request(row.code, samples.actor("zorg@shop.example"), CARE_READ).told
    assert told.get("at") == ("2026-11-26T17:37+01:00" if hurried else None)
    with acting(system_actor(row.organisation_id)):
        kept = [
            *Report.objects.filter(pk=row.pk).values(),
            *NextStep.objects.filter(subject_id=row.pk).values(),
        ]
    moments = [each for values in kept for each in values.values() if isinstance(each, datetime)]
    assert moments == ([filed.replace(second=0)] if hurried else [end_of(date(2026, 11, 27))])


def test_the_public_role_files_for_no_municipality_and_reads_nothing(region: Any) -> None:
    delft = Organisation.objects.get(code="GM0503")
    refused = """
      INSERT INTO reports_report (id, organisation_id, revision, code, kind, state, channel, received,
        anonymity, acute, minor, theme, outcome, swept, fresh, told, envelope_id)
      VALUES (gen_random_uuid(), %s, 1, 'Z-ABCD', 'care', 'new', 'form', now()::date, 'anonymous', false,
        'no', '', '', false, true, false, gen_random_uuid())"""
    for statement, values in (
        (refused, [delft.id]),
        ("SELECT 1 FROM reports_report", []),
        ("SELECT 1 FROM organisations_membership", []),
    ):
        with pytest.raises(DatabaseError, match=r"row-level security|permission denied"):
            as_public(statement, values)
