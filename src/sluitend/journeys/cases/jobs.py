"""Background work of cases: what became known below is heard here."""

from sluitend.journeys.cases.actions import hear_reporters
from sluitend.kernel.followup.jobs import app, for_each_organisation

EACH_MINUTE = "* * * * *"


@app.periodic(cron=EACH_MINUTE)
@app.task(name="cases.hear", queueing_lock="cases.hear")
def hear(timestamp: int) -> None:
    """Let cases hear what their reporters ticked: the sweep that brings it knows of no cases."""
    for_each_organisation("cases.hear", hear_reporters, kinds=("municipality",))
