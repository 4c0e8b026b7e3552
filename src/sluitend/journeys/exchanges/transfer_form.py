"""The form with which a case is handed over: to whom, why, which parts, and in which words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.fields import CHOOSE_ONE, chips, choice, choose_from, day, listed, pairs, text
from sluitend.journeys.exchanges import leaving
from sluitend.journeys.exchanges.models import Transfer
from sluitend.journeys.exchanges.offers import (
    EXPLANATION_LENGTH,
    OfferedMunicipality,
    TransferChoice,
    TransferOffer,
)
from sluitend.journeys.exchanges.parts_form import PartsForm, parts_field


class TransferForm(PartsForm):
    """What goes to the other municipality. The case and the handbook fill in most of it beforehand."""

    municipality = listed(
        gettext_lazy("Welke gemeente neemt dit over?"), missing=gettext_lazy("Kies een gemeente.")
    )
    way = chips(
        gettext_lazy("Werkt die gemeente nog niet met Sluitend? Hoe bereikt u haar dan?"),
        [(each.value, each.label) for each in Transfer.Channel if each != Transfer.Channel.ACCOUNT],
        initial=Transfer.Channel.SECURE_MAIL.value,
        required=False,
    )
    explanation = text(
        gettext_lazy("Waarom hoort dit bij die gemeente?"),
        rows=2,
        most=EXPLANATION_LENGTH,
        help_text=gettext_lazy("Eén of twee zinnen. De andere gemeente leest dit na aannemen."),
        missing=gettext_lazy("Schrijf waarom dit bij de andere gemeente hoort."),
    )
    parts = parts_field()
    attached = forms.MultipleChoiceField(
        label=gettext_lazy("Welke bestanden gaan mee?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("De ander krijgt een kopie zonder plaats en toestel. De naam gaat niet mee."),
    )
    basis = choice(gettext_lazy("Grondslag"), missing=CHOOSE_ONE)
    purpose = chips(gettext_lazy("Waarvoor?"))
    answer_by = day(gettext_lazy("Antwoord vóór"), width="")

    def __init__(self, offer: TransferOffer, data: Mapping[str, Any] | None = None) -> None:
        initial = {
            "municipality": offer.proposed,
            "parts": [part.id for part in offer.allowed],
            "basis": offer.bases[0].id if offer.bases else "",
            "purpose": offer.purposes[0].id if offer.purposes else "",
            "answer_by": offer.answer_by,
        }
        super().__init__(data, initial=initial)
        named = [("", _("Kies een gemeente")), *((each.code, _said(each)) for each in offer.municipalities)]
        choose_from(self, "municipality", named)
        choose_from(self, "attached", ((each.id, each.name) for each in offer.files))
        self.fields["attached"].widget.attrs = {
            "hints": {each.id: filesizeformat(each.size) for each in offer.files}
        }
        choose_from(self, "basis", pairs(offer.bases))
        choose_from(self, "purpose", pairs(offer.purposes))
        self.offer_parts(offer, leaving.EXPLANATION)

    def choice(self) -> TransferChoice:
        """Return what was chosen."""
        data = self.cleaned_data
        return TransferChoice(
            municipality=data["municipality"],
            way=data["way"],
            basis=data["basis"],
            purpose=data["purpose"],
            answer_by=data["answer_by"],
            parts=frozenset(data["parts"]),
            explanation=data["explanation"],
            files=frozenset(data["attached"]),
            texts=self.texts,
            looked=self.looked,
        )


def _said(municipality: OfferedMunicipality) -> str:
    if municipality.has_accounts:
        return municipality.name
    return _("%(name)s (nog zonder Sluitend)") % {"name": municipality.name}
