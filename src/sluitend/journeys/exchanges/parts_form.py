"""Forms with parts of a case: which go, in which words, and what of them is to be looked at first."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.fields import choose_from
from sluitend.journeys.cases.queries import PLAN
from sluitend.journeys.exchanges import leaving
from sluitend.journeys.exchanges.parts import OfferedPart, PartsOffer
from sluitend.kernel.telltale import Look, place_first
from sluitend.kernel.telltale.forms import LooksForm, ShownLook, TextRow, as_typed, text_field, words_field


def parts_field() -> forms.MultipleChoiceField:
    """Return the field in which parts are ticked."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("Wat gaat mee?"), required=False, widget=forms.CheckboxSelectMultiple
    )


class PartsForm(LooksForm):
    """A form with a field `parts`, and one with words beside them."""

    offer: PartsOffer

    def offer_parts(self, offer: PartsOffer, words: str) -> None:
        """Offer the parts of a case, with a field for the words of each that may be written otherwise.

        Args:
            offer: of the case.
            words: name of the field with what somebody writes beside the parts.
        """
        self.offer = offer
        choose_from(self, "parts", ((part.id, part.title) for part in offer.parts))
        self.fields["parts"].widget.attrs = {
            "hints": {part.id: part.reason or _hint(part.text) for part in offer.parts},
            "closed": {part.id: part.reason for part in offer.parts if not part.allowed},
        }
        for part in self._free:
            self.fields[text_field(part.id)] = words_field(_("Wat de ander leest"), part.text)
        beside = str(self.data.get(words) or "").strip()
        written = leaving.as_written(offer, self.ticked, self.texts)
        looks = leaving.looks_of(offer, written, beside, timezone.localdate())
        self.add_looks(looks, lambda look: leaving.may_go(offer, look))

    @property
    def _free(self) -> list[OfferedPart]:
        return [part for part in self.offer.allowed if part.free]

    @property
    def ticked(self) -> frozenset[str]:
        """The parts that are ticked now."""
        if not self.is_bound:
            return frozenset(self.initial.get("parts", ()))
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
    def plan(self) -> list[str]:
        """What the other one would read of the plan."""
        return [line for part in self.offer.allowed if part.part == PLAN for line in part.text.split("\n")]

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
        if look.sort in self.offer.held:
            return place_first()
        return _("Dit mag niet mee. Laat het weg of schrijf het anders.")


def _hint(text: str, most: int = 90) -> str:
    first = " · ".join(text.split("\n"))
    return first if len(first) <= most else first[: most - 1].rstrip() + "…"
