"""The tag that lets a form of the desk keep what is typed in it."""

from typing import Any
from uuid import UUID, uuid4

from django import template

from sluitend.forms.drafts import PAGE, kept_of

register = template.Library()


@register.inclusion_tag("components/draft.html", takes_context=True)
def draft(context: dict[str, Any], kind: str, *parts: object) -> dict[str, Any]:
    """Name the draft of the form around it, and give the lines that say what was kept and put back.

    Args:
        context: of the page.
        kind: of the page.
        parts: a code and what tells two forms of the same kind apart.
    """
    name = "-".join([kind, *(_short(each) for each in parts if each)])
    request = context["request"]
    # A form that came back is still the same page.
    page = request.POST.get(PAGE) or str(uuid4())
    return {"name": name, "kept": kept_of(name, request), "page": page}


def _short(part: object) -> str:
    return str(part)[: 8 if isinstance(part, UUID) else 14]
