"""The ledger's own background work."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from sluitend.kernel.ledger.chain import link_all, sign_checkpoint

RECENT = timedelta(days=3)
"""How far each minute looks back. Each hour looks at everything, for what came in with an older date."""


@app.periodic(cron="* * * * *")
@app.task(name="ledger.link", queueing_lock="ledger.link")
def link(timestamp: int) -> None:
    """Give new lines their place in the chain, each minute."""
    link_all(since=timezone.now() - RECENT)


@app.periodic(cron="7 * * * *")
@app.task(name="ledger.checkpoint", queueing_lock="ledger.checkpoint")
def checkpoint(timestamp: int) -> None:
    """Give what is left its place and sign where every chain stands, each hour."""
    link_all()
    sign_checkpoint()
