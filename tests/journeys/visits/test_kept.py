"""How long visits and holds are kept after they ended, and what is left of them then."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.journeys.visits.situations import GREENHOUSE, Town, days, make_town

from sluitend.demo.clock import at
from sluitend.journeys.visits import actions, jobs, queries
from sluitend.journeys.visits.models import (
    Consultation,
    Hold,
    HoldQuestion,
    HoldToken,
    Visit,
    VisitToken,
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


def ended_hold(town: Town) -> str:
    """Ask, be asked, answer and lift."""
    hold, code = town.ask(), town.plan()
    town.catch_up()
    town.answer(hold, town.ask_holder(hold, code), "wait")
    town.catch_up()
    town.do(town.police, actions.lift, code=hold, reason="asker_done")
    town.catch_up()
    return hold


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


def test_a_hold_goes_for_both_sides(town: Town) -> None:
    code, last = ended_hold(town), kept("keep_hold")
    row = town.hold(code)
    assert row.retention_until == days(last)
    assert destroy(town, days(last + 1)) == 1
    with acting(town.focal_point):
        left = Hold.objects.get(pk=row.pk)
        assert (left.content, left.lift_text, left.state, left.partner) == (None, None, "lifted", "avim")
        assert not HoldToken.objects.filter(hold=left).exists()
        assert [each.whom for each in Consultation.objects.all()] == [None]
        assert [(each.content, each.reply) for each in HoldQuestion.objects.all()] == [(None, None)]
    assert Destruction.objects.filter(envelope_id=row.envelope_id).exists()
    for who, look in ((town.police, queries.asked_hold), (town.focal_point, queries.hold)):
        with pytest.raises(Absent):
            town.do(who, look, code=code)
    assert town.do(town.police, queries.asked) == ()
    assert town.do(town.focal_point, queries.holds, ended=True) == ()


def test_what_is_open_stays_however_old(town: Town) -> None:
    hold, code = town.note_hold(until=2), town.plan(ahead=0)
    town.pass_holds(days(3))
    assert destroy(town, days(4000)) == 0
    assert town.hold(hold).retention_until is None
    with pytest.raises(DomainError):
        town.release(code)
    town.consult(hold, code, "go_ahead")
    town.release(code)
    town.do(town.planner, actions.carry_out, code=code)
    assert town.visit(code).retention_until == days(kept("keep_visit"))


def test_every_way_to_end_gives_a_term(town: Town) -> None:
    noted, overruled = town.note_hold(), town.note_hold()
    town.do(town.focal_point, actions.note_lift, code=noted, reason="asker_done", whom="Rechercheur")
    town.do(town.manager, actions.lift_for_mayor, code=overruled, reason="asker_done", sentence="Gevaar")
    asked = town.ask()
    town.catch_up()
    town.do(town.police, actions.ask_anew, code=asked, until=days(9), ground="safety")
    town.catch_up()
    for code in (noted, overruled, asked):
        assert town.hold(code).retention_until == days(kept("keep_hold"))


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
    hold, code = town.note_hold(GREENHOUSE), town.plan(GREENHOUSE)
    for row, is_hold in ((town.hold(hold), True), (town.visit(code), False)):
        with acting(town.focal_point), connection.cursor() as cursor:
            cursor.execute("SELECT visits_forget(%s, %s, %s)", [row.pk, is_hold, days(4000)])
            assert cursor.fetchone() == (False,)
    with acting(town.focal_point), pytest.raises(DatabaseError), transaction.atomic():
        HoldToken.objects.all().delete()
    with pytest.raises(DomainError):
        town.release(code)
