"""Sealing's own background work."""

from procrastinate.contrib.django import app

from sluitend.kernel.access.rounds import for_each_organisation
from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.sealing.destructions import write_missing


@app.periodic(cron="17 * * * *")
@app.task(name="sealing.destructions", queueing_lock="sealing.destructions")
def note_destructions(timestamp: int) -> None:
    """Write in the signed register what a process that stopped half-way left out, each hour."""
    for_each_organisation("sealing.destructions", lambda actor: write_missing(), only=[PLATFORM_ID])
