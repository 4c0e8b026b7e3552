"""Which functions no test reaches: `.ci/run` and `make reached` end with it, and fail when there is one.

A function without any line is dead, or lacks a test. What cannot be seen from here stands in the list below,
with why.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from tests.planted import SOURCE

type Report = Mapping[str, Mapping[str, Mapping[str, Mapping[str, Mapping[str, list[int]]]]]]

ROOT = SOURCE.parents[1]
UNSEEN = {
    "*.__str__": "how a row is named in a shell",
    **dict.fromkeys(
        (
            "cli/backing_up.py::_exists",
            "cli/backing_up.py::prune",
            "cli/checks_keys.py::_ask",
            "cli/checks_storage.py::_encrypted",
            "cli/commands.py::demo",
            "cli/commands.py::people",
            "cli/custodian_command.py::_user",
            "cli/directory_commands.py::_add",
            "cli/directory_commands.py::_from_pack",
            "cli/directory_commands.py::_pack",
            "cli/directory_commands.py::_subregions",
            "cli/directory_commands.py::account_invite",
            "cli/directory_commands.py::organisation_add",
            "cli/environment.py::alone",
            "cli/environment.py::pack_folder",
            "cli/environment.py::pinned_verify_key",
            "cli/handbook_commands.py::_as_folder",
            "cli/handbook_commands.py::_is_folder",
            "cli/handbook_commands.py::_not_written",
            "cli/handbook_commands.py::_pack",
            "cli/handbook_commands.py::_reach",
            "cli/handbook_commands.py::_schemas",
            "cli/handbook_commands.py::_write",
            "cli/handbook_commands.py::handbook_check",
            "cli/handbook_commands.py::handbook_diff",
            "cli/handbook_commands.py::handbook_export",
            "cli/key_commands.py::_confirm",
            "cli/key_commands.py::_destroy_months",
            "cli/key_commands.py::_today",
            "cli/key_commands.py::_witness",
            "cli/key_commands.py::destroy_old",
            "cli/key_commands.py::keys_backup_advance",
            "cli/key_commands.py::keys_backup_create",
            "cli/key_commands.py::keys_create",
            "cli/key_commands.py::keys_destroy_old",
            "cli/ledger_commands.py::_unlike",
            "cli/pg_tools.py::_Pair._refused",
            "cli/pg_tools.py::_first_line",
            "cli/processes.py::parent_death_signal.ask",
            "cli/putting_back.py::_confirm",
            "cli/putting_back.py::_mark",
            "cli/putting_back.py::put_keys_back",
            "demo/door.py::load",
            "demo/door.py::load_people",
            "demo/embedded/__init__.py::_wait_until_gone",
            "demo/embedded/places.py::_digest",
            "demo/launch.py::_greet",
            "demo/load.py::accounts_listing",
            "demo/load.py::load",
            "journeys/administration/actions/founding.py::_found",
            "journeys/administration/actions/founding.py::begin",
            "kernel/organisations/queries.py::only_administrator",
            "kernel/sealing/key_archive.py::_names",
            "kernel/sealing/key_archive.py::pack",
            "kernel/sealing/key_archive.py::read",
            "kernel/sealing/key_archive.py::unpack",
            "kernel/sealing/monthkeys.py::may_go_on",
            "kernel/sealing/offline.py::Month.first_day_after",
            "kernel/sealing/offline.py::OfflinePublic.last",
            "kernel/sealing/offline.py::OfflinePublic.name",
        ),
        "a command, or a process that it starts, with variables of its own",
    ),
    **dict.fromkeys(
        (
            "forms/drafts.py::_from_our_page.nowhere",
            "journeys/cases/views/inbox.py::_field",
            "journeys/cases/views/tracks.py::due.change",
            "journeys/exchanges/jobs.py::let_case_hear",
            "journeys/exchanges/jobs.py::pass_on_at_once",
            "journeys/visits/actions/catching_up.py::focal_accounts",
            "journeys/visits/jobs.py::tell_asker",
        ),
        "no test makes this case yet",
    ),
    **dict.fromkeys(
        (
            "kernel/access/hashing.py::Argon2WithoutConnection.verify",
            "kernel/organisations/models/people.py::Account._hash_anew",
            "surfaces/desk/views/entrance.py::PasskeyAdd.form_valid",
            "surfaces/signin.py::AccountAdapter.is_open_for_signup",
            "surfaces/signin.py::MFAAdapter.generate_authenticator_name",
        ),
        "called by Django or allauth in a case that no test makes yet",
    ),
    **dict.fromkeys(
        (
            "kernel/sealing/cage.py::_become_nobody",
            "kernel/sealing/cage.py::_limit",
            "kernel/sealing/drawing.py::_rows",
            "kernel/sealing/drawing.py::_writer.write_pixels",
            "kernel/sealing/drawing.py::_writer.write_words",
            "kernel/sealing/drawing.py::pdf_drawer",
            "kernel/sealing/drawing.py::pdf_drawer.draw",
        ),
        "runs in a child without rights, which can write down nothing",
    ),
    **dict.fromkeys(
        (
            "kernel/sealing/custodian.py::NoCustodian.open_all",
            "kernel/sealing/custodian.py::NoCustodian.search_tokens",
            "kernel/sealing/custodian_client.py::SocketCustodian.begin",
            "kernel/sealing/custodian_server.py::_begin",
            "surfaces/elsewhere.py::elsewhere",
            "surfaces/elsewhere.py::to_desk",
            "surfaces/spans.py::tracer",
        ),
        "in a process that is started with variables of its own",
    ),
}
"""Functions by file and name, and why no line of them is noted."""


def main() -> int:
    """Say which functions no test reached, and which of the list one did; return 1 for the first.

    What is drawn may reach more than it did the last time, so an entry too many is only said.
    """
    found = set(unreached(_report()))
    new = sorted(each for each in found if not any(fnmatchcase(each, known) for known in UNSEEN))
    old = sorted(known for known in UNSEEN if not any(fnmatchcase(each, known) for each in found))
    print(*new, f"{len(new)} functions that no test reaches", sep="\n")  # noqa: T201
    print(*old, f"{len(old)} entries of the list that are reached, or gone", sep="\n")  # noqa: T201
    return bool(new)


def unreached(report: Report) -> Iterator[str]:
    """Give each function of which no line ran, of what coverage.py says in JSON."""
    for file, found in report["files"].items():
        place = file.partition("src/sluitend/")[2]
        for name, function in found["functions"].items():
            if name and function["missing_lines"] and not function["executed_lines"]:
                yield f"{place}::{name}"


def _report() -> Report:
    data = Path(os.environ["COVERAGE_FILE"])
    coverage = [sys.executable, "-m", "coverage"]
    if any(data.parent.glob(f"{data.name}.*")):
        subprocess.run([*coverage, "combine", "--quiet", "--append"], cwd=ROOT, check=True)
    out = data.with_suffix(".json")
    subprocess.run([*coverage, "json", "--quiet", "-o", str(out)], cwd=ROOT, check=True)
    report: Report = json.loads(out.read_text())
    return report


if __name__ == "__main__":
    sys.exit(main())
