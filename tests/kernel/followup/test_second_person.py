"""Whoever is asked to look along is somebody else than who works on it, and somebody who is there."""

from datetime import timedelta

from django.utils import timezone
from tests import samples

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.queries import open_steps
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces.desk import absence_actions

FOCAL, DEPUTY = "af@westland.example", "vervanger@westland.example"


def danger() -> str:
    """File a report of danger and return its code."""
    code, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    return code


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
            actor=focal, code=case, outcome=ended, tell="outcome", reason="andere_reden", sentence="Klaar"
        )
    assert not asked(DEPUTY, report)
    assert not asked(FOCAL, report)
