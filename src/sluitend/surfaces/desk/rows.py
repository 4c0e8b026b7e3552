"""Next steps as rows of Vandaag: where, which form, what is new, what to do and why now; one row a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import queries as care_files
from sluitend.journeys.care_files.journey import CARE_FILE
from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.journey import PARTNER_ASKS, RECALL_OR_LEAVE, WORK_PLAN
from sluitend.journeys.cases.queries import Asked, Glance
from sluitend.journeys.exchanges import queries as exchanges
from sluitend.journeys.exchanges.journey import TRANSFER
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, AWAIT_WORD, REFERRAL
from sluitend.journeys.reports.journey import CARE_REQUEST, READ_ANSWER
from sluitend.journeys.reports.queries import ReportGlance
from sluitend.journeys.visits import queries as visits
from sluitend.journeys.visits.journey import PLANNED
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import queries as flow
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import Because
from sluitend.kernel.followup.queries import StepView
from sluitend.kernel.manifest import News, Work, kind_named, step_named
from sluitend.surfaces.desk.places import address_of, button_of
from sluitend.surfaces.templatetags.sluitend import nlday, nlwhen, stood_for


@dataclass(frozen=True)
class EyesView:
    """The second pair of eyes on an acute subject: done by whom and when, or still needed."""

    name: str
    moment: datetime | None


UNKNOWN = Glance()


@dataclass(frozen=True)
class About:
    """What a step is about, as far as its owner knows it: the case or report, the partner and its answer."""

    glance: Glance = UNKNOWN
    partner: str = ""
    answer: str = ""
    answered_on: date | None = None
    asked: ReportGlance | None = None
    """What the partner asked."""
    kind: str = ""
    """What it is, where that says more than its kind."""


NOTHING_KNOWN = About()


@dataclass(frozen=True)
class Row:
    """One step as a row of Vandaag."""

    step_id: UUID
    subject_id: UUID
    words: str
    """What is to be done."""
    url: str
    button: str
    work: Work
    code: str
    kind: str
    due: str
    since: str
    """Since which day it waits, where that is not today."""
    stood_for: str
    """For which day it stood, in words, where it was not done on it."""
    acute: bool
    minor: bool
    case_id: UUID | None = None
    where: str = ""
    form: str = ""
    new: str = ""
    """The newest words, from whom and when; or what was learnt that puts it first."""
    eyes: EyesView | None = None
    apart: bool = False
    """Whether it has a row of its own beside other steps of its case."""
    leads: bool = False
    """Whether it is the row of its case, whichever came first."""
    answers: str = ""
    """The referral whose answer can be noted from here, also when that step is behind another of the case."""
    main: bool = False
    """Whether it has the filled button of its page."""

    @property
    def title(self) -> str:
        """Where it is; of what is at no place, what is to be done."""
        return self.where or self.words

    @property
    def says(self) -> str:
        """What is to be done as a sentence; where that is the title, of which kind it is."""
        return f"{self.words.rstrip('.')}." if self.where else self.kind

    @property
    def has_tags(self) -> bool:
        """Whether it says above its title that it is acute or about a child."""
        return self.acute or self.minor

    @property
    def only_minor(self) -> bool:
        """Whether it is about a child and not acute, which goes before that."""
        return self.minor and not self.acute


def about_steps(actor: Actor, steps: Sequence[StepView]) -> dict[UUID, About]:
    """Return what each subject is about. A fixed number of statements."""
    sent = referrals.sent_names(
        actor,
        {step.subject_id for step in steps if step.subject_kind == REFERRAL},
        asking={step.subject_id for step in steps if step.what == PARTNER_ASKS},
    )
    handed = exchanges.own_cases(actor, {step.subject_id for step in steps if step.subject_kind == TRANSFER})
    # The partner of a referral is named by the handbook.
    shared = {step.subject_id: step.subject_kind for step in steps if step.subject_kind != REFERRAL}
    asked = Asked(
        case_ids={*(each.case_id for each in sent.values() if each.case_id), *handed.values()},
        unread={step.subject_id for step in steps if step.what == READ_ANSWER},
        heard={step.subject_id for step in steps if step.because == Because.REPORT},
        quotes={key: each.asked for key, each in sent.items() if each.asked},
    )
    # A request for help, what it was taken in from and the care file that was begun from it are one matter.
    begun = care_files.requests_of(
        {step.subject_id for step in steps if step.subject_kind == CARE_FILE}, actor
    )
    requests = {step.code: step.subject_id for step in steps if step.subject_kind == CARE_REQUEST}
    referred = {step.subject_id for step in steps if step.subject_kind == REFERRAL} - sent.keys()
    known = cases.glances(actor, {step.subject_id: kind_named(step.subject_kind) for step in steps}, asked)
    taken_in = referrals.requests_of(referred, requests, actor)
    received = referrals.received_names(actor, referred)
    matters = {**{each: each for each in requests.values()}, **begun, **taken_in}
    found = {key: About(Glance(request_id)) for key, request_id in matters.items()}
    for key, outside in received.items():
        found[key] = About(Glance(matters.get(key), outside.area, outside.form))
    found |= {key: About(glance) for key, glance in known.items()}
    for key, each in sent.items():
        case = _beside(known.get(each.case_id) if each.case_id else None, each.track)
        question = known[key].news if key in known else None
        found[key] = About(case, each.partner, each.answer, each.answered_on, question)
    planned = {step.subject_id for step in steps if step.subject_kind == PLANNED}
    found |= {key: About(kind=said) for key, said in visits.planned_words(actor, planned).items()}
    for key, other in flow.others(actor, shared).items():
        case_id = handed.get(key)
        own = known.get(case_id) if case_id else None
        # Who is asked about the whole municipality knows which that is.
        where = other.area if own is None and other.area != actor.organisation_name else ""
        found[key] = About(Glance(where=where) if where else _beside(own), other.name)
    return found


def _beside(case: Glance | None, track: str = "") -> Glance:
    """Return what is said of a case on the row of something that went from it."""
    if case is None:
        return Glance(track=track)
    return Glance(case.case_id, case.where, case.form, track, recalls=case.recalls)


def answered(steps: Iterable[StepView]) -> list[StepView]:
    """Leave out what waits for a partner of whom an answer lies ready, and what it sent twice."""
    found: dict[object, StepView] = {}
    for step in steps:
        of_answer = step_named(step.what).news is News.ANSWER
        found.setdefault((step.subject_id, step.what) if of_answer else step.id, step)
    ready = {step.subject_id for step in found.values() if step_named(step.what).news is News.ANSWER}
    return [step for step in found.values() if not (step_named(step.what).waits and step.subject_id in ready)]


class RowMaker:
    """Makes the rows of one page. What many rows share is looked up once.

    Args:
        days: on which the reader works.
        about: what each subject is about.
    """

    def __init__(self, days: Sequence[int], about: Mapping[UUID, About]) -> None:
        self._days, self._about = days, about
        self._today = timezone.localdate()
        self._button = cache(button_of)
        self._kind = cache(lambda kind: str(kind_named(kind).label))
        self._sentence = cache(lambda what: str(step_named(what).sentence))
        self._why = cache(lambda because: f"{Because(because).label}." if because else "")
        self._day = cache(lambda day, waits: _until(day, self._today, waits=waits))
        self._since = cache(lambda day: nlday(day) if day < self._today else "")
        self._stood = dict[date, str]()

    def of(self, step: StepView, eyes: EyesView | None = None) -> Row:
        """Return a step as a row, with how it stands with a second pair of eyes."""
        about = self._about.get(step.subject_id, NOTHING_KNOWN)
        glance, what = about.glance, step_named(step.what)
        todo = glance.todo if step.what == WORK_PLAN else None
        looked_at = step.what == SECOND_EYES and step.waits_on_other
        return Row(
            step_id=step.id,
            subject_id=step.subject_id,
            words=todo.says if todo else self._words(step, about),
            url=address_of(step),
            button="" if looked_at else str(todo.button) if todo else self._button(step.what),
            work=todo.work if todo else what.work,
            code=step.code,
            kind=about.kind or self._kind(step.subject_kind),
            due=self._due(step),
            since=self._since(step.created_day),
            stood_for=self._stood_for(step) if step.passed and not step.urgent else "",
            acute=step.urgent,
            minor=step.minor,
            case_id=glance.case_id,
            where=glance.where or "",
            form=glance.form,
            new=_quoted(step, about) or self._why(step.because),
            eyes=eyes,
            apart=what.has_own_row,
            leads=step.urgent and bool(todo and todo.calls_help),
            answers=step.code if step.what in (AWAIT_PARTNER, AWAIT_WORD) else "",
        )

    def _words(self, step: StepView, about: About) -> str:
        """Return what is to be done, with the partner's name where that is known."""
        if step.what == SECOND_EYES and step.waits_on_other:
            return _("Een collega kijkt mee als tweede paar ogen")
        sentence = self._sentence(step.what) if about.partner else ""
        return sentence % {"partner": about.partner} if sentence else step.words

    def _stood_for(self, step: StepView) -> str:
        day = step.due.date()
        if day not in self._stood:
            self._stood[day] = stood_for(followup.stood_for(step.due, self._days, today=self._today))
        return self._stood[day]

    def _due(self, step: StepView) -> str:
        """Return until when, as on a list: never a colour for lateness, never "te laat"."""
        day = step.due.date()
        if not step.urgent:
            return self._day(day, step.waits_on_other)
        if day <= self._today and step.passed:
            return _("Nu")
        return _("Vandaag om %(time)s") % {"time": date_format(step.due, "H:i")}


