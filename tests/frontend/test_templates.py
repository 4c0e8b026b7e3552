"""What no template may hold: the content policy would refuse it, or a translator would miss it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.frontend.templates import (
    SOURCE,
    bare_attributes,
    bare_words,
    elements,
    markup,
    name,
    templates,
)

# Names, and codes that are the same in every language.
PROPER = {"Sluitend", "Alt", "KvK", "English", "Nederlands", "PDF", "SBI"}

INLINE_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]+\s*=|\shx-on\b|\sdata-hx-on\b", re.IGNORECASE)
EVALUATED = re.compile(r"=\s*[\"']?\s*(?:js|javascript)\s*:", re.IGNORECASE)
OUTSIDE = re.compile(r"\b(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)
ISOLATED = re.compile(
    r"{%\s*include\s+\"([^\"]+)\"(?:(?!%}|\scsrf_token=csrf_token\s).)*\sonly\s*%}", re.DOTALL
)
LINE = 120
# A tag of Django stands in one line; white space in an attribute or a title belongs to it.
ONE = r"{%(?:(?!%}).)*%}"
ALONE = re.compile(
    rf"""{ONE}|(?:<\w+ )?[\w-]+="(?:{ONE}|{{{{(?:(?!}}}}).)*}}}}|[^"])*">?|{{% block \w*title %}}.*"""
)


def test_there_are_templates() -> None:
    assert len(templates()) > 100


def offenders(faults: Callable[[Path], list[str]]) -> dict[str, list[str]]:
    """Return the templates that have faults, and these."""
    return {name(template): found for template in templates() if (found := faults(template))}


@pytest.mark.parametrize(
    "pattern",
    [INLINE_STYLE, INLINE_SCRIPT, HANDLER, EVALUATED, OUTSIDE],
    ids=["style", "script", "handler", "evaluated", "outside"],
)
def test_no_element_holds(pattern: re.Pattern[str]) -> None:
    assert offenders(lambda each: [element for element in elements(each) if pattern.search(element)]) == {}


@pytest.mark.parametrize("words", [bare_words, bare_attributes], ids=["between", "in attributes"])
def test_every_word_can_be_translated(words: Callable[[Path], list[str]]) -> None:
    assert offenders(lambda each: [word for word in words(each) if word not in PROPER]) == {}


def too_long(template: Path) -> list[str]:
    """Return the lines that are too long, and more than one tag, attribute or title."""
    lines = template.read_text("utf-8").splitlines()
    return [each for each in lines if len(each) > LINE and not ALONE.fullmatch(each.strip())]


def test_no_line_is_too_long() -> None:
    """The formatter leaves a line that may only part where white space is seen: break it where it is not."""
    assert offenders(too_long) == {}


def test_every_icon_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (SOURCE / "static/sluitend/icons.svg").read_text("utf-8")))
    named = re.compile(r'{%\s*icon "([\w-]+)"|\bicon_name="([\w-]+)"')

    def missing(template: Path) -> list[str]:
        return [
            name for pair in named.findall(markup(template)) for name in pair if name and name not in drawn
        ]

    assert offenders(missing) == {}


def isolated(template: Path) -> list[str]:
    """Return the templates with a form that are included with nothing but their own words, and no token."""
    words = {str(each): each.read_text("utf-8") for each in templates()}
    tokens = [path for path, text in words.items() if "{% csrf_token %}" in text]
    included = ISOLATED.findall(template.read_text("utf-8"))
    return [each for each in included if any(path.endswith(f"/{each}") for path in tokens)]


def test_a_form_has_its_token_wherever_it_is_included() -> None:
    """`only` leaves out the token too: the form would be refused in a browser, and in no test without one."""
    assert offenders(isolated) == {}


def test_the_patterns_see_what_they_should(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text(
        '{% translate "Goed" %}<p style="color: red" onclick="x()">Fout</p><script>x</script>'
        '<a title="Ook fout" href="javascript:x" hx-on:click="x">{{ goed }}</a><img src="//elders.example/x">'
    )
    found = list(elements(wrong))
    for pattern in (INLINE_STYLE, INLINE_SCRIPT, HANDLER, EVALUATED, OUTSIDE):
        assert any(pattern.search(element) for element in found), pattern
    assert too_long(wrong) == wrong.read_text("utf-8").splitlines()
    wrong_include = tmp_path / "including.html"
    wrong_include.write_text('{% include "cases/parts/do.html" with act=page.next only %}')
    assert isolated(wrong_include) == ["cases/parts/do.html"]
    wrong_include.write_text('{% include "cases/parts/do.html" with act=page csrf_token=csrf_token only %}')
    assert isolated(wrong_include) == []
    assert bare_words(wrong) == ["Fout"]
    assert bare_attributes(wrong) == ["Ook", "fout"]
