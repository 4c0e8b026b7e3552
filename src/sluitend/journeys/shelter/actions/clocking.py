"""What the clock does with the searches of an organisation. Running it twice does nothing twice."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.shelter import course
from sluitend.journeys.shelter.actions.hotels import asking, settle_hotels
from sluitend.journeys.shelter.actions.places import forget_address
from sluitend.journeys.shelter.actions.searching import end_mediation, search_again
from sluitend.journeys.shelter.actions.working import OnSearch
from sluitend.journeys.shelter.course import Happened
from sluitend.journeys.shelter.journey import CARERS, NO_BED, SHELTER_WORK
from sluitend.journeys.shelter.models import Search, SearchPlace
from sluitend.journeys.shelter.nights import Clock
from sluitend.journeys.shelter.queries.turned import turned_minor
from sluitend.journeys.shelter.stepping import next_step
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.verbs import doing, note
from sluitend.kernel.followup.deadlines import retention_day
from sluitend.kernel.followup.duty import on_duty
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.queries import colleagues

AT_ONCE = 500
EVERY = timedelta(minutes=15)
KEEP_ADDRESS = "shelter_address"
State = Search.State


def by_clock(actor: Actor, pack: Pack) -> int:
    """Let every open search of the actor's organisation go on by the clock.

    Each night gets its row, those of a stay are placed, what was offered runs out, a stay whose last day came
    is looked for again, and no hotel is asked any more for a past night or for who turned out to be a child.

    Returns:
        How many searches changed.
    """
    rows = Search.objects.filter(organisation_id=actor.own_organisation, closed__isnull=True)
    changed, asked = 0, asking(actor)
    for row in rows.select_related("current_step").order_by("opened", "id")[:AT_ONCE]:
        with fenced():
            it = OnSearch(row, actor, SHELTER_WORK, "clock")
            night = asked.get(row.id)
            unasked = night is not None and (night < it.tonight or turned_minor(row, actor))
            if not _stands(it) or unasked:
                _go_on(row, it)
                changed += 1
    return changed


def _stands(it: OnSearch) -> bool:
    step = it.row.current_step
    wanted = next_step(it.row, it.count_nights(), it.now, it.clock)
    stands = step is not None and wanted.is_there(step.what, step.due, step.urgent)
    return stands and not _expired(it) and not _over(it) and not _unagreed(it)


def _unagreed(it: OnSearch) -> bool:
    """Whether the last day has passed on which the person agreed that somebody mediates."""
    until = it.row.mediated_until
    return until is not None and until < timezone.localdate(it.now)


def _expired(it: OnSearch) -> bool:
    answer_by = it.row.answer_by
    return it.row.state == State.OFFERED and answer_by is not None and answer_by <= it.now


def _over(it: OnSearch) -> bool:
    review = it.row.review
    return it.row.state == State.PLACED and review is not None and review <= it.tonight


def _go_on(row: Search, it: OnSearch) -> None:
    expired, over, unagreed = _expired(it), _over(it), _unagreed(it)
    with doing(it):
        if expired:
            it.to(State.EXPIRED)
            row.answer_by = None
            it.happened(Happened(course.EXPIRED, ""))
        if over:
            search_again(it)
        if unagreed:
            end_mediation(it)
        settle_hotels(it)


def to_remind(actor: Actor, clock: Clock, now: datetime) -> list[UUID]:
    """Return who is reminded in this quarter of an hour that there is no bed for tonight yet."""
    local = timezone.localtime(now)
    begins = local.replace(hour=clock.reminded.hour, minute=clock.reminded.minute, second=0, microsecond=0)
    if not begins <= local < begins + EVERY:
        return []
    waits = Search.objects.filter(
        organisation_id=actor.own_organisation, closed__isnull=True, current_step__what=NO_BED
    )
    if not waits.exists():
        return []
    own = actor.own_organisation
    # Where nobody has duty, everybody who looks for places hears it.
    told = on_duty(own, now, roles=CARERS) or colleagues(own, roles=CARERS)
    return sorted({each.account_id for each in told})


def forget_addresses(actor: Actor, pack: Pack) -> int:
    """Destroy each address that was kept long enough after the stay, and return how many."""
    term, forgotten = pack.retention[KEEP_ADDRESS], 0
    places = (
        SearchPlace.objects.filter(organisation_id=actor.own_organisation, search__closed__isnull=False)
        .select_related("search")
        .order_by("search__closed", "id")
    )
    for place in places[:AT_ONCE]:
        ended = place.search.closed
        if ended is None or retention_day(term, timezone.localdate(ended)) >= timezone.localdate():
            continue
        with fenced():
            forget_address(place.search)
            note(place.search, actor, "shelter.forget")
            forgotten += 1
    return forgotten
