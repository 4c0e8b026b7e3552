"""The plan of a case as its page reads it: actions with what became of them, and lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sluitend.journeys.cases.queries.kept import Given
from sluitend.journeys.cases.queries.kept_plan import ASKED, BEGUN, REFUSED, Became
from sluitend.journeys.cases.queries.of_today import NOT_CALLED, Reached
from sluitend.journeys.cases.queries.plan_facts import KnownFact
from sluitend.journeys.cases.queries.plans import Newer, with_body
from sluitend.journeys.cases.queries.recalls import HOLDER, stays_behind
from sluitend.journeys.cases.queries.shapes import Head
from sluitend.journeys.cases.queries.tried import result_words
from sluitend.kernel.flow.phrases import basis
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import CONTACT, Part, Urgency, Verb
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan, Planned
from sluitend.kernel.handbook.plans import Action, Line, Party, PartyKind, PlanVerb, PlanWarning
from sluitend.kernel.handbook.recognition import HelpLine


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
