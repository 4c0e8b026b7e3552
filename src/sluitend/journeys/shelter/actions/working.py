"""A verb on a search under way: its nights, what happened, and the next step by the clock."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.shelter.course import Happened, course_of
from sluitend.journeys.shelter.models import Search, SearchNight
from sluitend.journeys.shelter.nights import Clock, clock_of, in_stay, missing_nights, night_of
from sluitend.journeys.shelter.queries.turned import turned_minor
from sluitend.journeys.shelter.stepping import next_step
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.revisions import OnRevisions
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.sheltering import Night, ShelterKind
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import Role


@dataclass
class OnSearch(OnRevisions[Search]):
    """A verb on a search. Its nights and its next step follow from what it changed."""

    @cached_property
    def pack(self) -> Pack:
        """The handbook of now: where somebody sleeps tonight goes by no older one."""
        return current_release().pack

    @cached_property
    def clock(self) -> Clock:
        """The hours of each day."""
        return clock_of(self.pack)

    @cached_property
    def now(self) -> datetime:
        """The moment of this verb."""
        return timezone.now()

    @property
    def tonight(self) -> date:
        """The night that comes, or that is."""
        return night_of(self.now, self.clock)

    @property
    def course(self) -> tuple[Happened, ...]:
        """What happened until now."""
        return course_of(self.unsealed("course"))

    def happened(self, event: Happened) -> None:
        """Add what happened, of tonight."""
        event = replace(event, night=event.night or self.tonight.isoformat())
        self.seal("course", [each.to_json() for each in (*self.course, event)])

    def require_adult(self) -> None:
        """See that nobody looks on for an adult once the person turned out to be under 18.

        Raises:
            DomainError: that is so.
        """
        if turned_minor(self.row, self.actor):
            raise DomainError(_("De persoon is jonger dan 18. Stop deze zoektocht en zoek als kind alleen."))

    def fitting(self, kind: str) -> ShelterKind:
        """Return a kind of place that is for whom is looked for.

        Raises:
            DomainError: there is none of this id, or it is for others; or this is about a child by now.
        """
        self.require_adult()
        found = self.pack.shelter_kinds.get(kind)
        if found is None:
            raise DomainError(_("Kies een soort plek."), "kind")
        if self.row.household not in found.households:
            raise DomainError(_("Deze soort plek is niet voor wie u zoekt."), "kind")
        return found

    def nights(self) -> list[SearchNight]:
        """Return its nights, the first first."""
        return list(SearchNight.objects.filter(search=self.row).order_by("night"))

    def count_nights(self) -> list[SearchNight]:
        """Give each night until tonight its row, and let those of a stay be placed by themselves."""
        row = self.row
        rows = self.nights()
        if row.state == Search.State.ON_HOLD:
            return rows
        new = missing_nights(row.counted_from, self.tonight, {each.night for each in rows})
        SearchNight.objects.bulk_create(
            [SearchNight(organisation_id=row.organisation_id, search=row, night=night) for night in new],
            ignore_conflicts=True,
        )
        if row.state == Search.State.PLACED:
            self._sleep_in_place()
        return self.nights() if new or row.state == Search.State.PLACED else rows

    def _sleep_in_place(self) -> None:
        row = self.row
        for each in self.nights():
            if each.outcome or not in_stay(each.night, row.starts, row.review):
                continue
            over = each.night < self.tonight
            if each.plan == Night.PLACED and not over:
                continue
            SearchNight.objects.filter(pk=each.pk).update(
                plan=each.plan or Night.PLACED,
                outcome=Night.PLACED if over else "",
                kind=row.kind,
            )

    def go_on(self) -> None:
        """Give it its next step, where that is not the one that is there."""
        row = self.row
        if row.closed is not None:
            return
        wanted = next_step(row, self.count_nights(), self.now, self.clock)
        step = row.current_step
        if step and step.done is None and wanted.is_there(step.what, step.due, step.urgent):
            return
        self.next_step(
            wanted.what,
            due=wanted.due,
            urgent=wanted.urgent,
            minor=row.household == "child",
            waits=wanted.what.waits,
            owner_role=Role.PARTNER,
        )

    def require_all_filled(self) -> None:
        """Refuse to end what has nights of which nobody said what they became; tonight's empty row goes.

        Raises:
            DomainError: one is open.
        """
        for each in self.nights():
            if each.night < self.tonight and not each.outcome:
                raise DomainError(_("Vul eerst in wat elke nacht werd."))
        self.drop_tonight()

    def drop_tonight(self, *, planned: bool = False) -> None:
        """Take the row of tonight away where nothing stands in it; `planned`: also what was planned."""
        rows = SearchNight.objects.filter(search=self.row, night__gte=self.tonight, outcome="")
        (rows if planned else rows.filter(plan__in=["", Night.PLACED])).delete()

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Save what changes within, with the next step that follows from it."""
        yield
        self.go_on()
        self.save()


def on_search(
    code: str, actor: Actor, action: Permission, *, revision: int | None = None, purpose: str = ""
) -> AbstractContextManager[OnSearch]:
    """Do something with an open search.

    Args:
        revision: that somebody saw when they began.

    Raises:
        Absent: there is none in the actor's organisation. Absent and forbidden look alike.
        Conflict: it ended, or somebody else changed it.
    """
    row = (
        Search.objects.filter(organisation_id=actor.own_organisation, code=code)
        .select_related("current_step")
        .first()
    )
    if row is None:
        raise Absent
    if row.closed is not None or (revision is not None and row.revision != revision):
        raise Conflict
    return doing(OnSearch(row, actor, action, purpose))
