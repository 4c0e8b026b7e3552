"""Vandaag shows what needs somebody, in order, and nothing of what it is about."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from tests.reading import as_read
from tests.surfaces.desk.conftest import MakeStep
from tests.teaming import make_team

from sluitend.journeys.cases.journey import CASE, CHOOSE_ROUTE, REFER, TRACK, WORK_TRACK
from sluitend.journeys.referrals.journey import ANSWER_REFERRAL, AWAIT_PARTNER, LOOK_AT_REFERRAL, REFERRAL
from sluitend.journeys.reports.journey import (
    AWAIT_REPORTER,
    FINISH_MARK,
    MARK,
    READ_REPORT,
    REPORT,
    TELL_REPORTER,
    WEIGH,
)
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.escalation import Rung
from sluitend.kernel.followup.journey import LOOK_AT_CLOCK, SECOND_EYES
from sluitend.kernel.followup.models import Because, NextStep
from sluitend.kernel.followup.queries.own import _since
from sluitend.kernel.manifest import News, StepKind, SubjectKind, steps
from sluitend.kernel.organisations.models import Account, Role
from sluitend.surfaces.desk.queries import CAME_IN, days_in_words, untaken

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
AF = "af@westland.example"
MANAGER = "manager@westland.example"


def sections(text: str) -> list[str]:
    """The headings of a page, in order."""
    return re.findall(r"<h2[^>]*>([^<]*)</h2>", text)


def test_acute_stands_on_top_and_has_the_one_filled_button(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    make_step(code="M-2222")
    make_step(code="M-3333", minor=True)
    make_step(code="M-4444", urgent=True)
    text = client_for(AF).get("/werk/").text
    assert text.index("M-4444") < text.index("M-3333") < text.index("M-2222")
    assert text.count("utrecht-button--primary-action sl-button--small") == 1
    assert sections(text)[:2] == ["Eerst dit", "Nieuw, nog niet opgepakt"]


def test_what_waits_on_others_and_what_comes_later_stand_apart(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    make_step(what=AWAIT_PARTNER, subject_kind=REFERRAL, code="D-4MX2", waits_on_other=True)
    make_step(what=WORK_TRACK, due=timezone.now() + timedelta(days=4))
    text = client_for(AF).get("/werk/").text
    assert "Alles is onder controle" in text
    assert "<summary>Wacht op anderen (1)</summary>" in text
    assert "Dit komt eraan" in sections(text)


@pytest.mark.parametrize("what", [text for text, step in steps().items() if step.news])
def test_nobody_reads_that_all_is_under_control_while_something_new_lies_there(
    what: str, make_step: MakeStep, client_for: ClientFor
) -> None:
    make_step(what=what, due=timezone.now() + timedelta(days=4))
    text = client_for(AF).get("/werk/").text
    assert "Alles is onder controle" not in text
    assert "Nieuw, nog niet opgepakt" in sections(text)
    assert text.count("utrecht-button--primary-action sl-button--small") == 1


LATER = timedelta(days=4)
NOT_QUIET = "In uw organisatie ligt nog iets dat nieuw is, of dat niemand heeft opgepakt."


@pytest.fixture
def manager_plans(make_step: MakeStep) -> None:
    """Let the manager have something to do that is days away."""
    manager = Account.objects.get(email=MANAGER)
    make_step(what=WORK_TRACK, owner_role="", owner_id=manager.pk, due=timezone.now() + LATER)


@pytest.mark.usefixtures("manager_plans")
@pytest.mark.parametrize("what", untaken())
def test_a_manager_hears_that_something_new_lies_there(
    what: str, make_step: MakeStep, client_for: ClientFor
) -> None:
    desk = client_for(MANAGER)
    assert "Alles is onder controle" in desk.get("/werk/").text
    make_step(what=what, code="M-2222", due=timezone.now() + LATER)
    text = desk.get("/werk/").text
    assert "Alles is onder controle" not in text
    assert NOT_QUIET in text
    assert "M-2222" not in text


@pytest.mark.usefixtures("manager_plans")
@pytest.mark.parametrize("email", [AF, MANAGER])
def test_what_nobody_took_from_the_queue_of_a_team_is_heard_by_who_is_not_in_it(
    email: str, make_step: MakeStep, client_for: ClientFor
) -> None:
    team, desk = make_team(members=("vervanger@westland.example",)), client_for(email)
    assert "Alles is onder controle" in desk.get("/werk/").text
    queued = {"what": WORK_TRACK, "owner_role": "", "due": timezone.now() + LATER}
    step = make_step(team_id=team.pk, **queued)
    text = desk.get("/werk/").text
    assert "Alles is onder controle" not in text
    assert NOT_QUIET in text
    with acting(system_actor(step.organisation_id)):
        taker = Account.objects.get(email="vervanger@westland.example")
        NextStep.objects.filter(pk=step.pk).update(team=None, owner=taker)
    assert "Alles is onder controle" in desk.get("/werk/").text


@pytest.mark.usefixtures("manager_plans")
@pytest.mark.parametrize(("urgent", "days"), [(True, 4), (False, -3)])
def test_a_manager_hears_what_is_acute_or_late_and_nobody_has(
    urgent: bool,
    days: int,
    make_step: MakeStep,
    client_for: ClientFor,
) -> None:
    make_step(what=WEIGH, urgent=urgent, due=timezone.now() + timedelta(days=days))
    assert "Alles is onder controle" not in client_for(MANAGER).get("/werk/").text


def test_who_may_not_know_what_came_in_reads_of_their_own_day_only(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    who = Account.objects.get(email="beheer@westland.example")
    make_step(what=LOOK_AT_CLOCK, owner_role="", owner_id=who.pk, due=timezone.now() + LATER)
    make_step(due=timezone.now() + LATER)
    text = client_for(who.email).get("/werk/").text
    assert "Er wacht niets op u" in text
    assert NOT_QUIET not in text


def test_what_came_in_keeps_its_row_and_says_why(make_step: MakeStep, client_for: ClientFor) -> None:
    make_step(urgent=True, because=Because.REPORT)
    text = as_read(client_for(AF).get("/werk/").text)
    assert '<span class="sl-new">Nieuw</span> Er kwam een melding bij.' in text


def test_the_empty_page_says_why_all_is_under_control(client_for: ClientFor) -> None:
    text = client_for(AF).get("/werk/").text
    assert (
        "Elke open melding, casus en doorzetting heeft een eigenaar en een volgende stap met een datum."
        in text
    )


def test_looking_ahead_names_the_day_of_what_comes_first(make_step: MakeStep, client_for: ClientFor) -> None:
    near, far = (timezone.localtime() + timedelta(days=days) for days in (4, 12))
    make_step(what=WORK_TRACK, due=far)
    assert f"Kijk vooruit naar {date_format(far, 'l j F')}" in client_for(AF).get("/werk/").text
    make_step(what=WORK_TRACK, due=near)
    assert f"Kijk vooruit naar {date_format(near, 'l')}<" in client_for(AF).get("/werk/").text


def test_a_manager_sees_what_climbed_and_is_led_to_give_it_to_somebody(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    late = timezone.now() - timedelta(days=3)
    make_step(code="M-2222", due=late, level=Rung.DEPUTY)
    text = client_for(MANAGER).get("/werk/").text
    assert "Er wacht niets op u" in text
    assert "M-2222" not in text
    owner = Account.objects.get(email="vervanger@westland.example")
    make_step(code="M-3333", due=late, level=Rung.MANAGER, owner_role="", owner_id=owner.pk)
    text = client_for(MANAGER).get("/werk/").text
    assert "Dit wacht langer dan afgesproken" in sections(text)
    assert 'href="/werk/binnen/M-3333/toewijzen/"' in text
    assert "nu bij Samira Haddou" in text
    assert "Geef aan een ander" in text
    assert "utrecht-button--primary-action sl-button--small" not in text
    make_step(code="M-1111", due=late - timedelta(days=1), level=Rung.MANAGER)
    text = client_for(MANAGER).get("/werk/").text
    assert text.index("M-1111") < text.index("M-3333")
    assert text.count("utrecht-button--primary-action sl-button--small") == 1
    assert "Er wacht niets op u" not in text
    assert "M-3333" not in client_for("beheer@westland.example").get("/werk/").text


def test_the_overview_offers_to_assign_what_waits(make_step: MakeStep, client_for: ClientFor) -> None:
    make_step(code="M-2222", due=timezone.now() - timedelta(days=3))
    link = '<a class="sl-link" href="/werk/binnen/M-2222/toewijzen/">Wijs toe'
    assert link in as_read(client_for(MANAGER).get("/werk/overzicht/").text)
    assert link not in as_read(client_for("fg@westland.example").get("/werk/overzicht/").text)


def test_a_passed_step_stood_for_a_day_and_is_never_late(make_step: MakeStep, client_for: ClientFor) -> None:
    Account.objects.filter(email=AF).update(work_days=[1, 2, 3, 4, 5, 6, 7])
    make_step(due=timezone.now() - timedelta(days=21))
    text = client_for(AF).get("/werk/").text
    assert "Stond voor" in text
    assert "te laat" not in text


def test_a_passed_step_of_somebody_who_was_not_there_is_just_for_today(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    due = timezone.localtime() - timedelta(days=2)
    Account.objects.filter(email=AF).update(work_days=[due.isoweekday()])
    make_step(due=due)
    assert "Stond voor" not in client_for(AF).get("/werk/").text


def test_a_colleague_of_another_municipality_sees_nothing_of_it(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    make_step()
    assert "M-7K4Q" not in client_for("af@denhaag.example").get("/werk/").text
    assert "M-7K4Q" not in client_for("manager@westland.example").get("/werk/").text
    assert "M-7K4Q" in client_for("vervanger@westland.example").get("/werk/").text


def test_a_second_pair_of_eyes_is_asked_for_and_named(make_step: MakeStep, client_for: ClientFor) -> None:
    subject = uuid4()
    make_step(subject_id=subject, urgent=True)
    eyes = make_step(subject_id=subject, what=SECOND_EYES, owner_role=Role.MANAGER)
    assert "Tweede paar ogen nog nodig" in client_for(AF).get("/werk/").text
    eyes.done, eyes.done_by = timezone.now(), Account.objects.get(email="vervanger@westland.example").pk
    from sluitend.kernel.access.acting import acting, system_actor

    with acting(system_actor(eyes.organisation_id)):
        eyes.save(update_fields=["done", "done_by"])
    assert "Samira Haddou keek mee" in client_for(AF).get("/werk/").text


def test_after_absence_it_first_says_what_others_did(make_step: MakeStep, client_for: ClientFor) -> None:
    Account.objects.filter(email=AF).update(seen_before=timezone.now() - timedelta(days=6))
    colleague = Account.objects.get(email="vervanger@westland.example").pk
    make_step(done=timezone.now(), done_by=colleague)
    make_step()
    text = client_for(AF).get("/werk/").text
    assert "2 meldingen kwamen binnen" in text
    assert "rondden 1 stap af" in text


def test_after_absence_it_counts_no_further_than_it_says(
    make_step: MakeStep, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sluitend.kernel.followup.queries.own.MOST_SAID", 2)
    monkeypatch.setattr("sluitend.surfaces.desk.queries.MOST_SAID", 2)
    Account.objects.filter(email=AF).update(seen_before=timezone.now() - timedelta(days=6))
    for _time in range(4):
        make_step()
    _since.cache_clear()
    try:
        assert "2+ meldingen kwamen binnen" in client_for(AF).get("/werk/").text
    finally:
        _since.cache_clear()


def test_every_step_about_what_came_in_has_words_for_after_absence() -> None:
    assert set(CAME_IN) == {text for text, step in steps().items() if step.news is News.ARRIVED}


def test_a_reporter_does_not_learn_how_much_came_in(make_step: MakeStep, client_for: ClientFor) -> None:
    Account.objects.filter(email="melder@westland.example").update(
        seen_before=timezone.now() - timedelta(days=6)
    )
    make_step()
    text = client_for("melder@westland.example").get("/werk/").text
    assert "kwam binnen" not in text
    assert "kwamen binnen" not in text
    assert "Stand van zaken" not in text


ADDRESSES = {
    (REPORT, READ_REPORT, "M-7K4Q"): "/werk/binnen/M-7K4Q/",
    (REPORT, TELL_REPORTER, "M-7K4Q"): "/werk/binnen/M-7K4Q/",
    (CASE, TELL_REPORTER, "C-9T3F"): "/werk/casussen/C-9T3F/",
    (CASE, WEIGH, "C-9T3F"): "/werk/casussen/C-9T3F/weging/",
    (CASE, CHOOSE_ROUTE, "C-9T3F"): "/werk/casussen/C-9T3F/plan/",
    (CASE, SECOND_EYES, "C-9T3F"): "/werk/casussen/C-9T3F/",
    (TRACK, WORK_TRACK, "C-9T3F"): "/werk/casussen/C-9T3F/",
    (TRACK, REFER, "C-9T3F"): "/werk/casussen/C-9T3F/doorzetten/",
    (REFERRAL, AWAIT_PARTNER, "D-6RW3"): "/werk/doorgezet/D-6RW3/",
    (REFERRAL, LOOK_AT_REFERRAL, "D-6RW3"): "/werk/ontvangen/D-6RW3/",
    (REFERRAL, ANSWER_REFERRAL, "D-6RW3"): "/werk/ontvangen/D-6RW3/",
}


@pytest.mark.parametrize(("step", "address"), ADDRESSES.items())
def test_a_step_leads_to_its_page(
    make_step: MakeStep, client_for: ClientFor, step: tuple[SubjectKind, StepKind, str], address: str
) -> None:
    subject, what, code = step
    make_step(subject_kind=subject, what=what, code=code)
    assert f'href="{address}"' in client_for(AF).get("/werk/").text


def test_a_mark_leads_its_maker_to_finishing_it(make_step: MakeStep, client_for: ClientFor) -> None:
    maker = Account.objects.get(email="melder@westland.example")
    make_step(subject_kind=MARK, what=FINISH_MARK, code="N-4HWX", owner=maker, owner_role="")
    assert 'href="/melden/afmaken/N-4HWX/"' in client_for("melder@westland.example").get("/werk/").text


@pytest.mark.parametrize("number", [1, 60])
def test_the_number_of_statements_does_not_grow(
    make_step: MakeStep, client_for: ClientFor, number: int
) -> None:
    Account.objects.filter(email=AF).update(seen_before=timezone.now() - timedelta(days=6))
    for _ in range(number):
        make_step(urgent=True)
    client = client_for(AF)
    client.get("/werk/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/werk/")
    assert len(captured) <= 17


def test_more_than_a_page_says_so(make_step: MakeStep, client_for: ClientFor) -> None:
    for _ in range(51):
        make_step()
    assert "Er zijn meer dan 50 stappen open" in client_for(AF).get("/werk/").text


def test_counts_in_the_navigation_mean_needs_you(make_step: MakeStep, client_for: ClientFor) -> None:
    make_step()
    make_step(what=AWAIT_REPORTER, waits_on_other=True)
    text = client_for(AF).get("/werk/").text
    assert re.findall(r'sl-count">(\d+)', text) == ["1", "1"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([1, 2, 3, 4, 5], "maandag tot en met vrijdag"),
        ([2, 4], "dinsdag en donderdag"),
        ([1, 3, 5], "maandag, woensdag en vrijdag"),
        ([3], "woensdag"),
        ([], "geen vaste dagen"),
    ],
)
def test_days_are_said_as_people_say_them(days: list[int], words: str) -> None:
    assert days_in_words(days) == words
