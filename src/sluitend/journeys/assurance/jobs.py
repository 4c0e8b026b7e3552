"""Background work for what the region keeps of help. It may run twice."""

from sluitend.journeys.assurance import actions
from sluitend.kernel.followup.jobs import app, for_each_organisation
from sluitend.kernel.handbook.queries import current_release


@app.periodic(cron="25 5 * * *")
@app.task(name="assurance.figures", queueing_lock="assurance.figures")
def settle_figures(timestamp: int) -> None:
    """Settle the figures of a half year that is over, each morning; most days there is none to settle."""
    pack = current_release().pack
    for_each_organisation(
        "assurance.figures", lambda _actor: actions.release_figures(pack), kinds=("region",)
    )


@app.periodic(cron="35 5 * * *")
@app.task(name="assurance.ends", queueing_lock="assurance.ends")
def remind_of_ends(timestamp: int) -> None:
    """Say each morning what ends within a year, and what nobody decided about."""
    for_each_organisation("assurance.ends", actions.remind_of_ends, kinds=("region",))
