"""Reading next steps: what waits for whom."""

from sluitend.kernel.followup.queries.late import (
    escalation_choice,
    stood_for,
    waiting_longest,
    without_answered,
)
from sluitend.kernel.followup.queries.own import (
    MOST_SAID,
    PAGE,
    SecondEyes,
    Since,
    StepView,
    given_steps,
    open_counts,
    open_steps,
    private_steps,
    second_eyes,
    since,
    team_steps,
)
from sluitend.kernel.followup.queries.whole import (
    OpenSteps,
    WaitingThere,
    nobody_has,
    open_by_kind,
    open_by_owner,
    open_of_team,
    open_subjects,
    waiting_elsewhere,
)

__all__ = [
    "MOST_SAID",
    "PAGE",
    "OpenSteps",
    "SecondEyes",
    "Since",
    "StepView",
    "WaitingThere",
    "escalation_choice",
    "given_steps",
    "nobody_has",
    "open_by_kind",
    "open_by_owner",
    "open_counts",
    "open_of_team",
    "open_steps",
    "open_subjects",
    "private_steps",
    "second_eyes",
    "since",
    "stood_for",
    "team_steps",
    "waiting_elsewhere",
    "waiting_longest",
    "without_answered",
]
