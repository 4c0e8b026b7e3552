"""The terms of the handbook as a file for everybody: what is in it, where it points, and how it comes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rdflib import RDF, SKOS, Graph, URIRef

from sluitend.exports.skos import DOCUMENT, LISTS
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account
from sluitend.surfaces.handbook.views import terms

pytestmark = pytest.mark.django_db

PUBLIC = "https://meldpunt.example"


@pytest.fixture(autouse=True)
def _public_address(settings: Any) -> None:
    settings.SLUITEND_PUBLIC_ADDRESS = PUBLIC


def concepts_in(content: bytes) -> set[URIRef]:
    """Return the terms in a file."""
    found = Graph().parse(data=content, format="json-ld").subjects(RDF.type, SKOS.Concept)
    return {one for one in found if isinstance(one, URIRef)}


def test_the_file_has_what_is_confirmed_and_each_term_is_found_where_its_iri_points() -> None:
    answer = Client().get(reverse("handbook_terms"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Content-Disposition"] == 'attachment; filename="begrippen.jsonld"'
    assert not answer.cookies
    pack = current_release().pack
    entries: list[tuple[str, Entry]] = [(part, entry) for part in LISTS for entry in getattr(pack, part)]
    assert not all(entry.confirmed for _, entry in entries)
    assert concepts_in(answer.content) == {
        URIRef(f"{PUBLIC}/handboek/begrippen.jsonld#{part}/{entry.id}")
        for part, entry in entries
        if entry.confirmed
    }


def test_the_iris_point_at_the_address_that_serves_the_file() -> None:
    assert reverse("handbook_terms") == DOCUMENT


def test_who_is_signed_in_gets_the_same_file() -> None:
    colleague = Client()
    colleague.force_login(Account.objects.get(email="af@westland.example"))
    assert colleague.get(DOCUMENT).content == Client().get(DOCUMENT).content


def test_what_holds_no_longer_is_not_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    release = current_release()
    ended = release.pack.forms["arbeidsuitbuiting"].model_copy(update={"valid_until": date(2031, 2, 2)})
    others = tuple(form for form in release.pack.forms if form.id != ended.id)
    pack = release.pack.model_copy(
        update={"forms": type(release.pack.forms).model_construct((ended, *others))}
    )
    monkeypatch.setattr(terms, "release", lambda number: replace(release, pack=pack))
    here = URIRef(f"{PUBLIC}{DOCUMENT}#forms/{ended.id}")
    for day, there in ((date(2031, 2, 2), True), (date(2031, 2, 3), False)):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: day)
        assert (here in concepts_in(Client().get(DOCUMENT).content)) is there


def test_the_first_page_of_the_handbook_leads_to_the_file() -> None:
    page = Client().get(reverse("handbook")).content.decode()
    assert f'href="{DOCUMENT}"' in page
    assert "Begrippen als bestand, voor andere programma’s" in page


def test_the_file_travels_packed() -> None:
    plain = Client().get(DOCUMENT)
    packed = Client().get(DOCUMENT, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) * 4 < len(plain.content)
