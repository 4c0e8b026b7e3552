"""The page of a care file. Who works elsewhere gets the page of what never existed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import (
    AfterForm,
    AfterSaidForm,
    AgeForm,
    AppointmentForm,
    ChildForm,
    CloseForm,
    ContactForm,
    DetailsForm,
    LookForm,
    RemovalForm,
    RuleForm,
    Seen,
    StopForm,
)
from sluitend.journeys.care_files.journey import (
    CARE_FILE_CLOSE,
    CARE_FILE_CONTACT,
    CARE_FILE_READ,
    CARE_FILE_TRIED,
    CARE_FILE_WRITE,
)
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release

PERSON = ("call_name", "age_group", "language", "guardian", "parents_know", "own_number")


@guarded(CARE_FILE_READ, *READING)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one file: how to make contact first."""
    return page(request, code)


@guarded(CARE_FILE_WRITE, "POST")
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write who it is, and how the file stands."""
    view = queries.care_file(code, actor_of(request))
    form = DetailsForm(request.POST, state=view.state, minor=view.minor)

    def act(*, code: str, actor: Any, revision: int | None, state: str, **person: str) -> None:
        details = actions.Details(actions.Person(**person), state)
        actions.write_details(code=code, actor=actor, details=details, revision=revision)

    return sent(request, code, "details_form", form, act)


@guarded(CARE_FILE_CONTACT, "POST")
def add_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Add a rule for contact."""
    form = RuleForm(request.POST, auto_id="rule_%s")

    def act(*, code: str, actor: Any, revision: int | None, **parts: Any) -> None:
        rule = actions.Rule(**{name: _text(value) for name, value in parts.items()})
        actions.add_rule(code=code, actor=actor, rule=rule, revision=revision)

    return sent(request, code, "rule_form", form, act)


@guarded(CARE_FILE_CONTACT, "POST")
def end_rule(request: HttpRequest, code: str, rule: str) -> HttpResponse:
    """End a rule for contact."""
    form = Seen(request.POST)
    return sent(request, code, "end_form", form, lambda **more: actions.end_rule(rule=rule, **more))


@guarded(CARE_FILE_CONTACT, "POST")
def stop_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Let nobody make contact until a day."""
    return sent(request, code, "stop_form", StopForm(request.POST, auto_id="stop_%s"), actions.stop_contact)


@guarded(CARE_FILE_TRIED, "POST")
def note_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Note that contact was sought."""
    return sent(
        request, code, "contact_form", ContactForm(request.POST, auto_id="contact_%s"), actions.note_contact
    )


@guarded(CARE_FILE_CLOSE, "POST")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a file with its outcome."""
    return sent(
        request, code, "close_form", CloseForm(request.POST, pack=current_release().pack), actions.close
    )


def sent(
    request: HttpRequest, code: str, name: str, form: forms.Form, action: Callable[..., None]
) -> HttpResponse:
    """Do what a form asks, or show the page again with what is wrong beside its field."""
    if form.is_valid():
        error = tried(lambda: action(code=code, actor=actor_of(request), **form.cleaned_data))
        if error is None:
            messages.success(request, _("Bewaard."))
            return redirect("care_files:file", code=code)
        refused(form, error)
    return page(request, code, **{name: form})


def refused(form: forms.Form, error: DomainError, now: int | None = None) -> None:
    """Say on a form why it could not be done."""
    known = error.field if error.field in form.fields else None
    if isinstance(form, Seen) and isinstance(error, Conflict):
        form.conflict = True
    form.add_error(known, error.message)
    if now is not None and isinstance(form, Seen) and form.conflict:
        form.clash(now)


def page(request: HttpRequest, code: str, **bound: forms.Form) -> HttpResponse:
    """Show a file, with a form that came back in its place."""
    view, pack = queries.care_file(code, actor_of(request)), current_release().pack
    for form in bound.values():
        if isinstance(form, Seen) and form.conflict:
            form.clash(view.revision)
    seen = {"revision": view.revision}
    person = {name: getattr(view.person, name) for name in PERSON}
    context = {
        "view": view,
        "trail": [
            {"label": _("Zorg"), "url": "/werk/zorg/"},
            {"label": view.request_code, "url": f"/werk/zorg/{view.request_code}/", "code": True},
            {"label": code, "code": True},
        ],
        "details_form": DetailsForm(
            initial={**seen, **person, "state": view.state}, state=view.state, minor=view.minor
        ),
        "rule_form": RuleForm(initial=seen, auto_id="rule_%s"),
        "stop_form": StopForm(initial={**seen, "until": view.stop_until}, auto_id="stop_%s"),
        "contact_form": ContactForm(auto_id="contact_%s"),
        "removals": [(each, _removal(each.id, seen, bound.get("removal_form"))) for each in view.removals],
        "close_form": CloseForm(initial=seen, pack=pack),
        "meet_form": AppointmentForm(initial=seen, workers=queries.workers(actor_of(request))),
        "look_form": LookForm(initial=seen, auto_id="look_%s"),
        "age_form": AgeForm(initial={**seen, **view.course.age_given}, auto_id="age_%s"),
        "child_form": ChildForm(initial=seen, auto_id="child_%s"),
        "after_form": AfterForm(initial=seen, pack=pack, today=timezone.localdate()),
        "said_form": AfterSaidForm(initial=seen, auto_id="said_%s"),
        "wrong": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "care_files/file.html", context, status=AMISS if bound else 200)


def _removal(asking: str, seen: dict[str, int], came_back: forms.Form | None) -> RemovalForm:
    if isinstance(came_back, RemovalForm) and came_back.asking == asking:
        return came_back
    return RemovalForm(initial=seen, asking=asking)


def _text(value: Any) -> str:
    return value.isoformat("minutes") if hasattr(value, "hour") else str(value or "")
