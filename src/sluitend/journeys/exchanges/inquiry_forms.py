"""The forms with which information is asked about a case: first, and again where there is something."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sluitend.forms.fields import CHOOSE_ONE, chips, choice, choose_from, day, pairs, text
from sluitend.journeys.exchanges.actions.requesting import FURTHER_LENGTH
from sluitend.journeys.exchanges.asking import QUESTION_LENGTH
from sluitend.journeys.exchanges.inquiring import FurtherChoice, InquiryChoice, InquiryOffer
from sluitend.journeys.exchanges.parts_form import PartsForm, parts_field


class InquiryForm(PartsForm):
    """What is asked, on what ground, and what goes along. Only what the handbook puts together."""

    purpose = chips(gettext_lazy("Waarvoor hebt u dit nodig?"))
    asks = forms.MultipleChoiceField(
        label=gettext_lazy("Wat wilt u weten?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies wat u wilt weten.")},
    )
    basis = choice(gettext_lazy("Uw grondslag"), missing=CHOOSE_ONE)
    answer_by = day(gettext_lazy("Antwoord vóór"), width="")
    parts = parts_field()
    text = text(
        gettext_lazy("Uw vraag"),
        rows=3,
        most=QUESTION_LENGTH,
        help_text=gettext_lazy("Schrijf alleen wat de ander nodig heeft om te antwoorden."),
        missing=gettext_lazy("Schrijf wat u vraagt."),
    )

    def __init__(self, offer: InquiryOffer, data: Mapping[str, Any] | None = None) -> None:
        initial = {
            "purpose": offer.purposes[0].id,
            "basis": offer.bases[0].id,
            "answer_by": offer.answer_by,
            "parts": sorted(offer.ticked),
        }
        super().__init__(data, initial=initial)
        choose_from(self, "purpose", pairs(offer.purposes))
        choose_from(self, "asks", pairs(offer.asks))
        choose_from(self, "basis", pairs(offer.bases))
        self.offer_parts(offer, "text")

    def choice(self) -> InquiryChoice:
        """Return what was chosen."""
        data = self.cleaned_data
        return InquiryChoice(
            purpose=data["purpose"],
            basis=data["basis"],
            asks=frozenset(data["asks"]),
            text=data["text"],
            answer_by=data["answer_by"],
            parts=frozenset(data["parts"]),
            texts=self.texts,
            looked=self.looked,
        )


class FurtherForm(PartsForm):
    """Why a hit alone is not enough, and what goes along now."""

    parts = parts_field()
    why = text(
        gettext_lazy("Waarom hebt u meer nodig?"),
        rows=2,
        most=FURTHER_LENGTH,
        help_text=gettext_lazy("Eén of twee zinnen. De ander leest dit en besluit dan."),
        missing=gettext_lazy("Schrijf waarom u meer nodig hebt."),
    )

    def __init__(self, offer: InquiryOffer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.offer_parts(offer, "why")

    def choice(self) -> FurtherChoice:
        """Return what was chosen."""
        data = self.cleaned_data
        return FurtherChoice(
            why=data["why"], parts=frozenset(data["parts"]), texts=self.texts, looked=self.looked
        )
