"""What a row says of the case or report that its step is about: where, which form, what is asked next.

Of a case that stands sealed with its facts, as `actions/glancing` keeps it; nothing else of it is read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, Model, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.journey import CASE, CASE_LIST, TRACK
from sluitend.journeys.cases.models import Case, CaseReport, Subject, Track
from sluitend.journeys.cases.queries.recalls import recalls_in
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.journey import REPORT, REPORT_LIST
from sluitend.journeys.reports.queries import Glanced, ReportGlance
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import PlanVerb
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission, SubjectKind, Work
from sluitend.kernel.prepared import Given, Prepared, among, insert_together
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

ROW, KIND, NEXT = "row", "kind", "next"
"""Under which key the facts of a case keep what rows say, and two of the keys there."""

PLACE_KIND = "place_kind"
"""The fact that says what kinds of place it is, in a handbook that asks. Rows keep them, a space between."""

WHERE = (Subject.Kind.PLACE, Subject.Kind.COMPANY)
"""What says where a case is, the first that is known."""

LONGEST = 70
IN_A_CASE, JOINED = "case", "joined"

DEEDS: Mapping[PlanVerb, tuple[str | Promise, Work]] = {
    PlanVerb.CALL: (gettext_lazy("Bel"), Work.CALL),
    PlanVerb.REFER: (gettext_lazy("Stel op"), Work.WRITE),
    PlanVerb.ASK: (gettext_lazy("Stel op"), Work.WRITE),
    PlanVerb.CONSULT: (gettext_lazy("Stel op"), Work.WRITE),
    PlanVerb.BRING_IN: (gettext_lazy("Stel op"), Work.WRITE),
    PlanVerb.TRANSFER: (gettext_lazy("Draag over"), Work.WRITE),
    PlanVerb.ASSIGN: (gettext_lazy("Wijs toe"), Work.DECIDE),
    PlanVerb.PASS_ON: (gettext_lazy("Geef door"), Work.WRITE),
    PlanVerb.PROPOSE: (gettext_lazy("Stel voor"), Work.DECIDE),
    PlanVerb.DO: (gettext_lazy("Vink af"), Work.DECIDE),
}
"""What the button of an action says, and what kind of work it is."""


@dataclass(frozen=True)
class Todo:
    """The action that is the next step of a case, in the words of its plan."""

    says: str
    button: str | Promise
    work: Work
    calls_help: bool = False
    """Whether it is a call to who comes at once: no other row of the case goes before that."""


@dataclass(frozen=True)
class Glance:
    """What a row says. Of a case that nobody touched since rows say so, `where` is not known: None."""

    case_id: UUID | None = None
    where: str | None = None
    form: str = ""
    track: str = ""
    todo: Todo | None = None
    news: ReportGlance | None = None
    recalls: Mapping[str, str] = field(default_factory=dict)
    """The letters of a case of which somebody must say whether they stay, each with why."""
    joined: ReportGlance | None = None
    """Of a case that heard something of a report that was added: that report."""


@dataclass(frozen=True)
class Quote:
    """Sealed words of a journey above this one, which a row quotes: opened with the rest of the page."""

    kind: type[Model]
    column: str
    id: UUID
    envelope_id: UUID
    sealed: bytes
    revision: int
    by: str
    day: date
    listed: Permission
    """The right by which it is read, and what the ledger calls it."""
    activity: str


@dataclass(frozen=True)
class Asked:
    """What is asked about the subjects of a page, beside the subjects themselves."""

    case_ids: Collection[UUID] = ()
    """Cases that are known another way."""
    unread: Collection[UUID] = ()
    """Reports of which a message waits to be read."""
    heard: Collection[UUID] = ()
    """Cases and tracks that heard something of a report that was added."""
    quotes: Mapping[UUID, Quote] = field(default_factory=dict)
    """What is quoted of a subject of another journey."""


def glances(
    actor: Actor, subjects: Mapping[UUID, SubjectKind], asked: Asked | None = None
) -> dict[UUID, Glance]:
    """Return what rows say of each subject: a case, a track, or a report, in a case or not yet.

    A fixed number of statements and a line in the ledger for each kind of list. Only who works with cases
    and reports gets any.

    Args:
        actor: who looks.
        subjects: of next steps, each with its kind.
        asked: what more.
    """
    asked = asked or Asked()
    if not (may(actor, CASE_LIST) and may(actor, REPORT_LIST)) or not (subjects or asked.case_ids):
        return {}
    own = actor.own_organisation
    of_kind: dict[SubjectKind, list[UUID]] = {}
    for subject_id, kind in subjects.items():
        of_kind.setdefault(kind, []).append(subject_id)
    in_cases = _in_cases(own, of_kind, asked.heard)
    wanted = {*(case_id for case_id, _kind in in_cases.tracks.values()), *in_cases.reports.values()}
    wanted = wanted.union(of_kind.get(CASE, []), asked.case_ids)
    loose = [each for each in of_kind.get(REPORT, []) if each not in in_cases.reports]
    found = _opened(actor, wanted, {*loose, *in_cases.joined.values()}, asked)
    cases, told = found.cases, found.told
    for case_id, report_id in in_cases.joined.items():
        if case_id in cases:
            cases[case_id] = replace(cases[case_id], joined=told.get(report_id))
    return {
        **cases,
        **{each: _of_track(cases[of], kind) for each, (of, kind) in in_cases.tracks.items() if of in cases},
        **{each: _of_report(cases.get(of), told.get(each)) for each, of in in_cases.reports.items()},
        **{each: _of_report(None, told.get(each)) for each in loose},
        **{each: Glance(news=said) for each, said in found.quoted.items()},
    }


def _of_track(case: Glance, kind: str) -> Glance:
    return Glance(case.case_id, case.where, case.form, kind, joined=case.joined)


def _of_report(case: Glance | None, told: ReportGlance | None) -> Glance:
    if case is not None:
        return Glance(case.case_id, case.where, case.form, news=told)
    # A question for advice is about no place.
    return (
        Glance(where=_placed(told.where) if told.where else None, form=told.form, news=told)
        if told
        else Glance()
    )


@dataclass
class _Opened:
    """What was read for a page: of each case, of each report, and what is quoted of other subjects."""

    cases: dict[UUID, Glance] = field(default_factory=dict)
    told: dict[UUID, ReportGlance] = field(default_factory=dict)
    quoted: dict[UUID, ReportGlance] = field(default_factory=dict)


def _opened(actor: Actor, cases: Collection[UUID], told: Collection[UUID], asked: Asked) -> _Opened:
    if not (cases or told or asked.unread or asked.quotes):
        return _Opened()
    answer = _glanced().rows(
        organisation=actor.own_organisation, cases=list(cases), reports=list(told), unread=list(asked.unread)
    )
    rows, quotes = [Glanced(*row) for row in answer], asked.quotes.values()
    opened = open_envelopes(
        {*(row.envelope_id for row in rows if row.envelope_id), *(each.envelope_id for each in quotes)},
        actor=actor,
        purpose=CASE_LIST,
        of=(Case, *reports.GLANCED_KINDS, *{each.kind for each in quotes}),
    )
    in_cases = [row for row in rows if row.what == IN_A_CASE]
    others = [row for row in rows if row.what != IN_A_CASE]
    with insert_together():
        if in_cases:
            record(actor=actor, action=CASE_LIST, activity=Case.ACTIVITY)
        if others:
            record(actor=actor, action=REPORT_LIST, activity=reports.ACTIVITY)
        for listed, activity in {(each.listed, each.activity) for each in quotes}:
            record(actor=actor, action=listed, activity=activity)
    return _Opened(
        {
            row.subject: _of_case(row, envelope)
            for row in in_cases
            if row.envelope_id and (envelope := opened.get(row.envelope_id))
        },
        reports.report_glances(others, opened),
        {
            subject: _of_quote(each, envelope)
            for subject, each in asked.quotes.items()
            if (envelope := opened.get(each.envelope_id))
        },
    )


def _of_quote(quote: Quote, envelope: OpenEnvelope) -> ReportGlance:
    said = envelope.read_column(quote.kind, quote.column, quote.sealed, pk=quote.id, revision=quote.revision)
    return ReportGlance(said=reports.quoted(said["text"]), by=quote.by, day=quote.day)


@cache
def _glanced() -> Prepared:
    cases = Case.objects.filter(organisation_id=Given("organisation"), id=among("cases")).order_by()
    told, wrote = reports.glanced()
    of_cases = cases.values_list(
        F("id"),
        "id",
        "envelope_id",
        "facts",
        "revision",
        "release_number",
        Value(None, output_field=DateField()),
        Value(IN_A_CASE),
    )
    return Prepared(told.union(of_cases, wrote, all=True))


def _of_case(row: Glanced, envelope: OpenEnvelope) -> Glance:
    facts = envelope.read_column(Case, "facts", row.sealed, pk=row.id, revision=row.revision)
    return glance_of(row.subject, facts, release(row.release).pack)


def glance_of(case_id: UUID, facts: Any, pack: Pack) -> Glance:
    """Return what rows say of a case.

    Args:
        facts: of the case, as they are sealed.
        pack: the handbook of the case.
    """
    kept = facts if isinstance(facts, dict) else {}
    row = kept.get(ROW)
    forms = [shown(form.label).lower() for each in kept.get("forms", ()) if (form := pack.forms.get(each))]
    return Glance(
        case_id=case_id,
        where=None if row is None else _where(row, pack),
        form=", ".join(forms[:2]),
        todo=_todo((row or {}).get(NEXT, ""), pack),
        recalls=recalls_in(kept, pack),
    )


def _where(row: Mapping[str, str], pack: Pack) -> str:
    place = next((row[each] for each in WHERE if row.get(each)), "")
    fact = pack.plan_facts.get(PLACE_KIND)
    said = row.get(KIND, "").split()
    kinds = [shown(each.label) for each in fact.values if each.id in said] if fact else []
    named = [each for each in kinds if each.lower() not in place.lower()]
    return _placed(", ".join(filter(None, [*named, place])))


def _placed(where: str) -> str:
    return reports.shortened(where, LONGEST) if where else _("Plek nog niet bekend")


def _todo(action: str, pack: Pack) -> Todo | None:
    found = pack.plan_actions.get(action)
    if found is None:
        return None
    button, work = DEEDS[found.verb]
    calls_help = found.verb is PlanVerb.CALL
    return Todo(shown(found.says), button, Work.CALL if found.call else work, calls_help)


@dataclass(frozen=True)
class _InCases:
    """The case and kind of each track, the case of each report, and the report that a case heard of last."""

    tracks: dict[UUID, tuple[UUID, str]]
    reports: dict[UUID, UUID]
    joined: dict[UUID, UUID]


def _in_cases(own: UUID, of_kind: Mapping[SubjectKind, list[UUID]], heard: Collection[UUID]) -> _InCases:
    """Return what belongs to which case. One statement for all."""
    tracks, of_reports = of_kind.get(TRACK, []), of_kind.get(REPORT, [])
    asked = tracks or of_reports or heard
    given = {"organisation": own, "tracks": tracks, "reports": of_reports, "heard": list(heard)}
    rows = _cases_of().rows(**given) if asked else []
    return _InCases(
        {subject: (case_id, kind) for subject, case_id, kind in rows if kind not in ("", JOINED)},
        {subject: case_id for subject, case_id, kind in rows if not kind},
        {case_id: subject for subject, case_id, kind in rows if kind == JOINED},
    )


@cache
def _cases_of() -> Prepared:
    own = Given("organisation")
    tracks = Track.objects.filter(organisation_id=own, id=among("tracks")).order_by()
    parts = CaseReport.objects.filter(organisation_id=own)
    in_cases = parts.filter(report_id=among("reports")).order_by()
    # Together and not one or the other: with an "or" the database reads every part of every case.
    of_tracks = Track.objects.filter(organisation_id=own, id=among("heard")).values("case_id")
    of_cases = Case.objects.filter(organisation_id=own, id=among("heard")).values("id")
    added = parts.filter(case_id__in=of_cases.union(of_tracks, all=True))
    last = added.order_by("case_id", "-at", "-id").distinct("case_id")
    return Prepared(
        tracks.values_list("id", "case_id", "kind").union(
            in_cases.values_list("report_id", "case_id", Value("")),
            last.values_list("report_id", "case_id", Value(JOINED)),
            all=True,
        )
    )
