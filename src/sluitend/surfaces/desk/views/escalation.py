"""Where a late step goes, and who is reached day and night."""

from django import forms
from django.contrib import messages
from django.core.validators import EmailValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.forms.bound import SluitendForm
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.followup.journey import ESCALATION_CHOOSE
from sluitend.kernel.followup.models import EscalationChoice
from sluitend.kernel.followup.queries import escalation_choice
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces.desk import escalation
from sluitend.surfaces.desk.forms import TELEPHONE
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE
from sluitend.surfaces.desk.views.absence import status_of


class ChoiceForm(SluitendForm):
    """Where a late step goes after the manager."""

    escalates_to = forms.ChoiceField(
        label=_("Waar gaat een stap heen die ook bij de leidinggevende blijft liggen?"),
        choices=EscalationChoice.To.choices,
        widget=forms.RadioSelect,
    )


class PicketForm(SluitendForm):
    """Who is reached day and night."""

    name = forms.CharField(label=_("Naam"), max_length=80, required=False)
    mail = forms.CharField(
        label=_("E-mailadres"),
        help_text=_("Hierheen gaat een neutraal bericht als bij een acute melding niemand er is."),
        max_length=254,
        required=False,
        validators=[EmailValidator()],
        widget=forms.EmailInput(),
    )
    telephone = forms.CharField(label=_("Telefoon"), max_length=40, required=False, validators=[TELEPHONE])

    def clean(self) -> None:
        """A contact has a name and an address, or is not there."""
        data = self.cleaned_data
        if any(data.get(each) for each in ("name", "mail", "telephone")):
            for each in ("name", "mail"):
                if each not in self.errors and not data.get(each):
                    self.add_error(each, gettext("Vul dit ook in: anders bereikt een acute melding niemand."))


@guarded(ESCALATION_CHOOSE, "GET", "HEAD", "POST")
def choose(request: HttpRequest) -> HttpResponse:
    """Show and choose where a late step goes."""
    actor = actor_of(request)
    row = escalation_choice(actor.own_organisation)
    form = ChoiceForm(request.POST or None, initial={"escalates_to": row.escalates_to})
    if form.is_valid():
        escalation.choose(form.cleaned_data["escalates_to"], actor)
        messages.success(request, gettext("Uw keuze is bewaard."))
        return redirect("overview")
    return render(request, "desk/escalation.html", {"form": form, "row": row}, status=status_of(form))


@guarded(ACCOUNT_MANAGE, "GET", "HEAD", "POST")
def picket(request: HttpRequest) -> HttpResponse:
    """Show and set who is reached day and night."""
    actor = actor_of(request)
    if actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        raise Http404
    row = escalation_choice(actor.own_organisation)
    initial = {"name": row.picket_name, "mail": row.picket_mail, "telephone": row.picket_telephone}
    form = PicketForm(request.POST or None, initial=initial)
    if form.is_valid():
        escalation.set_picket(actor=actor, **form.cleaned_data)
        messages.success(request, gettext("De gegevens zijn bewaard."))
        return redirect("manage_people")
    return render(request, "desk/picket.html", {"form": form}, status=status_of(form))
