"""Faults in the picture of a case."""

from tests.planted import Fault

EARLIER = "journeys/cases/queries/earlier.py"
PICTURE = "journeys/cases/queries/picture.py"
LINKED = "journeys/cases/queries/linked.py"
TESTS = "tests/journeys/cases/test_picture.py::"

FAULTS = (
    Fault(
        "pictures.asked_again_on_the_other_side",
        EARLIER,
        "        if about_id in (one, other):\n",
        "        if about_id == one:\n",
        "after a no nobody is asked again, on neither side",
        f"{TESTS}test_after_a_no_nobody_is_asked_again_on_either_side",
    ),
    Fault(
        "pictures.linked_case_read_without_line",
        LINKED,
        '        subjects=[("case", each.id) for each, _envelope in opened],\n',
        "        subjects=[],\n",
        "every case that is opened for a picture stands in the ledger",
        f"{TESTS}test_every_case_that_is_opened_for_it_stands_in_the_ledger",
    ),
    Fault(
        "pictures.corrected_line_stays",
        PICTURE,
        "        if len(about) < 2 or each.id in replaced:\n",
        "        if len(about) < 2:\n",
        "what was corrected is no line any more",
        f"{TESTS}test_a_corrected_observation_keeps_its_line_until_somebody_takes_it_away",
    ),
    Fault(
        "pictures.victim_with_who_gains",
        PICTURE,
        "        gains = bool(GAINS & set(view.roles)) and POSSIBLE_VICTIM not in view.roles\n",
        "        gains = bool(GAINS & set(view.roles))\n",
        "who may be a victim too stands with the people",
        f"{TESTS}test_who_may_be_a_victim_stands_with_the_people_whatever_else_is_said",
    ),
    Fault(
        "pictures.supposed_drawn_as_sure",
        PICTURE,
        "        sure, source = each.kind == Observation.Kind.FACT, ",
        "        sure, source = True, ",
        "what somebody supposes is a dashed line",
        f"{TESTS}test_what_somebody_notes_of_two_is_a_line_and_what_they_suppose_a_dashed_one",
    ),
)
