"""Background work of shelter. It may run twice."""

from uuid import UUID

from django.utils import timezone

from sluitend.journeys.shelter.nights import clock_of
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import PATIENT, after_commit, app, for_each_organisation
from sluitend.kernel.handbook.queries import current_release

EACH_QUARTER = "*/15 * * * *"


@app.periodic(cron=EACH_QUARTER)
@app.task(name="shelter.by_clock", queueing_lock="shelter.by_clock")
def by_clock(timestamp: int) -> None:
    """Let each night have its row, and whoever looks for a bed know it in time."""
    from sluitend.journeys.shelter import actions  # the actions queue the job below

    pack = current_release().pack
    if not pack.night_hours:
        return
    clock = clock_of(pack)

    def work(actor: Actor) -> None:
        actions.by_clock(actor, pack)
        actions.forget_addresses(actor, pack)
        if told := actions.to_remind(actor, clock, timezone.now()):
            after_commit(tell, *told)

    for_each_organisation("shelter.by_clock", work, kinds=("partner",))


@app.task(name="shelter.hear_hotel", retry=PATIENT)
def hear_hotel(ids: list[str]) -> None:
    """Let a night follow from what a municipality decided. Only care may change its own search.

    Args:
        ids: of what was asked, then of the organisation that asked it.
    """
    from sluitend.journeys.shelter.actions.hotels import hear_hotel as hear  # the actions queue this job

    asked, own = (UUID(each) for each in ids)
    with acting(system_actor(own)) as actor:
        hear(asked, actor)
