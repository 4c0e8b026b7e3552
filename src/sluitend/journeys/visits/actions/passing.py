"""What becomes of a hold when its day has passed: its asker is consulted, and what came out may end it."""

from sluitend.journeys.visits import rows, terms
from sluitend.journeys.visits.journey import CONSULT_ASKER, HOLD
from sluitend.journeys.visits.models import Consultation, Hold
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of

ENDS = frozenset({Consultation.Outcome.GO_AHEAD, Consultation.Outcome.NO_ANSWER})


def let_pass(row: Hold, actor: Actor) -> None:
    """Move a hold past its day and plan the consultation; the caller writes the row."""
    rows.step_state(row, Hold.State.PASSED)
    followup.plan(
        row=row,
        subject_kind=HOLD,
        what=CONSULT_ASKER,
        due=terms.due(CONSULT_ASKER),
        actor=actor,
    )


def came_out(said: Consultation, hold: Hold, actor: Actor) -> None:
    """Let "go ahead" and "no answer" end a hold. Who must still wait asks anew; until then it binds on."""
    if said.outcome in ENDS:
        rows.step_state(hold, Hold.State.ENDED)
        hold.ended_by = said
        rows.close(hold, actor)
    else:
        followup.plan(
            row=hold,
            subject_kind=HOLD,
            what=CONSULT_ASKER,
            due=end_of(said.wait_until) if said.wait_until else terms.due(CONSULT_ASKER),
            actor=actor,
        )
    rows.save_turn(hold, "state", "ended_by", *rows.CLOSED)
