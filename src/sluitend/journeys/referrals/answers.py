"""What a partner can answer to a referral, and what an answer asks of its sender."""

from datetime import datetime

from sluitend.journeys.cases.journey import NIGHT_WITHOUT_PLACE, PARTNER_ANSWERED, PARTNER_RETURNED
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, AWAIT_WORD
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.finding import has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.recognition import FeedbackCode, Opens
from sluitend.kernel.manifest import StepKind

NOT_OURS = "niet_van_ons"
"""The feedback code with which a referral goes back and nothing stays behind."""

ASKS_BACK = "vraag_terug"
"""The feedback code that asking something sets by itself."""

NO_ANSWER = "geen_antwoord"
"""The feedback code with which the sender ends what a partner never answered."""

SAYS_NOTHING = "mag_niets_zeggen"
"""The feedback code of who may say nothing; a reporter may always get its sentence, to infer nothing."""

CAN_READ = frozenset({State.ACCEPTED, State.DONE})
"""The states in which a partner reads what was shared, as long as its access has not ended."""

OPEN_STATES = frozenset({State.SENT, State.ACCEPTED, State.EXPIRED})
"""The states in which a partner can still be waited for."""


def codes_of(row: Referral) -> tuple[FeedbackCode, ...]:
    """Return the feedback codes that the partner of a referral may use, in the order of the handbook."""
    pack, usable = row.pack, {"all", row.partner}
    partner = pack.partners.get(row.partner)
    kind = partner.kind if partner else ""
    return tuple(
        code for code in pack.feedback_codes if usable & set(code.used_by) or kind in code.used_by_kinds
    )


def answers_of_partner(row: Referral) -> tuple[FeedbackCode, ...]:
    """Return the codes from which a partner chooses: asking something is an action of its own."""
    return tuple(code for code in codes_of(row) if code.id != ASKS_BACK)


ANSWERED = (PARTNER_ANSWERED, NIGHT_WITHOUT_PLACE)
"""The steps of the sender that are done by reading what a partner answered."""


READ = (*ANSWERED, PARTNER_RETURNED)
"""The steps of the sender that wait for an answer, or a return, to be read."""


def step_after(code: FeedbackCode) -> StepKind:
    """Return what the sender must do after an answer."""
    return NIGHT_WITHOUT_PLACE if code.opens is Opens.NIGHT_WITHOUT_PLACE else PARTNER_ANSWERED


def is_urgent(row: Referral, what: StepKind) -> bool:
    """Return whether a step about this referral goes before everything else."""
    return row.acute or what is NIGHT_WITHOUT_PLACE


def due(row: Referral, what: StepKind) -> datetime:
    """Return when a step of the sender is due; a night without a place has one time for everybody."""
    if what is NIGHT_WITHOUT_PLACE:
        return due_for(row.pack, what)
    acute, minor = hurry(row)
    return due_for(row.pack, what, acute=acute, minor=minor)


def hurry(row: Referral) -> tuple[bool, bool]:
    """Return whether its terms are at once or the same day: the urgency of a route is that of both sides."""
    return row.acute, row.minor or row.urgency == Urgency.TODAY


def only_asked(row: Referral) -> bool:
    """Return whether all that the partner gave is a question: an answer, but not the one that is awaited."""
    return row.answer == ASKS_BACK


def waiting_step(row: Referral) -> StepKind:
    """Return the step of a sender that waits: for an answer, or for what the partner says after one."""
    return AWAIT_WORD if row.answered and not only_asked(row) else AWAIT_PARTNER


def may_stop_waiting(row: Referral) -> bool:
    """Return whether its sender may end it: the partner answered, and did not end it."""
    return row.answered and not only_asked(row) and row.closed is None and row.state in OPEN_STATES


def waits_for_reading(row: Referral, actor: Actor) -> bool:
    """Return whether an answer or a return waits for the sender to be read."""
    return has_open(row, actor, *READ)
