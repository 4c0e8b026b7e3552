"""How a care file goes on, as its page shows it: an end that waits, aftercare, the route of a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import Contact, day_of
from sluitend.journeys.care_files.course import Age, Course, Look
from sluitend.journeys.care_files.queries.guidance import Guidance, all_unconfirmed, child_routes
from sluitend.journeys.care_files.words import AfterSaid, Channel, YesNo
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.queries import names


@dataclass(frozen=True)
class Waiting:
    """An end that waits for a colleague. `mine` says that who looks proposed it."""

    words: str
    open_door: str
    by: str
    on: date | None
    mine: bool


@dataclass(frozen=True)
class CourseView:
    """How a file goes on."""

    waiting: Waiting | None
    looks: tuple[str, ...]
    after_way: str
    after_dates: tuple[date, ...]
    after_asks: str
    asked: tuple[str, ...]
    may_plan: bool
    """Whether there is a way in which somebody can be asked how it goes."""
    child_waits: bool
    child_told: str
    child_since: date | None
    routes: tuple[Guidance, ...]
    age: str
    """When somebody under 18 was born, or a guess, in words."""
    age_given: Mapping[str, Any]
    """The same as it was filled in."""
    adult_on: date | None
    talk_now: bool
    """Whether somebody talks now about what is asked anew at 18."""
    adult_since: date | None
    was_guardian: str
    lawyer_by: date | None
    """Until when somebody talks with a lawyer, as they chose."""
    put_back: date | None
    """When a backup brought back what the person had taken back, where nobody looked at that yet."""

    @property
    def routes_unconfirmed(self) -> bool:
        """Whether nobody confirmed any of the routes."""
        return all_unconfirmed(self.routes)


def course_view(course: Course, contact: Contact, pack: Pack, actor: Actor) -> CourseView:
    """Return how a file goes on, in words.

    Args:
        contact: how the person may be reached.
    """
    people = names(_people(course))
    after = pack.request.aftercare_asks
    told_on = day_of(course.child_told_on)
    told = f"{course.child_told}, {date_format(told_on, 'j F Y')}" if told_on else ""
    return CourseView(
        waiting=_waiting(course, pack, actor, people),
        looks=tuple(_look(each, people) for each in course.looks),
        after_way=str(Channel(course.channel).label).lower() if course.channel else "",
        after_dates=tuple(filter(None, map(day_of, course.dates))),
        after_asks=shown(after) if after else "",
        asked=tuple(_asked(each.on, each.said) for each in course.asked),
        may_plan=bool(contact.running),
        child_waits=course.child_waits,
        child_told=told,
        child_since=day_of(course.child_since),
        routes=child_routes(pack) if course.child_since else (),
        age=age_in_words(course.age),
        age_given=_given(course.age),
        adult_on=course.age.adult_on if course.age else None,
        talk_now=_talks_now(course.age),
        adult_since=day_of(course.adult_since),
        was_guardian=course.was_guardian,
        lawyer_by=day_of(course.lawyer_by),
        put_back=day_of(course.put_back),
    )


def age_in_words(age: Age | None) -> str:
    """Return when somebody was born; or between which ages they are, and that it is a guess."""
    born = day_of(age.born) if age else None
    if age is None or not (born or age.low):
        return ""
    if born:
        return date_format(born, "j F Y")
    return _("tussen %(low)s en %(high)s, geschat") % {"low": age.low, "high": age.high}


def _given(age: Age | None) -> dict[str, Any]:
    return {"born": day_of(age.born), "low": age.low, "high": age.high} if age else {}


def _talks_now(age: Age | None) -> bool:
    on = age.talk_on if age and not age.talked else None
    return on is not None and on <= timezone.localdate()


def _people(course: Course) -> set[UUID]:
    waits = [course.proposed.by] if course.proposed else []
    return {UUID(each) for each in (*waits, *(look.by for look in course.looks))}


def _waiting(course: Course, pack: Pack, actor: Actor, people: dict[UUID, str]) -> Waiting | None:
    proposed = course.proposed
    if proposed is None:
        return None
    end = pack.request.end(proposed.end)
    return Waiting(
        words=shown(end.label) if end else "",
        open_door=proposed.open_door,
        by=people.get(UUID(proposed.by), ""),
        on=day_of(proposed.on),
        mine=str(actor.account_id) == proposed.by,
    )


def _look(look: Look, people: dict[UUID, str]) -> str:
    on = day_of(look.on)
    verdict = _("dit dossier kan dicht") if look.agrees == YesNo.YES else _("nog niet sluiten")
    parts = [
        date_format(on, "j F Y") if on else "",
        people.get(UUID(look.by), ""),
        f"{verdict}{': ' if look.remark else ''}{look.remark}",
    ]
    return ", ".join(filter(None, parts))


def _asked(on: str, said: str) -> str:
    day = day_of(on)
    return f"{date_format(day, 'j F Y') if day else ''}: {str(AfterSaid(said).label).lower()}"
