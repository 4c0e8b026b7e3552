"""One installation for all kills of a worker of the tests."""

from collections.abc import Iterator

import pytest

from sluitend.demo import embedded
from tests.faults.town import Town, town


@pytest.fixture(scope="module")
def westland(server: embedded.Server, schema_version: str) -> Iterator[Town]:
    """A municipality's installation, as `sluitend serve` runs it."""
    with town(server, schema_version) as running:
        yield running
