"""Sentences and addresses of templates are looked up once a language, and say what Django's own say."""

from collections.abc import Iterator

import pytest
from django.template import engines
from django.templatetags.i18n import TranslateNode
from django.utils import translation


def shown(source: str, **context: object) -> str:
    """Return what a template shows, with the tags of this project."""
    return engines["django"].from_string("{% load i18n sluitend %}" + source).render(context)


def by_django(source: str, **context: object) -> str:
    """Return what a template shows with the tags of Django alone."""
    return engines["django"].from_string("{% load i18n static %}" + source).render(context)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language of the interface."""
    with translation.override(request.param):
        yield request.param


SOURCES = [
    '{% translate "Acuut" %}',
    '{% translate "Acuut" as word %}[{{ word }}]',
    '{% translate "100% <b>" %}',
    "{% translate word %}",
    '{% translate "Acuut"|upper %}',
    '{% translate "Verder" context "more pages" %}',
    "{% blocktranslate with day=word %}Stond voor {{ day }}{% endblocktranslate %}",
    "{% blocktranslate with day=absent %}Stond voor {{ day }}{% endblocktranslate %}",
    "{% blocktranslate %}100% van {{ word }} en {{ absent }}{% endblocktranslate %}",
    "{% blocktranslate asvar said with day=word %}Stond voor {{ day }}{% endblocktranslate %}[{{ said }}]",
    "{% blocktranslate count n=number %}{{ n }} casus.{% plural %}{{ n }} casussen.{% endblocktranslate %}",
    '{% static "sluitend/icons.svg" %}',
    '{% static "sluitend/icons.svg" as address %}[{{ address }}]',
    "{% static word %}",
]


@pytest.mark.parametrize("source", SOURCES)
def test_tags_say_what_those_of_django_say(source: str, language: str) -> None:
    context = {"word": "<di 24 nov>", "number": 2}
    with_ours = "{% load i18n static sluitend %}" + source
    expected = by_django(source, **context)
    template = engines["django"].from_string(with_ours)
    assert [template.render(context) for _again in range(2)] == [expected, expected]


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Acuut" %}',
        '{% translate "Acuut" as word %}{{ word }}',
        "{% blocktranslate with day=day %}Stond voor {{ day }}{% endblocktranslate %}",
    ],
)
def test_a_template_that_is_kept_speaks_the_language_of_each_page(source: str) -> None:
    template = engines["django"].from_string("{% load i18n sluitend %}" + source)
    said = []
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            said.append(template.render({"day": "24"}))
    assert said[0] == said[2] != said[1]


def test_words_of_a_page_are_filled_in_anew_each_time() -> None:
    template = engines["django"].from_string(
        "{% load i18n sluitend %}{% blocktranslate with day=day %}Stond voor {{ day }}{% endblocktranslate %}"
    )
    with translation.override("nl"):
        assert [template.render({"day": day}) for day in ("<1>", "2")] == [
            "Stond voor &lt;1&gt;",
            "Stond voor 2",
        ]


def test_a_fixed_sentence_is_looked_up_once_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def look(_node: TranslateNode, context: object) -> str:
        looked.append(context)
        return "Acuut"

    monkeypatch.setattr(TranslateNode, "render", look)
    template = engines["django"].from_string('{% load i18n sluitend %}{% translate "Acuut" %}')
    for language in ("nl", "en", "nl", "en"):
        with translation.override(language):
            template.render({})
    assert len(looked) == 2


@pytest.mark.parametrize(
    ("source", "flips"),
    [
        ('{% icon "back" %}', True),
        ('{% icon "clock" %}', False),
        ('{% icon "back" flip=False %}', False),
        ("{% icon name flip=True %}", True),
        ("{% icon name %}", False),
    ],
)
def test_icons_that_point_somewhere_follow_the_direction_of_reading(source: str, flips: bool) -> None:
    drawn = shown(source, name="eye")
    assert drawn.startswith("<svg")
    assert ("sl-icon--flip" in drawn) is flips
