"""The rules for the rules of a plan: values that exist, aims that meet an action, guards that leave help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from .checks_of_actions import action_findings, is_for_the_people
from .pack import Pack
from .phrases import MOST_GROUPS, groups_named, groups_of, written_out
from .planning import aims_at
from .plans import Action, Aim, CaseFact, FactIs, FactSet, Fills, PartyKind, Rank, Reading, Rule, When
from .problems import Finding

NAMED_VALUES: Mapping[str, frozenset[str]] = {
    "danger": frozenset({"now", "soon"}),
    "forced": frozenset({"no"}),
    "form": frozenset(),
    "hold": frozenset({"asked", "active"}),
    "may_know": frozenset({"all"}),
    "minor": frozenset({"yes", "perhaps"}),
    "papers": frozenset({"open"}),
    "people": frozenset({"no"}),
    "place": frozenset({"known"}),
    "residents": frozenset({"open"}),
    "territory": frozenset({"in_region", "outside_region"}),
    "wish": frozenset({"yes", "no"}),
}
"""The facts, and of each the values, that the program itself names: every pack with rules has these."""

_HELP = frozenset({PartyKind.EMERGENCY, PartyKind.CARE, PartyKind.GUARDIANSHIP, PartyKind.HELP})

_WITH_VALUES = ("plan_facts", "plan_gates", "plan_rules", "plan_readings")
_THAT_SET = ("plan_events", "plan_answers", "plan_samples")


def plan_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every broken rule of the rules of a plan. Every id that stands in them must exist."""
    if not pack.plan_rules:
        return
    yield from _missing_values(pack)
    yield from _unknown_values(pack)
    yield from action_findings(pack)
    for rule in pack.plan_rules:
        yield from _effects(rule, pack)
        yield from _lifts(rule, pack)
    for reading in pack.plan_readings:
        yield from _reading(reading, pack)


def values_of(fact: CaseFact, pack: Pack) -> tuple[str, ...]:
    """Return the ids of all values that a fact can have."""
    own = tuple(value.id for value in fact.values)
    return (*own, *pack.forms.ids) if fact.of_forms else own


def _missing_values(pack: Pack) -> Iterator[Finding]:
    for name, wanted in NAMED_VALUES.items():
        fact = pack.plan_facts.get(name)  # that it is missing is said with what every pack must have
        for value in sorted(wanted - set(values_of(fact, pack)) if fact else ()):
            yield Finding(
                "plan_facts",
                name,
                (f"de waarde '{value}' is verplicht", f"the value '{value}' is required"),
                (f"voeg een waarde toe met id '{value}'", f"add a value with id '{value}'"),
                "values",
            )


def _unknown_values(pack: Pack) -> Iterator[Finding]:
    for part in (*_WITH_VALUES, *_THAT_SET):
        for entry in getattr(pack, part):
            for path, name, values in _values_in(entry):
                known = values_of(pack.plan_facts[name], pack)
                for value in values:
                    if value not in known:
                        yield Finding(
                            part,
                            entry.id,
                            (f"feit '{name}' kent geen '{value}'", f"fact '{name}' knows no '{value}'"),
                            (f"kies uit: {', '.join(known)}", f"choose from: {', '.join(known)}"),
                            path,
                        )


