"""Background work of the handbook's drafts. Arguments are ids only; every job may run twice."""

from uuid import UUID

from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.escalation import send_neutral
from sluitend.kernel.followup.jobs import PATIENT, app


@app.task(name="editing.mail_check", queue="mail", retry=PATIENT)
def mail_check(ids: list[str]) -> None:
    """Mail an organisation its link, in neutral words. A row that our processes did not write mails nobody.

    Args:
        ids: a link, then the region that asks.
    """
    from sluitend.journeys.editing.actions.asking import note_mailed  # the actions queue the job here
    from sluitend.journeys.editing.queries.asking import letter_of

    check_id, organisation_id = (UUID(each) for each in ids)
    with acting(system_actor(organisation_id)) as actor:
        letter = letter_of(check_id, actor)
    if letter is None:
        return
    # Between the two: a mail server that hangs holds no transaction open.
    send_neutral(letter.address, f"/nakijken/{letter.link}/", sender=letter.region, name="")
    with acting(system_actor(organisation_id)) as actor:
        note_mailed(check_id, actor)
