"""What stands with an entry of the handbook: its mark when it is not confirmed, and where it comes from."""

from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.recognition import Reference
from sluitend.surfaces.handbook.words import words_on

register = template.Library()

UNDATED = "n.d."
MONTH_LETTERS = 2


@register.inclusion_tag("handbook/parts/unconfirmed.html", takes_context=True)
def unconfirmed(context: Context, confirmed: bool) -> dict[str, Any]:
    """The mark "niet bevestigd" for who is signed in; nothing on what is confirmed."""
    return {"marked": not confirmed and context["reading"].professional}


@register.inclusion_tag("handbook/parts/sources.html", takes_context=True)
def sources(context: Context, entry: Entry) -> dict[str, Any]:
    """A fold with the documents that an entry rests on, and when it is looked at again."""
    references = context["reading"].pack.references
    known = [references[each] for each in entry.source if each in references]
    return {"references": [(each, _address(each)) for each in known], "entry": entry}


def _address(reference: Reference) -> str:
    return reference.address if reference.address.startswith(("https://", "http://")) else ""


@register.filter
def ended(title: str) -> str:
    """The title of a document with the full stop that it needs: none after a question mark."""
    return title if title.endswith((".", "?", "!")) else f"{title}."


@register.filter
def published(written: str) -> str:
    """When a document was published, in words: "2024-11" is "november 2024", "n.d." is without a date."""
    if written.startswith(UNDATED):
        return f"{_('zonder datum')}{written.removeprefix(UNDATED)}"
    match written.split("-"):
        case [year, month, day] if _is_day(year, month, day):
            return date_format(date(int(year), int(month), int(day)), "j F Y")
        case [year, month] if len(month) == MONTH_LETTERS and _is_day(year, month, "1"):
            return date_format(date(int(year), int(month), 1), "F Y")
    return written


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


@register.tag
def explained(parser: Parser, token: Token) -> template.Node:
    """Show a page as it is, and keep which words on it are explained: {% explained as words %} up to its end.

    Raises:
        TemplateSyntaxError: it does not say as what.
    """
    match token.split_contents():
        case [_tag, "as", name]:
            inside = parser.parse(("endexplained",))
            parser.delete_first_token()
            return _Explained(inside, name)
    raise template.TemplateSyntaxError("explained needs: as, and a name")


class _Explained(template.Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        page = self.nodelist.render(context)
        context[self.name] = words_on(context["reading"], page)
        return page
