"""The plan of a case as its page shows it: the facts, the lines with their actions, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.ask_first import ask_first
from sluitend.journeys.cases.queries.casefile import log_read, subjects_of
from sluitend.journeys.cases.queries.evidence import pieces_of
from sluitend.journeys.cases.queries.kept import Given, measure_key
from sluitend.journeys.cases.queries.kept_plan import ASKED, BEGUN, DATED, REFUSED, Became, decided
from sluitend.journeys.cases.queries.of_today import NOT_CALLED, OfToday, Reached, of_today
from sluitend.journeys.cases.queries.origins import with_origins
from sluitend.journeys.cases.queries.plan_facts import (
    Known,
    KnownFact,
    facts_of,
    known_of,
    values_of,
)
from sluitend.journeys.cases.queries.plans import Newer, newer_for, plan_of, with_body
from sluitend.journeys.cases.queries.recalls import HOLDER, stays_behind
from sluitend.journeys.cases.queries.rows import acts_against, find_case, open_case
from sluitend.journeys.cases.queries.shapes import Head
from sluitend.journeys.cases.queries.tried import result_words
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.phrases import basis
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import CONTACT, Part, Track, Urgency, Verb, Wish
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Near, Plan, Planned, near
from sluitend.kernel.handbook.plans import Action, Line, Party, PartyKind, PlanVerb, PlanWarning, Shown
from sluitend.kernel.handbook.recognition import HelpLine
from sluitend.kernel.handbook.resting import rests_on

REFUSALS, LATER = "plan_refuse", "route_later"
"""The reasons for which an action is not done, or not yet."""


@dataclass(frozen=True)
class ActionView:
    """An action of the plan with what became of it, and its place among all."""

    planned: Planned
    place: int
    became: Became | None = None
    why_not: str = ""
    """The reason for which it is not done, in words."""
    asks_residents: bool = False
    """Whether it leaves for the place, while nobody said yet what happens to the people there."""
    measure: str = ""
    """How an address names it, where somebody can be given it or evidence must carry it."""
    added: str = ""
    """Why somebody added it by hand."""
    given: Given | None = None
    """To whom it was given, and what came of it."""
    carried: int = 0
    """How many pieces of its evidence may be used in a decision."""
    reached: Reached = NOT_CALLED
    """Whether who acts is still there, and their number as it is today."""
    read_from: Sequence[KnownFact] = ()
    """What was only read in a report, and without which nothing asks for it."""

    @property
    def elsewhere(self) -> bool:
        """Whether it is done on a page of its own; here somebody can only say that it was."""
        return self.composes or self.planned.action.verb is PlanVerb.TRANSFER

    @property
    def parts(self) -> tuple[Part, ...]:
        """What may go along."""
        stays = is_sent(self.planned) and self.planned.party.kind is not PartyKind.CARE
        may = tuple(each for each in self.planned.may if not (stays and each == CONTACT))
        return self.planned.pack.parts.named(may)

    @property
    def partner(self) -> str:
        """The id of the partner that is asked, where the handbook has a page of it."""
        named = self.planned.party.partner
        found = self.planned.pack.partner_for(named, self.planned.area) if named else None
        return found.id if found else ""

    @property
    def of_care(self) -> str:
        """What care coordination is asked in a letter: `consult` or `handover`; else empty."""
        found = self.planned.pack.care_coordination
        if not self.composes or found is None or self.partner != found.id:
            return ""
        return {PlanVerb.ASK: "consult", PlanVerb.REFER: "handover"}.get(self.planned.action.verb, "")

    @property
    def through(self) -> Text | None:
        """Whom the partner reaches for it, where nobody else can."""
        behind = self.planned.action.through
        return self.planned.pack.plan_parties[behind].label if behind else None

    @property
    def warnings(self) -> Sequence[PlanWarning]:
        """What to mind, without the warning that stands beside a number already."""
        beside = self.planned.first if self.number else None
        return [each for each in self.planned.warnings if each != beside]

    @property
    def warnings_now(self) -> Sequence[PlanWarning]:
        """What stands in sight: while something must come first, that does, and nobody can do it yet."""
        return [] if self.waits else self.warnings

    @property
    def warnings_later(self) -> Sequence[PlanWarning]:
        """What stands in its fold until it can be done."""
        return self.warnings if self.waits else []

    @property
    def unsure(self) -> bool:
        """Whether nobody confirmed who is asked, or that this is what to do here."""
        claims = (self.planned.action, self.planned.party, *self.planned.because)
        return not all(each.confirmed for each in claims)

    @property
    def ground(self) -> str:
        """On which task of which body it rests, and on which legal bases that may be done."""
        task, pack = self.planned.task, self.planned.pack
        bases = (basis(pack, each) for each in task.bases)
        return f"{shown(with_body(task))}: {'; '.join(bases)}"

    @property
    def caution_unsure(self) -> bool:
        """Whether nobody confirmed a warning beside it; it stands there all the same."""
        return not all(each.confirmed for each in self.planned.warnings)

    @property
    def ceiling_unsure(self) -> bool:
        """Whether nobody confirmed what may go along, or for which task."""
        return not (self.planned.share.confirmed and self.planned.task.confirmed)

    @property
    def number(self) -> HelpLine | None:
        """The number to call, where it is one to call and there is a warning to stand beside it."""
        return self.reached.number if self.planned.first else None

    @property
    def state(self) -> str:
        """Open, being composed, asked, done or refused."""
        return self.became["state"] if self.became else ""

    @property
    def result(self) -> str:
        """What came of it, where somebody was given it."""
        return result_words(self.given, self.planned.pack)

    @property
    def tone(self) -> str:
        """How it stands in its line when somebody decided about it."""
        return {REFUSED: "no", BEGUN: "wait"}.get(self.state, "done")

    @property
    def held_up(self) -> bool:
        """Whether a partner has it while somebody asked to wait, or with more than may go by now.

        It is taken back, or stays with a reason.
        """
        held = self.state == ASKED and any(each.id == HOLDER for each in self.planned.locks)
        return held or bool(stays_behind(self.became, self.planned))

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide about it."""
        return self.became is None

    @property
    def until(self) -> date | None:
        """The day on which it comes back, where it can wait until then."""
        until = self.became["until"] if self.became else ""
        return date.fromisoformat(until) if until else None

    @property
    def today(self) -> bool:
        """Whether it is for now or for today."""
        return self.planned.urgency is not Urgency.DAYS

    @property
    def finds(self) -> str:
        """The fact that it finds out: it stands with the other questions, and the answer is pressed there."""
        return self.planned.action.finds or ""

    @property
    def waits(self) -> bool:
        """Whether something must come first."""
        return self.open and bool(self.planned.locks)

    @property
    def composes(self) -> bool:
        """Whether it ends in a referral."""
        return is_sent(self.planned)

    @property
    def ready_to_compose(self) -> bool:
        """Whether somebody can begin to compose it."""
        return self.composes and self.open and not (self.waits or self.asks_residents or self.reached.stopped)