def _values_in(model: BaseModel, path: str = "") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each fact that an entry or a piece of it names, with the values: where, fact, values."""
    match model:
        case FactIs():
            yield path, model.fact, model.values
        case FactSet():
            yield path, model.fact, (model.value,)
        case Reading():
            yield "value", model.fact, (model.value,)
        case CaseFact():
            yield "protective", model.id, model.protective
    for name in type(model).model_fields:
        value = getattr(model, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from _values_in(item, f"{path}.{name}" if path else name)


def _effects(rule: Rule, pack: Pack) -> Iterator[Finding]:
    effects = {name: getattr(rule, name) for name in ("lifts", "hastens", "warns", "withholds")}
    if not rule.adds and not any(effects.values()):
        yield _finding(
            rule,
            ("deze regel doet niets", "this rule does nothing"),
            (
                "zet erbij wat de regel toevoegt of verandert, of haal de regel weg",
                "add what the rule adds or changes, or take the rule out",
            ),
            "adds",
        )
    for name, aims in effects.items():
        for aim in aims:
            if not _aimed_at(aim, pack):
                yield _finding(
                    rule,
                    ("dit treft geen enkele actie", "this means no action at all"),
                    (
                        "noem acties, of lijnen, soorten en werkwoorden die samen voorkomen",
                        "name actions, or lines, kinds and verbs that occur together",
                    ),
                    name,
                )


def _lifts(rule: Rule, pack: Pack) -> Iterator[Finding]:
    for aim in rule.lifts:
        able = {action.id: action for action in _aimed_at(aim, pack) if _can_lift(rule, action, pack)}
        for name in aim.actions:
            if name not in able:
                yield _never_lifts(rule, f"'{name}'", f"'{name}'")
        if not able and not aim.actions:
            yield _never_lifts(rule, "iets", "anything")
        if rule.rank is Rank.GUARD:
            for action in able.values():
                if _is_help(action, pack) and not _still_helped(rule, action, pack):
                    yield _takes_help_away(rule, action)


def _never_lifts(rule: Rule, dutch: str, english: str) -> Finding:
    return _finding(
        rule,
        (
            f"dit haalt nooit {dutch} weg: geen zwakkere regel voegt het toe",
            f"this never takes {english} out: no weaker rule adds it",
        ),
        (
            "haal het weg uit 'lifts', of kies een sterkere 'rank'",
            "take it out of 'lifts', or choose a stronger 'rank'",
        ),
        "lifts",
    )


def _takes_help_away(rule: Rule, action: Action) -> Finding:
    return _finding(
        rule,
        (
            f"een beschermende regel haalt hulp weg ('{action.id}')",
            f"a guard takes help away ('{action.id}')",
        ),
        (
            "laat de hulp staan, of laat dezelfde partij dan iets anders voor de mensen doen",
            "leave the help, or let the same party do something else for the people then",
        ),
        "lifts",
    )


def _aimed_at(aim: Aim, pack: Pack) -> list[Action]:
    return [action for action in pack.plan_actions if aims_at(aim, action, pack)]


def _can_lift(rule: Rule, action: Action, pack: Pack) -> bool:
    ranks = tuple(Rank)
    return any(
        ranks.index(other.rank) < ranks.index(rule.rank)
        for other in pack.plan_rules
        if any(adds.action == action.id for adds in other.adds)
    )


def _is_help(action: Action, pack: Pack) -> bool:
    return is_for_the_people(action, pack) and pack.plan_parties[action.party].kind in _HELP


def _still_helped(guard: Rule, lifted: Action, pack: Pack) -> bool:
    """Tell whether the same party gets another action of help whenever this guard holds."""
    added = (
        pack.plan_actions[adds.action]
        for rule in pack.plan_rules
        if _holds_with(rule, guard)
        for adds in rule.adds
    )
    return any(
        action.party == lifted.party
        and _is_help(action, pack)
        and not any(aims_at(aim, action, pack) for aim in guard.lifts)
        for action in added
    )


def _holds_with(wide: Rule, narrow: Rule) -> bool:
    """Tell whether one rule holds whenever another does."""
    return not wide.when or (
        bool(narrow.when) and all(any(_follows(one, known) for one in wide.when) for known in narrow.when)
    )


def _follows(wanted: When, known: When) -> bool:
    return all(
        any(
            given.fact == one.fact and set(given.values) <= set(one.values) and given.only >= one.only
            for given in known.all
        )
        for one in wanted.all
    )


def _reading(reading: Reading, pack: Pack) -> Iterator[Finding]:
    fact = pack.plan_facts[reading.fact]
    if fact.fills is not Fills.REPORT:
        yield Finding(
            "plan_readings",
            reading.id,
            (
                f"feit '{fact.id}' wordt nooit uit een melding ingevuld",
                f"fact '{fact.id}' is never filled in from a report",
            ),
            ("haal deze regel weg", "take this entry out"),
            "fact",
        )
    if reading.value not in (fact.protective or values_of(fact, pack)[1:]):
        yield Finding(
            "plan_readings",
            reading.id,
            (
                f"'{reading.value}' beschermt niet: dat zegt alleen een mens",
                f"'{reading.value}' does not protect: only a person says so",
            ),
            (
                "kies een waarde die beschermt, of zet haar bij dit feit in 'protective'",
                "choose a value that protects, or put it in 'protective' of this fact",
            ),
            "value",
        )
    if not (reading.indicators or reading.emergency or reading.phrases or reading.ages):
        yield Finding(
            "plan_readings",
            reading.id,
            ("dit leest niets", "this reads nothing"),
            ("noem een signaal, woorden of een leeftijd", "name an indicator, words or an age"),
            "phrases",
        )
    for written in reading.phrases:
        yield from _written(written, reading, pack)


def _written(written: str, reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Yield the groups of words that the pack has not, a group with nothing in it, and too many groups."""
    unknown = [name for name in groups_named(written) if name not in pack.plan_words]
    groups = {each.id: each.joined for each in pack.plan_words}
    for name in unknown:
        yield Finding(
            "plan_readings",
            reading.id,
            (f"groep woorden '{name}' bestaat niet", f"group of words '{name}' does not exist"),
            ("kies een groep uit plan_words", "choose a group of plan_words"),
            "phrases",
        )
    found = groups_of(written_out(written, groups))
    if len(found) > MOST_GROUPS:
        yield Finding(
            "plan_readings",
            reading.id,
            (
                f"'{written}' heeft meer dan {MOST_GROUPS} groepen naast elkaar",
                f"'{written}' has more than {MOST_GROUPS} groups beside each other",
            ),
            ("verdeel dit over twee regels", "divide this over two lines"),
            "phrases",
        )
    if not unknown and not all(found):
        yield Finding(
            "plan_readings",
            reading.id,
            (f"in '{written}' is een groep leeg", f"in '{written}' a group is empty"),
            ("zet er woorden neer", "put words there"),
            "phrases",
        )


def _finding(rule: Rule, wrong: tuple[str, str], remedy: tuple[str, str], field: str) -> Finding:
    return Finding("plan_rules", rule.id, wrong, remedy, field)
