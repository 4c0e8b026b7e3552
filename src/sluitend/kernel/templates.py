"""Templates as Django compiles them, with what most of their nodes do done the short way.

A page of fifty rows looks up and writes over a thousand values. Django takes a dozen calls for each: whatever
a value may be is asked each time. Nearly all are plain text under a name or an attribute, for which a look
at their kind is enough. Anything else is left to Django, from the start, so that a page says the same.
"""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from html import escape
from itertools import groupby
from threading import Lock
from typing import Any, cast
from uuid import UUID

from django.template import Engine, Template
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import ForNode, IfNode, TemplateLiteral, URLNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from sluitend.kernel.template_values import (
    NOTHING,
    FilteredExpression,
    FixedExpression,
    PlainExpression,
    QuickVariable,
    looked_up,
)

_is_special = re.compile("[&<>\"']").search
"""Tells whether there is something to escape: looking five times for it takes twice as long."""


class Loader(cached.Loader):
    """Loads and keeps templates as Django does.

    A process begins without any, and its first visitors come together. They get the same template, so only
    one of them changes it, and none writes a page with it before that is done.
    """

    def __init__(self, engine: Engine, loaders: list[Any]) -> None:
        super().__init__(engine, loaders)
        self._changing = Lock()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a template."""
        template = super().get_template(template_name, skip)
        if not (template.engine.debug or hasattr(template, "is_quick")):
            with self._changing:
                if not hasattr(template, "is_quick"):
                    quicken([template.nodelist])
                    template.is_quick = True  # type: ignore[attr-defined]
        return template


def quicken(parts: Iterable[Any]) -> None:
    """Let these parts of a template, and all in them, go the short way where there is one."""
    waiting, seen = list(parts), set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if quick := _quick(part):
            part.__class__ = quick
        if isinstance(part, ForNode):
            # Each row is asked as one part, and not part by part.
            part.nodelist_loop = NodeList([cast("Any", part.nodelist_loop)])
        elif isinstance(part, IncludeNode) and _is_always_the_same(part.template):
            part.template = cast("Any", KnownTemplate(part.template))
        if isinstance(part, (list, tuple)):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, FilterExpression):
            waiting += [part.var, part.filters]
        elif isinstance(part, (Node, TokenBase)):
            waiting.extend(vars(part).values())


def _is_always_the_same(name: Any) -> bool:
    return not (name.is_var or name.filters or name.var.startswith("."))


def _quick(part: Any) -> type | None:
    """Return the kind that does the same the short way, if there is one for this part."""
    kind = type(part)
    if kind is FilterExpression:
        if part.filters:
            return FilteredExpression
        if not part.is_var:
            return FixedExpression
        return PlainExpression if part.var.lookups and not part.var.translate else None
    return QUICK.get(kind)


class QuickURLNode(URLNode):
    """Writes an address, which is made once for the same page of the same matter."""

    def render(self, context: Any) -> str:
        """Return the address, or nothing where it is only given a name."""
        given = tuple(each.resolve(context) for each in self.args)
        if self.kwargs or not all(each.__class__ in PLAIN for each in given):
            return super().render(context)
        try:
            written = _address(get_resolver(), self.view_name.resolve(context), given)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = written
            return ""
        return escape(written) if context.autoescape and _is_special(written) else written


class QuickStaticNode(StaticNode):
    """Writes the address of one of our own files, which a process looks up only once."""

    def render(self, context: Any) -> str:
        """Return the address."""
        return self._address if self.is_always_same else super().render(context)

    @cached_property
    def is_always_same(self) -> bool:
        """Whether the file is named in the template itself, and its address is plain."""
        plain = _is_always_the_same(self.path) and not self.varname
        return plain and not _is_special(self._address)

    @cached_property
    def _address(self) -> str:
        return self.handle_simple(self.path.var)


PLAIN = frozenset((str, SafeString, int, UUID))
"""What part of an address a value of these kinds is follows from the value alone."""


@lru_cache(maxsize=4096)
def _address(_map: Any, name: str, given: tuple[Any, ...]) -> str:
    return reverse(name, args=given)


class QuickNodeList(NodeList):
    """Asks text for itself only once, and what stands in it only once."""

    def render(self, context: Any) -> SafeString:
        """Return all of it."""
        return SafeString(self.written(context))

    def written(self, context: Any) -> str:
        """Return all of it for what puts it into more text, and need not be told that it is safe."""
        return "".join([each if each.__class__ is str else each(context) for each in self._ways])

    render_annotated = written
    """As a list of rows asks it, of which each is one part."""

    @cached_property
    def _ways(self) -> list[Any]:
        """Text, and of any other part what writes it; a run of what is always the same is one part."""
        runs = [(same, list(run)) for same, run in groupby(self, _is_same)]
        return [way for same, run in runs for way in (_ways_of_same(run) if same else map(_way_of, run))]

    def get_nodes_by_type(self, nodetype: Any) -> list[Any]:
        """Return all parts of a kind, at any depth: each page asks which blocks its shell has."""
        kept: dict[Any, list[Any]] = vars(self).setdefault("kept", {})
        if (found := kept.get(nodetype)) is None:
            found = kept[nodetype] = super().get_nodes_by_type(nodetype)
        return found


def _is_same(node: Any) -> bool:
    """Whether a part writes the same on every page in a language, and does nothing else."""
    if node.__class__ is QuickTranslateNode:
        return node.is_same and not node.asvar
    return node.__class__ is TextNode or getattr(node, "is_always_same", False)


def _ways_of_same(run: list[Any]) -> list[Any]:
    in_words = any(node.__class__ is QuickTranslateNode for node in run)
    return [_Same(run).render if in_words else "".join([node.render(None) for node in run])]


def _spoken(context: Any) -> str | None:
    """Return the language of a page, which is asked once: Django asks each time for a task of asyncio."""
    try:
        return cast("str | None", context.spoken)
    except AttributeError:
        context.spoken = spoken = get_language()
        return spoken


class QuickLanguageNode(LanguageNode):
    """Writes a part in another language."""

    def render(self, context: Any) -> str:
        """Return the part."""
        before, context.spoken = _spoken(context), self.language.resolve(context)
        try:
            return super().render(context)
        finally:
            context.spoken = before


class _Same:
    """Parts that write the same on every page in a language, which are put together once for each."""

    def __init__(self, parts: list[Any]) -> None:
        self._parts, self._kept = parts, dict[Any, str]()

    def render(self, context: Any) -> str:
        """Return what they write."""
        spoken = _spoken(context), context.autoescape
        if (written := self._kept.get(spoken)) is None:
            written = self._kept[spoken] = "".join([each.render(context) for each in self._parts])
        return written


def _way_of(node: Any) -> Any:
    # What Django puts around it is for who looks for a fault in a template.
    is_plain = getattr(node.__class__, "render_annotated", None) is Node.render_annotated
    return node.render if is_plain else node.render_annotated


class KnownTemplate:
    """Stands for a template with a name that is always the same, which is looked for only once.

    Args:
        named: the name.
    """

    def __init__(self, named: FilterExpression) -> None:
        self._named, self._found = named, None

    def resolve(self, context: Any) -> Any:
        """Return the template."""
        if self._found is None:
            self._found = context.template.engine.get_template(self._named.resolve(context))
        return self._found


def _names_of(value: Any) -> Any:
    """Return under which names a plain value is looked up; none for any other."""
    return value.var.lookups if value.__class__ is PlainExpression else None


class QuickIfNode(IfNode):
    """Asks a condition at once."""

    def render_annotated(self, context: Any) -> Any:
        """Return what stands under the first condition that holds."""
        for names, condition, written in self._branches:
            holds = looked_up(names, context) if names else NOTHING
            if holds is NOTHING:
                try:
                    holds = condition is None or condition.eval(context)
                except VariableDoesNotExist:
                    continue
            if holds:
                return written(context)
        return ""

    @cached_property
    def _branches(self) -> list[tuple[Any, Any, Any]]:
        """Of each condition: its names where it is a plain value, itself, and what writes what it is for."""
        return [
            (_names_of(getattr(condition, "value", None)), condition, getattr(under, "written", under.render))
            for condition, under in self.conditions_nodelists
        ]


class QuickLiteral(TemplateLiteral):
    """A value in a condition."""

    def eval(self, context: Any) -> Any:
        """Return the value."""
        value: Any = self.value
        if value.__class__ is PlainExpression:
            found = looked_up(value.var.lookups, context)
            if found is not NOTHING:
                return found
        elif value.__class__ is FixedExpression:
            return value.var
        return value.resolve(context, True)


class QuickBlockTranslateNode(BlockTranslateNode):
    """Translates a sentence with values in it, which is put together only once for each language."""

    def render(self, context: Any, nested: bool = False) -> str:
        """Return the sentence with its values."""
        if nested or not self.is_plain:
            return super().render(context, nested)
        spoken = _spoken(context)
        kept: dict[Any, tuple[str, list[str]]] = vars(self).setdefault("translated", {})
        if (found := kept.get(spoken)) is None:
            sentence, names = self.render_token_list(self.singular)
            found = kept[spoken] = gettext(sentence), names
        sentence, names = found
        given = {name: value.resolve(context) for name, value in self.extra_context.items()}
        try:
            values = [given[name] if name in given else context[name] for name in names]
            return sentence % dict(zip(names, [_in_words(each, context) for each in values], strict=True))
        except (KeyError, ValueError):  # a value that is not there, or a translation that is malformed
            return super().render(context)

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is one sentence, for any number, that goes on the page."""
        return not (self.message_context or self.counter or self.asvar)

    def render_token_list(self, tokens: Any) -> tuple[str, list[str]]:
        """Return the sentence and the names of its values, a list that whoever asks adds to."""
        kept: dict[int, tuple[str, list[str]]] = vars(self).setdefault("kept", {})
        if (found := kept.get(id(tokens))) is None:
            found = kept[id(tokens)] = super().render_token_list(tokens)
        sentence, names = found
        return sentence, [*names]