@dataclass(frozen=True)
class LineView:
    """A line with its actions: what was decided first, then what is open, then what waits."""

    line: Line
    decided: Sequence[ActionView]
    ready: Sequence[ActionView]
    waiting: Sequence[ActionView]
    lifted: Sequence[tuple[str, str]]

    @property
    def later(self) -> Sequence[ActionView]:
        """What is open and not for today: that stands first, with whom it asks."""
        return [each for each in self.ready if not (each.today or each.finds)]

    @property
    def todo(self) -> int:
        """How many actions that are not for today nobody decided about yet."""
        return len(self.later) + len(self.waiting)


@dataclass(frozen=True)
class Also:
    """A rule that misses exactly one fact, with what that fact would have to be, in words."""

    because: Text
    missed: str


@dataclass(frozen=True)
class PastAction:
    """An action that the plan asks no more, about which somebody decided before."""

    id: str
    says: Text
    state: str
    code: str
    stays: str = ""
    """Why it stays with the partner, in words."""

    @property
    def runs(self) -> bool:
        """Whether a partner has it: somebody takes it back, or lets it be."""
        return self.state == ASKED

    @property
    def composed(self) -> bool:
        """Whether it is being composed: somebody sends it still, or leaves it."""
        return self.state == BEGUN


@dataclass(frozen=True)
class PlanPage:
    """The plan of a case with the facts it stands on."""

    head: Head
    pack: Pack
    facts: Sequence[KnownFact]
    more: Sequence[KnownFact]
    plan: Plan
    lines: Sequence[LineView]
    next: ActionView | None
    also: Sequence[Also]
    past: Sequence[PastAction]
    newer: Newer | None
    """What a newer release of the handbook would change."""
    ask_first: Sequence[KnownFact] = ()
    """What nobody said yet and would change most of what is for today."""
    wish_stands_in_way: bool = False
    """Whether the person wants no help, and nobody decided to act against that."""

    @property
    def composed(self) -> int:
        """How many actions are being composed."""
        decided = (each.state == BEGUN for line in self.lines for each in line.decided)
        return sum(decided) + sum(each.composed for each in self.past)

    @property
    def sends(self) -> int:
        """How many actions can be composed now: several of them together."""
        return sum(each.ready_to_compose for line in self.lines for each in line.ready)

    @property
    def today(self) -> Sequence[tuple[Party, Sequence[ActionView]]]:
        """What can be done now or today, with whom it asks; the soonest first."""
        found: dict[str, list[ActionView]] = {}
        ready = (each for line in self.lines for each in line.ready if each.today and not each.finds)
        for each in sorted(ready, key=lambda each: each.place):
            found.setdefault(each.planned.action.party, []).append(each)
        return [(acts[0].planned.party, acts) for acts in found.values()]

    @property
    def find_out(self) -> Sequence[ActionView]:
        """What nobody knows yet and somebody finds out, the soonest first."""
        ready = (each for line in self.lines for each in line.ready if each.finds)
        return sorted(ready, key=lambda each: each.place)

    @property
    def find_out_today(self) -> Sequence[ActionView]:
        """What is to be found out now or today; all of it where nothing is, so that something stands open."""
        return [each for each in self.find_out if each.today] or self.find_out

    @property
    def find_out_later(self) -> Sequence[ActionView]:
        """What is to be found out in the coming days, where something else is for today."""
        first = self.find_out_today
        return [each for each in self.find_out if each not in first]


