"""A verb saves what it changed, writes its line, lets the database check, and says who was first: always."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import connections
from django.db.models import F
from django.utils import timezone
from tests import samples

from sluitend.journeys.exchanges import actions
from sluitend.journeys.exchanges.journey import (
    ANSWER_REQUEST,
    AWAIT_REQUEST,
    AWAIT_TRANSFER,
    LOOK_AT_REQUEST,
    LOOK_AT_TRANSFER,
    REQUEST_ANSWER,
    REQUEST_FOLLOW,
    REQUEST_LOOK,
    REQUEST_RECALL,
    TRANSFER_RECALL,
)
from sluitend.journeys.exchanges.models import Request, Transfer
from sluitend.journeys.shelter.models import HotelAsk
from sluitend.kernel import manifest
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.flow import jobs, turns
from sluitend.kernel.flow.finding import find, has_open, passed, sends
from sluitend.kernel.flow.models import Matter, State, TwoSided, kinds
from sluitend.kernel.flow.verbs import Work, on, verb
from sluitend.kernel.followup.actions import finish_open, one_unit, settle
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Role

pytestmark = pytest.mark.django_db
THE_HAGUE = "GM0518"
MAY_BE_KEPT = frozenset(
    {
        "BinaryField",
        "BooleanField",
        "CharField",
        "DateField",
        "DateTimeField",
        "ForeignKey",
        "OneToOneField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "UUIDField",
    }
)
"""Fields of which a value is changed by another value, never in place."""


@pytest.fixture
def asker(db: None) -> Actor:
    """The focal point of Westland."""
    return samples.actor("af@westland.example")


@pytest.fixture
def asked(db: None) -> Actor:
    """The focal point of The Hague."""
    return samples.actor("af@denhaag.example")


@pytest.fixture
def code(asker: Actor) -> str:
    """A question of Westland to The Hague."""
    return samples.ask(asker, THE_HAGUE)


def row(who: Actor, code: str) -> Request:
    """Return the question as it stands."""
    with acting(who):
        return Request.objects.get(code=code)


def steps(who: Actor, code: str) -> list[str]:
    """Return what is open about it on one side."""
    with acting(who):
        found = NextStep.objects.filter(organisation_id=who.own_organisation, code=code, done__isnull=True)
        return sorted(found.values_list("what", flat=True))


def lines(who: Actor) -> Counter[tuple[str, str, int | None]]:
    """Return the lines of the ledger about questions that one side wrote."""
    with acting(who):
        found = Event.objects.filter(organisation_id=who.own_organisation, subject_kind="request")
        return Counter((each.action, each.purpose, each.revision) for each in found)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[None]]:
    """Count how often the database is asked to check."""
    real, asked = connections["default"].check_constraints, list[None]()

    def check() -> None:
        asked.append(None)
        real()

    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "check_constraints", check)
        yield asked


def test_what_changed_is_saved_and_what_did_not_is_left_as_another_wrote_it(asker: Actor, code: str) -> None:
    with acting(asker), verb(Request, code, asker, REQUEST_FOLLOW) as it:
        Request.objects.filter(pk=it.row.pk).update(area="Elders")
        it.row.reminders = 7
    found = row(asker, code)
    assert (found.reminders, found.area, found.turn) == (7, "Elders", 2)
    assert (found.turned_by, found.turned_for) == (asker.account_id, asker.organisation_id)


def test_the_second_of_two_is_told_and_of_which_row(asker: Actor, code: str) -> None:
    read = row(asker, code)

    def lose() -> None:
        with acting(asker), on(read, asker, REQUEST_FOLLOW) as it:
            Request.objects.filter(pk=read.pk).update(turn=F("turn") + 1)
            it.row.reminders = 7

    with pytest.raises(Conflict) as lost:
        lose()
    assert lost.value.about == (Request, read.pk)
    assert row(asker, code).reminders == 0


def test_a_conflict_says_who_was_first(asker: Actor, asked: Actor, code: str) -> None:
    with acting(asker):
        actions.recall_request(code=code, reason="mistake", actor=asker)
    with acting(asked), pytest.raises(Conflict) as lost:
        actions.accept_request(code=code, actor=asked)
    with acting(asked):
        said = turns.said(lost.value, asked)
    assert "Westland was eerst" in said
    assert "Teruggehaald" in said
    assert turns.said(Conflict(), asked) == Conflict().message
    assert turns.said(DomainError("Kies een reden."), asked) == "Kies een reden."


def test_a_verb_writes_one_line_with_the_turn_that_it_made(asker: Actor, code: str) -> None:
    before = lines(asker)
    with acting(asker), verb(Request, code, asker, REQUEST_RECALL) as it:
        it.purpose = "mistake"
        it.to(State.RECALLED)
        it.end_access()
        it.close()
    assert lines(asker) - before == {("request.recall", "mistake", 2): 1}


def test_what_fails_leaves_nothing(asker: Actor, code: str) -> None:
    before = lines(asker)

    def recall() -> None:
        with acting(asker), verb(Request, code, asker, REQUEST_RECALL) as it:
            it.to(State.RECALLED)
            it.end_access()
            it.close()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        recall()
    assert lines(asker) == before
    assert (row(asker, code).state, steps(asker, code)) == (State.SENT, ["await_request"])


def test_a_side_without_a_step_is_refused_when_the_verb_ends(asker: Actor, code: str) -> None:
    with pytest.raises(Conflict), acting(asker), verb(Request, code, asker, REQUEST_FOLLOW) as it:
        finish_open(subject_id=it.row.id, actor=asker)
    assert steps(asker, code) == ["await_request"]


def test_a_verb_within_a_verb_settles_once_at_the_end(
    asker: Actor, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = samples.ask(asker, THE_HAGUE)
    with acting(asker), counted(monkeypatch) as checks:
        with verb(Request, code, asker, REQUEST_FOLLOW) as it:
            it.close()  # not saved yet: to check now would find an open row with a step that is done
            with verb(Request, other, asker, REQUEST_FOLLOW) as within:
                within.remind(AWAIT_REQUEST)
            settle()
            assert not checks
        assert len(checks) == 1
    assert row(asker, code).closed is not None


def test_after_a_failure_within_one_unit_is_checked_as_before(
    asker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(asker), counted(monkeypatch) as checks:
        with pytest.raises(RuntimeError), one_unit():
            raise RuntimeError
        assert not checks
        settle()
        assert len(checks) == 1


PLANS: list[Callable[[Work[Request]], object]] = [
    lambda it: it.plan(AWAIT_TRANSFER),
    lambda it: it.ask(LOOK_AT_TRANSFER),
    lambda it: it.remind(AWAIT_TRANSFER),
]


@pytest.mark.parametrize("plans", PLANS)
def test_a_step_of_another_kind_of_matter_is_a_mistake(
    asker: Actor, code: str, plans: Callable[[Work[Request]], object]
) -> None:
    with pytest.raises(TypeError), acting(asker), verb(Request, code, asker, REQUEST_FOLLOW) as it:
        plans(it)


def test_the_steps_of_a_kind_name_matters_that_there_are() -> None:
    named = {kind for step in manifest.steps().values() for kind in step.kinds}
    assert {"transfer", "request", "referral"} <= set(kinds()) <= named <= set(manifest.kinds())


@pytest.mark.parametrize("model", [each for each in apps.get_models() if issubclass(each, Matter)])
def test_no_column_is_changed_in_place(model: type[Matter]) -> None:
    names = {each.get_internal_type() for each in model._meta.concrete_fields}
    assert names <= MAY_BE_KEPT


NOT_THERE: dict[type[TwoSided], set[State]] = {HotelAsk: {State.ACCEPTED, State.RETURNED}}
"""What a kind has no use for: a hotel for tonight is a yes or a no, and nothing is taken on."""


@pytest.mark.parametrize("model", kinds().values())
def test_what_came_back_stays_and_every_other_state_can_be_reached(model: type[TwoSided]) -> None:
    follows = {state for after in model.TRANSITIONS.values() for state in after}
    assert follows == set(State) - {State.SENT} - NOT_THERE.get(model, set())
    assert set(model.TRANSITIONS).isdisjoint({State.RETURNED, State.RECALLED})


def test_an_order_that_is_not_allowed_is_a_conflict(asker: Actor, code: str) -> None:
    with pytest.raises(Conflict), acting(asker), verb(Request, code, asker, REQUEST_FOLLOW) as it:
        it.to(State.DONE)


def test_absent_and_of_the_other_side_look_alike(asker: Actor, asked: Actor, code: str) -> None:
    with acting(asked), pytest.raises(Absent):
        find(Request, code, asked, REQUEST_FOLLOW)
    with acting(asker), pytest.raises(Absent):
        find(Request, code, asker, REQUEST_LOOK)
    with acting(asker), pytest.raises(Absent):
        find(Request, "V-NIETS", asker, REQUEST_FOLLOW)
    with acting(asker), pytest.raises(Absent):
        turns.presence("gemeente", code, asker, since=timezone.now(), writes=False)
    with acting(asked):
        assert find(Request, code, asked, REQUEST_LOOK).code == code
        assert not sends(Request, code, asked)


def test_who_has_no_right_is_refused_before_anything_is_looked_up(asker: Actor, code: str) -> None:
    manager = replace(asker, roles=frozenset({Role.MANAGER}))
    with acting(asker), pytest.raises(Refused):
        find(Request, "V-NIETS", manager, REQUEST_FOLLOW)
    with (
        acting(asker),
        pytest.raises(PermissionDenied),
        on(Request.objects.get(code=code), manager, REQUEST_FOLLOW),
    ):
        pytest.fail("it began")


def test_asking_opens_a_side_that_was_closed_and_leaves_an_open_one(
    asker: Actor, asked: Actor, code: str
) -> None:
    with acting(asked):
        actions.accept_request(code=code, actor=asked)
    first = row(asked, code).recipient_step_id
    with acting(asker), verb(Request, code, asker, REQUEST_FOLLOW) as it:
        it.ask(LOOK_AT_REQUEST)
    assert row(asked, code).recipient_step_id == first
    assert steps(asked, code) == ["answer_request", "look_at_request"]
    with acting(asked), verb(Request, code, asked, REQUEST_ANSWER) as it:
        it.close()
    assert (row(asked, code).recipient_step_id, steps(asked, code)) == (None, [])
    with acting(asker), verb(Request, code, asker, REQUEST_FOLLOW) as it:
        new = it.ask(ANSWER_REQUEST)
    found = row(asked, code)
    assert (found.recipient_step_id, found.recipient_closed) == (new.id, None)


def test_whether_a_step_is_open_is_asked_of_the_own_side(asker: Actor, asked: Actor, code: str) -> None:
    found = row(asker, code)
    with acting(asker):
        assert has_open(found, asker, AWAIT_REQUEST, LOOK_AT_REQUEST)
        assert not has_open(found, asker, LOOK_AT_REQUEST)
    with acting(asked):
        assert has_open(found, asked, LOOK_AT_REQUEST)


def test_what_passed_is_only_of_the_own_side(asker: Actor, asked: Actor, code: str) -> None:
    for who, codes in ((asker, [code]), (asked, [])):
        with acting(who):
            assert [each.code for each in passed(Request.objects.all(), who)] == codes


def test_a_job_finishes_the_steps_of_a_side_that_was_ended_and_no_other(
    asker: Actor, asked: Actor, code: str
) -> None:
    found = row(asker, code)
    ids = [str(found.id), str(asked.organisation_id)]
    jobs.finish_steps(ids=ids)
    assert steps(asked, code) == ["look_at_request"]
    with acting(asker):
        actions.recall_request(code=code, reason="mistake", actor=asker)
    for _twice in range(2):
        jobs.finish_steps(ids=ids)
        assert steps(asked, code) == []


def test_who_answers_is_told_once_and_nothing_of_it(
    asker: Actor, asked: Actor, code: str, mailoutbox: list[EmailMessage]
) -> None:
    jobs.tell(ids=[str(asked.organisation_id)])
    to = [address for mail in mailoutbox for address in mail.to]
    assert "af@denhaag.example" in to
    assert len(to) == len(set(to))
    assert not [mail for mail in mailoutbox if code in f"{mail.subject}{mail.body}"]


def test_a_transfer_names_its_owner_with_its_state(asker: Actor) -> None:
    sent = samples.hand_over(samples.ready_to_hand_over(), asker)
    with acting(asker):
        work = Work(Transfer.objects.get(code=sent), asker, TRANSFER_RECALL)
    owners = [work.row.owner]
    for state in (State.ACCEPTED, State.DONE):
        work.to(state)
        owners.append(work.row.owner)
    assert owners == ["sender", "recipient", "recipient"]
