"""The next steps of a case and of its tracks: due as the handbook says, and at once where danger is new."""

from collections.abc import Callable
from datetime import datetime

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.journey import CASE, CHOOSE_ROUTE, TRACK
from sluitend.journeys.cases.models import Case, Track, is_minor
from sluitend.journeys.cases.rows import pack_of
from sluitend.journeys.reports.journey import WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.actions import plan
from sluitend.kernel.manifest import StepKind


def plan_case_step(
    case: Case,
    what: StepKind,
    *,
    actor: Actor,
    due: datetime | None = None,
    because: str = "",
    nothing_runs: bool = False,
) -> None:
    """Give a case its next step. The caller saves the case.

    Args:
        due: when somebody chose that it can wait until then.
        because: what was learnt, one of `Because`: the step goes before everything else then.
        nothing_runs: its tracks are closed, so nothing but this step looks after it.
    """
    hurries = bool(because) or nothing_runs or (due is None and what in (WEIGH, CHOOSE_ROUTE))
    plan(
        row=case,
        subject_kind=CASE,
        what=what,
        due=due or _usual(case, what, hurries=hurries, because=because),
        actor=actor,
        urgent=hurries and case.acute,
        minor=is_minor(case.minor),
        because=because,
    )


def plan_track_step(
    case: Case,
    track: Track,
    what: StepKind,
    *,
    actor: Actor,
    due: datetime | None = None,
    waits_on_other: bool = False,
    because: str = "",
    done_for_now: bool = False,
) -> None:
    """Give a track its next step. The caller saves the track.

    Args:
        due: when somebody chose it.
        waits_on_other: the owner can only wait and remind.
        because: what was learnt, one of `Because`: the step goes before everything else then.
        done_for_now: somebody just did what could be done; what follows is to look again, and hurries nobody.
    """
    hurries = not (done_for_now or waits_on_other)

    plan(
        row=track,
        subject_kind=TRACK,
        what=what,
        due=due or _usual(case, what, hurries=hurries, because=because),
        actor=actor,
        urgent=hurries and case.acute,
        minor=is_minor(case.minor),
        because=because,
        waits_on_other=waits_on_other,
    )


def _usual(
    case: Case, what: StepKind, *, hurries: bool, because: str
) -> Callable[[tuple[int, ...]], datetime]:
    """Return until when the handbook gives a step, by the days on which somebody works."""
    pack, minor = pack_of(case), is_minor(case.minor)

    def due(work_days: tuple[int, ...]) -> datetime:
        return terms.due_for(
            pack,
            what,
            work_days=work_days,
            acute=hurries and case.acute,
            minor=hurries and minor,
            news=bool(because),
        )

    return due