def one_a_case(*groups: Iterable[Row]) -> list[list[Row]]:
    """Keep the first row of each case, whichever group has it: a case is picked up once.

    A call for help stands where that first row would.

    What came in is never left out for it: it keeps its own row.
    """
    kept: list[dict[UUID, Row]] = []
    first: dict[UUID, dict[UUID, Row]] = {}
    for group in groups:
        rows: dict[UUID, Row] = {}
        for row in group:
            case_id = None if row.apart else row.case_id
            if case_id is None:
                rows[row.step_id] = row
            elif (its := first.setdefault(case_id, rows)) is rows and case_id not in rows:
                rows[case_id] = row
            elif row.leads:
                its[case_id] = replace(row, answers=its[case_id].answers)
            elif row.answers and not its[case_id].answers:
                its[case_id] = replace(its[case_id], answers=row.answers)
        kept.append(rows)
    return [list(rows.values()) for rows in kept]


def _quoted(step: StepView, about: About) -> str:
    """Return the newest words about what a step is about, with who said them and when."""
    glance = about.glance
    if step.what == RECALL_OR_LEAVE:
        return glance.recalls.get(step.code, "")
    if step.because == Because.REPORT and glance.joined:
        return _said(glance.joined.said, glance.joined.by, glance.joined.day)
    news = (about.asked if step.what == PARTNER_ASKS else None) or glance.news
    if not step_named(step.what).news:
        return ""
    if news and news.said:
        return _said(news.said, news.by, news.day)
    return _said(about.answer, about.partner, about.answered_on)


def _said(words: str, who: str, day: date | None) -> str:
    said = {"words": words, "who": who, "day": nlwhen(day)}
    return _("“%(words)s” %(who)s, %(day)s") % said if words else ""


def _until(day: date, today: date, *, waits: bool) -> str:
    ahead = (day - today).days
    if ahead <= 0:
        return _("Vandaag")
    said = _("morgen") if ahead == 1 else date_format(day, "l j F")
    return _("Wacht tot %(day)s") % {"day": said} if waits else capfirst(said)
