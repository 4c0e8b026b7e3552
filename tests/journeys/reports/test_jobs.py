"""The sweep by the clock: marks that nobody finished, drafts that are old, mail that tells nothing."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests import samples as reports
from tests.faults.test_clock import jump
from tests.journeys.reports.test_filing import filed
from tests.kernel.sealing import samples
from tests.outcomes import queue

from sluitend.forms.actions import save_draft
from sluitend.forms.models import Draft
from sluitend.forms.queries import draft
from sluitend.journeys.reports import actions, jobs, queries
from sluitend.journeys.reports.content import MarkContent
from sluitend.journeys.reports.models import Anonymity, Mark, Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation

MARKED = MarkContent(
    marks=("afraid",), where="De Lier", day="2026-11-25", time="02:10", municipality="GM1783"
)


def test_an_unfinished_mark_reaches_the_focal_point_the_same_day(
    region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = region.actor("melder@westland.example")
    # In the last half hour of a day a mark is over at once.
    jump(monkeypatch, timezone.localtime().replace(hour=12, minute=0) - timezone.now())
    with acting(reporter) as actor:
        row = actions.mark(MARKED, actor=actor)
        assert row.current_step is not None
        assert row.current_step.due.astimezone().date() == timezone.localdate()
    assert reporter.organisation_id is not None
    with acting(system_actor(reporter.organisation_id)) as system:
        assert actions.sweep(system).marks == 0
        jump(monkeypatch, row.current_step.due - timezone.now() + timedelta(minutes=1))
        swept = actions.sweep(system)
        assert (swept.marks, swept.reports) == (1, 1)
        report = Report.objects.get()
        assert (report.channel, report.anonymity) == ("mark", Anonymity.CONFIDENTIAL)
    with acting(reporter) as actor:
        assert queries.open_marks(actor) == []
        assert len(queries.remembered(actor)) == 1


def test_a_mark_is_its_makers_alone(region: Any) -> None:
    with acting(region.actor("melder@westland.example")) as actor:
        row = actions.mark(MARKED, actor=actor)
    with acting(region.actor("af@westland.example")) as other:
        assert not Mark.objects.filter(pk=row.pk).exists()
        with pytest.raises(Refused):
            actions.finish_mark(row.code, actor=other)


def test_old_drafts_are_forgotten(region: Any) -> None:
    with acting(region.actor("melder@westland.example")) as actor:
        save_draft(form="report", content={"saw": ["a"]}, actor=actor)
        save_draft(form="report", content={"saw": ["b"]}, actor=actor)
        assert draft("report", actor) == {"saw": ["b"]}
        Draft.objects.update(until=timezone.now() - timedelta(minutes=1))
        assert draft("report", actor) is None
    assert actor.organisation_id is not None
    with acting(system_actor(actor.organisation_id)) as system:
        actions.sweep(system)
        assert not Draft.objects.exists()


def test_a_draft_of_a_clock_that_ran_ahead_is_forgotten_too(region: Any) -> None:
    with acting(region.actor("melder@westland.example")) as actor:
        save_draft(form="report", content={"saw": ["a"]}, actor=actor)
    with acting(system_actor(actor.own_organisation)) as system:
        actions.sweep(system)
        assert Draft.objects.exists()
        Draft.objects.update(until=timezone.now() + timedelta(days=400))
        actions.sweep(system)
        assert not Draft.objects.exists()


def test_the_mail_says_that_something_waits_and_nothing_else(region: Any) -> None:
    filing = filed(region)
    jobs.mail_new_work.func(ids=[str(filing.organisation_id)])
    assert sorted(message.to[0] for message in mail.outbox) == [
        "af@westland.example",
        "vervanger@westland.example",
    ]
    assert {message.subject for message in mail.outbox} == {"Er staat iets voor u klaar"}
    assert all(str(message.body).endswith("/werk/\n\nGemeente Westland\n") for message in mail.outbox)


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 5)])
def test_the_mail_goes_at_fixed_hours_of_a_work_day(as_worker: str, day: date) -> None:
    westland, told = Organisation.objects.get(code="GM1783"), []
    for hour in (0, 8, 9, 10, 12, 14, 15, 16, 23):
        reports.file_report(westland)
        at = timezone.make_aware(datetime.combine(day, time(hour)))
        with queue() as queued:
            jobs.tell_at_the_hour(int(at.timestamp()))
        told += [hour for job, ids in queued if ids == [westland.id]]
    assert told == ([9, 12, 15] if day.isoweekday() < 6 else [])


def test_each_file_is_drawn_by_a_job_of_its_own(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, tuple[object, ...]]] = []
    monkeypatch.setattr(jobs, "after_commit", lambda job, *ids: asked.append((job, ids)))
    photo = SimpleUploadedFile("a.png", samples.picture("PNG"), "image/png")
    filing = filed(region, anonymity="named", uploads=(photo,))
    with acting(system_actor(filing.organisation_id)) as system:
        jobs._sweep(system)
        (file,) = actions.waiting_files(system)
    drawn = [[str(each) for each in ids] for job, ids in asked if job is jobs.draw_file]
    assert drawn == [[str(filing.organisation_id), str(file)]]
    jobs.draw_file.func(ids=drawn[0])
    with acting(system_actor(filing.organisation_id)) as system:
        assert not actions.waiting_files(system)


def test_an_anonymous_report_has_no_moment(region: Any) -> None:
    filing = filed(region)
    with acting(system_actor(filing.organisation_id)) as system:
        actions.sweep(system)
        report = Report.objects.get(pk=filing.report_id)
        step = NextStep.objects.get(subject_id=report.id)
        assert report.received == timezone.localdate()
        assert (step.due.astimezone().hour, step.due.minute, step.due.second) == (17, 0, 0)
        moments = [
            field.name
            for field in Report._meta.concrete_fields
            if field.get_internal_type() == "DateTimeField"
        ]
        assert [name for name in moments if getattr(report, name) is not None] == []
