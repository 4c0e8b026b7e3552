"""What becomes of a report: a case, a part of a case, or an end without one."""

import pytest
from tests.journeys.cases.matters import ELSEWHERE, YES, filed, opened, row, somebody, taken_in, weighed

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.actions import Judgement
from sluitend.journeys.cases.models import Case, CaseReport, EarlierLink, Intake
from sluitend.journeys.cases.queries.inbox import inbox, intake_page
from sluitend.journeys.reports.journey import WEIGH
from sluitend.journeys.reports.models import Report, State
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


def test_a_new_case_knows_what_was_told() -> None:
    code = taken_in(acute=True, minor="perhaps")
    with somebody() as actor:
        case = queries.case(code, actor)
    assert [fact.text for fact in case.facts] == ["Drie slaapplekken achter de ketel"]
    assert [each.text for each in case.opinions] == ["Ik denk dat zij niet weg durven"]
    assert {subject.kind for subject in case.subjects} == {"person", "place", "company"}
    assert case.head.acute
    assert case.head.minor == "perhaps"
    assert case.step is not None
    assert case.step.kind is WEIGH
    assert case.step.urgent


def test_the_name_of_a_case_tells_nothing_of_the_report() -> None:
    code = taken_in()
    with somebody() as actor:
        name = queries.case(code, actor).head.name
        proposals = intake_page(filed(), actor).names
    assert len(set(proposals)) == 3
    assert not {"tuinderspad", "oostbuurt vruchtgroente", "arbeidsuitbuiting"} & {name.casefold()}


def test_the_report_is_taken_in_and_read_by_nobody_else() -> None:
    report = filed()
    with somebody() as actor:
        actions.take_in_new(actor=actor, report=opened(report, actor), judgement=YES)
        assert Report.objects.get(code=report).state == State.TAKEN_IN
        assert Intake.objects.get().decision == Intake.Decision.NEW
    with somebody(ELSEWHERE) as other, pytest.raises(Refused):
        intake_page(report, other)


def test_a_report_is_decided_about_once() -> None:
    report = filed()
    with somebody() as actor:
        view = opened(report, actor)
        actions.take_in_new(actor=actor, report=view, judgement=YES)
    with pytest.raises(Conflict), somebody() as actor:
        actions.take_in_new(actor=actor, report=view, judgement=YES)
    with somebody():
        assert Case.objects.count() == 1


def test_a_report_joins_a_case_without_writing_twice_what_is_known() -> None:
    code = weighed()
    second = filed(where="Tuinderspad 12A De Lier", saw="Acht inschrijvingen", acute=True, people="")
    with somebody() as actor:
        actions.add_to_case(actor=actor, report=opened(second, actor), judgement=YES, case_code=code.lower())
        case = queries.case(code, actor)
    assert len(case.reports) == 2
    assert {fact.text for fact in case.facts} == {"Drie slaapplekken achter de ketel", "Acht inschrijvingen"}
    assert [subject.kind for subject in case.subjects].count("place") == 1
    assert case.head.acute


@pytest.mark.parametrize("code", ["C-0000", "", "<script>"])
def test_an_unknown_case_is_said_beside_the_field(code: str) -> None:
    report = filed()
    with somebody() as actor, pytest.raises(DomainError) as caught:
        actions.add_to_case(actor=actor, report=opened(report, actor), judgement=YES, case_code=code)
    assert caught.value.field == "case_code"


def test_an_answer_is_needed_for_each_of_the_three_questions() -> None:
    report = filed()
    with somebody() as actor, pytest.raises(DomainError) as caught:
        actions.take_in_new(actor=actor, report=opened(report, actor), judgement=Judgement("yes", "", "yes"))
    assert caught.value.field == "task"