def is_sent(planned: Planned) -> bool:
    """Return whether an action ends in a referral."""
    return goes_in_letter(planned.action, planned.pack)


def goes_in_letter(action: Action, pack: Pack) -> bool:
    """Return whether a handbook lets an action end in a referral."""
    return pack.plan_parties[action.party].partner is not None and action.verb in SENT


SENT: Mapping[PlanVerb, Verb] = {
    PlanVerb.REFER: Verb.REFER,
    PlanVerb.ASK: Verb.ASK,
    PlanVerb.CONSULT: Verb.ASK,
    PlanVerb.BRING_IN: Verb.BRING_IN,
}
"""The verbs that end in a referral, as a referral calls them."""


def plan_page(code: str, actor: Actor) -> PlanPage:
    """Return the plan of a case; opened and logged, with every person in it.

    Where the handbook of the case has no rules for a plan it is empty, and says what a newer one would give.

    Raises:
        Absent: there is no such case here.
    """
    case = find_case(code, actor, CASE_PLAN)
    envelope = open_case(case, actor, CASE_PLAN)
    subjects = subjects_of(case, envelope)
    log_read(case, actor, subjects)
    known = known_of(case, envelope, subjects)
    facts = facts_of(known)
    made = plan_of(known, facts)
    today = of_today()
    views = [_view(each, place, known, today) for place, each in enumerate(made.actions, start=1)]
    names = reading.names_of([each.said_by for each in facts])
    named = (replace(each, said_name=names.get(each.said_by, "")) if each.said_by else each for each in facts)
    facts = with_origins(named, known)
    views = [replace(each, read_from=_read_from(each.planned, facts)) for each in views]
    return PlanPage(
        head=reading.head_of(case, envelope, known.pack, ""),
        pack=known.pack,
        facts=[each for each in facts if each.shown],
        more=[each for each in facts if not each.shown and each.fact.show is Shown.MORE],
        plan=made,
        lines=[_line(line, views, made) for line in known.pack.plan_lines],
        next=next((each for each in views if each.open and not each.waits), None),
        also=[_also(each, facts) for each in near(values_of(facts), known.pack)],
        past=[
            PastAction(name, says, became["state"], became["code"], _why_not(became, known.pack))
            for name, became in known.kept["actions"].items()
            if name not in made.by_id and (says := _says_of_past(name, known))
        ],
        newer=newer_for(known) if case.state != Case.State.CLOSED else None,
        ask_first=ask_first(known, facts) if case.state != Case.State.CLOSED else (),
        wish_stands_in_way=known.wish == Wish.NO and not acts_against(case, envelope.read(case, "wish")),
    )


