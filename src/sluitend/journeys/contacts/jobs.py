"""Background work of contacts. Arguments are ids only; every job may run twice."""

from uuid import UUID

from django.utils import timezone

from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.jobs import after_commit, app, each_organisation

EACH_MORNING = "10 5 * * *"


@app.task(name="contacts.catch_up", retry=5)
def catch_up(ids: list[str]) -> None:
    """Let municipalities make the tokens of new holds, and tell their focal points that something waits.

    Args:
        ids: of municipalities.
    """
    from sluitend.journeys.contacts.actions import catching_up  # the actions queue the jobs here

    for organisation_id in ids:
        with acting(system_actor(UUID(organisation_id))) as actor:
            if catching_up.catch_up(actor):
                after_commit(tell, *catching_up.focal_accounts(actor))


@app.periodic(cron=EACH_MORNING)
@app.task(name="contacts.each_morning", queueing_lock="contacts.each_morning")
def each_morning(timestamp: int) -> None:
    """Catch up with whatever was missed, and let the holds pass whose day is over."""
    from sluitend.journeys.contacts.actions import catch_up, pass_holds

    for actor in each_organisation(kinds=("municipality",)):
        catch_up(actor)
        pass_holds(actor=actor, today=timezone.localdate())
