"""Judging a case by a newer release of the handbook: a person decides so, and reads first what differs."""

from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import known_in, replan
from sluitend.journeys.cases.actions.tracks import stop_composing
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.cases.queries.kept_plan import BEGUN, kept_plan, track_of
from sluitend.journeys.cases.queries.plan_views import goes_in_letter
from sluitend.journeys.cases.queries.plans import newer_for
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release


def take_over_release(*, actor: Actor, code: str, number: int, revision: int | None = None) -> None:
    """Judge a case by the newest release from now on; the timeline says what that changed in its plan.

    Args:
        number: of the release of which the person read what it changes.
        revision: of the case as the person saw it.

    Raises:
        Absent: there is no such case here.
        Conflict: it is not the newest release any more, or somebody else changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="release") as it:
        with in_dutch():
            newer = newer_for(known_in(it))
        if newer is None or newer.number != number:
            raise Conflict
        _leave_what_is_composed_no_more(it, release(number).pack)
        it.row.release_number = number
        replan(it)
        with in_dutch():
            told = _("Uitgave %(n)s van de handreiking geldt nu") % {"n": number}
            more = (f"{title}: {' '.join(actions).rstrip('.')}" for title, actions in newer.told)
            it.event(TimelineEvent.What.PLAN, told, *more)


def _leave_what_is_composed_no_more(it: OnCase, newer: Pack) -> None:
    """Let what is being composed be open again where a newer handbook has no such letter on its track."""
    kept, pack = kept_plan(it.row, it.envelope), it.row.pack
    begun = [name for name, each in kept["actions"].items() if each["state"] == BEGUN]
    left = [name for name in begun if not _is_letter_of(newer, name, track=track_of(name, pack))]
    for name in left:
        del kept["actions"][name]
    for name in left:
        stop_composing(it, kept, name)
    if left:
        it.seal("plan", kept)


def _is_letter_of(pack: Pack, name: str, *, track: str) -> bool:
    action = pack.plan_actions.get(name)
    return action is not None and goes_in_letter(action, pack) and track_of(name, pack) == track
