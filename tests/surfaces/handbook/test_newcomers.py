"""Somebody who was never here: what they ask is answered within two presses from their door."""

from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.packs import den_haag
from tests.reading import as_read

PACK = den_haag()
HANDBOOK, HELP = "/handboek/", "/werken-en-wonen/nl/"
DELFT = "GM0503"
MOST = 2


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know, what they press one after the other, and what then stands there.

    What is pressed is the address of a link on the page before it. A form counts as one press, and what is
    sent with it stands after its address.
    """

    who: str
    wants: str
    door: str
    presses: tuple[str | tuple[str, dict[str, Any]], ...]
    answer: str


def text(key: str) -> str:
    """Return a sentence of the handbook for everybody."""
    return PACK.public_texts[key].text.nl


def called(**answers: Any) -> tuple[str, dict[str, Any]]:
    """Return the answers to who to call."""
    return ("/handboek/wie-bel-ik/", answers)


def sought(words: str) -> tuple[str, dict[str, Any]]:
    """Return a search in the handbook."""
    return ("/handboek/zoeken/", {"zoek": words})


EVERY = (
    Asked(
        "clerk",
        "whom to call for a child",
        HANDBOOK,
        ("/handboek/wie-bel-ik/", called(municipality=DELFT, what=["child"])),
        "0800-2000",
    ),
    Asked(
        "clerk",
        "what to look for at the desk",
        HANDBOOK,
        ("/handboek/kaarten/", "/handboek/kaarten/rol/brp/"),
        PACK.indicators["ALG-01"].label.nl,
    ),
    Asked(
        "clerk",
        "what to have on the screen when a companion looks along",
        HANDBOOK,
        ("/handboek/kaarten/", "/handboek/balie/brp/"),
        "Kaart voor de balie",
    ),
    Asked(
        "clerk",
        "how to ask without a common language",
        HANDBOOK,
        ("/handboek/taalkaart/", "/handboek/taalkaart/ar/"),
        PACK.cards["K05"].text.nl,
    ),
    Asked(
        "clerk",
        "where somebody can go who speaks Turkish",
        HANDBOOK,
        ("/handboek/informatiepunten/",),
        "Turks",
    ),
    Asked("doctor", "what help there is", HANDBOOK, ("/handboek/hulp/",), "SHOP"),
    Asked(
        "doctor",
        "whether the reporting code still holds",
        HANDBOOK,
        ("/handboek/kaarten/", "/handboek/kaarten/rol/zorg/"),
        text("r20"),
    ),
    Asked("doctor", "who answers now", HANDBOOK, ("/handboek/nummers/",), "0800-2000"),
    Asked(
        "hotel",
        "what to look for",
        HANDBOOK,
        ("/handboek/kaarten/", "/handboek/kaarten/rol/hotel/"),
        text("do_not_investigate"),
    ),
    Asked("hotel", "what a hotel can do", HANDBOOK, ("/handboek/voor/hosts/",), "Meld wat u zag"),
    Asked(
        "teacher",
        "what to look for at school",
        HANDBOOK,
        (sought("school"), "/handboek/kaarten/rol/school/"),
        text("card_alone"),
    ),
    Asked(
        "teacher",
        "what a loverboy is",
        HANDBOOK,
        (sought("loverboy"), "/handboek/vormen/seksuele_uitbuiting/"),
        PACK.forms["seksuele_uitbuiting"].label.nl,
    ),
    Asked("in need", "what to do without pay", HELP, (f"{HELP}loon/",), text("do_pay")),
    Asked("in need", "what to do when put out of a room", HELP, (f"{HELP}huis/",), text("do_house")),
    Asked(
        "in need", "what to do when somebody has the passport", HELP, (f"{HELP}papieren/",), text("do_papers")
    ),
    Asked("in need", "what to do when threatened", HELP, (f"{HELP}veilig/",), text("do_threat")),
    Asked("in need", "whom to call", HELP, (f"{HELP}waar/",), "0800-2000"),
)


def test_there_are_fifteen_questions_and_more_of_five_kinds_of_people() -> None:
    assert len(EVERY) >= 15
    assert {each.who for each in EVERY} == {"clerk", "doctor", "hotel", "teacher", "in need"}
    assert all(0 < len(each.presses) <= MOST for each in EVERY)


@pytest.mark.parametrize("asked", EVERY, ids=lambda each: f"{each.who}: {each.wants}")
def test_a_newcomer_finds_the_answer_within_two_presses(region: Any, asked: Asked) -> None:
    visitor = Client()
    page = as_read(visitor.get(asked.door).content.decode())
    for press in asked.presses:
        address, sent = press if isinstance(press, tuple) else (press, None)
        assert f'href="{address}"' in page or f'action="{address}"' in page, address
        answer = visitor.post(address, sent) if sent else visitor.get(address)
        assert answer.status_code == 200
        page = as_read(answer.content.decode())
    assert asked.answer in unescape(page)


def test_both_doors_are_on_the_first_page(region: Any) -> None:
    page = Client().get("/").content.decode()
    assert 'href="/handboek/"' in page
    assert 'href="/werken-en-wonen/' in page
