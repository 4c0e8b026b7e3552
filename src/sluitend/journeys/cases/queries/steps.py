"""What the pages of one step show: weighing, enrichment, route, closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.cases.journey import CASE_CLOSE, CASE_ENRICH, CASE_READ, CASE_WEIGH
from sluitend.journeys.cases.models import (
    Case,
    CaseReport,
    LookUp,
    Observation,
    SentReferral,
    Track,
    TrackKind,
)
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.earlier import Found, earlier_for_case
from sluitend.journeys.cases.queries.measures import Left, left_of
from sluitend.journeys.cases.queries.rows import find_case, open_case
from sluitend.journeys.cases.queries.shapes import Head
from sluitend.journeys.reports.journey import READ_ANSWER
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.phrases import marked
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import Permission, Source
from sluitend.kernel.handbook.handling import Closes, RetentionTerm
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.ledger.actions import record

RECENT = timedelta(days=92)
"""Seen within a quarter of a year counts as recent; the page names the day, and a person can differ."""


@dataclass(frozen=True)
class WeighPage:
    """The weighing, with the facts that answer or help to answer a question."""

    head: Head
    pack: Pack
    last_seen: date | None
    recent: str
    linked: int
    undecided: int
    may_hold: bool


def weigh_page(code: str, actor: Actor) -> WeighPage:
    """Return what the weighing needs; opened and logged."""
    case = find_case(code, actor, CASE_WEIGH)
    envelope, pack = open_case(case, actor, CASE_WEIGH), case.pack
    record(actor=actor, action=CASE_READ, subject=("case", case.id), activity=Case.ACTIVITY, purpose="weigh")
    facts = Observation.objects.filter(case=case, kind=Observation.Kind.FACT, corrected_by__isnull=True)
    days = [day for each in facts if (day := reading.day_in(envelope.read(each, "content")["when"]))]
    last = max(days, default=None)
    found = earlier_for_case(case, actor)
    return WeighPage(
        head=reading.head_of(case, envelope, pack, ""),
        pack=pack,
        last_seen=last,
        recent="" if last is None else ("yes" if timezone.localdate() - last <= RECENT else "no"),
        linked=sum(each.verdict == "linked" for each in found),
        undecided=sum(each.undecided for each in found),
        may_hold=not case.acute and case.minor not in ("yes", "perhaps"),
    )


@dataclass(frozen=True)
class Asked:
    """A question that was put to a source."""

    id: UUID
    source: str
    """Its id; a newer handbook may not know it any more."""
    name: str
    copy_rule: Text | None
    result: str
    result_words: str
    question: str
    need: str
    copied: str
    at: datetime
    by: str

    @property
    def may_copy(self) -> bool:
        """Whether something can be taken over: only after a hit, and once."""
        return self.result == LookUp.Result.HIT and not self.copied


@dataclass(frozen=True)
class SourcesPage:
    """The sources: answered, allowed, forbidden; and the own earlier signals."""

    head: Head
    pack: Pack
    earlier: Sequence[Found]
    asked: Sequence[Asked]
    may: Sequence[Source]
    may_not: Sequence[Source]

    @property
    def asked_ids(self) -> set[str]:
        """The sources that were asked something already."""
        return {each.source for each in self.asked}

    @property
    def known(self) -> list[str]:
        """What is known by now, in short lines."""
        lines = [each.copied for each in self.asked if each.copied]
        linked = sum(each.verdict == "linked" for each in self.earlier)
        return [*lines, *([_("Eerdere signalen verbonden: %(n)d") % {"n": linked}] if linked else [])]


def source_name(source: str, pack: Pack) -> str:
    """Return how a source is called; its id where the handbook of the case has it no more."""
    known = pack.sources.get(source)
    return shown(known.label) if known else source


def sources_page(code: str, actor: Actor) -> SourcesPage:
    """Return the sources for a case; opened and logged."""
    case = find_case(code, actor, CASE_ENRICH)
    envelope, pack = open_case(case, actor, CASE_ENRICH), case.pack
    record(actor=actor, action=CASE_READ, subject=("case", case.id), activity=Case.ACTIVITY, purpose="enrich")
    rows = list(LookUp.objects.filter(case=case).order_by("-at"))
    names = reading.names_of([row.by_id for row in rows])
    asked = []
    for row in rows:
        content = envelope.read(row, "content")
        asked.append(
            Asked(
                id=row.id,
                source=row.source,
                name=source_name(row.source, pack),
                copy_rule=known.copy_rule if (known := pack.sources.get(row.source)) else None,
                result=row.result,
                result_words=str(LookUp.Result(row.result).label),
                question=content["question"],
                need=content["need"],
                copied=envelope.read(row, "copied") or "",
                at=row.at,
                by=names.get(row.by_id, ""),
            )
        )
    usable = [source for source in pack.sources if not source.automatic]
    return SourcesPage(
        head=reading.head_of(case, envelope, pack, ""),
        pack=pack,
        earlier=earlier_for_case(case, actor),
        asked=asked,
        may=[source for source in usable if source.allowed is not Permission.NO],
        may_not=[source for source in usable if source.allowed is Permission.NO],
    )


@dataclass(frozen=True)
class Ending:
    """An outcome: what the reporter reads and how long the case is kept."""

    id: str
    label: str
    to_reporter: str
    kept: str


@dataclass(frozen=True)
class ClosePage:
    """What closing needs: what still stands open, and the words that the reporter will read."""

    head: Head
    pack: Pack
    open_tracks: Sequence[str]
    open_referrals: Sequence[str]
    unread: Sequence[str]
    """Codes of the reports of which a message waits to be read; it still does when the case is closed."""
    reports: int
    suggested: str
    suggested_fact: str
    outcomes: Sequence[Ending]
    left: Left
    """What the plan still asks, and what was tried, of a case that was worked by its plan."""

    @property
    def may_close(self) -> bool:
        """Whether nothing stands open any more."""
        return not self.open_tracks and not self.open_referrals


def close_page(code: str, actor: Actor) -> ClosePage:
    """Return what closing needs; opened and logged."""
    case = find_case(code, actor, CASE_CLOSE)
    envelope, pack = open_case(case, actor, CASE_CLOSE), case.pack
    record(actor=actor, action=CASE_READ, subject=("case", case.id), activity=Case.ACTIVITY, purpose="close")
    tracks = list(Track.objects.filter(case=case).order_by("-kind"))
    suggested, fact = _suggested(pack, tracks)
    return ClosePage(
        head=reading.head_of(case, envelope, pack, ""),
        pack=pack,
        open_tracks=[track.kind for track in tracks if track.state != Track.State.CLOSED],
        open_referrals=list(
            SentReferral.objects.filter(case=case, open=True).values_list("referral_code", flat=True)
        ),
        unread=_unread(case, actor),
        reports=CaseReport.objects.filter(case=case).count(),
        suggested=suggested,
        suggested_fact=fact,
        left=left_of(case, envelope),
        outcomes=[
            Ending(
                one.id,
                shown(one.label),
                marked(one.to_reporter.nl, confirmed=one.confirmed),
                term_words(pack.retention[one.retention]),
            )
            for one in pack.outcomes
            if Closes.CASE in one.closes
        ],
    )


def _unread(case: Case, actor: Actor) -> list[str]:
    reports = CaseReport.objects.filter(case=case).values("report_id")
    waits = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id__in=reports, what=READ_ANSWER, done__isnull=True
    )
    return list(waits.order_by("due").values_list("code", flat=True))


def term_words(term: RetentionTerm) -> str:
    """Return a retention term in words; until the municipality has decided on it, it is a proposal."""
    if term.days is not None:
        kept = ngettext("%(n)d dag", "%(n)d dagen", term.days) % {"n": term.days}
    else:
        kept = ngettext("%(n)d maand", "%(n)d maanden", term.months or 0) % {"n": term.months or 0}
    return kept if term.confirmed else _("%(term)s (voorstel)") % {"term": kept}


def _suggested(pack: Pack, tracks: list[Track]) -> tuple[str, str]:
    """Return the outcome of a track as a beginning, and the sentence that says so; a person picks."""
    for track in tracks:
        outcome = pack.outcomes.get(track.outcome)
        if outcome is not None and Closes.CASE in outcome.closes:
            said = {"track": str(TrackKind(track.kind).label).lower(), "outcome": shown(outcome.label)}
            return outcome.id, _("Ingevuld: het %(track)s eindigde met “%(outcome)s”.") % said
    return "", ""
