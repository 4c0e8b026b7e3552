"""The forms by which an organisation is asked about the handbook, and by which it answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.fields import chips, line, text
from sluitend.journeys.editing.statements import BY_MOST, MUST_MOST, Statement

RIGHT, WRONG = "klopt", "anders"


class LinkForm(forms.Form):
    """Where the link goes. Somebody confirms it; nothing goes by itself."""

    address = forms.CharField(
        label=gettext_lazy("E-mailadres van de organisatie"),
        max_length=254,
        help_text=gettext_lazy("Gebruik een postbus van de organisatie. Controleer het adres."),
        error_messages={"required": gettext_lazy("Schrijf waar de link heen gaat.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, address: str = "", data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"address": address}, auto_id="asked_%s")


class CheckForm(forms.Form):
    """Each line of what the handbook says: right, or what it must be; and who says so."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, lines: Sequence[Statement], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="check_%s")
        self.lines = lines
        for number, each in enumerate(lines):
            answers = [(RIGHT, _("Klopt")), (WRONG, _("Klopt niet"))]
            self.fields[f"line_{number}"] = chips(
                f"{each.name}: {each.says}",
                answers,
                missing=_("Kies of dit klopt."),
                shows={WRONG: f"#check_must_{number}"},
            )
            self.fields[f"must_{number}"] = text(
                _("%(name)s: wat moet er staan?") % {"name": each.name},
                required=False,
                rows=2,
                most=MUST_MOST,
            )
        self.fields["by"] = line(
            _("Wie zegt dit?"),
            _("Uw functie is genoeg. Het komt bij deze regels in het handboek te staan."),
            required=True,
            most=BY_MOST,
            missing=_("Schrijf uw functie, of uw naam."),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the words where a line is not right."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number, _each in enumerate(self.lines):
            if cleaned.get(f"line_{number}") == WRONG and not cleaned.get(f"must_{number}"):
                self.add_error(f"must_{number}", _("Schrijf wat er moet staan, of kies 'Klopt'."))
        return cleaned

    def given(self) -> dict[str, str]:
        """Return what each statement must be; empty where it is right."""
        return {
            each.key: (
                self.cleaned_data[f"must_{number}"] if self.cleaned_data[f"line_{number}"] == WRONG else ""
            )
            for number, each in enumerate(self.lines)
        }
