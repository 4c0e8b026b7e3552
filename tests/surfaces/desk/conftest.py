"""Steps to see on the desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sluitend.journeys.reports.journey import READ_REPORT, REPORT
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation, Role

MakeStep = Callable[..., NextStep]


@pytest.fixture
def make_step(db: None) -> MakeStep:
    """Return a maker of open steps; of the focal point of Westland unless told otherwise."""

    def make(organisation: str = "GM1783", **fields: Any) -> NextStep:
        owner = Organisation.objects.get(code=organisation).id
        values = {
            "organisation_id": owner,
            "writer_id": owner,
            "subject_kind": REPORT,
            "subject_id": uuid4(),
            "code": "M-7K4Q",
            "what": READ_REPORT,
            "owner_role": Role.FOCAL_POINT,
            "due": timezone.now() + timedelta(minutes=1),
            "created_day": timezone.localdate(),
        }
        with acting(system_actor(owner)):
            return NextStep.objects.create(**(values | fields))

    return make
