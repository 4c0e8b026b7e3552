"""What the pages of the desk show: next steps of every journey, and nothing of their content."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from sluitend.journeys.cases.journey import CASE, PARTNER_ANSWERED
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.referrals.journey import LOOK_AT_REFERRAL, REFERRAL
from sluitend.journeys.reports.journey import READ_REPORT, REPORT, TAKE_REQUEST, UNREADABLE
from sluitend.journeys.visits.journey import CARRY_OUT
from sluitend.journeys.visits.queries import planned_between
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.escalation import Rung
from sluitend.kernel.followup.journey import WORK_RETURNED
from sluitend.kernel.followup.queries import MOST_SAID, StepView
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import FOCAL, Work, kind_named, step_named, steps
from sluitend.kernel.organisations.models import Account, Role
from sluitend.kernel.organisations.queries import Colleague, colleagues, names
from sluitend.kernel.organisations.teams import caseworkers
from sluitend.surfaces.desk.rows import EyesView, Row, RowMaker, about_steps, answered, one_a_case
from sluitend.surfaces.desk.week import DayOfWeek, open_days, week_of

SHOWN_LATER = 12
HEEDS = (CARRY_OUT, PARTNER_ANSWERED)
ASSIGN = {"C": "/werk/casussen/{code}/toewijzen/", "M": "/werk/binnen/{code}/toewijzen/"}
HEARS_NEWS = FOCAL | {Role.MANAGER, Role.PARTNER}
"""Who may know how much came in; a reporter or an administrator may not."""
CAME_IN = {
    READ_REPORT: ngettext_lazy("%(n)s melding kwam binnen", "%(n)s meldingen kwamen binnen", "number"),
    LOOK_AT_REFERRAL: ngettext_lazy(
        "%(n)s doorzetting kwam binnen", "%(n)s doorzettingen kwamen binnen", "number"
    ),
    TAKE_REQUEST: ngettext_lazy("%(n)s hulpvraag kwam binnen", "%(n)s hulpvragen kwamen binnen", "number"),
}
FINISHED = ngettext_lazy("Collega's rondden %(n)s stap af", "Collega's rondden %(n)s stappen af", "number")


@dataclass(frozen=True)
class Somebody:
    """A colleague who is away."""

    name: str
    away_until: date
    replaced_by: str = ""


@dataclass(frozen=True)
class Today:
    """Everything of Vandaag."""

    day: date
    seen_before: datetime | None
    work: Work | None
    """The kind of work that was chosen; None for all."""
    first: list[Row]
    new: list[Row]
    """What came in and was not read, taken on or taken from the queue of a team yet."""
    new_title: str
    now: list[Row]
    waiting: list[Row]
    later: list[Row]
    open_number: int
    more: bool
    away: list[str]
    own_days: str
    week: list[DayOfWeek]
    """Who is there, for who works with reports and cases."""
    absent: list[Somebody]
    stand: list[tuple[str, int]]
    climbed: list["Waiting"]
    """What waits longer than agreed and was told to this manager."""
    next_day: date | None
    receives: bool
    manages: bool
    lists_due: tuple[referrals.OpenWith, ...]
    elsewhere: list[followup.WaitingThere]
    """Where this person stands in for others, and how much waits there."""
    lies: bool
    """Whether something new, or that nobody took, lies in the organisation; asked on a quiet day only."""
    knows: bool
    """Whether this person may know how it stands in the organisation."""
    says_released: bool
    """Whether a step says that a planned visit may go ahead, or a partner answered: perhaps to wait."""
    terms_unsure: bool
    """Whether a day that is shown rests on a term of the handbook that nobody confirmed."""

    @property
    def quiet(self) -> bool:
        """Whether nothing needs this person today; not to be said of a part of it."""
        waits = any(each.number for each in self.elsewhere)
        return self.work is None and not (self.first or self.new or self.now or self.climbed or waits)

    @property
    def none_of_it(self) -> bool:
        """Whether there is nothing of the kind of work that was chosen."""
        return self.work is not None and not (self.first or self.new or self.now or self.later)

    @property
    def under_control(self) -> bool:
        """Whether a quiet day of this person is one of the organisation too, as far as they may know."""
        return self.knows and not self.lies and bool(self.stand or self.receives or self.later)

    @property
    def next_day_words(self) -> str:
        """The day of the first thing to come: by its name within a week, with its date after that."""
        if self.next_day is None:
            return ""
        return date_format(self.next_day, "l" if self.next_day < self.day + timedelta(days=7) else "l j F")


def today(actor: Actor, account: Account, *, work: Work | None = None) -> Today:
    """Return what needs this person, most pressing first. A fixed number of statements.

    Args:
        work: only what is of this kind.
    """
    steps = followup.open_steps(actor, limit=followup.PAGE + 1)
    shown, day = answered(steps[: followup.PAGE]), timezone.localdate()
    first = [step for step in shown if _goes_first(step, day)]
    rest = [step for step in shown if not _goes_first(step, day) and not step.waits_on_other]
    new = [step for step in rest if _is_new(step)]
    known = [step for step in rest if not _is_new(step)]
    now = [step for step in known if step.due.date() <= day]
    later = sorted((step for step in known if step.due.date() > day), key=lambda step: step.due)
    people = colleagues(actor.own_organisation)
    days = tuple(account.work_days)
    maker, eyes = RowMaker(days, about_steps(actor, shown)), _eyes(first, actor, people)
    groups = [
        [maker.of(step, eyes.get(step.subject_id)) for step in each] for each in (first, new, now, later)
    ]
    if work is not None:
        groups = [[row for row in rows if row.work is work] for rows in groups]
    rows = one_a_case(*groups)
    _fill_one_button(rows[:3])
    (waiting,) = one_a_case(maker.of(step) for step in shown if step.waits_on_other)
    idle, knows = not (first or new or now), bool(actor.roles & HEARS_NEWS)
    return Today(
        day=day,
        seen_before=account.seen_before,
        work=work,
        first=rows[0],
        new=rows[1],
        new_title=_new_title(new, account.seen_before, day),
        now=rows[2],
        waiting=waiting,
        later=rows[3][:SHOWN_LATER],
        open_number=len(shown),
        more=len(steps) > followup.PAGE,
        away=_away(actor, account),
        own_days=days_in_words(days),
        week=_week(people, actor, day) if actor.roles & FOCAL else [],
        absent=_absent(actor, people) if actor.roles & FOCAL else [],
        # Only an empty day shows how much is under control.
        stand=_stand(actor) if idle else [],
        climbed=_climbed(actor),
        next_day=later[0].due.date() if later else None,
        receives=Role.PARTNER in actor.roles,
        manages=Role.MANAGER in actor.roles,
        lists_due=referrals.lists_due(actor) if actor.roles & FOCAL else (),
        elsewhere=followup.waiting_elsewhere(actor),
        lies=idle and knows and followup.nobody_has(untaken(), actor),
        knows=knows,
        says_released=any(step.what in HEEDS for step in shown),
        terms_unsure=_terms_unsure([*known, *new]),
    )


def _fill_one_button(groups: Iterable[list[Row]]) -> None:
    """Give the first row of these the filled button of the page."""
    for rows in groups:
        if rows:
            rows[0] = replace(rows[0], main=True)
            return


def _terms_unsure(steps: Iterable[StepView]) -> bool:
    terms = {step_named(each.what).term or "" for each in steps}
    if not terms:
        return False
    known = current_release().pack.deadlines
    found = (known.get(each) for each in terms)
    return any(each is not None and not each.confirmed for each in found)


def _week(people: list[Colleague], actor: Actor, day: date) -> list[DayOfWeek]:
    planned = planned_between(day, open_days(day)[-1], actor)
    return week_of(people, actor.account_id, day, planned)


def _goes_first(step: StepView, day: date) -> bool:
    """Acute always; about a child when it is to be done today or tomorrow, not a look back in two weeks."""
    soon = step.due.date() <= day + timedelta(days=1)
    return not step.waits_on_other and (step.urgent or (step.minor and soon))


def untaken() -> list[str]:
    """Return the steps about what nobody read or took on yet."""
    return [*(text for text, step in steps().items() if step.news), UNREADABLE, WORK_RETURNED]


def _is_new(step: StepView) -> bool:
    """Whether nobody read it or took it on, or it waits in the queue of a team for somebody to take it."""
    return bool(step_named(step.what).news) or step.team_id is not None


def _new_title(new: list[StepView], seen: datetime | None, day: date) -> str:
    """Return since when all of it is new, by the name of the day within a week."""
    since = timezone.localtime(seen).date() if seen else None
    if since is None or any(step.created_day < since for step in new):
        return _("Nieuw, nog niet opgepakt")
    said = date_format(since, "l" if since > day - timedelta(days=7) else "j F")
    return _("Nieuw sinds %(day)s") % {"day": said}


def _climbed(actor: Actor) -> list["Waiting"]:
    if Role.MANAGER not in actor.roles:
        return []
    return [each for each in waiting_rows(actor) if each.level >= Rung.MANAGER]


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
    since = followup.since(actor, account.seen_before)
    said = [(CAME_IN[step_named(what)], number) for what, number in since.new.items()]
    return [
        words % {"number": number, "n": number if number <= MOST_SAID else f"{MOST_SAID}+"}
        for words, number in (*said, (FINISHED, since.done))
        if number
    ]


def _absent(actor: Actor, people: list[Colleague]) -> list[Somebody]:
    others = {
        each.account_id: each for each in people if each.role in FOCAL and each.account_id != actor.account_id
    }
    return [
        Somebody(each.name, each.away_until, each.replaced_by) for each in others.values() if each.away_until
    ]


def _stand(actor: Actor) -> list[tuple[str, int]]:
    if not actor.roles & FOCAL:
        return []
    words = {
        CASE: _("Open casussen"),
        REFERRAL: _("Bij een partner"),
        REPORT: _("Meldingen"),
    }
    found = followup.open_subjects(actor, list(words))
    return [(words[kind], number) for kind, number in found.items()]


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
    assign: str
    owner: str
    """Who has it by name; empty while it is everybody's."""


