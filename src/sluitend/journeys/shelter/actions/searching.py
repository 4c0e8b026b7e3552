"""What somebody does with a search: begin, offer, hear no, hold, ask to mediate, place, end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.reports.queries import HelpRequest, help_request
from sluitend.journeys.shelter import course
from sluitend.journeys.shelter.actions.hotels import settle_hotels
from sluitend.journeys.shelter.actions.places import write_address
from sluitend.journeys.shelter.actions.working import OnSearch, on_search
from sluitend.journeys.shelter.course import Happened, Needs, last_offer
from sluitend.journeys.shelter.journey import SHELTER_START, SHELTER_WORK
from sluitend.journeys.shelter.models import Search
from sluitend.journeys.shelter.nights import clock_of, night_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.handbook.care import OfferKind
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.sheltering import Household
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code

MOST_BEDS = 9
TAKEN = "taken_in"
State = Search.State


@dataclass(frozen=True)
class Wish:
    """What is looked for: for whom, how many beds, where in the region somebody is, and what it must have."""

    household: str
    beds: int
    subregion: str
    kind: str = ""
    filters: Collection[str] = ()


def start(*, request: str, actor: Actor, wish: Wish) -> str:
    """Begin to look for a place for who a request is about, and return the code.

    Args:
        request: code of a request for help that was taken on.
        wish: what is looked for, by the handbook.

    Raises:
        Absent: there is no such request here.
        DomainError: nobody took it on, there is a search already, or an answer does not hold.
    """
    asked = help_request(request, actor, SHELTER_START)
    if asked.state != TAKEN or asked.closed:
        raise DomainError(_("Neem de hulpvraag eerst aan."))
    if Search.objects.filter(
        organisation_id=actor.own_organisation, request=asked.id, closed__isnull=True
    ).exists():
        raise DomainError(_("Er wordt al gezocht bij deze hulpvraag."))
    pack = current_release().pack
    _check(pack, wish, minor=asked.minor)
    return with_free_code(lambda: _begun(asked, actor, pack, wish), constraint="shelter_code")


def _begun(asked: HelpRequest, actor: Actor, pack: Pack, wish: Wish) -> str:
    envelope = create_envelope(organisation_id=actor.own_organisation)
    today = night_of(timezone.now(), clock_of(pack))
    row = Search(
        organisation_id=actor.own_organisation,
        envelope_id=envelope.id,
        code=human_code("P"),
        request=asked.id,
        request_code=asked.code,
        subregion=wish.subregion,
        household=wish.household,
        opened=today,
        counted_from=today,
    )
    filters = tuple(each for each in wish.filters if each in pack.shelter_filters)
    envelope.seal(row, "needs", Needs(wish.beds, filters, wish.kind).to_json())
    envelope.seal(row, "course", [])
    it = OnSearch(row, actor, SHELTER_START)
    it.envelope = envelope
    with doing(it):
        it.go_on()
        it.insert()
    return row.code


def _check(pack: Pack, wish: Wish, *, minor: bool) -> None:
    if wish.household not in set(Household):
        raise DomainError(_("Kies voor wie u zoekt."), "household")
    if minor and wish.household != Household.CHILD:
        said = _("Deze hulpvraag gaat over iemand jonger dan 18. Zoeken als volwassene kan niet.")
        raise DomainError(said, "household")
    if not 1 <= wish.beds <= MOST_BEDS:
        raise DomainError(_("Noem een aantal bedden van 1 tot en met 9."), "beds")
    if wish.subregion not in pack.subregions:
        raise DomainError(_("Kies waar de persoon nu is."), "subregion")
    kind = pack.shelter_kinds.get(wish.kind)
    if wish.kind and (kind is None or wish.household not in kind.households):
        raise DomainError(_("Deze soort plek is niet voor wie u zoekt."), "kind")


def offer(
    *,
    code: str,
    actor: Actor,
    kind: str,
    answer_by: datetime,
    provider: str = "",
    number: str = "",
    revision: int | None = None,
) -> None:
    """Note that a place is offered, and until when it is kept.

    Args:
        number: by which the provider knows the place.

    Raises:
        DomainError: no such kind, or the moment has passed.
    """
    if answer_by <= timezone.now():
        raise DomainError(_("Kies een moment dat nog komt."), "answer_by")
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="offer") as it:
        it.fitting(kind)
        _require_provider(it.pack, provider)
        it.to(State.OFFERED)
        it.row.answer_by = answer_by
        it.happened(Happened(course.OFFERED, "", kind=kind, offer=provider, place=number.strip()))


def refused(*, code: str, actor: Actor, reason: str, told: str = "", revision: int | None = None) -> None:
    """Note that the provider says no, and why.

    Raises:
        DomainError: no such reason.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="refused") as it:
        _require_reason(it.pack, reason)
        it.to(State.REFUSED)
        it.row.answer_by = None
        it.happened(Happened(course.PROVIDER_NO, "", reason=reason, told=told.strip()))


