"""What the pages of the desk show: next steps of every journey, and nothing of their content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import FOCAL
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.followup.models import SubjectKind
from sluitend.kernel.followup.queries import StepView
from sluitend.kernel.organisations.models import Account, Role
from sluitend.kernel.organisations.queries import Colleague, colleagues
from sluitend.surfaces.desk.places import address_of, button_of

SHOWN_LATER = 12
HEARS_NEWS = FOCAL | {Role.MANAGER, Role.PARTNER}
"""Who may know how much came in; a reporter or an administrator may not."""


@dataclass(frozen=True)
class EyesView:
    """The second pair of eyes on an acute subject: done by whom and when, or still needed."""

    name: str
    moment: datetime | None


@dataclass(frozen=True)
class Row:
    """One step as a row of Vandaag."""

    words: str
    url: str
    button: str
    code: str
    kind: str
    due: str
    stood_for: date | None
    acute: bool
    minor: bool
    eyes: EyesView | None


@dataclass(frozen=True)
class Somebody:
    """A colleague with the days on which they work."""

    role: str
    name: str
    days: str


@dataclass(frozen=True)
class Today:
    """Everything of Vandaag."""

    day: date
    seen_before: datetime | None
    first: list[Row]
    now: list[Row]
    waiting: list[Row]
    later: list[Row]
    open_number: int
    more: bool
    away: list[str]
    own_days: str
    deputies: list[Somebody]
    stand: list[tuple[str, int]]
    next_day: date
    receives: bool

    @property
    def quiet(self) -> bool:
        """Whether nothing needs this person today."""
        return not (self.first or self.now)

    @property
    def main(self) -> Row | None:
        """The row with the one filled button."""
        return next(iter([*self.first, *self.now]), None)


def today(actor: Actor, account: Account) -> Today:
    """Return what needs this person, most pressing first. Six statements, whatever the number of steps."""
    steps = followup.open_steps(actor, limit=followup.PAGE + 1)
    shown, day = steps[: followup.PAGE], timezone.localdate()
    first = [step for step in shown if (step.urgent or step.minor) and not step.waits_on_other]
    rest = [step for step in shown if not (step.urgent or step.minor) and not step.waits_on_other]
    people = colleagues(actor.own_organisation)
    eyes = _eyes(first, actor, people)
    days = tuple(account.work_days)
    return Today(
        day=day,
        seen_before=account.seen_before,
        first=[_row(step, days, eyes) for step in first],
        now=[_row(step, days) for step in rest if _day(step) <= day],
        waiting=[_row(step, days) for step in shown if step.waits_on_other],
        later=[_row(step, days) for step in rest if _day(step) > day][:SHOWN_LATER],
        open_number=len(shown),
        more=len(steps) > followup.PAGE,
        away=_away(actor, account),
        own_days=days_in_words(days),
        deputies=_deputies(actor, people),
        stand=_stand(actor),
        next_day=add_working_days(day, 1, days),
        receives=Role.PARTNER in actor.roles,
    )


def _day(step: StepView) -> date:
    return timezone.localtime(step.due).date()


def _row(step: StepView, days: Sequence[int], eyes: dict[UUID, EyesView] | None = None) -> Row:
    return Row(
        words=step.words,
        url=address_of(step),
        button=button_of(step),
        code=step.code,
        kind=str(SubjectKind(step.subject_kind).label),
        due=due_in_words(step),
        stood_for=followup.stood_for(step.due, days) if step.passed and not step.urgent else None,
        acute=step.urgent,
        minor=step.minor,
        eyes=(eyes or {}).get(step.subject_id),
    )


def due_in_words(step: StepView) -> str:
    """Return until when, as on a list: never a colour for lateness, never "te laat"."""
    moment = timezone.localtime(step.due)
    ahead = (moment.date() - timezone.localdate()).days
    if step.urgent:
        return (
            _("Nu")
            if ahead <= 0 and step.passed
            else _("Vandaag om %(time)s") % {"time": date_format(moment, "H:i")}
        )
    if ahead <= 0:
        return _("Vandaag")
    day = _("Morgen") if ahead == 1 else date_format(moment, "l j F").capitalize()
    return _("Wacht tot %(day)s") % {"day": day.lower()} if step.waits_on_other else day


def _eyes(first: list[StepView], actor: Actor, people: list[Colleague]) -> dict[UUID, EyesView]:
    names = {each.account_id: each.name for each in people}
    asked = followup.second_eyes([step.subject_id for step in first], actor)
    return {
        subject: EyesView(names.get(eyes.done_by, "") if eyes.done_by else "", eyes.done)
        for subject, eyes in asked.items()
    }


def _away(actor: Actor, account: Account) -> list[str]:
    """Say what happened since somebody was here on an earlier day, in counts by kind."""
    if account.seen_before is None or not actor.roles & HEARS_NEWS:
        return []
    new = followup.new_since(actor, timezone.localtime(account.seen_before).date())
    lines = []
    if number := new.get(SubjectKind.REPORT, 0):
        lines.append(
            ngettext("%(n)d melding kwam binnen", "%(n)d meldingen kwamen binnen", number) % {"n": number}
        )
    if number := new.get(SubjectKind.REFERRAL, 0):
        lines.append(
            ngettext("%(n)d doorzetting kwam binnen", "%(n)d doorzettingen kwamen binnen", number)
            % {"n": number}
        )
    if done := sum(each.number for each in followup.done_by_others_since(actor, account.seen_before)):
        lines.append(
            ngettext("Collega's rondden %(n)d stap af", "Collega's rondden %(n)d stappen af", done)
            % {"n": done}
        )
    return lines


def _deputies(actor: Actor, people: list[Colleague]) -> list[Somebody]:
    if not actor.roles & FOCAL:
        return []
    others = {
        each.account_id: each for each in people if each.role in FOCAL and each.account_id != actor.account_id
    }
    return [
        Somebody(str(each.role.label), each.name, days_in_words(each.work_days)) for each in others.values()
    ]


def _stand(actor: Actor) -> list[tuple[str, int]]:
    if not actor.roles & FOCAL:
        return []
    open_now = followup.open_subjects(actor)
    return [
        (_("Open casussen"), open_now.get(SubjectKind.CASE, 0)),
        (_("Bij een partner"), open_now.get(SubjectKind.REFERRAL, 0)),
        (_("Meldingen"), open_now.get(SubjectKind.REPORT, 0)),
    ]


def days_in_words(days: Iterable[int]) -> str:
    """Return working days as somebody says them: "maandag tot en met vrijdag", "dinsdag en donderdag"."""
    numbers = sorted(set(days))
    names = [str(WEEKDAYS[number - 1]) for number in numbers]
    if not names:
        return _("geen vaste dagen")
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return _("%(first)s tot en met %(last)s") % {"first": names[0], "last": names[-1]}
    if len(names) == 1:
        return names[0]
    return _("%(some)s en %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True)
class Waiting:
    """A step that waits longer than agreed, without what it is about."""

    words: str
    kind: str
    code: str
    due: datetime
    level: int
    acute: bool


def waiting_rows(actor: Actor) -> list[Waiting]:
    """Return what waits longer than agreed in the organisation, the oldest first."""
    return [
        Waiting(
            step.words,
            str(SubjectKind(step.subject_kind).label),
            step.code,
            step.due,
            step.level,
            step.urgent,
        )
        for step in followup.waiting_longest(actor)
    ]
