"""Planned visits wait for a focal point, and a wait request waits for a consultation."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from tests import samples
from tests.journeys.visits.situations import GREENHOUSE, Town, consulted, days, wanted_at

from sluitend.demo.clock import at
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.cases.models import Case, TimelineEvent
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.visits import actions, queries
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.journey import (
    CARRY_OUT,
    CONSULT_ASKER,
    NOT_RELEASED,
    READ_WAIT_REQUEST,
    RELEASE_VISIT,
)
from sluitend.journeys.visits.models import Consultation, Visit, WaitRequest
from sluitend.journeys.visits.places import Place, check
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.handover import reclaim
from sluitend.kernel.followup.models import Because, NextStep
from sluitend.kernel.organisations.models import Membership, Organisation, Role
from sluitend.kernel.sealing.envelopes import drop_seal

type Clients = Callable[[str], Client]
PLANNED, RELEASED, DONE = Visit.State.PLANNED, Visit.State.RELEASED, Visit.State.DONE


def open_steps(town: Town, code: str) -> set[str]:
    """Return what is open about a visit or a wait request."""
    with acting(town.focal_point):
        return set(NextStep.objects.filter(code=code, done__isnull=True).values_list("what", flat=True))


def test_every_visit_waits_for_a_focal_point(town: Town) -> None:
    code = town.plan(ahead=0)
    assert town.visit(code).state == PLANNED
    assert open_steps(town, code) == {RELEASE_VISIT}
    with pytest.raises(Conflict):
        town.do(town.planner, actions.carry_out, code=code)
    with pytest.raises(Refused):
        town.do(town.planner, actions.release, code=code)
    town.release(code)
    assert open_steps(town, code) == {CARRY_OUT}
    town.do(town.planner, actions.carry_out, code=code)
    assert town.visit(code).state == DONE
    assert open_steps(town, code) == set()


def test_what_is_planned_is_not_recorded_as_done_before_its_day(town: Town, client_for: Clients) -> None:
    code = town.plan(ahead=2)
    town.release(code)
    page, client = f"/werk/toezicht/{code}/", client_for("toezicht@westland.example")
    assert "Leg vast dat het is gedaan" not in client.get(page).text
    early = client.post(f"{page}gedaan/", follow=True)
    day = date_format(days(2), "j F")
    assert f"Dit staat voor {day}. Vanaf die dag kunt u vastleggen dat het is gedaan." in early.text
    assert (town.visit(code).state, open_steps(town, code)) == (RELEASED, {CARRY_OUT})
    # The day begins here at midnight, not in Greenwich.
    with at(timezone.make_aware(datetime.combine(days(2), time(0, 5)))):
        town.do(town.planner, actions.carry_out, code=code)
    assert town.visit(code).state == DONE


def test_before_its_day_too_one_hears_first_that_it_is_not_released_any_more(town: Town) -> None:
    code = town.plan(ahead=2)
    town.release(code)
    town.ask()
    with pytest.raises(Conflict):
        town.do(town.planner, actions.carry_out, code=code)


def test_from_its_day_the_page_offers_to_record_it(town: Town, client_for: Clients) -> None:
    code = town.plan(ahead=0)
    town.release(code)
    page = client_for("toezicht@westland.example").get(f"/werk/toezicht/{code}/")
    assert "Leg vast dat het is gedaan" in page.text


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Place(), "address"),
        (Place(company="Kas"), "address"),
        (Place(address="Kwakelweg"), "address"),
        (Place(kvk="123"), "kvk"),
        (Place(plate="?"), "plate"),
    ],
)
def test_a_place_that_could_not_be_found_again_is_refused(town: Town, place: Place, field: str) -> None:
    for attempt in (town.plan, town.note_wait_request, town.ask):
        with pytest.raises(DomainError) as refused:
            attempt(place)
        assert refused.value.field == field


def test_a_planner_sees_only_their_own_visits(town: Town) -> None:
    own = town.do(
        town.focal_point, actions.plan_visit, plan=Plan(kind="check", day=days(2), place=GREENHOUSE)
    )
    with pytest.raises(Absent):
        town.do(town.planner, actions.withdraw, code=own, reason="not_needed")


@pytest.mark.parametrize(
    ("held", "planned"),
    [
        (Place(address="Kwakelweg 12"), Place(address="KWAKELWG. 12a, De Lier")),
        (Place(address="Kwakelweg 12a"), Place(address="Kwakelweg 12")),
        (Place(address="Kwakelweg 12-3"), Place(address="Kwakelweg 12 b")),
        (Place(address="Kwakelweg 12, 2678 AB De Lier"), Place(address="2678ab 12")),
        (Place(kvk="90.00.41.27"), Place(address="Elders 1", kvk="90004127")),
        (Place(plate="vb123x"), Place(address="Elders 1", plate="VB-123-X")),
    ],
)
def test_a_wait_request_finds_a_visit_however_it_is_written(town: Town, held: Place, planned: Place) -> None:
    town.note_wait_request(held)
    code = town.plan(planned)
    with pytest.raises(DomainError):
        town.release(code)
    assert town.visit(code).state == PLANNED


def test_another_number_is_not_held(town: Town) -> None:
    town.note_wait_request(Place(address="Kwakelweg 12"))
    town.release(town.plan(Place(address="Kwakelweg 123")))


@pytest.mark.parametrize(
    ("outcome", "more", "goes"),
    [
        ("go_ahead", {}, True),
        ("wait", {}, False),
        ("together", {}, False),
        ("no_answer", {}, False),
        ("no_answer", {"cannot_wait": "help"}, True),
        ("wait", {"cannot_wait": "legal_term"}, True),
    ],
)
def test_what_came_out_of_the_consultation_decides(
    town: Town, outcome: str, more: dict[str, str], goes: bool
) -> None:
    wait_request, code = town.note_wait_request(), town.plan()
    town.consult(wait_request, code, outcome, **more)
    if goes:
        town.release(code)
    else:
        with pytest.raises(DomainError):
            town.release(code)
    assert town.visit(code).state == (RELEASED if goes else PLANNED)


def test_every_asker_must_be_consulted(town: Town) -> None:
    first, second, code = (
        town.note_wait_request(),
        town.note_wait_request(partner="arbeidsinspectie"),
        town.plan(),
    )
    town.consult(first, code, "go_ahead")
    with pytest.raises(DomainError):
        town.release(code)
    town.consult(second, code, "go_ahead")
    town.release(code)


def test_the_last_word_of_the_asker_counts(town: Town) -> None:
    wait_request, code = town.note_wait_request(), town.plan()
    town.consult(wait_request, code, "go_ahead")
    town.release(code)
    town.consult(wait_request, code, "wait")
    assert town.visit(code).state == PLANNED
    assert open_steps(town, code) == {RELEASE_VISIT, NOT_RELEASED}


def test_a_wait_request_after_the_release_lets_it_wait_again_and_the_planner_hears_it(town: Town) -> None:
    code = town.plan()
    town.release(code)
    town.note_wait_request()
    assert town.visit(code).state == PLANNED
    assert open_steps(town, code) == {RELEASE_VISIT, NOT_RELEASED}
    town.do(town.planner, actions.hear, code=code)
    assert open_steps(town, code) == {RELEASE_VISIT}


@pytest.mark.parametrize("how", ["consulted", "asked", "answered"])
def test_what_the_focal_point_does_next_keeps_the_warning_for_the_planner(town: Town, how: str) -> None:
    code = town.plan()
    town.release(code)
    wait_request = town.ask()
    town.catch_up()
    if how == "consulted":
        town.consult(wait_request, code, "wait")
    else:
        question = town.ask_asker(wait_request, code)
        if how == "answered":
            town.answer(wait_request, question, "take_over")
            town.catch_up()
    assert open_steps(town, code) == {RELEASE_VISIT, NOT_RELEASED}
    town.do(town.planner, actions.hear, code=code)
    assert open_steps(town, code) == {RELEASE_VISIT}


def test_what_is_released_again_warns_of_nothing(town: Town) -> None:
    code = town.plan()
    town.release(code)
    wait_request = town.note_wait_request()
    town.consult(wait_request, code, "go_ahead")
    assert open_steps(town, code) == {RELEASE_VISIT, NOT_RELEASED}
    town.release(code)
    assert open_steps(town, code) == {CARRY_OUT}


def test_a_wait_request_of_an_asker_binds_before_the_municipality_has_caught_up(town: Town) -> None:
    code, released = town.plan(), town.plan(ahead=0)
    town.release(released)
    wait_request = town.ask()
    assert town.wait_request(wait_request).indexed is None
    with pytest.raises(DomainError):
        town.release(code)
    with pytest.raises(Conflict):
        town.do(town.planner, actions.carry_out, code=released)
    town.catch_up()
    town.catch_up()
    assert town.visit(released).state == PLANNED
    assert open_steps(town, wait_request) == {READ_WAIT_REQUEST}


WINDOW = [
    ("toezicht@westland.example", "/werk/toezicht/"),
    ("toezicht@westland.example", "/werk/toezicht/{code}/"),
    ("toezicht@westland.example", "/werk/"),
    ("af@westland.example", "/werk/vrijgeven/"),
    ("af@westland.example", "/werk/vrijgeven/{code}/"),
]
"""Every page that says how a visit stands, and who looks at it."""


@pytest.mark.parametrize(("who", "path"), WINDOW)
def test_whoever_looks_before_the_municipality_has_caught_up_reads_not_released(
    town: Town, client_for: Clients, who: str, path: str
) -> None:
    code, free = town.plan(), town.plan(Place(address="Heel ergens anders 1"))
    town.release(code)
    town.release(free)
    wait_request = town.ask()  # and the job that makes its tokens does not run
    assert (town.wait_request(wait_request).indexed, town.visit(code).state) == (None, RELEASED)
    page = client_for(who).get(path.format(code=code)).content.decode()
    assert "og niet vrijgegeven" in page
    assert town.visit(code).state == PLANNED
    assert town.visit(free).state == RELEASED
    assert open_steps(town, code) == {RELEASE_VISIT, NOT_RELEASED}
    assert open_steps(town, wait_request) == {READ_WAIT_REQUEST}


@pytest.mark.parametrize(("who", "path"), [row for row in WINDOW if row[1] != "/werk/"])
def test_while_a_wait_request_cannot_be_read_no_page_says_released(
    town: Town, client_for: Clients, who: str, path: str
) -> None:
    code = town.plan(Place(address="Heel ergens anders 1"))
    town.release(code)
    row = town.wait_request(town.ask())
    with acting(town.focal_point):
        drop_seal(row.envelope_id, holder_id=town.organisation_id)
    page = client_for(who).get(path.format(code=code)).content.decode()
    assert "og niet vrijgegeven" in page
    assert ">Vrijgegeven<" not in page


def test_a_day_that_passes_releases_nothing(town: Town) -> None:
    wait_request, code = town.note_wait_request(until=2), town.plan()
    town.pass_wait_requests(days(3))
    assert town.wait_request(wait_request).state == WaitRequest.State.PASSED
    assert open_steps(town, wait_request) == {CONSULT_ASKER}
    with pytest.raises(DomainError):
        town.release(code)


def test_only_the_asker_or_the_mayor_lifts_a_wait_request(town: Town) -> None:
    code = town.plan()
    for who, action, more in (
        (town.police, actions.lift, {}),
        (town.manager, actions.lift_for_mayor, {"sentence": "Kinderen in gevaar"}),
        (town.focal_point, actions.note_lift, {"whom": "Rechercheur"}),
    ):
        wait_request = town.note_wait_request()
        with pytest.raises(DomainError):
            town.release(code)
        town.do(who, action, code=wait_request, reason="asker_done", **more)
        town.catch_up()
        assert town.wait_request(wait_request).closed is not None
        assert open_steps(town, wait_request) == set()
    for action, more in ((actions.lift_for_mayor, {"sentence": "Toch"}), (actions.lift, {})):
        with pytest.raises(Refused):
            town.do(town.focal_point, action, code=town.note_wait_request(), reason="consulted", **more)


@pytest.mark.parametrize("by", ["asker", "mayor", "telephone"])
def test_the_cases_about_the_place_hear_the_danger_for_which_a_wait_request_is_lifted(
    town: Town, by: str
) -> None:
    who = town.focal_point
    westland = Organisation.objects.get(pk=town.organisation_id)
    at_the_place, elsewhere, bound = (
        samples.take_in(
            samples.file_report(westland, told=ReportContent(saw="Gezien", where="Elders 9"))[0], who
        )
        for _each in range(3)
    )
    with acting(who):
        there = NewSubject("place", "Kas", identifiers=(("address", GREENHOUSE.address),))
        cases.add_subject(actor=who, code=at_the_place, new=there)
    wait_request = town.note_wait_request()
    town.do(
        who,
        actions.plan_visit,
        plan=Plan(kind="letter", day=days(2), place=Place(plate=GREENHOUSE.plate), case_code=bound),
    )
    how: dict[str, tuple[Actor, Callable[..., None], dict[str, str]]] = {
        "asker": (town.police, actions.lift, {}),
        "mayor": (town.manager, actions.lift_for_mayor, {"sentence": "Kinderen in gevaar"}),
        "telephone": (who, actions.note_lift, {"whom": "Rechercheur"}),
    }
    lifter, action, more = how[by]
    town.do(lifter, action, code=wait_request, reason="danger", **more)
    for _twice in range(2):
        town.catch_up()
    with acting(who):
        acute = set(Case.objects.filter(acute=True).values_list("code", flat=True))
        heard = TimelineEvent.objects.filter(what=TimelineEvent.What.URGENT)
        assert {at_the_place, bound} <= acute
        assert elsewhere not in acute
        assert heard.count() == 2
        step = Case.objects.get(code=at_the_place).current_step
        assert step is not None
        assert (step.urgent, step.because) == (True, Because.WEIGHED)


def test_asking_anew_asks_for_new_consultations(town: Town) -> None:
    wait_request, code = town.note_wait_request(), town.plan()
    town.consult(wait_request, code, "go_ahead")
    again = town.do(town.police, actions.ask_anew, code=wait_request, until=days(30), ground="safety")
    town.catch_up()
    assert town.wait_request(wait_request).state == WaitRequest.State.REPLACED
    assert town.wait_request(again).state == WaitRequest.State.RUNS
    with pytest.raises(DomainError):
        town.release(code)


def test_a_wait_request_lasts_no_longer_than_the_handbook_says(town: Town) -> None:
    for until in (0, 61):
        with pytest.raises(DomainError) as refused:
            town.note_wait_request(until=until)
        assert refused.value.field == "until"
    town.note_wait_request(until=60)


def test_who_may_not_answer_with_the_code_that_opens_a_wait_request_may_not_ask(town: Town) -> None:
    care = samples.actor("zorg@shop.example")
    with pytest.raises(DomainError):
        town.do(care, actions.ask, municipality_id=town.organisation_id, wanted=wanted_at(GREENHOUSE, 9))


def test_a_visit_of_a_case_waits_for_the_question_about_the_residents(town: Town) -> None:
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    case = samples.take_in(report, town.focal_point)
    samples.weigh(case, town.focal_point)
    own = town.do(
        town.focal_point,
        actions.plan_visit,
        plan=Plan(kind="letter", day=days(2), place=Place(address="Elders 1"), case_code=case),
    )
    there = town.plan(Place(address="Tuinderspad 12a"))
    for code in (own, there):
        with pytest.raises(DomainError):
            town.release(code)
    town.do(
        town.focal_point,
        cases.answer_residents_question,
        code=case,
        answer="nobody_stays",
        first_step="who_joins",
    )
    for code in (own, there):
        town.release(code)


def test_a_friendly_visit_is_laid_beside_the_case_first(town: Town) -> None:
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    samples.take_in(report, town.focal_point)
    visit = town.plan(Place(address="Tuinderspad 12a"), kind="visit")
    with pytest.raises(DomainError):
        town.release(visit)
    town.release(visit, beside_case=True)
    town.do(town.focal_point, actions.take_back, code=visit)
    assert town.visit(visit).state == PLANNED


def force(code: str, state: str) -> None:
    """Write a state of a visit past every action, and let the database look."""
    with transaction.atomic():
        Visit.objects.filter(code=code).update(state=state)
        connection.check_constraints()


def change_of_mind() -> None:
    """Write past every action that the asker now wants to wait."""
    with transaction.atomic():
        row = Consultation.objects.get()
        row.pk, row.turn, row.outcome = uuid4(), 2, Consultation.Outcome.WAIT
        row.save(force_insert=True)
        connection.check_constraints()


def force_lift(code: str) -> None:
    """Let a wait request end without anybody who ends it."""
    with transaction.atomic():
        WaitRequest.objects.filter(code=code).update(state=WaitRequest.State.LIFTED)


def test_the_database_itself_refuses_what_no_action_would_do(town: Town) -> None:
    wait_request, code = town.note_wait_request(), town.plan()
    with acting(town.focal_point):
        with pytest.raises(IntegrityError):
            force(code, RELEASED)
        with pytest.raises(IntegrityError):
            force_lift(wait_request)
    town.consult(wait_request, code, "go_ahead")
    town.release(code)
    with acting(town.focal_point), pytest.raises(IntegrityError):
        change_of_mind()


def test_a_wait_request_that_nobody_indexed_stops_every_release_in_the_database(town: Town) -> None:
    code = town.plan(Place(address="Heel ergens anders 1"))
    town.ask()
    with acting(town.focal_point), pytest.raises(IntegrityError):
        force(code, RELEASED)


@pytest.mark.parametrize("outcome", ["go_ahead", "no_answer"])
def test_after_its_day_a_consultation_ends_a_wait_request(town: Town, outcome: str) -> None:
    wait_request, code = town.note_wait_request(until=1), town.plan()
    with pytest.raises(DomainError):
        town.do(town.focal_point, actions.consult_after, code=wait_request, what=consulted(outcome))
    with at(timezone.now() + timedelta(days=2)):
        town.do(town.focal_point, actions.consult_after, code=wait_request, what=consulted("wait"))
        assert town.wait_request(wait_request).state == WaitRequest.State.PASSED
        with pytest.raises(DomainError):
            town.release(code)
        town.do(town.focal_point, actions.consult_after, code=wait_request, what=consulted(outcome))
        assert town.wait_request(wait_request).state == WaitRequest.State.ENDED
        town.release(code)


def test_after_its_day_no_answer_lets_one_visit_go(town: Town) -> None:
    wait_request, code, other = town.note_wait_request(until=1), town.plan(), town.plan()
    with at(timezone.now() + timedelta(days=2)):
        town.consult(wait_request, code, "no_answer")
        town.release(code)
        with pytest.raises(DomainError):
            town.release(other)


def test_a_wait_request_that_cannot_be_read_stops_every_release(town: Town) -> None:
    code, wait_request = town.plan(Place(address="Heel ergens anders 1")), town.ask()
    row = town.wait_request(wait_request)
    with acting(town.focal_point):
        drop_seal(row.envelope_id, holder_id=town.organisation_id)
    with pytest.raises(DomainError) as refused:
        town.release(code)
    assert "niet te lezen" in refused.value.message
    town.catch_up()
    assert town.wait_request(wait_request).indexed is None


def test_what_an_inspector_has_stays_theirs_when_late_steps_climb(town: Town) -> None:
    code = town.plan()
    town.release(code)
    with acting(system_actor(town.organisation_id)) as system:
        reclaim(system)
    with acting(town.focal_point):
        step = NextStep.objects.get(code=code, done__isnull=True)
        assert step.owner_id == town.planner.account_id


def test_a_visit_of_somebody_who_left_is_for_the_focal_points(town: Town) -> None:
    code = town.plan()
    Membership.objects.filter(account_id=town.planner.own_account).update(until=days(-1))
    town.release(code)
    with acting(town.focal_point):
        step = NextStep.objects.get(code=code, done__isnull=True)
        assert (step.owner_id, step.owner_role) == (None, Role.FOCAL_POINT)
    town.note_wait_request()
    town.do(town.focal_point, actions.withdraw, code=code, reason="not_needed")
    assert open_steps(town, code) == set()


def test_an_asker_without_accounts_is_noted_and_lifted_by_telephone(town: Town) -> None:
    wait_request = town.note_wait_request(partner="om")
    assert town.wait_request(wait_request).asker_id is None
    town.do(
        town.focal_point,
        actions.note_lift,
        code=wait_request,
        reason="asker_done",
        whom="Officier van dienst",
    )
    assert town.wait_request(wait_request).closed is not None


def test_a_partner_sees_and_lifts_only_its_own_wait_requests(town: Town) -> None:
    wait_request, other = town.ask(), samples.actor("nla@arbeidsinspectie.example")
    for action, more in ((actions.lift, {"reason": "asker_done"}), (queries.asked_wait_request, {})):
        with pytest.raises(Absent):
            town.do(other, action, code=wait_request, **more)
    assert town.do(town.police, queries.asked_wait_request, code=wait_request).place == GREENHOUSE


def test_a_list_is_led_by_where_and_says_the_rest_below() -> None:
    place = Place(address="Kaweg 3, Maasdijk ", company="Bedrijf B.V.", kvk="90004127", plate="VB-000-X")
    assert place.head == "Kaweg 3, Maasdijk"
    assert place.rest == "Bedrijf B.V. · KvK 90004127 · VB-000-X"
    assert Place(kvk="90004127").head == "KvK 90004127"
    assert Place(kvk="90004127").rest == ""


def test_a_short_company_number_says_how_many_digits_it_has() -> None:
    with pytest.raises(DomainError, match=r"8 cijfers\. Dit zijn er 7\."):
        check(Place(kvk="9000412"))
