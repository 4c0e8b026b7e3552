"""Filing, the mailbox and the sweep, as the roles that do it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from tests.outcomes import queue

from sluitend.journeys.reports import actions
from sluitend.journeys.reports.actions import Filing
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.journey import READ_ANSWER, READ_REPORT
from sluitend.journeys.reports.models import Anonymity, Mailbox, Minor, Report, ReportToken, State
from sluitend.journeys.reports.queries.mailbox import mailbox
from sluitend.kernel.access.acting import NOBODY, acting, become_intake, system_actor
from sluitend.kernel.access.errors import DomainError, Refused
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.sealing.opened import FIRST

WORDS = ReportContent(
    saw="Vijf mensen bij de balie", where="Hoofdstraat 12a, Naaldwijk", phone="06 1234 5678", kvk="12345678"
)


def filed(region: Any, **changes: Any) -> actions.Filed:
    """File a report for Westland, for nobody."""
    westland = region.organisation("GM1783")
    with acting(NOBODY):
        return actions.file_report(Filing(**{"organisation_id": westland.id, "content": WORDS, **changes}))


def swept(filing: actions.Filed) -> actions.Swept:
    with acting(system_actor(filing.organisation_id)) as actor:
        return actions.sweep(actor)


def test_a_report_waits_for_the_focal_point(region: Any) -> None:
    filing = filed(region)
    with acting(region.actor("af@westland.example")):
        report = Report.objects.select_related("current_step").get(pk=filing.report_id)
        assert report.state == State.NEW
        assert report.current_step is not None
        assert report.current_step.what == READ_REPORT
        assert report.current_step.due.astimezone().minute == 0


def test_the_proof_of_the_public_pages_counts_no_more_once_a_report_is_taken_up(region: Any) -> None:
    """It counts at the first revision only, see `tests/kernel/sealing/test_proofs.py`."""
    filing = filed(region)
    revisions = []
    for _before_and_after in range(2):
        with acting(region.actor("af@westland.example")):
            revisions.append(Report.objects.get(pk=filing.report_id).revision)
        swept(filing)
    assert revisions[0] == FIRST < revisions[1]


def test_another_municipality_sees_nothing(region: Any) -> None:
    filing = filed(region)
    with acting(region.actor("af@leiden.example")) as actor:
        assert not Report.objects.filter(pk=filing.report_id).exists()
        with pytest.raises(Refused):
            actions.take_in(filing.report_id, actor=actor)


def test_sending_twice_is_one_report_and_one_receipt(region: Any) -> None:
    sending = uuid.uuid4()
    first, second = filed(region, sending=sending), filed(region, sending=sending)
    assert first == second
    with acting(system_actor(first.organisation_id)):
        assert Mailbox.objects.filter(report_id=first.report_id).count() == 1


def test_the_receipt_opens_the_mailbox_and_no_other_code_does(region: Any) -> None:
    filing = filed(region)
    with acting(NOBODY):
        view = mailbox(filing.receipt.lower().replace("-", " "))
        assert view is not None
        assert view.tail == filing.receipt[-4:]
        assert mailbox("0000-0000-0000-0000-0000") is None
        assert mailbox("onzin") is None


def test_intake_can_select_nothing(region: Any) -> None:
    filed(region)
    with acting(NOBODY):
        become_intake()
        for table in (Report, Mailbox, NextStep):
            with pytest.raises(DatabaseError), transaction.atomic():
                list(table.objects.all()[:1])


def test_question_and_answer(region: Any) -> None:
    filing = filed(region)
    swept(filing)
    with acting(region.actor("af@westland.example")) as actor:
        actions.ask(filing.report_id, actor=actor, questions=["vehicle"])
    with acting(NOBODY):
        view = mailbox(filing.receipt)
        assert view is not None
        assert view.question is not None
        actions.answer_question(receipt=filing.receipt, text="Een wit busje")
        answered = mailbox(filing.receipt)
        assert answered is not None
        assert answered.question is None
        assert answered.messages[-1].text == "Een wit busje"
    assert swept(filing).messages == 1
    with acting(region.actor("af@westland.example")) as actor:
        row = Report.objects.select_related("current_step").get(pk=filing.report_id)
        assert row.current_step is not None
        assert row.current_step.what == READ_ANSWER
        assert actions.read_answer(filing.report_id, actor=actor).current_step.what == READ_REPORT  # type: ignore[union-attr]


def test_who_waits_for_an_answer_on_what_was_closed_stops_waiting(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    filing = filed(region)
    swept(filing)
    with acting(region.actor("af@westland.example")) as actor:
        code = Report.objects.get(pk=filing.report_id).code
        actions.close(filing.report_id, outcome="duplicate", reason="double", actor=actor)
        actions.ask(filing.report_id, actor=actor, questions=["vehicle"])
    client = client_for("af@westland.example")
    assert "Wacht niet langer op antwoord" in client.get(f"/werk/binnen/{code}/").text
    page = client.post(f"/werk/binnen/{code}/niet-wachten/", follow=True).text
    assert "U wacht niet langer op antwoord." in page
    assert "Wacht niet langer op antwoord" not in page
    with acting(region.actor("af@westland.example")):
        row = Report.objects.get(pk=filing.report_id)
        assert row.closed is not None
        assert not NextStep.objects.filter(subject_id=row.id, done__isnull=True).exists()
    with acting(NOBODY):
        actions.answer_question(receipt=filing.receipt, text="Een wit busje")
    assert swept(filing).messages == 1
    with acting(region.actor("af@westland.example")):
        row = Report.objects.select_related("current_step").get(pk=filing.report_id)
        assert row.current_step is not None
        assert row.current_step.what == READ_ANSWER


def test_take_in_then_tell(region: Any) -> None:
    filing = filed(region)
    with acting(region.actor("af@westland.example")) as actor:
        actions.take_in(filing.report_id, actor=actor)
        row = actions.tell(filing.report_id, actor=actor, code="mag_niets_zeggen", closes=True)
        assert row.state == State.CLOSED
    with acting(NOBODY):
        view = mailbox(filing.receipt)
        assert view is not None
        assert view.done
        assert view.messages[-1].kind == "feedback"


def test_close_needs_an_outcome_and_a_sentence_for_another_reason(region: Any) -> None:
    filing = filed(region)
    with acting(region.actor("af@westland.example")) as actor:
        with pytest.raises(DomainError):
            actions.close(filing.report_id, outcome="bestaat_niet", actor=actor)
        with pytest.raises(DomainError):
            actions.close(filing.report_id, outcome="duplicate", reason="andere_reden", actor=actor)
        assert actions.close(
            filing.report_id, outcome="duplicate", reason="double", actor=actor
        ).retention_until


def test_the_sweep_indexes_logs_and_does_so_once(region: Any) -> None:
    filing = filed(region)
    assert swept(filing).reports == 1
    assert swept(filing).reports == 0
    with acting(system_actor(filing.organisation_id)):
        kinds = set(ReportToken.objects.filter(report_id=filing.report_id).values_list("kind", flat=True))
    assert kinds == {"phone", "kvk", "address"}


def test_a_report_about_a_child_asks_a_second_pair_of_eyes(region: Any) -> None:
    filing = filed(region, minor=Minor.PERHAPS)
    swept(filing)
    with acting(region.actor("af@westland.example")) as actor:
        actions.take_in(filing.report_id, actor=actor)
        with pytest.raises(DomainError):
            actions.second_eyes(filing.report_id, actor=actor)
        open_eyes = NextStep.objects.filter(subject_id=filing.report_id, what=SECOND_EYES, done__isnull=True)
        assert open_eyes.count() == 1
    with acting(region.actor("vervanger@westland.example")) as deputy:
        actions.second_eyes(filing.report_id, actor=deputy)
        assert not open_eyes.exists()


def test_the_name_opens_with_a_reason_only(region: Any) -> None:
    filing = filed(region, anonymity=Anonymity.CONFIDENTIAL, identity=IdentityContent(name="A. de Wit"))
    with acting(region.actor("af@westland.example")) as actor:
        with pytest.raises(DomainError):
            actions.open_identity(filing.report_id, reason="", actor=actor)
        view = actions.open_identity(filing.report_id, reason="vraag", actor=actor)
        assert view is not None
        assert (view.name, view.confidential) == ("A. de Wit", True)


def test_whoever_reports_without_a_name_leaves_none(region: Any) -> None:
    filing = filed(region, identity=IdentityContent(name="A. de Wit"))
    with acting(region.actor("af@westland.example")) as actor:
        assert actions.open_identity(filing.report_id, reason="vraag", actor=actor) is None


def test_a_destroyed_report_is_a_count(region: Any) -> None:
    filing = filed(region)
    swept(filing)
    with acting(region.actor("af@westland.example")) as actor:
        with pytest.raises(DomainError):
            actions.destroy_report(filing.report_id, actor=actor)
        actions.close(filing.report_id, outcome="duplicate", reason="double", actor=actor)
        actions.destroy_report(filing.report_id, actor=actor)
        row = Report.objects.get(pk=filing.report_id)
        assert (row.content, row.envelope_id, row.outcome) == (None, None, "duplicate")
        assert not ReportToken.objects.filter(report_id=row.id).exists()


def test_acute_is_swept_by_a_job_of_its_own(region: Any) -> None:
    with queue() as queued:
        filing = filed(region, acute=True)
    assert [(job.rpartition(".")[2], ids) for job, ids in queued] == [("sweep_now", [filing.organisation_id])]
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("SELECT args FROM procrastinate_jobs")
    with acting(region.actor("af@westland.example")):
        step = NextStep.objects.get(subject_id=filing.report_id)
        assert step.urgent
