"""What every test of exchanges may ask for."""

import pytest
from tests.journeys.exchanges.situations import Between, make_between


@pytest.fixture
def between(db: None) -> Between:
    """A case of Westland that can go to The Hague."""
    return make_between()
