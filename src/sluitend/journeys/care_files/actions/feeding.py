"""The secret address at which somebody's own calendar reads their appointments."""

from django.utils import timezone

from sluitend.journeys.care_files.calendar import lookup_of, new_token
from sluitend.journeys.care_files.journey import AGENDA_FEED
from sluitend.journeys.care_files.models import AgendaFeed
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.ledger.actions import record

ACTIVITY = "zorg"


def make_feed(actor: Actor) -> str:
    """Give somebody a new secret for the address of their agenda, and return it: it is kept nowhere.

    The one of before opens nothing any more.

    Raises:
        Refused: the role may not.
    """
    require_role(actor, AGENDA_FEED)
    token = new_token()
    AgendaFeed.objects.filter(account_id=actor.own_account).delete()
    AgendaFeed.objects.create(
        organisation_id=actor.own_organisation,
        account_id=actor.own_account,
        lookup=lookup_of(token),
        made=timezone.now(),
    )
    record(actor=actor, action=AGENDA_FEED, activity=ACTIVITY, purpose="make")
    return token


def stop_feed(actor: Actor) -> None:
    """Let the address of somebody's agenda open nothing any more.

    Raises:
        Refused: the role may not.
    """
    require_role(actor, AGENDA_FEED)
    AgendaFeed.objects.filter(account_id=actor.own_account).delete()
    record(actor=actor, action=AGENDA_FEED, activity=ACTIVITY, purpose="stop")
