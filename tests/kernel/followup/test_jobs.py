"""Work by the clock gives way to people."""

import time

import pytest

from sluitend.kernel.followup import jobs
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_after_each_organisation_the_clock_rests_as_long_as_that_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now: list[float] = [0.0]
    rests: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", rests.append)

    took = iter([2.0, 0.5, 60.0])
    for _actor in jobs.each_organisation(kinds=("municipality",)):
        now[0] += next(took, 0.0)

    assert rests[:3] == [2.0, 0.5, jobs.LONGEST_REST]
    assert len(rests) == Organisation.objects.filter(kind="municipality").count()
