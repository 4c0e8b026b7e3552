"""Tags for two who work on the same thing: what the other did, both texts, and what was typed."""

from typing import Any
from uuid import uuid4

from django import forms, template

from sluitend.journeys.cases import queries
from sluitend.kernel.access.views import actor_of

register = template.Library()
TYPED = (forms.Textarea, forms.TextInput)
NOT_TYPED = (forms.NumberInput, forms.EmailInput)


@register.inclusion_tag("components/clash.html", takes_context=True)
def clash(context: dict[str, Any], form: forms.Form, code: str) -> dict[str, Any]:
    """Say who was first, and let somebody choose, when a form came back because another changed the case.

    Args:
        context: of the page.
        form: that came back.
        code: of the case.
    """
    if not getattr(form, "conflict", False):
        return {}
    differences = form.differences() if hasattr(form, "differences") else []
    return {
        "shown": True,
        "change": queries.last_change(code, actor_of(context["request"])),
        "differences": differences,
        "code": code,
    }


@register.inclusion_tag("components/typed.html", takes_context=True)
def typed(context: dict[str, Any], form: forms.Form | None, code: str = "") -> dict[str, Any]:
    """Give back what was typed in a form that is no longer there, to copy or to keep as a note on a case.

    Args:
        context: of the page.
        form: that was sent, or nothing.
        code: of the case on which it can be kept.
    """
    texts = typed_in(form) if isinstance(form, forms.Form) else []
    whole = "\n\n".join(f"{label}\n{text}" for label, text in texts)
    return {
        "texts": texts,
        "whole": whole,
        "code": code,
        "draft": f"note-{code}",
        "page": uuid4(),
        "csrf_token": context.get("csrf_token"),
    }


def typed_in(form: forms.Form) -> list[tuple[str, str]]:
    """Return what was typed in own words in a bound form, with the question above it."""
    fields = [
        each
        for each in form
        if isinstance(each.field.widget, TYPED) and not isinstance(each.field.widget, NOT_TYPED)
    ]
    said = [(str(each.label), str(each.data or "").strip()) for each in fields]
    return [(label, text) for label, text in said if text]
