"""A request for information that cannot be, or tells too much too soon, is refused by the handbook."""

from typing import Any

import pytest
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag

from sluitend.kernel.handbook.checks_of_inquiries import inquiry_findings


@pytest.mark.parametrize(
    ("entry", "field", "message", "changes"),
    [
        ("housing", "kinds", "geen ontvanger van de soort 'dentist'", {"kinds": ["dentist"]}),
        ("housing", "bases", "een gemeente kan 'wpg' niet kiezen", {"bases": ["wpg"]}),
        ("housing", "may", "'care_file' mag nooit gedeeld worden", {"may": ["care_file"]}),
        ("housing", "asks", "'police_data' mag nooit gedeeld worden", {"asks": ["police_data"]}),
        ("housing", "may", "'person_name' mag en mag niet", {"may": ["person_name"]}),
        ("housing", "first", "alleen bij een beroepsgeheim", {"first": ["area"]}),
        ("help_known", "first", "eerst gaat meer mee dan mag: place", {"first": ["place"]}),
        ("help_known", "secrecy", "'care' heeft hier", {"secrecy": False, "first": []}),
        (
            "investigation",
            "asks_residents_question",
            "stelt eerst de vraag over de bewoners",
            {"asks_residents_question": False},
        ),
    ],
)
def test_each_mistake_is_named(entry: str, field: str, message: str, changes: dict[str, Any]) -> None:
    found = list(inquiry_findings(changed(den_haag(), "inquiries", entry, **changes)))
    named = [each for each in found if (each.entry, each.field) == (entry, field)]
    assert any(message in each.wrong[0] for each in named), found


@pytest.mark.parametrize("field", ["kinds", "purposes", "bases", "asks"])
def test_without_receiver_purpose_or_ground_there_is_no_request(field: str) -> None:
    with pytest.raises(ValueError, match="at least 1 item"):
        changed(den_haag(), "inquiries", "housing", **{field: []})


def test_the_handbook_of_the_region_keeps_the_rules() -> None:
    assert list(inquiry_findings(den_haag())) == []
    assert {each.secrecy for each in den_haag().inquiries} == {True, False}
