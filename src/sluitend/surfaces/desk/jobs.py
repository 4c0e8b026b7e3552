"""Background work that no journey owns."""

from sluitend.kernel.access.holding import end_held
from sluitend.kernel.followup.alarms import look_after_all
from sluitend.kernel.followup.digest import tell_at_the_hour
from sluitend.kernel.followup.escalation import escalate_all
from sluitend.kernel.followup.jobs import app, for_each_organisation
from sluitend.kernel.ledger import feed
from sluitend.kernel.organisations.models import PLATFORM_ID


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


@app.periodic(cron="*/10 * * * *")
@app.task(name="followup.digest", queueing_lock="followup.digest")
def digest(timestamp: int) -> None:
    """Mail who chose one mail a day, from their hour on, every ten minutes."""
    for_each_organisation("followup.digest", tell_at_the_hour, only=[PLATFORM_ID])


@app.periodic(cron="* * * * *")
@app.task(name="access.release", queue="mail", queueing_lock="access.release")
def release(timestamp: int) -> None:
    """End what a session of the web holds for longer than any page takes, each minute.

    Not among the other work, which may be what waits for it.
    """
    ended = end_held()  # before anything else is asked, that may wait for it too
    if ended:
        feed.tell("failed.held", outcome="failed", detail=str(ended))
    for_each_organisation("access.release", lambda actor: ended, only=[PLATFORM_ID])
