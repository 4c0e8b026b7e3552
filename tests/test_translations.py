"""English is whole: every source string is in the catalogue, and a page is in one language."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation.template import templatize
from pydantic import BaseModel

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.reports.slowing import FILING
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account
from tests.journeys.cases.matters import FOCAL, YES, filed, opened, somebody, weigh, weighed
from tests.reading import as_read

type Message = tuple[str, str]
"""Context and source string."""

SOURCE = settings.ROOT / "src" / "sluitend"
CATALOGUE = polib.pofile(str(settings.ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?gettext|n?pgettext)\(\s*({LITERAL})(?:\s*,\s*({LITERAL}))?")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%|</?[a-z][^>]*>")

# Words that no English page has. Names of people and places have "de", "van", "den" and "en".
DUTCH = re.compile(
    r"\b(het|een|niet|geen|wij|uw|ons|naar|voor|dit|deze|zijn|ook|nog|alleen|waarom|hoe|wie|wordt|heeft"
    r"|kies|schrijf|bewaar|terug|vandaag|verder|melder|casus|doorzetting|wilt|mogen|bij)\b",
    re.IGNORECASE,
)
ENGLISH = {"Accept-Language": "en-GB,en;q=0.8"}
TOLD: dict[str, Any] = {
    "saw": "Three beds behind the boiler",
    "think": "They dare not leave",
    "people": "5 adults seen",
}
PUBLIC = ("/", "/melden/", "/hulp-vragen/", "/overleg/", "/ontvangst/", "/melden/markeer/", "/taal/")
PUBLIC_TOO = (
    "/privacy/",
    "/toegankelijkheid/",
    "/werken-en-wonen/",
    "/werken-en-wonen/wissen/",
    "/inloggen/",
)
DESK = ("/werk/", "/werk/binnen/", "/werk/casussen/", "/werk/doorgezet/", "/werk/regio/", "/werk/account/")
DESK_TOO = ("/werk/meer/", "/werk/zoeken/", "/werk/hulp/", "/account/2fa/")
OF_A_CASE = ("", "weging/", "verrijken/", "verrijken/brp/", "route/", "afsluiten/", "betrokkene/", "wens/")


# What the catalogue holds


def in_python(text: str) -> Iterator[Message]:
    """Yield what is marked for translation in a module."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if name in CALLS and words and isinstance(words[0], str):
            yield (words[0], str(words[1])) if name.startswith("pgettext") else ("", words[0])


def in_template(text: str) -> Iterator[Message]:
    """Yield what is marked for translation in a template."""
    for name, first, second in IN_TEMPLATE.findall(templatize(text)):
        words = ast.literal_eval(first)
        # Django doubles the percent sign where no value is filled in.
        yield (words, ast.literal_eval(second)) if "p" in name else ("", words)


def in_sources() -> set[Message]:
    found: set[Message] = set()
    for path in SOURCE.rglob("*.py"):
        found.update(in_python(path.read_text()))
    for path in SOURCE.rglob("*.html"):
        found.update(in_template(path.read_text()))
    return found


def test_the_parsers_see_every_way_of_marking() -> None:
    python = '_("a"); gettext_lazy("b" "c"); ngettext("d", "e", 2); pgettext("f", "g"); h = f"{_(\'i\')}"'
    assert set(in_python(python)) == {("", "a"), ("", "bc"), ("", "d"), ("f", "g"), ("", "i")}
    html = (
        '{% load i18n %}{% translate "a" %}{% translate "b" context "c" as d %}{{ e|default:_("f") }}'
        "{% blocktranslate count n=g %}{{ n }} h{% plural %}{{ n }} i{% endblocktranslate %}"
        '{% blocktranslate with j=k %}It\'s "{{ j }}"{% endblocktranslate %}'
    )
    found = {("", "a"), ("c", "b"), ("", "f"), ("", "%(n)s h"), ("", 'It\'s "%(j)s"')}
    assert set(in_template(html)) == found


def test_no_message_stands_twice_in_the_catalogue() -> None:
    names = Counter((each.msgctxt or "", each.msgid) for each in CATALOGUE)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_source_string_is_in_the_catalogue() -> None:
    held = {(each.msgctxt or "", each.msgid) for each in CATALOGUE}
    assert in_sources() - held == set(), "run make messages and translate what is new"


def test_every_entry_is_translated() -> None:
    assert [each.msgid for each in CATALOGUE if not each.translated() or each.fuzzy or each.obsolete] == []
    empty = [each.msgid for each in CATALOGUE if not all(map(str.strip, translations(each)))]
    assert empty == []


