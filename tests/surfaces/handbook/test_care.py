"""Help and shelter in the handbook: whom first, who may see what, and never an address."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.kernel.handbook.actions import publish_pack
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.queries import release

PAGE = "/handboek/hulp/"
PACK = den_haag()
FOCAL, COORDINATOR = "af@westland.example", "regio@rsiv.example"
KATWIJK, DELFT = "GM0537", "GM0503"


@pytest.fixture
def releases() -> Iterator[None]:
    """What is published within a test goes with it, and so must what was kept of it."""
    release.cache_clear()
    yield
    release.cache_clear()


def said(client: Client, address: str = PAGE) -> str:
    """Return the page as somebody reads it."""
    response = client.get(address)
    assert response.status_code == 200
    return as_read(response.text)


def words(part: str) -> Iterator[str]:
    """Give what the entries of a part are called."""
    for entry in getattr(PACK, part):
        text: Text = entry.label if hasattr(entry, "label") else entry.text
        yield text.nl


def test_who_is_not_signed_in_reads_what_is_confirmed_and_what_nobody_does(
    client: Client, region: Any
) -> None:
    page = said(client)
    for offer in PACK.care_offers:
        assert (f"{offer.for_whom.nl} " in page or offer.label.nl in page) is offer.confirmed, offer.id
    assert not any(situation.text.nl in page for situation in PACK.care_situations)
    assert all(never in page for never in words("care_nevers"))
    assert "niet bevestigd" not in page.replace("zijn nog niet bevestigd", "").replace(
        "is nog niet bevestigd", ""
    )


def test_until_the_number_is_confirmed_it_says_whom_to_call(client: Client, region: Any) -> None:
    page = said(client)
    assert PACK.help_lines["shop"].number not in page
    assert "Zorgcoördinatie: nummer en tijden zijn nog niet bevestigd. Bel tot dan:" in page
    assert all(PACK.help_lines[line].number in page for line in PACK.care_offers["coordination"].until_then)


def test_a_confirmed_number_with_hours_stands_alone(region: Any, releases: None, client: Client) -> None:
    line = {
        "confirmed": True,
        "open": [{"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00"}],
        "open_confirmed": True,
    }
    publish_pack(changed(PACK, "help_lines", "shop", **line), actor_name="tests")
    page = said(client)
    assert PACK.help_lines["shop"].number in page
    assert "Bel tot dan:" not in page


def test_who_is_signed_in_reads_all_of_it_with_its_mark(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    page = said(client_for(FOCAL))
    for part in ("care_offers", "care_situations", "care_nevers", "care_tasks", "care_moments"):
        for entry in getattr(PACK, part):
            assert getattr(entry, "text", None) is None or entry.text.nl in page, entry.id
        assert all(each in page for each in words(part))
    assert page.count("niet bevestigd") > len(PACK.care_situations)
    assert "Wie betaalt, en tot wanneer" not in page


@pytest.mark.parametrize(
    ("municipality", "support", "other"),
    [(KATWIJK, "leger_des_heils", "In Haaglanden"), (DELFT, "shop", "Ondersteuning in Hollands Midden")],
)
def test_a_municipality_leads_to_who_helps_there(
    client: Client, region: Any, municipality: str, support: str, other: str
) -> None:
    page = said(client, f"{PAGE}?gemeente={municipality}")
    assert PACK.partners[support].label.nl in page
    assert PACK.partners["shop"].label.nl in page
    assert other not in page


def test_what_is_no_municipality_of_the_region_shows_all_of_it(client: Client, region: Any) -> None:
    for named in ("GM9999", "<b>", "x" * 5000):
        page = client.get(PAGE, {"gemeente": named})
        assert page.status_code == 200
        assert "<b>" not in page.text.replace("<body>", "")
        assert all(each.label.nl in as_read(page.text) for each in PACK.subregions)


def test_who_looks_after_the_offer_sees_who_pays_and_until_when(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    page = said(client_for(COORDINATOR))
    assert "Wie betaalt, en tot wanneer" in page
    assert "Gemeente (Jeugdwet)" in page
    assert "36 (oktober 2019)" in page


def test_a_pack_without_help_has_a_page_that_says_so(region: Any, releases: None, client: Client) -> None:
    empty = {
        part: type(getattr(PACK, part))(()) for part in ("care_offers", "care_situations", "care_nevers")
    }
    publish_pack(PACK.model_copy(update=empty), actor_name="tests")
    page = said(client)
    assert "Nog niet ingevuld voor dit deel van de regio." in page
    assert "Bel 112." in page
