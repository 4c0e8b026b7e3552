"""`sluitend keys renew-tokens`: index everything anew under a new key of search, while people work."""

from argparse import Namespace
from collections.abc import Callable
from uuid import UUID

from sluitend.cli.key_commands import note
from sluitend.cli.owner import as_owner

PASSES = 5
type Batch = Callable[..., tuple[UUID | None, int]]


def keys_renew_tokens(arguments: Namespace) -> int:
    """Renew the key of search of every organisation, and go on after one that is not done."""
    with as_owner():
        from sluitend.kernel.organisations.models import Organisation

        rows = list(Organisation.objects.order_by("name").values_list("id", "name"))
        left = [name for organisation_id, name in rows if not renew(organisation_id)]
    if left:
        print(f"Nog niet klaar: {', '.join(left)}. Draai dit opnieuw; zoeken werkt intussen.")
        return 1
    print("Alles is opnieuw te vinden, en de oude sleutels voor zoeken zijn weg.")
    return 0


def renew(organisation_id: UUID) -> bool:
    """Index one organisation under a new key, and return whether the former could be destroyed.

    Cases, visits and wait requests find each other by what each wrote, so they keep the tokens of both keys
    until all have those of the new one; what the former key made is taken away after its end.
    """
    from sluitend.kernel.sealing.keys import begin_token_renewal, end_token_renewal

    begin_token_renewal(organisation_id)
    if not index_all(organisation_id):
        return False
    end_token_renewal(organisation_id)
    if not index_all(organisation_id):
        return False
    note(organisation_id, "keys.tokens_renewed")
    return True


def index_all(organisation_id: UUID) -> bool:
    """Index everything under the keys that there are, and return whether that came to an end.

    What does not open is passed over: a wait request like that holds every release up until it does. Somebody
    who read a key just before it changed may index with it just after, so the whole is walked again until a
    walk finds nothing to change.
    """
    from sluitend.journeys.cases.actions import reindex_cases
    from sluitend.journeys.referrals.actions import reindex_received
    from sluitend.journeys.reports.actions import reindex_reports
    from sluitend.journeys.visits.actions import reindex_visits, reindex_wait_requests

    every = (reindex_visits, reindex_wait_requests, reindex_cases, reindex_reports, reindex_received)
    return any(not sum(_walk(organisation_id, batch) for batch in every) for _ in range(PASSES))


def _walk(organisation_id: UUID, batch: Batch) -> int:
    """Work through everything in batches, each in a transaction of its own; return how much changed."""
    from sluitend.kernel.access.acting import acting, system_actor

    changed, last = 0, None
    while True:
        with acting(system_actor(organisation_id)) as actor:
            last, count = batch(actor, after=last)
        changed += count
        if last is None:
            return changed
