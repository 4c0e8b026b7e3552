"""The ledger's own background work."""

from procrastinate.contrib.django import app

from sluitend.kernel.ledger.chain import link_all, sign_checkpoint


@app.periodic(cron="* * * * *")
@app.task(name="ledger.link", queueing_lock="ledger.link")
def link(timestamp: int) -> None:  # noqa: ARG001  (a periodic task gets the moment it was meant for)
    """Give new lines their place in the chain, each minute."""
    link_all()


@app.periodic(cron="7 * * * *")
@app.task(name="ledger.checkpoint", queueing_lock="ledger.checkpoint")
def checkpoint(timestamp: int) -> None:  # noqa: ARG001  (the same)
    """Sign where every chain stands, each hour."""
    sign_checkpoint()
