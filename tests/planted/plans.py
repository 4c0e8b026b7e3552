"""Faults in the plan of a case: in how it is made of the rules, and in what looks at the rules."""

from tests.planted import Fault

PLANNING = "kernel/handbook/planning.py"
ACTIONS = "kernel/handbook/checks_of_actions.py"
RULES = "kernel/handbook/checks_of_plans.py"
SAMPLES = "kernel/handbook/checks_of_samples.py"
PROMISES = "kernel/handbook/promises_of_plans.py"

OF_THE_REGION = "tests/kernel/handbook/test_plans_of_the_region.py"
OF_PROMISES = "tests/kernel/handbook/test_promises_of_plans.py"
OF_CHECKS = "tests/kernel/handbook/test_checks_of_plans.py"

FAULTS = (
    Fault(
        "plans.equal_takes_away",
        PLANNING,
        "if rank > strongest and",
        "if rank >= strongest and",
        "only a stronger rule takes an action away",
        "tests/kernel/handbook/test_planning.py",
    ),
    Fault(
        "plans.part_comes_back",
        PLANNING,
        "        may=tuple(part for part in share.may if part not in withheld),\n",
        "        may=share.may,\n",
        "what a rule withholds does not go along",
        OF_THE_REGION,
    ),
    Fault(
        "plans.slowest_counts",
        PLANNING,
        "return min((*asked, *hastened), key=_URGENCIES.index, default=Urgency.DAYS)",
        "return max((*asked, *hastened), key=_URGENCIES.index, default=Urgency.DAYS)",
        "of two rules the fastest counts",
        OF_THE_REGION,
    ),
    Fault(
        "plans.no_lock_before",
        PLANNING,
        "        if before.id in present and before.id not in done:\n",
        "        if False:\n",
        "what must come first is a lock",
        OF_THE_REGION,
    ),
    Fault(
        "plans.elsewhere_too",
        PLANNING,
        "    return named.covers(subregion) if named else",
        "    return True if named else",
        "who does not work in this part of the region is not asked",
        "tests/kernel/handbook/test_plan_parties.py",
    ),
    Fault(
        "plans.never_part_is_sent",
        ACTIONS,
        "        if part and part.never:\n",
        "        if part and False:\n",
        "a ceiling has no part that may never leave",
        OF_CHECKS,
    ),
    Fault(
        "plans.papers_later",
        ACTIONS,
        "    if kind in REACHES_POLICE and PAPERS not in action.gates:\n",
        "    if kind is PartyKind.POLICE and PAPERS not in action.gates:\n",
        "what reaches an inspection waits for the question about papers too",
        OF_CHECKS,
    ),
    Fault(
        "plans.guard_takes_help",
        RULES,
        "        if rule.rank is Rank.GUARD:\n",
        "        if False:\n",
        "no guard takes help away",
        OF_CHECKS,
    ),
    Fault(
        "plans.any_value_is_read",
        RULES,
        "    if reading.value not in (fact.protective or values_of(fact, pack)[1:]):\n",
        "    if reading.value not in values_of(fact, pack):\n",
        "no machine says that there is no danger",
        OF_CHECKS,
    ),
    Fault(
        "plans.no_promise_asked",
        SAMPLES,
        "            broken(trial.facts, made, pack),\n",
        "",
        "a release whose samples break a promise is refused",
        OF_CHECKS,
    ),
    Fault(
        "plans.news_forgets",
        SAMPLES,
        "        facts = facts_with(pack, _news(step, pack), on=facts)\n",
        "        facts = facts_with(pack, _news(step, pack))\n",
        "news comes on top of what was known",
        OF_CHECKS,
    ),
    Fault(
        "plans.unconfirmed_in_public",
        PLANNING,
        "            if each.action.public and each.action.confirmed and each.party.confirmed\n",
        "            if each.action.public and each.party.confirmed\n",
        "whoever asks whom to call reads only what is confirmed",
        OF_PROMISES,
    ),
    Fault(
        "plans.help_waits",
        PROMISES,
        "        if _GATES_OF_THE_PLACE & {lock.id for lock in each.locks}:\n",
        "        if False:\n",
        "help waits for no gate of the place",
        OF_PROMISES,
    ),
    Fault(
        "plans.named_against_the_wish",
        PROMISES,
        '        if helps and case.has("wish", "no") and',
        "        if False and",
        "nobody who wants no help is named",
        OF_PROMISES,
    ),
)
