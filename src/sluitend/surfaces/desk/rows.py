"""Next steps as rows of Vandaag: in words with the partner and the case they are about, one row a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges import queries as exchanges
from sluitend.journeys.referrals import queries as referrals
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import queries as followup
from sluitend.kernel.followup.models import Because, StepKind, SubjectKind
from sluitend.kernel.followup.queries import StepView
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
EXCHANGED = frozenset({SubjectKind.TRANSFER, SubjectKind.REQUEST})
ANSWERS = frozenset(
    {
        StepKind.PARTNER_ANSWERED,
        StepKind.NIGHT_WITHOUT_PLACE,
        StepKind.PARTNER_ASKS,
        StepKind.PARTNER_RETURNED,
        StepKind.TRANSFER_TAKEN,
        StepKind.TRANSFER_RETURNED,
        StepKind.REQUEST_ANSWERED,
        StepKind.REQUEST_RETURNED,
    }
)
NEWS = ANSWERS | {
    StepKind.READ_REPORT,
    StepKind.ANSWER_ADVICE,
    StepKind.READ_ANSWER,
    StepKind.READ_HOLD,
    StepKind.ANSWER_HOLDER,
    StepKind.LOOK_AT_REFERRAL,
    StepKind.LOOK_AT_TRANSFER,
    StepKind.TRANSFER_NEWS,
    StepKind.LOOK_AT_REQUEST,
}
"""Steps about what came in and nobody read or took on yet: each has a row of its own, and a day with one is
not quiet, whatever its date."""
APART = NEWS | {StepKind.SECOND_EYES}
"""Steps that never hide behind another one of the same case, or are asked of somebody else than does it."""
WAITS = frozenset({StepKind.AWAIT_PARTNER, StepKind.AWAIT_TRANSFER, StepKind.AWAIT_REQUEST})

SENTENCES: Mapping[str, Promise] = {
    StepKind.AWAIT_PARTNER: gettext_lazy("%(partner)s heeft nog niet geantwoord"),
    StepKind.PARTNER_ANSWERED: gettext_lazy("Lees het antwoord van %(partner)s"),
    StepKind.NIGHT_WITHOUT_PLACE: gettext_lazy(
        "%(partner)s heeft vandaag geen plek. Regel een plek voor vannacht"
    ),
    StepKind.PARTNER_ASKS: gettext_lazy("Beantwoord de vraag van %(partner)s"),
    StepKind.PARTNER_RETURNED: gettext_lazy("%(partner)s gaf de doorzetting terug. Kies opnieuw"),
    StepKind.REFER: gettext_lazy("Zet door naar %(partner)s"),
    StepKind.AWAIT_TRANSFER: gettext_lazy("%(partner)s heeft nog niet over de overdracht besloten"),
    StepKind.LOOK_AT_TRANSFER: gettext_lazy("%(partner)s vraagt u een casus over te nemen"),
    StepKind.TRANSFER_TAKEN: gettext_lazy("%(partner)s nam de casus over. Vertel de melder en sluit af"),
    StepKind.TRANSFER_RETURNED: gettext_lazy("%(partner)s neemt de casus niet over. Kies opnieuw"),
    StepKind.AWAIT_REQUEST: gettext_lazy("%(partner)s heeft uw vraag nog niet beantwoord"),
    StepKind.LOOK_AT_REQUEST: gettext_lazy("%(partner)s vraagt u iets. Neem aan of geef terug"),
    StepKind.ANSWER_REQUEST: gettext_lazy("Geef %(partner)s antwoord"),
    StepKind.REQUEST_ANSWERED: gettext_lazy("Lees het antwoord van %(partner)s op uw vraag"),
    StepKind.REQUEST_RETURNED: gettext_lazy("%(partner)s gaf geen antwoord op uw vraag. Kies opnieuw"),
    StepKind.TRANSFER_NEWS: gettext_lazy("Lees het bericht van %(partner)s over een overdracht"),
}


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
    sent = referrals.sent_names(
        actor, {step.subject_id for step in steps if step.subject_kind == SubjectKind.REFERRAL}
    )
    exchanged = exchanges.step_names(
        actor, {step.subject_id for step in steps if step.subject_kind in EXCHANGED}
    )
    known = cases.names(
        actor,
        {step.subject_id: SubjectKind(step.subject_kind) for step in steps},
        case_ids={
            *(each.case_id for each in sent.values() if each.case_id),
            *(one.case_id for one in exchanged.values() if one.case_id),
        },
    )
    found = {key: About(name.case_id, name.name, name.track) for key, name in known.items()}
    for key, each in sent.items():
        name = known[each.case_id].name if each.case_id in known else ""
        found[key] = About(each.case_id, name, each.track, each.partner)
    for key, one in exchanged.items():
        name = known[one.case_id].name if one.case_id in known else ""
        found[key] = About(one.case_id, name, partner=one.other)
    return found


def answered(steps: Iterable[StepView]) -> list[StepView]:
    """Leave out what waits for a partner of whom an answer lies ready to be read."""
    found = list(steps)
    ready = {step.subject_id for step in found if step.what in ANSWERS}
    return [step for step in found if not (step.what in WAITS and step.subject_id in ready)]


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
        self._kind = cache(lambda kind: str(SubjectKind(kind).label))
        self._sentence = cache(lambda what: str(SENTENCES.get(what, "")))
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
            button=self._button(step.what),
            code=step.code,
            kind=self._kind(step.subject_kind),
            due=self._due(step),
            stood_for=self._stood_for(step.due) if late else None,
            acute=step.urgent,
            minor=step.minor,
            about=about,
            eyes=eyes,
            why=self._why(step.because),
            apart=step.what in APART,
            answers=step.code if step.what == StepKind.AWAIT_PARTNER else "",
        )

    def _words(self, step: StepView, about: About) -> str:
        """Return what is to be done, with the partner's name where that is known."""
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
