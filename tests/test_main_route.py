"""The main job from end to end, through the actions, as the roles that do it."""

import pytest

from tests import samples

pytestmark = pytest.mark.django_db


def test_a_report_becomes_an_accepted_referral() -> None:
    sample = samples.whole_route()
    assert sample.referral.startswith("D-")
