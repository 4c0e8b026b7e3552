"""Each kind of matter says what its term does: by which right, by which verb, and what its sender gets."""

import pytest
from django.utils.module_loading import import_string

from sluitend.kernel.flow.expiring import come_back
from sluitend.kernel.flow.models import State, TwoSided, kinds


@pytest.mark.parametrize("model", kinds().values())
def test_what_nobody_answered_ends_by_a_verb_with_a_right_and_a_line(model: type[TwoSided]) -> None:
    verb = import_string(model.EXPIRED_BY)
    assert model.RECALL.label
    assert State.SENT in model.EXPIRES_IN
    assert State.EXPIRED in model.TRANSITIONS[State.SENT]
    assert verb is not come_back or model.KIND in model.CAME_BACK.kinds
