"""How long visits and wait requests are kept after they ended, and what is left of them then."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.journeys.visits.situations import GREENHOUSE, Town, days, make_town

from sluitend.demo.clock import at
from sluitend.journeys.visits import actions, jobs, queries
from sluitend.journeys.visits.models import (
    Consultation,
    Visit,
    VisitToken,
    WaitRequest,
    WaitRequestQuestion,
    WaitRequestToken,
)
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import Destroyed
from sluitend.kernel.sealing.models import Destruction


def destroy(town: Town, today: date) -> int:
    """Let the job of a morning come."""
    with acting(system_actor(town.organisation_id)) as system:
        return actions.destroy_passed(actor=system, today=today)


def kept(which: str) -> int:
    """Return for how many days the handbook keeps something."""
    return current_release().pack.deadlines[which].term.amount


def ended_visit(town: Town) -> str:
    """Plan and withdraw a visit."""
    code = town.plan(aim="Kijken naar de ketel")
    town.do(town.planner, actions.withdraw, code=code, reason="not_needed")
    return code


def ended_wait_request(town: Town) -> str:
    """Ask, be asked, answer and lift."""
    wait_request, code = town.ask(), town.plan()
    town.catch_up()
    town.answer(wait_request, town.ask_asker(wait_request, code), "wait")
    town.catch_up()
    town.do(town.police, actions.lift, code=wait_request, reason="asker_done")
    town.catch_up()
    return wait_request


def test_a_visit_goes_after_its_term_and_leaves_a_count(town: Town) -> None:
    code, last = ended_visit(town), kept("keep_visit")
    row = town.visit(code)
    assert row.retention_until == days(last)
    assert destroy(town, days(last)) == 0
    assert destroy(town, days(last + 1)) == 1
    assert destroy(town, days(last + 1)) == 0
    left = town.visit(code)
    assert (left.content, left.kind, left.day, left.state) == (None, row.kind, row.day, row.state)
    with acting(town.focal_point):
        assert not VisitToken.objects.filter(visit=left).exists()
        assert Event.objects.filter(action="planned.destroy", purpose="").count() == 1
        with pytest.raises(Destroyed):
            open_envelope(row.envelope_id, actor=town.focal_point, purpose="test")
    assert Destruction.objects.filter(envelope_id=row.envelope_id, why="retention").count() == 1
    for who, look in ((town.planner, queries.own_visit), (town.focal_point, queries.visit)):
        with pytest.raises(Absent):
            town.do(who, look, code=code)
    assert code not in {each.code for each in town.do(town.planner, queries.own_visits).rows}


def test_a_wait_request_goes_for_both_sides(town: Town) -> None:
    code, last = ended_wait_request(town), kept("keep_wait_request")
    row = town.wait_request(code)
    assert row.retention_until == days(last)
    assert destroy(town, days(last + 1)) == 1
    with acting(town.focal_point):
        left = WaitRequest.objects.get(pk=row.pk)
        assert (left.content, left.lift_text, left.state, left.partner) == (None, None, "lifted", "avim")
        assert not WaitRequestToken.objects.filter(wait_request=left).exists()
        assert [each.whom for each in Consultation.objects.all()] == [None]
        assert [(each.content, each.reply) for each in WaitRequestQuestion.objects.all()] == [(None, None)]
    assert Destruction.objects.filter(envelope_id=row.envelope_id).exists()
    for who, look in ((town.police, queries.asked_wait_request), (town.focal_point, queries.wait_request)):
        with pytest.raises(Absent):
            town.do(who, look, code=code)
    assert town.do(town.police, queries.asked).rows == []
    assert town.do(town.focal_point, queries.wait_requests, asked={"toon": "klaar"}).rows == []


def test_what_is_open_stays_however_old(town: Town) -> None:
    wait_request, code = town.note_wait_request(until=2), town.plan(ahead=0)
    town.pass_wait_requests(days(3))
    assert destroy(town, days(4000)) == 0
    assert town.wait_request(wait_request).retention_until is None
    with pytest.raises(DomainError):
        town.release(code)
    town.consult(wait_request, code, "go_ahead")
    town.release(code)
    town.do(town.planner, actions.carry_out, code=code)
    assert town.visit(code).retention_until == days(kept("keep_visit"))


def test_every_way_to_end_gives_a_term(town: Town) -> None:
    noted, overruled = town.note_wait_request(), town.note_wait_request()
    town.do(town.focal_point, actions.note_lift, code=noted, reason="asker_done", whom="Rechercheur")
    town.do(town.manager, actions.lift_for_mayor, code=overruled, reason="asker_done", sentence="Gevaar")
    asked = town.ask()
    town.catch_up()
    town.do(town.police, actions.ask_anew, code=asked, until=days(9), ground="safety")
    town.catch_up()
    for code in (noted, overruled, asked):
        assert town.wait_request(code).retention_until == days(kept("keep_wait_request"))


@pytest.mark.usefixtures("as_worker")
def test_the_morning_does_it() -> None:
    town = make_town()
    code = ended_visit(town)
    with at(timezone.now() + timedelta(days=kept("keep_visit") + 2)):
        jobs.each_morning(timestamp=0)
    assert town.visit(code).content is None


def test_only_the_system_destroys_and_only_its_own(town: Town) -> None:
    code = ended_visit(town)
    far = days(kept("keep_visit") + 1)
    with acting(town.focal_point), pytest.raises(Refused):
        actions.destroy_passed(actor=town.focal_point, today=far)
    with acting(system_actor(town.police.own_organisation)) as other:
        assert actions.destroy_passed(actor=other, today=far) == 0
    assert town.visit(code).content is not None


@pytest.mark.parametrize("values", [{"content": None}, {"retention_until": None}])
def test_the_database_lets_nothing_else_empty_a_row(town: Town, values: dict[str, None]) -> None:
    code = ended_visit(town)
    with acting(town.focal_point), pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Visit.objects.filter(code=code).update(**values)


def test_the_database_takes_no_token_of_what_still_binds(town: Town) -> None:
    wait_request, code = town.note_wait_request(GREENHOUSE), town.plan(GREENHOUSE)
    for row, is_wait_request in ((town.wait_request(wait_request), True), (town.visit(code), False)):
        with acting(town.focal_point), connection.cursor() as cursor:
            cursor.execute("SELECT visits_forget(%s, %s, %s)", [row.pk, is_wait_request, days(4000)])
            assert cursor.fetchone() == (False,)
    with acting(town.focal_point), pytest.raises(DatabaseError), transaction.atomic():
        WaitRequestToken.objects.all().delete()
    with pytest.raises(DomainError):
        town.release(code)
