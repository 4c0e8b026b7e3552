"""The pages of the handbook: who sees what, in which language, on which paper, and in which words."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from statistics import fmean

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from tests.reading import as_read

from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.recognition import Emergency
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.handbook import printing, urls
from sluitend.surfaces.handbook.neutral import TELLING

pytestmark = pytest.mark.django_db

UNCONFIRMED = "niet bevestigd"
LONGEST_AVERAGE = 15
AVOIDED = re.compile(
    r"\b(teneinde|derhalve|middels|alsmede|dienaangaande|betreffende|inzake|conform|ten aanzien van"
    r"|met betrekking tot|in het kader van|te allen tijde|desalniettemin|voornoemd\w*|zulks|hieromtrent"
    r"|implementeren|faciliteren|illegalen|allochtoon|allochtone|prostituees?|hoer(?:en)?|bovengenoemd\w*)\b",
    re.IGNORECASE,
)
ENTRIES = {
    "handbook_card_role": "roles",
    "handbook_card_form": "forms",
    "handbook_counter": "roles",
    "handbook_form": "forms",
    "handbook_sector": "sectors",
    "handbook_branch": "branches",
    "handbook_group": "risk_groups",
    "handbook_moment": "moments",
    "handbook_barrier_model": "forms",
    "handbook_barrier": "barriers",
    "handbook_instrument": "instruments",
    "handbook_heading": "headings",
    "handbook_readers": "reader_pages",
}
LISTS = (
    *("handbook", "handbook_cards", "handbook_forms", "handbook_sectors", "handbook_branches"),
    *("handbook_groups", "handbook_moments", "handbook_barriers", "handbook_headings", "handbook_registers"),
    "handbook_figures",
)


class Words(HTMLParser):
    """The sentences in the main part of a page; a heading or an item ends a sentence too."""

    BLOCKS = frozenset(
        {
            "p",
            "li",
            "h1",
            "h2",
            "h3",
            "td",
            "th",
            "dt",
            "dd",
            "summary",
            "caption",
            "option",
            "label",
            "legend",
        }
    )

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.skipped = 0
        self.blocks = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside |= tag == "main"
        self.skipped += tag in ("svg", "script")
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "main"
        self.skipped -= tag in ("svg", "script")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped:
            self.blocks[-1] += data

    @property
    def sentences(self) -> list[str]:
        """Everything that ends as a sentence does, of at least three words."""
        found = [
            each for block in self.blocks for each in re.split(r"(?<=[.!?])\s+", " ".join(block.split()))
        ]
        return [each for each in found if each.endswith((".", "!", "?")) and len(each.split()) > 2]


@pytest.fixture
def pack() -> Pack:
    """The handbook of now."""
    return current_release().pack


@pytest.fixture
def colleague() -> Client:
    """Somebody who is signed in."""
    client = Client()
    client.force_login(Account.objects.get(email="af@westland.example"))
    return client


def addresses(pack: Pack) -> Iterator[str]:
    """Return the address of every page of these views, of every entry."""
    yield from (reverse(name) for name in LISTS)
    for name, part in ENTRIES.items():
        entries = (each for each in getattr(pack, part) if each.valid_on(localdate()))
        yield from (reverse(name, args=[each.id]) for each in entries)


def words_of(client: Client, address: str) -> str:
    """Return a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return as_read(response.content.decode())


def test_every_page_of_every_entry_is_there_for_who_is_signed_in(pack: Pack, colleague: Client) -> None:
    for address in addresses(pack):
        assert colleague.get(address).status_code == 200, address


def test_without_an_account_nothing_unconfirmed_is_shown_and_words_are_plain(pack: Pack) -> None:
    """Sentences are short on average on every page, and no page has words that nobody says."""
    client, averages, avoided = Client(), {}, {}
    for address in addresses(pack):
        response = client.get(address)
        if response.status_code == 404:
            assert _is_unconfirmed(pack, address), address
            continue
        page = response.content.decode()
        assert UNCONFIRMED not in page.replace("nog niet bevestigd", ""), address
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
        read = Words()
        read.feed(page)
        if read.sentences:
            averages[address] = fmean(len(each.split()) for each in read.sentences)
        if found := AVOIDED.search(" ".join(read.blocks)):
            avoided[address] = found.group()
    assert len(averages) > 150
    assert {address: round(n, 1) for address, n in averages.items() if n > LONGEST_AVERAGE} == {}
    assert avoided == {}