def waiting_rows(actor: Actor) -> list[Waiting]:
    """Return what waits longer than agreed in the organisation, the oldest first. Two statements."""
    steps = followup.waiting_longest(actor)
    owners = names(step.owner_id for step in steps if step.owner_id)
    return [
        Waiting(
            step.words,
            str(kind_named(step.subject_kind).label),
            step.code,
            step.due,
            step.level,
            step.urgent,
            ASSIGN[step.code[:1]].format(code=step.code) if step.code[:1] in ASSIGN else "",
            owners.get(step.owner_id, "") if step.owner_id else "",
        )
        for step in steps
    ]


@dataclass(frozen=True)
class DeskPerson:
    """Somebody who does cases, with how much they have by name and until when they are away."""

    account_id: UUID
    name: str
    days: str
    number: int
    away_until: date | None
    replaced_by: str


def desk_people(actor: Actor) -> list[DeskPerson]:
    """Return who does cases here, for who sees to it that nothing waits. Two statements."""
    people = caseworkers(actor.own_organisation)
    numbers = followup.open_by_owner([each.account_id for each in people], actor)
    return [
        DeskPerson(
            each.account_id,
            each.name,
            days_in_words(each.work_days),
            numbers.get(each.account_id, 0),
            each.away_until,
            each.replaced_by,
        )
        for each in people
    ]
