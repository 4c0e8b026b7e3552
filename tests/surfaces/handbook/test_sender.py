"""Whose handbook it is, on a screen and on paper: the own organisation of who is signed in, else the host."""

import re
from typing import Any

import pypdfium2
import pytest
from django.test import Client, override_settings
from django.urls import reverse
from tests.journeys.administration.test_house_style import a_picture
from tests.reading import as_read
from tests.surfaces.public.test_sender import DELFT, WESTLAND, published

from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces.handbook import printing
from sluitend.surfaces.handbook.cards import Office, card_of_role
from sluitend.surfaces.handbook.reading import Reading
from sluitend.surfaces.sender import Sender, carried, doors

pytestmark = pytest.mark.django_db
HOSTS = override_settings(
    SLUITEND_DOORS={"meldpunt.example": WESTLAND}, ALLOWED_HOSTS=["meldpunt.example", "testserver"]
)
OF_WESTLAND = {"host": "meldpunt.example"}
PAGES = ("/handboek/", "/handboek/kaarten/", "/handboek/wie-bel-ik/", "/handboek/balie/brp/")


@pytest.fixture(autouse=True)
def fresh(region: Any) -> None:
    """Forget what a test before this one kept of the doors."""
    doors.cache_clear()
    printing._made.cache_clear()


def above(client: Client, address: str, **asked: Any) -> str:
    """Return the header of a page, on one line."""
    return as_read(client.get(address, **asked).text.partition("<header")[2].partition("</header>")[0])


def inside(page: str) -> list[str]:
    """Return the addresses of pages for everybody to which a page leads."""
    found = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    ours = ("/handboek/", "/melden/", "/overleg/", "/hulp-vragen/", "/ontvangst/", "/privacy/", "/taal/")
    return [each for each in found if each == "/" or each.startswith(ours)]


