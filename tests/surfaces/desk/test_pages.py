"""Every page of the desk, as the people who may and may not see it."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
EVERYBODY = (
    "melder@westland.example",
    "af@westland.example",
    "vervanger@westland.example",
    "manager@westland.example",
    "fg@westland.example",
    "beheer@westland.example",
    "avim@politie.example",
    "regio@rsiv.example",
)
PAGES = {
    "/werk/": EVERYBODY,
    "/werk/meer/": EVERYBODY,
    "/werk/account/": EVERYBODY,
    "/account/2fa/": EVERYBODY,
    "/account/wachtwoord/": EVERYBODY,
    "/werk/zoeken/": ("af@westland.example", "vervanger@westland.example", "avim@politie.example"),
    "/werk/overzicht/": ("manager@westland.example", "fg@westland.example"),
    "/werk/regio/": (
        "af@westland.example",
        "vervanger@westland.example",
        "manager@westland.example",
        "regio@rsiv.example",
    ),
    "/werk/wie-keek/": ("fg@westland.example",),
    "/werk/beheer/organisaties/": ("beheer@westland.example",),
    "/werk/beheer/mensen/": ("beheer@westland.example",),
    "/werk/beheer/sleutels/": ("beheer@westland.example",),
}


@pytest.mark.parametrize("email", EVERYBODY)
@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_there_for_its_roles_and_absent_for_others(
    client_for: ClientFor, url: str, email: str
) -> None:
    response = client_for(email).get(url)
    assert response.status_code == (200 if email in PAGES[url] else 404)


@pytest.mark.parametrize("url", PAGES)
def test_signed_out_leads_to_the_entrance_and_back(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/inloggen/?next=")


@pytest.mark.parametrize(("url", "emails"), PAGES.items())
def test_no_page_has_style_or_script_of_its_own(
    client_for: ClientFor, url: str, emails: tuple[str, ...]
) -> None:
    text = client_for(emails[0]).get(url).text
    assert "style=" not in text
    assert "onclick" not in text
    assert text.count("<h1") == 1


def test_the_entrance_says_nothing_about_the_subject(client: Client) -> None:
    text = client.get("/inloggen/").text.lower()
    for word in ("mensenhandel", "slachtoffer", "uitbuiting", "verdachte", "signaal"):
        assert word not in text
