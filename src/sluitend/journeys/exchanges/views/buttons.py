"""What a button or a form on the page of a transfer or a question does, and what is shown afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sluitend.journeys.exchanges import queries
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, actor_of, tried
from sluitend.kernel.followup.turns import words_of


@dataclass(frozen=True)
class Buttons:
    """The buttons of one kind of page: the name of its address, and what renders it."""

    address: str
    page: Callable[..., HttpResponse]
    subject: str

    def plain(self, request: HttpRequest, code: str, do: Callable[..., object], done: str) -> HttpResponse:
        """Do what a single button asks, and say what came of it."""
        error = tried(lambda: do(code=code, actor=actor_of(request)))
        if error:
            messages.warning(request, self._said(request, code, error))
        elif done:
            messages.success(request, done)
        return redirect(self.address, code=code)

    def press(
        self,
        request: HttpRequest,
        code: str,
        form: tuple[str, forms.Form],
        do: Callable[[dict[str, Any]], object],
        done: str,
    ) -> HttpResponse:
        """Do what a form on the page asks, or show the page again with what is wrong beside its field."""
        name, asked = form
        if asked.is_valid():
            error = tried(lambda: do(asked.cleaned_data))
            if error is None:
                messages.success(request, done)
                return redirect(self.address, code=code)
            said = self._said(request, code, error)
            asked.add_error(error.field if error.field in asked.fields else None, said)
        return self.page(request, code, status=AMISS, **{name: asked})

    def _said(self, request: HttpRequest, code: str, error: DomainError) -> str:
        return words_of(error, queries.last_turn(self.subject, code, actor_of(request)))
