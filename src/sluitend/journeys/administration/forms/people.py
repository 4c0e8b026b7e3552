"""Forms about people and their roles."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.models import Role


class RoleForm(forms.Form):
    """A role in one's own organisation, until a day."""

    role = forms.ChoiceField(label=_("Rol"))
    until = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Voor een tijdelijke waarneming. Daarna stopt de toegang vanzelf."),
        required=False,
        widget=forms.DateInput(),
    )

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        """An end in the past is a slip of the pen; ending a role has its own button."""
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies vandaag of later."))
        return until


class InviteForm(RoleForm):
    """Somebody new."""

    field_order = ("name", "email", "role", "until")
    name = forms.CharField(label=_("Naam"), help_text=_("Voornaam en achternaam."), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254)


class FirstAdministratorForm(forms.Form):
    """Who keeps an organisation that has no administrator yet."""

    name = forms.CharField(label=_("Naam"), help_text=_("Voornaam en achternaam."), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254)


class EndRoleForm(forms.Form):
    """The last day of a role; empty means now."""

    until = forms.DateField(label=_("Laatste dag"), required=False, widget=forms.DateInput())
