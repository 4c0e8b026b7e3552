"""Next steps as rows of Vandaag: in words with the partner and the case they are about, one row a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges import queries as exchanges
from sluitend.journeys.exchanges.journey import TRANSFER
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, AWAIT_WORD, REFERRAL
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import queries as flow
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import Because
from sluitend.kernel.followup.queries import StepView
from sluitend.kernel.manifest import News, kind_named, step_named
from sluitend.surfaces.desk.places import address_of, button_of


@dataclass(frozen=True)
class EyesView:
    """The second pair of eyes on an acute subject: done by whom and when, or still needed."""

    name: str
    moment: datetime | None


@dataclass(frozen=True)
class About:
    """What a step is about, as far as its owner knows it by name."""

    case_id: UUID | None = None
    case_name: str = ""
    track: str = ""
    partner: str = ""


NOTHING_KNOWN = About()


@dataclass(frozen=True)
class Row:
    """One step as a row of Vandaag. `others` counts further steps of the same case that wait behind it."""

    step_id: UUID
    subject_id: UUID
    words: str
    url: str
    button: str
    code: str
    kind: str
    due: str
    stood_for: date | None
    acute: bool
    minor: bool
    about: About = NOTHING_KNOWN
    eyes: EyesView | None = None
    others: int = 0
    why: str = ""
    """What was learnt, of a step that goes first since then."""
    apart: bool = False
    """Whether it has a row of its own beside other steps of its case."""
    answers: str = ""
    """The referral whose answer can be noted from here, also when that step is behind another of the case."""


def about_steps(actor: Actor, steps: Sequence[StepView]) -> dict[UUID, About]:
    """Return what each subject is about. A fixed number of statements."""
    sent = referrals.sent_names(actor, {step.subject_id for step in steps if step.subject_kind == REFERRAL})
    handed = exchanges.own_cases(actor, {step.subject_id for step in steps if step.subject_kind == TRANSFER})
    # The partner of a referral is named by the handbook.
    shared = {step.subject_id: step.subject_kind for step in steps if step.subject_kind != REFERRAL}
    known = cases.names(
        actor,
        {step.subject_id: kind_named(step.subject_kind) for step in steps},
        case_ids={
            *(each.case_id for each in sent.values() if each.case_id),
            *handed.values(),
        },
    )
    found = {key: About(name.case_id, name.name, name.track) for key, name in known.items()}
    for key, each in sent.items():
        name = known[each.case_id].name if each.case_id in known else ""
        found[key] = About(each.case_id, name, each.track, each.partner)
    for key, other in flow.others(actor, shared).items():
        case_id = handed.get(key)
        name = known[case_id].name if case_id in known else ""
        found[key] = About(case_id, name, partner=other)
    return found


def answered(steps: Iterable[StepView]) -> list[StepView]:
    """Leave out what waits for a partner of whom an answer lies ready to be read."""
    found = list(steps)
    ready = {step.subject_id for step in found if step_named(step.what).news is News.ANSWER}
    return [step for step in found if not (step_named(step.what).waits and step.subject_id in ready)]


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
        self._why = cache(lambda because: str(Because(because).label) if because else "")
        self._day = cache(lambda day, waits: _until(day, self._today, waits=waits))
        self._stood_for = cache(lambda day: followup.stood_for(day, self._days, today=self._today))

    def of(self, step: StepView, eyes: EyesView | None = None) -> Row:
        """Return a step as a row, with how it stands with a second pair of eyes."""
        about = self._about.get(step.subject_id, NOTHING_KNOWN)
        late = step.passed and not step.urgent
        return Row(
            step_id=step.id,
            subject_id=step.subject_id,
            words=self._words(step, about),
            url=address_of(step),
            button="" if step.what == SECOND_EYES and step.waits_on_other else self._button(step.what),
            code=step.code,
            kind=self._kind(step.subject_kind),
            due=self._due(step),
            stood_for=self._stood_for(step.due) if late else None,
            acute=step.urgent,
            minor=step.minor,
            about=about,
            eyes=eyes,
            why=self._why(step.because),
            apart=step_named(step.what).has_own_row,
            answers=step.code if step.what in (AWAIT_PARTNER, AWAIT_WORD) else "",
        )

    def _words(self, step: StepView, about: About) -> str:
        """Return what is to be done, with the partner's name where that is known."""
        if step.what == SECOND_EYES and step.waits_on_other:
            return _("Een collega kijkt mee als tweede paar ogen")
        sentence = self._sentence(step.what) if about.partner else ""
        return sentence % {"partner": about.partner} if sentence else step.words

    def _due(self, step: StepView) -> str:
        """Return until when, as on a list: never a colour for lateness, never "te laat"."""
        day = step.due.date()
        if not step.urgent:
            return self._day(day, step.waits_on_other)
        if day <= self._today and step.passed:
            return _("Nu")
        return _("Vandaag om %(time)s") % {"time": date_format(step.due, "H:i")}


def one_a_case(rows: Iterable[Row]) -> list[Row]:
    """Keep the first row of each case and let it say how many more there are: a case is picked up once.

    What came in is never one of the others: it keeps its own row.
    """
    kept: dict[UUID | int, Row] = {}
    for number, row in enumerate(rows):
        key = number if row.apart or row.about.case_id is None else row.about.case_id
        first = kept.get(key)
        kept[key] = (
            replace(first, others=first.others + 1, answers=first.answers or row.answers) if first else row
        )
    return list(kept.values())


def _until(day: date, today: date, *, waits: bool) -> str:
    ahead = (day - today).days
    if ahead <= 0:
        return _("Vandaag")
    said = _("morgen") if ahead == 1 else date_format(day, "l j F")
    return _("Wacht tot %(day)s") % {"day": said} if waits else capfirst(said)
