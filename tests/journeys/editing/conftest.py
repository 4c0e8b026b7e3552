"""Two coordinators of one region, and a handbook that is read anew in each test."""

from collections.abc import Iterator

import pytest
from tests import samples
from tests.journeys.editing.drafting import JORIS, MEREL

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.queries import release


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    release.cache_clear()
    yield
    release.cache_clear()


@pytest.fixture
def merel(region: object) -> Actor:
    """A coordinator."""
    return samples.actor(MEREL)


@pytest.fixture
def joris(region: object) -> Actor:
    """The other one."""
    return samples.actor(JORIS)
