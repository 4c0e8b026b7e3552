"""Who supports people here stops: what is shared with them ends on that day, and each person is asked anew.

Nothing goes to anybody new by itself. Who says no, or is not asked, stays with whoever coordinates.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.journey import CARE_FILE_WRITE
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_shares import actions as care_shares
from sluitend.journeys.care_shares import queries as shared
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing


def end_support(*, provider: str, last: date, actor: Actor) -> int:
    """Let nothing that is shared with a provider be read after its last day, and have each person asked.

    Twice is harmless: what ends by that day already is left as it is.

    Args:
        provider: the code of the organisation.
        last: the last day on which it supports anybody.

    Returns:
        For how many people.
    """
    found = shared.shared_after(provider, last, actor)
    if not found:
        return 0
    rows = CareFile.objects.filter(organisation_id=actor.own_organisation, closed__isnull=True)
    number = 0
    # What was shared knows no file, so each that is open is looked into: once for each provider that stops.
    for row in rows.select_related("current_step").order_by("opened", "id"):
        with fenced():
            if _shares(row, actor) & found:
                _end(row, found, last, actor)
                number += 1
    return number


def stay_here(*, code: str, actor: Actor, share: str, revision: int | None) -> None:
    """Note that a person stays with whoever coordinates, and gets no other organisation for now.

    Raises:
        Conflict: that is not asked, or somebody else wrote first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        if share not in {each.id for each in it.to_move}:
            raise Conflict
        today = timezone.localdate().isoformat()
        _change(it, {share: {"stays": today}})
        it.go_on()


def _shares(row: CareFile, actor: Actor) -> set[UUID]:
    """Return by which agreements something of a file is shared."""
    shares = OnFile(row, actor, CARE_FILE_WRITE, "clock").consents.shares
    return {UUID(each.id) for each in shares if each.sends}


def _end(row: CareFile, found: set[UUID], last: date, actor: Actor) -> None:
    it, today = OnFile(row, actor, CARE_FILE_WRITE, "clock"), timezone.localdate()
    mine = [each for each in it.consents.shares if each.sends and UUID(each.id) in found]
    with doing(it):
        for each in mine:
            care_shares.end_on(UUID(each.id), last, actor=actor)
        ends = {"stops": last.isoformat(), "lost_on": today.isoformat(), "until": last.isoformat()}
        _change(it, {each.id: ends for each in mine})
        it.go_on()


def _change(it: OnFile, changes: dict[str, dict[str, str]]) -> None:
    def changed(each: Share) -> Share:
        return replace(each, **changes.get(each.id, {}))

    it.consents = replace(it.consents, shares=tuple(changed(each) for each in it.consents.shares))
