"""The ledger's own background work: links, checkpoints, what a second party gets, the diary."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from sluitend.kernel.access.rounds import for_each_organisation
from sluitend.kernel.ledger import diary
from sluitend.kernel.ledger.chain import link_all, sign_checkpoint
from sluitend.kernel.ledger.heads import send_heads
from sluitend.kernel.organisations.models import PLATFORM_ID

RECENT = timedelta(days=3)
"""How far each minute looks back. Each hour looks at everything, for what came in with an older date."""


@app.periodic(cron="* * * * *")
@app.task(name="ledger.link", queueing_lock="ledger.link")
def link(timestamp: int) -> None:
    """Give new lines their place in the chain, each minute, and sign where each that moved stands."""
    link_all(since=timezone.now() - RECENT)


@app.periodic(cron="7 * * * *")
@app.task(name="ledger.checkpoint", queueing_lock="ledger.checkpoint")
def checkpoint(timestamp: int) -> None:
    """Give what is left its place and sign where every chain stands, each hour."""
    try:
        link_all()
    finally:  # one chain that fails keeps no other from its checkpoint
        sign_checkpoint()


@app.periodic(cron="*/5 * * * *")
@app.task(name="ledger.heads", queue="mail", queueing_lock="ledger.heads")
def tell_heads(timestamp: int) -> None:
    """Send a second party where the chains stand, where one is set."""
    for_each_organisation("ledger.heads", lambda actor: send_heads(), only=[PLATFORM_ID])


@app.periodic(cron="27 * * * *")
@app.task(name="ledger.diary", queueing_lock="ledger.diary")
def forget_diary(timestamp: int) -> None:
    """Throw away what the diary need not keep, each hour."""
    for_each_organisation("ledger.diary", lambda actor: diary.forget_old(), only=[PLATFORM_ID])
