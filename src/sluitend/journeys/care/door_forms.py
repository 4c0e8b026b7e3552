"""The form by which a request that is a signal goes to a municipality."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.telltale import NO_BACKGROUND, Background
from sluitend.kernel.telltale.forms import MarkedForm


class SignalForm(MarkedForm):
    """Of which municipality, which place, and what was seen there: nothing of a person."""

    marked = ("where", "facts")
    municipality = fields.listed(_("Welke gemeente?"), missing=_("Kies een gemeente."))
    where = fields.line(_("Welke plek?"), _("Een adres of een naam van een plek."), checks=[no_bsn])
    facts = fields.text(
        _("Wat is daar gezien?"),
        rows=4,
        most=None,
        checks=[at_most(fields.TEXT), no_bsn],
        missing=_("Schrijf wat er is gezien."),
        help_text=_("Alleen plek en feiten. Schrijf niets over een persoon."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, background: Background = NO_BACKGROUND, *, pack: Pack
    ) -> None:
        super().__init__(data, auto_id="signal_%s", background=background)
        towns = sorted((each.known_as, each.id) for each in pack.municipalities)
        options = [(code, name) for name, code in towns]
        fields.choose_from(self, "municipality", options, first=_("Kies een gemeente"))
