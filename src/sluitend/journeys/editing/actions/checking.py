"""Who finds out whether what nobody confirmed is right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.editing.actions.writing import ACTIVITY
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.models import CheckTask, PartnerCheck
from sluitend.journeys.editing.queries.checking import owners, to_check, unsure_in
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.ledger.actions import record


def assign(*, actor: Actor, entries: Iterable[tuple[str, str]], owner: UUID | None) -> int:
    """Give entries that nobody confirmed to a colleague, or to nobody.

    Args:
        actor: a coordinator.
        entries: the list and the id of each.
        owner: a colleague who edits the handbook; None takes the entries from whoever had them.

    Returns:
        How many entries were given.

    Raises:
        Refused: not a coordinator.
        DomainError: no entry, one that needs no look, or somebody who does not edit the handbook.
    """
    require_role(actor, HANDBOOK_EDIT)
    wanted = set(entries)
    if not wanted:
        raise DomainError(_("Kies eerst een of meer regels."))
    if not wanted <= {(one.line.part, one.line.entry_id) for level in to_check(actor) for one in level.rows}:
        raise DomainError(_("Een van deze regels is al bevestigd. Kijk wat er nu staat."))
    if owner is not None and owner not in {account for account, _name in owners(actor)}:
        raise DomainError(_("Kies een collega die het handboek bewerkt."))
    for part, entry_id in wanted:
        here: dict[str, Any] = {"organisation_id": actor.own_organisation, "part": part, "entry_id": entry_id}
        if owner is None:
            CheckTask.objects.filter(**here).delete()
        else:
            CheckTask.objects.update_or_create(**here, defaults={"owner_id": owner, "given": timezone.now()})
    subject = ("account", owner) if owner else None
    record(actor=actor, action="handbook.assign", subject=subject, activity=ACTIVITY)
    return len(wanted)


def end_found_out(pack: Pack, *, actor: Actor) -> None:
    """Take away who finds out about what a release confirms, or has no more, and end links about it.

    An answer stays until somebody has read it: it may say that what was confirmed otherwise is wrong.
    """
    unsure = unsure_in(pack)
    links = PartnerCheck.objects.filter(organisation_id=actor.own_organisation, answered__isnull=True)
    links.filter(pk__in=[one.pk for one in links if (one.part, one.entry_id) not in unsure]).delete()
    tasks = CheckTask.objects.filter(organisation_id=actor.own_organisation)
    over = [one.pk for one in tasks if (one.part, one.entry_id) not in unsure]
    CheckTask.objects.filter(pk__in=over).delete()
