"""Two people at one queue: whatever happens at once or after another, every open step has one owner."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sluitend.demo import embedded
from sluitend.journeys.cases.models import Case
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.models import Assignment
from sluitend.surfaces.desk import team_actions
from tests import samples, tiers
from tests.teaming import AF, DEPUTY, a_case, give, make_team, open_step, owners, queued


def test_two_people_take_the_same_one(own_database: str) -> None:
    _team, (step,) = queued(1)
    people = [samples.actor(AF), samples.actor(DEPUTY)]
    start, heard = threading.Barrier(2), list[str]()

    def take(who: Actor) -> None:
        start.wait()
        try:
            with acting(who):
                team_actions.take(step.pk, actor=who)
            heard.append("mine")
        except Conflict as error:
            heard.append(error.message)
        connections.close_all()

    threads = [threading.Thread(target=take, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == ["Iemand anders heeft dit net gewijzigd. Kijk eerst wat er nu staat.", "mine"]
    assert len(owners(people[0], code=step.code)) == 1


def test_two_people_assign_what_nobody_had(own_database: str) -> None:
    people = [samples.actor(AF), samples.actor(DEPUTY)]
    codes = [a_case(people[0]) for _each in range(4)]
    for code in codes:
        start, heard = threading.Barrier(2), list[str]()

        def assign(who: Actor, code: str = code, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                with acting(who):
                    team_actions.assign(code, to=f"person:{who.account_id}", actor=who, seen="")
                heard.append(who.name)  # noqa: B023  (the threads end within the round)
            except Conflict:
                pass
            connections.close_all()

        threads = [threading.Thread(target=assign, args=(who,)) for who in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with acting(people[0]):
            given = Assignment.objects.get(subject_id=Case.objects.get(code=code).pk)
        assert owners(people[0], code=code) == {str(given.account)} == set(heard)


def test_taking_while_a_colleague_works_on_loses_nothing(own_database: str) -> None:
    _team, (step,) = queued(1)
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    start, broken = threading.Barrier(2), list[BaseException]()

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
        except DomainError:
            pass
        except BaseException as error:  # noqa: BLE001  (kept for the assertion)
            broken.append(error)
        connections.close_all()

    def take() -> None:
        with acting(who):
            team_actions.take(step.pk, actor=who)

    threads = [
        threading.Thread(target=run, args=(deed,))
        for deed in (take, lambda: samples.weigh(step.code, colleague))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    with acting(who):
        given = Assignment.objects.get(subject_id=step.subject_id)
    assert owners(who, code=step.code) == ({"Noor de Bruin"} if given.account_id else {"Team Kust"})


VERBS = ("team", "af", "deputy", "role", "take", "back", "weigh", "route")


def test_in_no_sequence_has_an_open_step_no_owner_or_two(own_database: str) -> None:
    team = make_team()

    @settings(max_examples=tiers.either(15, 60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(VERBS), min_size=2, max_size=8))
    def play(names: list[str]) -> None:
        who, colleague = samples.actor(AF), samples.actor(DEPUTY)
        case = a_case(who)
        tries: dict[str, Callable[[], object]] = {
            "team": lambda: give(case, f"team:{team.pk}"),
            "af": lambda: give(case, f"person:{who.account_id}"),
            "deputy": lambda: give(case, f"person:{colleague.account_id}"),
            "role": lambda: give(case, ""),
            "take": lambda: _as(who, team_actions.take, open_step(who, case).pk),
            "back": lambda: _as(who, team_actions.give_back, open_step(who, case).pk, reason="away"),
            "weigh": lambda: samples.weigh(case, who),
            "route": lambda: samples.compose(case, who),
        }
        for name in names:
            try:
                tries[name]()
            except (DomainError, PermissionDenied):
                continue
        with acting(who):
            given = Assignment.objects.filter(subject_id=Case.objects.get(code=case).pk).first()
        expected = "focal_point" if given is None else str(given.account or given.team)
        assert owners(who, code=case) == {expected}

    play()


def _as(actor: Actor, verb: Callable[..., object], *args: object, **named: object) -> None:
    with acting(actor):
        verb(*args, actor=actor, **named)


ACTS = "SELECT set_config('sl.org', %s, false), set_config('lock_timeout', '300ms', false)"
GIVEN = """
INSERT INTO followup_nextstep (id, organisation_id, writer_id, subject_kind, subject_id, code, what, owner_id,
  owner_role, due, urgent, minor, waits_on_other, level, created_day, because)
VALUES (gen_random_uuid(), %(place)s, %(place)s, 'case', gen_random_uuid(), '', 'choose_route', %(who)s,
  '', now(), false, false, false, 0, current_date, '')
"""
CLOSED = "UPDATE organisations_account SET is_active = false WHERE id = %(who)s"


@pytest.mark.parametrize("first", [GIVEN, CLOSED], ids=["given", "closed"])
def test_who_is_closed_at_this_moment_is_given_nothing(
    server: embedded.Server, own_database: str, first: str
) -> None:
    """Whichever comes first, the other waits for it and then sees it; and signing in waits for neither."""
    who = samples.actor(DEPUTY)
    names = {"who": who.account_id, "place": who.organisation_id}
    with (
        psycopg.connect(server.url("sl_app", own_database)) as one,
        psycopg.connect(server.url("sl_app", own_database), autocommit=True) as other,
    ):
        for each in (one, other):
            each.execute(ACTS, [str(who.organisation_id)])
        one.execute(first.encode(), names)
        if first == GIVEN:
            other.execute("UPDATE organisations_account SET last_login = now() WHERE id = %(who)s", names)
        second = CLOSED if first == GIVEN else GIVEN
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(second.encode(), names)
        one.commit()
        with pytest.raises(psycopg.errors.IntegrityError):
            other.execute(second.encode(), names)
