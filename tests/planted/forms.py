"""Faults in forms."""

from tests.planted import Fault

ACTIONS = "forms/actions.py"

FAULTS = (
    Fault(
        "forms.keys_stay",
        ACTIONS,
        "    SentForm.objects.filter(organisation_id=actor.own_organisation, day__lt=yesterday).delete()\n",
        "",
        "that a form was sent is known for two days",
        "tests/surfaces/desk/test_once.py::test_a_day_later_it_is_forgotten",
    ),
    Fault(
        "forms.draft_from_the_future",
        ACTIONS,
        "Q(until__lt=now) | Q(until__gt=now + timedelta(hours=DRAFT_HOURS + 1))",
        "Q(until__lt=now)",
        "a draft goes after its hours, whatever date somebody wrote on it",
        "tests/journeys/reports/test_jobs.py::test_a_draft_of_a_clock_that_ran_ahead_is_forgotten_too",
    ),
)