def translations(entry: Any) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_values_and_markup_are_those_of_the_source() -> None:
    for entry in CATALOGUE:
        sources = [entry.msgid, *filter(None, [entry.msgid_plural])]
        for source, translation in zip(sources, translations(entry), strict=True):
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(translation)), source


def test_english_is_not_dutch() -> None:
    left = [each.msgid for each in CATALOGUE for words in translations(each) if DUTCH.search(words)]
    assert left == []


def test_the_header_names_nobody() -> None:
    assert CATALOGUE.metadata["Project-Id-Version"] == "Sluitend"
    assert not {"Last-Translator", "Language-Team", "POT-Creation-Date"} & CATALOGUE.metadata.keys()


def test_a_compiled_catalogue_is_used() -> None:
    with override("en"):
        assert gettext("Casussen") == "Cases"
        assert gettext("Eén ding klopt nog niet") == "One thing is not right yet"
        assert ngettext("%(n)s bron gevraagd", "%(n)s bronnen gevraagd", 2) == "%(n)s sources asked"
    with override("nl"):
        assert gettext("Casussen") == "Casussen"


# Pages


class Reader(HTMLParser):
    """Gathers what a person reads or hears; what is said to be in another language is left out."""

    SPOKEN = ("aria-label", "placeholder", "title", "alt", "content")
    VOID = ("meta", "link", "input", "br", "img", "hr", "use", "path", "wbr", "source", "circle", "rect")

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str] = [""]
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = "other" if tag in ("script", "style") else values.get("lang") or self.languages[-1]
        if language in ("en", ""):
            data = [value for name, value in attrs if name.startswith("data-") and value and " " in value]
            self.words += [*(values.get(name) or "" for name in self.SPOKEN), *data]
        if tag not in self.VOID:
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages[-1] in ("en", ""):
            self.words.append(data)


def read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    return " ".join(" ".join(reader.words).split())


