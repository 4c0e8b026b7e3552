"""What every view of cases does: try an action, say what went wrong, go on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.views import AMISS


def attempt[Result](
    form: forms.Form, action: Callable[[], Result], field_of: Callable[[str | None], str | None] | None = None
) -> tuple[bool, Result | None]:
    """Run an action; on failure undo it and put its message on the form, with what was typed kept.

    Args:
        form: bound and valid.
        action: what to do.
        field_of: from the field that an action names to the field of this form.

    Returns:
        Whether it worked, and what came out.
    """
    try:
        with transaction.atomic():
            return True, action()
    except DomainError as error:
        field = field_of(error.field) if field_of else error.field
        known = field if field in form.fields else NON_FIELD_ERRORS
        form.add_error(None if known == NON_FIELD_ERRORS else known, error.message)
        if isinstance(form, Revised) and isinstance(error, Conflict):
            form.clash()
        return False, None


def status_of(form: forms.Form) -> int:
    """Return the status of a page with this form: a form that came back says so."""
    return AMISS if form.is_bound and form.errors else 200


def to(name: str, *args: Any, fragment: str = "") -> HttpResponseRedirect:
    """Go to a page of cases after something was done."""
    response = redirect(reverse(f"cases:{name}", args=args) + (f"#{fragment}" if fragment else ""))
    assert isinstance(response, HttpResponseRedirect)  # noqa: S101  (narrows the type)
    return response
