"""Faults in what administrators and managers do, and in signing in."""

from tests.planted import Fault

ACTIONS = "surfaces/desk/actions.py"
ABSENCE = "surfaces/desk/absence_actions.py"
NEAR = (
    "tests/surfaces/desk/test_administration.py tests/surfaces/desk/test_invitation.py"
    " tests/surfaces/desk/test_closing.py tests/test_outcomes.py"
)
AWAY = "tests/surfaces/desk/test_away.py tests/surfaces/desk/test_connected.py tests/test_outcomes.py"

FAULTS = (
    Fault(
        "desk.guessing_under_strain",
        "kernel/access/guessing.py",
        "flood[: len(keys)], TRIES, TRIES_UNDER_STRAIN, SECONDS]",
        "flood[: len(keys)], TRIES, TRIES, SECONDS]",
        "many guesses at once get one try each",
        "tests/attacks/test_guessing.py",
    ),
    Fault(
        "desk.organisation_by_any_administrator",
        ACTIONS,
        "    if not manages_all(actor):\n        raise Absent\n    try",
        "    try",
        "only the region adds organisations",
        NEAR,
    ),
    Fault(
        "desk.added_without_line",
        ACTIONS,
        '    _note(actor, "organisation.added", ("organisation", row.id))\n',
        "    assert row\n",
        "the ledger says who added an organisation",
        NEAR,
    ),
    Fault(
        "desk.changed_without_line",
        ACTIONS,
        '    _note(actor, "organisation.changed", ("organisation", organisation_id))\n',
        "",
        "the ledger says who changed what the directory says",
        NEAR,
    ),
    Fault(
        "desk.invited_without_line",
        ACTIONS,
        '    _note(actor, "account.invited", ("account", account_id), purpose=new.role)\n',
        "",
        "the ledger says who let whom in",
        NEAR,
    ),
    Fault(
        "desk.invited_again_without_line",
        ACTIONS,
        '    _note(actor, "account.invited_again", ("account", account_id))\n',
        "",
        "the ledger says who made a new invitation",
        NEAR,
    ),
    Fault(
        "desk.role_for_oneself",
        ACTIONS,
        '    if account_id == actor.account_id:\n        raise barred(_("U kunt uzelf geen rol geven.',
        '    if False:\n        raise barred(_("U kunt uzelf geen rol geven.',
        "nobody gives themselves a role",
        NEAR,
    ),
    Fault(
        "desk.own_role_ends",
        ACTIONS,
        '    if account_id == actor.account_id:\n        raise barred(_("U kunt uw eigen rol',
        '    if False:\n        raise barred(_("U kunt uw eigen rol',
        "nobody ends their own role",
        NEAR,
    ),
    Fault(
        "desk.work_of_who_left",
        ACTIONS,
        "            if until is None and closing.leaves_work(row):\n",
        "            if False:\n",
        "work of who leaves goes back to the queue",
        NEAR,
    ),
    Fault(
        "desk.closed_without_line",
        ACTIONS,
        '    _note(actor, "account.opened" if active else "account.closed", ("account", account_id))\n',
        "",
        "the ledger says who closed an account",
        NEAR,
    ),
    Fault(
        "desk.away_without_line",
        ABSENCE,
        '    _note(actor, "absence.entered", ("account", account_id))\n',
        "",
        "the ledger says who wrote down that somebody is away",
        AWAY,
    ),
    Fault(
        "desk.back_without_line",
        ABSENCE,
        '    _note(actor, "absence.ended", ("account", found.account_id))\n',
        "    assert found\n",
        "the ledger says who wrote down that somebody is back",
        AWAY,
    ),
    Fault(
        "desk.work_of_who_is_away",
        ABSENCE,
        "    if deputy_id is None or stand_in:",
        "    if False:",
        "work of who is away goes back to the queue at once",
        AWAY,
    ),
    Fault(
        "desk.absence_of_a_colleague",
        ABSENCE,
        "        require_role(actor, ABSENCE_COLLEAGUE)\n    return found",
        "        pass\n    return found",
        "only a manager says that a colleague is back",
        AWAY,
    ),
    Fault(
        "desk.stand_in_is_not_told",
        ABSENCE,
        "        after_commit(tell_person, deputy_id)\n",
        "",
        "who is asked to stand in hears it",
        AWAY,
    ),
    Fault(
        "desk.work_of_who_stood_in",
        ABSENCE,
        "        return_work(stand_in, actor.own_organisation, actor)\n",
        "        pass\n",
        "work of who stood in goes back to the queue",
        AWAY,
    ),
    Fault(
        "desk.pool_left_without_line",
        ABSENCE,
        '    absence.leave_pool(pool_id, organisation_id=actor.own_organisation)\n    say_where_nobody_reads(places, actor)\n    _note(actor, "pool.left", ("pool", pool_id))\n',
        "    absence.leave_pool(pool_id, organisation_id=actor.own_organisation)\n    say_where_nobody_reads(places, actor)\n",
        "the ledger says who stopped an agreement",
        AWAY,
    ),
    Fault(
        "desk.nobody_reads_after_cover",
        ABSENCE,
        "        raise Conflict\n    say_where_nobody_reads(places, actor)\n",
        "        raise Conflict\n",
        "where nobody reads any more, the administrators hear it",
        AWAY,
    ),
)
