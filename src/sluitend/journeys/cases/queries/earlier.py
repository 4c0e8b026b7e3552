"""The municipality's own earlier signals: the same phone, plate, company, address, account or name.

Tokens of what is known now are compared with those of all reports and cases of this organisation, so that a
value that was written differently is found too. Shown to focal points only; every hit stands in the ledger.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.drafts import subject_tokens
from sluitend.journeys.cases.journey import CASE_ENRICH
from sluitend.journeys.cases.models import Case, CaseReport, EarlierLink, Subject, SubjectToken
from sluitend.journeys.cases.queries.rows import open_case
from sluitend.journeys.reports import queries as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.ledger.actions import record_many
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

MOST = 20
KIND_WORDS = {
    "address": gettext_lazy("zelfde adres"),
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
            tuple(each.kinds),
            closed=each.closed,
            acute=each.acute,
            minor=each.minor,
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
    return _with_verdicts(found, about_id, actor)


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
            shares=tuple(dict.fromkeys(hit.kind for hit in hits if hit.case_id == case.id)),
            name=envelopes[case.envelope_id].read(case, "name"),
            closed=case.closed is not None,
            written=_written(case, hits, subjects, envelopes[case.envelope_id], pairs),
            acute=case.acute,
            minor=case.minor,
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
    kinds = {hit.kind for hit in hits if hit.case_id == case.id}
    values = [
        value
        for identity in dict.fromkeys(hit.subject_id for hit in hits if hit.case_id == case.id)
        for kind, value in envelope.read(subjects[identity], "content")["identifiers"]
        if kind in kinds and value not in known
    ]
    return tuple(dict.fromkeys(values))


def _with_verdicts(found: list[Found], about_id: UUID, actor: Actor) -> list[Found]:
    said = dict(
        EarlierLink.objects.filter(organisation_id=actor.own_organisation, about_id=about_id).values_list(
            "earlier_id", "verdict"
        )
    )
    return [replace(each, verdict=said.get(each.id, "")) for each in found]


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
