"""The measures of a case: what somebody was given, what was tried, and what else can be done here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.casefile import log_read, subjects_of
from sluitend.journeys.cases.queries.earlier import links_of
from sluitend.journeys.cases.queries.evidence import (
    Holding,
    PieceView,
    RulingView,
    holdings_of,
    is_thin,
    pieces_of,
    rulings_of,
)
from sluitend.journeys.cases.queries.kept import Given, measure_key
from sluitend.journeys.cases.queries.kept_plan import BEGUN, GIVEN, Became, decided, kept_plan
from sluitend.journeys.cases.queries.linked import open_linked
from sluitend.journeys.cases.queries.offering import Offers, offers_of
from sluitend.journeys.cases.queries.plan_facts import Known, known_of
from sluitend.journeys.cases.queries.plans import BODIES, plan_of
from sluitend.journeys.cases.queries.rows import find_case, open_case
from sluitend.journeys.cases.queries.shapes import Head, TriedView
from sluitend.journeys.cases.queries.tried import before_of, day_of, result_words, says_of, tried_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.approach import Holder, Instrument, Teaches
from sluitend.kernel.handbook.checks_of_measures import VISIT
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan, Planned
from sluitend.kernel.handbook.plans import Action
from sluitend.kernel.sealing.envelopes import OpenEnvelope

DEPARTMENT, BODY = "department", "body"
"""To whom a measure is given: a department, or the body that decides."""


@dataclass(frozen=True)
class MeasureView:
    """A measure of the plan, or one that somebody was given before it left the plan."""

    id: str
    key: str
    """How an address names it."""
    says: str
    pack: Pack
    action: Action | None
    planned: Planned | None
    became: Became | None
    given: Given | None
    pieces: Sequence[PieceView]
    result: str

    @property
    def state(self) -> str:
        """What became of it; empty while nobody decided about it."""
        return self.became["state"] if self.became else ""

    @property
    def held(self) -> bool:
        """Whether somebody has it and did not say yet what came of it."""
        return bool(self.given and self.given["to"] and not self.result) and self.state in ("", GIVEN)

    @property
    def until(self) -> date | None:
        """The day on which it comes back."""
        return day_of(self.given["until"]) if self.given else None

    @property
    def late(self) -> bool:
        """Whether that day has passed."""
        return self.held and self.until is not None and self.until <= timezone.localdate()

    @property
    def on(self) -> date | None:
        """The day of its result."""
        return day_of(self.given["on"]) if self.given else None

    @property
    def may_give(self) -> bool:
        """Whether it can be given to somebody now."""
        return (
            self.planned is not None
            and self.planned.action.is_given
            and not self.planned.locks
            and self.state in ("", GIVEN)
            and not self.result
        )

    @property
    def thin(self) -> bool:
        """Whether its evidence does not carry a decision yet."""
        return is_thin(self.pieces)

    @property
    def carried(self) -> int:
        """How many pieces are there and may be used in a decision."""
        return sum(each.carries for each in self.pieces if each.named)

    @property
    def asked(self) -> int:
        """How many pieces the handbook names."""
        return sum(each.named for each in self.pieces)

    @property
    def warnings(self) -> Sequence[RulingView]:
        """What courts said of thin evidence, while it is thin."""
        return rulings_of(self.action, self.pack, Teaches.EVIDENCE) if self.thin else ()

    @property
    def body_warnings(self) -> Sequence[RulingView]:
        """What courts said of a wrong body, where it was given to one that does not decide on it."""
        return rulings_of(self.action, self.pack, Teaches.BODY) if self.wrong_body else ()

    @property
    def wrong_body(self) -> bool:
        """Whether it was given to a body that the handbook does not name for it."""
        kind, _colon, name = (self.given["to"] if self.given else "").partition(":")
        return kind == BODY and self.action is not None and name not in self.action.holders

    @property
    def ended_receiver(self) -> bool:
        """Whether it was given to a department that the handbook no longer has."""
        kind, _colon, name = (self.given["to"] if self.given else "").partition(":")
        known = self.pack.departments.get(name)
        return self.held and kind == DEPARTMENT and not (known and known.valid_on(timezone.localdate()))

    @property
    def instrument(self) -> Instrument | None:
        """The power that it rests on."""
        name = self.action.instrument if self.action else None
        return self.pack.instruments[name] if name else None

    @property
    def untold(self) -> Sequence[str]:
        """What may not be told along, each reason once."""
        withheld = self.planned.withheld if self.planned else ()
        return tuple(dict.fromkeys(shown(each.reason) for each in withheld))

    @property
    def bodies(self) -> Sequence[Text]:
        """The bodies that decide on it."""
        return [body_text(each) for each in self.action.holders] if self.action else ()


def body_text(holder: Holder) -> Text:
    """Return how a body is called."""
    dutch, english = BODIES[holder]
    return Text({"nl": dutch, "en": english})


@dataclass(frozen=True)
class MeasurePage:
    """One measure, with what the case holds that can carry it and who can be given it."""

    head: Head
    pack: Pack
    view: MeasureView
    holdings: Sequence[Holding]
    receivers: Sequence[tuple[str, Text]]

    @property
    def seen(self) -> bool:
        """Whether somebody who went there wrote down what was seen."""
        return any(each.kind == VISIT for each in self.holdings)


@dataclass(frozen=True)
class LinkedTried:
    """What was tried in another case that belongs with this one."""

    code: str
    name: str
    tried: Sequence[TriedView]


@dataclass(frozen=True)
class MeasuresPage:
    """The measures of a case, what was tried in cases that belong with it, and what else can be done here."""

    head: Head
    pack: Pack
    views: Sequence[MeasureView]
    linked: Sequence[LinkedTried]
    before: Sequence[TriedView]
    """What was tried in municipalities that had this case before."""
    offers: Offers

    @property
    def may_add(self) -> bool:
        """Whether something can be added by hand, and the handbook says for which reasons."""
        return self.head.open and bool(self.offers.groups) and "measure_add" in self.pack.reasons


def measure_views(known: Known, made: Plan, holdings: Sequence[Holding] | None = None) -> list[MeasureView]:
    """Return the measures of a case: those of the plan, then what left it and somebody was given."""
    found, kept, pack = [], known.kept, known.pack
    names = [each.id for each in made.actions if each.action.is_followed]
    for name in dict.fromkeys([*names, *kept["given"]]):
        action, given = pack.plan_actions.get(name), kept["given"].get(name)
        found.append(
            MeasureView(
                id=name,
                key=measure_key(known.case.id, name),
                says=says_of(action, given, name),
                pack=pack,
                action=action,
                planned=made.by_id.get(name),
                became=decided(kept, name),
                given=given,
                pieces=pieces_of(action, given, pack, holdings),
                result=result_words(given, pack),
            )
        )
    return found


def receivers_of(pack: Pack) -> list[tuple[str, Text]]:
    """Return who can be given a measure: the departments of today, and the bodies of a municipality."""
    today = timezone.localdate()
    departments = [each for each in pack.departments if each.valid_on(today)]
    return [
        *((f"{DEPARTMENT}:{each.id}", each.label) for each in departments),
        *((f"{BODY}:{each}", body_text(each)) for each in (Holder.MAYOR, Holder.COLLEGE, Holder.COUNCIL)),
    ]


def measure_page(code: str, key: str, actor: Actor) -> MeasurePage | None:
    """Return one measure of a case; opened and logged, with every person in it. None when it is not there.

    Args:
        key: how the address names it.

    Raises:
        Absent: there is no such case here.
    """
    known, envelope = _opened(code, actor)
    holdings = holdings_of(known.case, envelope, actor)
    views = measure_views(known, plan_of(known), holdings)
    view = next((each for each in views if each.key == key), None)
    if view is None:
        return None
    return MeasurePage(
        head=reading.head_of(known.case, envelope, known.pack, ""),
        pack=known.pack,
        view=view,
        holdings=holdings,
        receivers=receivers_of(known.pack),
    )


def measures_page(code: str, actor: Actor) -> MeasuresPage:
    """Return the measures of a case, and what was tried in linked cases; all opened and logged.

    Raises:
        Absent: there is no such case here.
    """
    known, envelope = _opened(code, actor)
    made = plan_of(known)
    return MeasuresPage(
        head=reading.head_of(known.case, envelope, known.pack, ""),
        pack=known.pack,
        views=measure_views(known, made),
        linked=_linked(known.case, actor),
        before=before_of(known.kept),
        offers=offers_of(known, made),
    )


def _opened(code: str, actor: Actor) -> tuple[Known, OpenEnvelope]:
    """Open a case for its measures, and log that it was read with every person in it."""
    case = find_case(code, actor, CASE_PLAN)
    envelope = open_case(case, actor, CASE_PLAN)
    subjects = subjects_of(case, envelope)
    log_read(case, actor, subjects)
    return known_of(case, envelope, subjects), envelope


def _linked(case: Case, actor: Actor) -> list[LinkedTried]:
    """Return what was tried in the cases that somebody linked and that this reader may open."""
    return [
        LinkedTried(
            each.code,
            opened.read(each, "name"),
            [*tried_of(kept := kept_plan(each, opened), each.pack), *before_of(kept)],
        )
        for each, opened in open_linked(case, set(links_of(case)), actor)
    ]


@dataclass(frozen=True)
class Left:
    """What closing must know of the plan of a case: what nobody decided about, and what was tried."""

    undecided: Sequence[str] = ()
    tried: Sequence[TriedView] = ()
    asks: bool = False
    """Whether closing asks what helped, or why nothing was tried."""


def left_of(case: Case, envelope: OpenEnvelope) -> Left:
    """Return what stands open in the plan of a case; nothing where nobody worked by the plan.

    What helped is asked where there was something to try, of a handbook that has words for it.
    """
    kept = kept_plan(case, envelope)
    if not (kept["actions"] or kept["given"]):
        return Left()
    known = known_of(case, envelope, subjects_of(case, envelope))
    made, tried = plan_of(known), tried_of(kept, known.pack)
    return Left(
        undecided=[
            shown(each.action.says)
            for each in made.actions
            if (became := decided(kept, each.id)) is None or became["state"] == BEGUN
        ],
        tried=tried,
        asks="measures_none" in known.pack.reasons
        and (bool(tried) or any(each.action.is_given for each in made.actions)),
    )