def declined(*, code: str, actor: Actor, told: str = "", revision: int | None = None) -> None:
    """Note that the person does not want this place."""
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="declined") as it:
        it.to(State.DECLINED)
        it.row.answer_by = None
        it.happened(Happened(course.PERSON_NO, "", told=told.strip()))


def go_on(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Look on: after a no, an offer that ran out, mediation without a place, or a time on hold."""
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="go_on") as it:
        if it.row.state in (State.PLACED, State.OFFERED):
            raise Conflict
        if it.row.state == State.ON_HOLD:
            it.row.counted_from, it.row.held_until, it.row.gone_since = it.tonight, None, None
        it.to(State.OPEN)
        it.happened(Happened(course.RESUMED, ""))


def hold(*, code: str, actor: Actor, until: date, revision: int | None = None) -> None:
    """Look no further until a day: no nights are counted meanwhile.

    Raises:
        DomainError: the day has passed.
    """
    if until <= timezone.localdate():
        raise DomainError(_("Kies een dag die nog komt."), "until")
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="hold") as it:
        if it.row.state not in (State.OPEN, State.MEDIATION):
            raise Conflict
        it.to(State.ON_HOLD)
        it.row.held_until = until
        it.drop_tonight()
        it.happened(Happened(course.HELD, ""))
        settle_hotels(it)


def mediate(
    *, code: str, actor: Actor, reason: str, told: str, by: UUID, until: date, revision: int | None = None
) -> None:
    """Ask who looks in the whole country: only after it was said why nothing here fits.

    Nothing here asks whether the person agreed: the care file does, which holds the agreement, and nothing
    else calls this (`tests/journeys/care_files`).

    Args:
        by: the agreement, which ends on the day `until`.

    Raises:
        DomainError: no reason, no sentence, or this is about a child by now.
    """
    if not told.strip():
        raise DomainError(_("Schrijf waarom hier niets past."), "told")
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="mediate") as it:
        it.require_adult()
        _require_reason(it.pack, reason)
        it.to(State.MEDIATION)
        it.row.mediated_by, it.row.mediated_until = by, until
        it.happened(Happened(course.MEDIATED, "", reason=reason, told=told.strip()))


def stop_mediation(by: UUID, *, actor: Actor) -> None:
    """End mediation by an agreement that is no longer there: looking goes on here, for a bed is still wanted.

    It takes the search first: who changes it at the same moment is refused, and this is not.
    """
    rows = Search.objects.filter(
        organisation_id=actor.own_organisation, mediated_by=by, closed__isnull=True
    ).select_related("current_step")
    row = rows.select_for_update(of=("self",)).first()
    if row is not None:
        with doing(OnSearch(row, actor, SHELTER_WORK, "withdrawn")) as it:
            end_mediation(it)


def end_mediation(it: OnSearch) -> None:
    """Let nobody mediate any more; a place that was offered meanwhile stays offered."""
    it.row.mediated_by, it.row.mediated_until = None, None
    if it.row.state == State.MEDIATION:
        it.to(State.OPEN)
        it.happened(Happened(course.UNMEDIATED, ""))


def place(
    *,
    code: str,
    actor: Actor,
    kind: str,
    starts: date,
    review: date,
    address: str = "",
    revision: int | None = None,
) -> None:
    """Note that somebody has a place: from when, and until when that holds for now.

    Raises:
        DomainError: no such kind, a bed that is no place, or days that do not follow each other.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="place") as it:
        if it.fitting(kind).bridges:
            raise DomainError(_("Dit is een bed voor de nacht. Vul dat bij de nacht in."), "kind")
        if starts < it.tonight:
            raise DomainError(_("Kies vandaag of een latere dag."), "starts")
        if review <= starts:
            raise DomainError(_("Kies een dag na de eerste dag."), "review")
        row, offered = it.row, last_offer(it.course) if it.row.state == State.OFFERED else None
        others = _same_place(it, offered)
        it.to(State.PLACED)
        row.kind, row.starts, row.review, row.answer_by = kind, starts, review, None
        it.happened(Happened(course.PLACED, "", kind=kind, offer=offered.offer if offered else ""))
        if address.strip():
            write_address(row, address.strip(), actor)
        _search_on(others)
        settle_hotels(it)


