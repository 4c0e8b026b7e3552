"""Where somebody relies on a day that rests on a term nobody confirmed, that is said there, once."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import FOCAL, routed, somebody, taken_in, weighed
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.models import Case
from sluitend.kernel.handbook.pack import Pack
from sluitend.surfaces.desk import queries as desk

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]
ON_THE_CASE = "De termijn van de handreiking voor deze stap is nog niet bevestigd."
ON_TODAY = "is de termijn van de handreiking nog niet bevestigd. De casus zegt welke."


def confirmed(pack: Pack) -> Pack:
    """Return the handbook with every term confirmed."""
    for term in pack.deadlines.ids:
        pack = changed(pack, "deadlines", term, confirmed=True)
    return pack


def test_the_day_of_a_case_says_that_its_term_is_not_confirmed(client_for: ClientFor) -> None:
    page = client_for(FOCAL).get(f"/werk/casussen/{taken_in()}/").text
    assert page.count(ON_THE_CASE) == 1


def test_a_term_that_was_confirmed_says_nothing(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, pack = taken_in(), confirmed(den_haag())
    monkeypatch.setattr(Case, "pack", property(lambda _: pack))
    assert ON_THE_CASE not in client_for(FOCAL).get(f"/werk/casussen/{code}/").text


def test_danger_now_is_no_term_and_waits_for_nobody_to_confirm_it(client_for: ClientFor) -> None:
    code = taken_in(acute=True)
    with somebody() as actor:
        assert not queries.case(code, actor).term_unsure


def test_today_says_it_once_however_many_rows_there_are(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        weighed(where=f"Tuinderspad {number}, De Lier")
    assert client_for(FOCAL).get("/werk/").text.count(ON_TODAY) == 1
    pack = confirmed(den_haag())
    monkeypatch.setattr(desk, "current_release", lambda: type("Newest", (), {"pack": pack}))
    assert ON_TODAY not in client_for(FOCAL).get("/werk/").text


def test_the_card_of_a_track_says_it_of_its_own_step(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = routed()
    page = client_for(FOCAL).get(f"/werk/casussen/{code}/").text
    assert page.count(ON_THE_CASE) == 3
    begins = [page.index(mark) for mark in ("sl-track--person", "sl-track--place", 'id="wie"')]
    assert [page[one:other].count(ON_THE_CASE) for one, other in pairwise(begins)] == [1, 1]
    pack = confirmed(den_haag())
    monkeypatch.setattr(Case, "pack", property(lambda _: pack))
    assert ON_THE_CASE not in client_for(FOCAL).get(f"/werk/casussen/{code}/").text


def test_the_card_of_the_track_whose_step_is_next_leaves_it_to_the_case() -> None:
    code = routed()
    with somebody() as actor:
        later = timezone.localdate() + timedelta(days=10)
        actions.change_due(actor=actor, code=code, due=later, reason="andere_reden", sentence="Wie belt?")
        case = queries.case(code, actor)
    assert case.step == case.place.step
    assert (case.term_unsure, case.place.term_unsure, case.person.term_unsure) == (True, False, True)
