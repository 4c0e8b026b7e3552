"""Another date: what hurries waits longer only with a reason, for a while, and with a colleague who knows.

Whoever is alone can let it wait once: until the next office day where it presses, else for the handbook's
term. A colleague is asked to look along each time; longer, or once more, is possible when somebody else did.
What the colleague leaves climbs by itself, and putting off again does not begin that clock anew.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.actions.reasons import check_reason, said_by
from sluitend.journeys.cases.actions.working import on_case
from sluitend.journeys.cases.journey import CASE, CASE_WORK, FOLLOW_CASE, WORK_TRACK
from sluitend.journeys.cases.models import Case, TimelineEvent, is_minor
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.actions import ask_second_eyes
from sluitend.kernel.followup.deadlines import OFFICE_DAYS, due_in, end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.manifest import StepKind, step_named

LATEST_DUE_DAYS = 366
LOOKS = frozenset({FOLLOW_CASE, WORK_TRACK})
"""Steps that are done by looking how it stands; somebody may say that it is safe to look again later."""


def check_due(due: date, field: str = "due") -> date:
    """Return a day on which somebody can be expected to look again: today or later, within a year."""
    today = timezone.localdate()
    if due < today:
        raise DomainError(_("Kies een dag die nog komt."), field)
    if (due - today).days > LATEST_DUE_DAYS:
        raise DomainError(_("Kies een dag binnen een jaar."), field)
    return due


def refuse_later(step: NextStep, moment: datetime) -> None:
    """Refuse to put off what is acute and still has to be done."""
    latest = max(timezone.localdate(), timezone.localtime(step.due).date())
    if step.urgent and timezone.localtime(moment).date() > latest:
        raise DomainError(_("Dit is acuut. Een latere datum kan niet."), "due")


def check_next_look(case: Case, moment: datetime, field: str = "due") -> None:
    """Refuse that who just did something about what hurries looks again later than the handbook says."""
    latest = _term(case, WORK_TRACK)
    if hurries(case) and moment > latest:
        raise DomainError(_too_late(latest), field)


def hurries(case: Case) -> bool:
    """Return whether a case is acute, or may be about a child."""
    return case.acute or is_minor(case.minor)


def tell_colleague(case: Case, actor: Actor) -> None:
    """Ask a colleague to look along with what is put off; what was asked already keeps its clock."""
    ask_second_eyes(
        row=case,
        subject_kind=CASE,
        due=terms.second_eyes(case.pack, acute=case.acute),
        actor=actor,
        urgent=case.acute,
        minor=is_minor(case.minor),
        work_of=actor.account_id,
        anew=False,
    )


def _term(case: Case, what: StepKind) -> datetime:
    return terms.due_for(case.pack, what, OFFICE_DAYS)


def _too_late(latest: datetime) -> str:
    return _("Hier is haast bij. Kies uiterlijk %(day)s.") % {"day": date_format(latest, "l j F")}


def _check_longer(case: Case, step: NextStep, moment: datetime, track: str) -> None:
    """Refuse what one person may not decide alone about what hurries."""
    events = TimelineEvent.objects.filter(case=case).order_by("-at", "-id")
    danger = events.filter(what=TimelineEvent.What.URGENT).values_list("at", flat=True).first()
    if danger is not None:
        events = events.filter(at__gt=danger)
    put_off = events.filter(what=TimelineEvent.What.DUE, track=track).values_list("at", flat=True).first()
    if put_off is not None:
        if events.filter(what=TimelineEvent.What.LOOKED_ALONG, at__gt=put_off).exists():
            return
        raise DomainError(_("Dit is al een keer uitgesteld. Laat eerst een collega meekijken."), "due")
    presses = step.urgent or bool(step.because) or step.due <= end_of(timezone.localdate())
    latest = due_in(days=1) if presses else _term(case, step_named(step.what))
    if moment > latest:
        more = _("Keek een collega daarna mee, dan kan het langer.")
        raise DomainError(f"{_too_late(latest)} {more}", "due")


def change_due(
    *,
    actor: Actor,
    code: str,
    due: date,
    of: str = "case",
    reason: str = "",
    sentence: str = "",
    revision: int | None = None,
) -> None:
    """Set another date for the present next step of a case or of one of its tracks.

    Args:
        of: `case`, or the kind of a track.
        reason, sentence: why, where somebody says so.
        revision: of the case or the track.

    Raises:
        DomainError: the date has passed, or the step hurries and would be put off: what only has to be
            looked at again may wait with a reason and as long as one person may decide, what was decided may
            not.
    """
    track = "" if of == "case" else of
    with on_case(code, actor, CASE_WORK, revision=None if track else revision, purpose="change_due") as it:
        case, whose = it.row, it.track(track, revision=revision) if track else it
        step = NextStep.objects.filter(pk__in=[whose.row.current_step_id]).first()
        if step is None:
            raise Conflict
        moment = end_of(check_due(due))
        why = check_reason(case.pack, "change_date", reason, sentence) if reason else None
        looked_at = step.what in LOOKS
        longer = looked_at and hurries(case) and moment > max(step.due, end_of(timezone.localdate()))
        if (longer or (step.urgent and looked_at)) and why is None:
            raise DomainError(_("Hier is haast bij. Kies waarom het veilig kan wachten."), "reason")
        if longer:
            _check_longer(case, step, moment, track)
        elif not looked_at:
            refuse_later(step, moment)
        whose.next_step(
            step_named(step.what),
            due=moment,
            urgent=step.urgent and not looked_at,
            minor=step.minor,
            waits=step.waits_on_other,
        )
        if longer:
            tell_colleague(case, actor)
        with in_dutch():
            day = date_format(due, "l j F Y")
        it.event(TimelineEvent.What.DUE, day, said_by(why, sentence) if why else "", track=track)
