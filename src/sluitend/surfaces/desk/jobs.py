"""Background work that no journey owns."""

from sluitend.kernel.followup.escalation import escalate_all
from sluitend.kernel.followup.jobs import app


@app.periodic(cron="*/5 * * * *")
@app.task(name="followup.escalate", queueing_lock="followup.escalate")
def escalate(timestamp: int) -> None:  # noqa: ARG001  (a periodic task gets the moment it was meant for)
    """Let what waits longer than agreed climb, every five minutes."""
    escalate_all()
