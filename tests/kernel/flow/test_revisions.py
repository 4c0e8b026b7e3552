"""A verb on content that changes: one revision with all that is sealed, or none where nothing changed."""

from collections.abc import Callable
from typing import Any

import pytest
from tests import samples
from tests.journeys.cases import matters

from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_WORK, CHOOSE_ROUTE, FOLLOW_CASE, REFER
from sluitend.journeys.cases.models import Case, Track
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    """The focal point of Westland."""
    return samples.actor("af@westland.example")


@pytest.fixture
def code(who: Actor) -> str:
    """A case of Westland with both of its tracks."""
    code = matters.taken_in()
    with acting(who), on_case(code, who, CASE_WORK) as it:
        for kind in ("person", "place"):
            row = it.row
            track = it.on_track(Track(organisation_id=row.organisation_id, case=row, code=code, kind=kind))
            track.plan(CHOOSE_ROUTE)
            track.insert()
    return code


def done(who: Actor, code: str, verb: Callable[[OnCase], object], **named: Any) -> Case:
    """Do something with the case, and return it as it stands after that."""
    with acting(who):
        with on_case(code, who, CASE_WORK, **named) as it:
            verb(it)
        return Case.objects.get(code=code)


def read(who: Actor, code: str) -> list[Any]:
    """Return all that is sealed on the case, opened."""
    with acting(who), on_case(code, who, CASE_WORK) as it:
        return [it.envelope.read(it.row, each) for each in ("name", "wish", "facts")]


def nothing(it: OnCase) -> None:
    """Change nothing."""


def test_what_changes_nothing_is_no_revision_and_has_its_line(who: Actor, code: str) -> None:
    before = done(who, code, nothing)
    assert done(who, code, nothing, purpose="nothing").revision == before.revision
    with acting(who):
        line = Event.objects.get(action="case.work", purpose="nothing")
        assert (line.subject_kind, line.revision) == ("case", before.revision)


def test_what_others_saw_may_hold_no_longer_where_nothing_differs(who: Actor, code: str) -> None:
    before = done(who, code, nothing)
    assert done(who, code, lambda it: setattr(it, "revises", True)).revision == before.revision + 1
    with pytest.raises(Conflict):
        done(who, code, nothing, revision=before.revision)


def test_a_revision_seals_all_anew_and_keeps_what_was_not_changed(who: Actor, code: str) -> None:
    name, wish, facts = read(who, code)
    before, other = done(who, code, nothing), {"wish": "yes"}
    after = done(who, code, lambda it: it.seal("wish", other))
    assert wish is None
    assert after.revision == before.revision + 1
    assert after.name != before.name
    assert read(who, code) == [name, other, facts]


def test_who_is_second_is_told_and_saves_nothing(who: Actor, code: str) -> None:
    def late(it: OnCase) -> None:
        Case.objects.filter(pk=it.row.pk).update(revision=it.row.revision + 1)
        it.row.acute = True

    with pytest.raises(Conflict):
        done(who, code, late)
    assert not done(who, code, nothing).acute


def test_a_track_is_saved_with_the_case_and_has_a_revision_of_its_own(who: Actor, code: str) -> None:
    case = done(who, code, nothing)

    def end(it: OnCase) -> None:
        track = it.track("place")
        assert it.track("place") is track
        track.seal("summary", {"text": "Loopt"})
        track.to(Track.State.RUNS)

    assert done(who, code, end).revision == case.revision
    with acting(who):
        found = {each.kind: (each.state, each.revision) for each in Track.objects.filter(case=case)}
    assert found == {"place": ("runs", 2), "person": ("waits", 1)}


def test_a_step_of_another_kind_of_matter_is_a_mistake(who: Actor, code: str) -> None:
    with pytest.raises(TypeError):
        done(who, code, lambda it: it.plan(REFER))
    with pytest.raises(TypeError):
        done(who, code, lambda it: it.track("place").plan(FOLLOW_CASE))
    with acting(who):
        assert NextStep.objects.filter(code=code, done__isnull=True).count() == 3
