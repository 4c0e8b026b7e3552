"""Access's own background work."""

from procrastinate.contrib.django import app

from sluitend.kernel.access import guessing


@app.periodic(cron="27 * * * *")
@app.task(name="access.forget", queueing_lock="access.forget")
def forget(timestamp: int) -> None:
    """Delete counts of tries that are over, each hour."""
    guessing.forget_past()
