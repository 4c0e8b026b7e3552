"""The list of cases: what it can be filtered and sorted on, and a page of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.journey import CASE, CASE_LIST, WORK_PLAN
from sluitend.journeys.cases.models import PRESSING, Case, is_minor
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.finding import sought
from sluitend.journeys.cases.queries.glances import glance_of
from sluitend.journeys.cases.queries.shapes import CasePage, CaseRow
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.followup.assigning import work_days_of
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.listing import PAGE, Choice, Chosen, Order, Sorting
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

MOST = 1000

STATE = Choice("stand", _("Stand"), {"": _("Open"), **dict(Case.State.choices)})
HASTE = Choice("haast", _("Haast"), {"": _("Alle"), "ja": _("Acuut of minderjarig")})

NEWEST = Order(("-opened", "id"), (datetime.fromisoformat, UUID))
OLDEST = Order(("opened", "-id"), (datetime.fromisoformat, UUID))
"""The same index from its other end."""
SORT = Sorting(
    "volgorde", _("Volgorde"), {"": _("Nieuwste eerst"), "oud": _("Oudste eerst")}, (NEWEST, OLDEST)
)
CHOICES = (STATE, HASTE, SORT)


def cases(actor: Actor, asked: Mapping[str, str] | None = None) -> CasePage:
    """Return a page of cases by what an address asks: when nothing, the open ones, the newest first.

    The last page is as quick as the first.
    """
    require_role(actor, CASE_LIST)
    chosen = Chosen.of(CHOICES, asked or {})
    order = SORT.of(chosen)
    last = order.values(chosen.after) or ()
    which = (chosen[STATE.name], bool(chosen[HASTE.name]), bool(chosen.words))
    given = {
        "organisation": actor.own_organisation,
        "sought": sought(chosen.words, actor) if chosen.words else [],
    }
    total = _counted(*which).number(**given)
    page = _page(*which, order, after=bool(last)).rows(
        **given, **dict(zip(("opened", "id"), last, strict=False))
    )
    found = [_Listed(*row) for row in page]
    shown = found[:PAGE]
    envelopes = open_envelopes(
        [case.envelope_id for case in shown], actor=actor, purpose=CASE_LIST, of=[Case]
    )
    steps: dict[UUID, reading.OpenStep] = {}
    for step in reading.open_steps([case.id for case in shown], actor):
        if step.what != SECOND_EYES:
            steps.setdefault(step.subject_id, step)
    made, words = reading.StepMaker(work_days_of(actor)), cache(_state_words)
    chosen.note(actor, CASE_LIST, Case.ACTIVITY, [(CASE, case.id) for case in shown])
    return CasePage(
        rows=[_row(case, envelopes.get(case.envelope_id), steps.get(case.id), made, words) for case in shown],
        chosen=chosen,
        after=order.key(shown[-1]) if len(found) > PAGE else "",
        total=min(total, MOST),
        more_than_total=total > MOST,
    )


class _Listed(NamedTuple):
    """What the list shows of a case."""

    id: UUID
    revision: int
    envelope_id: UUID
    release_number: int
    facts: bytes | None
    code: str
    state: str
    opened: datetime
    acute: bool
    minor: str


def _row(
    case: _Listed,
    envelope: OpenEnvelope | None,
    step: reading.OpenStep | None,
    made: reading.StepMaker,
    words: Callable[[str], str],
) -> CaseRow:
    facts = (
        envelope.read_column(Case, "facts", case.facts, pk=case.id, revision=case.revision)
        if envelope
        else None
    )
    glance = glance_of(case.id, facts, release(case.release_number).pack)
    return CaseRow(
        code=case.code,
        where=glance.where or "",
        form=glance.form,
        state=case.state,
        state_words=words(case.state),
        opened=case.opened,
        acute=case.acute,
        minor=is_minor(case.minor),
        step=made.of(step, "case") if step else None,
        todo=glance.todo.says if glance.todo and step and step.what == WORK_PLAN else "",
    )


def _state_words(state: str) -> str:
    return str(Case.State(state).label)


@cache
def _counted(state: str, haste: bool, found: bool) -> Prepared:
    return Prepared(_which(state, haste, found).order_by().values_list("id")[: MOST + 1])


@cache
def _page(state: str, haste: bool, found: bool, order: Order, *, after: bool) -> Prepared:
    rows = _which(state, haste, found)
    if after:
        rows = rows.filter(order.past((Given("opened"), Given("id"))))
    return Prepared(rows.order_by(*order.columns).values_list(*_Listed._fields)[: PAGE + 1])


def _which(state: str, haste: bool, found: bool) -> QuerySet[Case]:
    rows = Case.objects.filter(organisation_id=Given("organisation"))
    if found:
        rows = rows.filter(id=among("sought"))
    if haste:
        rows = rows.filter(PRESSING)
    return rows.filter(state=state) if state else rows.filter(closed__isnull=True)