def _in_words(value: Any, context: Any) -> Any:
    """Return a value as it stands on the page."""
    kind = value.__class__
    if kind is SafeString:
        return value
    if kind is str and context.autoescape:
        return escape(value) if _is_special(value) else value
    if kind is int and -1000 < value < 1000:  # no language groups the figures of these
        return str(value)
    return render_value_in_context(value, context)


class QuickVariableNode(VariableNode):
    """Writes a value."""

    def render_annotated(self, context: Any) -> Any:
        """Return the value as it stands on the page."""
        value = looked_up(self._names, context) if self._names else NOTHING
        if value is NOTHING:
            try:
                value = self.filter_expression.resolve(context)
            except UnicodeDecodeError:
                return ""
        return _in_words(value, context)

    @cached_property
    def _names(self) -> Any:
        return _names_of(self.filter_expression)


class QuickTranslateNode(TranslateNode):
    """Writes words that are always the same, as they were written before in that language."""

    def render(self, context: Any) -> str:
        """Return the words, or nothing where they are only given a name."""
        spoken = _spoken(context), context.autoescape
        kept: dict[Any, str] = vars(self).setdefault("kept", {})
        if (words := kept.get(spoken)) is None:
            words = super().render(context)
            if not self.is_same:
                return words
            kept[spoken] = words = context[self.asvar] if self.asvar else words
        if not self.asvar:
            return words
        context[self.asvar] = words
        return ""

    @cached_property
    def is_same(self) -> bool:
        """Whether the words are in the template themselves."""
        expression = self.filter_expression
        return not (expression.filters or expression.var.lookups or self.message_context)


QUICK: dict[type, type] = {
    Variable: QuickVariable,
    NodeList: QuickNodeList,
    IfNode: QuickIfNode,
    VariableNode: QuickVariableNode,
    TranslateNode: QuickTranslateNode,
    BlockTranslateNode: QuickBlockTranslateNode,
    TemplateLiteral: QuickLiteral,
    URLNode: QuickURLNode,
    StaticNode: QuickStaticNode,
    LanguageNode: QuickLanguageNode,
}