def _is_unconfirmed(pack: Pack, address: str) -> bool:
    entry = address.rstrip("/").rpartition("/")[2]
    found = (getattr(pack, part).get(entry) for part in ENTRIES.values())
    return any(each is not None and not each.confirmed for each in found)


def test_the_law_shows_with_its_mark_to_who_is_signed_in_only(colleague: Client) -> None:
    address = reverse("handbook_form", args=["arbeidsuitbuiting"])
    assert "misbruik van een kwetsbare positie; " in words_of(colleague, address)
    assert UNCONFIRMED in words_of(colleague, address)
    assert "Het verschil:" in words_of(colleague, address)
    assert "misbruik van een kwetsbare positie; " not in words_of(Client(), address)
    assert "Het verschil:" not in words_of(Client(), address)


def test_what_reporting_means_for_a_licence_is_not_promised_to_a_host_before_it_is_confirmed(
    pack: Pack, colleague: Client
) -> None:
    branch = next(each for each in pack.branches if not each.licence_confirmed)
    address = reverse("handbook_branch", args=[branch.id])
    assert branch.licence.nl in words_of(colleague, address)
    assert branch.licence.nl not in words_of(Client(), address)
    assert "Vraag uw gemeente naar haar beleid" in words_of(Client(), address)


@pytest.mark.parametrize("named", ["GM1783", "westland"])
def test_a_card_has_the_number_of_the_municipality_that_was_chosen(named: str) -> None:
    Organisation.objects.filter(code="GM1783").update(telephone="0174 67 36 73")
    page = words_of(Client(), reverse("handbook_card_role", args=["brp"]) + f"?gemeente={named}")
    assert "Melden in Westland" in page
    assert '<a class="sl-link" href="tel:0174673673">0174 67 36 73</a>' in page
    assert "kaart.pdf?gemeente=GM1783" in page


def test_on_a_card_and_in_the_questions_a_municipality_stands_under_the_name_that_people_use() -> None:
    for address in (reverse("handbook_card_role", args=["brp"]), reverse("handbook_who")):
        page = words_of(Client(), address)
        assert "Den Haag (&#x27;s-Gravenhage)" in page
        assert page.index("Bodegraven") < page.index("Den Haag (") < page.index("Gouda")


@pytest.mark.parametrize("named", ["", "GM9999", "platform", "<script>", "shop", "x" * 5000, "\x00"])
def test_a_municipality_that_is_none_gives_the_card_for_everywhere(named: str) -> None:
    response = Client().get(reverse("handbook_card_role", args=["brp"]), {"gemeente": named})
    assert response.status_code == 200
    assert "Waar u meldt" in response.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_card_is_one_page_of_a5_that_can_be_read_aloud(pack: Pack, language: str) -> None:
    client = Client()
    client.cookies["taal"] = language
    roles = [reverse("handbook_card_role_pdf", args=[each.id]) for each in pack.roles]
    forms = [reverse("handbook_card_form_pdf", args=[each.id]) for each in pack.forms if each.confirmed]
    for address in (*roles, *forms):
        response = client.get(address + "?gemeente=GM1783")
        pdf = pikepdf.open(BytesIO(response.content))
        width, height = (round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:])
        assert (len(pdf.pages), width, height) == (1, 148, 210), address
        assert pdf.Root.Lang == language
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == ("Kaart" if language == "nl" else "Card")
        assert response["Content-Disposition"] == 'attachment; filename="kaart.pdf"'


def test_paper_too_says_which_signal_may_not_wait(pack: Pack) -> None:
    for signal in pack.indicators:
        said = printing._also(signal)
        assert said.startswith(signal.innocent.nl if signal.innocent else "geen")
        assert ("Overleg dezelfde dag." in said) == (Emergency.MINOR in signal.emergency)


def test_a_card_about_a_form_that_is_not_confirmed_is_never_printed(pack: Pack, colleague: Client) -> None:
    form = next(each for each in pack.forms if not each.confirmed)
    assert colleague.get(reverse("handbook_card_form", args=[form.id])).status_code == 200
    assert colleague.get(reverse("handbook_card_form_pdf", args=[form.id])).status_code == 404


