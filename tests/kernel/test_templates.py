"""What goes the short way in a template says what Django says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import Any, NamedTuple
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.forms import CharField, Form
from django.template import Context, Engine, Template
from django.template.loaders import cached
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject, lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from sluitend.kernel import templates
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.templates import QuickNodeList, quicken


class Asked(Form):
    """A form with one question."""

    name = CharField(label="Wie?", help_text="<i>", max_length=5)


@dataclass(frozen=True)
class Thing:
    words: str = "a < b"
    number: int = 1234567
    nothing: None = None

    @property
    def broken(self) -> str:
        raise AttributeError("of something else")

    def said(self) -> str:
        return "said & done"

    def asked(self, what: str) -> str:
        return what

    def removed(self) -> str:
        return "gone"

    removed.alters_data = True  # type: ignore[attr-defined]


class Pair(NamedTuple):
    one: str
    other: str


class ByItem:
    words = "by name"

    def __getitem__(self, name: str) -> str:
        return f"by item: {name}"


class Caller:
    words = "never read"

    def __call__(self) -> Thing:
        return Thing("of what was called")


ENGINE = Engine(
    string_if_invalid="(no %s)",
    libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"},
    loaders=[("django.template.loaders.locmem.Loader", {"part": "part: {{ text }}{{ forloop.counter }};"})],
)
GIVEN = {
    "text": "<b> & 'c'",
    "safe": mark_safe("<b>"),
    "lazy": lazystr("<i>"),
    "number": 1234567.5,
    "thing": Thing(),
    "things": [Thing(), Thing("second")],
    "pair": Pair("first", "second"),
    "kind": StepKind("read", "Lees <u>", button="Lees"),
    "by_item": ByItem(),
    "kept": {"items": "an item, not a method", "words": "kept", "inside": {"words": "deeper"}},
    "called": lambda: "called <",
    "caller": Caller(),
    "lazy_thing": SimpleLazyObject(Thing),
    "none": None,
    "kind_of": Thing,
    "form": Asked({"name": "te lang"}),
    "field": Asked({"name": "te lang"})["name"],
    "counts": [1, 2, 1],
    "low": -999,
    "most": 999,
    "many": 1000,
    "yes": True,
    "which": "part",
    "moment": datetime(2026, 11, 29, 23, 30, tzinfo=UTC),
}
TEXTS = (
    "{{ form.name }}|{{ form.absent }}|{{ form.is_valid }}|{{ field }}|{{ field.0 }}|{{ field.9 }}",
    "{{ field.label }}|{{ field.errors }}|{{ field.help_text }}|{{ field.absent }}|{{ field.is_hidden }}",
    "{{ text }}|{{ safe }}|{{ lazy }}|{{ number }}|{{ none }}|{{ absent }}|{{ absent.further }}",
    "{{ thing.words }}|{{ thing.number }}|{{ thing.nothing }}|{{ thing.said }}|{{ thing.absent }}",
    "{{ thing.asked }}|{{ thing.removed }}|{{ called }}|{{ kind_of.words }}",
    "{{ caller }}|{{ caller.words }}|{{ lazy_thing.words }}|{{ lazy_thing.said }}|{{ pair.count.words }}",
    "{{ things.0.words }}|{{ things.1.words }}|{{ things.9.words }}",
    "{{ pair.one }}|{{ pair.count }}|{{ pair.other }}|{{ pair.0 }}|{{ pair.9 }}",
    "{{ kind }}|{{ kind.label }}|{{ kind.button }}|{{ kind.0 }}|{{ by_item.words }}",
    "{{ kept.items }}|{{ kept.words }}|{{ kept.inside.words }}|{{ kept.absent }}|{{ kept.values }}",
    "{% autoescape off %}{{ text }}|{{ lazy }}|{{ number }}{% endautoescape %}",
    "{{ text|upper }}|{{ absent|default:thing.words }}|{{ none|default:'x' }}",
    "{{ safe|lower }}|{{ text|safe }}|{{ things|length }}|{{ thing.words|truncatechars:3 }}",
    "{% if thing.words == 'a < b' and not absent.further %}yes{% else %}no{% endif %}",
    "{% if absent.further %}a{% elif thing.words|upper == 'A < B' %}b{% else %}c{% endif %}",
    "{% if absent > 1 or not thing.nothing %}text alone{% endif %}{% if none %}x{% endif %}",
    "{% filter upper %}a & b{% endfilter %}{% filter upper %}{{ text }}{% endfilter %}",
    "{% if none|default:absent.further %}a{% else %}b {{ text }} c{% endif %}",
    "{% if thing.said == 'said & done' and by_item.words %}{{ text }}{% endif %}{% if called %}d{% endif %}",
    "{% for each in things %}{{ forloop.counter }}{{ each.words }}{{ forloop.parentloop.x }}{% endfor %}",
    "{% with words=thing.words %}{{ words }}{% endwith %}{{ words }}",
    "{{ 'constant <' }}|{{ 12 }}|{{ True }}|{{ _('Maandag') }}",
    "{% translate 'Maandag' %}|{% translate 'Maandag' as day %}{{ day }}|{% translate 'May' context 'x' %}",
    "{% translate thing.words %}|{% translate 'Maandag'|upper %}|{% translate 'Maandag' noop %}",
    "{% autoescape off %}{% translate '<' %}{% endautoescape %}{% translate '<' %}{% translate '%' %}",
    "{% translate 'Maandag' %} <b>{% translate 'May' %}{{ text }}</b>{% if text %} {% endif %}",
    "{% for n in counts %}{% translate '<' %}{% comment %}x{% endcomment %}{% translate 'May' %}{% endfor %}",
    "{% firstof absent thing.words %}|{% cycle text 'b' %}",
    "{% for each in things reversed %}{% cycle 'a' 'b' %}{{ forloop.last }}{{ each.words }}{% endfor %}",
    "{% for name, words in kept.inside.items %}{{ name }}: {{ words }}{% empty %}x{% endfor %}",
    "{% for each in things %}{% ifchanged each.number %}{{ each.words }}{% endifchanged %}{% endfor %}",
    "{% for each in none %}a{% empty %}{{ text }}{% endfor %}{% for each in text %}{{ each }}{% endfor %}",
    "{% blocktranslate with day=thing.words %}wacht sinds {{ day }}{% endblocktranslate %}",
    "{% blocktranslate count n=things|length %}{{ n }} casus{% plural %}{{ n }}{% endblocktranslate %}",
    "{% for n in counts %}{% blocktranslate count n=n %}a{% plural %}b{% endblocktranslate %}{% endfor %}",
    "{% blocktranslate trimmed asvar said %}\n a {{ text }}%\n{% endblocktranslate %}{{ said }}{{ said }}",
    "{{ low }}|{{ most }}|{{ many }}|{{ yes }}|{% if most == 999 and 'a' != text %}{{ 'b' }}{% endif %}",
    "{% blocktranslate %}{{ low }}, {{ many }}, {{ absent }}, {{ text }}, {{ safe }}%{% endblocktranslate %}",
    "{% blocktranslate with n=absent|default:lazy %}a {{ n }}{% endblocktranslate %}{{ n }}",
    "{% language 'en' %}{% translate 'Maandag' %}{% endlanguage %}{% translate 'Maandag' %}",
    "{% include 'part' %}{% include 'part' with text='other' %}{% include 'part' only %}",
    "{% for each in things %}{% include 'part' with text=each.words only %}{{ forloop.counter }}{% endfor %}",
    "{% include which %}",
    "{{ text|default:_('Maandag') }}|{{ none|default:_('Maandag') }}|{{ safe|truncatechars:2 }}",
    "{{ moment|date:'H:i' }}|{{ things|join:', ' }}|{{ counts|slice:':2'|join:safe }}",
    "{{ absent.further|default_if_none:'x' }}|{{ 'a'|add:text }}|{{ text|linebreaksbr }}",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_template_says_the_same_the_short_way(text: str, language: str) -> None:
    slow, quick = (Template("{% load i18n %}" + text, engine=ENGINE) for _time in range(2))
    quicken([quick.nodelist])
    assert type(quick.nodelist) is QuickNodeList
    with override(language):
        for _time in range(2):
            assert _written(quick) == _written(slow)


def test_a_translation_that_is_kept_is_that_of_the_language() -> None:
    template = Template("{% load i18n %}{% translate 'Open casussen' %}", engine=ENGINE)
    quicken([template.nodelist])
    said = []
    for language in ("nl", "en", "nl"):
        with override(language):
            said.append(_written(template))
    assert said == ["Open casussen", "Open cases", "Open casussen"]


def test_a_page_asks_once_in_which_language_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(wraps=get_language)
    monkeypatch.setattr(templates, "get_language", asked)
    template = Template(
        "{% load i18n %}{% translate 'Open casussen' %}{{ text }}{% translate 'Open casussen' %}{{ text }}"
        "{% blocktranslate %}a {{ text }}{% endblocktranslate %}{% language 'en' %}"
        "{% translate 'Open casussen' %}{% endlanguage %}{{ text }}{% translate 'Open casussen' %}",
        engine=ENGINE,
    )
    quicken([template.nodelist])
    with override("nl"):
        said = template.render(Context({"text": 1}))
    assert said == "Open casussen1Open casussen1a 1Open cases1Open casussen"
    assert asked.call_count == 1
    with override("en"):
        assert template.render(Context({"text": 2})).startswith("Open cases2Open cases2a 2")


def test_a_sentence_is_translated_once_for_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(side_effect=lambda words: f"{get_language()}: {words}")
    monkeypatch.setattr(templates, "gettext", asked)
    template = Template(
        "{% load i18n %}{% blocktranslate %}a {{ text }}{% endblocktranslate %}", engine=ENGINE
    )
    quicken([template.nodelist])
    said = []
    for language in ("nl", "nl", "en"):
        with override(language):
            said.append(template.render(Context({"text": "<"})))
    assert said == ["nl: a &lt;", "nl: a &lt;", "en: a &lt;"]
    assert asked.call_count == 2


def test_the_address_of_a_file_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(side_effect=lambda path: f"/static/{path}")
    monkeypatch.setattr(StaticNode, "handle_simple", asked)
    text = (
        "{% load static %}{% static 'a.css' %}|{% static '<' %}|{% static name %}|"
        "{% static 'b' as at %}{{ at }}"
    )
    slow, quick = (Template(text, engine=ENGINE) for _time in range(2))
    quicken([quick.nodelist])
    expected = slow.render(Context({"name": "c"}))
    asked.reset_mock()
    for _time in range(2):
        assert quick.render(Context({"name": "c"})) == expected
    paths = [each.args[0] for each in asked.call_args_list]
    assert paths.count("a.css") == 1
    assert paths.count("c") == paths.count("b") == 2


ADDRESSES = (
    "{% url 'today' %}|{% url 'cases:case' code %}|{% url 'assign_case' code=code %}|{% url name code %}",
    "{% url 'cases:case' code as at %}{{ at }}|{% url 'cases:none' code as at %}{{ at }}.",
    "{% url 'cases:reach' code id %}|{% url 'cases:reach' code id as at %}{{ at }}",
    "{% autoescape off %}{% url 'cases:case' code %}{% endautoescape %}",
)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_that_of_its_matter(text: str) -> None:
    slow, quick = (Template(text, engine=ENGINE) for _time in range(2))
    quicken([quick.nodelist])
    for code in ("C-1234", "C-5678", mark_safe("C-1234"), "C&'1"):
        given = {"code": code, "name": "cases:plan", "id": uuid4()}
        assert quick.render(Context(given)) == slow.render(Context(given))


def test_an_address_that_is_not_there_is_told_of() -> None:
    quick = Template("{% url 'cases:none' 'C-1234' %}", engine=ENGINE)
    quicken([quick.nodelist])
    with pytest.raises(NoReverseMatch):
        quick.render(Context())


def test_what_a_value_raises_is_raised_the_short_way_too() -> None:
    text = "{{ thing.broken }}"
    quick = Template(text, engine=ENGINE)
    quicken([quick.nodelist])
    for each in (quick, Template(text, engine=ENGINE)):
        with pytest.raises(AttributeError, match="of something else"):
            _written(each)


def _written(template: Template) -> str:
    given: dict[str, Any] = dict(GIVEN)
    return template.render(Context(given))


class Held(dict[str, object]):
    """A part at which whoever comes by first is held up, so that somebody else can come in between."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self._meanwhile = [meanwhile]

    def values(self) -> Any:
        if self._meanwhile:
            self._meanwhile.pop()()
        return super().values()


def test_who_comes_while_a_template_is_changed_waits_for_it() -> None:
    """The first visitors of a process come together: one of their pages, a report even, was an error page."""
    parts = {"page": "{% include 'part' %}", "part": "part: {{ text }}"}
    of_words = [("django.template.loaders.locmem.Loader", parts)]
    loader: Any = Engine(loaders=[("sluitend.kernel.templates.Loader", of_words)]).template_loaders[0]
    pages: list[str] = []

    def visit() -> None:
        pages.append(loader.get_template("page").render(Context({"text": "<b>"})))

    def meanwhile() -> None:
        second.start()
        second.join(0.3)  # it waits for us, so this ends by itself; who does not wait is done by then

    second = Thread(target=visit)
    include: Any = cached.Loader.get_template(loader, "page").nodelist[0]  # kept, and not changed yet
    include.held = Held(meanwhile)
    visit()
    second.join()
    assert pages == ["part: &lt;b&gt;"] * 2
