"""Background work of exchanges. Arguments are ids only; every job may run twice."""

from uuid import UUID

from sluitend.journeys.cases.actions import PASSES_ON
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.jobs import PATIENT, app, for_each_organisation

EACH_MINUTE = "* * * * *"


@app.task(name="exchanges.pass_on_at_once", retry=PATIENT)
def pass_on_at_once(ids: list[str]) -> None:
    """Let other municipalities hear what these just heard of cases that they took.

    Args:
        ids: of municipalities.
    """
    _pass_on([UUID(each) for each in ids])


PASSES_ON.append(pass_on_at_once)


@app.periodic(cron=EACH_MINUTE)
@app.task(name="exchanges.pass_on", queueing_lock="exchanges.pass_on")
def pass_on(timestamp: int) -> None:
    """Do so for what was left."""
    _pass_on(None)


def _pass_on(only: list[UUID] | None) -> None:
    from sluitend.journeys.exchanges.actions import pass_on_heard  # the actions queue the jobs here

    for_each_organisation("exchanges.pass_on", pass_on_heard, kinds=("municipality",), only=only)


@app.periodic(cron="50 5 * * *")
@app.task(name="exchanges.directory", queueing_lock="exchanges.directory")
def ask_to_confirm(timestamp: int) -> None:
    """Ask each morning whose line in the directory was confirmed half a year ago whether it is right."""
    from sluitend.journeys.exchanges import actions

    for_each_organisation(
        "exchanges.directory", actions.ask_to_confirm, kinds=("municipality", "partner", "region")
    )


@app.task(name="exchanges.tell_answer", retry=PATIENT)
def tell_answer(ids: list[str]) -> None:
    """Let the case about which information was asked hear what came back.

    Args:
        ids: a request, then the organisation that asked.
    """
    from sluitend.journeys.exchanges.actions import hear_answer

    request_id, asker_id = (UUID(each) for each in ids)
    with acting(system_actor(asker_id)) as actor:
        hear_answer(request_id, actor)


@app.task(name="exchanges.let_case_hear", retry=PATIENT)
def let_case_hear(ids: list[str]) -> None:
    """Let who has a case, or is asked to take it, hear what its sender heard.

    Args:
        ids: a transfer, then the organisation that received it.
    """
    from sluitend.journeys.exchanges.actions import hear_onward

    transfer_id, recipient_id = (UUID(each) for each in ids)
    with acting(system_actor(recipient_id)) as actor:
        hear_onward(transfer_id, actor)
