"""Somebody writes here in the moment in which another organisation takes the client over: one is too late."""

from functools import partial

from tests.journeys.care_files.test_files import seen
from tests.journeys.care_moves.test_moving import offered
from tests.journeys.care_shares.conftest import made
from tests.journeys.care_shares.test_at_once import at_once

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_moves import actions


def test_a_rule_that_is_written_while_another_takes_over_is_never_lost(own_database: str) -> None:
    """Written here after it, the other organisation would call a person who may not be called."""
    never = files.Rule(channel="call", effect="never")
    for _round in range(3):
        desk = made()
        _share, code = offered(desk)
        write, accept = at_once(
            partial(desk.do, desk.coordinator, files.add_rule, code=desk.code, rule=never, revision=None),
            partial(desk.do, desk.support, actions.accept, code=code),
        )
        rules = len(seen(desk.coordinator, desk.code).rules)
        assert (write, accept, rules) in (("DomainError", "", 1), ("", "Conflict", 2))
