"""The faults that `make mutants` plants: each can be planted in the source as it is today."""

from collections import Counter

import pytest

from tests.planted import SOURCE, Fault
from tests.planted.table import FAULTS


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_it_can_be_planted(fault: Fault) -> None:
    text = (SOURCE / fault.file).read_text()
    assert fault.planted(text) != text


def test_each_has_a_name_and_tests_of_its_own() -> None:
    assert not [name for name, number in Counter(each.name for each in FAULTS).items() if number > 1]
    root = SOURCE.parents[1]
    paths = {
        (each.name, word.split("::")[0]) for each in FAULTS for word in each.tests.split() if "/" in word
    }
    assert not [each for each in paths if not (root / each[1]).exists()]
