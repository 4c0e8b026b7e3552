"""The list of duty: who works, and who is on call after hours and in the weekend."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions.duty import put_on_call, take_off_call
from sluitend.journeys.administration.forms.duty import DutyForm
from sluitend.journeys.administration.journey import ABSENCE_COLLEAGUE, DUTY
from sluitend.journeys.administration.views.common import done, id_of, status_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.followup.duty import AHEAD, duties, duty_day, duty_days
from sluitend.kernel.followup.queries import escalation_choice
from sluitend.kernel.organisations.models import STANDS_IN
from sluitend.kernel.organisations.queries import colleagues


@guarded(DUTY, "GET", "HEAD", "POST")
def duty(request: HttpRequest) -> HttpResponse:
    """Show who has duty this week, and put somebody in the list or take them out of it."""
    actor = actor_of(request)
    if "end" in request.POST:
        error = tried(lambda: take_off_call(id_of(request.POST["end"]), actor=actor))
        if error is None:
            messages.success(request, _("De dienst is weggehaald."))
        else:
            messages.error(request, error.message)
        return redirect("duty")
    people = {str(each.account_id): each.name for each in colleagues(actor.own_organisation)}
    form = DutyForm(request.POST or None, people=list(people.items()))
    if form.is_valid() and done(form, lambda: _put(form, actor)):
        messages.success(request, _("De dienst staat in de lijst."))
        return redirect("duty")
    today = duty_day(timezone.now())
    choice = escalation_choice(actor.own_organisation)
    context = {
        "form": form,
        "days": duty_days(actor.own_organisation, today, roles=STANDS_IN),
        "duties": duties(actor.own_organisation, first=today, last=today + AHEAD),
        "always": " ".join(filter(None, [choice.picket_name, choice.picket_telephone])),
        "says_absence": may(actor, ABSENCE_COLLEAGUE),
    }
    return render(request, "administration/duty.html", context, status=status_of(form))


def _put(form: DutyForm, actor: Actor) -> None:
    data = form.cleaned_data
    put_on_call(
        UUID(data["person"]),
        first=data["first"],
        last=data["last"],
        telephone=data["telephone"],
        actor=actor,
    )
