"""Faults in planned contacts and requests to wait."""

from tests.planted import Fault

ASKING = "journeys/contacts/actions/asking.py"
HOLDER = "journeys/contacts/actions/asking_holder.py"
RELEASING = "journeys/contacts/actions/releasing.py"
PLANNING = "journeys/contacts/actions/planning.py"
NEAR = "tests/journeys/contacts tests/test_outcomes.py"

FAULTS = (
    Fault(
        "contacts.taken_back_without_line",
        RELEASING,
        '    rows.note(row, actor=actor, action=CONTACT_RELEASE, purpose="taken_back")\n',
        "",
        "the ledger says who took a release back",
        NEAR,
    ),
    Fault(
        "contacts.released_without_line",
        RELEASING,
        '    rows.note(row, actor=actor, action=CONTACT_RELEASE, purpose="beside_case" if points.cases else "released")\n',
        "",
        "the ledger says who released a contact",
        NEAR,
    ),
    Fault(
        "contacts.planner_hears_nothing",
        "journeys/contacts/actions/waiting.py",
        "    after_commit(tell, row.planner_id)\n",
        "",
        "a planner hears at once that a contact waits again",
        NEAR,
    ),
    Fault(
        "contacts.asked_where_nobody_reads",
        ASKING,
        "    check_reads(municipality_id)\n",
        "",
        "no request to wait lies where nobody reads",
        f"{NEAR} tests/surfaces/desk/test_connected.py",
    ),
    Fault(
        "contacts.asked_by_anybody",
        ASKING,
        "    if key not in terms.askers():\n",
        "    if False:\n",
        "only who may ask to wait does so",
        NEAR,
    ),
    Fault(
        "contacts.asked_and_not_caught_up",
        ASKING,
        "    after_commit(jobs.catch_up, municipality_id)\n",
        "",
        "a request to wait binds within a minute",
        NEAR,
    ),
    Fault(
        "contacts.replaced_by_another",
        ASKING,
        "    if old.partner != new.partner:\n",
        "    if False:\n",
        "only who asked to wait asks anew",
        NEAR,
    ),
    Fault(
        "contacts.overruled_without_line",
        ASKING,
        "    rows.note(row, actor=actor, action=HOLD_OVERRULE, purpose=reason)\n",
        "",
        "the ledger says that the mayor decided otherwise, and why",
        NEAR,
    ),
    Fault(
        "contacts.overruled_and_cases_hear_nothing",
        ASKING,
        "    let_cases_hear(row, system_actor(actor.own_organisation))\n",
        "",
        "danger for which the mayor lifts is heard in the cases about that place",
        f"{NEAR} tests/journeys/cases/test_new_information.py",
    ),
    Fault(
        "contacts.consulted_without_line",
        "journeys/contacts/actions/consulting.py",
        "    rows.note(hold, actor=actor, action=HOLD_CONSULT, purpose=what.cannot_wait or what.outcome)\n",
        "",
        "the ledger says what came out of a consultation",
        NEAR,
    ),
    Fault(
        "contacts.carried_out_against_a_hold",
        PLANNING,
        "    if rows.held(row) or not rows.all_heard(row.organisation_id):\n",
        "    if not rows.all_heard(row.organisation_id):\n",
        "what was asked in the meantime counts first",
        NEAR,
    ),
    Fault(
        "contacts.withdrawn_without_line",
        PLANNING,
        '    rows.note(row, actor=actor, action=CONTACT_WORK, purpose="withdraw")\n',
        "",
        "the ledger says who withdrew a contact",
        NEAR,
    ),
    Fault(
        "contacts.asker_asked_without_line",
        HOLDER,
        '    rows.note(hold, actor=actor, action=HOLD_CONSULT, purpose="asked")\n',
        "",
        "the ledger says who asked whoever asked to wait",
        NEAR,
    ),
    Fault(
        "contacts.answer_tells_nobody",
        HOLDER,
        "        after_commit(tell, *sorted({each.account_id for each in people}))\n",
        "        assert people\n",
        "a focal point hears that an answer came",
        NEAR,
    ),
    Fault(
        "contacts.destroyed_without_line",
        "journeys/contacts/actions/destroying.py",
        "        rows.note(row, actor=actor, action=f\"{'hold' if is_hold else 'planned'}.destroy\")\n",
        "",
        "the ledger says what was destroyed",
        NEAR,
    ),
)
