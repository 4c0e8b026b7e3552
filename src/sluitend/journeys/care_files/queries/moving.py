"""Whose support stops, and what each of them is asked: a line a person, for who coordinates alone."""

from datetime import date

from sluitend.journeys.care_files.journey import CARE_FILE_READ, MOVE_SUPPORT
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.moved import Move, moves_of
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.followup.models import NextStep


def moves(actor: Actor) -> list[Move]:
    """Return each person in care whose support stops, what waits first. Each file that is opened is logged.

    Raises:
        Refused: the role may not read care files.
    """
    require_role(actor, CARE_FILE_READ)
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, what=MOVE_SUPPORT)
    rows = CareFile.objects.filter(
        organisation_id=actor.own_organisation, closed__isnull=True, pk__in=steps.values("subject_id")
    )
    found = [
        line
        for code in rows.order_by("code").values_list("code", flat=True)
        for line in moves_of(code, opened(code, actor, purpose="moving").consents, actor)
    ]
    return sorted(found, key=lambda each: (not each.waits, each.stops or date.max, each.file))
