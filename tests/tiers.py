"""What runs when: `make test` at each change, `make prove` at each push and before a release.

What holds is the same in both. `make prove` only tries it longer, wider and with more of what is slow: draws,
plays, whole crawls, processes that are started and killed, every width and theme of every page. A test says
nothing of it: the table below does, and how wide it tries stands in the test as `either(quick, deep)`.
"""

import os
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
TIER = os.environ.get("SLUITEND_TIER", "quick")
DEEP = TIER == "prove"
SEED = int(os.environ.get("SLUITEND_SEED", "0"))
"""Where the draws of `make prove` begin. A night takes its date."""

DRAWS = int(os.environ.get("SLUITEND_DRAWS", "200"))
"""How often each form and address is tried; a push takes fewer, to be done within the hour."""

# How long an example takes says how busy the machine is, and nothing else. At each change the same is drawn.
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("prove", max_examples=200, deadline=None, print_blob=True)
settings.load_profile(TIER)

PROVE = {
    "tests/faults/test_at_once.py": "a server is started for it",
    "tests/faults/test_away.py": "two servers are started, and people wait for a database that is away",
    "tests/faults/test_waiting.py": "a server and six workers are started",
    "tests/operations": "servers are started and replaced under load",
    "tests/demo": "the year is loaded, also as on other days",
    "tests/cli/test_backing_up.py": "databases are dumped and filled again",
    "tests/cli/test_directory.py": "commands in processes of their own",
    "tests/cli/test_embedded.py": "a database server is started in each",
    "tests/cli/test_end_of_term.py": "backups, and commands while people work",
    "tests/cli/test_handbook.py": "commands in processes of their own",
    "tests/cli/test_keys.py": "databases of their own",
    "tests/cli/test_ledger.py": "commands in processes of their own",
    "tests/cli/test_network.py": "runs of pytest in processes of their own",
    "tests/cli/test_renewing_tokens.py": "databases of their own",
    "tests/cli/test_restoring.py": "databases are dumped and filled again",
    "tests/cli/test_two_processes.py": "commands in processes of their own",
    "tests/cli/test_upgrading.py": "commands in processes of their own",
    "tests/attacks/test_composed.py": "a database is copied",
    "tests/attacks/test_composed_copies.py": "databases are dumped and filled again",
    "tests/attacks/test_composed_database.py": "a database is copied",
    "tests/attacks/test_composed_steps.py": "a database is copied",
    "tests/attacks/test_fuzz.py::test_whatever_is_sent_to_whatever_address_is_answered_calmly": (
        "everybody sends everything to every address"
    ),
    "tests/attacks/test_fuzz_in_depth.py": "two hundred draws a form and address",
    "tests/compositions/test_lives.py::test_what_once_ended_badly_ends_well": "a database is copied",
    "tests/compositions/test_care_lives.py::test_the_judge_sees_what_outlives_a_withdrawal": (
        "a database is copied"
    ),
    "tests/compositions/test_care_lives.py::test_what_once_ended_badly_in_care_ends_well": (
        "a database is copied"
    ),
    "tests/faults/test_one_bad.py::test_an_organisation_that_fails_stops_no_other": "every job of the clock",
    "tests/faults/test_one_bad.py::test_a_row_that_fails_stops_no_other": "every job of the clock",
    "tests/exports/test_skos.py::test_the_terms_of_any_pack_keep_the_profile": "packs are drawn",
    "tests/exports/test_writing.py::test_every_list_written_alone_changes_nothing": "packs are drawn",
    "tests/test_promise.py::test_two_people_at_once_lose_nothing": "a database is copied for each pair",
    "tests/test_promise.py::test_every_state_is_reached_by_way_of_the_pickup_page": "a database is copied",
    "tests/test_ownership.py::test_two_people_at_once_leave_one_owner": "a database is copied for each pair",
    "tests/test_requests_walk.py::test_of_two_at_once_nothing_is_lost": "a database is copied for each pair",
    "tests/test_second_region.py::test_a_second_region_runs_the_main_job_without_a_line_of_code": (
        "every migration is run"
    ),
    "tests/test_access_matrix.py::test_a_role_reaches_only_its_own_pages": "every role asks every address",
    "tests/test_access_matrix.py::test_no_page_opens_anything_without_a_line_of_who_looked": (
        "five roles ask every address"
    ),
    "tests/test_filled_refused.py": "every form is sent by everybody who may not",
    "tests/browser": "what a browser shows takes seconds a page",
}
"""Left to `make prove`: a folder, a file or a test, and why."""