def drawn(content: bytes) -> tuple[str, int]:
    """Return the words of the first page of a PDF, and how many pictures stand on it."""
    first = pypdfium2.PdfDocument(content)[0]
    return first.get_textpage().get_text_bounded(), len(
        [*first.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    )


@pytest.mark.parametrize("address", PAGES)
def test_without_a_sender_it_is_the_handbook_of_the_region(address: str) -> None:
    assert "<span>Handboek</span><small" in above(Client(), address).replace(" <small", "<small")
    assert "27 gemeenten" in above(Client(), address)
    assert "Westland" not in above(Client(), f"{address}?gemeente=GM9999")
    assert "gemeente=" not in Client().get(address).text.replace('href="?gemeente=', "")


@pytest.mark.parametrize("address", PAGES)
def test_an_address_names_its_municipality_and_every_link_leads_on_to_it(address: str) -> None:
    colours = published(mark=a_picture())
    answer = Client().get(f"{address}?gemeente={WESTLAND}")
    assert not answer.cookies
    said = above(Client(), f"{address}?gemeente={WESTLAND}")
    assert "Gemeente Westland" in said
    assert "sl-sender__mark" in said
    assert colours in answer.text
    links = inside(answer.text)
    assert any(each.startswith("/handboek/") for each in links)
    assert [each for each in links if f"gemeente={WESTLAND}" not in each] == []
    # What must not tell anything is told nothing.
    assert f"gemeente={WESTLAND}" not in "".join(re.findall(r'href="(/(?:weg|werken)[^"]*)"', answer.text))


def test_from_the_door_through_the_handbook_to_a_report_it_is_one_municipality() -> None:
    client, asked = Client(), f"?gemeente={WESTLAND}"
    for page, link in (
        ("/", "/handboek/"),
        ("/handboek/", "/handboek/kaarten/"),
        ("/handboek/kaarten/", "/handboek/kaarten/rol/brp/"),
        ("/handboek/kaarten/rol/brp/", "/handboek/"),
        ("/handboek/", "/handboek/wie-bel-ik/"),
    ):
        assert f'href="{link}{asked}"' in client.get(page + asked).text, (page, link)
    card = client.get(f"/handboek/kaarten/rol/brp/{asked}").text
    assert "Melden in Westland" in card
    assert re.search(rf'href="/melden/[^"]*gemeente={WESTLAND}', card)
    form = client.get(f"/handboek/wie-bel-ik/{asked}").text
    assert f'action="/handboek/wie-bel-ik/{asked}"' in form
    assert re.search(rf'<option\s+value="{WESTLAND}"\s+selected', form)
    answered = client.post(f"/handboek/wie-bel-ik/{asked}", {"municipality": DELFT, "what": "danger"})
    assert "Gemeente Westland" in as_read(answered.text.partition("<main")[0])
    assert f'action="/melden/{asked}"' in answered.text
    found = client.post(f"/handboek/zoeken/{asked}", {"zoek": "loverboy"}).text
    assert [each for each in inside(found) if asked[1:] not in each] == []


def test_who_is_signed_in_looks_something_up_and_reads_on_as_themselves(client_for: Any) -> None:
    page = client_for("af@westland.example").get(f"/handboek/informatiepunten/?gemeente={DELFT}").text
    assert 'href="/handboek/"' in page
    assert f'href="/handboek/?gemeente={DELFT}"' not in page


def test_a_link_that_names_a_municipality_itself_keeps_it() -> None:
    door = Sender("GM1", "Eén", "", "", True, "", 0, "", query="?gemeente=GM1")
    page = (
        '<a href="/handboek/a/?gemeente=GM2#b"></a><a href="/handboek/a/?voor=x#b"></a><a href="/werk/"></a>'
    )
    assert carried(page, door) == (
        '<a href="/handboek/a/?gemeente=GM2#b"></a>'
        '<a href="/handboek/a/?voor=x&amp;gemeente=GM1#b"></a><a href="/werk/"></a>'
    )


@HOSTS
@pytest.mark.parametrize("address", PAGES)
def test_a_host_names_its_municipality_above_the_handbook(address: str) -> None:
    colours = published(mark=a_picture())
    assert not Client().get(address, headers=OF_WESTLAND).cookies
    said = above(Client(), address, headers=OF_WESTLAND)
    assert "Gemeente Westland" in said
    assert "Handboek" in said
    assert "sl-sender__mark" in said
    assert 'href="/handboek/"' in said
    assert colours in Client().get(address, headers=OF_WESTLAND).text


def test_who_is_signed_in_reads_the_handbook_of_their_own_organisation(client_for: Any) -> None:
    colours = published(name="Gemeente Westland aan Zee")
    for email, name in (
        ("af@westland.example", "Gemeente Westland aan Zee"),
        ("af@denhaag.example", "Gravenhage"),
        ("regio@rsiv.example", "27 gemeenten"),
        ("zorg@shop.example", "27 gemeenten"),
    ):
        client = client_for(email)
        assert name in above(client, "/handboek/"), email
        assert ("Westland" in above(client, "/handboek/")) is ("westland" in email)
        assert (colours in client.get("/handboek/").text) is ("westland" in email)


def test_the_region_stands_above_its_handbook_as_it_made_public(client_for: Any) -> None:
    kept = doors()
    assert kept.of_region is None
    published()
    # A version of the region is a row like that of a municipality.
    Organisation.objects.filter(code=WESTLAND).update(kind=Organisation.Kind.REGION)
    doors.cache_clear()
    said = above(Client(), "/handboek/")
    assert "Gemeente Westland" in said
    assert "Handboek" in said


@HOSTS
def test_a_card_is_that_of_its_sender_and_of_no_other() -> None:
    Organisation.objects.filter(code=WESTLAND).update(telephone="0174 67 36 73")
    published(name="Gemeente Westland aan Zee", mark=a_picture())
    address = reverse("handbook_card_role_pdf", args=["brp"])
    asked: list[tuple[str, dict[str, str], str, int]] = [
        ("", OF_WESTLAND, "Gemeente Westland aan Zee", 1),
        ("", {}, "Meldpunt van 27 gemeenten", 0),
        (f"?gemeente={DELFT}", OF_WESTLAND, "Gemeente Delft", 0),
        ("?gemeente=westland", {}, "Gemeente Westland aan Zee", 1),
        ("?gemeente=", OF_WESTLAND, "Meldpunt van 27 gemeenten", 0),
    ]
    # Twice: what is kept of one goes to no other.
    for query, headers, name, pictures in (*asked, *reversed(asked)):
        words, found = drawn(Client().get(address + query, headers=headers).content)
        assert words.startswith(name), (query, headers)
        assert found == pictures, (query, headers)
        assert ("Westland" in words) is ("Westland" in name)
        assert ("0174 67 36 73" in words) is ("Westland" in name)


def test_a_card_of_who_is_signed_in_is_that_of_their_municipality(client_for: Any) -> None:
    page = client_for("af@westland.example").get(reverse("handbook_card_role", args=["brp"])).text
    assert "Melden in Westland" in page
    assert f"kaart.pdf?gemeente={WESTLAND}" in page


def test_the_code_on_a_card_leads_to_the_door_of_its_sender() -> None:
    now = current_release()
    held = Reading(now.pack, now.number, professional=False, today=now.published.date())
    card = card_of_role(held, now.pack.roles["boa"], Office(WESTLAND, "Westland", ""))
    assert printing.scanned("https://x.example/melden/", card).endswith(f"?gemeente={WESTLAND}&voor=boa")


def test_a_long_name_beside_a_wide_mark_still_leaves_one_page() -> None:
    published(name="Samenwerkende gemeenten van het Westland en de Rijnstreek", mark=a_picture(side=900))
    for role in current_release().pack.roles:
        content = (
            Client().get(reverse("handbook_card_role_pdf", args=[role.id]) + f"?gemeente={WESTLAND}").content
        )
        assert len(pypdfium2.PdfDocument(content)) == 1, role.id
