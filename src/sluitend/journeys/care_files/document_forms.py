"""The form of a paper that is kept with the whole file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.shelter_address import no_address
from sluitend.journeys.care_files.forms import Seen

TITLE = 80


class DocumentForm(Seen):
    """What it is, and the file."""

    title = fields.line(
        _("Wat is het?"),
        _("Bijvoorbeeld: loonstrook van maart. Noem geen adres van een opvang."),
        required=True,
        most=None,
        checks=[at_most(TITLE), no_bsn, no_address],
        missing=_("Schrijf wat dit is."),
    )
    upload = forms.FileField(
        label=_("Foto of bestand"),
        help_text=_("Wij bewaren alleen plaatjes ervan. Het bestand zelf bewaren wij niet."),
        error_messages={
            "required": _("Kies een foto of een bestand."),
            "missing": _("Kies een foto of een bestand."),
            "empty": _("Dit bestand is leeg."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, revision: int) -> None:
        super().__init__(data, files, initial={"revision": revision}, auto_id="document_%s")