def _read_from(planned: Planned, facts: Sequence[KnownFact]) -> Sequence[KnownFact]:
    read = {each.id: each for each in facts if each.only_read and each.shown}
    return [read[name] for name in rests_on(planned, values_of(facts), read)] if read else ()


def _says_of_past(action: str, known: Known) -> Text | None:
    """Return how an action was called; of one that the handbook has no more, where somebody was given it."""
    found, given = known.pack.plan_actions.get(action), known.kept["given"].get(action)
    return found.says if found else Text({"nl": given["says"]}) if given else None


def _also(near: Near, facts: Sequence[KnownFact]) -> Also:
    fact = next(each for each in facts if each.id == near.missed.fact)
    words = [shown(each.label) for each in fact.choices if each.id in near.missed.values]
    return Also(near.rule.because, f"{shown(fact.fact.label)}: {', '.join(words)}")


def _view(planned: Planned, place: int, known: Known, today: OfToday) -> ActionView:
    became = decided(known.kept, planned.id)
    track = known.pack.plan_lines[planned.action.lines[0]].track
    may_go = known.residents is not None and known.residents.lets_place_go
    return ActionView(
        planned,
        place,
        became,
        _why_not(became, known.pack),
        asks_residents=is_sent(planned) and track is Track.PLACE and not may_go,
        measure=measure_key(known.case.id, planned.id) if planned.action.is_followed else "",
        added=_why_added(planned.id, known),
        given=(given := known.kept["given"].get(planned.id)),
        carried=sum(each.carries for each in pieces_of(planned.action, given, known.pack) if each.named),
        reached=today.reached(planned),
    )


def _why_not(became: Became | None, pack: Pack) -> str:
    if became is None:
        return ""
    listed = pack.reasons.get(LATER if became["state"] == DATED else REFUSALS)
    reason = listed.reason(became["reason"]) if listed else None
    return shown(reason.label) if reason and not reason.asks_sentence else became["sentence"]


def _why_added(action: str, known: Known) -> str:
    added, listed = known.kept["added"].get(action), known.pack.reasons.get("measure_add")
    if added is None:
        return ""
    reason = listed.reason(added["reason"]) if listed else None
    return added["sentence"] or (shown(reason.label) if reason else "")


def _line(line: Line, views: Sequence[ActionView], made: Plan) -> LineView:
    mine = [each for each in views if each.planned.action.lines[0] == line.id]
    return LineView(
        line=line,
        decided=[each for each in mine if not each.open],
        ready=[each for each in mine if each.open and not each.waits],
        waiting=[each for each in mine if each.waits],
        lifted=[
            (shown(each.action.says), shown(each.by.because))
            for each in made.lifted
            if each.action.lines[0] == line.id
        ],
    )
