"""What the desk asks of matters with two sides, of whatever kind they are."""

from collections.abc import Mapping
from uuid import UUID

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.flow.models import kinds


def others(actor: Actor, subjects: Mapping[UUID, str]) -> dict[UUID, str]:
    """Return the name of the organisation on the other side of each of these: one statement a kind.

    Args:
        subjects: the kind of each matter, by its id; of another kind than `flow` has, nothing is asked.
    """
    found: dict[UUID, str] = {}
    for kind in sorted(kinds().keys() & subjects.values()):
        model = kinds()[kind]
        if may(actor, model.FOLLOW) or may(actor, model.LOOK):
            ids = [key for key, its in subjects.items() if its == kind]
            wanted = ("id", "organisation_id", "organisation__name", "recipient__name")
            for key, sender, name, asked in model._default_manager.filter(id__in=ids).values_list(*wanted):  # noqa: SLF001 - Django documents it
                found[key] = (asked or "") if sender == actor.own_organisation else name
    return found
