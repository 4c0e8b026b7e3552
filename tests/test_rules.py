"""What may stand where in the source, where the contracts of import-linter cannot say it.

Whatever is excused stands here with its reason, and goes from here once it needs no excuse.
"""

import ast
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from sluitend import journeys
from tests.database import ROOT

SOURCES = ROOT / "src" / "sluitend"
HTTP = ("django.http", "django.shortcuts", "django.urls")
PAGES = ("views", "urls", "forms")
ABOVE_KERNEL = ("surfaces/", "journeys/", "forms/")
VERBS = ("plan", "add_for_other", "finish", "settle")
ON_FLOW = ("journeys/cases/", "journeys/exchanges/", "journeys/editing/")
"""Journeys of which the verbs go by kernel/flow, or that have no steps."""
FOLLOWUP = "sluitend.kernel.followup.actions"

BY_ID = "a job gets ids, and finds its rows by them"

KNOWS_HTTP = {
    "kernel/access/acting.py": "works out who acts in a request",
    "kernel/access/throttle.py": "counts requests by where they come from",
    "kernel/sealing/downloads.py": "gives a document to a browser",
    "kernel/templates.py": "writes an address where a template asks for one",
}
ASKS_ROWS = {
    "journeys/exchanges/models.py": "a request knows by its recipient of what kind it is",
    "journeys/referrals/channels/pickup.py": "what a way to a partner does with its links is a part of verbs",
    "journeys/visits/jobs.py": BY_ID,
    "journeys/referrals/jobs.py": BY_ID,
    "journeys/administration/jobs.py": BY_ID,
    "surfaces/desk/entrance_forms.py": "a form of allauth that makes an account with its passkey",
    "surfaces/desk/views/entrance.py": "the passkeys of allauth",
    "surfaces/sessions.py": "the store of Django's own sessions",
    "surfaces/signin.py": "the passkeys of allauth",
}
FOLLOWS_UP = {
    "journeys/exchanges/actions/onward.py": "news of after a transfer: a job writes it, and why it presses",
    "journeys/exchanges/actions/listing.py": "the step is about an organisation itself, which is no matter",
}


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module but migrations, by its path below the sources."""
    files = [file for file in SOURCES.rglob("*.py") if "migrations" not in file.parts]
    return {file.relative_to(SOURCES).as_posix(): ast.parse(file.read_text()) for file in files}


def is_of(path: str, kinds: tuple[str, ...]) -> bool:
    """Return whether a module is, or stands in a folder, of one of these kinds: `actions`, `team_actions`."""
    parts = Path(path).with_suffix("").parts
    return any(part == kind or part.endswith(f"_{kind}") for part in parts for kind in kinds)


def imports(tree: ast.Module) -> Iterator[str]:
    """Return all that a module imports: `package.module` and `package.module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def knows_http(tree: ast.Module) -> bool:
    return any(f"{name}.".startswith(f"{each}.") for name in imports(tree) for each in HTTP)


def asks_rows(tree: ast.Module) -> bool:
    managers = ("objects", "_default_manager")
    return any(isinstance(node, ast.Attribute) and node.attr in managers for node in ast.walk(tree))


def follows_up(tree: ast.Module) -> bool:
    """Return whether a module calls a verb of followup, by its own name or through the module."""
    taken = {name for name in imports(tree) if name.startswith(FOLLOWUP)}
    if any(f"{FOLLOWUP}.{verb}" in taken for verb in VERBS):
        return True
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return FOLLOWUP in taken and bool(called.intersection(VERBS))


def makes_words(tree: ast.Module) -> bool:
    """Return whether a module makes a step, a kind, a right or a job of the clock out of a text."""
    words = ("StepKind", "SubjectKind", "Permission", "Clockwork")
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(each, ast.Name) and each.id in words for each in calls)


def in_domain(path: str) -> bool:
    if path.startswith(("surfaces/", "forms/")):
        return is_of(path, ("actions", "queries"))
    return path.startswith(("journeys/", "kernel/")) and not is_of(path, PAGES)


def above_rows(path: str) -> bool:
    return path.startswith(ABOVE_KERNEL) and not is_of(path, ("actions", "queries"))


def above_verbs(path: str) -> bool:
    """Return whether a module leaves steps to others: to kernel/flow, or to its own actions."""
    verbs = is_of(path, ("actions",)) and not path.startswith(ON_FLOW)
    return path.startswith(ABOVE_KERNEL) and not verbs


def no_manifest(path: str) -> bool:
    return not is_of(path, ("journey", "manifest"))


@pytest.mark.parametrize(
    ("concerns", "breaks", "excused"),
    [
        pytest.param(in_domain, knows_http, KNOWS_HTTP, id="no HTTP in the domain"),
        pytest.param(above_rows, asks_rows, ASKS_ROWS, id="rows are asked in actions and queries"),
        pytest.param(above_verbs, follows_up, FOLLOWS_UP, id="steps are planned and ended by verbs"),
        pytest.param(no_manifest, makes_words, {}, id="words of a journey stand in its manifest"),
    ],
)
def test_each_thing_stands_in_its_place(
    concerns: Callable[[str], bool], breaks: Callable[[ast.Module], bool], excused: dict[str, str]
) -> None:
    found = {path for path, tree in modules().items() if concerns(path) and breaks(tree)}
    assert sorted(found - excused.keys()) == []
    assert sorted(excused.keys() - found) == [], "needs no excuse any more"


@pytest.mark.parametrize(
    ("judge", "source"),
    [
        (knows_http, "from django.http import Http404"),
        (knows_http, "import django.urls"),
        (knows_http, "from django import shortcuts"),
        (asks_rows, "Case.objects.get(pk=1)"),
        (asks_rows, "model._default_manager.all()"),
        (follows_up, "from sluitend.kernel.followup.actions import plan"),
        (follows_up, "from sluitend.kernel.followup import actions as followup\nfollowup.settle()"),
        (makes_words, "StepKind('weigh')"),
    ],
)
def test_a_breach_is_seen(judge: Callable[[ast.Module], bool], source: str) -> None:
    assert judge(ast.parse(source))


def test_what_only_looks_like_one_is_none() -> None:
    assert not knows_http(ast.parse("from django.utils.http import urlencode\nfrom django.httpx import y"))
    assert not follows_up(ast.parse("from sluitend.kernel.followup.actions import finish_open\nx.plan()"))


def test_a_journey_has_its_place_in_the_order_and_a_door() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    by_id = {each["id"]: each for each in contracts}
    placed = {name.strip(" ()") for layer in by_id["journeys"]["layers"] for name in layer.split("|")}
    assert sorted(set(journeys.NAMES) - placed) == []
    behind = {
        path for key, each in by_id.items() if key.startswith("door-") for path in each["protected_modules"]
    }
    assert behind == {f"sluitend.journeys.{name}.*" for name in journeys.NAMES}
