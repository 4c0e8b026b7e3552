"""Where a late step goes, and who is reached day and night."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions.escalation import choose_escalation, set_picket
from sluitend.journeys.administration.forms.organisations import ChoiceForm, PicketForm
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE, ESCALATION_CHOOSE
from sluitend.journeys.administration.views.common import status_of
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.followup.escalation import WITH_PICKET
from sluitend.kernel.followup.queries import escalation_choice


@guarded(ESCALATION_CHOOSE, "GET", "HEAD", "POST")
def choose(request: HttpRequest) -> HttpResponse:
    """Show and choose where a late step goes."""
    actor = actor_of(request)
    row = escalation_choice(actor.own_organisation)
    form = ChoiceForm(request.POST or None, initial={"escalates_to": row.escalates_to})
    if form.is_valid():
        choose_escalation(form.cleaned_data["escalates_to"], actor)
        messages.success(request, _("Uw keuze is bewaard."))
        return redirect("overview")
    context = {"form": form, "row": row}
    return render(request, "administration/escalation.html", context, status=status_of(form))


@guarded(ACCOUNT_MANAGE, "GET", "HEAD", "POST")
def picket(request: HttpRequest) -> HttpResponse:
    """Show and set who is reached day and night."""
    actor = actor_of(request)
    if actor.organisation_kind not in WITH_PICKET:
        raise Http404
    row = escalation_choice(actor.own_organisation)
    initial = {"name": row.picket_name, "mail": row.picket_mail, "telephone": row.picket_telephone}
    form = PicketForm(request.POST or None, initial=initial)
    if form.is_valid():
        set_picket(actor=actor, **form.cleaned_data)
        messages.success(request, _("De gegevens zijn bewaard."))
        return redirect("manage_people")
    return render(request, "administration/picket.html", {"form": form}, status=status_of(form))
