"""What happens by itself when the term of a matter passes: its sender hears it, and its access ends."""

from collections.abc import Callable
from datetime import date

from django.utils.module_loading import import_string

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.finding import passed
from sluitend.kernel.flow.models import State, TwoSided, kinds
from sluitend.kernel.flow.verbs import on


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


def come_back(row: TwoSided, actor: Actor) -> None:
    """End the access of the other side; what it did not answer comes back with a step."""
    with on(row, actor, row.RECALL, purpose="expired") as it:
        if State.EXPIRED in row.TRANSITIONS.get(row.state, ()):
            it.to(State.EXPIRED)
            it.plan(row.CAME_BACK)
        it.end_access()
