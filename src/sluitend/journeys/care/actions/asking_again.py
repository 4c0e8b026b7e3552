"""Who asked for help is mailed that a message waits: once a year, each address once."""

from datetime import date

from sluitend.journeys.care.jobs import mail_asker
from sluitend.journeys.care.queries import asker_mail
from sluitend.journeys.reports.queries import named_since
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.jobs import after_commit


def mail_askers(since: date, actor: Actor) -> int:
    """Queue that mail to who asked since a day and left an address; to nobody who asked without a name.

    Returns:
        To how many.
    """
    told: set[str] = set()
    for request_id in named_since(since, actor):
        found = asker_mail(request_id, actor)
        if found and found.address.lower() not in told:
            told.add(found.address.lower())
            after_commit(mail_asker, actor.own_organisation, request_id)
    return len(told)
