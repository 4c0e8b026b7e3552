"""Background work of visits. Arguments are ids only; every job may run twice."""

from functools import partial
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.referrals.jobs import HEARS_WAITING
from sluitend.journeys.visits.models import WaitRequestQuestion
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit, app, for_each_organisation
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues

EACH_MORNING = "10 5 * * *"


@app.task(name="visits.catch_up", retry=5)
def catch_up(ids: list[str]) -> None:
    """Let municipalities make the tokens of new wait requests, and tell focal points that something waits.

    Args:
        ids: of municipalities.
    """
    from sluitend.journeys.visits.actions import catching_up  # the actions queue the jobs here

    def work(actor: Actor) -> None:
        if catching_up.catch_up(actor):
            after_commit(tell, *catching_up.focal_accounts(actor))

    for_each_organisation("visits.catch_up", work, only=[UUID(each) for each in ids])


HEARS_WAITING.append(catch_up)


@app.task(name="visits.tell_plans")
def tell_plans(ids: list[str]) -> None:
    """Let the cases about the place of a wait request go on by it; one that cannot stops no other.

    Args:
        ids: a wait request, then the municipality that it binds.
    """
    from sluitend.journeys.visits.actions import hearing  # the actions queue the jobs here

    wait_request_id, organisation_id = (UUID(each) for each in ids)
    for_each_organisation(
        "visits.tell_plans", partial(hearing.tell_plans, wait_request_id), only=[organisation_id]
    )


@app.task(name="visits.tell_asker", retry=5)
def tell_asker(ids: list[str]) -> None:
    """Mail the people of an asker that something waits, without saying what.

    Args:
        ids: of the organisation.
    """
    for organisation_id in ids:
        with acting(system_actor(UUID(organisation_id))):
            people = colleagues(UUID(organisation_id), roles=[Role.PARTNER])
            after_commit(tell, *sorted({each.account_id for each in people}))


@app.task(name="visits.finish_question_steps", retry=5)
def finish_question_steps(ids: list[str]) -> None:
    """Finish what is still open for an asker about a question that needs no answer any more.

    Args:
        ids: a question, then the organisation that was asked.
    """
    question_id, asker_id = (UUID(each) for each in ids)
    with acting(system_actor(asker_id)) as actor:
        row = WaitRequestQuestion.objects.filter(pk=question_id, asker_id=asker_id).first()
        if row is not None and row.recipient_closed is not None:
            finish_open(subject_id=question_id, actor=actor)


@app.periodic(cron=EACH_MORNING)
@app.task(name="visits.each_morning", queueing_lock="visits.each_morning")
def each_morning(timestamp: int) -> None:
    """Catch up with whatever was missed, let wait requests pass, and destroy what was kept long enough."""
    from sluitend.journeys.visits.actions import catch_up, destroy_passed, pass_wait_requests

    def work(actor: Actor) -> None:
        pass_wait_requests(actor=actor, today=timezone.localdate())
        destroy_passed(actor=actor, today=timezone.localdate())

    try:
        for_each_organisation("visits.catch_up", catch_up, kinds=("municipality",))
    finally:
        for_each_organisation("visits.each_morning", work, kinds=("municipality",))
