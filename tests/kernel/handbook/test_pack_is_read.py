"""What the handbook says is read: a field, a choice or a term that nothing reads promises what no code keeps.

Each exception says why. One that is read by now fails too, so that the list stays true.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone
from pydantic import BaseModel
from tests import samples
from tests.packs import den_haag

import sluitend.kernel.handbook
from sluitend.journeys.cases.journey import CHOOSE_ROUTE
from sluitend.journeys.referrals.queries import offers
from sluitend.journeys.reports.journey import READ_REPORT, WEIGH
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.actions import publish
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.manifest import steps
from sluitend.kernel.organisations.models import Organisation

SOURCE = Path(sluitend.kernel.handbook.__file__).parents[2]
STANDARD = "of a standard that others publish: it goes into exports field by field"
TRAINING = "of the training, of which no page exists yet: it goes into exports field by field"
EDITORS = "for who edits the handbook: shown among the fields of the entry"
NOT_SHOWN = "nothing shows or uses it yet; it stands among the fields of the entry for who edits it"
EVERY_ENTRY = "read as a part among all parts"

FIELDS = {
    **{
        f"ExternalField.{name}": STANDARD
        for name in (
            *("standard", "entity", "cardinality", "code_system", "code_form"),
            *("based_on", "repeats"),
        )
    },
    "ExternalCode.standard": STANDARD,
    "Indicator.ilo11": STANDARD,
    "LearningGoals.goals": TRAINING,
    "TrainingQuestion.situation": TRAINING,
    "Pack.training_roles": TRAINING,
    "Pack.learning_goals": TRAINING,
    "Pack.training_questions": TRAINING,
    "Pack.reading_forms": EVERY_ENTRY,
    "Statement.statement": "docs/handreiking.md is made of it",
    "Statement.can": "docs/handreiking.md is made of it",
    "Statement.screens": "docs/handreiking.md is made of it",
    "Reference.tier": EDITORS,
    "Department.handles": NOT_SHOWN,
    "Department.keeps_case": NOT_SHOWN,
    "Source.on_hit": NOT_SHOWN,
    "Source.on_no_hit": NOT_SHOWN,
    "Block.lifted_by_whom": EDITORS,
    "Language.script": EDITORS,
    "Language.sound": NOT_SHOWN,
}
"""Fields that no Python and no template reads by name, and why they are there."""

CHOICES = {
    "Hour.LISTED": "an hour that the page tells of: the list puts who has no bed first at any hour",
    "BasisStatus.IN_FORCE": "what is not pending may be chosen",
    "Controller.CARE": "a municipality chooses among its own bases",
    "Controller.POLICE": "a municipality chooses among its own bases",
    "Controller.PARTNERSHIP": "a municipality chooses among its own bases",
    "Direction.RTL": "a template writes it as it stands",
    "Fills.NOBODY": "what no report and no row fills in stays as it is",
    "Fills.REPORTER": "the case keeps of each report who told it",
    **{
        f"InquiryAnswer.{name}": "it is compared with the answer of the row"
        for name in ("HIT", "SILENT", "NOTHING", "MAY_NOT", "DETAILS")
    },
    "Rank.GENERAL": "ranks are compared by their order",
    "Territory.IN_REGION": "what is not elsewhere is here",
}
"""Choices that no Python names and no template compares with, and why they are there."""


def below(kind: type[Any]) -> Iterator[type[Any]]:
    """Give every class that is made of another."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


@cache
def of_the_handbook(kind: type[Any]) -> tuple[type[Any], ...]:
    """Return the classes of a kind that the handbook defines."""
    package = sluitend.kernel.handbook
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found = {each for each in below(kind) if each.__module__.startswith(package.__name__)}
    return tuple(sorted(found, key=lambda each: each.__name__))