STAYS: dict[str, dict[str, str]] = {
    "tests/attacks/test_composed.py": {
        "test_nothing_that_a_role_of_the_web_writes_becomes_code": "rows that become code",
        "test_nothing_but_the_memory_of_the_process_itself_is_unpickled": "rows that become code",
        "test_nothing_is_done_with_words_that_are_not_genuine": "words that were made up",
    },
    "tests/attacks/test_composed_database.py": {
        "test_what_each_role_may_do_is_exactly_what_is_written_down": "rights",
        "test_the_public_writes_no_row_that_its_pages_would_not": "rows of the public",
        "test_no_counter_of_the_database_is_a_clock_for_a_role_of_the_web": "a clock",
    },
    "tests/attacks/test_composed_steps.py": {
        "test_what_is_planned_for_an_acute_matter_is_not_moved": "a step that SQL moves",
    },
    "tests/operations/test_rolling.py": {
        "test_a_server_is_renewed_under_load_and_no_request_is_lost": "a restart",
    },
    "tests/demo/test_load.py": {
        "test_everybody_finds_something": "the demonstration",
    },
    "tests/cli/test_backing_up.py": {
        "test_a_restored_backup_opens_and_what_was_destroyed_stays_destroyed": "a backup and its restore",
        "test_an_advanced_key_opens_nothing_older_and_everything_later": "keys alone",
        "test_what_is_no_key_is_said_to_be_none": "keys alone",
    },
    "tests/cli/test_directory.py": {
        "test_a_lost_second_factor_takes_two_people": "a command that takes two people",
    },
    "tests/cli/test_embedded.py": {
        "test_killing_everything_recovers": "a database server that is killed",
    },
    "tests/cli/test_handbook.py": {
        "test_a_restart_does_not_put_the_folder_back_over_what_was_published_since": "another folder",
    },
    "tests/cli/test_keys.py": {
        "test_every_organisation_is_renewed": "a renewed key",
    },
    "tests/cli/test_ledger.py": {
        "test_a_change_by_a_superuser_is_named": "a changed ledger",
    },
    "tests/cli/test_network.py": {
        "test_the_defaults_name_no_host_outside": "no process",
        "test_this_machine_is_not_outside": "no process",
        "test_everything_else_is": "no process",
    },
    "tests/cli/test_renewing_tokens.py": {
        "test_everything_is_found_during_the_change_and_after": "a renewed token",
    },
    "tests/cli/test_two_processes.py": {
        "test_the_public_process_files_with_a_folder_that_opens_nothing": "two processes",
    },
    # The browser: the main job, sending without a connection, a journey a capability, each page once, narrow.
    "tests/browser/test_every_page.py": {
        "test_every_page_of_the_desk": "each page",
        "test_every_page_without_an_account": "each page",
    },
    "tests/browser/test_main_job.py": {"": "the main job"},
    "tests/browser/test_plan.py": {"": "one of the invented cases"},
    "tests/browser/test_published_cases.py": {"": "one of the published cases"},
    "tests/browser/test_connection.py": {
        "test_a_report_without_a_connection_says_so_and_goes_when_it_is_back": "sending without a connection",
    },
    "tests/browser/test_typing.py": {
        "test_what_was_typed_stands_there_again_and_can_be_begun_anew": "what is typed",
    },
    "tests/browser/test_reporter.py": {
        "test_a_report_on_a_phone_gives_a_receipt_a_question_and_an_answer": "reporting",
    },
    "tests/browser/test_helping.py": {
        "test_after_leaving_going_back_five_times_never_shows_the_site": "help",
    },
    "tests/browser/test_handbook_editor.py": {
        "test_one_edits_another_publishes_and_both_can_go_back": "editing",
    },
    "tests/browser/test_handbook_calling.py": {
        "test_a_focal_point_reads_the_rule_and_checks_a_number_first": "the handbook",
    },
    "tests/browser/test_exchanges.py": {
        "test_a_case_goes_to_another_municipality": "exchanges",
    },
    "tests/browser/test_wait_requests.py": {
        "test_a_check_waits_until_the_asker_was_rung": "holds",
    },
    "tests/browser/test_reaching_partners.py": {
        "test_a_link_and_a_code_that_went_two_ways_open_the_page_once": "pick-up",
    },
    "tests/browser/test_people.py": {
        "test_a_team_takes_gives_back_and_spreads": "teams",
    },
    "tests/browser/test_tools.py": {"": "the judges themselves"},
}
"""What `make test` runs all the same of what is left to `make prove`, by file and test: of each kind one."""

