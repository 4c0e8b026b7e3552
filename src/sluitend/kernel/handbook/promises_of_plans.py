"""What every plan keeps, of whatever facts and in whatever region: help first, and no harm by the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .checks_of_actions import ENFORCING, PLACE, REACHES_POLICE, is_for_the_people
from .guidance import Urgency
from .pack import Pack
from .planning import Facts, Plan, Planned
from .plans import PartyKind, PlanVerb
from .problems import Words

_GATES_OF_THE_PLACE = frozenset({"papers", "residents", "holder", "investigation"})
_BODIES_OF_THE_PLACE = ENFORCING | {PartyKind.DEPARTMENT, PartyKind.PARTNERSHIP, PartyKind.MUNICIPALITY}
_HELPING = frozenset({PartyKind.EMERGENCY, PartyKind.CARE, PartyKind.GUARDIANSHIP})
_BEYOND_HELP = ENFORCING | {PartyKind.PARTNERSHIP, PartyKind.MUNICIPALITY}
_NAMES_SOMEBODY = frozenset({"person_name", "birth_date"})
_SILENT = ("nobody", "care", "unsafe")
"""Who may know, of somebody who wants only the helpers to know, or whom it is not safe to ask."""

_OF_WHO_PROFITS = frozenset({"vehicle", "phone", "online_account"})
_SEVERAL = ("one_person", "no")
"""What a pack that asks for it says where a place, and what belongs to it, points nobody out."""

_ASKED_FOR = ("danger", "forced", "minor", "may_know")
"""What must never be left at "not known": on each of these hangs what is shared, or who is in danger."""

_NOT_FIRST: Words = (
    "bij direct gevaar staat het noodnummer niet vooraan",
    "in danger the emergency number does not stand first",
)


@dataclass(frozen=True)
class _Case:
    """The facts of a case with its plan, and what is asked of them more than once."""

    facts: Facts
    plan: Plan
    pack: Pack

    def has(self, fact: str, *values: str) -> bool:
        """Tell whether a fact has one of these values."""
        return not self.facts[fact].isdisjoint(values)

    @property
    def minor(self) -> bool:
        """Whether somebody is or may be a child."""
        return self.has("minor", "yes", "perhaps")

    @property
    def now(self) -> bool:
        """Whether there is danger at this moment."""
        return self.has("danger", "now")

    @property
    def for_the_people(self) -> list[Planned]:
        """The actions for the people themselves."""
        return [each for each in self.plan.actions if is_for_the_people(each.action, self.pack)]

    @property
    def about_others(self) -> list[Planned]:
        """All other actions."""
        return [each for each in self.plan.actions if not is_for_the_people(each.action, self.pack)]

    def pointing_out(self, each: Planned) -> list[str]:
        """Return the parts that an action may send and that point a person out."""
        return [part for part in each.may if self.pack.parts[part].identifies_person]


def broken(facts: Facts, plan: Plan, pack: Pack) -> Iterator[Words]:
    """Yield each promise that a plan breaks, in Dutch and English.

    Args:
        facts: the facts that the plan was made of.
        plan: the plan, made with nothing done.
        pack: the handbook that it was made with.
    """
    case = _Case(facts, plan, pack)
    yield from _each_line(case)
    yield from _help(case)
    yield from _not_known(case)
    yield from _danger(case)
    yield from _child(case)
    yield from _locks(case)
    yield from _wish(case)
    yield from _silence(case)
    yield from _elsewhere(case)


def broken_in_public(facts: Facts, plan: Plan) -> Iterator[Words]:
    """Yield each promise that a plan breaks for who asks whom to call, in Dutch and English."""
    shown = plan.public
    if not shown:
        yield "er is niemand om heen te gaan", "there is nobody to go to"
    elif shown[0].party.kind in ENFORCING:
        yield "een handhaver staat boven hulp", "an enforcer stands above help"
    elif "now" in facts["danger"] and shown[0].party.kind is not PartyKind.EMERGENCY:
        yield (
            "bij direct gevaar staat het noodnummer niet vooraan",
            "in danger the emergency number is not first",
        )


def _each_line(case: _Case) -> Iterator[Words]:
    for line in case.pack.plan_lines:
        if not any(line.id in each.action.lines for each in case.plan.actions):
            yield f"op lijn '{line.id}' staat niets", f"line '{line.id}' has nothing"


def _help(case: _Case) -> Iterator[Words]:
    nobody = case.has("people", "no") and not case.has("wish", "yes") and not case.minor and not case.now
    if not nobody and not any(each.party.kind in _HELPING for each in case.for_the_people):
        yield "niemand wordt om hulp gevraagd", "nobody is asked for help"


def _not_known(case: _Case) -> Iterator[Words]:
    if case.has("people", "no") and not case.has("wish", "yes"):
        return  # there is nobody of whom to find out
    asked = {each.action.finds for each in case.plan.actions}
    for fact in _ASKED_FOR:
        said_already = fact == "may_know" and (case.minor or case.now)
        start = case.pack.plan_facts[fact].values[0].id
        if case.has(fact, start) and fact not in asked and not said_already:
            yield f"niemand zoekt '{fact}' uit", f"nobody finds out '{fact}'"


def _danger(case: _Case) -> Iterator[Words]:
    if case.now:
        first = next(iter(case.plan.actions), None)
        if first is None or first.party.kind is not PartyKind.EMERGENCY or first.locks:
            yield _NOT_FIRST
        if not _soon(case, PartyKind.POLICE, Urgency.NOW) or not _soon(case, PartyKind.CARE, Urgency.NOW):
            yield (
                "bij direct gevaar horen politie en zorg het niet allebei nu",
                "in danger police and care are not both told now",
            )
    helps = (each for each in case.for_the_people if each.action.finds is None)  # asking alone helps nobody
    if case.has("danger", "soon") and all(each.urgency is Urgency.DAYS for each in helps):
        yield (
            "gevaar dat niet kan wachten, en niets voor vandaag",
            "danger that cannot wait, and nothing today",
        )


def _child(case: _Case) -> Iterator[Words]:
    if case.minor:
        for kind in (PartyKind.POLICE, PartyKind.CARE):
            if not _soon(case, kind, Urgency.NOW, Urgency.TODAY):
                yield f"een kind, en vandaag geen '{kind}'", f"a child, and no '{kind}' today"


def _soon(case: _Case, kind: PartyKind, *urgencies: Urgency) -> bool:
    return any(each.party.kind is kind and each.urgency in urgencies for each in case.for_the_people)


def _locks(case: _Case) -> Iterator[Words]:
    for each in case.for_the_people:
        if _GATES_OF_THE_PLACE & {lock.id for lock in each.locks}:
            yield (
                f"'{each.id}' is voor de mensen, en wacht op een slot van de plek",
                f"'{each.id}' is for the people, and waits for a gate of the place",
            )
    for each in case.about_others:
        if not each.locks:
            yield from _goes_on(each, case)
    if _waits_for_a_question(case) and not any(
        each.action.verb is PlanVerb.CONSULT for each in case.plan.actions
    ):
        yield (
            "er wordt gewacht op de vraag naar een onderzoek, en niemand stelt die",
            "the question about an investigation is waited for, and nobody asks it",
        )


def _waits_for_a_question(case: _Case) -> bool:
    return any(lock.id == "investigation" for each in case.plan.actions for lock in each.locks)


def _goes_on(each: Planned, case: _Case) -> Iterator[Words]:
    acts = each.action.verb.sends or each.action.verb is PlanVerb.PROPOSE
    if acts and each.party.kind in _BODIES_OF_THE_PLACE and case.has("hold", "asked", "active"):
        yield (
            f"'{each.id}' gaat door terwijl een partner vroeg te wachten",
            f"'{each.id}' goes on while a partner asked to wait",
        )
    if each.party.kind in REACHES_POLICE and case.has("papers", "open") and not case.has("people", "no"):
        yield (
            f"'{each.id}' bereikt politie of inspectie vóór de vraag over papieren",
            f"'{each.id}' reaches police or inspection before the question about papers",
        )


def _wish(case: _Case) -> Iterator[Words]:
    if case.minor or case.now:
        return
    for each in case.plan.actions:
        helps = each.party.kind in (PartyKind.CARE, PartyKind.HELP)
        if helps and case.has("wish", "no") and (parts := case.pointing_out(each)):
            yield (
                f"'{each.id}' wijst iemand aan die geen hulp wil ({', '.join(parts)})",
                f"'{each.id}' points out somebody who wants no help ({', '.join(parts)})",
            )
        police = each.party.kind is PartyKind.POLICE
        if police and not case.has("may_know", "all") and (parts := sorted(_NAMES_SOMEBODY & set(each.may))):
            yield (
                f"'{each.id}' noemt iemand bij de politie die dat niet zei te willen ({', '.join(parts)})",
                f"'{each.id}' names somebody to the police who did not say so ({', '.join(parts)})",
            )


def _silence(case: _Case) -> Iterator[Words]:
    """Yield what points out somebody who did not say that others than the helpers may know.

    A place is left to the region: it points one person out, or a company with many. Where a person said
    that there are many, so are the number plate and the telephone of whoever profits.
    """
    if case.minor or not case.has("may_know", *_SILENT):
        return
    fact, several = _SEVERAL
    left = {PLACE} | (_OF_WHO_PROFITS if several in case.facts.get(fact, ()) else frozenset())
    for each in case.plan.actions:
        kind = each.party.kind
        if kind not in _BEYOND_HELP or (case.now and kind is PartyKind.POLICE):
            continue
        if parts := [part for part in case.pointing_out(each) if part not in left]:
            yield (
                f"'{each.id}' wijst iemand aan die niet zei dat dit bekend mag worden ({', '.join(parts)})",
                f"'{each.id}' points out somebody who did not say that it may be known ({', '.join(parts)})",
            )


def _elsewhere(case: _Case) -> Iterator[Words]:
    # People may work in one municipality and sleep in another: each measure is of where it is about.
    asleep = case.facts.get("sleeps", frozenset()) & {"here", "in_region", "outside_region"}
    works_elsewhere = case.has("territory", "in_region", "outside_region")
    sleeps_elsewhere = "here" not in asleep if asleep else works_elsewhere
    for each in case.plan.actions:
        elsewhere = sleeps_elsewhere if each.action.sleeping else works_elsewhere
        if elsewhere and each.action.verb in (PlanVerb.PROPOSE, PlanVerb.PASS_ON):
            yield (
                f"'{each.id}' is een maatregel in een andere gemeente",
                f"'{each.id}' is a measure in another municipality",
            )
