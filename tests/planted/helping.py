"""Faults in what can be looked up of help and shelter, and in whether somebody may be reached."""

from tests.planted import Fault

CONTACTING = "journeys/care_files/contacting.py"
RULES = "kernel/handbook/checks_of_care.py"
FORMS = "tests/surfaces/handbook/test_consents.py::"
EXAMPLES = "tests/journeys/care_files/test_contacting.py"

FAULTS = (
    Fault(
        "helping.only_closes_nothing",
        CONTACTING,
        "    counts = only or [each for each in rules if each.effect is Effect.ALLOWED]\n",
        "    counts = [each for each in rules if each.effect is not Effect.NEVER]\n",
        "who may be reached in one way only is reached in no other",
        EXAMPLES,
    ),
    Fault(
        "helping.past_rule_opens",
        CONTACTING,
        "    fresh = [each for each in rules if not each.past(at)]\n",
        "    fresh = list(rules)\n",
        "a rule that nobody looked at again opens nothing",
        EXAMPLES,
    ),
    Fault(
        "helping.called_at_any_hour",
        "journeys/care_files/content/person.py",
        "        return ContactRule(self.channel, Effect(self.effect), days, start, end, check_on)\n",
        "        return ContactRule(self.channel, Effect(self.effect), days, check_on=check_on)\n",
        "nobody is called outside the time that was asked for",
        "tests/journeys/care/test_handling.py::test_nobody_is_called_outside_the_time_that_was_asked_for",
    ),
    Fault(
        "helping.printed_once_lifted",
        "kernel/handbook/pack.py",
        "(block.lifted and consent.confirmed)",
        "block.lifted",
        "a text that waits for a lawyer is not printed before it is confirmed",
        f"{FORMS}test_lifting_the_block_is_not_enough_until_the_text_is_confirmed",
    ),
    Fault(
        "helping.forms_for_every_partner",
        "surfaces/handbook/consents.py",
        "    return partner is not None and partner.gives_care\n",
        "    return partner is not None\n",
        "only care prints what somebody is asked to agree to",
        f"{FORMS}test_nobody_else_is_told_that_there_are_forms",
    ),
    Fault(
        "helping.address_in_the_offer",
        RULES,
        "        if _POSTCODE.search(words) or _STREET.search(words):\n",
        "        if _STREET.search(words):\n",
        "no address of shelter stands in a handbook",
        "tests/kernel/handbook/test_checks_of_care.py",
    ),
    Fault(
        "helping.child_without_care",
        RULES,
        "        if situation.minor and not (first & coordination and first - coordination):\n",
        "        if situation.minor and not first - coordination:\n",
        "a child goes to care coordination too",
        "tests/kernel/handbook/test_checks_of_care.py",
    ),
)
