"""Where NL Design System has a component, it and its tokens settle how that looks, and no rule of ours.

A rule of ours may say what a component leaves open, and may dress it through tokens; what it says over a
component stands in `OVER`, with the reason.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.database import ROOT
from tests.frontend.templates import SOURCE, markup, name, templates

STYLES = ROOT / "frontend"
PARTS = re.findall(r'@import "(@[^"]+)"', (STYLES / "utrecht.css").read_text("utf-8"))
COMPONENTS = {
    "alert": "utrecht-alert",
    "badge": "utrecht-badge-status",
    "breadcrumb": "utrecht-breadcrumb-nav",
    "checkbox": "utrecht-checkbox",
    "description": "utrecht-form-field-description",
    "error": "utrecht-form-field-error-message",
    "field": "utrecht-form-field",
    "fieldset": "utrecht-form-fieldset",
    "label": "utrecht-form-label",
    "skip link": "nl-skip-link",
    "table": "utrecht-table",
}
"""What stands on our pages, and the class by which it is known."""
OURS_BEFORE = (
    "sl-field",
    "sl-group",
    "sl-hint",
    "sl-label",
    "sl-legend",
    "sl-note",
    "sl-skip",
    "sl-table",
    "sl-tag",
    "sl-trail",
    "sl-wrong",
)
OVER: dict[tuple[str, str], str] = {}
"""The part of a component and the property that a rule of ours settles all the same, and why."""
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CLASS = re.compile(r"\.((?:utrecht|nl)-[\w-]+?)(?=--|[^\w-]|$)")


def plain(sheet: str) -> Iterator[tuple[str, set[str]]]:
    """Return each selector of a sheet outside any condition, and which properties but tokens it settles."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    text = re.sub(r"@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    for selectors, body in RULE.findall(text):
        properties = {each.partition(":")[0].strip() for each in body.split(";") if ":" in each}
        for selector in selectors.split(","):
            yield selector.strip(), {each for each in properties if not each.startswith("-")}


def part_of(selector: str) -> str:
    """Return which part of which component a selector is about: the class, or a tag in a block."""
    selector = re.sub(r":not\([^()]*\)", "", selector)
    classes = CLASS.findall(selector)
    if not classes:
        return ""
    subject = re.split(r"[\s>+~]+", selector)[-1]
    if own := CLASS.findall(subject):
        return str(own[-1])
    tag = re.match(r"[a-z]\w*", subject)
    return f"{classes[0]} {tag[0]}" if tag and "." not in subject else ""


def settled(sheets: list[str]) -> set[tuple[str, str]]:
    """Return which property of which part of a component these sheets settle."""
    return {
        (part, each)
        for sheet in sheets
        for selector, properties in plain(sheet)
        if (part := part_of(selector))
        for each in properties
    }


def of_components() -> set[tuple[str, str]]:
    """Return what the components settle themselves."""
    files = [ROOT / "node_modules" / re.sub(r"(candidate/[\w-]+)/", r"\1/dist/", part) for part in PARTS]
    known = tuple(COMPONENTS.values())
    said = settled([file.read_text("utf-8") for file in files])
    return {(part, each) for part, each in said if part.startswith(known)}


def test_no_rule_of_ours_settles_what_a_component_settles() -> None:
    ours = settled([file.read_text("utf-8") for file in STYLES.glob("*.css") if file.name != "utrecht.css"])
    assert len(of_components()) > 40
    assert sorted(ours & of_components() - OVER.keys()) == []
    assert OVER.keys() <= ours


def test_the_pattern_sees_a_rule_over_a_component() -> None:
    wrong = ".utrecht-alert { color: red } .sl-x > .utrecht-alert--error, .sl-y { display: block }"
    fine = "@media print { .utrecht-alert { display: none } } .utrecht-alert { --utrecht-alert-color: red }"
    assert settled([wrong]) == {("utrecht-alert", "color"), ("utrecht-alert", "display")}
    assert settled([fine, ".utrecht-alert > .sl-icon, p:not(.utrecht-alert) { color: red }"]) == set()
    assert settled([".utrecht-table--html-table > tbody > tr > td { padding: 0 }"]) == {
        ("utrecht-table td", "padding")
    }


@pytest.mark.parametrize("own", OURS_BEFORE)
def test_what_a_component_took_over_is_nowhere_ours_any_more(own: str) -> None:
    word = re.compile(rf"(?<![\w-]){own}(?![\w]|-(?!-))")
    files = [*STYLES.glob("*.css"), *STYLES.glob("*.js"), *SOURCE.rglob("*.py")]
    assert [file.name for file in files if word.search(file.read_text("utf-8"))] == []
    assert [name(each) for each in templates() if word.search(markup(each))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("component", COMPONENTS)
def test_the_style_guide_shows(component: str) -> None:
    page = Client().get("/stijlgids/").content.decode()
    assert re.search(rf'class="(?:[^"]* )?{COMPONENTS[component]}[ "]', page)