def test_the_screen_at_the_counter_says_nothing_to_who_reads_along(pack: Pack, colleague: Client) -> None:
    for client in (Client(), colleague):
        for language in ("nl", "en"):
            client.cookies["taal"] = language
            for role in pack.roles:
                page = words_of(client, reverse("handbook_counter", args=[role.id]))
                read = Words()
                read.feed(page)
                own = role.label.in_language(language)
                words = " ".join(read.blocks).replace(own, "")
                assert TELLING.search(words) is None, (role.id, TELLING.search(words))


def test_a_group_page_leads_to_no_form_and_to_no_person(pack: Pack) -> None:
    for group in pack.risk_groups:
        page = words_of(Client(), reverse("handbook_group", args=[group.id]))
        assert "Bij een groep horen is nooit een signaal." in page
        assert "<form" not in page
        assert "/melden/" not in page


def test_a_card_says_which_signal_may_not_wait(pack: Pack, colleague: Client) -> None:
    for role in pack.roles:
        page = unescape(words_of(colleague, reverse("handbook_card_role", args=[role.id])))
        for signal in (each for each in pack.indicators if role.id in each.roles):
            found = re.search(rf"<p>{re.escape(signal.label.nl)}(?=[ <])(.*?)</li>", page)
            said = found[1] if found else ""
            assert ("Bel 112." in said) == (Emergency.ACUTE_DANGER in signal.emergency), signal.id
            assert ("Overleg dezelfde dag." in said) == (Emergency.MINOR in signal.emergency), signal.id


def test_who_is_signed_in_reads_how_heavily_each_signal_weighs_on_what_ground_and_who_can_see_it(
    pack: Pack, colleague: Client
) -> None:
    basis = {
        "delphi": "onderzoek onder experts",
        "secondary": "andere bron",
        "own_judgement": "eigen inschatting",
    }
    strength = {"strong": "sterk", "medium": "gemiddeld", "weak": "zwak"}
    for form in pack.forms:
        address = reverse("handbook_card_form", args=[form.id])
        rows = unescape(words_of(colleague, address)).partition("Hoe zwaar elk signaal weegt")[2]
        for signal in (each for each in pack.indicators if each.fits(form.id)):
            row = rows.partition(f'<th scope="row">{signal.label.nl}</th>')[2].partition("</tr>")[0]
            assert f">{strength[signal.strength]}" in row, signal.id
            assert f">{basis[signal.strength_basis]}<" in row, signal.id
            assert all(pack.roles[role].label.nl in row for role in signal.roles), signal.id
            assert ("jonger dan 18" in row) == (signal.strength_minor is not None)
    open_to_all = words_of(Client(), reverse("handbook_card_form", args=["arbeidsuitbuiting"]))
    assert "Hoe zwaar elk signaal weegt" not in open_to_all


def test_a_group_page_leads_to_what_a_municipality_can_do_for_it(pack: Pack) -> None:
    """Also a group that no desk of the municipality meets at a fixed moment."""
    for group in pack.risk_groups:
        page = words_of(Client(), reverse("handbook_group", args=[group.id]))
        for heading in pack.headings:
            link = f'href="{reverse("handbook_heading", args=[heading.id])}"'
            assert (link in page) == bool(set(heading.forms) & set(group.forms) - {"all"}), (
                group.id,
                heading.id,
            )


def test_every_address_of_the_handbook_is_read_only() -> None:
    for pattern in urls.urlpatterns:
        assert "handboek/" in str(pattern.pattern)
    for name in LISTS:
        assert Client().post(reverse(name)).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        *(
            "home",
            "privacy",
            "accessibility",
            "report_start",
            "report_help",
            "help_request",
            "advice",
            "receipt",
        ),
        *("handbook_partners", "handbook_who", "handbook_numbers", "handbook_points"),
    ],
)
def test_other_pages_for_everybody_have_short_sentences_and_plain_words(name: str) -> None:
    read = Words()
    read.feed(words_of(Client(), reverse(name)))
    lengths = [len(each.split()) for each in read.sentences]
    assert not lengths or fmean(lengths) <= LONGEST_AVERAGE
    assert AVOIDED.search(" ".join(read.blocks)) is None
