"""The form that asks what a file does not know of what is passed on. None of it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms import fields
from sluitend.forms.checks import no_bsn
from sluitend.forms.shelter_address import no_address
from sluitend.journeys.care_files.forms import LINE
from sluitend.journeys.care_files.queries.registering import RegistrationPage


class RegistrationForm(forms.Form):
    """A field for each thing that the handbook names and the file does not know; each may be left open."""

    def __init__(self, data: Any = None, *, page: RegistrationPage) -> None:
        super().__init__(data, auto_id="registration_%s")
        for each in page.missing:
            if each.options:
                choices = [("", _("Niet bekend")), *each.options]
                self.fields[each.id] = fields.listed(each.label, choices, required=False)
            else:
                self.fields[each.id] = fields.line(each.label, checks=[*LINE, no_bsn, no_address], most=None)
