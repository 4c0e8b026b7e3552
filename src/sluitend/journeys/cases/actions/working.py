"""A verb on a case under way: its steps in the terms of the handbook, its tracks, its timeline."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.journey import CASE_WORK, CHOOSE_ROUTE
from sluitend.journeys.cases.models import Case, Noted, TimelineEvent, Track, is_minor
from sluitend.journeys.cases.queries.rows import find_case, is_taken
from sluitend.journeys.reports.journey import WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.revisions import OnRevisions
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.actions import Due
from sluitend.kernel.handbook.handling import Outcome
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.sealing.fields import Json


@dataclass
class OnTrack(OnRevisions[Track]):
    """What a verb on a case does with one of its tracks. It is saved with the case."""

    def plan(
        self,
        what: StepKind,
        *,
        due: datetime | None = None,
        waits: bool = False,
        because: str = "",
        done_for_now: bool = False,
    ) -> None:
        """Give the track its next step.

        Args:
            due: when somebody chose it.
            waits: the owner can only wait and remind.
            because: what was learnt, one of `Because`: the step goes before everything else then.
            done_for_now: somebody just did what could be done; what follows is to look again, and hurries
                nobody.
        """
        case, hurries = self.row.case, not (done_for_now or waits)
        self.next_step(
            what,
            due=due or _usual(case, what, hurries=hurries, because=because),
            urgent=hurries and case.acute,
            minor=is_minor(case.minor),
            because=because,
            waits=waits,
        )

    def close_with(self, outcome: Outcome) -> None:
        """Close the track with an outcome.

        Raises:
            Conflict: it is closed already.
        """
        self.to(Track.State.CLOSED)
        self.row.outcome = outcome.id
        self.close()


@dataclass
class OnCase(OnRevisions[Case]):
    """A verb on a case under way."""

    tracks: list[OnTrack] = field(default_factory=list)

    def plan(
        self,
        what: StepKind,
        *,
        due: datetime | None = None,
        because: str = "",
        nothing_runs: bool = False,
    ) -> None:
        """Give the case its next step.

        Args:
            due: when somebody chose that it can wait until then.
            because: what was learnt, one of `Because`: the step goes before everything else then.
            nothing_runs: its tracks are closed, so nothing but this step looks after it.
        """
        case = self.row
        hurries = bool(because) or nothing_runs or (due is None and what in (WEIGH, CHOOSE_ROUTE))
        self.next_step(
            what,
            due=due or _usual(case, what, hurries=hurries, because=because),
            urgent=hurries and case.acute,
            minor=is_minor(case.minor),
            because=because,
        )

    def on_track(self, row: Track) -> OnTrack:
        """Return what is done with a track: the same one however often it is asked."""
        known = next((each for each in self.tracks if each.row == row), None)
        if known is None:
            row.case = self.row
            known = OnTrack(row, self.actor, self.action)
            known.envelope = self.envelope
            self.tracks.append(known)
        return known

    def track(self, kind: str, *, revision: int | None = None) -> OnTrack:
        """Return what is done with the track of this kind.

        Raises:
            Absent: it was never opened.
            Conflict: it is no longer the revision that somebody saw.
        """
        row = Track.objects.filter(case=self.row, kind=kind).first()
        if row is None:
            raise Absent
        if revision is not None and row.revision != revision:
            raise Conflict
        return self.on_track(row)

    def event(
        self,
        what: TimelineEvent.What,
        *said: str | None,
        track: str = "",
        corrects: UUID | None = None,
    ) -> None:
        """Add a line to the timeline, with each of the sentences that there is."""
        event = TimelineEvent(
            organisation_id=self.row.organisation_id,
            case=self.row,
            what=what,
            track=track,
            corrects=corrects,
            at=timezone.now(),
            by_id=self.actor.account_id,
        )
        text = ". ".join(each for each in said if each)
        self.envelope.seal(event, "content", {"text": text} if text else None)
        event.save(force_insert=True)

    def write[Row: Noted](self, row: Row, **sealed: Json) -> Row:
        """Write down what somebody says now about the case, with its sealed columns."""
        row.organisation_id, row.case = self.row.organisation_id, self.row
        row.at, row.by_id = timezone.now(), self.actor.own_account
        for column, value in sealed.items():
            self.envelope.seal(row, column, value)
        row.save(force_insert=True)
        return row

    def save(self) -> None:
        """Write the next revision of each track and of the case, where there is one.

        Raises:
            Conflict: somebody else made it.
        """
        for each in self.tracks:
            each.save()
        super().save()


def on_case(
    code: str, actor: Actor, action: Permission, *, revision: int | None = None, purpose: str = ""
) -> AbstractContextManager[OnCase]:
    """Do something with an open case.

    Args:
        revision: that somebody saw when they began.
        purpose: of the ledger line: a code, where it is known beforehand.

    Raises:
        Absent: there is none for this organisation. Absent and forbidden look alike.
        DomainError: it is closed, or of another municipality by now.
        Conflict: the case was changed in the meantime.
    """
    case = find_open_case(code, actor, action, revision=revision)
    return doing(OnCase(case, actor, action, purpose))


def on_own(
    case_id: UUID, actor: Actor, purpose: str, action: Permission = CASE_WORK
) -> AbstractContextManager[OnCase]:
    """Do with a case, in whatever state it is, what another journey tells it.

    Raises:
        Absent: there is none for this organisation.
    """
    return doing(OnCase(own_case(case_id, actor), actor, action, purpose))


def own_case(case_id: UUID, actor: Actor) -> Case:
    """Return a case that another journey tells something.

    Raises:
        Absent: there is none for this organisation.
    """
    case = Case.objects.filter(organisation_id=actor.own_organisation, pk=case_id).first()
    if case is None:
        raise Absent
    require(actor, CASE_WORK, case.resource())
    return case


def open_tracks(case: Case) -> QuerySet[Track]:
    """Return the tracks of a case that are not closed."""
    return Track.objects.filter(case=case).exclude(state=Track.State.CLOSED)


def find_open_case(code: str, actor: Actor, action: Permission, *, revision: int | None = None) -> Case:
    """Return the case as `find_case` does, and refuse to change one that is closed."""
    case = find_case(code, actor, action, revision=revision)
    if case.state == Case.State.CLOSED:
        raise DomainError(_("Deze casus is gesloten. Heropen de casus eerst."))
    require_ours(case)
    return case


def require_ours(case: Case) -> None:
    """Refuse to work on a case that another municipality owns by now."""
    if is_taken(case):
        raise DomainError(_("Een andere gemeente nam deze casus over. U kunt de casus alleen nog sluiten."))


def _usual(case: Case, what: StepKind, *, hurries: bool, because: str) -> Due:
    """Return until when the handbook gives a step, by the days on which somebody works."""
    acute, minor = hurries and case.acute, hurries and is_minor(case.minor)
    return partial(terms.due_for, case.pack, what, acute=acute, minor=minor, news=bool(because))
