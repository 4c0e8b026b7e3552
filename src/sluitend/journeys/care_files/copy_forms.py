"""The form by which a copy for the person is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms import fields
from sluitend.journeys.care_files.queries import CopiesPage
from sluitend.journeys.care_files.words import Safe


class CopyForm(forms.Form):
    """In which language, and whether paper is safe: that is asked each time, and nothing is ticked before."""

    safe = fields.chips(gettext_lazy("Is papier veilig voor deze persoon?"), Safe.choices)
    language = fields.listed(gettext_lazy("In welke taal?"))

    def __init__(self, data: Any = None, *, page: CopiesPage) -> None:
        super().__init__(data, initial={"language": page.language}, auto_id="copy_%s")
        fields.choose_from(self, "language", page.languages, first=_("Kies een taal"))
