"""Every number on one page: all of them for who is signed in, for everybody else what is confirmed."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.packs import den_haag

PACK = den_haag()
ADDRESS = "/handboek/nummers/"


def panel(client: Client, line_id: str) -> str:
    """Return what the page says of one number; empty when it is not there."""
    page = unescape(client.get(ADDRESS).text)
    return page.partition(f'id="{line_id}"')[2].partition("</section>")[0]


def test_who_is_signed_in_finds_every_number_and_reads_which_nobody_confirmed(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    client = client_for("af@westland.example")
    for line in PACK.help_lines:
        said = panel(client, line.id)
        assert line.number in said, line.id
        assert line.audience.nl in said
        assert line.hours.nl in said
        assert line.note is None or line.note.nl in said
        assert ("niet bevestigd" in said.partition("</div>")[0]) is not line.confirmed
        assert ('href="tel:' in said) is (line.confirmed and any(map(str.isdigit, line.number)))


@pytest.mark.parametrize("line_id", PACK.help_lines.ids)
def test_everybody_else_finds_what_is_confirmed_and_112(region: Any, line_id: str) -> None:
    line = PACK.help_lines[line_id]
    said = panel(Client(), line_id)
    assert bool(said) is (line.confirmed or line_id == "112")
    if said:
        assert line.number in said
        assert line.open_confirmed or line.hours.nl not in said
        assert line.note is None or line.note.nl not in said


def test_searching_a_number_leads_to_it(region: Any, client_for: Callable[[str], Client]) -> None:
    found = client_for("af@westland.example").post("/handboek/zoeken/", {"zoek": "slachtofferhulp"}).text
    assert f'href="{ADDRESS}#slachtofferhulp"' in found
    assert f'href="{ADDRESS}"' in Client().get("/handboek/").text
