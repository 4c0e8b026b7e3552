"""Weighing, routes, tracks, observations, sources and closing, as the focal point does them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, routed, row, somebody, taken_in, weigh, weighed

from sluitend.demo.matter import ENDED
from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.actions import NewObservation, NewSubject
from sluitend.journeys.cases.journey import CHOOSE_ROUTE, LOOK_AGAIN
from sluitend.journeys.cases.models import Case, Observation, TimelineEvent, Track
from sluitend.journeys.cases.queries.steps import sources_page, weigh_page
from sluitend.journeys.reports.journey import WEIGH
from sluitend.journeys.reports.models import Report, State
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


def step_of(case: Case) -> NextStep:
    """Return the next step of a case."""
    step = case.current_step
    assert step is not None
    return step


def test_weighing_leads_to_the_route() -> None:
    code = weighed()
    with somebody():
        case = row(code)
        assert case.state == Case.State.ROUTING
        assert step_of(case).what == CHOOSE_ROUTE


def test_the_last_seen_day_answers_whether_it_is_recent() -> None:
    with somebody() as actor:
        page = weigh_page(taken_in(day=timezone.localdate().isoformat()), actor)
        old = weigh_page(taken_in(day="2024-01-05"), actor)
        undated = weigh_page(taken_in(day=""), actor)
    assert (page.recent, old.recent, undated.recent) == ("yes", "no", "")


def test_a_held_case_comes_back_on_its_day() -> None:
    code = taken_in()
    until = timezone.localdate() + timedelta(days=30)
    weigh(code, "hold", until=until)
    with somebody():
        case = row(code)
        step = step_of(case)
        assert (case.state, step.what) == (Case.State.ON_HOLD, LOOK_AGAIN)
        assert timezone.localtime(step.due).date() == until
    weigh(code)
    with somebody():
        assert row(code).state == Case.State.ROUTING


@pytest.mark.parametrize(
    ("days", "changes"), [(0, {}), (-3, {}), (400, {}), (30, {"acute": True}), (30, {"minor": "perhaps"})]
)
def test_holding_has_limits(days: int, changes: dict[str, object]) -> None:
    code = taken_in(**changes)  # type: ignore[arg-type]
    with pytest.raises(DomainError):
        weigh(code, "hold", until=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("reason", ["", "bestaat_niet", "andere_reden"])
def test_a_decision_needs_its_reason(reason: str) -> None:
    code = taken_in()
    with pytest.raises(DomainError):
        weigh(code, reason=reason)


def test_two_people_at_once_the_second_hears_it() -> None:
    code = taken_in()
    with somebody() as actor:
        seen = weigh_page(code, actor).head.revision
    weigh(code, revision=seen)
    with somebody(DEPUTY) as deputy, pytest.raises(Conflict):
        actions.weigh(
            actor=deputy,
            code=code,
            concrete="no",
            recent="no",
            pattern="no",
            decision="continue",
            reason="danger",
            revision=seen,
        )


def test_nobody_elsewhere_finds_the_case() -> None:
    code = taken_in()
    with somebody(ELSEWHERE) as other:
        with pytest.raises(Absent):
            queries.case(code, other)
        with pytest.raises(Absent):
            actions.add_note(actor=other, code=code, text="Hallo")
    with somebody("manager@westland.example") as manager, pytest.raises(Refused):
        queries.case(code, manager)


def test_reading_a_case_is_a_line_for_it_and_for_every_person() -> None:
    code = taken_in()
    with somebody() as actor:
        before = Event.objects.filter(action="case.read").count()
        case = queries.case(code, actor)
        lines = Event.objects.filter(action="case.read")
        persons = sum(subject.is_person for subject in case.subjects)
        assert lines.count() - before == 1 + persons
        assert "case" in set(lines.values_list("subject_kind", flat=True))
        assert [each.name for each in queries.case(code, actor).looked] == [actor.name]


def test_a_list_is_one_line_without_names() -> None:
    taken_in()
    with somebody() as actor:
        page = queries.cases(actor)
        assert len(page.rows) == 1
        assert Event.objects.filter(action="case.list", subject__isnull=True).count() == 1


def test_pages_of_the_list_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluitend.journeys.cases.queries.listed.PAGE", 2)
    codes = [taken_in() for _number in range(5)]
    seen: list[str] = []
    after = ""
    with somebody() as actor:
        for _page in range(3):
            page = queries.cases(actor, {"na": after})
            seen += [case.code for case in page.rows]
            after = page.after
    assert seen == list(reversed(codes))
    assert after == ""


@pytest.mark.parametrize("after", ["onzin", "💥", "MjAyNg", "x" * 4000])
def test_a_broken_key_shows_the_first_page(after: str) -> None:
    taken_in()
    with somebody() as actor:
        assert len(queries.cases(actor, {"na": after, "stand": "onzin"}).rows) == 1


def test_the_area_is_the_town_as_people_call_it() -> None:
    code = weighed(where="Lozerlaan 12, Den Haag")
    with somebody() as actor:
        case = queries.case_for_referral(code, actor)
        parts = {part.part: part for part in queries.parts_for(case)}
    assert parts["area"].value == "Den Haag"


def test_a_wish_of_whole_sentences_reads_as_sentences() -> None:
    code = weighed()
    with somebody() as actor:
        actions.record_wish(actor=actor, code=code, wish="yes", wants="Een slaapplek.", wants_not="Politie.")
        case = queries.case_for_referral(code, actor)
        parts = {part.part: part.value for part in queries.parts_for(case)}
    assert parts["wish"] == "Wil hulp. Een slaapplek. Wil niet: Politie"


def test_a_wish_is_recorded_and_acting_against_it_needs_three_things() -> None:
    code = weighed()
    with somebody() as actor:
        with pytest.raises(DomainError):
            actions.act_against_wish(actor=actor, code=code, ground="danger", text="Er is gevaar")
        actions.record_wish(actor=actor, code=code, wish="no", wants_not="Geen gesprek")
        with pytest.raises(DomainError):
            actions.act_against_wish(actor=actor, code=code, ground="", text="Er is gevaar")
        with pytest.raises(DomainError):
            actions.act_against_wish(actor=actor, code=code, ground="danger", text="  ")
        actions.act_against_wish(actor=actor, code=code, ground="danger", text="Er is gevaar")
    with somebody("manager@westland.example") as manager, pytest.raises(Refused):
        actions.act_against_wish(actor=manager, code=code, ground="danger", text="Er is gevaar")


def test_a_correction_is_a_new_row_and_the_old_one_is_struck() -> None:
    code = taken_in()
    with somebody() as actor:
        old = queries.case(code, actor).facts[0]
        new = NewObservation(Observation.Kind.FACT, "Twee slaapplekken", "2026-11-20")
        actions.correct_observation(actor=actor, code=code, observation_id=old.id, new=new)
        case = queries.case(code, actor)
        assert [fact.text for fact in case.facts] == ["Twee slaapplekken"]
        assert [event.text for event in case.events if event.struck] == [old.text]
        with pytest.raises(DomainError):
            actions.correct_observation(actor=actor, code=code, observation_id=old.id, new=new)
        with pytest.raises(DatabaseError), transaction.atomic():
            Observation.objects.filter(pk=old.id).update(kind="opinion")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("kvk", "9000419"),
        ("phone", "12"),
        ("plate", "!"),
        ("address", "ergens"),
        ("name_birth", "Jan|32-13-1990"),
    ],
)
def test_an_identifier_that_cannot_be_right_is_said(kind: str, value: str) -> None:
    code = taken_in()
    with somebody() as actor, pytest.raises(DomainError) as caught:
        actions.add_subject(
            actor=actor, code=code, new=NewSubject("person", "Man", identifiers=((kind, value),))
        )
    assert caught.value.field == kind
    if kind == "kvk":
        assert "Dit zijn er 7" in caught.value.message


def test_a_person_can_be_suspect_and_possible_victim() -> None:
    code = taken_in()
    new = NewSubject(
        "person", "Voorman", ("suspect", "possible_victim"), (("name_birth", "Marek Nowak|1980-02-01"),)
    )
    with somebody() as actor:
        actions.add_subject(actor=actor, code=code, new=new)
        found = next(subject for subject in queries.case(code, actor).subjects if subject.name == "Voorman")
    assert found.also_victim


def test_a_source_that_may_not_be_used_has_no_look_up() -> None:
    code = taken_in()
    asked = {"question": "andere_vraag", "question_text": "Wie?", "need": "pattern", "result": "hit"}
    with somebody() as actor:
        page = sources_page(code, actor)
        assert {"suwinet", "police"} <= {source.id for source in page.may_not}
        assert all(source.reason_not for source in page.may_not)
        with pytest.raises(DomainError):
            actions.look_up(actor=actor, code=code, source="suwinet", **asked)
        with pytest.raises(Absent):
            actions.look_up(actor=actor, code=code, source="own_signals", **asked)


def test_only_a_hit_is_copied_and_only_once() -> None:
    code = taken_in()
    with somebody() as actor:
        ask = {
            "code": code,
            "source": "brp",
            "question": "how_many",
            "need": "people_in_danger",
        }
        miss = actions.look_up(actor=actor, **ask, result="no_hit")
        hit = actions.look_up(actor=actor, **ask, result="hit")
        with pytest.raises(DomainError):
            actions.copy_from_hit(actor=actor, code=code, look_up_id=miss, text="8")
        actions.copy_from_hit(actor=actor, code=code, look_up_id=hit, text="8 inschrijvingen")
        with pytest.raises(DomainError):
            actions.copy_from_hit(actor=actor, code=code, look_up_id=hit, text="9 inschrijvingen")
        assert sources_page(code, actor).known == ["8 inschrijvingen"]


def test_another_date_keeps_the_step_and_acute_is_not_put_off() -> None:
    code, acute = taken_in(), taken_in(acute=True)
    later = timezone.localdate() + timedelta(days=9)
    with somebody() as actor:
        actions.change_due(actor=actor, code=code, due=later, reason="waits_on_partner")
        step = step_of(row(code))
        assert (step.what, timezone.localtime(step.due).date()) == (WEIGH, later)
        with pytest.raises(DomainError):
            actions.change_due(actor=actor, code=acute, due=later)
        with pytest.raises(DomainError):
            actions.change_due(actor=actor, code=code, due=timezone.localdate() - timedelta(days=1))


def sent(code: str) -> UUID:
    """Let a referral go on the place track."""
    referral = uuid4()
    with somebody() as actor:
        actions.referral_sent(
            actor=actor,
            case_id=row(code).id,
            track="place",
            referral_id=referral,
            referral_code="D-6RW3",
            recipient="Arbeidsinspectie",
            answer_by=timezone.now() + timedelta(days=12),
        )
    return referral


def close(code: str, **changes: str) -> None:
    """Close a case."""
    values = {"outcome": "partner_acts", "tell": "outcome", "reason": "tracks_done"} | changes
    with somebody() as actor:
        actions.close_case(ended=ENDED, actor=actor, code=code, **values)  # type: ignore[arg-type]


def test_a_case_closes_when_tracks_and_referrals_are_done() -> None:
    code = routed()
    referral = sent(code)
    with pytest.raises(DomainError, match="Er loopt nog een doorzetting"):
        close(code)
    with somebody() as actor:
        actions.close_track(actor=actor, code=code, track="person", outcome="no_person", reason="no_person")
        with pytest.raises(DomainError):
            actions.close_track(actor=actor, code=code, track="place", outcome="partner_acts", reason="done")
        actions.referral_news(
            actor=actor, case_id=row(code).id, referral_id=referral, text="Opgepakt", ended=True
        )
        actions.close_track(actor=actor, code=code, track="place", outcome="partner_acts", reason="done")
    close(code)
    with somebody() as actor:
        case = row(code)
        assert case.state == Case.State.CLOSED
        assert case.retention_until is not None
        assert case.retention_until > timezone.localdate() + timedelta(days=300)
        assert Report.objects.get().state == State.CLOSED
        assert not NextStep.objects.filter(code=code, done__isnull=True).exists()
        with pytest.raises(DomainError):
            actions.add_note(actor=actor, code=code, text="Nog iets")


@pytest.mark.parametrize("by_plan", [False, True])
def test_a_track_that_is_opened_again_has_not_ended(by_plan: bool) -> None:
    code = routed()
    with somebody() as actor:
        actions.close_track(actor=actor, code=code, track="person", outcome="no_person", reason="no_person")
        if by_plan:
            actions.start_actions(actor=actor, code=code, actions=["others_fairwork"])
        else:
            actions.open_track(actor=actor, code=code, track="person")
        track = Track.objects.get(case__code=code, kind="person")
        assert (track.state, track.outcome, track.closed) == ("waits", "", None)
        steps = NextStep.objects.filter(subject_id=track.id, done__isnull=True)
        assert list(steps.values_list("what", flat=True)) == ["refer" if by_plan else "work_track"]


def test_a_reopened_case_is_weighed_anew() -> None:
    code = taken_in()
    weigh(code, "close")
    close(code, outcome="innocent", reason="not_enough")
    with somebody() as actor:
        with pytest.raises(DomainError):
            actions.reopen(actor=actor, code=code, reason="")
        actions.reopen(actor=actor, code=code, reason="new_report")
        case = row(code)
        assert (case.state, case.retention_until) == (Case.State.WEIGHING, None)
        with pytest.raises(Conflict):
            actions.reopen(actor=actor, code=code, reason="new_report")


def test_the_parts_of_a_case_are_those_of_the_handbook_and_never_the_reporter() -> None:
    code = routed()
    with somebody() as actor:
        case = queries.case_for_referral(code, actor)
        (way,) = case.ways
        assert (way.track, way.actions) == ("place", ("work_inspect",))
        parts = {part.part: part for part in queries.parts_for(case, way.may)}
    assert parts["company"].value == "Oostbuurt Vruchtgroente B.V., 90004191"
    assert parts["area"].value == "De Lier"
    assert parts["facts"].value == "Drie slaapplekken achter de ketel"
    assert parts["place"].person_data
    assert not {"reporter_identity", "reporter_messages", "residence_status"} & set(parts)
    assert set(parts) <= set(case.pack.parts.ids)


def test_free_text_is_sealed_and_not_in_the_ledger() -> None:
    code = taken_in()
    with somebody() as actor:
        actions.add_note(actor=actor, code=code, text="Geheime zin")
        event = TimelineEvent.objects.get(what="note")
        assert b"Geheime" not in bytes(event.content or b"")
        assert not [each for each in Event.objects.values() if "Geheime" in str(each)]
