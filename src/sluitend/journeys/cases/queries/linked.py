"""One timeline over a case and those that somebody said belong with it, as far as this reader may open them.

What was seen stands at the day on which it was seen, what came in at the day on which it came in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import CASE_READ
from sluitend.journeys.cases.models import Case, CaseReport, EarlierLink, Observation, TimelineEvent
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.earlier import MOST, Found, links_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import decide
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.prepared import Prepared, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

LONGEST = 300
"""So many of each kind of line at most, the last ones: the rest stands with its own case."""

What = TimelineEvent.What
TOLD = frozenset(
    {
        What.OPENED,
        What.WEIGHED,
        What.NOTE,
        What.LOOKED_UP,
        What.LINKED,
        What.URGENT,
        What.REFERRAL,
        What.TRANSFER,
        What.CLOSED,
        What.REOPENED,
    }
)
"""Lines of a timeline that tell how the whole went. What is seen and what came in has a line of its own."""


class Sort(StrEnum):
    """What a point of the timeline is; its shape tells it."""

    SEEN = "seen"
    CAME_IN = "came_in"
    ASKED = "asked"
    DONE = "done"


@dataclass(frozen=True)
class Lane:
    """A case of the timeline; the last lane is of reports without a case."""

    name: str
    code: str = ""
    begun: date | None = None
    ended: date | None = None
    id: UUID | None = None


@dataclass(frozen=True)
class Moment:
    """A line of the timeline."""

    day: date
    at: datetime
    sort: Sort
    lane: int
    words: str
    text: str = ""
    source: str = ""
    report: str = ""
    """The code of the report that came in."""
    where: str = ""
    """The name of its lane."""


@dataclass(frozen=True)
class Whole:
    """The lanes, this case first, and the lines of all of them, the newest first."""

    lanes: Sequence[Lane]
    moments: Sequence[Moment]
    said: Mapping[UUID, EarlierLink]
    """What was said to belong with this case, from either side, by what it is about."""
    names: Mapping[UUID, str]
    """Of who wrote or decided something of all this."""

    @property
    def linked(self) -> Sequence[Lane]:
        """The other cases."""
        return [each for each in self.lanes[1:] if each.id]


type Opened = Mapping[UUID, tuple[int, OpenEnvelope]]
"""By case its lane and its envelope."""


def whole(case: Case, envelope: OpenEnvelope, found: Iterable[Found], actor: Actor) -> Whole:
    """Return the timeline over an opened case and what is linked with it; each other case is logged as read.

    Args:
        case, envelope: opened, and logged already.
        found: earlier signals, with what was said of them.
        actor: who looks.
    """
    said = dict(sorted(links_of(case).items(), key=lambda each: each[1].at, reverse=True)[:MOST])
    confirmed = [each for each in found if each.verdict == EarlierLink.Verdict.LINKED]
    others = open_linked(case, {*said, *(each.id for each in confirmed)}, actor)
    lanes = [_lane(case, envelope), *(_lane(each, opened) for each, opened in others)]
    loose = [each for each in confirmed if each.kind == "report"]
    opened = {case.id: (0, envelope)}
    opened |= {row.id: (place, key) for place, (row, key) in enumerate(others, start=1)}
    deciders = [*(each.by_id for each in said.values()), *(each.said_by for each in confirmed)]
    lines, names = _lines(opened, deciders)
    moments = [*lines, *(_loose(each, len(lanes)) for each in loose)]
    if loose:
        lanes.append(Lane(_("Zonder casus")))
    moments.sort(key=lambda each: (each.day, each.at), reverse=True)
    return Whole(lanes, [replace(each, where=lanes[each.lane].name) for each in moments], said, names)


def open_linked(case: Case, ids: set[UUID], actor: Actor) -> list[tuple[Case, OpenEnvelope]]:
    """Return the other cases that this reader may open, the newest first; a report leads to its case."""
    if not ids:
        return []
    joined = CaseReport.objects.filter(organisation_id=case.organisation_id, report_id__in=ids)
    wanted = (ids | set(joined.values_list("case_id", flat=True))) - {case.id}
    rows = Case.objects.filter(organisation_id=case.organisation_id, pk__in=wanted).order_by("-opened", "id")
    may = [each for each in rows[:MOST] if decide(actor, CASE_READ, each.resource())]
    envelopes = open_envelopes([each.envelope_id for each in may], actor=actor, purpose=CASE_READ)
    opened = [(each, envelopes[each.envelope_id]) for each in may if each.envelope_id in envelopes]
    record_many(
        actor=actor,
        action=CASE_READ,
        subjects=[("case", each.id) for each, _envelope in opened],
        activity=Case.ACTIVITY,
        purpose="linked",
    )
    return opened


def _lane(case: Case, envelope: OpenEnvelope) -> Lane:
    return Lane(
        name=envelope.read(case, "name"),
        code=case.code,
        begun=timezone.localtime(case.opened).date(),
        ended=timezone.localtime(case.closed).date() if case.closed else None,
        id=case.id,
    )


@cache
def _of_cases(kind: type[Model], *order: str) -> Prepared:
    rows = kind._default_manager.filter(case_id=among("cases"))  # noqa: SLF001 - documented
    return Prepared(rows.order_by(*order)[:LONGEST])


def _lines(opened: Opened, deciders: Iterable[UUID | None]) -> tuple[list[Moment], Mapping[UUID, str]]:
    """Return the lines of all these cases, with the names of who wrote them and of these deciders."""
    ids = list(opened)
    seen = _of_cases(Observation, "-at", "id").models(Observation, cases=ids)
    events = _of_cases(TimelineEvent, "-at", "id").models(TimelineEvent, cases=ids)
    reports = _of_cases(CaseReport, "-at", "id").models(CaseReport, cases=ids)
    names = reading.names_of([*deciders, *(each.by_id for each in seen), *(each.by_id for each in events)])
    replaced = {each.corrects_id for each in seen if each.corrects_id}
    return [
        *(_seen(each, opened, names) for each in seen if each.id not in replaced),
        *(_event(each, opened, names) for each in events if each.what in TOLD),
        *(_came_in(each, opened) for each in reports),
    ], names


def _seen(row: Observation, opened: Opened, names: Mapping[UUID, str]) -> Moment:
    lane, envelope = opened[row.case_id]
    content = envelope.read(row, "content")
    day, noted = reading.day_in(content["when"]), timezone.localtime(row.at).date()
    source = content["source"] or names.get(row.by_id, "")
    if day is None:
        source = ", ".join(filter(None, [source, _("dag niet bekend")]))
    words = str(Observation.Kind(row.kind).label)
    return Moment(day or noted, row.at, Sort.SEEN, lane, words, content["text"], source)


def _event(row: TimelineEvent, opened: Opened, names: Mapping[UUID, str]) -> Moment:
    lane, envelope = opened[row.case_id]
    said = reading.event_view(row, envelope, names)
    sort = Sort.ASKED if row.what == What.LOOKED_UP else Sort.DONE
    return Moment(timezone.localtime(row.at).date(), row.at, sort, lane, said.words, said.text, said.by)


def _came_in(row: CaseReport, opened: Opened) -> Moment:
    lane, _envelope = opened[row.case_id]
    return Moment(row.received, row.at, Sort.CAME_IN, lane, _("Melding"), report=row.report_code)


def _loose(found: Found, lane: int) -> Moment:
    at = timezone.make_aware(datetime.combine(found.day, datetime.min.time()))
    return Moment(
        found.day,
        at,
        Sort.CAME_IN,
        lane,
        _("Melding"),
        str(found.shares_words).capitalize(),
        report=found.code,
    )
