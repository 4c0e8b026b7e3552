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
    from sluitend.kernel.organisations.models import Organisation

    with as_owner():
        rows = list(Organisation.objects.order_by("name").values_list("id", "name"))
        left = [name for organisation_id, name in rows if not renew(organisation_id)]
    if left:
        print(f"Nog niet klaar: {', '.join(left)}. Draai dit opnieuw; zoeken werkt intussen.")
        return 1
    print("Alles is opnieuw te vinden, en de oude sleutels voor zoeken zijn weg.")
    return 0


def renew(organisation_id: UUID) -> bool:
    """Index one organisation under a new key, and return whether the former could be destroyed.

    Somebody who read the former key just before may index with it just after, so the whole is walked again
    until a walk finds nothing to change.
    """
    from sluitend.journeys.cases.actions import reindex_cases
    from sluitend.journeys.reports.actions import reindex_reports
    from sluitend.kernel.sealing.keys import begin_token_renewal, end_token_renewal

    begin_token_renewal(organisation_id)
    for _ in range(PASSES):
        if not sum(_walk(organisation_id, batch) for batch in (reindex_reports, reindex_cases)):
            end_token_renewal(organisation_id)
            note(organisation_id, "keys.tokens_renewed")
            return True
    return False


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