def test_passing_on_and_closing_make_no_case() -> None:
    first, second = filed(), filed()
    with somebody() as actor:
        actions.pass_on(
            actor=actor,
            report=opened(first, actor),
            judgement=YES,
            department="woningtoezicht",
            reason="housing",
        )
        actions.close_report(
            actor=actor,
            report=opened(second, actor),
            judgement=YES,
            outcome="not_in_scope",
            reason="no_exploitation",
        )
        assert Case.objects.count() == 0
        assert not NextStep.objects.filter(
            code__in=[first, second], done__isnull=True, waits_on_other=False
        ).exists()


def test_closing_asks_a_reason() -> None:
    report = filed()
    with somebody() as actor:
        view = opened(report, actor)
        with pytest.raises(DomainError) as caught:
            actions.close_report(actor=actor, report=view, judgement=YES, outcome="not_in_scope", reason="")
        assert caught.value.field == "reason"
        with pytest.raises(DomainError):
            actions.close_report(
                actor=actor, report=view, judgement=YES, outcome="not_in_scope", reason="andere_reden"
            )


def test_the_address_answers_the_third_question_and_says_so() -> None:
    with somebody() as actor:
        page = intake_page(filed(), actor)
        elsewhere = intake_page(filed(where="Breestraat 1, Leiden"), actor)
        unknown = intake_page(filed(where="ergens langs de weg"), actor)
    assert (page.territory, page.territory_fact) == ("yes", "Het adres ligt in Westland.")
    assert elsewhere.territory == "no"
    assert (unknown.territory, unknown.territory_fact) == ("", "")


def test_acute_and_minors_stand_first() -> None:
    plain, acute, child = filed(), filed(acute=True), filed(minor="perhaps")
    with somebody() as actor:
        found = inbox(actor)
    assert {line.code for line in found.first} == {acute, child}
    assert [line.code for line in found.others] == [plain]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"where": "Hoofdstraat 12A, Naaldwijk"}, {"where": "Hoofdstr. 12 a Naaldwijk"}),
        ({"phone": "06 12345678"}, {"phone": "+31 6 1234 5678"}),
        ({"kvk": "90004191"}, {"kvk": "90 00 41 91"}),
        ({"plate": "VB-000-X"}, {"plate": "vb000x"}),
    ],
)
def test_earlier_signals_come_up_also_when_written_differently(
    before: dict[str, str], now: dict[str, str]
) -> None:
    nothing = {"where": "", "kvk": "", "company": "Ander bedrijf"}
    case = taken_in(**(nothing | before))  # type: ignore[arg-type]
    loose = filed(**(nothing | before))  # type: ignore[arg-type]
    new = filed(**(nothing | now))  # type: ignore[arg-type]
    with somebody() as actor:
        page = intake_page(new, actor)
        assert {found.code for found in page.earlier} == {case, loose}
        assert [code for code, _name, _why in page.cases] == [case]
        assert Event.objects.filter(action="case.earlier").count() >= 2


def test_earlier_signals_stay_within_the_municipality() -> None:
    new = filed()
    with somebody() as actor:
        assert intake_page(new, actor).earlier == []
        hits = [found.code for found in intake_page(filed(), actor).earlier]
    assert hits == [new]


def test_a_verdict_about_an_earlier_signal_goes_with_the_report_into_the_case() -> None:
    earlier, new = filed(), filed()
    with somebody() as actor:
        view = opened(new, actor)
        hit = intake_page(new, actor).earlier[0]
        assert hit.code == earlier
        actions.judge_earlier(actor=actor, report=view, earlier_id=hit.id, linked=True)
        code = actions.take_in_new(actor=actor, report=view, judgement=YES)
        assert EarlierLink.objects.get(about_id=row(code).id).verdict == "linked"
        with pytest.raises(Absent):
            actions.judge_earlier(actor=actor, report=view, earlier_id=row(code).id, linked=True)


def test_a_report_is_in_one_case_only() -> None:
    code = taken_in()
    with somebody():
        assert CaseReport.objects.get().case_id == row(code).id
