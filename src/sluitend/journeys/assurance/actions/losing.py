"""A provider of support loses what was agreed with it: whoever shares with it hears until when that goes on.

Each organisation ends what it shares itself, behind its own fence: the region learns of no person.
"""

from datetime import date

from django.utils import timezone

from sluitend.journeys.assurance.models import Assured, AssuredTerms
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files import queries as files
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.care import OfferKind
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release

ENDS = frozenset({AssuredTerms.Decision.OTHER, AssuredTerms.Decision.STOPS})


def tell_of_losses(actor: Actor, today: date | None = None) -> int:
    """End what the actor's organisation shares with who stops to support people, and have each asked anew.

    Returns:
        For how many people.
    """
    day, pack, number = today or timezone.localdate(), current_release().pack, 0
    for provider in sorted(files.supporters(actor)):
        last = last_day(provider, pack, day)
        if last is not None:
            number += care_files.end_support(provider=provider, last=last, actor=actor)
    return number


def last_day(provider: str, pack: Pack, today: date) -> date | None:
    """Return the last day on which a provider supports anybody, or None where it goes on.

    It stops where the region decided so of all that was agreed with it about support, or ended that; and
    where nobody works any more. That an agreement is over while nobody decided is no such thing: the region
    is asked.
    """
    if not files.works_here(provider):
        return today
    support = {each.id for each in pack.care_offers if each.kind is OfferKind.SUPPORT}
    rows = [
        (row, last)
        for row in Assured.objects.filter(kind__in=support).order_by("id")
        if (last := row.terms.latest("number")).partner == provider
    ]
    running = [last for row, last in rows if row.closed is None]
    if any(each.ends is None or each.decision not in ENDS for each in running):
        return None
    days = [each.ends for each in running if each.ends]
    return max(days or [timezone.localdate(row.closed) for row, _last in rows if row.closed], default=None)
