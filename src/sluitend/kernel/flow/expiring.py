"""What happens by itself when the term of a matter passes: its sender hears it, and its access ends."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import batched
from uuid import UUID

import structlog
from django.utils.module_loading import import_string

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.finding import passed
from sluitend.kernel.flow.models import State, TwoSided, kinds
from sluitend.kernel.flow.verbs import on
from sluitend.kernel.sealing.endings import Again, Lost

AT_ONCE = 5_000
log = structlog.get_logger("sluitend.restoring")


def expire_all(*, actor: Actor, today: date) -> None:
    """End what the acting organisation sent, of every kind, and whose term has passed."""
    for model in kinds().values():
        with fenced():
            expire_passed(model, actor=actor, today=today)


def expire_passed(model: type[TwoSided], *, actor: Actor, today: date) -> int:
    """End what the acting organisation sent of one kind and whose term has passed; twice is harmless.

    Returns:
        How many were ended.
    """
    expire: Callable[[TwoSided, Actor], None] = import_string(model.EXPIRED_BY)
    found = model._default_manager.filter(  # noqa: SLF001 - Django documents it
        expires__lt=today, access_ended__isnull=True, state__in=model.EXPIRES_IN
    )
    count = 0
    for row in passed(found, actor):
        with fenced():
            expire(row, actor)
            count += 1
    return count


def end_again(lost: Iterable[Lost], ended: Iterable[UUID]) -> Again:
    """End, after a restore, each matter of which the access had ended since the backup.

    It goes as when its term passes, whatever ended it: that was not kept. Whoever sent it has a step where
    anything was to come of it. For the owner of the tables only.

    Args:
        lost: the seals that went again.
        ended: ids of what ended where nobody had a seal.
    """
    holders, done, left = {each.envelope_id: each.holder_id for each in lost}, 0, list[str]()
    for model in kinds().values():
        rows = model._default_manager.filter(access_ended__isnull=True)  # noqa: SLF001 - Django documents it
        found = [row for some in batched(holders, AT_ONCE) for row in rows.filter(envelope_id__in=some)]
        found = [row for row in found if row.recipient_id == holders[row.envelope_id]]
        apart = rows.filter(recipient__isnull=True)
        found += [row for some in batched(ended, AT_ONCE) for row in apart.filter(pk__in=some)]
        expire: Callable[[TwoSided, Actor], None] = import_string(model.EXPIRED_BY)
        for row in found:
            try:
                with acting(system_actor(row.organisation_id)) as actor:
                    expire(row, actor)
                done += 1
            except Exception as error:
                # It opens no more already. One that cannot follow must not keep all others from coming back.
                log.warning("not_ended_again", kind=row.KIND, exc_info=error)
                left.append(row.code)
    return Again(done, tuple(left))


def come_back(row: TwoSided, actor: Actor) -> None:
    """End the access of the other side; what it did not answer comes back with a step."""
    with on(row, actor, row.RECALL, purpose="expired") as it:
        if State.EXPIRED in row.TRANSITIONS.get(row.state, ()):
            it.to(State.EXPIRED)
            it.plan(row.CAME_BACK)
        it.end_access()
