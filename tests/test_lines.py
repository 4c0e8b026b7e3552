"""Each press leaves its own line in the ledger: pressed in the order of a life, looked at one by one.

A verb whose line goes missing does all else as before, so nobody sees it but who looks for the line.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from sluitend.journeys.administration.actions import absence as absence_actions
from sluitend.journeys.administration.actions import organisations as directory
from sluitend.journeys.administration.actions import people
from sluitend.journeys.administration.actions import roles as role_actions
from sluitend.journeys.administration.actions.roles import NewRole
from sluitend.journeys.administration.queries.invitations import link_of
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions import NewObservation, NewSubject
from sluitend.journeys.cases.models import Observation
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.content import IdentityContent
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.models import WaitRequest, WaitRequestQuestion
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import PLATFORM_ID, Absence, Account, Organisation, Role
from tests import samples
from tests.journeys.cases import matters
from tests.journeys.visits.situations import GREENHOUSE, consulted, days, make_town, wanted_at
from tests.outcomes import outcome, queue
from tests.roles import give
from tests.teaming import AF, DEPUTY, MANAGER, a_case
from tests.teaming import give as hand_on

pytestmark = pytest.mark.django_db
OTHER = {"reason": "andere_reden", "sentence": "Dat past beter"}


def lines(who: Actor, verb: Callable[..., object], **named: Any) -> set[tuple[str, str]]:
    """Press, and return the lines that came of it in the ledger of whoever pressed."""
    return set(outcome(who, verb, **named).lines)


def test_a_case_from_the_weighing_to_the_end(db: None) -> None:
    code, who, colleague = matters.taken_in(), samples.actor(AF), samples.actor(DEPUTY)

    def press(verb: Callable[..., object], by: Actor = who, **named: Any) -> set[tuple[str, str]]:
        return lines(by, verb, code=code, **named)

    def work(verb: Callable[..., object], **named: Any) -> str:
        ((action, purpose),) = press(verb, **named)
        assert action == "case.work"
        return purpose

    person = NewSubject(kind="person", name="Voorman", roles=("suspect",))
    seen = NewObservation(kind="fact", text="Gasflessen")
    assert work(cases.add_subject, new=person) == "add_subject"
    assert work(cases.add_observation, new=seen) == "add_observation"
    with acting(who):
        old = Observation.objects.order_by("at").last()
    assert old is not None
    assert work(cases.correct_observation, observation_id=old.id, new=seen) == "correct_observation"
    assert work(cases.add_note, text="Bel maandag") == "add_note"
    assert work(cases.record_wish, wish="yes") == "record_wish"
    later = timezone.localdate() + timedelta(days=9)
    assert work(cases.change_due, due=later, reason="waits_on_partner") == "change_due"
    ask: dict[str, Any] = {
        "source": "brp",
        "question": "how_many",
        "need": "people_in_danger",
        "result": "hit",
    }
    found: list[Any] = []
    assert press(lambda **named: found.append(cases.look_up(**named)), **ask) == {("case.enrich", "brp.hit")}
    assert press(cases.copy_from_hit, look_up_id=found[0], text="8") == {("case.enrich", "brp.copied")}
    judged: dict[str, Any] = {"concrete": "yes", "recent": "yes", "pattern": "yes", "decision": "continue"}
    assert press(cases.weigh, **judged, reason="concrete") == {("case.weigh", "continue")}
    answer = press(cases.answer_residents_question, answer="care_joins", first_step="fairwork")
    assert answer == {("case.residents", "")}
    assert press(cases.set_fact, fact="forced", values=["perhaps"]) == {("case.plan", "fact.forced")}
    assert press(cases.finish_action, action="place_lookup") == {("case.plan", "done")}
    assert press(cases.take_up_again, action="place_lookup") == {("case.plan", "again")}
    later = timezone.localdate() + timedelta(days=3)
    put_off = press(cases.put_off_action, action="place_lookup", until=later, reason="not_safe")
    assert put_off == {("case.plan", "dated")}
    assert press(cases.take_up_again, action="place_lookup") == {("case.plan", "again")}
    assert press(cases.add_measure, action="penalty_propose", reason="agreed") == {("case.plan", "add")}
    refused = press(cases.refuse_action, action="place_lookup", reason="not_needed")
    assert refused == {("case.plan", "refused")}
    assert work(cases.open_track, track="person") == "open_track"
    assert work(cases.open_track, track="place") == "open_track"
    assert press(cases.start_actions, actions=["care_refer"]) == {("case.plan", "start")}
    assert work(cases.work_track, track="place", summary="Loopt", runs=True) == "work_track"
    assert press(cases.assign_case, account_id=colleague.account_id) == {("step.assign", "person")}
    assert work(cases.record_wish, wish="no") == "record_wish"
    against = press(cases.act_against_wish, ground="danger", text="Er is gevaar")
    assert ("case.against_wish", "danger") in against
    assert press(cases.look_along, by=colleague) == {("report.second_eyes", "")}
    for track, outcome_id, reason in (
        ("person", "no_person", "no_person"),
        ("place", "partner_acts", "done"),
    ):
        ended = {"track": track, "outcome": outcome_id, "reason": reason}
        assert work(cases.close_track, **ended) == "close_track"
    how: dict[str, Any] = {"outcome": "partner_acts", "tell": "outcome", "reason": "tracks_done"}
    closed = press(cases.close_case, **how, ended=cases.Ended(reason="partner_acts"))
    assert ("case.close", "partner_acts") in closed
    assert press(cases.reopen, reason="new_report") == {("case.close", "reopen.new_report")}


def test_a_report_from_the_door_to_the_end(db: None) -> None:
    westland, who, colleague = (
        Organisation.objects.get(code="GM1783"),
        samples.actor(AF),
        samples.actor(DEPUTY),
    )
    system = system_actor(westland.id)

    def filed(*, acute: bool) -> tuple[reports.Filed, list[str]]:
        told = reports.Filing(
            organisation_id=westland.id,
            content=samples.content(),
            anonymity="confidential",
            acute=acute,
            identity=IdentityContent(name="Jo"),
        )
        with queue() as queued, acting(NOBODY):
            found = reports.file_report(told)
        return found, [job.rpartition(".")[2] for job, ids in queued if ids == [westland.id]]

    def swept() -> set[tuple[str, str]]:
        return lines(system, lambda *, actor: reports.sweep(actor))

    def press(verb: Callable[..., object], by: Actor = who, **named: Any) -> set[tuple[str, str]]:
        return lines(by, lambda *, actor: verb(calm.report_id, actor=actor, **named))

    assert filed(acute=True)[1] == ["sweep_now"]
    calm, jobs = filed(acute=False)
    assert jobs == []
    assert swept() == {("report.file", "")}
    with acting(NOBODY), queue() as queued:
        reports.add_to_report(receipt=calm.receipt, text="Er is nog iets")
        reports.add_to_report(receipt=calm.receipt, text="Nu!", danger=reports.Danger(answer="yes"))
    assert [job.rpartition(".")[2] for job, ids in queued if ids == [westland.id]] == ["sweep_now"]
    assert swept() == {("report.add", "")}
    assert press(reports.open_identity, reason="vraag") == {("report.identity", "vraag")}
    assert press(reports.second_eyes, by=colleague) == {("report.second_eyes", "")}
    assert press(reports.ask, text="Waar was dat?") == {("report.ask", "")}
    assert press(reports.close, outcome="not_in_scope") == {("report.close", "")}
    assert press(reports.destroy_report, by=system) == {("report.destroy", "")}
    entered = reports.Filing(organisation_id=westland.id, content=samples.content(), channel="colleague")
    by_desk = lines(who, lambda *, actor: reports.enter_for_colleague(entered, actor=actor))
    assert ("report.enter", "") in by_desk


def test_visits_and_requests_to_wait(db: None) -> None:
    town = make_town()
    planner, focal, police, manager = town.planner, town.focal_point, town.police, town.manager
    plan = visits.Plan(kind="check", day=days(3), place=GREENHOUSE)
    assert lines(planner, visits.plan_visit, plan=plan) == {("visit.plan", "check")}
    code = town.plan(ahead=0)
    assert lines(focal, visits.release, code=code) == {("visit.release", "released")}
    assert lines(focal, visits.take_back, code=code) == {("visit.release", "taken_back")}
    assert lines(planner, visits.hear, code=code) == {("visit.work", "heard")}
    town.release(code)
    assert lines(planner, visits.carry_out, code=code) == {("visit.work", "done")}
    withdrawn = town.plan()
    gone = lines(planner, visits.withdraw, code=withdrawn, reason="not_needed")
    assert gone == {("visit.work", "withdraw")}

    code = town.plan(ahead=2)
    wanted = wanted_at(GREENHOUSE, 14)
    asked: dict[str, Any] = {"municipality_id": town.organisation_id, "wanted": wanted}
    came = outcome(police, visits.ask, others=[focal], **asked)
    assert came.lines == (("wait_request.ask", "investigation"),)
    assert [(step.what, step.owner) for step in came.elsewhere] == [("read_wait_request", "focal_point")]
    assert came.jobs == (("visits.catch_up", ("GM1783",)),)
    with acting(focal):
        wait_request = WaitRequest.objects.get().code
    caught = lines(system_actor(town.organisation_id), lambda *, actor: visits.catch_up(actor))
    assert caught == {("wait_request.index", "")}
    assert lines(focal, visits.read_wait_request, code=wait_request) == {("wait_request.consult", "read")}
    what = consulted("together")
    talked = lines(focal, visits.consult, code=wait_request, visit_code=code, what=what)
    assert talked == {("wait_request.consult", "together")}
    question: dict[str, Any] = {"code": wait_request, "visit_code": code, "text": "Kan dit?"}
    came = outcome(focal, visits.ask_asker, others=[police], **question)
    assert came.lines == (("wait_request.consult", "asked"),)
    assert [(step.what, step.owner) for step in came.elsewhere] == [("answer_as_asker", "partner")]
    assert came.told("avim")
    with acting(focal):
        asked_in = WaitRequestQuestion.objects.get().pk
    said: dict[str, Any] = {"question_id": asked_in, "said": visits.AskerAnswer("go_ahead")}
    assert lines(police, visits.answer_as_asker, code=wait_request, **said) == {
        ("wait_request.asked", "answer.go_ahead")
    }
    came = outcome(system_actor(town.organisation_id), lambda *, actor: visits.catch_up(actor))
    assert came.lines == (("wait_request.answer", "go_ahead"),)
    assert came.told(AF, DEPUTY)
    lifted = lines(police, visits.lift, code=wait_request, reason="asker_done")
    assert lifted == {("wait_request.asked", "lift")}
    with acting(focal):
        assert WaitRequest.objects.get().state == "lifted"

    noted = lines(focal, visits.note_wait_request, partner="avim", wanted=wanted)
    assert ("wait_request.note", "investigation") in noted
    with acting(focal):
        second = WaitRequest.objects.exclude(code=wait_request).get().code
    with acting(focal), pytest.raises(DomainError):
        visits.note_wait_request(actor=focal, partner="", wanted=replace(wanted, instead_of=second))
    by_mayor = {"reason": "danger", "sentence": "Er is gevaar"}
    over = lines(manager, visits.lift_for_mayor, code=second, **by_mayor)
    assert ("wait_request.overrule", "danger") in over


def test_what_an_administrator_does(db: None) -> None:
    who = samples.actor("beheer@westland.example")
    new = NewRole(who.own_organisation, Role.REPORTER, None)
    asked: dict[str, Any] = {"email": "fatima@westland.example", "name": "Fatima Bakker", "new": new}
    let_in = outcome(who, people.invite, **asked)
    assert ("account.invited", "reporter") in let_in.lines
    invited = Account.objects.get(email=asked["email"]).pk
    assert let_in.told("fatima@westland.example")
    again = outcome(who, lambda *, actor: people.invite_again(invited, actor))
    assert (again.lines, again.told("fatima@westland.example")) == ((("account.invited_again", ""),), True)
    for active, word in ((False, "closed"), (True, "opened")):
        pressed = lines(who, people.set_account_active, account_id=invited, active=active)
        assert pressed == {(f"account.{word}", "")}
    changed = {"name": "Gemeente Westland", "mail": "post@westland.example", "telephone": "0174 000 000"}
    own = who.own_organisation
    kept = lines(who, lambda *, actor: directory.change_organisation(own, actor=actor, **changed))
    assert kept == {("organisation.changed", "")}
    added = directory.NewOrganisation("GM9999", "Nieuw", "municipality", "", "", "", ())
    with acting(who), pytest.raises(Absent):
        directory.add_organisation(added, who)
    region = samples.actor("beheer@rsiv.example")
    made = lines(region, lambda *, actor: directory.add_organisation(added, actor))
    assert made == {("organisation.added", "")}


def test_who_is_away(db: None) -> None:
    who, colleague, today = samples.actor(AF), samples.actor(DEPUTY), timezone.localdate()
    away = lines(who, absence_actions.enter_own, first=today, last=today, deputy_id=None)
    assert away == {("absence.entered", "")}
    absence = Absence.objects.get(account_id=who.own_account)
    with acting(colleague), pytest.raises(Refused):
        absence_actions.end(absence.pk, actor=colleague)
    back = lines(who, lambda *, actor: absence_actions.end(absence.pk, actor=actor))
    assert back == {("absence.ended", "")}


def test_who_works_in_two_places_is_away_in_the_ledger_of_both(db: None) -> None:
    who, today = samples.actor(AF), timezone.localdate()
    second = Organisation.objects.get(code="GM0518")
    give(who.own_account, second.id, Role.REPORTER)

    def there() -> list[tuple[str, UUID | None]]:
        with acting(system_actor(second.id)):
            found = Event.objects.filter(organisation_id=second.id, action="absence.entered")
            return list(found.values_list("action", "account"))

    away = lines(who, absence_actions.enter_own, first=today, last=today, deputy_id=None)
    assert away == {("absence.entered", "")}
    assert there() == [("absence.entered", who.own_account)]


def test_that_work_came_back_is_seen_by_somebody(db: None) -> None:
    manager, gone = samples.actor(MANAGER), samples.actor(AF)
    code = a_case(gone)
    hand_on(code, f"person:{gone.account_id}")
    administrator = samples.actor("beheer@westland.example")
    with acting(administrator):
        people.set_account_active(gone.own_account, active=False, actor=administrator)
    seen = lines(manager, lambda *, actor: role_actions.seen_returned(gone.own_account, actor))
    assert seen == {("account.return_seen", "")}


def test_a_first_password_is_chosen(db: None, client_for: Callable[[str], Client]) -> None:
    page = client_for("beheer@westland.example").post(
        "/werk/beheer/mensen/", {"name": "Fatima", "email": "fatima@westland.example", "role": "reporter"}
    )
    person = Account.objects.get(email="fatima@westland.example")
    link = f"/uitnodiging/{link_of(person.pk)}/"
    typed = {"password1": "fiets regen tulpenbol", "password2": "fiets regen tulpenbol"}

    def kept() -> list[UUID | None]:
        with acting(system_actor(PLATFORM_ID)):
            found = Event.objects.filter(action="account.first_password")
            return list(found.values_list("account", flat=True))

    assert Client().post(link, {"words": "abcd-efgh-jkmn", **typed}).status_code == 422
    assert kept() == []
    assert Client().post(link, {"words": page.context["words"], **typed}).status_code == 200
    assert kept() == [person.pk]
