"""Where an entry comes from, as a reader sees it: a title, who published it and when, in words."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sluitend.kernel.handbook.approach import Holder
from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.handbook.templatetags.handbook_pages import ended, published

type ClientFor = Callable[[str], Client]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2024-11-09", "9 november 2024"),
        ("2024-11", "november 2024"),
        ("2024", "2024"),
        ("2021-2022", "2021-2022"),
        ("2024-99", "2024-99"),
        ("n.d.", "zonder datum"),
        ("n.d. (ouder)", "zonder datum (ouder)"),
    ],
)
def test_a_day_of_publishing_is_said_in_words(written: str, words: str) -> None:
    with override("nl"):
        assert published(written) == words


def test_a_title_ends_with_one_mark() -> None:
    assert ended("Wat is arbeidsuitbuiting?") == "Wat is arbeidsuitbuiting?"
    assert ended("Wat doen wij") == "Wat doen wij."


@pytest.mark.django_db
def test_no_page_writes_a_date_as_a_file_does() -> None:
    page = Client().get(reverse("handbook_figures")).content.decode()
    assert "Nationaal Rapporteur, 18 oktober 2019" in page
    assert "2019-10-18" not in page
    assert "n.d." not in page


@pytest.mark.django_db
def test_what_another_body_may_do_is_no_instrument_of_the_municipality() -> None:
    page = Client().get(reverse("handbook_barriers")).content.decode()
    own, _heading, others = page.partition("Instrumenten van anderen")
    confirmed = [each for each in current_release().pack.instruments if each.confirmed]
    of_others = [each for each in confirmed if set(each.holders) == {Holder.OTHER}]
    assert of_others
    assert len(of_others) < len(confirmed)
    for each in confirmed:
        there, elsewhere = (others, own) if each in of_others else (own, others)
        assert each.label.nl in there
        assert each.label.nl not in elsewhere


@pytest.mark.django_db
def test_what_a_court_said_stands_with_its_instrument_for_who_is_signed_in(client_for: ClientFor) -> None:
    ruling = current_release().pack.rulings["permit_withdrawn"]
    for of, there in (("exploitation_permit", True), ("brp_check", False)):
        address = reverse("handbook_instrument", args=[of])
        assert (ruling.text.nl in client_for("af@westland.example").get(address).text) is there
    assert not ruling.confirmed
    address = reverse("handbook_instrument", args=["exploitation_permit"])
    assert ruling.text.nl not in Client().get(address).text
