"""How the page of a plan reads: what can be done has its warnings in sight, what waits says for what."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape
from tests.journeys.cases.matters import FOCAL, taken_in, weighed
from tests.journeys.cases.test_plan import SLEEPERS, acts, say
from tests.reading import as_read

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]


def test_what_waits_shows_what_comes_first_and_keeps_its_warnings_in_its_fold(client_for: ClientFor) -> None:
    code = weighed(saw=SLEEPERS)
    warned = [each for each in acts(code).values() if each.open and not each.finds and each.warnings]
    body = client_for(FOCAL).get(f"/werk/casussen/{code}/plan/").content.decode()
    assert {each.waits for each in warned} == {True, False}
    for each in warned:
        row = re.search(
            rf'<li\s+id="actie-{each.place}".*?</li>\s*(?=<li\s+id="actie-|</ol>)', body, re.DOTALL
        )
        assert row is not None
        in_sight, _summary, fold = row[0].rpartition("<summary>")
        for warning in each.warnings:
            words = escape(warning.text.nl)
            assert (words in as_read(in_sight)) is not each.waits
            assert (words in as_read(fold)) is each.waits


def test_the_timeline_lists_what_a_fact_changed_in_the_plan_as_one_sentence(client_for: ClientFor) -> None:
    code = taken_in(saw=SLEEPERS)
    change = say(code, "wish", "yes")
    assert len(change.new) > 1
    body = as_read(client_for(FOCAL).get(f"/werk/casussen/{code}/").content.decode())
    listed = "; ".join(each.removesuffix(".") for each in change.new)
    assert f"Nieuw in het plan: {listed}." in body
    assert ".." not in body
