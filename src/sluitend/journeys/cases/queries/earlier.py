"""The municipality's own earlier signals: the same phone, plate, company, address, account or name.

Tokens of what is known now are compared with those of all reports and cases of this organisation, so that a
value that was written differently is found too. Shown to focal points only; every hit stands in the ledger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.drafts import subject_tokens
from sluitend.journeys.cases.journey import CASE_ENRICH
from sluitend.journeys.cases.models import Case, CaseReport, EarlierLink, Subject, SubjectToken
from sluitend.journeys.cases.queries.rows import open_case
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.same_address import surest
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR

MOST = 20
KIND_WORDS: Mapping[str, str | Promise] = {
    DOOR: gettext_lazy("zelfde adres"),
    ADDRESS: gettext_lazy("misschien zelfde adres"),
    "phone": gettext_lazy("zelfde telefoon"),
    "plate": gettext_lazy("zelfde kenteken"),
    "kvk": gettext_lazy("zelfde bedrijf"),
    "company": gettext_lazy("zelfde bedrijfsnaam"),
    "account": gettext_lazy("zelfde account"),
    "name_birth": gettext_lazy("zelfde naam en geboortedatum"),
}


@dataclass(frozen=True)
class Found:
    """An earlier report or case with the same identifying value."""

    kind: str
    id: UUID
    code: str
    day: date
    shares: tuple[str, ...]
    name: str = ""
    closed: bool = False
    verdict: str = ""
    written: tuple[str, ...] = ()
    acute: bool = False
    minor: str = "unknown"
    tokens: frozenset[UUID] = frozenset()
    """What it has in common, of that for which was sought."""
    said_by: UUID | None = None
    said_at: datetime | None = None
    """Who said last whether it belongs here, and when."""

    @property
    def undecided(self) -> bool:
        """Whether the focal point has not said yet if it belongs here."""
        return not self.verdict

    @property
    def shares_words(self) -> str:
        """What it shares, in words."""
        return ", ".join(str(KIND_WORDS[kind]) for kind in self.shares if kind in KIND_WORDS)


def earlier(
    actor: Actor,
    identifiers: Iterable[tuple[str, str]],
    *,
    about_id: UUID,
    without_reports: Iterable[UUID] = (),
) -> list[Found]:
    """Return earlier cases and reports with one of these values, the newest first; each hit is logged.

    Args:
        actor: a focal point or deputy.
        identifiers: (kind, value) as typed.
        about_id: the report or case that is looked at now; it does not find itself.
        without_reports: the reports that belong to it.
    """
    require_role(actor, CASE_ENRICH)
    pairs = list(dict.fromkeys(identifiers))
    if not pairs:
        return []
    joined = CaseReport.objects.filter(organisation_id=actor.own_organisation, report_id=about_id)
    cases = _cases(actor, pairs, {about_id, *joined.values_list("case_id", flat=True)})
    without_reports = list(without_reports)
    excluded = {about_id, *without_reports}
    in_case = dict(
        CaseReport.objects.filter(organisation_id=actor.own_organisation)
        .filter(case_id__in=[each.id for each in cases])
        .values_list("report_id", "case_id")
    )
    signals = [
        Found(
            "report",
            each.report_id,
            each.code,
            each.received,
            surest(each.kinds),
            closed=each.closed,
            acute=each.acute,
            minor=each.minor,
            tokens=each.tokens,
        )
        for each in reports.earlier_signals(actor, pairs, excluding=excluded)
        if each.report_id not in in_case and each.report_id not in excluded
    ]
    found = sorted([*cases, *signals], key=lambda each: each.day, reverse=True)[:MOST]
    record_many(
        actor=actor,
        action="case.earlier",
        subjects=[(each.kind, each.id) for each in found],
        activity=Case.ACTIVITY,
        purpose="earlier_signals",
    )
    own = dict.fromkeys(without_reports, about_id)
    return _with_verdicts(found, about_id, actor, in_case | own)


def _cases(actor: Actor, pairs: list[tuple[str, str]], excluded: set[UUID]) -> list[Found]:
    tokens = subject_tokens(actor.own_organisation, pairs)
    hits = list(
        SubjectToken.objects.filter(
            organisation_id=actor.own_organisation, token__in=[token for _kind, token in tokens]
        ).exclude(case_id__in=excluded)[: MOST * 4]
    )
    rows = {
        case.id: case
        for case in Case.objects.filter(pk__in={hit.case_id for hit in hits}).order_by("-opened")[:MOST]
    }
    if not rows:
        return []
    envelopes = open_envelopes([case.envelope_id for case in rows.values()], actor=actor, purpose=CASE_ENRICH)
    subjects = {
        subject.id: subject for subject in Subject.objects.filter(pk__in={hit.subject_id for hit in hits})
    }
    return [
        Found(
            kind="case",
            id=case.id,
            code=case.code,
            day=timezone.localtime(case.opened).date(),
            shares=surest(hit.kind for hit in hits if hit.case_id == case.id),
            name=envelopes[case.envelope_id].read(case, "name"),
            closed=case.closed is not None,
            written=_written(case, hits, subjects, envelopes[case.envelope_id], pairs),
            acute=case.acute,
            minor=case.minor,
            tokens=frozenset(hit.token for hit in hits if hit.case_id == case.id),
        )
        for case in rows.values()
        if case.envelope_id in envelopes
    ]


def _written(
    case: Case,
    hits: list[SubjectToken],
    subjects: dict[UUID, Subject],
    envelope: OpenEnvelope,
    pairs: list[tuple[str, str]],
) -> tuple[str, ...]:
    """Return how the same values were written there, where that was different."""
    known = {value for _kind, value in pairs}
    kinds = {ADDRESS if hit.kind == DOOR else hit.kind for hit in hits if hit.case_id == case.id}
    values = [
        value
        for identity in dict.fromkeys(hit.subject_id for hit in hits if hit.case_id == case.id)
        for kind, value in envelope.read(subjects[identity], "content")["identifiers"]
        if kind in kinds and value not in known
    ]
    return tuple(dict.fromkeys(values))


def _with_verdicts(
    found: list[Found], about_id: UUID, actor: Actor, joined: Mapping[UUID, UUID]
) -> list[Found]:
    """Say of each whether it belongs here: said on the other side it holds too, and the last word counts."""
    ids = [about_id, *(each.id for each in found), *joined]
    rows = EarlierLink.objects.filter(
        organisation_id=actor.own_organisation, about_id__in=ids, earlier_id__in=ids
    ).order_by("at")
    said: dict[UUID, EarlierLink] = {}
    for row in rows:
        # What was said of a report holds for the case in which it is now.
        one, other = (joined.get(each, each) for each in (row.about_id, row.earlier_id))
        if about_id in (one, other):
            said[other if one == about_id else one] = row
    return [
        replace(each, verdict=link.verdict, said_by=link.by_id, said_at=link.at)
        if (link := said.get(each.id))
        else each
        for each in found
    ]


def links_of(case: Case) -> dict[UUID, EarlierLink]:
    """Return what somebody said last, from either side, to belong with a case: by what that is."""
    reports_in = CaseReport.objects.filter(organisation_id=case.organisation_id, case=case)
    mine = {case.id, *reports_in.values_list("report_id", flat=True)}
    rows = EarlierLink.objects.filter(
        Q(about_id__in=mine) | Q(earlier_id__in=mine), organisation_id=case.organisation_id
    )
    last = {row.earlier_id if row.about_id in mine else row.about_id: row for row in rows.order_by("at")}
    return {
        other: row
        for other, row in last.items()
        if row.verdict == EarlierLink.Verdict.LINKED and other not in mine
    }


def earlier_for_case(case: Case, actor: Actor) -> list[Found]:
    """Return the earlier signals for the subjects of a case."""
    envelope = open_case(case, actor, CASE_ENRICH)
    identifiers = [
        (kind, value)
        for subject in Subject.objects.filter(case=case)
        for kind, value in envelope.read(subject, "content")["identifiers"]
    ]
    reports_in = list(CaseReport.objects.filter(case=case).values_list("report_id", flat=True))
    return earlier(actor, identifiers, about_id=case.id, without_reports=reports_in)
