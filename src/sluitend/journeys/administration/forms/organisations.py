"""Forms about organisations, and who is reached for one."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.followup.models import EscalationChoice
from sluitend.kernel.organisations.models import Organisation

CODE = RegexValidator(r"^[A-Za-z0-9-]{2,60}$", _("Een code heeft alleen letters, cijfers en streepjes."))
TELEPHONE = RegexValidator(
    r"^[0-9 +()-]{3,40}$", _("Een telefoonnummer heeft alleen cijfers, spaties en een +.")
)


class OrganisationDetailsForm(forms.Form):
    """What the directory says of an organisation."""

    name = forms.CharField(label=_("Naam"), max_length=160)
    mail = forms.EmailField(
        label=_("Postbus"),
        help_text=_(
            "Hierheen gaat een neutraal bericht als een stap ook bij de leidinggevende blijft liggen."
        ),
        max_length=254,
        required=False,
    )
    telephone = forms.CharField(label=_("Telefoon"), max_length=40, required=False, validators=[TELEPHONE])


class OrganisationForm(OrganisationDetailsForm):
    """A new organisation."""

    field_order = ("kind", "code", "name", "subregions", "partner_key", "mail", "telephone")
    kind = forms.ChoiceField(
        label=_("Soort"),
        choices=[
            (kind.value, kind.label) for kind in Organisation.Kind if kind is not Organisation.Kind.PLATFORM
        ],
        widget=forms.RadioSelect(attrs={"kind": "chips"}),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("De CBS-code van een gemeente begint met GM."),
        max_length=60,
        validators=[CODE],
    )
    partner_key = forms.CharField(
        label=_("Naam in het handboek"),
        help_text=_("Alleen voor een ketenpartner."),
        max_length=60,
        required=False,
    )
    subregions = forms.MultipleChoiceField(
        label=_("Deel van de regio"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )

    def __init__(self, *args: Any, subregions: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subregions"].choices = [(str(part), name) for part, name in subregions]  # type: ignore[attr-defined]


class ChoiceForm(forms.Form):
    """Where a late step goes after the manager."""

    escalates_to = forms.ChoiceField(
        label=_("Waar gaat een stap heen die ook bij de leidinggevende blijft liggen?"),
        choices=EscalationChoice.To.choices,
        widget=forms.RadioSelect,
    )


class PicketForm(forms.Form):
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
