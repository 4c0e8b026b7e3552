"""One matter of Westland, to be gone after from every side."""

import pytest

from tests import samples


@pytest.fixture
def sample(db: None) -> samples.Sample:
    """One matter, referred to and accepted by the labour inspectorate."""
    return samples.whole_route()
