"""Two who work on one case: they see each other, hear who was first, choose, and lose nothing they typed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, FOCAL, filed, somebody, taken_in

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.models import Case, TimelineEvent, Track
from sluitend.kernel.followup.models import Presence
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
OURS, THEIRS = "De huismeester belt maandag", "De huismeester is met verlof"
QUIET = {"Sluitend-Draft": "1"}


@pytest.fixture
def focal(client_for: ClientFor) -> Client:
    return client_for(FOCAL)


@pytest.fixture
def deputy(client_for: ClientFor) -> Client:
    return client_for(DEPUTY)


def look(client: Client, code: str, *, since: Any = None, writes: str = "") -> str:
    """Have a case open, and return what the page is told."""
    asked = {"since": (since or timezone.now()).isoformat(), "writes": writes}
    answer = client.post(f"/werk/casussen/{code}/wie-nog/", asked, headers=QUIET)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


# Who else is here


def test_two_who_have_a_case_open_see_each_other(focal: Client, deputy: Client) -> None:
    code, other = taken_in(), taken_in()
    assert look(focal, code) == ""
    assert "Noor de Bruin heeft deze casus ook open." in look(deputy, code)
    assert "heeft deze casus ook open." in look(focal, code)
    assert look(focal, other) == ""
    look(deputy, code, writes="1")
    assert "schrijft nu ook in deze casus." in look(focal, code)


def test_who_left_is_gone_after_two_minutes_and_forgotten_after_ten(focal: Client, deputy: Client) -> None:
    code = taken_in()
    look(deputy, code)
    with somebody():
        Presence.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert look(focal, code) == ""
    with somebody():
        Presence.objects.exclude(account__email=FOCAL).update(at=timezone.now() - timedelta(minutes=11))
    look(focal, taken_in())
    with somebody():
        assert set(Presence.objects.values_list("account__email", flat=True)) == {FOCAL}


def test_another_municipality_sees_nobody_and_no_case(deputy: Client, client_for: ClientFor) -> None:
    code = taken_in()
    look(deputy, code)
    answer = client_for(ELSEWHERE).post(f"/werk/casussen/{code}/wie-nog/", {"since": ""})
    assert answer.status_code == 404


def test_a_page_is_told_what_another_changed_and_not_what_one_changed_oneself(
    focal: Client, deputy: Client
) -> None:
    code, since = taken_in(), timezone.now()
    focal.post(f"/werk/casussen/{code}/notitie/", {"text": OURS, "track": ""})
    assert look(focal, code, since=since) == ""
    told = look(deputy, code, since=since)
    assert "Gewijzigd door Noor de Bruin om" in told
    assert "Notitie" in told
    assert OURS not in told
    assert "Gewijzigd" not in look(deputy, code, since=timezone.now())


def test_asking_is_cheap_leaves_no_line_and_is_no_activity(focal: Client) -> None:
    code = taken_in()
    look(focal, code)
    with somebody():
        before = Event.objects.count()
    with CaptureQueriesContext(connection) as asked:
        look(focal, code)
    with somebody():
        assert Event.objects.count() == before
    assert len([each for each in asked if "cases_" in each["sql"]]) == 2


@pytest.mark.parametrize(
    "since", ["", "gisteren", "2026-11-25T10:00:00", "9999-99-99", "0001-01-01T00:00:00"]
)
def test_a_moment_that_was_bent_is_taken_for_now_or_as_it_is(focal: Client, since: str) -> None:
    assert focal.post(f"/werk/casussen/{taken_in()}/wie-nog/", {"since": since}).status_code == 200


# Who was first


def begun(focal: Client, deputy: Client) -> tuple[str, dict[str, str]]:
    """A track that the deputy wrote since the focal point opened its form: the page, and what is in it."""
    code = taken_in()
    page = f"/werk/casussen/{code}/spoor/place/"
    with somebody() as actor:
        actions.open_track(actor=actor, code=code, track="place")
    with somebody():
        revision = str(Track.objects.get(case__code=code, kind="place").revision)
    deputy.post(page, {"summary": THEIRS, "runs": "no", "due": "", "revision": revision})
    return page, {"summary": OURS, "runs": "yes", "due": "", "revision": revision}


def summary_of(page: str) -> str:
    with somebody() as actor:
        return queries.case(page.split("/")[3], actor).place.summary


def now_in(answer: Any) -> str:
    """The revision that the form that came back is about."""
    found: str = answer.context["form"]["revision"].value()
    return found


def test_both_texts_stand_side_by_side_and_nothing_is_lost(focal: Client, deputy: Client) -> None:
    page, typed = begun(focal, deputy)
    answer = focal.post(page, typed)
    assert answer.status_code == 422
    assert "was eerst, om" in answer.text
    assert answer.text.count(OURS) == 2
    assert THEIRS in answer.text
    assert summary_of(page) == THEIRS


@pytest.mark.parametrize(
    ("chosen", "stays"), [("mine", OURS), ("theirs", THEIRS), ("both", f"{THEIRS}\n\n{OURS}")]
)
def test_the_second_chooses_what_stays(focal: Client, deputy: Client, chosen: str, stays: str) -> None:
    page, typed = begun(focal, deputy)
    again = typed | {
        "revision": now_in(focal.post(page, typed)),
        "keep_summary": chosen,
        "keep_runs": "theirs",
    }
    assert focal.post(page, again).status_code == 302
    assert summary_of(page) == stays


def test_a_third_who_was_first_again_is_heard_again(focal: Client, deputy: Client) -> None:
    page, typed = begun(focal, deputy)
    shown = now_in(focal.post(page, typed))
    third = {"summary": "Derde tekst", "runs": "no", "due": "", "revision": shown}
    assert deputy.post(page, third).status_code == 302
    answer = focal.post(page, typed | {"revision": shown, "keep_summary": "mine"})
    assert answer.status_code == 422
    assert "Derde tekst" in answer.text
    assert OURS in answer.text


def test_in_ones_own_other_window_one_was_first_oneself(focal: Client) -> None:
    page, typed = begun(focal, focal)
    assert "U was zelf eerst, in een ander venster" in focal.post(page, typed).text


def test_a_wish_of_which_two_wrote_is_chosen_field_by_field(focal: Client, deputy: Client) -> None:
    code = taken_in()
    page = f"/werk/casussen/{code}/wens/"
    with somebody():
        revision = str(Case.objects.get(code=code).revision)
    theirs = {"wish": "yes", "wants": "Een dokter", "wants_not": "", "asked_by": "", "asked_on": "2026-11-20"}
    deputy.post(page, theirs | {"revision": revision})
    ours = theirs | {"wish": "no", "wants": "Rust", "asked_on": "2026-11-21", "revision": revision}
    answer = focal.post(page, ours)
    names = [one.label for one in answer.context["form"].differences()]
    assert names == ["Wil de persoon hulp?", "Wat wil de persoon?", "Wanneer?"]
    chosen = {"keep_wish": "mine", "keep_wants": "both", "keep_asked_on": "theirs"}
    assert focal.post(page, ours | chosen | {"revision": now_in(answer)}).status_code == 302
    with somebody() as actor:
        wish = queries.case(code, actor).wish
    assert wish is not None
    assert (wish.wish, wish.wants, str(wish.asked_on)) == ("no", "Een dokter\n\nRust", "2026-11-20")


# What can no longer be done


def test_a_step_that_another_took_says_what_and_keeps_the_words_as_a_note(
    focal: Client, deputy: Client
) -> None:
    code = taken_in()
    page = f"/werk/casussen/{code}/weging/"
    with somebody():
        revision = str(Case.objects.get(code=code).revision)
    weighed = {
        "concrete": "yes",
        "recent": "yes",
        "pattern": "no",
        "decision": "continue",
        "revision": revision,
    }
    reason = {"continue_reason": "andere_reden", "continue_reason_text": OURS}
    samples.weigh(code, samples.actor(DEPUTY))
    answer = focal.post(page, weighed | reason)
    assert answer.status_code == 422
    assert "Weging afgerond." in answer.text
    assert "Bewaar als notitie" in answer.text
    kept = {"text": OURS, "track": ""}
    assert focal.post(f"/werk/casussen/{code}/notitie/", kept).status_code == 302
    with somebody():
        assert TimelineEvent.objects.filter(what=TimelineEvent.What.NOTE).count() == 1


def test_a_report_that_another_decided_gives_the_words_back(focal: Client) -> None:
    report = filed()
    case = samples.take_in(report, samples.actor(DEPUTY))
    sent = {"scope": "no", "task": "no", "territory": "yes", "what": "close", "close_reason_text": OURS}
    answer = focal.post(f"/werk/binnen/{report}/", sent)
    assert answer.status_code == 422
    assert OURS in answer.text
    assert f"/werk/casussen/{case}/notitie/" in answer.text
