"""Each word of the work is explained where it first stands, once a page, and by the region if it wants."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.utils.translation import override
from tests.samples import Sample

import sluitend
from sluitend.kernel.handbook.approach import Word
from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, read_instead
from sluitend.surfaces.concepts import CONCEPTS, explained, word_list

SOURCE = Path(sluitend.__file__).parent
OFFERED = re.compile(r'{% what "(\w+)"')
SUMMARY = re.compile(r"<summary>Wat betekent \"([^\"]+)\"\?</summary>")
MOST = 3
ClientFor = Callable[[str], Client]
AF, CARE, INSPECTOR = "af@westland.example", "zorg@shop.example", "toezicht@westland.example"
PARTNER, MANAGER = "nla@arbeidsinspectie.example", "manager@westland.example"


def offered() -> dict[str, list[str]]:
    """Return the words that each template offers."""
    found = {str(path): OFFERED.findall(path.read_text()) for path in SOURCE.rglob("*.html")}
    return {name: words for name, words in found.items() if words}


def test_every_word_is_offered_and_nothing_else_is() -> None:
    assert {word for words in offered().values() for word in words} == set(CONCEPTS)


def test_no_page_gets_noisy() -> None:
    for name, words in offered().items():
        assert len(words) <= MOST, name
        assert max(Counter(words).values()) == 1, name


@pytest.mark.parametrize("name", sorted(CONCEPTS))
def test_a_word_is_explained_in_both_languages_and_shortly(name: str) -> None:
    concept = CONCEPTS[name]
    with override("nl"):
        label, meaning = str(concept.label), str(concept.meaning)
    with override("en"):
        assert str(concept.label) != label
        assert str(concept.meaning) != meaning
    assert meaning.endswith(".")
    assert max(len(each.split()) for each in re.split(r"[.?] ", meaning)) <= 20, meaning


def region_says(pack: Pack, *, confirmed: bool) -> Pack:
    """Return the handbook with a word of the region for what the product explains too."""
    own = Word.model_validate(
        {
            "id": "eigen_woord",
            "label": {"nl": "Wachtverzoek", "en": "hold request"},
            "meaning": {"nl": "Bij ons: eerst bellen", "en": "Here: call first"},
            "confirmed": confirmed,
            "source": ("eigen",),
        }
    )
    return pack.model_copy(update={"words": Entries[Word]((*pack.words, own))})


@pytest.mark.django_db
def test_the_words_of_the_region_go_before_ours() -> None:
    pack = current_release().pack
    assert explained("wait_request", pack).meaning.startswith("Iemand vraagt")
    own = region_says(pack, confirmed=True)
    assert explained("wait_request", own).meaning == "Bij ons: eerst bellen."
    labels = [each.label.casefold() for each in word_list(own)]
    assert labels.count("wachtverzoek") == 1
    assert {"signaal", "riec", "bedenktijd"} <= set(labels)


@pytest.mark.django_db
def test_a_word_of_the_region_that_nobody_confirmed_says_so() -> None:
    template = Template('{% load concepts %}{% what "wait_request" %}')
    for confirmed in (True, False):
        with read_instead(region_says(current_release().pack, confirmed=confirmed)):
            page = template.render(Context())
        assert "Bij ons: eerst bellen." in page
        assert ("Nog niet bevestigd." in page) is not confirmed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "address", "words"),
    [
        (AF, "/werk/vrijgeven/", ["vrijgeven"]),
        (AF, "/werk/vrijgeven/wachtverzoeken/", ["wachtverzoek"]),
        (AF, "/werk/doorgezet/", ["doorzetting"]),
        (AF, "/werk/uitwisselen/", ["overdracht"]),
        (AF, "/werk/gids/", ["gids"]),
        (MANAGER, "/werk/besluit/", ["wachtverzoek"]),
        (INSPECTOR, "/werk/toezicht/", ["vrijgeven"]),
        (PARTNER, "/werk/signaal/", ["signaal", "aandachtsfunctionaris"]),
        (PARTNER, "/werk/vragen/", []),
        (CARE, "/werk/zorg/", ["hulpvraag"]),
        ("fg@westland.example", "/werk/wie-keek/", ["logboek"]),
        ("beheer@westland.example", "/werk/beheer/waarneming/", ["waarneming"]),
        ("regio@rsiv.example", "/werk/handboek/", ["uitgave"]),
    ],
)
def test_a_page_explains_its_own_words(
    client_for: ClientFor, who: str, address: str, words: list[str]
) -> None:
    assert SUMMARY.findall(client_for(who).get(address).text) == words


@pytest.mark.django_db
def test_the_pages_of_a_matter_explain_theirs(sample: Sample, client_for: ClientFor) -> None:
    pages = {
        f"/werk/casussen/{sample.case}/": ["sporen"],
        f"/werk/casussen/{sample.case}/weging/": ["weging"],
        f"/werk/casussen/{sample.case}/verrijken/": ["verrijken"],
        f"/werk/casussen/{sample.case}/afsluiten/": ["bewaartermijn"],
        f"/werk/doorgezet/{sample.referral}/": ["grondslag"],
    }
    client = client_for(AF)
    for address, words in pages.items():
        found = SUMMARY.findall(client.get(address).text)
        assert set(words) <= set(found), address
        assert len(found) == len(set(found)) <= MOST, address


@pytest.mark.django_db
def test_the_plan_explains_the_words_of_the_handbook_that_stand_in_it(
    sample: Sample, client_for: ClientFor
) -> None:
    page = client_for(AF).get(f"/werk/casussen/{sample.case}/plan/").text
    explains = page.partition("Woorden op deze pagina")[2].partition("</details>")[0]
    there = re.findall(r"<dt>([^<]+)</dt>", explains)
    assert there
    assert all(word in page.partition("Woorden op deze pagina")[0] for word in there)


@pytest.mark.django_db
def test_every_word_stands_in_the_manual(client_for: ClientFor) -> None:
    page = client_for(AF).get("/werk/hulp/").text
    assert {f'id="woord-{name}"' for name in CONCEPTS} <= set(re.findall(r'id="woord-\w+"', page))


def test_words_here_says_of_which_release() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load concepts %}{% words_here as words %}{% endwords_here %}")
