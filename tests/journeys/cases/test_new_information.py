"""New information wins: by whatever way danger or a child becomes known, the case gets a step now."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.cases.matters import DEPUTY, FOCAL, TOLD, YES, filed, opened, row, somebody, weighed
from tests.pages import hidden_in

from sluitend.demo.matter import ENDED
from sluitend.journeys.cases import actions
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.cases.journey import CHOOSE_ROUTE
from sluitend.journeys.cases.models import Case, TimelineEvent, Track, is_minor
from sluitend.journeys.cases.queries.shapes import EventView
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions.marking import hand_over
from sluitend.journeys.reports.content import MarkContent
from sluitend.journeys.reports.journey import READ_ANSWER, WEIGH
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import Because, NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.desk import queries as desk

pytestmark = pytest.mark.django_db


INSPECTOR = "nla@arbeidsinspectie.example"


@dataclasses.dataclass
class Calm:
    """A case that runs, with both tracks open, a referral out and nothing that hurries."""

    case: str
    report: str
    receipt: str
    referral: str


def calm() -> Calm:
    """Make such a case: its steps lie days ahead."""
    westland, who = Organisation.objects.get(code="GM1783"), samples.actor(FOCAL)
    report, receipt = samples.file_report(westland, told=TOLD)
    case = samples.take_in(report, who)
    samples.weigh(case, who)
    samples.compose(case, who)
    referral = samples.refer(case, who)
    with acting(who):
        actions.open_track(actor=who, code=case, track="person")
    samples.settle(case, who)
    return Calm(case, report, receipt, referral)


def added_report(calm: Calm, **urgency: object) -> None:
    """A report that came in is added to the case."""
    code = filed(**urgency)  # type: ignore[arg-type]
    with somebody() as actor:
        actions.add_to_case(actor=actor, report=opened(code, actor), judgement=YES, case_code=calm.case)


def corrected_facts(calm: Calm, *, acute: bool = False, minor: str = "no") -> None:
    """The facts under the advice are corrected."""
    with somebody() as actor:
        danger = "now" if acute else "no"
        actions.set_fact(actor=actor, code=calm.case, fact="danger", values=[danger])
        actions.set_fact(actor=actor, code=calm.case, fact="minor", values=[minor])


def message(calm: Calm, **urgency: object) -> None:
    """The reporter adds something, and whoever reads it says what it tells."""
    westland = Organisation.objects.get(code="GM1783")
    with acting(NOBODY):
        reports.add_to_report(receipt=calm.receipt, text="Zij mag er niet uit")
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
    with somebody() as actor:
        report_id = Report.objects.get(code=calm.report).id
        actions.read_message(actor=actor, report_id=report_id, **urgency)  # type: ignore[arg-type]


def partner_answer(calm: Calm, **urgency: object) -> None:
    """The partner answers, and whoever reads it says what it tells."""
    inspector = samples.actor("nla@arbeidsinspectie.example")
    with acting(inspector):
        referrals.accept(code=calm.referral, actor=inspector)
        referrals.feed_back(code=calm.referral, answer="opgepakt", text="Iemand is gewond", actor=inspector)
    with somebody() as actor:
        referrals.handle_answer(code=calm.referral, tell="", actor=actor, **urgency)  # type: ignore[arg-type]


def partner_question(calm: Calm, **urgency: object) -> None:
    """The partner asks something, and whoever answers says what the question tells."""
    inspector = samples.actor("nla@arbeidsinspectie.example")
    with acting(inspector):
        referrals.accept(code=calm.referral, actor=inspector)
        referrals.ask(code=calm.referral, text="Wij zien daar een kind. Wie gaat er mee?", actor=inspector)
    with somebody() as actor:
        referrals.answer_question(code=calm.referral, text="Wij", actor=actor, **urgency)  # type: ignore[arg-type]


def linked_from_the_case(calm: Calm, **urgency: object) -> None:
    """Another signal on the same value is linked to the case."""
    code = filed(**urgency)  # type: ignore[arg-type]
    with somebody() as actor:
        actions.link_earlier(actor=actor, code=calm.case, earlier_id=Report.objects.get(code=code).id)


def linked_from_the_report(calm: Calm, **urgency: object) -> None:
    """A report that still has to be decided about turns out to belong with the case."""
    code = filed(**urgency)  # type: ignore[arg-type]
    with somebody() as actor:
        report = opened(code, actor)
        actions.judge_earlier(actor=actor, report=report, earlier_id=row(calm.case).id, linked=True)


def finished_mark(calm: Calm, **urgency: Any) -> None:
    """A mark that was not finished becomes a report, which is added to the case."""
    marks = ("locked_in",) if urgency.get("acute") else ("under_18",)
    westland, maker = Organisation.objects.get(code="GM1783"), samples.actor(FOCAL)
    now = "yes" if urgency.get("acute") else "no"
    content = MarkContent(municipality=westland.code, marks=marks, where=TOLD.where, acute=now)
    with acting(maker):
        mark = reports.mark(content, actor=maker)
    with acting(system_actor(westland.id)) as system:
        filed = hand_over(mark, actor=system)
        reports.sweep(system)
    with somebody() as actor:
        code = Report.objects.get(pk=filed.report_id).code
        actions.add_to_case(actor=actor, report=opened(code, actor), judgement=YES, case_code=calm.case)


def decided_against_the_wish(calm: Calm, **urgency: object) -> None:
    """Somebody goes against a wish, on the ground that there is danger or a child."""
    with somebody() as actor:
        actions.record_wish(actor=actor, code=calm.case, wish="no")
        ground = "danger" if urgency.get("acute") else "minor"
        actions.act_against_wish(actor=actor, code=calm.case, ground=ground, text="Dat bleek vandaag")


def shared_more(calm: Calm, **urgency: object) -> None:
    """More goes to a partner than the route names, because of danger or a child."""
    who = samples.actor(FOCAL)
    samples.work(calm.case, who)
    samples.refer(calm.case, who, beyond="danger" if urgency.get("acute") else "minor")


WAYS: dict[str, tuple[Callable[..., None], Because]] = {
    "a report added": (added_report, Because.REPORT),
    "facts corrected": (corrected_facts, Because.FACTS),
    "a message of the reporter": (message, Because.MESSAGE),
    "a mark completed": (finished_mark, Because.REPORT),
    "an answer of a partner": (partner_answer, Because.ANSWER),
    "a question of a partner": (partner_question, Because.ANSWER),
    "a signal linked to the case": (linked_from_the_case, Because.SIGNAL),
    "a report linked to the case": (linked_from_the_report, Because.SIGNAL),
    "more shared than the route names": (shared_more, Because.WEIGHED),
    "a decision against the wish": (decided_against_the_wish, Because.WEIGHED),
}
URGENCIES: list[dict[str, Any]] = [{"acute": True}, {"minor": "yes"}, {"minor": "perhaps"}]


def own_steps(code: str) -> list[NextStep]:
    """Return the current steps of a case and its open tracks."""
    case = Case.objects.get(code=code)
    tracks = Track.objects.filter(case=case, closed__isnull=True)
    return list(
        NextStep.objects.filter(pk__in=[case.current_step_id, *(each.current_step_id for each in tracks)])
    )


@pytest.mark.parametrize("urgency", URGENCIES, ids=str)
@pytest.mark.parametrize("way", WAYS)
def test_by_every_way_in_the_case_and_its_tracks_get_a_step_now(way: str, urgency: dict[str, Any]) -> None:
    made, (learn, because) = calm(), WAYS[way]
    with somebody():
        NextStep.objects.filter(pk__in=[each.pk for each in own_steps(made.case)]).update(level=3)
    learn(made, **urgency)
    today, acute = timezone.localdate(), "acute" in urgency
    with somebody() as actor:
        case, steps = row(made.case), own_steps(made.case)
        assert case.acute == acute
        assert is_minor(case.minor) != acute
        assert len(steps) == 3
        for step in steps:
            assert step.because == because
            assert not step.waits_on_other
            assert step.urgent == acute
            assert step.minor != acute
            assert timezone.localtime(step.due).date() <= today
            assert step.level == 0
            assert step.due <= timezone.now() or not acute
        told = TimelineEvent.objects.get(case=case, what=TimelineEvent.What.URGENT)
        assert told.by_id == actor.account_id
        vandaag = desk.today(actor, Account.objects.get(pk=actor.own_account))
    (mine,) = [each for each in vandaag.first if each.case_id == case.id]
    # Of a report that was added its own words say more than that there is one.
    quoted = f"“{TOLD.saw}” Toezicht wonen en huisvesting, vandaag"
    assert mine.new == (quoted if way == "a report added" else f"{because.label}.")


def partner_returned(calm: Calm) -> None:
    """The partner gives it back."""
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.return_(code=calm.referral, reason="andere_reden", sentence="Niet bij ons", actor=inspector)


def partner_asked(calm: Calm) -> None:
    """The partner takes it on and asks something."""
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.accept(code=calm.referral, actor=inspector)
        referrals.ask(code=calm.referral, text="Welke ingang?", actor=inspector)


def partner_answered(calm: Calm) -> None:
    """The partner takes it on and answers."""
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.accept(code=calm.referral, actor=inspector)
        referrals.feed_back(code=calm.referral, answer="opgepakt", text="Dit is geheim", actor=inspector)


@pytest.mark.parametrize(
    ("lets_know", "words"),
    [
        (partner_answered, "De partner antwoordde"),
        (partner_asked, "De partner vraagt iets"),
        (partner_returned, "De partner gaf het terug"),
    ],
)
def test_the_case_waits_for_no_partner_who_let_something_know(
    lets_know: Callable[[Calm], None], words: str, client_for: Callable[[str], Client]
) -> None:
    made, browser = calm(), client_for(FOCAL)
    before = browser.get(f"/werk/casussen/{made.case}/").text
    assert "Wacht op antwoord" in before
    assert f"/werk/doorgezet/{made.referral}/" not in before
    lets_know(made)
    text = browser.get(f"/werk/casussen/{made.case}/").text
    assert "Wacht op antwoord" not in text
    assert words in text
    assert f"/werk/doorgezet/{made.referral}/" in text
    assert "/doorzetten/referral/" not in text
    assert "Dit is geheim" not in text
    with somebody() as actor:
        page = case_queries.case(made.case, actor)
    assert page.step is not None
    assert (page.step.of, page.step.code) == ("referral", made.referral)


@pytest.mark.parametrize(
    ("lets_know", "words"),
    [(partner_answered, "Opgepakt"), (partner_asked, "vraag"), (partner_returned, "teruggegeven")],
)
def test_the_timeline_has_a_line_for_what_a_partner_let_know_before_anybody_read_it(
    lets_know: Callable[[Calm], None], words: str
) -> None:
    made = calm()
    lets_know(made)
    for _twice in range(2):
        tell_the_cases()
    with somebody() as actor:
        first, second = told(made, actor)[:2]
    assert first.what == TimelineEvent.What.REFERRAL
    assert "Arbeidsinspectie" in first.text
    assert made.referral in first.text
    assert words.lower() in first.text.lower()
    assert "Dit is geheim" not in first.text
    assert first.by == ""
    assert second.by != ""


def test_what_a_partner_tells_by_telephone_stands_on_the_timeline_at_once_and_once() -> None:
    made = calm()
    with somebody() as actor:
        day = timezone.localdate()
        referrals.note_answer(code=made.referral, answer="opgepakt", on=day, actor=actor)
    tell_the_cases()
    with somebody() as actor:
        first, second = told(made, actor)[:2]
    assert first.what == TimelineEvent.What.REFERRAL
    for words in ("Arbeidsinspectie", made.referral, "pgepakt"):
        assert words in first.text
    assert first.by != ""
    assert "pgepakt" not in second.text


def told(calm: Calm, actor: Actor) -> list[EventView]:
    """Return the timeline of a case without what it did to the facts of its plan."""
    events = case_queries.case(calm.case, actor).events
    return [each for each in events if each.what != TimelineEvent.What.FACTS]


def tell_the_cases() -> None:
    """Let cases say what partners let know: the job does this."""
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        tell_cases(system)


def swept() -> None:
    """Let cases hear what the sweep brought."""
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        actions.hear_reporters(system)


def ticked(calm: Calm, danger: reports.Danger) -> None:
    """The reporter adds something and ticks danger or a child; nobody reads it."""
    westland = Organisation.objects.get(code="GM1783")
    with acting(NOBODY):
        reports.add_to_report(receipt=calm.receipt, text="Zij mag er niet uit", danger=danger)
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
    swept()


@pytest.mark.parametrize(
    ("danger", "acute"), [(reports.Danger(answer="yes"), True), (reports.Danger(marks=("under_18",)), False)]
)
def test_what_a_reporter_ticks_is_heard_before_anybody_reads_it(
    danger: reports.Danger, *, acute: bool
) -> None:
    made, today = calm(), timezone.localdate()
    ticked(made, danger)
    with somebody() as actor:
        case, steps = row(made.case), own_steps(made.case)
        assert (case.acute, is_minor(case.minor)) == (acute, not acute)
        assert len(steps) == 3
        for step in steps:
            assert (step.because, step.waits_on_other, step.urgent) == (Because.MESSAGE, False, acute)
            assert timezone.localtime(step.due).date() <= today
        told = TimelineEvent.objects.get(case=case, what=TimelineEvent.What.URGENT)
        assert told.by_id is None
        vandaag = desk.today(actor, Account.objects.get(pk=actor.own_account))
        page = case_queries.case(made.case, actor)
    (mine,) = [each for each in vandaag.first if each.code == made.case]
    assert mine.new == f"{Because.MESSAGE.label}."
    assert made.report in page.events[0].text
    assert page.events[0].by == ""


def test_what_a_reporter_ticks_is_heard_once_and_each_time_anew() -> None:
    made = calm()
    ticked(made, reports.Danger(answer="yes"))
    swept()
    with somebody() as actor:
        assert TimelineEvent.objects.filter(what=TimelineEvent.What.URGENT).count() == 1
        for track in ("person", "place"):
            actions.work_track(actor=actor, code=made.case, track=track, summary="112 is er", runs=True)
        assert not all(each.urgent for each in own_steps(made.case))
    ticked(made, reports.Danger(answer="calling"))
    with somebody():
        assert all(each.urgent for each in own_steps(made.case))
        assert TimelineEvent.objects.filter(what=TimelineEvent.What.URGENT).count() == 2


def test_who_reads_first_lets_the_case_hear_it_and_it_is_heard_once() -> None:
    made, westland = calm(), Organisation.objects.get(code="GM1783")
    with acting(NOBODY):
        danger = reports.Danger(answer="yes")
        reports.add_to_report(receipt=made.receipt, text="Zij mag er niet uit", danger=danger)
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
    with somebody() as actor:
        actions.read_message(actor=actor, report_id=Report.objects.get(code=made.report).id)
        assert all(each.urgent for each in own_steps(made.case))
    swept()
    with somebody():
        assert TimelineEvent.objects.filter(what=TimelineEvent.What.URGENT).count() == 1


def test_a_message_that_came_after_the_page_was_shown_is_not_read_with_it(
    client_for: Callable[[str], Client],
) -> None:
    made, westland, client = calm(), Organisation.objects.get(code="GM1783"), client_for(FOCAL)
    path = f"/werk/binnen/{made.report}/"

    def adds(text: str) -> None:
        with acting(NOBODY):
            reports.add_to_report(receipt=made.receipt, text=text)
        with acting(system_actor(westland.id)) as system:
            reports.sweep(system)

    def unread() -> bool:
        with somebody():
            return NextStep.objects.filter(code=made.report, what=READ_ANSWER, done__isnull=True).exists()

    adds("Het busje is weg")
    shown = client.get(path).text
    adds("Zij slapen nu in de schuur")
    again = client.post(f"{path}gelezen/", hidden_in(shown, "seen"))
    assert unread()
    assert again.status_code == 422
    assert "Zij slapen nu in de schuur" in again.text
    client.post(f"{path}gelezen/", hidden_in(again.text, "seen"))
    assert not unread()


def test_closing_a_case_leaves_what_its_reporter_wrote_last_to_be_read(
    client_for: Callable[[str], Client],
) -> None:
    westland, who = Organisation.objects.get(code="GM1783"), samples.actor(FOCAL)
    report, receipt = samples.file_report(westland, told=TOLD)
    case = samples.take_in(report, who)
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Zij slapen nu in de schuur")
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
    answers: dict[str, Any] = dict.fromkeys(("concrete", "recent", "pattern"), "no")
    other: dict[str, Any] = {"reason": "andere_reden", "sentence": "Er is niets te doen"}
    closes = next(each.id for each in current_release().pack.outcomes if "case" in each.closes)
    with somebody() as actor:
        actions.weigh(actor=actor, code=case, decision="close", **answers, **other)
    page = client_for(FOCAL).get(f"/werk/casussen/{case}/afsluiten/").text
    with somebody() as actor:
        actions.close_case(actor=actor, code=case, outcome=closes, tell="outcome", ended=ENDED, **other)
    with somebody() as actor:
        told = Report.objects.get(code=report)
        steps = NextStep.objects.filter(subject_id=told.id, done__isnull=True)
        assert row(case).closed is not None
        assert [step.what for step in steps.all()] == [READ_ANSWER]
        assert (told.state, told.closed) == ("closed", None)
        actions.read_message(actor=actor, report_id=told.id)
        assert not steps.all().exists()
        told.refresh_from_db()
        assert told.closed is not None
    assert f'href="/werk/binnen/{report}/"' in page


@pytest.mark.parametrize("way", WAYS)
def test_a_colleague_is_asked_to_look_along_and_does_so(way: str) -> None:
    made, (learn, _because) = calm(), WAYS[way]
    learn(made, acute=True)
    with somebody():
        asked = NextStep.objects.filter(what=SECOND_EYES, done__isnull=True)
        assert all(each.urgent for each in asked)
        assert asked.exists()
        on_case = asked.filter(subject_id=row(made.case).id).exists()
    if not on_case:
        return
    with somebody() as actor, pytest.raises(DomainError, match="iemand anders"):
        actions.look_along(actor=actor, code=made.case)
    with somebody(DEPUTY) as deputy:
        actions.look_along(actor=deputy, code=made.case)
        assert not asked.filter(subject_id=row(made.case).id).exists()


def test_danger_that_is_heard_again_comes_first_again() -> None:
    made = calm()
    corrected_facts(made, acute=True)
    with somebody() as actor:
        for track in ("person", "place"):
            actions.work_track(actor=actor, code=made.case, track=track, summary="112 is er", runs=True)
        assert not any(each.urgent for each in own_steps(made.case) if each.subject_kind == "track")
    added_report(made, acute=True)
    with somebody():
        assert all(each.urgent for each in own_steps(made.case))


def test_what_hurries_nobody_moves_nothing() -> None:
    made = calm()
    with somebody():
        before = {each.pk for each in own_steps(made.case)}
    for learn in (added_report, message, linked_from_the_case):
        learn(made, minor="no")
    with somebody():
        assert {each.pk for each in own_steps(made.case)} == before
        assert not TimelineEvent.objects.filter(what=TimelineEvent.What.URGENT).exists()


def born(years_ago: int, days: int = 0) -> NewSubject:
    """Somebody who was born so long ago, and so many days more."""
    today = timezone.localdate()
    there = min(today.day, 28) if today.month == 2 else today.day
    day = today.replace(year=today.year - years_ago, day=there) - timedelta(days=days)
    value = f"Jan Jansen|{day.isoformat()}"
    return NewSubject(kind="person", name="Man", roles=("suspect",), identifiers=(("name_birth", value),))


@pytest.mark.parametrize(("who", "child"), [(born(14), True), (born(18, -2), True), (born(18, 9), False)])
def test_a_date_of_birth_tells_of_a_child(who: NewSubject, child: bool) -> None:
    made = calm()
    with somebody() as actor:
        actions.add_subject(actor=actor, code=made.case, new=who)
        assert is_minor(row(made.case).minor) == child
        assert all(each.minor == child for each in own_steps(made.case))


def test_a_child_from_elsewhere_is_a_child() -> None:
    made = calm()
    with somebody() as actor:
        actions.set_fact(actor=actor, code=made.case, fact="child_alone", values=["perhaps"])
        assert row(made.case).minor == "perhaps"
        assert all(each.because == Because.FACTS for each in own_steps(made.case))


def test_a_correction_takes_the_hurry_away() -> None:
    made = calm()
    corrected_facts(made, acute=True)
    corrected_facts(made)
    with somebody():
        steps = own_steps(made.case)
        assert not any(each.urgent or each.because for each in steps)
        assert all(each.due > timezone.now() for each in steps)


def test_a_case_that_waits_for_a_date_is_weighed_now() -> None:
    report = filed()
    with somebody() as actor:
        code = actions.take_in_new(actor=actor, report=opened(report, actor), judgement=YES)
        actions.weigh(
            actor=actor,
            code=code,
            concrete="no",
            recent="no",
            pattern="no",
            decision="hold",
            reason="suspicion",
            until=timezone.localdate() + timedelta(days=30),
        )
    corrected_facts(Calm(code, report, "", ""), acute=True)
    with somebody():
        (step,) = own_steps(code)
        assert (step.what, step.urgent) == (WEIGH, True)


def test_weighing_that_there_may_be_a_child_makes_it_so_today() -> None:
    report = filed()
    with somebody() as actor:
        code = actions.take_in_new(actor=actor, report=opened(report, actor), judgement=YES)
        actions.weigh(
            actor=actor,
            code=code,
            concrete="yes",
            recent="yes",
            pattern="no",
            decision="continue",
            reason="minor",
        )
        (step,) = own_steps(code)
    assert (step.what, step.minor, step.because) == (CHOOSE_ROUTE, True, Because.WEIGHED)
    assert timezone.localdate(step.due) == timezone.localdate()
    assert row(code).minor == "perhaps"


def test_weighing_that_people_are_in_danger_makes_it_acute() -> None:
    code = weighed()
    with somebody():
        assert not row(code).acute
    report = filed()
    with somebody() as actor:
        other = actions.take_in_new(actor=actor, report=opened(report, actor), judgement=YES)
        actions.weigh(
            actor=actor,
            code=other,
            concrete="yes",
            recent="yes",
            pattern="no",
            decision="continue",
            reason="danger",
        )
        (step,) = own_steps(other)
        assert row(other).acute
        assert (step.what, step.urgent, step.because) == (CHOOSE_ROUTE, True, Because.WEIGHED)
        assert step.due <= timezone.now()


def test_a_message_of_danger_about_what_has_ended_is_not_read_away() -> None:
    westland = Organisation.objects.get(code="GM1783")
    code, receipt = samples.file_report(westland, told=TOLD)
    with somebody() as actor:
        report_id = Report.objects.get(code=code).id
        reports.close(report_id, outcome="not_in_scope", actor=actor)
    message_of = Calm("", code, receipt, "")
    with pytest.raises(DomainError, match="loopt niet meer"):
        message(message_of, acute=True)
    with somebody():
        assert NextStep.objects.filter(what=READ_ANSWER, done__isnull=True, code=code).exists()


LATER = {"reason": "andere_reden", "sentence": "Politie is er"}


def put_off(calm: Calm, day: date, of: str = "case", who: str = FOCAL, **why: Any) -> None:
    """Somebody sets another date."""
    with somebody(who) as actor:
        actions.change_due(actor=actor, code=calm.case, due=day, of=of, **(why or LATER))


def next_office_day() -> date:
    """Return until when one person may let wait what presses."""
    return add_working_days(timezone.localdate(), 1)


def test_looking_later_at_what_is_acute_takes_a_reason() -> None:
    made, later = calm(), next_office_day()
    corrected_facts(made, acute=True)
    with pytest.raises(DomainError), somebody() as actor:
        actions.change_due(actor=actor, code=made.case, due=later)
    put_off(made, later)
    with somebody():
        step = row(made.case).current_step
        assert step is not None
        assert (step.urgent, timezone.localtime(step.due).date()) == (False, later)


@pytest.mark.parametrize("urgency", URGENCIES, ids=str)
@pytest.mark.parametrize("of", ["case", "person"])
def test_what_hurries_is_put_off_by_one_person_once_and_not_for_long(
    urgency: dict[str, Any], of: str
) -> None:
    made, day = calm(), next_office_day()
    corrected_facts(made, **urgency)
    with pytest.raises(DomainError, match="Hier is haast bij"):
        put_off(made, day + timedelta(days=1), of)
    put_off(made, day, of)
    with somebody():
        (asked,) = NextStep.objects.filter(what=SECOND_EYES, done__isnull=True, subject_id=row(made.case).id)
        clock = asked.due
    # Small delays, one after the other, are no way round.
    for longer in (day + timedelta(days=1), day + timedelta(days=4)):
        with pytest.raises(DomainError, match="collega"):
            put_off(made, longer, of)
    with pytest.raises(DomainError, match="iemand anders"), somebody() as actor:
        actions.look_along(actor=actor, code=made.case)
    with somebody():
        asked.refresh_from_db()
        assert (asked.due, asked.done) == (clock, None)
    with somebody(DEPUTY) as deputy:
        actions.look_along(actor=deputy, code=made.case)
    put_off(made, day + timedelta(days=20), of)
    with pytest.raises(DomainError, match="collega"):
        put_off(made, day + timedelta(days=30), of)
    # What comes in goes before all of it, and begins anew.
    added_report(made, acute=True)
    with somebody():
        assert all(each.urgent for each in own_steps(made.case))
    put_off(made, day, of)


def test_who_did_something_about_what_hurries_looks_again_within_the_term() -> None:
    made, far = calm(), timezone.localdate() + timedelta(days=90)
    corrected_facts(made, acute=True)
    with pytest.raises(DomainError, match="Hier is haast bij"), somebody() as actor:
        actions.work_track(actor=actor, code=made.case, track="person", summary="Gedaan", runs=True, due=far)


def test_what_does_not_hurry_is_put_off_as_before() -> None:
    made, far = calm(), timezone.localdate() + timedelta(days=90)
    for _twice in range(2):
        put_off(made, far, "person", reason="")
    with somebody():
        assert not NextStep.objects.filter(what=SECOND_EYES, done__isnull=True).exists()
