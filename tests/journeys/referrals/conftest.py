"""What every test of referrals may ask for."""

import pytest
from tests.journeys.referrals.situations import Ready, make_ready


@pytest.fixture
def ready(db: None) -> Ready:
    """A case that can be referred on both tracks."""
    return make_ready()
