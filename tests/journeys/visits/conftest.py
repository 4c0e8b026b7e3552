"""What every test of visits may ask for."""

import pytest
from tests.journeys.visits.situations import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """The people of Westland and of the police."""
    return make_town()
