"""The page of a care file. Who works elsewhere gets the page of what never existed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import AfterSaidForm, AgeForm, ChildForm, LookForm, RemovalForm, Seen
from sluitend.journeys.care_files.journey import CARE_FILE_CONTACT, CARE_FILE_READ
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried


@guarded(CARE_FILE_READ, *READING)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one file: how to make contact first."""
    return page(request, code)


@guarded(CARE_FILE_CONTACT, "POST")
def end_rule(request: HttpRequest, code: str, rule: str) -> HttpResponse:
    """End a rule for contact."""
    form = Seen(request.POST)
    return sent(request, code, "end_form", form, lambda **more: actions.end_rule(rule=rule, **more))


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
    view = queries.care_file(code, actor_of(request))
    for form in bound.values():
        if isinstance(form, Seen) and form.conflict:
            form.clash(view.revision)
    seen = {"revision": view.revision}
    context = {
        "view": view,
        "trail": [
            {"label": _("Zorg"), "url": "/werk/zorg/"},
            {"label": view.request_code, "url": f"/werk/zorg/{view.request_code}/", "code": True},
            {"label": code, "code": True},
        ],
        "removals": [(each, _removal(each.id, seen, bound.get("removal_form"))) for each in view.removals],
        **_asked_now(view, seen),
        "wrong": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "care_files/file.html", context, status=AMISS if bound else 200)


def _asked_now(view: queries.FileView, seen: dict[str, int]) -> dict[str, forms.Form]:
    """Return the forms that stand on the page itself, for they are asked now: all others have a page."""
    course, found = view.course, dict[str, forms.Form]()
    if course.waiting:
        found["look_form"] = LookForm(initial=seen, auto_id="look_%s")
    if course.child_waits:
        found["child_form"] = ChildForm(initial=seen, auto_id="child_%s")
    if course.after_dates:
        found["said_form"] = AfterSaidForm(initial=seen, auto_id="said_%s")
    if view.minor and not view.closed:
        found["age_form"] = AgeForm(initial={**seen, **course.age_given}, auto_id="age_%s")
    return found


def _removal(asking: str, seen: dict[str, int], came_back: forms.Form | None) -> RemovalForm:
    if isinstance(came_back, RemovalForm) and came_back.asking == asking:
        return came_back
    return RemovalForm(initial=seen, asking=asking)
