"""At whose door something comes in: who takes it up there, and by which steps."""

from dataclasses import dataclass

from sluitend.journeys.reports.journey import (
    ANSWER_ADVICE,
    ANSWER_CONSULT,
    AWAIT_CARE,
    AWAIT_MUNICIPALITY,
    BACK_FROM_CARE,
    BACK_FROM_MUNICIPALITY,
    CARE_REQUEST,
    READ_ANSWER,
    READ_ASKER,
    READ_REPORT,
    REPORT,
    TAKE_REQUEST,
)
from sluitend.kernel.manifest import StepKind, SubjectKind
from sluitend.kernel.organisations.models import Role


@dataclass(frozen=True)
class Door:
    """What differs between who receives.

    Attributes:
        role: whose its first step is.
        read, advise, hear: the steps for what comes in, for a question for advice, and for a later message.
        wait: for what was passed on to the other door, until it is taken over there.
        back: for what came back from there.
        second_eyes: whether a deputy looks along at danger and at a child.
    """

    kind: SubjectKind
    role: Role
    read: StepKind
    advise: StepKind
    hear: StepKind
    wait: StepKind
    back: StepKind
    second_eyes: bool


MUNICIPALITY = Door(
    REPORT,
    Role.FOCAL_POINT,
    READ_REPORT,
    ANSWER_ADVICE,
    READ_ANSWER,
    AWAIT_CARE,
    BACK_FROM_CARE,
    second_eyes=True,
)
CARE = Door(
    CARE_REQUEST,
    Role.PARTNER,
    TAKE_REQUEST,
    ANSWER_CONSULT,
    READ_ASKER,
    AWAIT_MUNICIPALITY,
    BACK_FROM_MUNICIPALITY,
    second_eyes=False,
)
