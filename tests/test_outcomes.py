"""What each verb does beside its main effect, looked at whole: steps, dates, ledger, the other side, mail."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from sluitend.forms.models import Draft
from sluitend.journeys.administration.actions import absence
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Case
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.exchanges.models import Transfer
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports import terms as report_terms
from sluitend.journeys.reports.journey import ANSWER_ADVICE, READ_ANSWER, READ_REPORT
from sluitend.journeys.reports.models import Report
from sluitend.journeys.visits import actions as visits
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.flow.terms import REMIND, due_for
from sluitend.kernel.followup.assigning import on_duty, owner_of, work_days_of
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, is_working_day
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld
from tests import samples
from tests.journeys.cases import matters
from tests.journeys.exchanges.situations import Between
from tests.journeys.referrals.situations import Ready, days, in_letter
from tests.journeys.visits.situations import make_town
from tests.outcomes import Outcome, Step, outcome
from tests.teaming import AF, DEPUTY, MANAGER, a_case, give, owners

pytestmark = pytest.mark.django_db
INSPECTOR = "nla@arbeidsinspectie.example"
type Clients = Callable[[str], Client]


def of_case(code: str) -> Callable[[], Case]:
    """Return what reads a case anew."""
    return lambda: Case.objects.get(code=code)


def of_report(code: str) -> Callable[[], Report]:
    """Return what reads a report anew."""
    return lambda: Report.objects.get(code=code)


def report_due(what: StepKind, who: Actor, *, acute: bool = False) -> date:
    """Return the day on which a step of a report is due: in the days of who plans it, unless acute."""
    works = OFFICE_DAYS if acute else work_days_of(who)
    due = report_terms.due(current_release().pack, what, works, acute=acute, minor=False)
    return timezone.localtime(due).date()


def a_report(**changes: object) -> tuple[str, str]:
    """Return the code and the receipt of a new report of Westland."""
    return samples.file_report(Organisation.objects.get(code="GM1783"), **changes)  # type: ignore[arg-type]


def with_report(code: str, verb: Callable[..., object]) -> Callable[..., object]:
    """Return a verb that takes the id of a report, for the report with this code."""
    return lambda *, actor, **named: verb(Report.objects.get(code=code).id, actor=actor, **named)


# Cases


def test_closing_a_case(db: None) -> None:
    code, who = matters.taken_in(), samples.actor(AF)
    matters.weigh(code, "close")
    asked: dict[str, Any] = {"outcome": "innocent", "tell": "outcome", "reason": "not_enough"}
    came = outcome(who, cases.close_case, of=of_case(code), code=code, **asked)
    assert (came.state, came.steps, came.done) == ("closed", (), ("follow_case", "tell_reporter"))
    assert ("case.close", "innocent") in came.lines
    assert came.jobs == ()
    again = outcome(who, cases.reopen, of=of_case(code), code=code, reason="new_report")
    assert again.state == "weighing"
    assert [step.what for step in again.steps] == ["weigh"]
    assert ("case.close", "reopen.new_report") in again.lines


# Reports


def test_a_report_is_moved_to_another_door(db: None) -> None:
    code, _receipt = a_report()
    who = samples.actor(AF)
    came = outcome(who, with_report(code, reports.move_kind), of=of_report(code), kind="advice")
    due = report_due(ANSWER_ADVICE, who)
    assert came == Outcome(
        "new",
        (Step("answer_advice", "focal_point", due),),
        ("read_report",),
        (("report.move_kind", ""),),
        (),
        (),
    )
    with acting(who):
        assert Report.objects.get(code=code).kind == "advice"
        with pytest.raises(DomainError):
            reports.move_kind(Report.objects.get(code=code).id, kind="nonsense", actor=who)


def test_only_a_new_report_goes_to_another_door(db: None, client_for: Clients) -> None:
    code, _receipt = a_report()
    client = client_for(AF)
    moved = client.post(f"/werk/binnen/{code}/soort/", {"kind": "advice"}, follow=True)
    assert "Verplaatst. De melder merkt hier niets van." in moved.text
    assert client.post(f"/werk/binnen/{code}/soort/", {"kind": ""}).status_code == 422
    assert client.post(f"/werk/binnen/{code}/soort/", {"kind": "report"}).status_code == 302
    samples.take_in(code, samples.actor(AF))
    late = client.post(f"/werk/binnen/{code}/soort/", {"kind": "advice"})
    assert late.status_code in (409, 422)


def test_advice_is_given(db: None) -> None:
    with acting(NOBODY):
        filed = reports.file_advice(
            organisation_id=Organisation.objects.get(code="GM1783").id,
            theme=next(iter(current_release().pack.advice_themes.ids)),
            question="Mag ik dit delen?",
            sending=uuid4(),
        )
    with acting(system_actor(filed.organisation_id)) as system:
        reports.sweep(system)
        code = Report.objects.get(pk=filed.report_id).code
    who = samples.actor(AF)
    came = outcome(who, with_report(code, reports.answer_advice), of=of_report(code), text="Ja, dat mag.")
    assert came == Outcome("closed", (), ("answer_advice",), (("report.answer_advice", ""),), (), ())
    with acting(NOBODY):
        box = report_queries.mailbox(filed.receipt)
    assert box is not None
    assert "Ja, dat mag." in repr(box)


def test_a_report_turns_out_acute(db: None) -> None:
    code, _receipt = a_report()
    who = samples.actor(AF)
    came = outcome(who, with_report(code, reports.correct), of=of_report(code), acute=True, minor="no")
    read, eyes = report_due(READ_REPORT, who, acute=True), report_due(SECOND_EYES, who, acute=True)
    assert came.steps == (
        Step("read_report", "focal_point", read, urgent=True),
        Step("second_eyes", "deputy", eyes, urgent=True),
    )
    assert (came.state, came.lines) == ("new", (("report.correct", ""),))
    calm = outcome(who, with_report(code, reports.correct), of=of_report(code), acute=False, minor="no")
    assert [step.what for step in calm.steps] == ["read_report"]


def test_a_reporter_who_writes_again_is_read_after_the_end(db: None) -> None:
    code, receipt = a_report()
    who = samples.actor(AF)
    closed = outcome(
        who, with_report(code, reports.close), of=of_report(code), outcome="not_in_scope", reason="x"
    )
    assert (closed.state, closed.steps) == ("closed", ())
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Er is nog iets")
    system = system_actor(who.own_organisation)
    came = outcome(system, lambda *, actor: reports.sweep(actor), of=of_report(code))
    assert came.steps == (Step("read_answer", "focal_point", report_due(READ_ANSWER, system)),)
    with acting(who):
        assert Report.objects.get(code=code).closed is None


@pytest.mark.parametrize("to", ["melder@westland.example", "af@denhaag.example", MANAGER])
def test_a_report_is_given_to_who_may_have_it(db: None, to: str) -> None:
    code, _receipt = a_report()
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    other = Account.objects.get(email=to).pk
    with acting(who), pytest.raises(DomainError):
        reports.assign_report(actor=who, code=code, account_id=other)
    came = outcome(who, reports.assign_report, of=of_report(code), code=code, account_id=colleague.account_id)
    assert (came.steps, came.done, came.lines) == ((), (), (("step.assign", ""),))
    assert owners(who, code=code) == {"Samira Haddou"}
    reporter = samples.actor("melder@westland.example")
    with acting(reporter), pytest.raises(Refused):
        reports.assign_report(actor=reporter, code=code, account_id=colleague.account_id)


def test_what_somebody_types_at_the_desk_is_kept_for_them_alone(db: None, client_for: Clients) -> None:
    client = client_for(AF)
    page = client.get("/werk/melding-invoeren/").text
    assert "Laat uw collega eerst 112 bellen." in page
    kept = client.post("/werk/melding-invoeren/concept/", {"saw": "Vijf bedden", "draft": "enter"})
    assert kept.status_code == 204
    assert "Vijf bedden" in client.get("/werk/melding-invoeren/").text
    assert "Vijf bedden" not in client_for(DEPUTY).get("/werk/melding-invoeren/").text
    with acting(samples.actor(AF)):
        assert Draft.objects.filter(form="enter").count() == 1


# Referrals


def test_a_referral_is_sent(ready: Ready) -> None:
    who, partner, choice = ready.focal_point, ready.inspector, ready.choice()
    came = outcome(who, referrals.send, others=[partner], case_code=ready.case, track="place", choice=choice)
    assert [(step.what, step.waits) for step in came.steps if step.what == "await_partner"] == [
        ("await_partner", True)
    ]
    assert [(step.what, step.owner) for step in came.elsewhere] == [("look_at_referral", "partner")]
    assert {("referral.send", choice.purpose), ("case.work", "referral_sent")} <= set(came.lines)
    assert came.told(organisation(partner).code)


def test_a_night_without_a_place_is_somebodys(ready: Ready) -> None:
    code, partner = ready.accepted("person"), ready.care
    came = outcome(partner, referrals.feed_back, others=[ready.focal_point], code=code, answer="geen_plek")
    assert [(step.what, step.urgent) for step in came.elsewhere] == [("night_without_place", True)]
    # That somebody must be named is told too: the mail about the answer is a job of its own.
    assert {"name_somebody", "tell_sender"} <= {job.rpartition(".")[2] for job, _whom in came.jobs}
    assert came.told(organisation(ready.focal_point).code)
    assert ("referral.answer", "geen_plek") in came.lines


def test_a_reminder_reaches_the_partner(ready: Ready) -> None:
    code, who = ready.send(), ready.focal_point
    came = outcome(who, referrals.remind, of=lambda: ready.row(code), others=[ready.inspector], code=code)
    with acting(who):
        due = timezone.localtime(due_for(current_release().pack, REMIND)).date()
    waits = Step("await_partner", "focal_point", due, waits=True)
    assert (came.state, came.steps, came.done) == ("sent", (waits,), ("await_partner",))
    assert (came.lines, came.elsewhere) == ((("referral.note_answer", "remind"),), ())
    assert came.told(organisation(ready.inspector).code)


def test_a_partner_that_asked_hears_the_answer(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(ready.inspector):
        referrals.ask(code=code, text="Welke ingang?", actor=ready.inspector)
    came = outcome(
        who,
        referrals.answer_question,
        of=lambda: ready.row(code),
        others=[ready.inspector],
        code=code,
        text="De achterdeur.",
    )
    assert (came.state, came.done) == ("accepted", ("await_partner", "partner_asks"))
    assert [(step.what, step.waits) for step in came.steps] == [("await_partner", True)]
    assert ("referral.note_answer", "answer_question") in came.lines
    assert [(step.what, step.owner) for step in came.elsewhere] == [("answer_referral", "partner")]
    assert came.elsewhere[0].due == came.steps[0].due
    assert came.told(organisation(ready.inspector).code)


def test_a_recall_has_a_reason_and_the_track_goes_on(ready: Ready) -> None:
    code, who = ready.accepted(), ready.focal_point
    manager = samples.actor(MANAGER)
    with acting(manager), pytest.raises(Refused):
        referrals.recall(code=code, reason="mistake", actor=manager)
    with acting(who), pytest.raises(DomainError):
        referrals.recall(code=code, reason="nonsense", actor=who)
    assert ready.row(code).state == "accepted"
    came = outcome(
        who,
        referrals.recall,
        of=lambda: ready.row(code),
        others=[ready.inspector],
        code=code,
        reason="mistake",
    )
    assert came.state == "recalled"
    # What was asked is open again in the plan of the case.
    assert came.done == ("await_partner", "work_plan", "work_track")
    assert [(step.what, step.owner) for step in came.steps] == [
        ("work_plan", "focal_point"),
        ("work_track", "focal_point"),
    ]
    assert came.lines == (("case.work", "referral_news"), ("referral.recall", "mistake"))
    assert {(job.rpartition(".")[2], whom) for job, whom in came.jobs} == {
        ("finish_steps", (organisation(ready.inspector).code,)),
        ("forget_at_partner", (organisation(ready.inspector).code,)),
    }


def test_no_answer_is_of_after_the_last_reminder(ready: Ready) -> None:
    code, who = ready.send(), ready.focal_point
    with acting(who):
        Referral.objects.filter(code=code).update(reminders=2, reminded_on=days(0))
    with acting(who), pytest.raises(DomainError) as raised:
        referrals.close_without_answer(code=code, on=days(-1), reason="two_reminders", actor=who)
    assert raised.value.field == "on"
    came = outcome(
        who,
        referrals.close_without_answer,
        of=lambda: ready.row(code),
        others=[ready.inspector],
        code=code,
        on=days(0),
        reason="two_reminders",
    )
    assert came.state == "done"
    assert ("referral.note_answer", "geen_antwoord.two_reminders") in came.lines


def organisation(who: Actor) -> Organisation:
    """Return where somebody works."""
    return Organisation.objects.get(pk=who.own_organisation)


# Contacts


def test_a_release_that_is_taken_back_is_told_to_the_planner(db: None) -> None:
    town = make_town()
    code = town.plan()
    came = outcome(
        town.focal_point, visits.release, of=lambda: town.visit(code), code=code, beside_case=False
    )
    assert (came.state, came.done) == ("released", ("release_visit",))
    assert [(step.what, step.owner) for step in came.steps] == [("carry_out", "toezicht@westland.example")]
    assert came.lines == (("visit.release", "released"),)
    back = outcome(town.focal_point, visits.take_back, of=lambda: town.visit(code), code=code)
    assert (back.state, back.done) == ("planned", ("carry_out",))
    assert [(step.what, step.owner) for step in back.steps] == [
        ("not_released", "toezicht@westland.example"),
        ("release_visit", "focal_point"),
    ]
    assert back.lines == (("visit.release", "taken_back"),)
    assert back.told("toezicht@westland.example")


# Whose it is


@pytest.mark.parametrize("how", ["here", "away", "day_off"])
def test_what_cannot_wait_goes_to_somebody_who_is_there(db: None, how: str) -> None:
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    today = timezone.localdate()
    works = [today.isoweekday()] if how != "day_off" else [today.isoweekday() % 7 + 1]
    Account.objects.filter(pk=colleague.own_account).update(work_days=works)
    code = a_case(who)
    give(code, f"person:{colleague.account_id}")
    if how == "away":
        with acting(colleague):
            absence.write_down(
                colleague.own_account,
                organisation_id=colleague.own_organisation,
                first=today,
                last=today,
                deputy_id=None,
                by=colleague.own_account,
            )
    with acting(who):
        owner = on_duty(owner_of(Case.objects.get(code=code), who), who)
    there = how == "here" and is_working_day(today, works)
    assert (owner.account_id == colleague.account_id) == there


def test_what_is_about_a_child_waits_for_nobodys_days(db: None) -> None:
    tomorrow = timezone.localdate().isoweekday() % 7 + 1
    Account.objects.filter(email=AF).update(work_days=[tomorrow])
    code, _receipt = a_report()
    who = samples.actor(AF)
    give(code, f"person:{who.account_id}")
    came = outcome(who, with_report(code, reports.correct), of=of_report(code), acute=False, minor="yes")
    due = report_terms.due(current_release().pack, READ_REPORT, OFFICE_DAYS, minor=True)
    (read,) = [step for step in came.steps if step.what == "read_report"]
    assert (read.owner, read.due) == (AF, timezone.localtime(due).date())


@pytest.mark.parametrize("minor", ["yes", "no"])
def test_a_child_is_somebodys_who_is_there_and_another_looks_along(db: None, minor: str) -> None:
    who, colleague, today = samples.actor(AF), samples.actor(DEPUTY), timezone.localdate()
    code, _receipt = a_report(minor="yes")
    give(code, f"person:{colleague.account_id}")
    with acting(who):
        eyes = NextStep.objects.get(code=code, what=SECOND_EYES, done__isnull=True)
    assert (eyes.owner_id, eyes.owner_role) == (None, "deputy")
    with acting(colleague):
        absence.write_down(
            colleague.own_account,
            organisation_id=colleague.own_organisation,
            first=today,
            last=today,
            deputy_id=who.account_id,
            by=colleague.own_account,
        )
    outcome(who, with_report(code, reports.correct), of=of_report(code), acute=False, minor=minor)
    assert owners(who, code=code) == ({"focal_point"} if minor == "yes" else {"Samira Haddou"})


# Warnings stand where they must, and nowhere else


def test_who_shares_against_a_wish_reads_so_before_the_button(ready: Ready, client_for: Clients) -> None:
    client = client_for(AF)
    path = f"/werk/casussen/{ready.case}/doorzetten/person/voorbeeld/"
    offer = ready.offer("person")
    named = [each.id for each in offer.parts if each.identifies_person]
    unnamed = [each.id for each in offer.parts if not each.identifies_person and each.text and not each.never]
    assert named
    warning = "De persoon wil dit niet, of dat is niet duidelijk."
    data = {"question": "Kunt u helpen?", "partner": offer.partners[0].id}
    assert warning not in client.post(path, in_letter(offer, **data, parts=named)).text
    with acting(ready.focal_point):
        cases.record_wish(actor=ready.focal_point, code=ready.case, wish="no")
    assert warning in client.post(path, in_letter(offer, **data, parts=named)).text
    assert warning not in client.post(path, in_letter(offer, **data, parts=unnamed[:1])).text


def test_the_plan_says_that_the_person_wants_no_help(db: None, client_for: Clients) -> None:
    code, who, client = matters.weighed(), samples.actor(AF), client_for(AF)
    warning = "Delen wat een persoon aanwijst, vraagt een eigen besluit."
    for wish, there in (("unknown", False), ("no", True), ("yes", False), ("no", True)):
        with acting(who):
            cases.record_wish(actor=who, code=code, wish=wish)
        assert (warning in client.get(f"/werk/casussen/{code}/plan/").text) == there
    with acting(who):
        cases.act_against_wish(actor=who, code=code, ground="danger", text="Er is gevaar")
    assert warning not in client.get(f"/werk/casussen/{code}/plan/").text


def test_a_case_that_changed_after_its_transfer_says_so(between: Between, client_for: Clients) -> None:
    code, client = between.send(), client_for(AF)
    path, warning = f"/werk/overdrachten/{code}/", "Na verzending veranderde de casus"
    assert warning not in client.get(path).text
    with acting(between.sender):
        cases.add_note(actor=between.sender, code=between.case, text="Er is een tweede schuur")
    assert f"{warning} 1 keer." in client.get(path).text


# Between municipalities


def of_transfer(code: str) -> Callable[[], Transfer]:
    """Return what reads a transfer anew."""
    return lambda: Transfer.objects.get(code=code)


def test_a_transfer_is_reminded_and_taken(between: Between) -> None:
    code, sender, receiver = between.send(), between.sender, between.receiver
    row = of_transfer(code)
    reminded = outcome(sender, exchanges.remind_transfer, of=row, others=[receiver], code=code)
    assert [(step.what, step.waits) for step in reminded.steps] == [("await_transfer", True)]
    assert (reminded.state, reminded.lines) == ("sent", (("transfer.follow", "remind"),))
    assert (reminded.elsewhere, reminded.told("GM0518")) == ((), True)
    with acting(sender), pytest.raises(DomainError):
        exchanges.remind_transfer(code=code, actor=sender)
    taken = outcome(receiver, exchanges.accept_transfer, of=row, others=[sender], code=code)
    assert (taken.state, taken.done) == ("accepted", ("look_at_transfer",))
    assert ("transfer.decide", "accept") in taken.lines
    assert [step.what for step in taken.steps] == ["weigh", "work_track"]
    assert [(step.what, step.owner) for step in taken.elsewhere] == [("transfer_taken", "focal_point")]
    assert taken.told("GM1783")


@pytest.mark.parametrize("by", ["sender", "receiver"])
def test_a_transfer_that_ends_leaves_nothing_with_the_other(between: Between, by: str) -> None:
    code, sender, receiver = between.send(), between.sender, between.receiver
    row = of_transfer(code)
    if by == "sender":
        came = outcome(
            sender, exchanges.recall_transfer, of=row, others=[receiver], code=code, reason="mistake"
        )
        assert came.state == "recalled"
        assert any(job.endswith("finish_steps") and whom == ("GM0518",) for job, whom in came.jobs)
    else:
        came = outcome(
            receiver, exchanges.return_transfer, of=row, others=[sender], code=code, reason="not_our_area"
        )
        assert (came.state, came.told("GM1783")) == ("returned", True)
        assert [step.what for step in came.elsewhere] == ["transfer_returned"]
    assert [purpose for action, purpose in came.lines if action.startswith("transfer.")]
    with acting(receiver), pytest.raises(NotHeld):
        open_envelope(between.row(code).envelope_id, actor=receiver, purpose="test")
