"""The form that puts somebody in the list of who is on call."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.administration.forms.organisations import TELEPHONE


class DutyForm(forms.Form):
    """Who, on which days, and by which number."""

    person = forms.ChoiceField(label=_("Wie heeft dienst?"))
    first = forms.DateField(label=_("Eerste dag"), widget=forms.DateInput())
    last = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Een dienst begint om 8.00 uur en duurt tot 8.00 uur de volgende ochtend."),
        widget=forms.DateInput(),
    )
    telephone = forms.CharField(
        label=_("Telefoon van de dienst"),
        help_text=_("Wie buiten kantooruren dringend hulp vraagt, leest dit nummer. Geef geen privénummer."),
        max_length=40,
        required=False,
        validators=[TELEPHONE],
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _now("Kies een collega")), *people]  # type: ignore[attr-defined]
