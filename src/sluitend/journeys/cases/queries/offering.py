"""What a municipality can do in a case that no rule proposed: by where it makes exploitation harder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from sluitend.journeys.cases.queries.kept_plan import ASKED, DONE
from sluitend.journeys.cases.queries.plan_facts import FORM, Known, facts_of, values_of
from sluitend.kernel.handbook.approach import Barrier, Instrument
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.planning import Plan, Planned, plan
from sluitend.kernel.handbook.plans import Action


@dataclass(frozen=True)
class Offer:
    """A measure that can be added: with who decides, on what ground, and what must come first."""

    planned: Planned
    instrument: Instrument | None


@dataclass(frozen=True)
class OfferGroup:
    """The measures for one step in how exploitation goes, with what makes it harder there."""

    label: str
    barriers: Sequence[Barrier]
    offers: Sequence[Offer]


@dataclass(frozen=True)
class Offers:
    """What can be added, and what a guard keeps out with its reason."""

    groups: Sequence[OfferGroup]
    kept_out: Sequence[tuple[str, str]]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of what can be added."""
        return frozenset(each.planned.id for group in self.groups for each in group.offers)


def offers_of(known: Known, made: Plan) -> Offers:
    """Return the measures that fit the forms of a case and are not in its plan."""
    pack, facts = known.pack, values_of(facts_of(known))
    forms = {each for each in facts[FORM] if each in pack.forms}
    barriers = [each for each in pack.barriers if not forms or each.form in forms]
    names = [
        each.id
        for each in pack.plan_actions
        if each.id not in made.by_id and _may_be_chosen(each, known) and _fits(each, barriers, known)
    ]
    done = {name for name, each in known.kept["actions"].items() if each["state"] in (ASKED, DONE)}
    tried = plan(facts, pack, done, {*known.kept["added"], *names})
    able = [each for name in names if (each := tried.by_id.get(name))]
    return Offers(
        groups=_grouped(able, barriers, known),
        kept_out=[
            (shown(each.action.says), shown(each.by.because))
            for each in tried.lifted
            if each.action.id in names
        ],
    )


def _may_be_chosen(action: Action, known: Known) -> bool:
    """Tell whether a measure holds today, and the power on which it rests."""
    today, instrument = timezone.localdate(), known.pack.instruments.get(action.instrument or "")
    return action.is_measure and action.valid_on(today) and (not instrument or instrument.valid_on(today))


def _fits(action: Action, barriers: Iterable[Barrier], known: Known) -> bool:
    """Tell whether a barrier of these forms has its instrument; what no barrier has fits every form."""
    instrument = action.instrument
    anywhere = any(instrument in each.instruments for each in known.pack.barriers)
    return not anywhere or any(instrument in each.instruments for each in barriers)


def _grouped(able: Sequence[Planned], barriers: Sequence[Barrier], known: Known) -> list[OfferGroup]:
    pack, found = known.pack, dict[str, list[Planned]]()
    for each in able:
        stages = {one.stage for one in barriers if each.action.instrument in one.instruments}
        found.setdefault(next((stage for stage in pack.stages.ids if stage in stages), ""), []).append(each)
    return [
        OfferGroup(
            label=shown(pack.stages[stage].label) if stage else "",
            barriers=[one for one in barriers if one.stage == stage],
            offers=[Offer(each, _instrument(each)) for each in found[stage]],
        )
        for stage in (*pack.stages.ids, "")
        if stage in found
    ]


def _instrument(planned: Planned) -> Instrument | None:
    name = planned.action.instrument
    return planned.pack.instruments[name] if name else None
