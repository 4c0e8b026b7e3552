"""Access's own background work."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from sluitend.kernel.access import guessing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import for_each_organisation
from sluitend.kernel.organisations.models import PLATFORM_ID


@app.periodic(cron="27 * * * *")
@app.task(name="access.forget", queueing_lock="access.forget")
def forget(timestamp: int) -> None:
    """Delete counts of tries and sessions that are over, each hour."""
    for_each_organisation("access.forget", _forget_past, only=[PLATFORM_ID])


def _forget_past(_actor: Actor) -> None:
    guessing.forget_past()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