@cache
def python() -> str:
    """Return the whole source."""
    return "\n".join(path.read_text() for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@cache
def templates() -> str:
    """Return all templates."""
    return "\n".join(path.read_text() for path in SOURCE.rglob("*.html"))


@cache
def names_read() -> frozenset[str]:
    """Return every name that stands behind a dot."""
    found = set(re.findall(r"\.(\w+)", templates()))
    found |= {each.attr for each in ast.walk(ast.parse(python())) if isinstance(each, ast.Attribute)}
    return frozenset(found)


def test_every_field_is_read() -> None:
    fields = {
        f"{model.__name__}.{name}"
        for model in of_the_handbook(BaseModel)
        for name in model.__annotations__
        if name in model.model_fields and name not in names_read()
    }
    assert fields == set(FIELDS)


def test_every_choice_is_named() -> None:
    named = set(re.findall(r"\b(\w+)\.(\w+)", python()))
    choices = {
        f"{kind.__name__}.{choice.name}"
        for kind in of_the_handbook(Enum)
        for choice in kind
        if (kind.__name__, choice.name) not in named and f'"{choice.value}"' not in templates()
    }
    assert choices == set(CHOICES)


def test_every_term_is_asked_for() -> None:
    code = "\n".join(
        path.read_text()
        for path in SOURCE.rglob("*.py")
        if not {"migrations", "handbook", "demo"} & set(path.relative_to(SOURCE).parts)
    )
    asked = {step.term for step in steps().values()} | set(re.findall(r"\"(\w+)\"", code))
    assert [each for each in den_haag().deadlines.ids if each not in asked] == []


type Entry = dict[str, Any]

WORK = ("plan_shares.yaml", "work")
RULES: dict[str, tuple[str, str, Entry]] = {
    **{
        f"term of {what}": (
            "deadlines.yaml",
            str(what),
            {"term": {"unit": "working_days", "amount": 9}, "counts_in": "everyone"},
        )
        for what in (READ_REPORT, WEIGH, CHOOSE_ROUTE)
    },
    "answer of an action": ("plan_actions.yaml", "work_inspect", {"answer_days": 3}),
    "ground of an action": ("plan_tasks.yaml", "work", {"bases": ["avg_6_1_e"]}),
    "purposes of an action": (*WORK, {"purposes": ["information"]}),
    # What the samples of the pack ask for stays.
    "what an action shares": (
        *WORK,
        {"may": ["question", "company", "place", "area", "facts", "number_of_people", "vehicle"]},
    ),
    "what is never shared": ("parts.yaml", "residence_status", {"never": False}),
}
"""A rule, and how a change of it stands in the files of a pack."""


def change(folder: Path, file: str, entry_id: str, fields: Entry) -> None:
    """Change fields of an entry of a pack."""
    path = folder / file
    entries: list[Entry] = yaml.safe_load(path.read_text())
    (found,) = [each for each in entries if each["id"] == entry_id]
    found.update(fields)
    path.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False))


def seen() -> dict[str, Any]:
    """Make a matter by the handbook of now; return what of each rule shows in its steps and what can go."""
    who = samples.actor("af@westland.example")
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    until = {READ_REPORT: until_when(report, who)}
    case = samples.take_in(report, who)
    until[WEIGH] = until_when(case, who)
    samples.weigh(case, who)
    until[CHOOSE_ROUTE] = until_when(case, who)
    samples.compose(case, who)
    with acting(who):
        offer = offers.offer_for(case, "place", who)
    return {
        **{f"term of {what}": day for what, day in until.items()},
        "answer of an action": offer.answer_by,
        "ground of an action": [each.id for each in offer.bases],
        "purposes of an action": [each.id for each in offer.purposes],
        "what an action shares": sorted(each.part for each in offer.parts if each.allowed),
        "what is never shared": sorted(offer.never_parts),
    }


def until_when(code: str, who: Actor) -> date:
    """Return until when the step stands that something has now."""
    with acting(who):
        return timezone.localtime(NextStep.objects.get(code=code, done__isnull=True).due).date()


@pytest.fixture
def _fresh_memory(db: None) -> Iterator[None]:
    # A test's releases are rolled back, so what the process remembers of them must go too.
    release.cache_clear()
    yield
    release.cache_clear()


@pytest.mark.usefixtures("_fresh_memory")
def test_each_rule_that_changes_is_seen(folder: Path) -> None:
    before = seen()
    assert set(before) == set(RULES)
    for rule in RULES.values():
        change(folder, *rule)
    publish(folder, actor_name="Noor de Bruin")
    after = seen()
    assert [name for name in RULES if after[name] == before[name]] == []
