"""What came to the wrong door, at both desks: pass on, take over, give back, take back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sluitend.journeys.care import actions
from sluitend.journeys.care.door_forms import SignalForm
from sluitend.journeys.care.journey import CARE_WORK
from sluitend.journeys.care.queries.passing import background_of_facts
from sluitend.journeys.care.views.desk import shown
from sluitend.journeys.reports.journey import REPORT_INTAKE
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release


@guarded(REPORT_INTAKE, "POST")
def to_care(request: HttpRequest, code: str) -> HttpResponse:
    """Pass a report on to care."""
    done = _("Doorgestuurd naar de zorg. Het blijft van u tot de zorg het overneemt.")
    return _pressed(request, code, actions.to_care, done, "cases:intake")


@guarded(REPORT_INTAKE, "POST")
def recall_from_care(request: HttpRequest, code: str) -> HttpResponse:
    """Take a report back from care."""
    done = _("Teruggehaald. De zorg kan dit niet meer lezen.")
    return _pressed(request, code, actions.recall_from_care, done, "cases:intake")


@guarded(REPORT_INTAKE, "POST")
def take_over_from_care(request: HttpRequest, code: str) -> HttpResponse:
    """Take over what came from care."""
    done = _("Overgenomen. De melder houdt dezelfde code.")
    return _pressed(request, code, actions.take_over_from_care, done, "cases:intake")


@guarded(REPORT_INTAKE, "POST")
def give_back_to_care(request: HttpRequest, code: str) -> HttpResponse:
    """Give back to care what came from there."""
    done = _("Teruggegeven. Er blijft bij u niets achter.")
    return _pressed(request, code, actions.give_back_to_care, done, "cases:intake")


@guarded(CARE_WORK, "POST")
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """Take over what a municipality passed on."""
    done = _("Overgenomen. De aanvrager houdt dezelfde code.")
    return _pressed(request, code, actions.take_over, done, "care:request")


@guarded(CARE_WORK, "POST")
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Give back to the municipality what it passed on."""
    done = _("Teruggegeven. Er blijft bij u niets achter.")
    return _pressed(request, code, actions.give_back, done, "care:request")


@guarded(CARE_WORK, "POST")
def recall_from_municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Take a signal back from a municipality."""
    done = _("Teruggehaald. De gemeente kan dit niet meer lezen.")
    return _pressed(request, code, actions.recall_from_municipality, done, "care:request")


@guarded(CARE_WORK, "POST")
def to_municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Pass a request on as a signal: place and facts."""
    actor = actor_of(request)
    form = SignalForm(request.POST, background_of_facts(code, actor), pack=current_release().pack)
    if form.is_valid():
        data = form.cleaned_data
        error = tried(
            lambda: actions.to_municipality(
                code=code,
                actor=actor,
                municipality=data["municipality"],
                where=data["where"],
                facts=data["facts"],
                looked=form.looked,
            )
        )
        if error is None:
            messages.success(request, _("Doorgestuurd. Het blijft van u tot de gemeente het overneemt."))
            return redirect("care:request", code=code)
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return shown(request, code, signal_form=form)


def _pressed(
    request: HttpRequest, code: str, action: Callable[..., None], done: str, page: str
) -> HttpResponse:
    error = tried(lambda: action(code=code, actor=actor_of(request)))
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, done)
    return redirect(page, code=code)
