"""By what name the focal point knows the cases that next steps are about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Value

from sluitend.journeys.cases.journey import CASE, CASE_LIST, TRACK
from sluitend.journeys.cases.models import Case, CaseReport, Track
from sluitend.journeys.reports.journey import REPORT
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import SubjectKind
from sluitend.kernel.prepared import Given, Prepared, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes


@dataclass(frozen=True)
class Name:
    """The case that a subject belongs to, and the track when the subject is one."""

    case_id: UUID
    name: str
    track: str = ""


def names(
    actor: Actor, subjects: Mapping[UUID, SubjectKind], *, case_ids: Collection[UUID] = ()
) -> dict[UUID, Name]:
    """Return the neutral name of the case of each subject: a case, a track, or a report in one.

    A fixed number of statements and one line in the ledger. Only who works with cases gets any.

    Args:
        actor: who looks.
        subjects: of next steps, each with its kind.
        case_ids: cases that are known another way.
    """
    if not may(actor, CASE_LIST) or not (subjects or case_ids):
        return {}
    own = actor.own_organisation
    of_kind: dict[SubjectKind, list[UUID]] = {}
    for subject_id, kind in subjects.items():
        of_kind.setdefault(kind, []).append(subject_id)
    tracks, reports = _in_cases(own, of_kind)
    in_others = {*(case_id for case_id, _kind in tracks.values()), *reports.values()}
    wanted = in_others.union(of_kind.get(CASE, []), case_ids)
    rows = [_Row(*row) for row in _cases().rows(organisation=own, ids=list(wanted))] if wanted else []
    opened = open_envelopes([row.envelope_id for row in rows], actor=actor, purpose=CASE_LIST, of=Case)
    if rows:
        record(actor=actor, action=CASE_LIST, activity=Case.ACTIVITY)
    found = {
        row.id: Name(row.id, _read(row, opened[row.envelope_id])) for row in rows if row.envelope_id in opened
    }
    in_tracks = {
        track_id: Name(case_id, found[case_id].name, kind)
        for track_id, (case_id, kind) in tracks.items()
        if case_id in found
    }
    in_reports = {report_id: found[case_id] for report_id, case_id in reports.items() if case_id in found}
    return found | in_tracks | in_reports


class _Row(NamedTuple):
    id: UUID
    envelope_id: UUID
    name: bytes | None
    revision: int


@cache
def _cases() -> Prepared:
    rows = Case.objects.filter(organisation_id=Given("organisation"), id=among("ids"))
    return Prepared(rows.values_list(*_Row._fields))


def _read(row: _Row, envelope: OpenEnvelope) -> str:
    found: str = envelope.read_column(Case, "name", row.name, pk=row.id, revision=row.revision)
    return found


def _in_cases(
    own: UUID, of_kind: Mapping[SubjectKind, list[UUID]]
) -> tuple[dict[UUID, tuple[UUID, str]], dict[UUID, UUID]]:
    """Return case and kind of the tracks, and the case of the reports. One statement for both."""
    tracks, reports = of_kind.get(TRACK, []), of_kind.get(REPORT, [])
    asked = tracks or reports
    rows = _cases_of().rows(organisation=own, tracks=tracks, reports=reports) if asked else []
    return (
        {subject: (case_id, kind) for subject, case_id, kind in rows if kind},
        {subject: case_id for subject, case_id, kind in rows if not kind},
    )


@cache
def _cases_of() -> Prepared:
    own = Given("organisation")
    tracks = Track.objects.filter(organisation_id=own, id=among("tracks")).order_by()
    reports = CaseReport.objects.filter(organisation_id=own, report_id=among("reports")).order_by()
    in_reports = reports.values_list("report_id", "case_id", Value(""))
    return Prepared(tracks.values_list("id", "case_id", "kind").union(in_reports, all=True))
