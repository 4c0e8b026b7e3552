"""One organisation or row that fails: the others are done, an administrator hears it and doctor says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django import Settings

from sluitend.cli import checks, checks_running
from sluitend.demo import embedded
from sluitend.demo.region import Person, load_people
from sluitend.journeys.administration import jobs as administration
from sluitend.journeys.assurance import jobs as assurance
from sluitend.journeys.assurance.actions import assuring
from sluitend.journeys.assurance.actions import ending as ends_elsewhere
from sluitend.journeys.care import actions as care_actions
from sluitend.journeys.care_files import actions as care_file_actions
from sluitend.journeys.care_files import jobs as care_files
from sluitend.journeys.care_files.actions import appointments, growing, handing_on, losing, turning_18
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.care_moves import actions as care_moves
from sluitend.journeys.cases import actions as case_actions
from sluitend.journeys.cases import jobs as cases
from sluitend.journeys.cases.actions import urgency
from sluitend.journeys.cases.journey import CASE, CHOOSE_ROUTE
from sluitend.journeys.cases.models import SentReferral
from sluitend.journeys.exchanges import actions as exchange_actions
from sluitend.journeys.exchanges import jobs as exchanges
from sluitend.journeys.exchanges.actions import onward
from sluitend.journeys.exchanges.models import Request, Transfer
from sluitend.journeys.referrals import actions as referral_actions
from sluitend.journeys.referrals import jobs as referrals
from sluitend.journeys.referrals.actions import ending, telling
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.reports import actions as report_actions
from sluitend.journeys.reports import jobs as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.actions import sweeping
from sluitend.journeys.reports.journey import UNREADABLE
from sluitend.journeys.reports.models import Report
from sluitend.journeys.shelter import actions as shelter_actions
from sluitend.journeys.shelter import jobs as shelter
from sluitend.journeys.shelter.actions import clocking
from sluitend.journeys.visits import actions as visit_actions
from sluitend.journeys.visits import jobs as visits
from sluitend.journeys.visits.actions import catching_up, destroying
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access import jobs as access
from sluitend.kernel.access import rounds
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.models import Run
from sluitend.kernel.flow import expiring
from sluitend.kernel.flow import jobs as flow
from sluitend.kernel.followup import escalation
from sluitend.kernel.followup.journey import LOOK_AT_CLOCK, NOBODY_READS
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger import jobs as ledger
from sluitend.kernel.manifest import clock
from sluitend.kernel.organisations.models import Account, Membership, Organisation, Role
from sluitend.kernel.sealing import jobs as sealing
from sluitend.surfaces.desk import jobs as desk
from tests import samples
from tests.conftest import use_database
from tests.faults.test_clock import jump

AF, ADMINISTRATOR = "af@westland.example", "beheer@westland.example"
THERE = "af@denhaag.example"
WESTLAND, NIEUWKOOP, LEIDEN = "GM1783", "GM0569", "GM0546"
LATER = timedelta(days=500)


def organisation(code: str) -> UUID:
    return Organisation.objects.get(code=code).id


def unswept(code: str = WESTLAND) -> UUID:
    """File a report that no sweep has seen."""
    with acting(NOBODY):
        filed = report_actions.file_report(
            report_actions.Filing(
                organisation_id=organisation(code),
                content=samples.content(),
                anonymity="anonymous",
                acute=False,
                minor="no",
            )
        )
    return filed.report_id


def some_reports() -> None:
    for _number in range(3):
        unswept()


def unreadable_reports() -> None:
    some_reports()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "report_tokens", fails)
        reports.sweep_all.func(timestamp=0)


def fails(*_args: Any, **_named: Any) -> Any:
    raise ValueError("gasflessen")


def late_steps() -> None:
    for _number in range(3):
        late_step(WESTLAND)


def late_step(code: str) -> UUID:
    """Let something wait for a month."""
    where = organisation(code)
    with acting(system_actor(where)):
        return NextStep.objects.create(
            organisation_id=where,
            writer_id=where,
            subject_kind=CASE,
            subject_id=uuid4(),
            what=CHOOSE_ROUTE,
            owner_role=Role.FOCAL_POINT,
            due=timezone.now() - timedelta(days=30),
            created_day=timezone.localdate(),
        ).pk


def some_wait_requests() -> None:
    westland = Organisation.objects.get(code=WESTLAND)
    for _number in range(2):
        samples.plan_and_ask_to_wait(westland)


def ended_visits() -> None:
    some_wait_requests()
    police, planner = samples.actor("avim@politie.example"), samples.actor("toezicht@westland.example")
    with acting(police):
        codes = list(WaitRequest.objects.values_list("code", flat=True))
    for code in codes:
        with acting(police):
            visit_actions.lift(actor=police, code=code, reason="asker_done")
    with acting(planner):
        planned = list(Visit.objects.values_list("code", flat=True))
    for code in planned:
        with acting(planner):
            visit_actions.withdraw(actor=planner, code=code, reason="not_needed")
    visits.catch_up.func(ids=[str(organisation(WESTLAND))])


def some_referrals() -> None:
    who = samples.actor(AF)
    for _number in range(2):
        report, _receipt = samples.file_report(Organisation.objects.get(code=WESTLAND))
        case = samples.take_in(report, who)
        samples.weigh(case, who)
        samples.compose(case, who)
        samples.refer(case, who)


def some_transfers() -> None:
    who = samples.actor(AF)
    for _number in range(2):
        samples.hand_over(samples.ready_to_hand_over(), who, way="account")


def some_requests() -> None:
    for _number in range(2):
        samples.ask(samples.actor(AF), "GM0518")


def ticked_danger() -> None:
    """Let reporters of two cases tick danger, with a message that the sweep brought."""
    westland, who = Organisation.objects.get(code=WESTLAND), samples.actor(AF)
    for _number in range(2):
        report, receipt = samples.file_report(westland)
        samples.take_in(report, who)
        with acting(NOBODY):
            danger = report_actions.Danger(answer="yes")
            report_actions.add_to_report(receipt=receipt, text="Zij mag er niet uit", danger=danger)
    with acting(system_actor(westland.id)) as system:
        report_actions.sweep(system)


def danger_after_transfers() -> None:
    """Let reporters of two cases that went tick danger, heard where they came from."""
    westland, who, there = samples.actor(AF).own_organisation, samples.actor(AF), samples.actor(THERE)
    receipts = []
    for _number in range(2):
        case = samples.ready_to_hand_over()
        report, receipt = samples.file_report(Organisation.objects.get(code=WESTLAND))
        with acting(who):
            view = report_queries.report(report, who)
            yes = case_actions.Judgement(scope="yes", task="yes", territory="yes")
            case_actions.add_to_case(actor=who, report=view, judgement=yes, case_code=case)
        code = samples.hand_over(case, who, way="account")
        with acting(there):
            exchange_actions.accept_transfer(code=code, actor=there)
        receipts.append(receipt)
    for receipt in receipts:
        with acting(NOBODY):
            danger = report_actions.Danger(answer="yes")
            report_actions.add_to_report(receipt=receipt, text="Zij mag er niet uit", danger=danger)
    with acting(system_actor(westland)) as system:
        report_actions.sweep(system)
        case_actions.hear_reporters(system)


def some_searches(*, ended: bool = False) -> None:
    """Let care look for two places; or let two stays with an address be over."""
    who, wish = samples.actor("zorg@shop.example"), shelter_actions.Wish("adult", 1, "haaglanden")
    today = timezone.localdate()
    for _number in range(2):
        request, _receipt = samples.ask_for_help()
        with acting(who):
            care_actions.take_on(code=request, actor=who)
            code = shelter_actions.start(request=request, wish=wish, actor=who)
            if ended:
                shelter_actions.place(
                    code=code,
                    kind="womens",
                    actor=who,
                    starts=today,
                    review=today + timedelta(days=4),
                    address="Schuilplaatslaan 7",
                )
                shelter_actions.end(code=code, actor=who)


def files_of_children() -> None:
    """Let two requests that have a file turn out to be about a child."""
    who, receipts = samples.actor("zorg@shop.example"), []
    for _number in range(2):
        request, receipt = samples.ask_for_help()
        with acting(who):
            care_actions.take_on(code=request, actor=who)
            care_actions.open_file(code=request, actor=who)
        receipts.append(receipt)
    for receipt in receipts:
        with acting(NOBODY):
            danger = report_actions.Danger(marks=("under_18",))
            report_actions.add_to_report(receipt=receipt, text="Zij is 16.", danger=danger)
    with acting(system_actor(who.own_organisation)) as system:
        report_actions.sweep(system)


def nearly_18() -> None:
    """Let two files be about somebody who is 18 in forty days."""
    who = samples.actor("zorg@shop.example")
    near = timezone.localdate() + timedelta(days=40)
    born = date(near.year - 18, near.month, 1)
    for _number in range(2):
        code = samples.care_file(under_18="ja")
        with acting(who):
            care_file_actions.write_age(code=code, actor=who, born=born, low=None, high=None, revision=None)


def some_appointments() -> None:
    """Let two files have an appointment that nobody notes."""
    who = samples.actor("zorg@shop.example")
    meeting = care_file_actions.Meeting(kind="us", place_kind="ours", interpreter="none")
    at = timezone.now() + timedelta(days=1)
    planned = care_file_actions.Planned(at=at, minutes=60, worker=who.own_account, meeting=meeting)
    for _number in range(2):
        code = samples.care_file()
        with acting(who):
            care_file_actions.make_appointment(code=code, actor=who, planned=planned, revision=None)


def shared_with(what: str, until: date) -> list[str]:
    """Let two people agree to something with another organisation, let it go, and return its codes."""
    who, went = samples.actor("zorg@shop.example"), list[str]()
    wanted = care_file_actions.Share(
        what=what,
        to="leger_des_heils",
        recipient="Leger des Heils",
        chosen="call_name",
        until=until.isoformat(),
        answer="yes",
        form="paper",
    )
    for _number in range(2):
        code = samples.care_file()
        with acting(who):
            care_file_actions.share(code=code, actor=who, wanted=wanted, revision=None)
            (share,) = opened(code, who).consents.shares
            went.append(care_file_actions.send(code=code, actor=who, share=share.id))
    return went


def clients_who_go() -> None:
    """Let two people be taken over by another care organisation."""
    offered = shared_with("move", timezone.localdate() + timedelta(days=30))
    there = samples.actor("zorg@legerdesheils.example")
    for code in offered:
        with acting(there):
            care_moves.accept(code=code, actor=there)


def support_that_stops() -> None:
    """Let two people have support of an organisation that stops in ten days."""
    ends = timezone.localdate() + timedelta(days=10)
    shared_with("support", ends + timedelta(days=50))
    samples.assure(
        kind="support_hollands_midden",
        area="hollands_midden",
        partner="leger_des_heils",
        ends=ends,
        decision="stops",
    )


def some_assured() -> None:
    """Let the region record twice that help ends in more than a year."""
    for area in ("haaglanden", "hollands_midden"):
        samples.assure(area=area, ends=timezone.localdate() + timedelta(days=400))


def ended_stays() -> None:
    some_searches(ended=True)


class RowByRow(NamedTuple):
    """What makes rows of a job, the function that works one of them, and whose they are."""

    prepare: Callable[[], None]
    module: ModuleType
    function: str
    later: timedelta = timedelta(0)
    at: str = WESTLAND


class Line(NamedTuple):
    """A periodic job, and its rows; without rows it says why."""

    job: Any
    rows: tuple[RowByRow, ...] = ()
    why_none: str = ""


LINES: dict[str, Line] = {
    "reports.sweep_all": Line(reports.sweep_all, (RowByRow(some_reports, sweeping, "report_tokens"),)),
    "reports.sweep_unreadable": Line(
        reports.try_unreadable, (RowByRow(unreadable_reports, sweeping, "report_tokens"),)
    ),
    "reports.end_day": Line(
        reports.end_days, why_none="rows are written anew together; the sweep before it has a line of its own"
    ),
    "reports.tell": Line(reports.tell_at_the_hour, why_none="one mark for all rows of an organisation"),
    "cases.hear": Line(cases.hear, (RowByRow(ticked_danger, urgency, "hear_message"),)),
    "followup.escalate": Line(desk.escalate, (RowByRow(late_steps, escalation, "_climb"),)),
    "followup.digest": Line(desk.digest, why_none="two statements for all people"),
    "followup.alarms": Line(desk.alarms, why_none="asks for all that fails with one statement"),
    "visits.each_morning": Line(
        visits.each_morning,
        (
            RowByRow(some_wait_requests, catching_up, "let_pass", LATER),
            RowByRow(ended_visits, destroying, "_destroyed", timedelta(days=4000)),
        ),
    ),
    "exchanges.pass_on": Line(exchanges.pass_on, (RowByRow(danger_after_transfers, onward, "add_message"),)),
    "exchanges.directory": Line(exchanges.ask_to_confirm, why_none="one step of an organisation"),
    "care_files.by_clock": Line(
        care_files.by_clock,
        (
            RowByRow(files_of_children, growing, "_hear", at="shop"),
            RowByRow(nearly_18, turning_18, "_turn", timedelta(days=60), at="shop"),
            RowByRow(clients_who_go, handing_on, "_end", at="shop"),
            RowByRow(some_appointments, appointments, "_remind", timedelta(days=3), at="shop"),
        ),
    ),
    "shelter.by_clock": Line(
        shelter.by_clock,
        (
            RowByRow(some_searches, clocking, "_go_on", timedelta(days=1), at="shop"),
            RowByRow(ended_stays, clocking, "forget_address", timedelta(days=40), at="shop"),
        ),
    ),
    "assurance.ends": Line(
        assurance.remind_of_ends,
        (RowByRow(some_assured, assuring, "_go_on", timedelta(days=60), at="rsiv"),),
    ),
    "assurance.elsewhere": Line(
        assurance.tell_of_ends,
        (
            RowByRow(some_assured, ends_elsewhere, "_keep", timedelta(days=60), at="shop"),
            RowByRow(support_that_stops, losing, "_end", at="shop"),
        ),
    ),
    "assurance.rounds": Line(assurance.settle_rounds, why_none="one round a year"),
    "assurance.figures": Line(assurance.settle_figures, why_none="one row for a half year"),
    "flow.expire": Line(
        flow.expire,
        (
            RowByRow(some_transfers, expiring, "come_back", LATER),
            RowByRow(some_requests, expiring, "come_back", LATER),
            RowByRow(some_referrals, ending, "expire", LATER),
        ),
    ),
    "referrals.each_morning": Line(referrals.each_morning, why_none="one statement for all links"),
    "ledger.link": Line(
        ledger.link, why_none="a line that does not hold gets no place, and `verify` names it"
    ),
    "ledger.checkpoint": Line(ledger.checkpoint, why_none="one line for each organisation"),
    "ledger.heads": Line(ledger.tell_heads, why_none="one mail for all chains"),
    "ledger.diary": Line(ledger.forget_diary, why_none="files of a whole day"),
    "organisations.cover": Line(administration.cover, why_none="two statements for all agreements"),
    "organisations.ended": Line(administration.note_ended, why_none="one list for the whole installation"),
    "access.release": Line(desk.release, why_none="one statement"),
    "access.forget": Line(access.forget, why_none="one statement"),
    "sealing.destructions": Line(sealing.note_destructions, why_none="one list for the whole installation"),
}
ROWS = [(task, row) for task, line in LINES.items() for row in line.rows]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(rounds, "LONGEST_REST", 0.0)
    settings.SLUITEND_CHECKPOINTS = tmp_path


def periodic() -> set[str]:
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    return {task.task.name for task in app.periodic_registry.periodic_tasks.values()}


def test_every_periodic_job_has_a_line_here_and_is_watched() -> None:
    assert periodic() == set(LINES) == set(clock())
    assert all(line.rows or line.why_none for line in LINES.values())


def run(task: str) -> None:
    with suppress(rounds.SomeFailed):
        LINES[task].job.func(timestamp=0)


def doctor_fails() -> str:
    """Return what doctor says of what runs by the clock; empty when that is sound. It ends with 1 or 0."""
    said = checks.Check("op de klok", checks_running.clock), checks_running.clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "results", lambda: iter([said]))
        sound = checks.report(brief=False)
    return "" if sound else said[1].sentence


@contextmanager
def failing_for_the_first(task: str) -> Iterator[None]:
    """Let the turn of the first organisation end in a failure."""
    real = acting
    first = (
        Run.objects.filter(task=task).order_by("organisation_id").values_list("organisation_id", flat=True)[0]
    )

    @contextmanager
    def acting_badly(actor: Actor) -> Iterator[Actor]:
        with real(actor) as acts:
            if actor.organisation_id == first:
                raise RuntimeError("gasflessen")
            yield acts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "acting", acting_badly)
        yield


@pytest.mark.usefixtures("as_worker")
@pytest.mark.parametrize("task", LINES)
def test_an_organisation_that_fails_stops_no_other(task: str) -> None:
    run(task)
    assert doctor_fails() == ""
    before = {each.organisation_id: each.good for each in Run.objects.filter(task=task)}
    with failing_for_the_first(task):
        run(task)
    after = list(Run.objects.filter(task=task).order_by("organisation_id"))
    assert [each.failing for each in after] == [True] + [False] * (len(after) - 1)
    assert all(each.good != before[each.organisation_id] for each in after[1:])
    assert task in doctor_fails()
    assert "gasflessen" not in doctor_fails()
    run(task)
    assert doctor_fails() == ""


@pytest.mark.usefixtures("as_worker")
@pytest.mark.parametrize(("task", "row"), ROWS, ids=[f"{task}-{row.function}" for task, row in ROWS])
def test_a_row_that_fails_stops_no_other(task: str, row: RowByRow) -> None:
    row.prepare()
    real, seen = getattr(row.module, row.function), []

    def works(first: Any, *rest: Any, **named: Any) -> Any:
        seen.append(first.id)
        if first.id == seen[0]:
            raise RuntimeError("gasflessen")
        return real(first, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        jump(patch, row.later)
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(row.module, row.function, works)
            run(task)
        bad = Run.objects.get(task=task, organisation_id=organisation(row.at))
        assert (bad.rows_bad, bad.failing) == (1, True)
        assert len(set(seen)) > 1
        assert f"{task} (RuntimeError)" in doctor_fails()
        # Only the row that failed is still to be done.
        again: list[Any] = []

        def notes(first: Any, *rest: Any, **named: Any) -> Any:
            again.append(first.id)
            return real(first, *rest, **named)

        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(row.module, row.function, notes)
            run("reports.sweep_unreadable" if task == "reports.sweep_all" else task)
            run("reports.sweep_all" if task == "reports.sweep_unreadable" else task)
        assert again == seen[:1]
        assert task not in doctor_fails()


@pytest.mark.usefixtures("as_worker")
def test_a_kind_of_matter_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    some_requests()
    some_transfers()
    monkeypatch.setattr(Transfer, "EXPIRED_BY", "sluitend.kernel.flow.expiring.gasflessen")
    jump(monkeypatch, LATER)
    run("flow.expire")
    with acting(system_actor(organisation(WESTLAND))):
        assert set(Request.objects.values_list("state", flat=True)) == {"expired"}
        assert set(Transfer.objects.values_list("state", flat=True)) == {"sent"}
    assert "flow.expire (ImportError)" in doctor_fails()


@pytest.mark.usefixtures("as_worker")
def test_one_answer_that_cannot_be_told_holds_up_no_other() -> None:
    some_referrals()
    inspector, westland = samples.actor("nla@arbeidsinspectie.example"), organisation(WESTLAND)
    with acting(inspector):
        sent = list(Referral.objects.order_by("code").values_list("code", flat=True))
    for code in sent:
        with acting(inspector):
            referral_actions.accept(code=code, actor=inspector)
            referral_actions.feed_back(code=code, answer="opgepakt", actor=inspector)
    real, seen = telling._tell_case, []

    def works(row: Referral, *rest: Any) -> None:
        seen.append(row.code)
        real(row, *rest)
        if row.code == seen[0]:
            raise RuntimeError("gasflessen")

    def told() -> set[str]:
        with acting(system_actor(westland)):
            told = SentReferral.objects.filter(told__gt=0)
            return set(told.values_list("referral_code", flat=True))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "_tell_case", works)
        referrals.note_news.func(ids=[str(westland)])
        assert told() == set(sent) - {seen[0]}
        assert "referrals.note_news (RuntimeError)" in doctor_fails()
    run("referrals.each_morning")  # each morning what was left is tried again
    assert told() == set(sent)
    assert doctor_fails() == ""


def break_report(server: embedded.Server, name: str, report_id: UUID) -> None:
    """Flip one byte of what a reporter told."""
    with psycopg.connect(server.url("sl_admin", name), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")  # as a fault of the disk would
        admin.execute(
            "UPDATE reports_report SET content = set_byte(content, 40, get_byte(content, 40) # 1)"
            " WHERE id = %s",
            [report_id],
        )


def test_one_byte_of_one_report_holds_up_no_other(server: embedded.Server, as_worker: str) -> None:
    broken, sound, elsewhere = unswept(), unswept(), unswept(LEIDEN)
    break_report(server, as_worker, broken)
    for _round in range(3):
        run("reports.sweep_all")
    left = {}
    for code in (WESTLAND, LEIDEN):
        with acting(system_actor(organisation(code))):
            left[code] = set(Report.objects.filter(swept=False).values_list("id", flat=True))
    assert left == {WESTLAND: {broken}, LEIDEN: set()}
    assert elsewhere != sound
    assert "reports.sweep_all" in doctor_fails()

    run("followup.alarms")
    run("followup.alarms")
    with acting(system_actor(organisation(WESTLAND))):
        asked = NextStep.objects.filter(what__in=[UNREADABLE, LOOK_AT_CLOCK])
        found = sorted(asked.values_list("what", "owner_role", "subject_id"))
    assert found == [
        (LOOK_AT_CLOCK, Role.ADMINISTRATOR, organisation(WESTLAND)),
        (UNREADABLE, Role.FOCAL_POINT, broken),
    ]
    client = Client()
    client.force_login(Account.objects.get(email=ADMINISTRATOR))
    assert "Iets dat vanzelf hoort te lopen, mislukt" in client.get("/werk/").content.decode()
    page = client.get("/werk/beheer/loopt/").content.decode()
    assert "Nieuwe meldingen opnemen" in page
    assert "Unreadable" in page
    client.force_login(Account.objects.get(email=AF))
    assert "Deze melding is niet te lezen" in client.get("/werk/").content.decode()
    for address in ("/werk/binnen/", f"/werk/binnen/{code_of(broken)}/"):
        assert client.get(address).status_code < 500, address

    break_report(server, as_worker, broken)  # the byte is right again
    run("reports.sweep_unreadable")
    run("reports.sweep_all")
    run("followup.alarms")
    assert doctor_fails() == ""
    with acting(system_actor(organisation(WESTLAND))):
        assert not asked.filter(done__isnull=True).exists()
        assert Report.objects.get(pk=broken).swept


def code_of(report_id: UUID) -> str:
    with acting(system_actor(organisation(WESTLAND))):
        return Report.objects.get(pk=report_id).code


@pytest.mark.usefixtures("as_worker")
def test_all_organisations_are_looked_at_for_what_climbs() -> None:
    late_steps()
    assert escalation.escalate_all() == 3
    assert escalation.escalate_all() == 0


@contextmanager
def as_owner(server: embedded.Server, name: str, keys: Path) -> Iterator[None]:
    """Sign in as the owner of the tables, who alone writes a role as it stands."""
    use_database(server.url("sl_owner", name), keys)
    yield
    use_database(server.url("sl_worker", name), keys)


def nobody_works_in(code: str) -> UUID:
    """Return an organisation that has no account at all."""
    found = organisation(code)
    assert not Membership.objects.filter(organisation_id=found).exists()
    return found


def test_what_waits_where_nobody_works_reaches_the_administrators_of_the_region(
    server: embedded.Server, as_worker: str, settings: Settings
) -> None:
    nieuwkoop, region = nobody_works_in(NIEUWKOOP), Organisation.objects.get(kind="region").id
    waits, elsewhere = late_step(NIEUWKOOP), late_step(LEIDEN)
    run("followup.escalate")
    run("followup.escalate")
    assert doctor_fails() == ""
    for code, step in ((NIEUWKOOP, waits), (LEIDEN, elsewhere)):
        with acting(system_actor(organisation(code))):
            assert NextStep.objects.get(pk=step).level > 0, code
    with acting(system_actor(region)):
        told = NextStep.objects.filter(what=NOBODY_READS)
        (alarm,) = told.all()
        assert (alarm.subject_id, alarm.owner_role, alarm.code) == (nieuwkoop, Role.ADMINISTRATOR, "")
    client = Client()
    client.force_login(Account.objects.get(email="beheer@rsiv.example"))
    page = client.get("/werk/beheer/loopt/").content.decode()
    assert "Bij Gemeente Nieuwkoop wacht iets en niemand leest het." in page
    assert str(waits) not in page
    with as_owner(server, as_worker, settings.SLUITEND_KEYS):
        load_people(
            [
                Person("af@nieuwkoop.example", "Ada", NIEUWKOOP, Role.FOCAL_POINT),
                Person("vervanger@nieuwkoop.example", "Bo", NIEUWKOOP, Role.DEPUTY),
            ],
            "x" * 20,
        )
    run("followup.alarms")
    with acting(system_actor(region)):
        assert not told.filter(done__isnull=True).exists()
