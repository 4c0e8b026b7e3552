"""An editor finds a source by its name, and invents no fixed names."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from tests.journeys.editing.drafting import LINES, MEREL
from tests.journeys.editing.test_languages import filled

from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.filled import content_from
from sluitend.journeys.editing.naming import name_for
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.views import AMISS
from sluitend.kernel.handbook.loading import kind_of
from sluitend.kernel.handbook.queries import current_release

LINE = f"/werk/handboek/regel/{LINES}/shop/"
NEW = f"/werk/handboek/lijst/{LINES}/nieuw/"


@pytest.fixture
def client(merel: Actor, client_for: Callable[[str], Client]) -> Client:
    """The browser of a coordinator who began a draft."""
    with acting(merel):
        actions.start(actor=merel)
    return client_for(MEREL)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Zorgcoördinatie Haaglanden", "zorgcoordinatie_haaglanden"),
        ("  Fier!  (chat) ", "fier_chat"),
        ("Een heel lange naam die niemand ooit zou uitschrijven", "een_heel_lange_naam_die_niemand_ooit_zou"),
        ("x" * 90, "x" * 40),
        ("Πρώτη", "nieuw"),
        ("", "nieuw"),
        ("Mma", "mma_3"),
    ],
)
def test_a_fixed_name_is_made_of_the_name(words: str, name: str) -> None:
    assert name_for({"name": {"nl": words}}, {"mma", "mma_2"}) == name


def test_the_name_of_what_is_in_no_language_is_its_title() -> None:
    assert name_for({"title": "Kamerbrief 2026"}, ()) == "kamerbrief_2026"


def test_who_adds_a_line_types_no_fixed_name(client: Client, merel: Actor) -> None:
    form = filled(client, NEW) | {
        "name.nl": "Meldpunt Zuid",
        "name.en": "Desk South",
        "number": "070-123 45 67",
        "hours.nl": "Altijd",
        "hours.en": "Always",
        "audience.nl": "Wie werkt",
        "audience.en": "Workers",
        "source.more": "",
        "confirmed": "nee",
        "open_confirmed": "",
        "review_by": "2027-11-01",
    }
    source = next(iter(current_release().pack.references))
    form["source.more"] = [f"{source.title} ({source.id})", ""]
    assert "Dit klopt." in client.post("/werk/handboek/regel/help_lines/nieuw/nakijken/", form).text
    assert client.post(NEW, form).headers["Location"] == f"/werk/handboek/regel/{LINES}/meldpunt_zuid/"
    client.post(NEW, form)
    with acting(merel):
        pack, problems = queries.pack_of_draft(merel)
    assert problems == ()
    assert pack.help_lines["meldpunt_zuid"].source == (source.id,)
    assert "meldpunt_zuid_2" in pack.help_lines
    taken = client.post(NEW, form | {"id": "meldpunt_zuid"})
    assert taken.status_code == AMISS
    assert "Deze vaste naam is er al." in taken.text


def test_a_source_is_searched_by_its_name(client: Client) -> None:
    page = client.get(LINE).text
    unused = next(one for one in current_release().pack.references if "&" not in one.title)
    assert '<datalist id="keuzes-source">' in page
    assert 'list="keuzes-source"' in page
    assert f"({unused.id})" in page
    assert "vaste naam, één op een regel" not in page


def test_what_is_no_source_is_said_at_the_field_and_stays_there(client: Client) -> None:
    answer = client.post(LINE, filled(client, LINE, **{"source.more": "gebeld met SHOP"}))
    assert answer.status_code == AMISS
    assert "staat niet in de lijst" in answer.text
    assert 'value="gebeld met SHOP"' in answer.text


def test_chosen_by_name_and_ticked_count_once() -> None:
    data = QueryDict(mutable=True)
    data.setlist("source", ["riec"])
    data.setlist("source.more", ["Het RIEC (riec)", "Een (ander) stuk (5dok-schuld)", "zomaar iets", ""])
    content = content_from(kind_of(LINES), data, ("nl", "en"))
    assert content["source"] == ["riec", "5dok-schuld", "zomaar iets"]
