"""Danger that is heard where a case came from reaches who has it now, first on their page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import NIEUWKOOP, Between, make_between

from sluitend.demo.matter import ENDED
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.models import CaseReport, TimelineEvent, is_minor
from sluitend.journeys.cases.queries.earlier import earlier
from sluitend.journeys.exchanges import actions, queries
from sluitend.journeys.exchanges.journey import TRANSFER_NEWS
from sluitend.journeys.exchanges.models import Transfer
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.followup.models import Because, NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.desk import queries as desk

pytestmark = pytest.mark.django_db
DANGER, CHILD = reports.Danger(answer="yes"), reports.Danger(marks=("under_18",))
YES = cases.Judgement(scope="yes", task="yes", territory="yes")
FOCAL = "af@westland.example"


@dataclass(frozen=True)
class Told(Between):
    """The same, with the receipt of somebody whose report is part of the case."""

    receipt: str = ""

    def tick(self, danger: reports.Danger) -> None:
        """Let the reporter tick danger, and let run what runs each minute."""
        with acting(NOBODY):
            reports.add_to_report(receipt=self.receipt, text="Zij mag er niet uit", danger=danger)
        with self.system(self.sender) as system:
            reports.sweep(system)
            cases.hear_reporters(system)
        self.pass_on()

    def pass_on(self) -> None:
        """Let go on what was heard, as the queue does at once."""
        with self.system(self.sender) as system:
            passed = actions.pass_on_heard(system)
            ids = list(Transfer.objects.values_list("id", flat=True)) if passed else []
        for each in ids:
            with self.system(self.receiver) as system:
                actions.hear_onward(each, system)

    @staticmethod
    def system(of: Actor) -> AbstractContextManager[Actor]:
        """Act as the system of somebody's organisation."""
        return acting(system_actor(of.own_organisation))

    def finished(self) -> str:
        """Let the other take it, and close it where it came from."""
        code = self.accepted()
        self.do(self.sender, actions.finish_transfer, code)
        return code

    def first(self, code: str) -> list[str]:
        """Return why what is about this code stands first with the receiver."""
        with acting(self.receiver) as who:
            shown = desk.today(who, Account.objects.get(pk=who.own_account))
            return [row.new.rstrip(".") for row in shown.first if row.code == code]

    def messages(self, code: str) -> str:
        """Return what the receiver reads with the transfer."""
        return " ".join(
            each.text for each in self.do(self.receiver, queries.received_transfer, code).messages
        )

    def timeline(self) -> list[str]:
        """Return the lines of the case where it came from, the last one first."""
        with acting(self.sender):
            return [each.text for each in case_queries.case(self.case, self.sender).events]


@pytest.fixture
def told(db: None) -> Told:
    """A case of Westland that can go to The Hague, with somebody who reported."""
    made = make_between()
    report, receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    with acting(made.sender) as who:
        view = report_queries.report(report, who)
        cases.add_to_case(actor=who, report=view, judgement=YES, case_code=made.case)
    return Told(made.case, made.sender, made.receiver, receipt)


@pytest.mark.parametrize(("danger", "acute"), [(DANGER, True), (CHILD, False)])
@pytest.mark.parametrize("went", [Told.accepted, Told.finished])
def test_danger_told_after_a_transfer_is_first_with_who_has_the_case(
    told: Told, went: Callable[[Told], str], danger: reports.Danger, *, acute: bool
) -> None:
    code = went(told)
    told.tick(danger)
    new = told.new_case(code)
    assert new is not None
    assert (new.acute, is_minor(new.minor)) == (acute, not acute)
    assert str(Because.TRANSFER.label) in told.first(new.code)
    assert told.first(code) == [str(Because.TRANSFER.label)]
    assert ("gevaar" in told.messages(code), "kind" in told.messages(code)) == (acute, not acute)
    assert "mag er niet uit" not in told.messages(code)
    with acting(told.receiver):
        for step in NextStep.objects.filter(subject_id=new.id, done__isnull=True):
            assert (step.urgent, timezone.localtime(step.due).date()) == (acute, timezone.localdate())
        heard = TimelineEvent.objects.filter(case=new, what=TimelineEvent.What.URGENT)
        assert heard.count() == 1
    old = told.old_case()
    assert (old.acute, old.onward_acute, old.onward_minor) == (False, False, False)
    assert f"{code}: doorgegeven aan" in told.timeline()[0]
    assert str(Because.MESSAGE.label) in told.timeline()[1]
    told.pass_on()
    with acting(told.receiver):
        assert heard.count() == 1


def test_danger_told_while_the_other_still_decides_is_on_the_outside_and_in_the_new_case(told: Told) -> None:
    code = told.send()
    told.tick(DANGER)
    assert told.old_case().acute
    assert told.first(code) == [str(Because.TRANSFER.label)]
    view = told.do(told.receiver, queries.received_transfer, code)
    assert (view.front.urgent, view.content) == (True, None)
    told.do(told.receiver, actions.accept_transfer, code)
    new = told.new_case(code)
    assert new is not None
    assert new.acute
    assert told.first(new.code)


