"""The page of the figures: what was settled, in words, to who looks at the region."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.journeys.assurance.conftest import HALF, SETTLED, World
from tests.reading import as_read

from sluitend.journeys.assurance.actions import releasing
from sluitend.journeys.assurance.figures import AFTER
from sluitend.journeys.assurance.queries import counting

PAGE = f"/werk/regio/hulp/?periode={HALF.key}"
type ClientFor = Callable[[str], Client]


def test_it_tells_what_was_settled(world: World, client_for: ClientFor) -> None:
    world.nights("haaglanden", placed=30, bridged=14, declined=11, nowhere=12)
    world.nights("haaglanden", kind="general", placed=14)
    world.nights("hollands_midden", placed=20, nowhere=5)
    world.settle()
    text = as_read(client_for("regio@rsiv.example").get(PAGE).text)
    for number in (44, 14, 11, 12, 81, 30, 25, 106):
        assert f">{number}<" in text or f" {number} ingevulde" in text
    assert ">20<" not in text
    assert "95% of meer" in text
    assert f"Vastgesteld op {SETTLED.day}" in text


def test_until_then_it_says_when_and_of_an_older_half_that_nothing_was_settled(
    region: object, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, settled = client_for("manager@westland.example"), HALF.last + AFTER
    monkeypatch.setattr(timezone, "localdate", lambda *_: settled - timedelta(days=1))
    text = as_read(browser.get(PAGE).text)
    assert f"de cijfers zijn nog niet vastgesteld. Dat gebeurt één keer, op {settled.day} " in text
    older = as_read(browser.get(f"/werk/regio/hulp/?periode={HALF.before().key}").text)
    assert "hiervan zijn geen cijfers vastgesteld" in older
    assert "Dat gebeurt één keer" not in older


def test_a_half_that_is_not_over_is_not_there(region: object, client_for: ClientFor) -> None:
    assert client_for("regio@rsiv.example").get("/werk/regio/hulp/?periode=2099-1").status_code == 404


def test_the_picture_of_the_region_leads_there(region: object, client_for: ClientFor) -> None:
    assert "/werk/regio/hulp/" in client_for("regio@rsiv.example").get("/werk/regio/").text


def test_a_year_stands_there_where_both_halves_are_too_small(
    world: World, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = [HALF, HALF.before()] if HALF.half == 2 else [HALF.before(), HALF.before().before()]
    for half in halves:
        world.nights("haaglanden", half.first, placed=7)
    world.settle()
    page = f"/werk/regio/hulp/?periode={halves[0].key}"
    text = as_read(client_for("regio@rsiv.example").get(page).text)
    assert "Het hele jaar" in text
    assert ">14<" in text


def test_a_part_that_is_no_more_is_told_of_without_the_searches_that_it_has_none_of(
    world: World, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of the region merged: nights of a search from before lie in a part where none began since."""

    def with_old_part(*given: Any) -> Any:
        whole, parts = counting.nights(*given)
        return whole, parts | {"ooit": parts["haaglanden"]}

    monkeypatch.setattr(releasing, "nights", with_old_part)
    world.nights("haaglanden", placed=30)
    world.settle()
    answer = client_for("regio@rsiv.example").get(PAGE)
    assert answer.status_code == 200
    assert "Ander gebied" in as_read(answer.text)


def test_everybody_reads_the_same_one_row(world: World) -> None:
    world.nights("haaglanden", placed=30)
    world.settle()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT period) FROM assurance_figurerelease")
        number, different = cursor.fetchone()
    assert number == different > 0
