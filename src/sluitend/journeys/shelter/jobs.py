"""Background work of shelter. It may run twice."""

from django.utils import timezone

from sluitend.journeys.shelter import actions
from sluitend.journeys.shelter.nights import clock_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit, app, for_each_organisation
from sluitend.kernel.handbook.queries import current_release

EACH_QUARTER = "*/15 * * * *"


@app.periodic(cron=EACH_QUARTER)
@app.task(name="shelter.by_clock", queueing_lock="shelter.by_clock")
def by_clock(timestamp: int) -> None:
    """Let each night have its row, and whoever looks for a bed know it in time."""
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
