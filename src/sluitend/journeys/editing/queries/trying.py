"""A draft tried on the sample cases of the pack, never on real ones: which advice it would change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sluitend.kernel.handbook.changes_of_plans import PlanChange, change_of
from sluitend.kernel.handbook.entries import Text, UnknownEntry
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Plan, facts_with, plan
from sluitend.kernel.handbook.plans import Sample
from sluitend.kernel.handbook.reading import propose

RULES = "plan_"
"""What the names of the lists have in common that a plan comes of."""


@dataclass(frozen=True)
class SampleChange:
    """What a draft changes for one sample case: its plan, and what is read in its report."""

    id: str
    title: Text
    text: Text
    plan: PlanChange
    read: tuple[str, ...]
    """The facts that are read in another way."""

    @property
    def told(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it changes, as people read it."""
        return (*([(_("Anders gelezen"), self.read)] if self.read else []), *self.plan.told)


@dataclass(frozen=True)
class Tried:
    """What came of trying a draft."""

    number: int
    """How many sample cases there are."""
    changes: tuple[SampleChange, ...] = ()
    impossible: bool = False
    """Something in it refers to what is not there, so no plan can be made."""


def tried(now: Pack, then: Pack) -> Tried:
    """Return what another handbook would change in the advice of the sample cases.

    Args:
        now: the handbook that counts.
        then: the draft; its parts need not fit each other yet.
    """
    samples = then.plan_samples or now.plan_samples
    try:
        return Tried(len(samples), tuple(_changes(samples, now, then)))
    except UnknownEntry:
        return Tried(len(samples), impossible=True)


def _changes(samples: Iterable[Sample], now: Pack, then: Pack) -> Iterator[SampleChange]:
    for sample in samples:
        change, read = change_of(_plan(sample, now), _plan(sample, then)), _read(sample, now, then)
        if change or read:
            yield SampleChange(sample.id, sample.title, sample.text, change, read)


def _plan(sample: Sample, pack: Pack) -> Plan:
    known = [
        (each.fact, each.value)
        for each in sample.facts
        if (fact := pack.plan_facts.get(each.fact))
        and (fact.of_forms or each.value in _values(pack, each.fact))
    ]
    return plan(facts_with(pack, known), pack)


def _values(pack: Pack, fact: str) -> set[str]:
    return {each.id for each in pack.plan_facts[fact].values}


def _read(sample: Sample, now: Pack, then: Pack) -> tuple[str, ...]:
    before, after = (propose([sample.text.nl], sample.indicators, pack) for pack in (now, then))
    differs = [
        name
        for name in dict.fromkeys([*before, *after])
        if (before[name].values if name in before else ()) != (after[name].values if name in after else ())
    ]
    facts = (then.plan_facts.get(name) or now.plan_facts[name] for name in differs)
    return tuple(shown(each.label) for each in facts)
