"""Background work that no journey owns."""

from sluitend.kernel.followup.alarms import look_after_all
from sluitend.kernel.followup.escalation import escalate_all
from sluitend.kernel.followup.jobs import app


@app.periodic(cron="*/5 * * * *")
@app.task(name="followup.escalate", queueing_lock="followup.escalate")
def escalate(timestamp: int) -> None:
    """Let what waits longer than agreed climb, every five minutes."""
    escalate_all()


@app.periodic(cron="*/5 * * * *")
@app.task(name="followup.alarms", queueing_lock="followup.alarms")
def alarms(timestamp: int) -> None:
    """Let administrators hear what runs by the clock and fails, every five minutes."""
    look_after_all()
