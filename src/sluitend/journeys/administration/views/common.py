"""What the pages of administration share."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404

from sluitend.kernel.access.views import AMISS, tried


def id_of(value: str) -> UUID:
    """Return the id that was sent; what is none looks like a page that is not there."""
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None


def done(form: forms.Form, action: Callable[[], object]) -> bool:
    """Try an action, and put what the person should hear beside its field. Returns whether it was done."""
    error = tried(action)
    if error is not None:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return error is None


def status_of(form: forms.Form) -> int:
    """Return the status of a page with this form: a form that came back says so."""
    return AMISS if form.is_bound and form.errors else 200
