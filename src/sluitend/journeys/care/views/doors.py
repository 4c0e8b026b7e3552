"""What came to the wrong door, at both desks: pass on, take over, give back, take back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.care import actions
from sluitend.journeys.care.door_forms import SignalForm
from sluitend.journeys.care.journey import CARE_WORK
from sluitend.journeys.care.queries.passing import background_of_facts
from sluitend.journeys.care.views.desk import shown
from sluitend.journeys.care.views.pressing import REQUEST, press
from sluitend.journeys.reports.journey import REPORT_INTAKE
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release

INTAKE = "cases:intake"
NOTHING_LEFT = gettext_lazy("Teruggegeven. Er blijft bij u niets achter.")

to_care = press(
    REPORT_INTAKE,
    actions.to_care,
    gettext_lazy("Doorgestuurd naar de zorg. Het blijft van u tot de zorg het overneemt."),
    INTAKE,
)
recall_from_care = press(
    REPORT_INTAKE,
    actions.recall_from_care,
    gettext_lazy("Teruggehaald. De zorg kan dit niet meer lezen."),
    INTAKE,
)
take_over_from_care = press(
    REPORT_INTAKE,
    actions.take_over_from_care,
    gettext_lazy("Overgenomen. De melder houdt dezelfde code."),
    INTAKE,
)
give_back_to_care = press(REPORT_INTAKE, actions.give_back_to_care, NOTHING_LEFT, INTAKE)
take_over = press(
    CARE_WORK,
    actions.take_over,
    gettext_lazy("Overgenomen. De aanvrager houdt dezelfde code."),
    REQUEST,
)
give_back = press(CARE_WORK, actions.give_back, NOTHING_LEFT, REQUEST)
recall_from_municipality = press(
    CARE_WORK,
    actions.recall_from_municipality,
    gettext_lazy("Teruggehaald. De gemeente kan dit niet meer lezen."),
    REQUEST,
)


@guarded(CARE_WORK, "POST")
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """Take a person on whom a municipality handed over, and go to the request that this is from now on."""
    made: list[str] = []
    error = tried(lambda: made.append(actions.take_in(code=code, actor=actor_of(request))))
    if error is not None:
        messages.warning(request, error.message)
        return redirect(f"/werk/ontvangen/{code}/")
    messages.success(request, _("Aangenomen als hulpvraag. Wat u hier schrijft, leest de gemeente niet."))
    return redirect("care:request", code=made[0])


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
