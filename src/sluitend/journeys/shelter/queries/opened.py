"""One search, opened and logged: what is looked for, what happened, its nights. Never where the place is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.shelter import course as said
from sluitend.journeys.shelter.course import Happened, Needs, course_of
from sluitend.journeys.shelter.journey import SHELTER_READ
from sluitend.journeys.shelter.models import Search, SearchNight, SearchPlace
from sluitend.journeys.shelter.nights import clock_of, may_be_corrected, night_of
from sluitend.journeys.shelter.queries.hotels import HotelLine, hotel_lines
from sluitend.journeys.shelter.queries.listed import NightCell, cells_of
from sluitend.journeys.shelter.queries.turned import turned_adult, turned_minor
from sluitend.journeys.shelter.stepping import needs_bed, open_nights
from sluitend.journeys.shelter.words import household_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.sheltering import Household
from sluitend.kernel.manifest import step_named
from sluitend.kernel.sealing.envelopes import open_envelope

HAPPENED = {
    said.OFFERED: gettext_lazy("Plek aangeboden"),
    said.PROVIDER_NO: gettext_lazy("Opvang zegt nee"),
    said.PERSON_NO: gettext_lazy("Persoon wil deze plek niet"),
    said.EXPIRED: gettext_lazy("Aanbod verlopen"),
    said.MEDIATED: gettext_lazy("Bemiddeling gevraagd"),
    said.HOTEL_ASKED: gettext_lazy("Een gemeente gevraagd om een hotel, zonder naam"),
    said.HOTEL_YES: gettext_lazy("De gemeente zei ja: er is een hotel"),
    said.HOTEL_NO: gettext_lazy("De gemeente zei nee tegen een hotel"),
    said.LATE_YES: gettext_lazy("De gemeente zei alsnog ja tegen een hotel. Er was al besloten"),
    said.LATE_NO: gettext_lazy("De gemeente zei alsnog nee tegen een hotel. Er was al besloten"),
    said.UNMEDIATED: gettext_lazy("Bemiddeling gestopt, er wordt hier verder gezocht"),
    said.PLACED: gettext_lazy("Geplaatst"),
    said.LEFT: gettext_lazy("Plek verlaten, er wordt weer gezocht"),
    said.HELD: gettext_lazy("Even niet"),
    said.RESUMED: gettext_lazy("Er wordt weer gezocht"),
    said.EXTENDED: gettext_lazy("Verblijf verlengd"),
    said.ENDED: gettext_lazy("Verblijf gestopt"),
    said.WITHDRAWN: gettext_lazy("Vraag ingetrokken"),
    said.CORRECTED: gettext_lazy("Nacht verbeterd"),
    said.GONE: gettext_lazy("De persoon is weg"),
    said.GIVEN_AWAY: gettext_lazy("De plek ging naar iemand anders"),
    said.TOO_LATE: gettext_lazy("Wie bemiddelt, bood een plek. Er was al een plek"),
    said.SAID_SO: gettext_lazy("Wie bemiddelt, weet dat er al een plek is"),
    said.CALLED: gettext_lazy("Gebeld over wie weg is"),
}


@dataclass(frozen=True)
class SearchView:
    """One search."""

    code: str
    request: str
    revision: int
    state: str
    state_words: str
    household: str
    household_id: str
    place: str
    since: date
    wanted: tuple[tuple[str, str], ...]
    who_places: str
    kind: str
    starts: date | None
    review: date | None
    answer_by: datetime | None
    held_until: date | None
    gone: bool
    """Whether nobody knows where the person is, and nobody was called about that yet."""
    late_offer: bool
    """Whether who mediates must still hear that there is a place already."""
    mediated_until: date | None
    mediator: str
    """Who can be asked to mediate, where the handbook has somebody."""
    why_mediated: str
    """What was said last of why nothing here fits."""
    course: tuple[tuple[date, str], ...]
    cells: tuple[NightCell, ...]
    tonight: date
    to_fill: tuple[date, ...]
    to_correct: tuple[date, ...]
    no_bed: bool
    hotels: tuple[HotelLine, ...]
    """What a municipality was asked for tonight."""
    turned_minor: bool
    """Whether it looks for an adult who turned out to be under 18."""
    turned_adult: bool
    """Whether it looks for a child who is 18 by now."""
    has_address: bool
    closed: bool
    step: str
    due: datetime | None
    late: bool

    @property
    def held(self) -> bool:
        """Whether nobody looks now, so that tonight is no night."""
        return self.state == Search.State.ON_HOLD

    @property
    def stands(self) -> frozenset[str]:
        """How it stands, for what can be done: who is gone is sought first, and a late offer is answered."""
        if self.gone:
            return frozenset({"gone"})
        return frozenset({self.state, f"{self.state}_late" if self.late_offer else f"{self.state}_settled"})

    @property
    def may_ask_hotel(self) -> bool:
        """Whether a municipality can be asked for a hotel: no bed, no child alone, nobody asked already."""
        child = self.household_id == Household.CHILD or self.turned_minor
        return self.no_bed and not child and not any(each.open for each in self.hotels)

    @property
    def may_mediate(self) -> bool:
        """Whether somebody can be asked to mediate now."""
        looks = self.state in (Search.State.OPEN, Search.State.REFUSED)
        return bool(self.mediator) and looks and not self.turned_minor

    @property
    def may_fill(self) -> bool:
        """Whether there is a night to say something of."""
        return not self.closed and (not self.held or bool(self.to_fill or self.to_correct))


def search(code: str, actor: Actor) -> SearchView:
    """Return one search, opened and logged.

    Raises:
        Absent: there is none in the actor's organisation.
        Refused: the role may not see it.
    """
    require_role(actor, SHELTER_READ)
    row = (
        Search.objects.filter(organisation_id=actor.own_organisation, code=code)
        .select_related("current_step")
        .first()
    )
    if row is None:
        raise Absent
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=SHELTER_READ)
    note(row, actor, SHELTER_READ)
    needs = Needs.from_json(envelope.read(row, "needs"))
    events = course_of(envelope.read(row, "course"))
    pack, step = current_release().pack, row.current_step
    tonight = night_of(timezone.now(), clock_of(pack))
    nights = list(SearchNight.objects.filter(search=row).order_by("night"))
    return SearchView(
        code=row.code,
        request=row.request_code,
        revision=row.revision,
        state=row.state,
        state_words=str(Search.State(row.state).label),
        household=household_words(row.household),
        household_id=row.household,
        place=shown(pack.subregions[row.subregion].label) if row.subregion in pack.subregions else "",
        since=row.opened,
        wanted=tuple(_wanted(needs, row, pack)),
        who_places=_who_places(needs.kind, pack),
        kind=_kind(row.kind, pack),
        starts=row.starts,
        review=row.review,
        answer_by=row.answer_by,
        held_until=row.held_until if row.gone_since is None else None,
        gone=row.gone_since is not None,
        late_offer=row.late_since is not None,
        mediated_until=row.mediated_until if row.state == Search.State.MEDIATION else None,
        mediator=shown(pack.mediator.label) if pack.mediator else "",
        why_mediated=_why_mediated(events, pack),
        course=tuple((date.fromisoformat(each.night), _told(each, pack)) for each in reversed(events)),
        cells=cells_of(row, nights, pack, tonight),
        tonight=tonight,
        to_fill=tuple(open_nights(nights, tonight)),
        to_correct=tuple(
            each.night
            for each in nights
            if each.outcome and each.night < tonight and may_be_corrected(each.night, tonight)
        ),
        no_bed=row.closed is None and row.state != Search.State.ON_HOLD and needs_bed(row, nights, tonight),
        hotels=hotel_lines(row.id, tonight, actor),
        turned_minor=row.closed is None and turned_minor(row, actor),
        turned_adult=row.closed is None and turned_adult(row, actor),
        has_address=SearchPlace.objects.filter(search=row).exists(),
        closed=row.closed is not None,
        step=str(step_named(step.what).label) if step else "",
        due=step.due if step else None,
        late=bool(step and step.due < timezone.now()),
    )


def request_of(code: str, actor: Actor) -> UUID:
    """Return from which request an open search was begun. Opens nothing.

    Raises:
        Absent: there is no such search here.
    """
    require_role(actor, SHELTER_READ)
    rows = Search.objects.filter(organisation_id=actor.own_organisation, code=code, closed__isnull=True)
    found = rows.values_list("request", flat=True).first()
    if found is None:
        raise Absent
    return found


def _wanted(needs: Needs, row: Search, pack: Pack) -> Iterator[tuple[str, str]]:
    yield _("Voor wie"), household_words(row.household)
    yield _("Bedden"), str(needs.beds)
    if needs.kind:
        yield _("Soort plek"), _kind(needs.kind, pack)
    there = (pack.shelter_filters.get(each) for each in needs.filters)
    wishes = [shown(each.label) for each in there if each]
    if wishes:
        yield _("Wat de plek moet hebben"), ", ".join(wishes)


def _kind(kind: str, pack: Pack) -> str:
    return shown(pack.shelter_kinds[kind].label) if kind in pack.shelter_kinds else ""


def _who_places(kind: str, pack: Pack) -> str:
    return shown(pack.shelter_kinds[kind].who_places) if kind in pack.shelter_kinds else ""


def _told(event: Happened, pack: Pack) -> str:
    """Return what happened, with what was said of it."""
    reason = pack.shelter_refusals.get(event.reason)
    provider = pack.care_offers.get(event.offer)
    more = [
        _kind(event.kind, pack),
        shown(provider.label) if provider else "",
        shown(reason.label) if reason else "",
        _before(event, pack),
        event.told,
    ]
    said_of_it = ". ".join(each for each in more if each)
    title = str(HAPPENED.get(event.what, event.what))
    return f"{title}: {said_of_it}" if said_of_it else title


def _why_mediated(events: Sequence[Happened], pack: Pack) -> str:
    last = next((each for each in reversed(events) if each.what == said.MEDIATED), None)
    reason = pack.shelter_refusals.get(last.reason) if last else None
    return ". ".join(filter(None, [shown(reason.label) if reason else "", last.told if last else ""]))


def _before(event: Happened, pack: Pack) -> str:
    """Return of a correction the night, and what stood there before."""
    night, _sep, state = event.about.partition(" ")
    if state not in pack.night_states:
        return ""
    return f"{night}, {_('eerst')}: {shown(pack.night_states[state].label).lower()}"