def texts_in(value: object) -> Iterator[Text]:
    """Yield every text of the handbook."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)


@pytest.fixture
def dutch_only(region: Any) -> list[str]:
    """The texts for which the handbook has no English, and the names of cases, which are Dutch."""
    pack = current_release().pack
    texts = {each.nl for each in texts_in(pack) if not each.has("en")}
    texts |= {each.to_reporter.nl for each in pack.outcomes} | {
        each.to_reporter.nl for each in pack.feedback_codes
    }
    texts |= {*pack.case_names.settings}
    return sorted(texts, key=len, reverse=True)


def dutch_in(html: str, without: Iterable[str] = ()) -> list[str]:
    words = re.sub(r"(?<=\s)/[\w/-]+/", "", read(html))  # an address is Dutch in every language
    for each in without:
        words = re.sub(re.escape(" ".join(each.split())), "", words, flags=re.IGNORECASE)
    return [words[max(0, found.start() - 40) : found.end() + 40] for found in DUTCH.finditer(words)]


def assert_english(response: Any, without: Iterable[str] = ()) -> None:
    html = as_read(response.content.decode())
    assert response.status_code in (200, 404, 422), response.status_code
    assert '<html lang="en" dir="ltr"' in html
    assert response.headers["Content-Language"] == "en"
    assert dutch_in(html, without) == []


@pytest.fixture
def visitor(region: Any) -> Client:
    """A browser set to English, of somebody who is not signed in."""
    FILING.forget()
    return Client(headers=ENGLISH)


@pytest.fixture
def english_desk(client_for: Callable[[str], Client]) -> Client:
    """The focal point, whose account is set to English."""
    client = client_for(FOCAL)
    client.post("/taal/", {"language": "en", "next": "/werk/"})
    return client


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_TOO, "/bestaat-niet/"])
def test_a_public_page_is_english(visitor: Client, address: str) -> None:
    assert_english(visitor.get(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_dutch_for_every_other_language(region: Any, address: str) -> None:
    html = as_read(Client(headers={"Accept-Language": "de,fr;q=0.8"}).get(address).text)
    assert '<html lang="nl"' in html


def test_reporting_is_english_from_the_first_step_to_the_last(visitor: Client, dutch_only: list[str]) -> None:
    told = {
        "saw": "Five people came in together.",
        "where": "Desk, Naaldwijk",
        "when": "now",
        "minor": "no",
        "role": "brp",
        "signals": ["ALG-01"],
        "anonymity": "anonymous",
        "sending": "11111111-1111-4111-8111-111111111111",
    }
    for step in ("1", "2", "3", "4"):
        assert_english(visitor.post("/melden/", {**told, "step": step, "go": "next"}), dutch_only)
    assert_english(visitor.post("/melden/", {"step": "2", "go": "next"}))
    done = visitor.post("/melden/", {**told, "step": "5", "go": "send"})
    assert_english(done)
    code = re.search(r'name="code" value="([0-9A-Z-]{24})"', done.content.decode())
    assert code
    assert_english(visitor.post("/ontvangst/", {"code": code[1]}))
    assert_english(visitor.post("/ontvangst/", {"code": "AAAA"}))
    wrong = visitor.post("/inloggen/", {"login": "nobody@westland.example", "password": "x" * 12})
    assert_english(wrong)


@pytest.mark.parametrize("address", [*DESK, *DESK_TOO])
def test_a_page_of_the_desk_is_english(english_desk: Client, dutch_only: list[str], address: str) -> None:
    filed(acute=True, **TOLD)
    assert_english(english_desk.get(address), dutch_only)


def test_intake_is_english(english_desk: Client, dutch_only: list[str]) -> None:
    code = filed(minor="perhaps", signals=("ALG-01",), **TOLD)
    response = english_desk.get(f"/werk/binnen/{code}/")
    assert_english(response, dutch_only)
    assert "Somebody else keeps the passport or ID card." in response.content.decode()
    assert_english(english_desk.get(f"/werk/binnen/{code}/vraag/"), dutch_only)


@pytest.mark.parametrize("page", OF_A_CASE)
def test_a_case_is_english(english_desk: Client, dutch_only: list[str], page: str) -> None:
    code = weighed(**TOLD)
    with somebody() as actor:
        case = queries.case(code, actor)
        # What was written down is Dutch, whoever reads it.
        kept = [case.head.name, *(each.text for each in case.events), *(each.source for each in case.facts)]
        kept += [each.source for each in case.opinions]
    assert_english(english_desk.get(f"/werk/casussen/{code}/{page}"), [*filter(None, kept), *dutch_only])


# Which language


def test_the_choice_on_this_device_holds_until_the_account_chooses(
    client_for: Callable[[str], Client],
) -> None:
    client = client_for(FOCAL)
    assert '<html lang="nl"' in as_read(client.get("/werk/", headers=ENGLISH).text)
    client.post("/taal/", {"language": "en"})
    assert Account.objects.get(email=FOCAL).language == "en"
    assert '<html lang="en"' in as_read(client.get("/werk/").text)
    preferences = {"work_days": ["1", "2"], "theme": "", "language": "nl"}
    saved = as_read(client.post("/werk/account/", preferences, follow=True).text)
    assert '<html lang="nl"' in saved
    assert "Uw voorkeuren zijn bewaard." in saved
    # Chosen before signing in: it goes before the account, until the account is set.
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en"' in as_read(client.get("/werk/").text)
    client.post("/werk/account/", preferences)
    assert '<html lang="nl"' in as_read(client.get("/werk/").text)


def test_a_visitor_chooses_a_language(region: Any) -> None:
    client = Client()
    assert client.post("/taal/", {"language": "xx"}).cookies == {}
    client.post("/taal/", {"language": "en"})
    assert_english(client.get("/", headers={"Accept-Language": "nl"}))
    assert get_language() == "nl"  # the language of a request ends with it


def test_a_text_is_shown_in_the_language_of_the_page() -> None:
    both, only = Text({"nl": "werk", "en": "work"}), Text({"nl": "alleen dit"})
    with override("en-gb"):
        assert (shown(both), shown(only)) == ("work", "alleen dit")
        with in_dutch():
            assert shown(both) == "werk"
        assert shown(both) == "work"


@pytest.mark.django_db
def test_what_is_kept_and_sent_is_dutch_whatever_the_screen() -> None:
    with override("en"):
        report = filed(company="", kvk="90004191", **TOLD)
        with somebody() as actor:
            code = actions.take_in_new(actor=actor, report=opened(report, actor), judgement=YES)
        weigh(code)
        with somebody() as actor:
            actions.start_actions(actor=actor, code=code, actions=["care_advice"])
    with somebody() as actor:
        case = queries.case(code, actor)
        assert "Bedrijf, naam niet bekend" in [each.name for each in case.subjects]
        assert all(each.source.startswith(f"melding {report}") for each in case.facts)
        texts = " ".join(each.text for each in case.events)
        assert "doorgaan. " in texts
        assert "Vraag SHOP om raad" in texts
        in_nl = queries.parts_for(queries.case_for_referral(code, actor))
        with override("en"):
            in_en = queries.parts_for(queries.case_for_referral(code, actor))
        assert in_nl == in_en


def test_the_list_of_words_finds_a_page_in_two_languages(region: Any) -> None:
    html = as_read(Client().get("/").text)
    assert dutch_in(html.replace('<html lang="nl"', '<html lang="en"'))
