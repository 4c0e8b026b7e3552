"""Where somebody lets only the helpers know, no line sends other places, or what was said, to the police."""

from itertools import product

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.planning import Planned, facts_with, plan
from sluitend.kernel.handbook.reading import propose

PLACES = [("organised", "places"), ("place", "known"), ("people", "yes"), ("concrete", "yes")]


def act(name: str, *given: tuple[str, str]) -> Planned | None:
    """Return an action of the plan of these facts."""
    pack = den_haag()
    return plan(facts_with(pack, given), pack).by_id.get(name)


def warned(name: str, *given: tuple[str, str]) -> set[str]:
    """Return the warnings beside an action that the plan must have."""
    found = act(name, *given)
    assert found is not None, given
    return {each.id for each in found.warnings}


@pytest.mark.parametrize(
    ("may_know", "form", "forced"),
    list(
        product(
            ("nobody", "care", "unsafe"), ("arbeidsuitbuiting", "seksuele_uitbuiting"), ("yes", "perhaps")
        )
    ),
)
def test_other_places_are_told_to_nobody_before_the_person_or_the_helpers_were_heard(
    may_know: str, form: str, forced: str
) -> None:
    given = [*PLACES, ("may_know", may_know), ("form", form), ("forced", forced)]
    soon = warned("place_others", *given, ("danger", "soon"))
    assert "others_unsaid" in soon
    assert "people_in_others" not in soon
    assert "people_in_others" in warned("place_others", *given, ("danger", "now"))


@pytest.mark.parametrize("may_know", ["unknown", "all", "unreachable"])
def test_who_asked_for_no_silence_has_the_other_places_told_the_same_day(may_know: str) -> None:
    given = [*PLACES, ("may_know", may_know), ("forced", "yes"), ("danger", "soon")]
    assert "people_in_others" in warned("place_others", *given)
    assert "others_unsaid" not in warned("place_others", *given)


@pytest.mark.parametrize("may_know", ["nobody", "care", "unsafe"])
def test_the_fire_service_hears_only_what_can_be_seen_without_the_person(may_know: str) -> None:
    given = [*PLACES, ("housing", "bad"), ("sleeps", "same"), ("place_kind", "company"), ("forced", "yes")]
    assert "only_seen" in warned("fire_plan", *given, ("may_know", may_know))
    assert "only_seen" not in warned("fire_plan", *given, ("may_know", "all"))


def test_a_hotel_is_asked_to_delay_nobody() -> None:
    given = [("fetched", "yes"), ("forced", "yes"), ("place", "known")]
    assert "hotel_holds_nobody" in warned("wait_leaving", *given, ("place_kind", "hotel"))
    assert "hotel_holds_nobody" not in warned("wait_leaving", *given, ("place_kind", "institution"))


@pytest.mark.parametrize(
    ("words", "fact", "value"),
    [
        ("Morgen moeten wij vier mensen inschrijven.", "danger", "soon"),
        ("Volgende week moeten we hen uitschrijven.", "danger", "soon"),
        ("Maandag moet ik er drie registreren.", "danger", "soon"),
        ("De baas van het restaurant geeft geen loon meer.", "organised", "places"),
        (
            "Hij heeft geen loon meer: het restaurant is dicht, zegt zijn baas.",
            "organised",
            "places",
        ),
        ("Hij zit vaak in een auto op de parkeerplaats.", "place_kind", "street"),
        ("Twee mannen wachten in de auto op de parkeerplaats van het hotel.", "place_kind", "street"),
    ],
)
def test_it_says_no_such_thing(words: str, fact: str, value: str) -> None:
    found = propose([words], [], den_haag()).get(fact)
    assert found is None or value not in found.values


@pytest.mark.parametrize(
    ("words", "fact", "value"),
    [
        ("Zij moeten morgen mee.", "danger", "soon"),
        ("Morgen moet zij naar een klant.", "danger", "soon"),
        ("De baas heeft meer restaurants.", "organised", "places"),
        ("Op de parkeerplaats stappen klanten bij haar in de auto.", "place_kind", "street"),
    ],
)
def test_what_is_said_is_still_heard(words: str, fact: str, value: str) -> None:
    found = propose([words], [], den_haag()).get(fact)
    assert found is not None
    assert value in found.values
