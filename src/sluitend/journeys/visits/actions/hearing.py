"""What the cases about the place of a wait request hear: that it is there, that it ended, and danger."""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.visits import jobs, terms
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.language import in_dutch


def let_cases_hear(row: WaitRequest, actor: Actor) -> None:
    """Let the open cases about the place of a lifted wait request hear what the reason for that tells.

    Args:
        row: lifted a moment ago.
        actor: a focal point, or the system where a manager or the asker lifted it: they work on no case.
    """
    reason = terms.pack().reason_list("lift_wait_request").reason(row.lift_reason)
    if reason is None or not (reason.acute or reason.minor):
        return
    planned = bound.bound_visits(row, Visit.State.PLANNED, Visit.State.RELEASED)
    cases.hear_at_place(
        actor, bound.tokens_of(row), case_ids=[each.case_id for each in planned], reason=reason, told=row.code
    )


def let_plans_follow(row: WaitRequest) -> None:
    """Let the open cases about the place of a wait request go on by it, soon: it came, or ended.

    Their facts have it at once. That a case cannot go on keeps nobody from asking to wait.
    """
    after_commit(jobs.tell_plans, row.id, row.organisation_id)


def tell_plans(wait_request_id: UUID, actor: Actor) -> None:
    """Let the open cases about the place of a wait request go on by it.

    Args:
        wait_request_id: which.
        actor: the system, acting for the municipality that it binds.
    """
    row = WaitRequest.objects.get(pk=wait_request_id, organisation_id=actor.own_organisation)
    over = row.state not in WaitRequest.BINDING
    with in_dutch():
        told = (
            _("Een partner vroeg bij deze plek te wachten: %(code)s")
            if not over
            else _("Het wachtverzoek bij deze plek geldt niet meer: %(code)s")
        )
    cases.note_at_place(actor, bound.tokens_of(row), told=told % {"code": row.code}, over=over)