def test_what_somebody_reads_goes_on_too_and_can_be_read_away(told: Told) -> None:
    code = told.finished()
    with acting(NOBODY):
        reports.add_to_report(receipt=told.receipt, text="Zij mag er niet uit")
    with told.system(told.sender) as system:
        reports.sweep(system)
    with acting(told.sender) as who:
        report_id = CaseReport.objects.order_by("-at").values_list("report_id", flat=True)[0]
        cases.read_message(actor=who, report_id=report_id, acute=True)
        assert not NextStep.objects.filter(subject_id=report_id, done__isnull=True).exists()
    told.pass_on()
    new = told.new_case(code)
    assert new is not None
    assert new.acute
    assert told.first(new.code)


def test_what_nobody_read_when_the_case_was_closed_here_is_still_read_and_goes_on(told: Told) -> None:
    code = told.accepted()
    with acting(NOBODY):
        reports.add_to_report(receipt=told.receipt, text="Zij slapen nu in de schuur")
    with told.system(told.sender) as system:
        reports.sweep(system)
    told.do(told.sender, actions.finish_transfer, code)
    assert told.steps(told.sender) == ["read_answer"]
    with acting(told.sender) as who:
        report_id = CaseReport.objects.order_by("-at").values_list("report_id", flat=True)[0]
        cases.read_message(actor=who, report_id=report_id, acute=True)
    assert told.steps(told.sender) == []
    told.pass_on()
    new = told.new_case(code)
    assert new is not None
    assert new.acute


@pytest.mark.parametrize("went", [Told.accepted, Told.finished])
def test_a_late_signal_goes_on(told: Told, went: Callable[[Told], str]) -> None:
    code = went(told)
    late, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    with acting(told.sender) as who:
        view = report_queries.report(late, who)
        hits = earlier(who, report_queries.identifiers(view), about_id=view.id)
        found = next(each for each in hits if each.code == told.case)
        cases.judge_earlier(actor=who, report=view, earlier_id=found.id, linked=True)
        assert NextStep.objects.filter(subject_id=view.id, done__isnull=True).exists()
    told.pass_on()
    new = told.new_case(code)
    assert new is not None
    assert new.acute
    assert told.first(new.code)
    assert late in told.timeline()[1]


def test_where_nobody_reads_somebody_here_must_ring(told: Told, client_for: Callable[[str], Client]) -> None:
    code = told.send(to=NIEUWKOOP)
    named = {"name": "J. de Vries", "on": timezone.localdate()}
    told.do(told.sender, actions.note_transfer_accepted, code, **named)
    told.tick(DANGER)
    with acting(told.sender):
        step = NextStep.objects.get(what=TRANSFER_NEWS, done__isnull=True)
        assert (step.urgent, step.organisation_id) == (True, told.sender.organisation_id)
    assert f"{code}: bel Gemeente Nieuwkoop" in told.timeline()[0]
    page = client_for(FOCAL).get(f"/werk/overdrachten/{code}/").text
    assert "Bel Gemeente Nieuwkoop nu" in page
    told.do(told.sender, actions.read_transfer_news, code)
    with acting(told.sender):
        assert not NextStep.objects.filter(what=TRANSFER_NEWS, done__isnull=True).exists()


def test_a_case_that_was_closed_there_has_something_to_read(told: Told) -> None:
    code = told.finished()
    new = told.new_case(code)
    assert new is not None
    with acting(told.receiver) as who:
        other: dict[str, Any] = {"reason": "andere_reden", "sentence": "Past bij wat er is gebeurd"}
        cases.weigh(
            actor=who, code=new.code, decision="close", concrete="no", recent="no", pattern="no", **other
        )
        for track, ended in (("person", "no_person"), ("place", "no_place")):
            cases.open_track(actor=who, code=new.code, track=track)
            cases.close_track(actor=who, code=new.code, track=track, outcome=ended, **other)
        closes = next(each.id for each in current_release().pack.outcomes if "case" in each.closes)
        cases.close_case(ended=ENDED, actor=who, code=new.code, outcome=closes, tell="outcome", **other)
    told.tick(DANGER)
    assert told.first(code) == [str(Because.TRANSFER.label)]


def test_what_is_heard_while_it_goes_on_goes_in_the_next_round(told: Told) -> None:
    told.finished()
    with acting(NOBODY):
        reports.add_to_report(receipt=told.receipt, text="Zij mag er niet uit", danger=DANGER)
    with told.system(told.sender) as system:
        reports.sweep(system)
        cases.hear_reporters(system)
        (read,) = cases.heard_for_others(system)
    with acting(NOBODY):
        reports.add_to_report(receipt=told.receipt, text="Er is een kind bij", danger=CHILD)
    with told.system(told.sender) as system:
        reports.sweep(system)
        cases.hear_reporters(system)
        cases.note_onward(read, text="Doorgegeven", actor=system)
        (left,) = cases.heard_for_others(system)
    assert (left.acute, left.minor) == (True, True)
