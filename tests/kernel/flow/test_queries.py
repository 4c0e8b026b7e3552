"""Vandaag names the other side of a matter of whatever kind: each side reads who the other is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Q
from tests import samples

from sluitend.journeys.exchanges.journey import REQUEST
from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.flow.models import WAITING, TwoSided, kinds
from sluitend.kernel.flow.queries import Other, others

pytestmark = pytest.mark.django_db


def named(who: Actor, subjects: dict[UUID, str]) -> dict[UUID, Other]:
    """Return what somebody is told, in a transaction of their own."""
    with acting(who):
        return others(who, subjects)


@pytest.fixture
def asked() -> UUID:
    """A question of Westland to The Hague."""
    who = samples.actor("af@westland.example")
    code = samples.ask(who, "GM0518")
    with acting(who):
        return Request.objects.get(code=code).id


def test_each_side_reads_who_the_other_is(asked: UUID) -> None:
    asker, receiver = samples.actor("af@westland.example"), samples.actor("af@denhaag.example")
    assert named(asker, {asked: REQUEST}) == {asked: Other(receiver.organisation_name)}
    (told,) = named(receiver, {asked: REQUEST}).values()
    assert told.name == asker.organisation_name
    assert told.area


@pytest.mark.parametrize("who", ["beheer@westland.example", "nla@arbeidsinspectie.example"])
def test_nobody_else_does(asked: UUID, who: str) -> None:
    assert named(samples.actor(who), {asked: REQUEST}) == {}


def test_it_is_one_statement_a_kind_and_none_for_what_has_one_side(
    asked: UUID, django_assert_num_queries: Callable[..., Any]
) -> None:
    who = samples.actor("af@westland.example")
    with acting(who):
        with django_assert_num_queries(1):
            others(who, {asked: REQUEST, uuid4(): REQUEST})
        with django_assert_num_queries(0):
            others(who, {uuid4(): "case"})


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_what_waits_of_every_kind_has_an_index_of_its_own(kind: str) -> None:
    """A kind that makes its own list of indexes must take over what every kind has."""
    held = {each.name: each for each in kinds()[kind]._meta.indexes}
    name = kinds()[kind]._meta.model_name
    for each in TwoSided._meta.indexes:
        assert each.name % {"class": name} in held
    for side, column in (("sent", "organisation"), ("received", "recipient")):
        index = held[f"{name}_{side}_waiting"]
        assert (index.fields, index.condition) == ([column, "-sent", "-id"], Q(state__in=[*WAITING]))
