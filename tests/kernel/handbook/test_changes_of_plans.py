"""What is different between two plans, as people read it."""

from dataclasses import replace

from tests.packs import den_haag

from sluitend.kernel.handbook.changes_of_plans import change_of
from sluitend.kernel.handbook.planning import plan, start_facts


def test_an_action_with_another_warning_asks_for_more_care_and_not_for_less_too() -> None:
    pack = den_haag()
    made = plan(start_facts(pack), pack)
    before = next(each for each in made.actions if each.warnings)
    other = next(each for each in pack.plan_warnings if each not in before.warnings)

    def changed(*warnings: str) -> tuple[bool, bool]:
        now = replace(before, warnings=pack.plan_warnings.named(warnings))
        change = change_of(replace(made, actions=(before,)), replace(made, actions=(now,)))
        return bool(change.careful), bool(change.freer)

    had = [each.id for each in before.warnings]
    assert changed(*had[1:], other.id) == (True, False)
    assert changed(*had, other.id) == (True, False)
    assert changed(*had[1:]) == (False, True)
    assert changed(*had) == (False, False)
