"""Cases as who releases a visit must know them: which, and whether something may happen at the place.

And what they know that words about that contact or place may tell somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sluitend.journeys.cases.drafts import subject_tokens
from sluitend.journeys.cases.journey import CASE_READ, CASE_WORK
from sluitend.journeys.cases.models import Case, CaseReport, ResidentsQuestion, Subject, SubjectToken
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.parts import known_of
from sluitend.journeys.cases.queries.rows import find_case
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.telltale import Known, Sort, finder

FOUND_BY = {Sort.ADDRESS: "address", Sort.PLATE: "plate"}
"""What in running text says which place it is about, and the kind of identifier that it is."""


@dataclass(frozen=True)
class CaseAt:
    """A case, and whether somebody said what happens to the residents after a check."""

    id: UUID
    code: str
    place_may_go: bool
    elsewhere: bool = False
    """Whether another municipality was asked to take it over, or did; closed here, it may run there."""
    closed: bool = False


def case_at(code: str, actor: Actor) -> CaseAt:
    """Return one case, open or closed.

    Raises:
        Absent: there is none. Absent and forbidden look alike.
    """
    row = find_case(code, actor, CASE_WORK)
    return _views([row])[0]


def cases_about(actor: Actor, tokens: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Return by token which cases are about it, open or closed. Nothing is opened.

    Args:
        actor: a focal point or deputy.
        tokens: of addresses, companies and plates, of this organisation.
    """
    require_role(actor, CASE_READ)
    about: dict[UUID, set[UUID]] = {}
    for token, case_id in _about_asked().rows(organisation=actor.own_organisation, tokens=list(tokens)):
        about.setdefault(token, set()).add(case_id)
    return about


@cache
def _about_asked() -> Prepared:
    found = SubjectToken.objects.filter(organisation_id=Given("organisation"), token=among("tokens"))
    return Prepared(found.values_list("token", "case_id"))


def cases_going(actor: Actor, case_ids: Iterable[UUID]) -> list[CaseAt]:
    """Return those of these cases that are open, or that went to another municipality; the oldest first.

    Args:
        actor: a focal point or deputy.
        case_ids: of the cases; nothing is asked where there are none.
    """
    require_role(actor, CASE_READ)
    wanted = list(case_ids)
    if not wanted:
        return []
    going = Q(closed__isnull=True) | Q(transfer__isnull=False)
    rows = Case.objects.filter(going, organisation_id=actor.own_organisation, pk__in=wanted)
    return _views(list(rows.order_by("opened")))


def known_with(actor: Actor, tokens: Iterable[UUID], *, case_ids: Iterable[UUID | None] = ()) -> Known:
    """Return what the open cases about one of these values, and those that are named, know of people.

    They are opened, with so many statements whatever their number, and logged as read.

    Args:
        actor: a focal point or deputy.
        tokens: of addresses, companies and plates, of this organisation.
        case_ids: of cases that belong to it anyhow, closed ones too.
    """
    require_role(actor, CASE_READ)
    named = Q(pk__in=[each for each in case_ids if each])
    there = Q(pk__in=_about(actor, tokens), closed__isnull=True)
    rows = list(Case.objects.filter(named | there, organisation_id=actor.own_organisation))
    if not rows:
        return Known()
    envelopes = open_envelopes([row.envelope_id for row in rows], actor=actor, purpose=CASE_READ)
    opened = {row.id: envelopes[row.envelope_id] for row in rows if row.envelope_id in envelopes}
    found = Subject.objects.filter(case_id__in=opened)
    subjects = [reading.subject_view(each, opened[each.case_id]) for each in found]
    told = CaseReport.objects.filter(case_id__in=opened).values_list("report_id", flat=True)
    persons = [("subject", each.id) for each in subjects if each.is_person]
    record_many(
        actor=actor,
        action=CASE_READ,
        subjects=[*(("case", case) for case in opened), *persons],
        activity=Case.ACTIVITY,
        purpose="read",
    )
    return known_of(subjects, reports.reporters(told, actor), finder())


def residents_not_asked(actor: Actor, words: Iterable[str]) -> list[CaseAt]:
    """Return the open cases at the addresses in these words of which nobody said what happens to the people.

    Args:
        actor: a focal point or deputy.
        words: texts in which an address or a plate may stand.
    """
    tokens = {
        token
        for text in words
        for mark in finder().marks(text, Known(), today=timezone.localdate())
        if mark.sort in FOUND_BY
        for _kind, token in subject_tokens(
            actor.own_organisation, [(FOUND_BY[mark.sort], text[mark.start : mark.end])]
        )
    }
    about = cases_going(actor, _about(actor, tokens)) if tokens else []
    return [each for each in about if not (each.closed or each.place_may_go)]


def _about(actor: Actor, tokens: Iterable[UUID]) -> set[UUID]:
    return set[UUID]().union(*cases_about(actor, tokens).values())


def _views(rows: list[Case]) -> list[CaseAt]:
    answers = ResidentsQuestion.objects.filter(case_id__in=[row.id for row in rows]).order_by("at")
    last = dict(answers.values_list("case_id", "lets_place_go"))
    return [
        CaseAt(
            row.id,
            row.code,
            last.get(row.id, False),
            elsewhere=row.transfer is not None,
            closed=row.closed is not None,
        )
        for row in rows
    ]
