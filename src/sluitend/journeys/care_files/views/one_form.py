"""The pages of a care file with one form: shown, or done and back to the file."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import CloseForm, ContactForm, DetailsForm, RuleForm, Seen, StopForm
from sluitend.journeys.care_files.journey import (
    CARE_FILE_CLOSE,
    CARE_FILE_CONTACT,
    CARE_FILE_TRIED,
    CARE_FILE_WRITE,
)
from sluitend.journeys.care_files.queries import FileView
from sluitend.journeys.care_files.views.consents import FORM, trail_of
from sluitend.journeys.care_files.views.desk import refused
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release

PERSON = ("call_name", "age_group", "language", "subregion", "guardian", "parents_know", "own_number")


class Words(NamedTuple):
    """What a page with one form says, and under which name what is typed in it is kept."""

    draft: str
    title: str | Promise
    button: str | Promise
    lead: str | Promise = ""


@guarded(CARE_FILE_WRITE, *FORM)
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write who it is, and how the file stands."""
    view = queries.care_file(code, actor_of(request))
    person = {name: getattr(view.person, name) for name in PERSON}

    def make(data: Any, initial: dict[str, Any]) -> DetailsForm:
        known = {**initial, **person, "state": view.state}
        return DetailsForm(data, initial=known, state=view.state, minor=view.minor)

    def act(*, code: str, actor: Any, revision: int | None, state: str, **person: str) -> None:
        details = actions.Details(actions.Person(**person), state)
        actions.write_details(code=code, actor=actor, details=details, revision=revision)

    words = Words("person", _("De persoon"), _("Bewaar"), view.keep_short)
    return one_form(request, code, make, act, words, view=view)


@guarded(CARE_FILE_CONTACT, *FORM)
def add_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Add a rule for contact."""

    def act(*, code: str, actor: Any, revision: int | None, **parts: Any) -> None:
        rule = actions.Rule(**{name: _text(value) for name, value in parts.items()})
        actions.add_rule(code=code, actor=actor, rule=rule, revision=revision)

    return one_form(request, code, RuleForm, act, RULE)


@guarded(CARE_FILE_CONTACT, *FORM)
def stop_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Let nobody make contact until a day."""
    return one_form(
        request, code, StopForm, actions.stop_contact, STOP, known=lambda view: {"until": view.stop_until}
    )


@guarded(CARE_FILE_TRIED, *FORM)
def note_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Note that contact was sought."""
    return one_form(request, code, ContactForm, actions.note_contact, CONTACT)


@guarded(CARE_FILE_CLOSE, *FORM)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a file with its outcome."""

    def make(data: Any, initial: dict[str, Any]) -> CloseForm:
        return CloseForm(data, initial=initial, pack=current_release().pack)

    return one_form(request, code, make, actions.close, CLOSE, may=lambda view: view.course.waiting is None)


RULE = Words(
    "rule", pgettext_lazy("how to make contact", "Voeg een regel toe"), gettext_lazy("Voeg regel toe")
)
STOP = Words("stop", gettext_lazy("De persoon wil even geen contact"), gettext_lazy("Bewaar"))
CONTACT = Words("contact", gettext_lazy("Noteer contact"), gettext_lazy("Noteer"))
CLOSE = Words("close", gettext_lazy("Sluit met een uitkomst"), gettext_lazy("Sluit het dossier"))


def one_form(
    request: HttpRequest,
    code: str,
    make: Callable[..., forms.Form],
    act: Callable[..., object],
    words: Words,
    *,
    view: FileView | None = None,
    known: Callable[[FileView], dict[str, Any]] = lambda view: {},
    may: Callable[[FileView], bool] = lambda view: True,
) -> HttpResponse:
    """Show a page with one form, or do what it asks and go back to the file.

    Args:
        request: that asks or sends.
        code: of the file.
        make: makes the form of what was sent, and `initial`.
        act: what the form asks, once it is filled in well.
        words: of the page.
        view: the file, where it was read already.
        known: what stands in the form as the page opens.
        may: whether this can be done in the file now; nothing can in one that is closed.

    Raises:
        Absent: there is no such file here, or this is not done in it now.
    """
    actor, is_sent = actor_of(request), request.method == "POST"
    form = make(request.POST, initial={}) if is_sent else None
    if form is not None and form.is_valid():
        given = form.cleaned_data
        error = tried(lambda: act(code=code, actor=actor, **given))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error)
    # What somebody else wrote meanwhile is read after the act was refused by it.
    view = view if view and not is_sent else queries.care_file(code, actor)
    if form is None:
        if view.closed or not may(view):
            raise Absent
        form = make(None, initial={"revision": view.revision, **known(view)})
    elif isinstance(form, Seen) and form.conflict:
        form.clash(view.revision)
    context = {"view": view, "form": form, "words": words, "trail": trail_of(code)}
    return render(request, "care_files/form.html", context, status=AMISS if is_sent else 200)


def _text(value: Any) -> str:
    return value.isoformat("minutes") if hasattr(value, "hour") else str(value or "")
