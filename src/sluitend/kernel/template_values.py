"""What stands between braces in a template, looked up the short way; what is not plain is left to Django."""

from functools import cache
from typing import Any

from django.forms import BoundField
from django.template.base import FilterExpression, Variable
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # as Django itself does

NOTHING: Any = object()
"""What was not found the short way: it may still be there."""
_BY_NUMBER_ONLY = (None, str.__getitem__, tuple.__getitem__, BoundField.__getitem__)
"""What is in these is asked by a number, so that a name is the name of an attribute."""
_ATTRIBUTE, _KEY, _BY_DJANGO, _CALLED = range(4)
"""How a name is asked of a value: as an attribute, as a key, or by Django, which calls what it can."""


class _Ways(dict[type, int]):
    """How a name is asked of values of a kind, which is looked at once."""

    def __missing__(self, kind: type) -> int:
        if any("__call__" in vars(each) for each in kind.__mro__):
            way = _CALLED
        elif kind is dict:
            way = _KEY
        else:
            by_number = getattr(kind, "__getitem__", None) in _BY_NUMBER_ONLY
            way = _ATTRIBUTE if by_number else _BY_DJANGO
        self[kind] = way
        return way


_ways = _Ways()


def looked_up(names: Any, context: Any) -> Any:
    """Return a plain value under these names, or nothing: then Django is to look."""
    first = names[0]
    for layer in reversed(context.dicts):
        if first in layer:
            value = layer[first]
            break
    else:
        return NOTHING
    way = _ways[value.__class__]
    for name in names[1:]:
        if way == _ATTRIBUTE:
            value = getattr(value, name, NOTHING)
        elif way == _KEY:
            value = value.get(name, NOTHING)
        else:
            return NOTHING
        way = _ways[value.__class__]
    return NOTHING if way == _CALLED else value


class QuickVariable(Variable):
    """A variable that is looked up at once."""

    __slots__ = ()

    def _resolve_lookup(self, context: Any) -> Any:
        value = looked_up(self.lookups, context)
        return super()._resolve_lookup(context) if value is NOTHING else value  # type: ignore[misc]


class PlainExpression(FilterExpression):
    """A variable without filters, looked up at once."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """Return the value."""
        value = looked_up(self.var.lookups, context)
        return super().resolve(context, ignore_failures) if value is NOTHING else value


class FixedExpression(FilterExpression):
    """Words that stand in the template themselves, without filters."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """Return the words."""
        return self.var


class FilteredExpression(FilterExpression):
    """A value with filters; what each of them asks for is known."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """Return the value."""
        var: Any = self.var
        if self.is_var:
            value = NOTHING if var.translate or not var.lookups else looked_up(var.lookups, context)
            if value is NOTHING:
                return super().resolve(context, ignore_failures)
        else:
            value = var
        for function, beside in self.filters:
            here, escapes, safe = _asked_for(function)
            if here:
                value = template_localtime(value, context.use_tz)
            given = [each.resolve(context) if asked else mark_safe(each) for asked, each in beside]  # noqa: S308
            named = {"autoescape": context.autoescape} if escapes else {}
            found = function(value, *given, **named)
            value = mark_safe(found) if safe and isinstance(value, SafeData) else found  # noqa: S308
        return value


@cache
def _asked_for(function: Any) -> tuple[bool, bool, bool]:
    """Return what a filter asks for: time of here, whether to escape, and to be safe where its value is."""
    named = ("expects_localtime", "needs_autoescape", "is_safe")
    here, escapes, safe = (bool(getattr(function, each, False)) for each in named)
    return here, escapes, safe
