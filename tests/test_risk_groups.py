"""Belonging to a risk group is a fact of nobody: no field of a person, a matter or a form refers to one."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django import forms
from django.apps import apps
from pydantic import BaseModel

import sluitend
from sluitend.kernel.handbook import approach, pack
from sluitend.kernel.handbook.checks import references_in
from sluitend.kernel.handbook.entries import Entries, Entry, Refers
from sluitend.kernel.handbook.loading import kind_of, list_parts, load_pack
from tests.packs import den_haag

ROOT = Path(__file__).resolve().parents[1]
GROUP = re.compile(r"risk_?groups?|risico_?groep|vulnerab", re.IGNORECASE)

# The handbook itself and the pages that show it: what they hold is about groups, and nobody stands in it.
ABOUT_GROUPS = ("sluitend.kernel.handbook.", "sluitend.surfaces.handbook.")
# Nothing of people is in these: they start commands, or make the demonstration.
NOT_LOADED = ("__main__", "gunicorn_conf", "web_worker")


def modules() -> Iterator[ModuleType]:
    """Yield every module of the product."""
    for found in pkgutil.walk_packages(sluitend.__path__, "sluitend."):
        if not found.name.endswith(NOT_LOADED) and ".migrations." not in found.name:
            yield importlib.import_module(found.name)


def classes() -> Iterator[type]:
    """Yield every class of the product once, where it is written."""
    for module in modules():
        for _name, one in inspect.getmembers(module, inspect.isclass):
            if one.__module__ == module.__name__:
                yield one


def fields_of(one: type) -> Iterator[str]:
    """Yield the fields of a dataclass, a form or a typed model, and what it says it holds."""
    yield from getattr(one, "__annotations__", ())
    if dataclasses.is_dataclass(one):
        yield from (field.name for field in dataclasses.fields(one))
    if issubclass(one, forms.BaseForm):
        yield from getattr(one, "base_fields", ())
    if issubclass(one, BaseModel):
        yield from one.model_fields


def test_no_field_of_the_product_refers_to_a_risk_group() -> None:
    looked = [one for one in classes() if not one.__module__.startswith(ABOUT_GROUPS)]
    assert {"ReportContent", "NewSubject", "IdentityContent"} <= {one.__name__ for one in looked}
    found = [(one.__qualname__, name) for one in looked for name in fields_of(one) if GROUP.search(name)]
    assert found == []


def test_no_table_has_a_column_or_a_choice_for_a_risk_group() -> None:
    ids = set(den_haag().risk_groups.ids)
    assert {"lvb", "lhbtiq", "sekswerkers"} <= ids
    for model in apps.get_models():
        for field in model._meta.get_fields():
            assert not GROUP.search(field.name), (model.__name__, field.name)
            choices = {str(value) for value, _label in getattr(field, "choices", None) or ()}
            assert not choices & ids, (model.__name__, field.name)


def test_only_a_card_of_a_contact_moment_names_for_which_groups_it_was_made() -> None:
    """Search words lead to the page of a group, and say of nobody that they belong to it."""
    kinds = {part: kind_of(part) for part in list_parts()}
    named = {part for part, kind in kinds.items() if "risk_groups" in set(referred(kind))}
    assert named == {"moments", "search_words"}
    assert kinds["moments"] is approach.ContactMoment


def referred(model: type[BaseModel]) -> Iterator[str]:
    """Yield the lists that a kind of entry can refer to, in its pieces too."""
    for field in model.model_fields.values():
        yield from in_annotation(field.annotation, field.metadata)


def in_annotation(annotation: Any, marks: list[Any]) -> Iterator[str]:
    """Yield the lists that one field can refer to."""
    yield from (
        mark.kind for mark in [*marks, *getattr(annotation, "__metadata__", ())] if isinstance(mark, Refers)
    )
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield from referred(annotation)
    for inner in getattr(annotation, "__args__", ()):
        yield from in_annotation(inner, [])


def test_no_rule_of_a_plan_has_a_condition_on_a_group() -> None:
    for folder in (ROOT / "packs").iterdir():
        held = load_pack(folder)
        groups = set(held.risk_groups.ids)
        assert not [fact.id for fact in held.plan_facts if GROUP.search(fact.id)]
        for rule in held.plan_rules:
            assert not [
                value for when in rule.when for each in when.all for value in each.values if value in groups
            ]
            assert not [refers for _key, refers, _id in references_in(rule) if refers.kind == "risk_groups"]


def test_no_indicator_is_a_group() -> None:
    for folder in (ROOT / "packs").iterdir():
        held = load_pack(folder)
        groups = set(held.risk_groups.ids)
        for part in ("indicators", "marks", "questions"):
            entries: Entries[Entry] = getattr(held, part)
            assert not groups & set(entries.ids)


def test_the_look_would_see_one() -> None:
    """The tests above can fail: a field with such a name is seen in each kind of class."""
    made = dataclasses.make_dataclass("Made", [("risk_group", str)])
    form = type("Made", (forms.Form,), {"risicogroep": forms.CharField()})
    assert [name for one in (made, form, pack.Pack) for name in fields_of(one) if GROUP.search(name)]
