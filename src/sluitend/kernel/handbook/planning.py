"""The plan of a case: which actions the rules of the pack ask for, how soon, why, and what they wait for.

It is a pure function over facts and pack: the same facts and release give the same plan. It never scores and
never decides. The rules that hold add their actions, lift weaker ones, hasten, warn and withhold; then locks
are set and everything is sorted. A rule is stronger by its rank alone, never by its line in a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from .checks_of_actions import WITH_POLICE
from .entries import Text
from .guidance import Urgency
from .pack import Pack
from .plans import Action, Aim, FactIs, Gate, Party, PartyKind, PlanWarning, Rank, Rule, Share, Task, When

type Facts = Mapping[str, frozenset[str]]
"""The values of each fact of a case. A fact that is missing has its first value."""

SUBREGION = "subregion"
"""The fact that says in which part of the region a case is."""

SLEEP_SUBREGION = "sleep_subregion"
"""The fact that says in which part of the region the people sleep, where that is somewhere else."""

ONE_PERSON, SEVERAL = "one_person", "no"
"""The fact that says whether a place points to one person, and what it has where there are more people."""

_RANKS = tuple(Rank)
_URGENCIES = tuple(Urgency)
_KINDS = tuple(PartyKind)
_HELPING = frozenset({PartyKind.EMERGENCY, PartyKind.CARE, PartyKind.GUARDIANSHIP})


@dataclass(frozen=True)
class Withheld:
    """A part that an action may not send, and why."""

    part: str
    reason: Text


@dataclass(frozen=True)
class Lock:
    """What must come first: a gate that opens, or another action that is done."""

    id: str
    text: Text


@dataclass(frozen=True)
class Planned:
    """An action of a plan, with all that a person needs in order to decide about it."""

    action: Action
    urgency: Urgency
    because: tuple[Rule, ...]
    warnings: tuple[PlanWarning, ...]
    may: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    locks: tuple[Lock, ...]
    pack: Pack = field(repr=False, compare=False)
    area: str | None = None
    """The part of the region whose partner is asked; none where nobody said it."""

    @property
    def id(self) -> str:
        """The id of the action."""
        return self.action.id

    @property
    def party(self) -> Party:
        """Who acts or is asked."""
        return self.pack.plan_parties[self.action.party]

    @property
    def task(self) -> Task:
        """For which task of which body it is done."""
        return self.pack.plan_tasks[self.action.task]

    @property
    def share(self) -> Share:
        """The ceiling as it stands in the pack; `may` is what is left of it here."""
        return self.pack.plan_shares[self.action.share]

    @property
    def first(self) -> PlanWarning | None:
        """The warning that always stands beside a number."""
        return self.pack.plan_warnings[self.action.first] if self.action.first else None


@dataclass(frozen=True)
class Lifted:
    """An action that a stronger rule took out of the plan."""

    action: Action
    by: Rule


@dataclass(frozen=True)
class Near:
    """A rule that misses exactly one fact, with what that fact would have to be."""

    rule: Rule
    missed: FactIs


@dataclass(frozen=True)
class Plan:
    """The actions in order, what was taken out, and the rules that hold."""

    actions: tuple[Planned, ...]
    lifted: tuple[Lifted, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Planned]:
        """The actions by their id."""
        return {each.id: each for each in self.actions}

    @property
    def public(self) -> tuple[Planned, ...]:
        """The actions that anybody may read: the choice and the party are both confirmed."""
        return tuple(
            each
            for each in self.actions
            if each.action.public and each.action.confirmed and each.party.confirmed
        )


def start_facts(pack: Pack) -> dict[str, frozenset[str]]:
    """Return the facts of a case of which nothing is known yet."""
    return {fact.id: frozenset({fact.values[0].id}) for fact in pack.plan_facts}


def facts_with(pack: Pack, given: Iterable[tuple[str, str]], on: Facts | None = None) -> Facts:
    """Return facts with other values: the last counts, and of a fact with many values all do.

    Args:
        pack: the handbook.
        given: pairs of fact and value.
        on: what was known before; nothing when left out.
    """
    facts, fresh = dict(on or start_facts(pack)), set[str]()
    for name, value in given:
        more = pack.plan_facts[name].many and name in fresh
        facts[name] = (facts[name] | {value}) if more else frozenset({value})
        fresh.add(name)
    return facts


def plan(
    facts: Facts, pack: Pack, done: Set[str] = frozenset(), by_hand: Collection[str] = frozenset()
) -> Plan:
    """Return the plan of a case.

    Args:
        facts: what is known; see `facts_with`.
        pack: the handbook whose rules count.
        done: ids of actions that are done.
        by_hand: ids of actions that a person added; only a guard takes one out.
    """
    rules = holding(facts, pack)
    chosen = frozenset(each for each in by_hand if each in pack.plan_actions)
    kept, lifted = _kept(_wanted(rules, facts, pack, chosen), chosen, rules, pack)
    planned = [_planned(action, because, rules, facts, pack) for action, because in kept]
    present = frozenset(each.id for each in planned)
    locked = [_locked(each, facts, present, done) for each in planned]
    ordered = sorted(locked, key=lambda each: _order(each, done))
    return Plan(tuple(_help_first(ordered, done)), lifted, rules)


def urgencies(
    facts: Facts, pack: Pack, by_hand: Collection[str] = (), *, rules: tuple[Rule, ...] | None = None
) -> dict[str, Urgency]:
    """Return how soon each action of a plan is done, by its id: the same as `plan` gives, for less work.

    Args:
        facts: what is known; see `facts_with`.
        pack: the handbook whose rules count.
        by_hand: ids of actions that a person added.
        rules: those that hold for these facts, for who knows them already.
    """
    rules = holding(facts, pack) if rules is None else rules
    chosen = frozenset(each for each in by_hand if each in pack.plan_actions)
    kept, _ = _kept(_wanted(rules, facts, pack, chosen), chosen, rules, pack)
    return {action.id: _urgency(action, because, rules, pack) for action, because in kept}


def alone(facts: Facts, pack: Pack, action: str) -> Planned:
    """Return an action as these facts let it go, also where no rule asks for it any more.

    Of what must come first it has what these facts ask, and no other action.

    Args:
        facts: what is known.
        pack: the handbook.
        action: id of an action; `UnknownEntry` for one that the pack does not have.
    """
    rules = holding(facts, pack)
    because = [(rule, adds.urgency) for rule in rules for adds in rule.adds if adds.action == action]
    planned = _planned(pack.plan_actions[action], because, rules, facts, pack)
    return _locked(planned, facts, frozenset(), frozenset())


def parts_that_wait(facts: Facts, pack: Pack, made: Plan, done: Set[str]) -> dict[str, Text]:
    """Return the parts of a case that go to nobody but who helps yet, each with what must come first.

    Args:
        facts: what is known.
        pack: the handbook.
        made: the plan that follows.
        done: actions of it that were asked or done.
    """
    present = set(made.by_id)
    return {
        part.id: gate.text
        for part in pack.parts
        for gate in pack.plan_gates.named(part.gates)
        if _is_shut(gate, facts, present, done)
    }


def before_calling(line_id: str, pack: Pack) -> tuple[PlanWarning, ...]:
    """Return what stands beside the number of police or inspection, wherever it is shown.

    It is what the actions that ask them say first: without it a number leads to who may send people away.
    """
    parties = {
        each.id for each in pack.plan_parties if each.help_line == line_id and each.kind in WITH_POLICE
    }
    first = (each.first for each in pack.plan_actions if each.party in parties and each.first)
    return pack.plan_warnings.named(tuple(dict.fromkeys(first)))


def near(facts: Facts, pack: Pack) -> list[Near]:
    """Return the rules that would hold if one single fact were different: "also looked at"."""
    found = []
    for rule in pack.plan_rules:
        missed = [[each for each in when.all if not _is(each, facts)] for when in rule.when]
        if missed and len(fewest := min(missed, key=len)) == 1:
            found.append(Near(rule, fewest[0]))
    return found


def aims_at(aim: Aim, action: Action, pack: Pack) -> bool:
    """Tell whether an aim means this action."""
    if action.id in aim.actions:
        return True
    words = (aim.lines, aim.kinds, aim.verbs)
    if not any(words) or action.id in aim.but_not:
        return False
    return (
        (not aim.lines or bool(set(aim.lines) & set(action.lines)))
        and (not aim.kinds or pack.plan_parties[action.party].kind in aim.kinds)
        and (not aim.verbs or action.verb in aim.verbs)
    )


def _is(condition: FactIs, facts: Facts) -> bool:
    values = facts[condition.fact]
    return values.issubset(condition.values) if condition.only else not values.isdisjoint(condition.values)


def holding(facts: Facts, pack: Pack) -> tuple[Rule, ...]:
    """Return the rules that hold for these facts."""
    return tuple(rule for rule in pack.plan_rules if holds(rule, facts))


def holds(rule: Rule, facts: Facts) -> bool:
    """Tell whether a rule holds for these facts."""
    return not rule.when or any(all_hold(when, facts) for when in rule.when)


def all_hold(when: When, facts: Facts) -> bool:
    """Tell whether all of these conditions hold for these facts."""
    return all(_is(condition, facts) for condition in when.all)


type _Wanted = Mapping[str, list[tuple[Rule, Urgency]]]


def _wanted(rules: Iterable[Rule], facts: Facts, pack: Pack, chosen: Collection[str]) -> _Wanted:
    wanted: dict[str, list[tuple[Rule, Urgency]]] = {}
    for rule in rules:
        for adds in rule.adds:
            action = pack.plan_actions[adds.action]
            partner = pack.plan_parties[action.party].partner
            # Who does not work in this part of the region is left out.
            if partner is None or _works_in(partner, _area(action, facts, pack), pack):
                wanted.setdefault(adds.action, []).append((rule, adds.urgency))
    for name in pack.plan_actions.ids if chosen else ():
        if name in chosen:
            wanted.setdefault(name, [])
    return wanted


def _area(action: Action, facts: Facts, pack: Pack) -> str | None:
    """Return the part of the region that an action belongs to: where people sleep, or where the case is."""
    asleep = facts.get(SLEEP_SUBREGION, frozenset()) if action.sleeping else frozenset()
    known = next((each for each in asleep if each in pack.subregions), None)
    return known or next(iter(facts.get(SUBREGION, ())), None)


def _works_in(partner: str, subregion: str | None, pack: Pack) -> bool:
    # Who is named gives way to nobody here: an action says whom it asks, by name.
    named = pack.partners.get(partner)
    return named.covers(subregion) if named else pack.partner_for(partner, subregion) is not None


def _kept(
    wanted: _Wanted, chosen: Collection[str], rules: tuple[Rule, ...], pack: Pack
) -> tuple[list[tuple[Action, list[tuple[Rule, Urgency]]]], tuple[Lifted, ...]]:
    kept, lifted = [], []
    lifting = [(rule, _RANKS.index(rule.rank)) for rule in rules if rule.lifts]
    for name, because in wanted.items():
        action = pack.plan_actions[name]
        # At equal rank adding wins, so nothing is lost by accident.
        ranks = [rule.rank for rule, _ in because] + [Rank.SITUATION] * (name in chosen)
        strongest = max(_RANKS.index(each) for each in ranks)
        against = (
            rule
            for rule, rank in lifting
            if rank > strongest and any(aims_at(aim, action, pack) for aim in rule.lifts)
        )
        if (stronger := next(against, None)) is not None:
            lifted.append(Lifted(action, stronger))
        else:
            kept.append((action, because))
    return kept, tuple(lifted)


def _planned(
    action: Action,
    because: list[tuple[Rule, Urgency]],
    rules: tuple[Rule, ...],
    facts: Facts,
    pack: Pack,
) -> Planned:
    share = pack.plan_shares[action.share]
    warnings = dict.fromkeys(action.warnings)
    withheld = {each.part: each.reason for each in share.may_not}
    for rule in rules:
        for warns in rule.warns:
            if aims_at(warns, action, pack):
                warnings |= dict.fromkeys(warns.warnings)
        for less in rule.withholds:
            if aims_at(less, action, pack):
                withheld |= dict.fromkeys(less.parts, less.reason)
    return Planned(
        action=_told(action, facts),
        urgency=_urgency(action, because, rules, pack),
        because=tuple(rule for rule, _ in because),
        warnings=pack.plan_warnings.named(tuple(warnings)),
        may=tuple(part for part in share.may if part not in withheld),
        withheld=tuple(Withheld(part, reason) for part, reason in withheld.items()),
        locks=(),
        pack=pack,
        area=_area(action, facts, pack),
    )


def _told(action: Action, facts: Facts) -> Action:
    """Return the action with the words for a group, where the case is about more than one."""
    if not action.aloud_several or SEVERAL not in facts.get(ONE_PERSON, frozenset()):
        return action
    return action.model_copy(update={"aloud": action.aloud_several})


def _urgency(
    action: Action, because: list[tuple[Rule, Urgency]], rules: tuple[Rule, ...], pack: Pack
) -> Urgency:
    hastened = (each.urgency for rule in rules for each in rule.hastens if aims_at(each, action, pack))
    asked = (urgency for _, urgency in because)
    return min((*asked, *hastened), key=_URGENCIES.index, default=Urgency.DAYS)


def _locked(each: Planned, facts: Facts, present: Set[str], done: Set[str]) -> Planned:
    return replace(each, locks=tuple(_locks(each, facts, present, done)))


def _locks(each: Planned, facts: Facts, present: Set[str], done: Set[str]) -> Iterator[Lock]:
    for gate in each.pack.plan_gates.named(each.action.gates):
        if _is_shut(gate, facts, present, done):
            yield Lock(gate.id, gate.text)
    for before in each.pack.plan_actions.named(each.action.after):
        if before.id in present and before.id not in done:
            yield Lock(before.id, before.says)


def _is_shut(gate: Gate, facts: Facts, present: Set[str], done: Set[str]) -> bool:
    if any(all_hold(when, facts) for when in gate.open_when):
        return False
    if gate.shut_when:
        return all(_is(condition, facts) for condition in gate.shut_when)
    opened_by = present & set(gate.until_done)
    return bool(opened_by) and not opened_by & done


def _help_first(ordered: list[Planned], done: Set[str]) -> list[Planned]:
    """Let the first act of help, while there was none, stand before what only finds something out."""
    helps = [each for each in ordered if each.party.kind in _HELPING and not each.locks]
    asks = [each for each in ordered if each.action.finds]
    if not helps or not asks or any(each.id in done for each in helps):
        return ordered
    at, moved = ordered.index(asks[0]), helps[0]
    if ordered.index(moved) < at:
        return ordered
    rest = [each for each in ordered if each is not moved]
    return [*rest[:at], moved, *rest[at:]]


def _order(each: Planned, done: Set[str]) -> tuple[object, ...]:
    lines, actions = each.pack.plan_lines.ids, each.pack.plan_actions.ids
    return (
        _URGENCIES.index(each.urgency),
        each.id in done,
        bool(each.locks),
        min(lines.index(line) for line in each.action.lines),
        _KINDS.index(each.party.kind),
        actions.index(each.id),
    )
