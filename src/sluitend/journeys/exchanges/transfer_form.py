"""The form with which a case is handed over: to whom, why, which parts, and in which words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.fields import CHOOSE_ONE, chips, choice, choose_from, day, listed, pairs, text
from sluitend.journeys.exchanges import leaving
from sluitend.journeys.exchanges.models import Transfer
from sluitend.journeys.exchanges.offers import (
    EXPLANATION_LENGTH,
    OfferedMunicipality,
    OfferedPart,
    TransferChoice,
    TransferOffer,
)
from sluitend.kernel.telltale import Look
from sluitend.kernel.telltale.forms import LooksForm, ShownLook, TextRow, as_typed, text_field, words_field


class TransferForm(LooksForm):
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
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Wat gaat mee?"), required=False, widget=forms.CheckboxSelectMultiple
    )
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
        choose_from(self, "parts", ((part.id, part.title) for part in offer.parts))
        choose_from(self, "attached", ((each.id, each.name) for each in offer.files))
        self.fields["attached"].widget.attrs = {
            "hints": {each.id: filesizeformat(each.size) for each in offer.files}
        }
        choose_from(self, "basis", pairs(offer.bases))
        choose_from(self, "purpose", pairs(offer.purposes))
        self.fields["parts"].widget.attrs = {
            "hints": {part.id: part.reason or _hint(part.text) for part in offer.parts},
            "closed": {part.id: part.reason for part in offer.parts if not part.allowed},
        }
        self.offer = offer
        for part in self._free:
            self.fields[text_field(part.id)] = words_field(_("Wat de ander leest"), part.text)
        explanation = str(self.data.get(leaving.EXPLANATION) or "").strip()
        written = leaving.as_written(offer, self.ticked, self.texts)
        looks = leaving.looks_of(offer, written, explanation, timezone.localdate())
        self.add_looks(looks, lambda look: leaving.may_go(offer, look))

    @property
    def _free(self) -> list[OfferedPart]:
        return [part for part in self.offer.allowed if part.free]

    @property
    def ticked(self) -> frozenset[str]:
        """The parts that are ticked now."""
        if not self.is_bound:
            return frozenset(part.id for part in self.offer.allowed)
        return frozenset(self.fields["parts"].widget.value_from_datadict(self.data, self.files, "parts"))

    @property
    def texts(self) -> dict[str, str]:
        """What the other one would read of each row, as it stands there now."""
        typed = {part.id: self.data.get(text_field(part.id), part.text) for part in self._free}
        return {row: as_typed(str(text)) for row, text in typed.items()}

    @property
    def rows(self) -> list[TextRow]:
        """The parts in free words that may go."""
        return [
            TextRow(
                id=part.id,
                title=part.title,
                told=part.text,
                name="parts",
                ticked=part.id in self.ticked,
                field=self[text_field(part.id)],
                looks=self.shown(part.id, self._note),
            )
            for part in self._free
        ]

    @property
    def plain_options(self) -> list[Any]:
        """The parts that are ticked without words of their own."""
        free = {part.id for part in self._free}
        options: list[Any] = self["parts"].options  # type: ignore[attr-defined]
        return [option for option in options if option.value not in free]

    @property
    def part_looks(self) -> list[ShownLook]:
        """What is to be looked at in parts that are no free words."""
        plain = [part.id for part in self.offer.allowed if not part.free]
        return [shown for row in plain for shown in self.shown(row, self._note)]

    @property
    def explanation_looks(self) -> list[ShownLook]:
        """What is to be looked at in the explanation."""
        return self.shown(leaving.EXPLANATION, self._note)

    def _note(self, look: Look) -> str:
        if leaving.may_go(self.offer, look):
            return ""
        return _("Dit mag niet mee. Laat het weg of schrijf het anders.")

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


def _hint(text: str, most: int = 90) -> str:
    first = " · ".join(text.split("\n"))
    return first if len(first) <= most else first[: most - 1].rstrip() + "…"
