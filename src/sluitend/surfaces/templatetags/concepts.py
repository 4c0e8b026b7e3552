"""Words of the work on a page of the desk: what they mean, once and where they first stand."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from sluitend.kernel.handbook.found import found_on
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.surfaces.concepts import Explained, explained, of_words

register = template.Library()


@register.inclusion_tag("components/what.html")
def what(name: str, number: int | None = None) -> dict[str, Explained]:
    """Offer what a word of the work means, a press away.

    Args:
        name: one of the `CONCEPTS`.
        number: of the release that the page reads. Without one the newest is asked for: one statement.
    """
    held = current_release() if number is None else release(number)
    return {"word": explained(name, held.pack)}


@register.tag
def words_here(parser: Parser, token: Token) -> template.Node:
    """Show a part of a page as it is, and keep which words of the handbook stand in it.

    {% words_here number as words %} up to {% endwords_here %}, with the number of the release that it reads.

    Raises:
        TemplateSyntaxError: it does not say of which release, or as what.
    """
    match token.split_contents():
        case [_tag, number, "as", name]:
            inside = parser.parse(("endwords_here",))
            parser.delete_first_token()
            return _WordsHere(inside, parser.compile_filter(number), name)
    raise template.TemplateSyntaxError("words_here needs: the number of a release, as, and a name")


class _WordsHere(template.Node):
    def __init__(self, nodelist: NodeList, number: FilterExpression, name: str) -> None:
        self.nodelist, self.number, self.name = nodelist, number, name

    def render(self, context: Context) -> SafeString:
        page, number = self.nodelist.render(context), self.number.resolve(context)
        there, today = found_on(number, page), timezone.localdate()
        words = release(number).pack.words
        context[self.name] = of_words(
            tuple(each for each in words if each.id in there and each.valid_on(today))
        )
        return page
