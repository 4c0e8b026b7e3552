"""An editor reads a draft on the page that everybody reads, and goes from such a page to what it shows."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.journeys.editing.drafting import LINES, MEREL, change

from sluitend.journeys.editing import actions
from sluitend.journeys.editing.actions import Edit
from sluitend.journeys.editing.queries.places import PAGES, TOGETHER
from sluitend.journeys.editing.views.reading import page_of
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.sender import doors

PAGE = f"/werk/handboek/regel/{LINES}/mma/bladzijde/"


def test_a_draft_is_read_on_the_page_of_everybody_and_by_nobody_else(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
        change(merel, number="0800-4321")
    client = client_for(MEREL)
    assert f'href="{PAGE}#mma"' in client.get(PAGE.removesuffix("bladzijde/")).text
    shown = client.get(PAGE)
    assert "Zo leest het concept." in shown.text
    assert "0800-4321" in shown.text
    assert "0800-4321" not in client.get("/handboek/nummers/").text
    assert "0800-4321" not in Client().get("/handboek/nummers/").text


def test_the_front_door_keeps_nothing_of_a_draft_that_was_read(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    """The front door keeps the handbook for half a minute, also where the page of a draft asks for it."""
    with acting(merel):
        actions.start(actor=merel)
        change(merel, number="0800-4321")
    client = client_for(MEREL)
    doors.cache_clear()
    assert "0800-4321" in client.get(PAGE).text
    assert doors().pack.help_lines["mma"].number != "0800-4321"


def test_a_draft_that_is_not_right_yet_is_not_shown(
    merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=Edit(LINES, "112", None, 0))
    shown = client_for(MEREL).get(PAGE, follow=True)
    assert "Het concept klopt nog niet." in shown.text
    assert shown.redirect_chain == [("/handboek/nummers/", 302)]


@pytest.mark.parametrize("part", [*PAGES, *TOGETHER, "measures"])
def test_every_page_of_an_entry_opens_in_the_editor(
    merel: Actor, client_for: Callable[[str], Client], part: str
) -> None:
    pack = current_release().pack
    entry = next(iter(getattr(pack, part)))
    client = client_for(MEREL)
    address = page_of(part, entry.id, pack)
    editor = "/werk/handboek/lijst/" if part in TOGETHER else "/werk/handboek/regel/"
    page = client.get(address).text
    assert "Wijzig dit" in page
    assert f'href="{editor}' in page
    assert client.get(f"/werk/handboek/regel/{part}/{entry.id}/bladzijde/").status_code == 200


def test_nobody_else_is_offered_to_change_a_page(region: object, client_for: Callable[[str], Client]) -> None:
    for client in (Client(), client_for("af@westland.example")):
        assert "Wijzig dit" not in client.get("/handboek/nummers/").text


def test_what_stands_on_no_page_has_none(merel: Actor, client_for: Callable[[str], Client]) -> None:
    assert client_for(MEREL).get("/werk/handboek/regel/reasons/pass_on/bladzijde/").status_code == 404
