"""Access's own background work."""

from procrastinate.contrib.django import app

from sluitend.kernel.access import guessing
from sluitend.kernel.access.rounds import for_each_organisation
from sluitend.kernel.organisations.models import PLATFORM_ID


@app.periodic(cron="27 * * * *")
@app.task(name="access.forget", queueing_lock="access.forget")
def forget(timestamp: int) -> None:
    """Delete counts of tries that are over, each hour."""
    for_each_organisation("access.forget", lambda actor: guessing.forget_past(), only=[PLATFORM_ID])
