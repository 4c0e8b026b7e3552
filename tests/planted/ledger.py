"""Faults in the ledger."""

from tests.planted import Fault

ACTIONS = "kernel/ledger/actions.py"
CHAIN = "kernel/ledger/chain.py"
NEAR = "tests/kernel/ledger tests/cli/test_ledger.py"
CLOCK = f"{NEAR} tests/attacks/test_reporter_clock.py"

FAULTS = (
    Fault(
        "ledger.public_line_with_a_name",
        ACTIONS,
        '    if event.process == "public" and not _of_nobody(event):\n',
        "    if False:\n",
        "who breaks into the public pages writes no line of a colleague",
        NEAR,
    ),
    Fault(
        "ledger.name_of_who_reports",
        ACTIONS,
        '                account=actor.account_id if actor.kind == "person" else None,\n',
        "                account=actor.account_id,\n",
        "no line names who reported",
        "tests/kernel/ledger tests/journeys/reports/test_filing.py tests/attacks/test_composed.py",
    ),
    Fault(
        "ledger.place_tells_the_moment",
        ACTIONS,
        "            (IntakeLine if by_day else Event)(\n",
        "            Event(\n",
        "the place of a line does not tell when somebody reported",
        CLOCK,
    ),
    Fault(
        "ledger.trace_tells_the_request",
        ACTIONS,
        "                trace=NO_TRACE if by_day else current_trace(),\n",
        "                trace=current_trace(),\n",
        "no line leads to the request of who reported",
        CLOCK,
    ),
    Fault(
        "ledger.moment_of_who_reports",
        ACTIONS,
        "    moment = _noon(day or timezone.localdate(at)) if by_day else at or timezone.now()\n",
        "    moment = at or timezone.now()\n",
        "a line of who reported has a day and no moment",
        CLOCK,
    ),
    Fault(
        "ledger.purpose_can_be_changed",
        ACTIONS,
        "        event.purpose.encode(),\n",
        "",
        "what a line says it was for cannot be changed",
        NEAR,
    ),
    Fault(
        "ledger.revision_can_be_changed",
        ACTIONS,
        '        str(event.revision or "").encode(),\n',
        "",
        "of which revision a line is cannot be changed",
        NEAR,
    ),
    Fault(
        "ledger.home_can_be_changed",
        ACTIONS,
        "    if event.stands_in_from:  # only then",
        "    if False:  # only then",
        "for whom somebody stood in cannot be changed",
        NEAR,
    ),
    Fault(
        "ledger.name_of_who_guesses",
        ACTIONS,
        '        actor=Actor(account_id=account_id if good else None, kind="person"),\n',
        '        actor=Actor(account_id=account_id, kind="person"),\n',
        "a failed try does not say whether the account exists",
        f"{NEAR} tests/surfaces/desk/test_sign_in.py tests/attacks/test_guessing.py",
    ),
    Fault(
        "ledger.no_diary",
        ACTIONS,
        "            _in_diary(events)\n",
        "            pass\n",
        "a line that somebody takes out before it has its place is missed",
        NEAR,
    ),
    Fault(
        "ledger.forged_line_gets_a_place",
        CHAIN,
        "filter(is_authentic, waiting.iterator(chunk_size=BATCH))",
        "waiting.iterator(chunk_size=BATCH)",
        "a line from outside gets no place in the chain",
        NEAR,
    ),
    Fault(
        "ledger.no_head_outside",
        CHAIN,
        "        _write(_file_of_month(), map(_signed_head, moved))\n",
        "        pass\n",
        "where each chain stands is known outside the database",
        NEAR,
    ),
    Fault(
        "ledger.new_chain_is_not_known",
        CHAIN,
        "    _begin_chains()\n    moved",
        "    moved",
        "a chain that is made anew is told from one that begins",
        NEAR,
    ),
)
