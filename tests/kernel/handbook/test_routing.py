"""Route advice: every row of the routing table, and what holds for all advice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.kernel.handbook.guidance import Answer, Territory, Track, Urgency, Verb, Wish
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.routing import Advice, CaseFacts, advise, not_chosen

PERSON = CaseFacts(person_known=True, minor=Answer.NO)
WORKPLACE = CaseFacts(place_or_company_known=True, forms=frozenset({"arbeidsuitbuiting"}))


def routes(facts: CaseFacts, pack: Pack) -> list[str]:
    """Return the ids of the routes that are advised, in order."""
    return [advice.route.id for advice in advise(facts, pack)]


def one(facts: CaseFacts, pack: Pack, route_id: str) -> Advice:
    """Return the advice of this route."""
    return next(advice for advice in advise(facts, pack) if advice.route.id == route_id)


@pytest.mark.parametrize(
    ("facts", "subregion", "route", "partners"),
    [
        (CaseFacts(acute=True), "haaglanden", "acute", ["avim", "shop"]),
        (CaseFacts(minor=Answer.YES), "haaglanden", "minor", ["vt_haaglanden", "avim"]),
        (CaseFacts(minor=Answer.PERHAPS), "hollands_midden", "minor", ["vt_hollands_midden", "avim"]),
        (
            CaseFacts(minor=Answer.YES, non_eu_minor=Answer.YES),
            "haaglanden",
            "minor_non_eu",
            ["nidos", "avim"],
        ),
        (replace(PERSON, wish=Wish.YES), "haaglanden", "adult_wants_help", ["shop", "shop"]),
        (replace(PERSON, wish=Wish.YES), "hollands_midden", "adult_wants_help", ["shop", "leger_des_heils"]),
        (
            replace(PERSON, wish=Wish.YES, forms=frozenset({"huishouden"})),
            "haaglanden",
            "adult_wants_help_work",
            ["fairwork"],
        ),
        (PERSON, "haaglanden", "adult_wish_unclear", ["shop"]),
        (replace(PERSON, wish=Wish.NO), "haaglanden", "adult_wish_unclear", ["shop"]),
        (WORKPLACE, "haaglanden", "place_labour", ["arbeidsinspectie"]),
        (WORKPLACE, "haaglanden", "place_labour_joint_check", ["heit"]),
        (replace(WORKPLACE, coercion_seen=Answer.YES), "haaglanden", "place_labour_coercion", ["avim"]),
        (
            CaseFacts(place_or_company_known=True, forms=frozenset({"seksuele_uitbuiting"})),
            "haaglanden",
            "place_sexual",
            ["avim"],
        ),
        (CaseFacts(coerced_into_crime=True), "haaglanden", "coerced_into_crime", ["avim"]),
        (
            CaseFacts(coerced_into_crime=True, minor=Answer.YES),
            "haaglanden",
            "coerced_into_crime_minor",
            ["vt_haaglanden", "avim"],
        ),
        (CaseFacts(minor=Answer.PERHAPS), "hollands_midden", "minor_care_coordination", ["shop"]),
        (CaseFacts(suspicion_only=True), "haaglanden", "suspicion_only", []),
        (CaseFacts(organised=True), "haaglanden", "organised", ["riec"]),
        (replace(PERSON, complex_person=True), "haaglanden", "complex_person", ["zvh_haaglanden"]),
        (replace(PERSON, complex_person=True), "hollands_midden", "complex_person", ["zvh_hollands_midden"]),
        (
            CaseFacts(territory=Territory.IN_REGION),
            "haaglanden",
            "other_municipality",
            ["af_andere_gemeente"],
        ),
        (CaseFacts(territory=Territory.OUTSIDE_REGION), "haaglanden", "outside_region", ["shop", "comensha"]),
        (CaseFacts(diplomatic_household=True), "haaglanden", "diplomatic_household", ["avim", "om"]),
        (CaseFacts(bad_housing=True, coercion_seen=Answer.NO), "haaglanden", "bad_housing", []),
    ],
)
def test_each_row_of_the_routing_table(
    pack: Pack, facts: CaseFacts, subregion: str, route: str, partners: list[str]
) -> None:
    advice = one(replace(facts, subregion=subregion), pack, route)
    assert [partner.id for partner in advice.partners] == partners


def test_every_route_of_the_pack_has_a_row_above(pack: Pack) -> None:
    rows = test_each_row_of_the_routing_table.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {row[2] for row in rows} == set(pack.routes.ids)


def test_danger_comes_first_and_names_112(pack: Pack) -> None:
    advice = advise(replace(WORKPLACE, acute=True, person_known=True, minor=Answer.YES), pack)
    assert advice[0].route.id == "acute"
    assert advice[0].urgency is Urgency.NOW
    assert [line.number for line in advice[0].call_first] == ["112"]


def test_the_person_comes_before_the_place(pack: Pack) -> None:
    advice = advise(
        replace(WORKPLACE, person_known=True, coercion_seen=Answer.YES, territory=Territory.IN_REGION), pack
    )
    today = [one.track for one in advice if one.urgency is Urgency.TODAY]
    assert today == [Track.PERSON, Track.PLACE]
    days = [one.track for one in advice if one.urgency is Urgency.DAYS]
    assert days == [Track.BOTH, Track.PLACE, Track.PLACE]


def test_both_tracks_get_advice_side_by_side(pack: Pack) -> None:
    assert {"adult_wish_unclear", "place_labour"} <= set(routes(replace(WORKPLACE, person_known=True), pack))


def test_a_mere_suspicion_shares_nothing(pack: Pack) -> None:
    advice = advise(replace(WORKPLACE, person_known=True, suspicion_only=True), pack)
    assert [one.route.id for one in advice] == ["suspicion_only"]
    assert advice[0].verb is Verb.HOLD
    assert advice[0].parts == ()


def test_a_person_who_asks_for_help_is_never_held(pack: Pack) -> None:
    found = routes(replace(PERSON, wish=Wish.YES, suspicion_only=True), pack)
    assert found == ["adult_wants_help"]


def test_bad_housing_leaves_without_indicators(pack: Pack) -> None:
    advice = one(CaseFacts(bad_housing=True, coercion_seen=Answer.NO), pack, "bad_housing")
    assert [department.id for department in advice.departments] == ["wgv_meldpunt", "woningtoezicht"]
    assert "indicators" in {withheld.part for withheld in advice.withheld}


def test_bad_housing_stays_when_coercion_is_not_excluded(pack: Pack) -> None:
    assert "bad_housing" not in routes(CaseFacts(bad_housing=True), pack)


def test_advice_explains_which_fact_matched(pack: Pack) -> None:
    because = one(WORKPLACE, pack, "place_labour").because
    assert {(one.fact, one.text.nl) for one in because} == {
        ("place_or_company_known", "De plek of het bedrijf is bekend."),
        ("suspicion_only", "Het is concreet genoeg om iets te doen."),
        ("forms", "Arbeidsuitbuiting"),
    }


def test_what_was_looked_at_and_not_chosen_names_the_fact(pack: Pack) -> None:
    near = {one.route.id: one.because.text.nl for one in not_chosen(WORKPLACE, pack)}
    assert near["place_labour_coercion"] == "Of er dwang is weten wij niet."
    assert near["organised"] == "Er is nog geen patroon over meer plekken."
    assert not set(near) & set(routes(WORKPLACE, pack))


def test_a_route_holds_only_between_its_dates(pack: Pack) -> None:
    ended = tuple(route.model_copy(update={"valid_until": date(2026, 6, 30)}) for route in pack.routes)
    old = pack.model_copy(update={"routes": type(pack.routes).model_construct(ended)})
    assert advise(replace(WORKPLACE, on=date(2026, 7, 1)), old) == []
    assert advise(replace(WORKPLACE, on=date(2026, 6, 30)), old)


def test_no_facts_give_no_advice(pack: Pack) -> None:
    assert advise(CaseFacts(), pack) == []


FORMS = st.frozensets(st.sampled_from(["arbeidsuitbuiting", "huishouden", "seksuele_uitbuiting", "bedelen"]))
ANY_FACTS = st.builds(
    CaseFacts,
    acute=st.booleans(),
    person_known=st.booleans(),
    place_or_company_known=st.booleans(),
    suspicion_only=st.booleans(),
    organised=st.booleans(),
    coerced_into_crime=st.booleans(),
    complex_person=st.booleans(),
    diplomatic_household=st.booleans(),
    bad_housing=st.booleans(),
    minor=st.sampled_from(Answer),
    non_eu_minor=st.sampled_from(Answer),
    coercion_seen=st.sampled_from(Answer),
    wish=st.sampled_from(Wish),
    territory=st.sampled_from(Territory),
    forms=FORMS,
    subregion=st.sampled_from([None, "haaglanden", "hollands_midden"]),
)


@given(facts=ANY_FACTS)
def test_advice_never_contains_a_forbidden_part(pack: Pack, facts: CaseFacts) -> None:
    for advice in advise(facts, pack):
        shared = {part.id for part in advice.parts}
        assert not any(part.never for part in advice.parts)
        assert not shared & {withheld.part for withheld in advice.withheld}
        if advice.verb is Verb.ASK:
            assert not any(part.identifies_person for part in advice.parts)


@given(facts=ANY_FACTS)
def test_care_coordination_looks_along_with_every_child_and_hears_no_name(
    pack: Pack, facts: CaseFacts
) -> None:
    advised = {one.route.id: one for one in advise(facts, pack)}
    asked = advised.get("minor_care_coordination")
    assert (asked is not None) == (facts.minor in (Answer.YES, Answer.PERHAPS))
    if asked:
        assert asked.verb is Verb.ASK
        assert {"minor", "minor_non_eu"} & set(advised)
        assert next(iter(advised)) != asked.route.id


@given(facts=ANY_FACTS)
def test_a_minor_or_danger_never_leads_to_holding(pack: Pack, facts: CaseFacts) -> None:
    advice = advise(facts, pack)
    if facts.acute or facts.minor in (Answer.YES, Answer.PERHAPS):
        assert advice
        assert not any(one.verb is Verb.HOLD for one in advice)


@given(facts=ANY_FACTS)
def test_a_place_route_always_asks_about_the_residents(pack: Pack, facts: CaseFacts) -> None:
    for advice in advise(facts, pack):
        if advice.track is not Track.PERSON and advice.verb is not Verb.HOLD:
            assert advice.route.asks_residents_question


@given(facts=ANY_FACTS)
def test_every_advice_has_a_basis_a_source_and_a_human_decision(pack: Pack, facts: CaseFacts) -> None:
    for advice in advise(facts, pack):
        assert advice.bases
        assert all(basis.usable_by_municipality for basis in advice.bases)
        assert advice.source
        assert advice.because
        assert advice.human_decides.nl
        assert advice.partners or advice.departments or advice.verb is Verb.HOLD


@given(facts=ANY_FACTS)
def test_the_urgent_always_stands_above_the_less_urgent(pack: Pack, facts: CaseFacts) -> None:
    order = [list(Urgency).index(advice.urgency) for advice in advise(facts, pack)]
    assert order == sorted(order)
