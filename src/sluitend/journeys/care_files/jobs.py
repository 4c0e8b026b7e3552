"""Background work of care files. It may run twice."""

from sluitend.journeys.care_files import actions
from sluitend.journeys.care_files.journey import BY_CLOCK
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.jobs import app, for_each_organisation

EACH_QUARTER = "*/15 * * * *"


@app.periodic(cron=EACH_QUARTER)
@app.task(name=BY_CLOCK, queueing_lock=BY_CLOCK)
def by_clock(timestamp: int) -> None:
    """Let each care file know what was learnt, that somebody is 18, and that an appointment comes or was."""

    def work(actor: Actor) -> None:
        actions.hear_of_minors(actor)
        actions.turn_adults(actor)
        actions.end_moved(actor)
        actions.appointments_by_clock(actor)

    for_each_organisation(BY_CLOCK, work, kinds=("partner",))
