"""Faults in who works where, and in absence."""

from tests.planted import Fault

ROLES = "journeys/administration/actions/grants.py"
DAYS = "journeys/administration/actions/absence.py"
AGREEMENTS = "journeys/administration/actions/agreements.py"
ABSENCE = "kernel/organisations/absence.py"

FAULTS = (
    Fault(
        "organisations.confirmed_though_nobody_offered",
        ROLES,
        "        if row is None or not row.given:\n",
        "        if row is None:\n",
        "nobody confirms what none of our processes offered",
        "tests/attacks/test_composed_people.py -k sql_began",
    ),
    Fault(
        "organisations.longer_though_nobody_offered",
        ROLES,
        "        if row.longer_on is not None and not row.longer_given:\n",
        "        if False:\n",
        "nobody confirms that a role works for longer when none of our processes offered that",
        "tests/surfaces/desk/test_longer.py -k sql",
    ),
    Fault(
        "organisations.accepted_though_nobody_gave",
        ROLES,
        "for row in with_it(membership_id, by) if row.given or is_agreed(row, covers=True)]",
        "for row in with_it(membership_id, by)]",
        "nobody accepts what none of our processes gave",
        "tests/attacks/test_composed_people.py -k 'sql_began or planted_role or agreement'",
    ),
    Fault(
        "organisations.offered_by_another",
        ROLES,
        "    if offered_by not in (None, row.invited_by) or ",
        "    if ",
        "our proof says who offered",
        "tests/attacks/test_composed_people.py -k names_another",
    ),
    Fault(
        "organisations.confirmed_by_another",
        ROLES,
        " or confirmed_by not in (None, row.confirmed_by):\n",
        ":\n",
        "our proof says who confirmed",
        "tests/attacks/test_composed_people.py -k names_another",
    ),
    Fault(
        "organisations.covers_without_agreement",
        ROLES,
        "    if covers and not (ours.covered and row.invited_by == ours.agreed_by_id):\n",
        "    if False:\n",
        "who stands in all the time does so by an agreement of the region",
        "tests/attacks/test_composed_people.py -k 'agreement or stand_in'",
    ),
    Fault(
        "organisations.stands_in_and_does_not_work",
        ROLES,
        "    return any(each.given for each in works.filter(role__in=DOES_CASES, agreement=None))\n",
        "    return True\n",
        "who stands in works with cases at home",
        "tests/attacks/test_composed_people.py -k 'agreement or stand_in'",
    ),
    Fault(
        "organisations.back_a_day_early",
        ABSENCE,
        "Absence.objects.filter(first__lte=wanted, last__gte=wanted)",
        "Absence.objects.filter(first__lte=wanted, last__gt=wanted)",
        "who is away is away on the last day too",
        "tests/test_outcomes.py::test_what_cannot_wait_goes_to_somebody_who_is_there",
    ),
    Fault(
        "organisations.away_twice",
        ABSENCE,
        "rows.filter(first__lte=last, last__gte=first)",
        "rows.filter(first__lt=last, last__gt=first)",
        "nobody is away twice on one day",
        "tests/kernel/organisations/test_absence.py::test_the_same_days_twice_are_refused",
    ),
    Fault(
        "organisations.stands_in_after_it_ended",
        DAYS,
        "    if row.stand_in_id:\n",
        "    if False:\n",
        "who stood in reads no longer when somebody is back",
        "tests/kernel/organisations/test_absence.py::test_back_sooner_the_stand_in_ends_too",
    ),
    Fault(
        "organisations.stands_in_after_leaving",
        AGREEMENTS,
        "    end_all(rows.filter(Q(organisation_id=organisation_id) | Q(home_id=organisation_id)))\n",
        "    assert rows is not None\n",
        "who stands in by an agreement stops when a municipality leaves it",
        "tests/kernel/organisations/test_absence.py::test_who_leaves_the_pool_ends_who_stands_in",
    ),
    Fault(
        "organisations.agreed_without_proof",
        AGREEMENTS,
        '    row.prove().save(update_fields=["agreed_by", "agreed_on", "proof"])\n',
        '    row.save(update_fields=["agreed_by", "agreed_on"])\n',
        "an agreement counts when one of our processes wrote it",
        "tests/kernel/organisations/test_absence.py",
    ),
)
