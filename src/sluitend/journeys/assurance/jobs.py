"""Background work for what the region keeps of help. It may run twice."""

from datetime import timedelta

from django.utils import timezone

from sluitend.journeys.assurance import actions
from sluitend.journeys.care import actions as care
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.jobs import PATIENT, app, for_each_organisation
from sluitend.kernel.handbook.queries import current_release

A_YEAR = timedelta(days=365)


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


@app.periodic(cron="40 5 * * *")
@app.task(name="assurance.elsewhere", queueing_lock="assurance.elsewhere")
def tell_of_ends(timestamp: int) -> None:
    """Let each municipality and partner hear in the morning of what ends, as far as it is their business."""

    def work(actor: Actor) -> None:
        actions.tell_of_ends(actor)
        actions.tell_of_losses(actor)

    for_each_organisation("assurance.elsewhere", work, kinds=("municipality", "partner"))


@app.task(name="assurance.losses", retry=PATIENT)
def tell_of_losses(ids: list[str]) -> None:
    """Let who shares with a provider hear at once that it stops.

    Args:
        ids: of what the region changed; whom it is about follows from all of it.
    """
    for_each_organisation("assurance.losses", actions.tell_of_losses, kinds=("partner",))


@app.periodic(cron="45 5 * * *")
@app.task(name="assurance.rounds", queueing_lock="assurance.rounds")
def settle_rounds(timestamp: int) -> None:
    """Settle each morning what may be told of questions that are over, and remind once of those that run."""

    def work(actor: Actor) -> None:
        actions.settle_rounds(actor)
        actions.remind_askers(actor)

    for_each_organisation("assurance.rounds", work, kinds=("region",))


@app.task(name="assurance.mail_asker", retry=PATIENT)
def mail_askers(ids: list[str]) -> None:
    """Let care mail who asked in the last year that a message waits.

    Args:
        ids: of the round; whom it mails is the same for each.
    """
    since = timezone.localdate() - A_YEAR
    for_each_organisation(
        "assurance.mail_asker", lambda actor: care.mail_askers(since, actor), kinds=("partner",)
    )