def _same_place(it: OnSearch, given: Happened | None) -> list[OnSearch]:
    """Return the other searches to which the same place was offered: nobody answers them meanwhile."""
    if given is None or not given.place:
        return []
    offered = Search.objects.filter(organisation_id=it.row.organisation_id, state=State.OFFERED)
    # All of them, in one order: two who say yes at the same moment wait for each other and not in a circle.
    list(offered.select_for_update().order_by("pk").values_list("pk", flat=True))
    rows = offered.exclude(pk=it.row.pk).select_related("current_step").order_by("opened", "id")
    others = [OnSearch(row, it.actor, SHELTER_WORK, "given_away") for row in rows]
    return [each for each in others if _place_of(each) == (given.offer, given.place)]


def _place_of(it: OnSearch) -> tuple[str, str] | None:
    last = last_offer(it.course)
    return (last.offer, last.place) if last else None


def _search_on(others: Iterable[OnSearch]) -> None:
    """Let whoever was offered the same place look on: it went to who said yes first."""
    for other in others:
        with doing(other):
            other.to(State.OPEN)
            other.row.answer_by = None
            other.happened(Happened(course.GIVEN_AWAY, ""))


def too_late(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Note that who mediates offered a place to somebody who has one: today they hear that it is not needed.

    Raises:
        Conflict: nobody has a place, or that was noted already.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="too_late") as it:
        if it.row.state != State.PLACED or it.row.late_since is not None:
            raise Conflict
        it.row.late_since = it.now
        it.happened(Happened(course.TOO_LATE, ""))


def said_so(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Note that who mediates heard that there is a place already.

    Raises:
        Conflict: they offered nothing that came too late.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="said_so") as it:
        if it.row.late_since is None:
            raise Conflict
        it.row.late_since = None
        it.happened(Happened(course.SAID_SO, ""))


def extend(*, code: str, actor: Actor, review: date, revision: int | None = None) -> None:
    """Note that a stay goes on, until another day.

    Raises:
        DomainError: that day is no later.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="extend") as it:
        row = it.row
        if row.state != State.PLACED:
            raise Conflict
        if row.review is None or review <= row.review:
            raise DomainError(_("Kies een latere dag dan nu."), "review")
        row.review = review
        it.happened(Happened(course.EXTENDED, ""))


def leave(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Note that somebody left the place and needs another one: tonight is open again."""
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="leave") as it:
        if it.row.state != State.PLACED:
            raise Conflict
        search_again(it)


def search_again(it: OnSearch) -> None:
    """End a stay without ending the search."""
    it.drop_tonight()
    it.to(State.OPEN)
    it.row.kind, it.row.starts, it.row.review, it.row.late_since = "", None, None, None
    it.happened(Happened(course.LEFT, ""))


def end(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Note that a stay ended, and that no place is needed any more.

    Raises:
        DomainError: a night is not filled in.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="end") as it:
        it.require_all_filled()
        it.to(State.ENDED)
        it.happened(Happened(course.ENDED, ""))
        it.close()
        settle_hotels(it)


def withdraw(*, code: str, actor: Actor, revision: int | None = None) -> None:
    """Note that no place is looked for any more.

    Raises:
        DomainError: a night is not filled in.
    """
    with on_search(code, actor, SHELTER_WORK, revision=revision, purpose="withdraw") as it:
        if it.row.gone_since is not None:  # who must know is called first
            raise Conflict
        it.require_all_filled()
        it.to(State.WITHDRAWN)
        it.happened(Happened(course.WITHDRAWN, ""))
        it.close()
        settle_hotels(it)


def _require_reason(pack: Pack, reason: str) -> None:
    if reason not in pack.shelter_refusals:
        raise DomainError(_("Kies een reden."), "reason")


def _require_provider(pack: Pack, provider: str) -> None:
    there = {each.id for each in pack.care_offers if each.kind is OfferKind.SHELTER}
    if provider and provider not in there:
        raise DomainError(_("Kies wie de plek biedt."), "provider")