PARTS: dict[str, tuple[str, ...]] = {
    "lives": ("tests/compositions",),
    "walks": ("tests/attacks/test_composed*.py", "tests/test_threat_model.py"),
    "verbs": (
        "tests/test_promise.py",
        "tests/test_ownership.py",
        "tests/test_requests_walk.py",
        "tests/test_teams_at_once.py",
        "tests/journeys/cases/test_new_information_walks.py",
        "tests/journeys/visits/test_no_release_without_consultation.py",
    ),
    "forms": ("tests/attacks/test_fuzz_in_depth.py::test_every_form_answers_two_hundred_draws_calmly",),
    "addresses": (
        "tests/attacks/test_fuzz_in_depth.py::test_every_address_answers_two_hundred_draws_calmly",
        "tests/attacks/test_fuzz_in_depth.py::test_every_strange_piece_of_an_address_is_answered_calmly",
        "tests/attacks/test_every_address.py",
        "tests/attacks/test_fuzz.py",
        "tests/attacks/test_stolen.py",
    ),
    "draws": ("tests/exports", "tests/journeys", "tests/kernel", "tests/surfaces", "tests/test_outcomes.py"),
    "faults": ("tests/faults", "tests/operations"),
    "browser": ("tests/browser",),
    "deep": ("tests",),
}
"""What `make prove` tries in which part."""
DRAWS_OF = "draws"
"""The part that runs only what draws, of wherever it stands."""

LAST = "deep"
"""The part that runs what is left to `make prove` and stands in no other part."""


def either[T](quick: T, deep: T) -> T:
    """Return how often something is tried in this tier, or as whom."""
    return deep if DEEP else quick


def is_left_to_prove(file: str, test: str) -> bool:
    """Return whether `make test` leaves a test out.

    Args:
        file: the path of its file, from the top of the clone.
        test: the name of its function.
    """
    if {test, ""} & set(STAYS.get(file, ())):
        return False
    return any(place in PROVE for place in (f"{file}::{test}", file, *map(str, PurePosixPath(file).parents)))


def parts_of(place: str) -> list[str]:
    """Return the parts of `make prove` that run what a line of the table names, or some of it."""
    return [part for part, places in PARTS.items() if any(_meet(each, place) for each in places)]


def _meet(one: str, other: str) -> bool:
    """Return whether a pattern of a part and a place are within each other."""
    file, _, test = one.partition("::")
    path, _, name = other.partition("::")
    inside = any(fnmatch(str(each), file) for each in (PurePosixPath(path), *PurePosixPath(path).parents))
    return inside and (not test or not name or test == name)


def arguments(part: str) -> Iterator[str]:
    """Give what pytest is asked for in a part; what is no part is a path."""
    for place in PARTS.get(part, (part,)):
        yield from map(str, sorted(ROOT.glob(place))) if "*" in place else (place,)
    if part in (LAST, DRAWS_OF):
        what = ("prove and not hypothesis",) if part == LAST else ("hypothesis", f"--hypothesis-seed={SEED}")
        yield from ("-m", *what)
        whole = [places for name, places in PARTS.items() if name not in (LAST, DRAWS_OF)]
        elsewhere = {place.partition("::")[0] for places in whole for place in places}
        yield from (f"--ignore-glob={ROOT / each}" for each in sorted(elsewhere))


if __name__ == "__main__":
    print("\n".join(arguments(sys.argv[1]) if sys.argv[1:] else PARTS))  # noqa: T201
