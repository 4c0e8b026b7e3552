"""What stands with an entry of the handbook: its mark when it is not confirmed, and where it comes from."""

from typing import Any

from django import template
from django.template import Context

from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.recognition import Reference

register = template.Library()


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
