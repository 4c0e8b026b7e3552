"""A report on one page, of somebody who is known: typed for a colleague, or by a partner with an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.checks import checked_phone
from sluitend.forms.fields import ChoiceField
from sluitend.journeys.reports import danger, fields
from sluitend.journeys.reports.forms import WhatForm, labelled, words


class OnePageForm(WhatForm):
    """A report of one page at the desk, of somebody who is known."""

    when = None  # type: ignore[assignment]
    day = fields.PastDay(
        label=_("Wanneer?"), required=True, error_messages={"required": _("Vul in wanneer het was.")}
    )

    def clean_reporter_phone(self) -> str:
        """Check a telephone number."""
        return checked_phone(self.cleaned_data["reporter_phone"])

    def moment(self) -> str:
        """Return the day that was typed."""
        return str(self.cleaned_data["day"])


class EnterForm(OnePageForm):
    """A report that a colleague rings or mails, typed by the focal point in a minute."""

    reporter_name = fields.line(
        _("Naam van uw collega"), required=True, missing=_("Vul de naam van uw collega in.")
    )
    reporter_phone = fields.line(_("Telefoon van uw collega"), inputmode="tel", width="sl-w-s")
    confidential = forms.BooleanField(label=_("Noem de naam van uw collega niet"), required=False)
    acute = forms.BooleanField(label=_("Er is nu direct gevaar, 112 is gebeld"), required=False)

    def prepare(self) -> None:
        """Word the questions for whoever types for another."""
        super().prepare()
        self.fields["saw"].label = _("Wat zag of hoorde uw collega?")
        self.fields["saw"].help_text = _("Feiten. Wat hij of zij denkt, komt hierna.")
        self.fields["think"].label = _("Wat denkt uw collega dat er speelt?")
        self.fields["think"].help_text = ""
        self.fields["where"].label = _("Waar?")


class SignalForm(OnePageForm):
    """What a partner with an account saw: with place, plate, day and files, of somebody who is known."""

    function = fields.line(
        _("Uw functie"),
        required=True,
        missing=_("Schrijf uw functie. De gemeente weet dan wie dit zag."),
        help_text=_("Bijvoorbeeld rechercheur, inspecteur of zorgcoördinator."),
    )
    reporter_phone = fields.line(
        _("Uw telefoonnummer op het werk"), inputmode="tel", width="sl-w-s", autocomplete="tel"
    )
    confidential = forms.BooleanField(label=_("Noem mijn naam niet"), required=False)
    uploads = fields.Files(label=_("Foto's of documenten"))
    acute = danger.question()
    form = ChoiceField(label=_("Waar lijkt het op?"), required=False)

    def prepare(self) -> None:
        """Say what becomes of a photo, and offer the forms of exploitation."""
        super().prepare()
        kinds = self.pack.forms
        self.choose("form", lambda: [("", _("Dat weet ik niet")), *labelled(kinds)], known=kinds)
        self.fields["uploads"].help_text = fields.files_help(anonymous=False)
        self.fields["confidential"].help_text = words(self.pack.name_promise)

    def clean(self) -> dict[str, Any]:
        """Ask whether it is now, when it may be about a child."""
        data = super().clean()
        danger.check(self, self.pack, minor=data.get("minor", ""))
        return data
