"""Faults in planned visits and requests to wait."""

from tests.planted import Fault

ASKING = "journeys/visits/actions/asking.py"
ASKER = "journeys/visits/actions/asking_asker.py"
RELEASING = "journeys/visits/actions/releasing.py"
PLANNING = "journeys/visits/actions/planning.py"

FAULTS = (
    Fault(
        "visits.taken_back_without_line",
        RELEASING,
        'VISIT_RELEASE, "taken_back"',
        "VISIT_RELEASE",
        "the ledger says who took a release back",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.released_without_line",
        RELEASING,
        '        it.purpose = "beside_case" if points.cases else "released"\n',
        "",
        "the ledger says who released a visit",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.planner_hears_nothing",
        "journeys/visits/actions/waiting.py",
        "    after_commit(tell, row.planner_id)\n",
        "",
        "a planner hears at once that a visit waits again",
        "tests/test_outcomes.py::test_a_release_that_is_taken_back_is_told_to_the_planner",
    ),
    Fault(
        "visits.asked_where_nobody_reads",
        ASKING,
        "    check_reads(municipality_id)\n",
        "",
        "no request to wait lies where nobody reads",
        "tests/surfaces/desk/test_connected.py::test_the_police_ask_to_wait_only_where_somebody_reads",
    ),
    Fault(
        "visits.asked_by_anybody",
        ASKING,
        "    if key not in terms.askers():\n",
        "    if False:\n",
        "only who may ask to wait does so",
        "tests/journeys/visits/test_releasing.py::test_who_may_not_answer_with_the_code_that_opens_a_wait_request_may_not_ask",
    ),
    Fault(
        "visits.asked_and_not_caught_up",
        ASKING,
        "    after_commit(jobs.catch_up, municipality_id)\n",
        "",
        "a request to wait binds within a minute",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.replaced_by_another",
        ASKING,
        "    if old.partner != new.partner:\n",
        "    if False:\n",
        "only who asked to wait asks anew",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.overruled_without_line",
        ASKING,
        "WAIT_REQUEST_OVERRULE, reason)",
        "WAIT_REQUEST_OVERRULE)",
        "the ledger says that the mayor decided otherwise, and why",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.overruled_and_cases_hear_nothing",
        ASKING,
        "        let_cases_hear(row, system_actor(actor.own_organisation))\n",
        "",
        "danger for which the mayor lifts is heard in the cases about that place",
        "tests/journeys/visits/test_releasing.py::test_the_cases_about_the_place_hear_the_danger_for_which_a_wait_request_is_lifted",
    ),
    Fault(
        "visits.consulted_without_line",
        "journeys/visits/actions/consulting.py",
        "WAIT_REQUEST_CONSULT, what.cannot_wait or what.outcome",
        "WAIT_REQUEST_CONSULT",
        "the ledger says what came out of a consultation",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.withdrawn_without_line",
        PLANNING,
        'VISIT_WORK, "withdraw"',
        "VISIT_WORK",
        "the ledger says who withdrew a visit",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.asker_asked_without_line",
        ASKER,
        'WAIT_REQUEST_CONSULT, "asked")',
        "WAIT_REQUEST_CONSULT)",
        "the ledger says who asked whoever asked to wait",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.answer_tells_nobody",
        ASKER,
        "        after_commit(tell, *sorted({each.account_id for each in people}))\n",
        "        assert people\n",
        "a focal point hears that an answer came",
        "tests/test_lines.py::test_visits_and_requests_to_wait",
    ),
    Fault(
        "visits.destroyed_without_line",
        "journeys/visits/actions/destroying.py",
        '        note(row, actor, f"{row.KIND}.destroy")\n',
        "",
        "the ledger says what was destroyed",
        "tests/journeys/visits/test_kept.py",
    ),
)
