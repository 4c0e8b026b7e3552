"""The page of a matter with two sides: what each side sees, and a view for each button and form on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.functional import Promise

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.flow.finding import sends
from sluitend.kernel.flow.models import kinds
from sluitend.kernel.flow.turns import said
from sluitend.kernel.manifest import Permission, SubjectKind

MOST_DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """For whom a form is made: what its side sees (nothing on the way from both), and what was sent of it."""

    code: str
    actor: Actor
    view: Any
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Press:
    """A button or a form on the page of a matter.

    Args:
        address: its last part.
        name: of the address.
        action: the right without which it does not exist.
        do: the action. It takes the code, the actor and what the form gathered, by the names of its fields.
        done: what is said when that was done.
        form: makes the form; None for a single button.
        given: name of the form in the template.
        shown: name of the property of what its side sees that says whether the form is there.
        then: name of the address of another matter, of which the action returns the code.
        seen: whether the action takes the turn that the page told of, as a single button sends it.
    """

    address: str
    name: str
    action: Permission
    do: Callable[..., object]
    done: str | Promise = ""
    form: Callable[[Asked], forms.Form] | None = None
    given: str = ""
    shown: str = ""
    then: str = ""
    seen: bool = False


@dataclass(frozen=True)
class Shown:
    """What one side sees: the query, its template and what can be pressed there."""

    query: Callable[[str, Actor], Any]
    template: str
    presses: tuple[Press, ...]


@dataclass(frozen=True)
class MatterPage:
    """The page of one kind of matter, with everything that can be pressed on it.

    Args:
        kind: of the matter; also the name of the address.
        app: the name under which its addresses stand.
        address: with the code of the matter in it.
        action: the right without which the page does not exist.
        sent, received: what each side sees.
        both: what can be pressed on either.
        trail: the way to the page.
    """

    kind: SubjectKind
    app: str
    address: str
    action: Permission
    sent: Shown
    received: Shown
    both: tuple[Press, ...] = ()
    trail: Callable[[Actor], list[dict[str, Any]]] = lambda _actor: []

    def urls(self) -> list[URLPattern]:
        """Return the address of the page and one for each press, each behind its own right."""
        show = guarded(self.action, *READING)(self._page)
        presses = (*self.sent.presses, *self.received.presses, *self.both)
        return [
            path(self.address, show, name=self.kind),
            *(path(f"{self.address}{each.address}/", self._view(each), name=each.name) for each in presses),
        ]

    def _view(self, press: Press) -> Callable[..., HttpResponse]:
        @guarded(press.action, "POST")
        def view(request: HttpRequest, code: str) -> HttpResponse:
            if press.form is None:
                return self._plain(request, code, press)
            return self._form(request, code, press, press.form)

        return view

    def _plain(self, request: HttpRequest, code: str, press: Press) -> HttpResponse:
        """Do what a single button asks, and say what came of it."""
        made: list[object] = []
        actor = actor_of(request)
        turn = request.POST.get("seen", "")
        seen = {"seen": int(turn)} if press.seen and turn.isdecimal() and len(turn) < MOST_DIGITS else {}
        error = tried(lambda: made.append(press.do(code=code, actor=actor, **seen)))
        if error:
            messages.warning(request, said(error, actor))
        elif press.done:
            messages.success(request, str(press.done))
        if error is None and press.then:
            return redirect(press.then, code=made[0])
        return self._back(code)

    def _form(
        self, request: HttpRequest, code: str, press: Press, make: Callable[[Asked], forms.Form]
    ) -> HttpResponse:
        """Do what a form asks, or show the page again with what is wrong beside its field."""
        actor = actor_of(request)
        side = self.sent if press in self.sent.presses else self.received
        view = None if press in self.both else side.query(code, actor)
        form = make(Asked(code, actor, view, request.POST))
        if form.is_valid():
            error = tried(lambda: press.do(code=code, actor=actor, **_gathered(form)))
            if error is None:
                messages.success(request, str(press.done))
                return self._back(code)
            form.add_error(error.field if error.field in form.fields else None, said(error, actor))
        return self._page(request, code, bound=(press, form))

    def _back(self, code: str) -> HttpResponse:
        return redirect(f"{self.app}:{self.kind}", code=code)

    def _page(
        self, request: HttpRequest, code: str, bound: tuple[Press, forms.Form] | None = None
    ) -> HttpResponse:
        actor = actor_of(request)
        side = self.sent if sends(kinds()[self.kind], code, actor) else self.received
        view = side.query(code, actor)
        offered = (*side.presses, *self.both)
        asked = Asked(code, actor, view)
        context = {
            "view": view,
            "trail": [*self.trail(actor), {"label": code, "code": True}],
            **{each.given: each.form(asked) for each in offered if each.form},
        }
        if bound:
            press, form = bound
            context[press.given] = form
            if not (press in offered and getattr(view, press.shown)):
                # Somebody else was first, and the form is gone that would say it.
                texts = (str(text) for each in form.errors.values() for text in each)
                messages.warning(request, next(texts, ""))
                context["gone"] = form
        return render(request, side.template, context, status=AMISS if bound else 200)


def _gathered(form: forms.Form) -> dict[str, Any]:
    """Return what the declared fields hold and what `clean` made of those that a form adds to itself."""
    names = form.cleaned_data.keys() - (form.fields.keys() - form.base_fields.keys())
    return {name: form.cleaned_data[name] for name in names}
