"""Abbreviations and terms of the trade: explained on the page where they stand, and nowhere else."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.handbook.findable import lines_of
from sluitend.surfaces.handbook.reading import Reading
from sluitend.surfaces.handbook.words import words_on

pytestmark = pytest.mark.django_db

HEADING = "Woorden op deze pagina"
EVERYBODY_KNOWS = frozenset({"EU", "ID", "NL", "IQ"})
ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,}[a-z]*\+?(?!\w)")


def held() -> Reading:
    release = current_release()
    return Reading(release.pack, release.number, professional=False, today=localdate())


def test_a_page_explains_the_abbreviations_that_stand_on_it() -> None:
    page = Client().get(reverse("handbook_partner", args=["heit"])).content.decode()
    explained = page.partition(HEADING)[2]
    assert "Haags Economisch Interventie Team" in explained
    assert "Registratie Niet-ingezetenen" not in explained


def test_a_page_without_any_has_no_heading_for_them() -> None:
    assert HEADING not in Client().get(reverse("handbook_search")).content.decode()


def test_where_a_visitor_reads_along_nothing_is_explained() -> None:
    card = Client().get(reverse("handbook_card_role", args=["brp"])).content.decode()
    counter = Client().get(reverse("handbook_counter", args=["brp"])).content.decode()
    assert HEADING in card
    assert "BRP" in counter
    assert HEADING not in counter


def test_a_word_is_found_at_the_start_of_a_sentence_and_never_inside_another() -> None:
    def found(text: str) -> list[str]:
        return [each.id for each in words_on(held(), text)]

    assert found("<p>Boa op straat</p>") == found("<p>een boa</p>") == ["boa"]
    assert found("<p>de boarding, OMROEP en OMhoog</p>") == []
    assert found('<a href="/handboek/RNI/" title="RNI">loket</a>') == []
    assert found("<details data-x data-sources><summary>Bronnen</summary>RNI</details>BRP") == ["brp"]
    assert found("<td>zzp’er</td><td>GGD’en</td>") == ["ggd", "zzp"]


def test_every_abbreviation_in_the_handbook_is_explained() -> None:
    reading = held()
    said = {
        (word, line.part, line.entry_id)
        for line in lines_of(reading.pack, "nl")
        for word in ABBREVIATION.findall(f"{line.title} {line.body}")
    }
    unexplained = {each for each in said if each[0] not in EVERYBODY_KNOWS and not words_on(reading, each[0])}
    assert unexplained == set()
