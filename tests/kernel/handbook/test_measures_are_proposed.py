"""Each measure that the handbook knows is proposed where it fits, or the list says why no plan does."""

from itertools import product

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.checks_of_plans import values_of
from sluitend.kernel.handbook.checks_of_samples import trials
from sluitend.kernel.handbook.planning import facts_with, plan
from sluitend.kernel.handbook.plans import PlanVerb

BY_HAND = "a person adds it: no fact says that it may be used"
UNUSED = {
    "alcohol_permit": BY_HAND,
    "close_home_174a": BY_HAND,
    "victor": BY_HAND,
    "behaviour_order": BY_HAND,
    "enforcement_framework": "it says how a body uses its powers, and is read with each of them",
    "agency_admission": "from 1 January 2027: until then the warning at the chain informs employers",
}
"""Measures that no sample proposes, and why."""


def test_each_measure_is_proposed_for_a_sample_or_says_why_not() -> None:
    pack = den_haag()
    proposed = {
        each.action.instrument
        for sample in pack.plan_samples
        for trial in trials(sample, pack)
        for each in plan(trial.facts, pack, trial.done).actions
    }
    assert set(pack.instruments.ids) - proposed == set(UNUSED)


def test_what_a_person_adds_alone_is_not_called_impossible() -> None:
    pack = den_haag()
    by_hand = {each.instrument for each in pack.plan_actions if each.by_hand}
    assert by_hand == {name for name, why in UNUSED.items() if why == BY_HAND}


NO_PREMISES = {
    "unknown",
    "home",
    "street",
    "online",
    "institution",
    "hospital",
    "school",
    "counter",
    "clients",
    "ship",
}
"""Where nothing is run that a body can forbid, others decide, or a measure would point somebody out."""

KINDS = [
    each for each in values_of(den_haag().plan_facts["place_kind"], den_haag()) if each not in NO_PREMISES
]
OWN = {"mayor", "college"}
OF_FAMILY_AND_BODY = {"huwelijksuitbuiting", "draagmoederschap_adoptie", "orgaanverwijdering"}
"""Here the civil registry, a court or another inspectorate acts, and premises say little."""

FORMS = ["onbekend", *(each for each in den_haag().forms.ids if each not in OF_FAMILY_AND_BODY)]


@pytest.mark.parametrize("form", FORMS)
def test_where_somebody_is_forced_on_premises_a_body_of_the_municipality_can_do_something(form: str) -> None:
    pack = den_haag()
    without = []
    for kind, people in product(KINDS, ("yes", "unknown")):
        known = [("place", "known"), ("territory", "here"), ("forced", "yes"), ("people", people)]
        made = plan(facts_with(pack, [("form", form), ("place_kind", kind), *known]), pack)
        about = (each for each in made.actions if "people" not in each.action.lines)
        if not any(each.action.verb is PlanVerb.PROPOSE and OWN & set(each.action.holders) for each in about):
            without.append(kind)
    assert without == []


HOUSING = {"housing_bylaw", "penalty"}
PREMISES = {"close_business", "exploitation_permit", *HOUSING}
SEX_AT_HOME = {"sex_business_permit", "entry_warrant"}
"""What is asked where sex is sold in a home or without a permit: may it, and how does one enter."""

STANDS: dict[str, set[str]] = {
    "unknown": HOUSING,
    "company": PREMISES,
    "home": {"lease", *SEX_AT_HOME, *HOUSING},
    "licensed": {"bibob", "sex_business_permit", "close_business", "housing_bylaw"},
    "unlicensed": {*SEX_AT_HOME, *PREMISES},
    "catering": PREMISES,
    "hotel": {"leniency_policy", "night_register", "sex_business_permit", *PREMISES},
    "drugs": {"close_opium", "housing_bylaw"},
    "street": {"area_ban"},
    "online": set(),
    "institution": set(),
    "hospital": set(),
    "event": {"event_permit", "pitch_permit", "bibob", "area_ban"},
    "vehicle": {"overnight_rules"},
    "cab": {"overnight_rules", "penalty"},
    "shared": {"lease", *SEX_AT_HOME, *HOUSING},
    "school": set(),
    "counter": {"declaration_wait"},
    "yard": {"overnight_rules", "penalty"},
    "clients": {"sex_business_permit", "funding_terms"},
    "ship": set(),
}
"""What the municipality can use or ask for where people are forced and sleep badly, by kind of place."""

OF_OTHERS = {"labour_inspection", "joint_inspection"}
"""Another body does this wherever the work is."""


def test_each_kind_of_place_has_the_measures_that_fit_it_and_no_other() -> None:
    pack = den_haag()
    known = [
        ("place", "known"),
        ("territory", "here"),
        ("forced", "yes"),
        ("people", "yes"),
        ("housing", "bad"),
    ]
    found: dict[str, set[str]] = {}
    for kind in values_of(pack.plan_facts["place_kind"], pack):
        for form in ("arbeidsuitbuiting", "seksuele_uitbuiting"):
            made = plan(facts_with(pack, [("form", form), ("place_kind", kind), *known]), pack)
            proposed = {each.action.instrument for each in made.actions if each.action.instrument}
            found.setdefault(kind, set()).update(proposed - OF_OTHERS)
    assert found == STANDS


@pytest.mark.parametrize(
    ("facts", "action"),
    [
        ([("place_kind", "school"), ("minor", "yes")], "area_ban_propose"),
        ([("place_kind", "institution"), ("minor", "yes")], "area_ban_propose"),
        ([("place_kind", "catering"), ("organised", "places")], "bibob_propose"),
        ([("place_kind", "hotel"), ("in_name", "yes")], "bibob_propose"),
        ([("place_kind", "company"), ("sleeps", "same")], "environment_check"),
        ([("place_kind", "online")], "advert_down"),
    ],
)
def test_a_measure_stands_where_something_asks_for_it(facts: list[tuple[str, str]], action: str) -> None:
    """Recruiters near children, a front or a pattern behind a permit, beds at work, an advert."""
    pack = den_haag()
    known = [("form", "criminele_uitbuiting"), ("place", "known"), ("territory", "here"), ("forced", "yes")]
    assert action in plan(facts_with(pack, [*known, *facts]), pack).by_id
    assert action not in plan(facts_with(pack, [*known, ("place_kind", "company")]), pack).by_id


def test_whoever_comes_to_fetch_somebody_can_be_kept_from_the_place() -> None:
    pack = den_haag()
    known = [("place", "known"), ("territory", "here"), ("forced", "yes"), ("place_kind", "institution")]
    fetched = plan(facts_with(pack, [*known, ("fetched", "yes")]), pack)
    assert "area_ban_propose" in fetched.by_id
    assert "area_ban_propose" not in plan(facts_with(pack, known), pack).by_id


def test_what_costs_somebody_a_bed_says_so_and_goes_to_whoever_profits() -> None:
    pack = den_haag()
    known = [("place", "known"), ("territory", "here"), ("forced", "yes"), ("place_kind", "vehicle")]
    planned = plan(facts_with(pack, known), pack).by_id["overnight_propose"]
    assert {"sleeps_in_it", "no_fine"} <= {each.id for each in planned.warnings}
    assert {"residents", "papers"} <= {each.id for each in planned.locks}
