"""Somebody is gone: nobody looks and no night counts, until somebody called who must know."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.shelter import course
from sluitend.journeys.shelter.actions.hotels import settle_hotels
from sluitend.journeys.shelter.actions.working import on_search
from sluitend.journeys.shelter.course import Happened
from sluitend.journeys.shelter.journey import SHELTER_WORK
from sluitend.journeys.shelter.models import Search
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError

State = Search.State


def gone(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Note that nobody knows where the person is. What was planned for tonight is so no longer.

    Raises:
        Conflict: that was noted already, or no place is looked for or held now.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="gone") as it:
        row = it.row
        it.count_nights()
        it.to(State.ON_HOLD)
        it.drop_tonight(planned=True)
        row.kind, row.starts, row.review, row.answer_by = "", None, None, None
        row.held_until, row.gone_since, row.late_since = timezone.localdate(it.now), it.now, None
        it.happened(Happened(course.GONE, ""))
        settle_hotels(it)


def called(*, code: str, actor: Actor, told: str, until: date, revision: int | None = None) -> None:
    """Note who was called about somebody who is gone, and when somebody looks again.

    Raises:
        Conflict: nobody is gone.
        DomainError: it does not say who was called, or the day has passed.
    """
    if not told.strip():
        raise DomainError(_("Schrijf welke organisaties u belde."), "told")
    if until <= timezone.localdate():
        raise DomainError(_("Kies een dag die nog komt."), "until")
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="called") as it:
        if it.row.gone_since is None:
            raise Conflict
        it.row.held_until, it.row.gone_since = until, None
        it.happened(Happened(course.CALLED, "", told=told.strip()))
