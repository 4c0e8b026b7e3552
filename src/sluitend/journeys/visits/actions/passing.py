"""What becomes of a wait request after its day: its asker is consulted, and what came out may end it."""

from sluitend.journeys.visits import terms
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.journey import CONSULT_ASKER, WAIT_REQUEST
from sluitend.journeys.visits.models import Consultation, WaitRequest
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of

ENDS = frozenset({Consultation.Outcome.GO_AHEAD, Consultation.Outcome.NO_ANSWER})


def let_pass(row: WaitRequest, actor: Actor) -> None:
    """Move a wait request past its day and plan the consultation; the caller writes the row."""
    row.move(WaitRequest.State.PASSED)
    followup.plan(
        row=row,
        subject_kind=WAIT_REQUEST,
        what=CONSULT_ASKER,
        due=terms.due(CONSULT_ASKER),
        actor=actor,
    )


def came_out(said: Consultation, wait_request: WaitRequest, actor: Actor) -> None:
    """Let "go ahead" and "no answer" end a wait request. Else the asker asks anew; until then it binds.

    The caller writes the row.
    """
    if said.outcome in ENDS:
        wait_request.move(WaitRequest.State.ENDED)
        wait_request.ended_by = said
        writing.close(wait_request, actor)
    else:
        followup.plan(
            row=wait_request,
            subject_kind=WAIT_REQUEST,
            what=CONSULT_ASKER,
            due=end_of(said.wait_until) if said.wait_until else terms.due(CONSULT_ASKER),
            actor=actor,
        )
