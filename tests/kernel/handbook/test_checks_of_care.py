"""Help and shelter in a handbook: a child goes to care too, each kind has who gives it, and no address."""

import json
from datetime import date
from typing import Any

import pytest
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag

from sluitend.kernel.handbook.care import OfferKind
from sluitend.kernel.handbook.checks_of_care import care_findings
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain

PACK = den_haag()


@pytest.mark.parametrize(
    ("part", "entry", "field", "message", "changes"),
    [
        ("care_situations", "minor_parents", "first", "jonger is dan 18", {"first": ["veilig_thuis"]}),
        ("care_situations", "minor_parents", "first", "jonger is dan 18", {"first": ["care_coordination"]}),
        ("care_offers", "support_haaglanden", "provider", "wie dit doet", {"provider": None}),
        ("care_offers", "support_hollands_midden", "areas", "werkt niet in", {"provider": "dehaven"}),
        (
            "care_offers",
            "womens",
            "placed_by.nl",
            "een adres",
            {"placed_by": {"nl": "Bel 2511 AB.", "en": "x"}},
        ),
        (
            "care_offers",
            "womens",
            "for_whom.en",
            "een adres",
            {"for_whom": {"nl": "Vrouwen", "en": "At Lindenlaan 12"}},
        ),
        (
            "care_consents",
            "statistics",
            "text.en",
            "tussen accolades",
            {"text": {"nl": "Wij geven {gegevens} door.", "en": "We pass something on."}},
        ),
        (
            "care_consents",
            "statistics",
            "title.nl",
            "tussen accolades",
            {"title": {"nl": "Mogen wij {adres} noemen?", "en": "May we?"}},
        ),
    ],
)
def test_each_mistake_is_named(
    part: str, entry: str, field: str, message: str, changes: dict[str, Any]
) -> None:
    found = list(care_findings(changed(PACK, part, entry, **changes)))
    assert (found[0].part, found[0].entry, found[0].field) == (part, entry, field)
    assert {each.entry for each in found} == {entry}
    assert message in found[0].wrong[0]


def test_the_handbook_of_the_region_keeps_the_rules() -> None:
    assert list(care_findings(PACK)) == []


def test_only_what_the_guide_itself_says_is_confirmed() -> None:
    names = ("care_offers", "care_situations", "care_nevers", "care_tasks", "care_moments", "care_consents")
    sure = [entry for name in names for entry in getattr(PACK, name) if entry.confirmed]
    assert {entry.id for entry in sure} == {
        *("coordination", "support_haaglanden", "support_hollands_midden", "specialist_shelter", "t09")
    }
    assert all(entry.source == ("seed",) for entry in sure)


def test_the_offer_is_that_of_the_guide() -> None:
    offers = PACK.care_offers

    def giver(offer: str, area: str) -> str | None:
        found = PACK.partner_for(offers[offer].provider or "", area)
        return found.id if found else None

    assert [giver("coordination", area) for area in PACK.subregions.ids] == ["shop", "shop"]
    assert giver("support_haaglanden", "haaglanden") == "shop"
    assert giver("support_hollands_midden", "hollands_midden") == "leger_des_heils"
    assert offers["specialist_shelter"].through == "comensha"
    assert [each.id for each in offers if not each.local and each.kind is not OfferKind.SHELTER] == []


@pytest.mark.parametrize(
    ("until", "day", "wanted"),
    [
        (None, date(2026, 11, 28), False),
        (date(2027, 11, 28), date(2026, 11, 28), True),
        (date(2027, 11, 29), date(2026, 11, 28), False),
        (date(2026, 1, 1), date(2026, 11, 28), True),
    ],
)
def test_a_contract_asks_for_a_decision_a_year_before_its_end(
    until: date | None, day: date, wanted: bool
) -> None:
    offer = PACK.care_offers["coordination"].model_copy(update={"contract_until": until})
    assert offer.to_decide(day) is wanted


def test_a_release_of_before_has_none_of_it_and_is_read() -> None:
    content = {part: held for part, held in plain(PACK).items() if not part.startswith("care_")}
    before = Pack.model_validate_json(json.dumps(content))
    assert len(before.care_offers) == 0
    assert before.digest != PACK.digest
