"""The form on the page of a client who may go to another care organisation."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.pages import Asked


class GiveBackForm(forms.Form):
    """Why a client is not taken over, in words of the handbook."""

    reason = fields.listed(_("Waarom neemt u niet over?"), missing=fields.CHOOSE_REASON)

    def __init__(self, data: Any = None, *, offered: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="move_%s")
        fields.choose_from(self, "reason", offered, first=_("Kies een reden"))

    @classmethod
    def make(cls, asked: Asked) -> Self:
        """Return it for a page."""
        cannot = asked.view.cannot if asked.view else ()
        return cls(asked.data, offered=fields.pairs(cannot))
