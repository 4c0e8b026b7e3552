"""Whoever is asked to look along is somebody else than who works on it, and somebody who is there."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import samples

from sluitend.demo.matter import ENDED
from sluitend.journeys.administration.actions import absence as absence_actions
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.queries import open_steps
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.desk.queries import today as today_of
from sluitend.surfaces.desk.rows import Row

FOCAL, DEPUTY = "af@westland.example", "vervanger@westland.example"


def danger() -> str:
    """File a report of danger and return its code."""
    code, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    return code


def waits(email: str, code: str) -> bool:
    """Return whether somebody finds that they wait for a colleague who looks along at their own work."""
    who = samples.actor(email)
    with acting(who):
        eyes = [each for each in open_steps(who) if each.what == SECOND_EYES and each.code == code]
    return bool(eyes) and all(each.waits_on_other for each in eyes)


def pressing(email: str) -> list[Row]:
    """Return the rows that stand before everything else on somebody's page."""
    who = samples.actor(email)
    with acting(who):
        return today_of(who, Account.objects.get(email=email)).first


def asked(email: str, code: str) -> bool:
    """Return whether somebody finds on their page that they are asked to look along."""
    who = samples.actor(email)
    with acting(who):
        return any(step.what == SECOND_EYES and step.code == code for step in open_steps(who))


def test_the_deputy_is_asked_and_the_focal_point_is_not(db: None) -> None:
    code = danger()
    samples.take_in(code, samples.actor(FOCAL))
    assert asked(DEPUTY, code)
    assert not asked(FOCAL, code)


def test_what_the_deputy_takes_in_the_focal_point_looks_at(db: None) -> None:
    code, focal = danger(), samples.actor(FOCAL)
    samples.take_in(code, samples.actor(DEPUTY))
    assert asked(FOCAL, code)
    with acting(focal):
        reports.second_eyes(Report.objects.get(code=code).id, actor=focal)
    assert not asked(FOCAL, code)
    assert not asked(DEPUTY, code)


def test_while_the_only_deputy_is_away_the_focal_point_is_asked(db: None) -> None:
    code, deputy, today = danger(), samples.actor(DEPUTY), timezone.localdate()
    samples.take_in(code, samples.actor(FOCAL))
    with acting(deputy):
        absence_actions.enter_own(first=today, last=today + timedelta(days=9), deputy_id=None, actor=deputy)
    assert asked(FOCAL, code)


def test_who_was_to_look_along_still_is_until_the_case_of_the_report_closes(db: None) -> None:
    report, focal = danger(), samples.actor(FOCAL)
    case = samples.take_in(report, focal)
    with acting(focal):
        reports.close(Report.objects.get(code=report).id, outcome="not_in_scope", actor=focal)
    assert asked(DEPUTY, report)
    ended = next(each.id for each in current_release().pack.outcomes if "case" in each.closes)
    with acting(focal):
        cases.close_case(
            ended=ENDED,
            actor=focal,
            code=case,
            outcome=ended,
            tell="outcome",
            reason="andere_reden",
            sentence="Klaar",
        )
    assert not asked(DEPUTY, report)
    assert not asked(FOCAL, report)


def test_whose_work_it_is_waits_for_a_colleague_and_has_nothing_of_it_on_top(db: None) -> None:
    code, focal, deputy = danger(), samples.actor(FOCAL), samples.actor(DEPUTY)
    case = samples.take_in(code, deputy)
    assert waits(DEPUTY, code)
    assert not waits(FOCAL, code)
    assert SECOND_EYES.label not in {row.words for row in pressing(DEPUTY) if row.code == code}
    assert SECOND_EYES.label in {row.words for row in pressing(FOCAL) if row.code == code}
    # Whoever worked on it last is the one who waits.
    with acting(focal):
        cases.set_fact(actor=focal, code=case, fact="danger", values=["now"])
        cases.set_fact(actor=focal, code=case, fact="minor", values=["yes"])
    assert waits(FOCAL, code)
    assert not waits(DEPUTY, code)
    # The page of the report offers it to the one who may, whoever decided on the report.
    for who, offered in ((focal, False), (deputy, True)):
        with acting(who):
            assert report_queries.report(code, who).may_look_along == offered
    with acting(focal), pytest.raises(DomainError):
        reports.second_eyes(Report.objects.get(code=code).id, actor=focal)
    with acting(deputy):
        reports.second_eyes(Report.objects.get(code=code).id, actor=deputy)
    assert not asked(FOCAL, code)


def test_who_decided_does_not_look_along_either_where_no_step_asks_for_it_yet(db: None) -> None:
    code, focal = danger(), samples.actor(FOCAL)
    samples.take_in(code, focal)
    with acting(focal):
        report_id = Report.objects.get(code=code).id
        NextStep.objects.filter(subject_id=report_id, what=SECOND_EYES).update(done=timezone.now())
        with pytest.raises(DomainError):
            reports.second_eyes(report_id, actor=focal)
        assert Report.objects.get(code=code).second_eyes is None


def closed_in_danger() -> tuple[str, str]:
    """File a report of danger that is closed before a colleague looked along. Returns code and receipt."""
    code, receipt = samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    focal = samples.actor(FOCAL)
    with acting(focal):
        reports.close(Report.objects.get(code=code).id, outcome="not_in_scope", actor=focal)
    return code, receipt


def add(receipt: str, *, acute: bool) -> None:
    """Let the reporter write something and the sweep bring it."""
    with acting(NOBODY):
        reports.add_to_report(
            receipt=receipt, text="Nog iets", danger=reports.Danger(answer="yes" if acute else "")
        )
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        reports.sweep(system)


def read(code: str) -> None:
    """Let the focal point say that it was read."""
    focal = samples.actor(FOCAL)
    with acting(focal):
        cases.read_message(actor=focal, report_id=Report.objects.get(code=code).id)


@pytest.mark.parametrize("before", [(), (False,)], ids=["at once", "after other words"])
def test_danger_that_is_told_after_the_end_is_looked_along_at_too(db: None, before: tuple[bool, ...]) -> None:
    code, receipt = closed_in_danger()
    assert not asked(DEPUTY, code)
    for acute in before:
        add(receipt, acute=acute)
        assert not asked(DEPUTY, code)
    add(receipt, acute=True)
    assert asked(DEPUTY, code)
    read(code)
    assert asked(DEPUTY, code)
    deputy = samples.actor(DEPUTY)
    with acting(deputy):
        reports.second_eyes(Report.objects.get(code=code).id, actor=deputy)
    assert not asked(DEPUTY, code)


def test_nobody_is_asked_to_look_along_at_what_is_destroyed(db: None) -> None:
    code, receipt = closed_in_danger()
    add(receipt, acute=True)
    read(code)
    assert asked(DEPUTY, code)
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        reports.destroy_report(Report.objects.get(code=code).id, actor=system)
    assert not asked(DEPUTY, code)
