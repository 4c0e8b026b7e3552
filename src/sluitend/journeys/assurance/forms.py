"""The forms by which the region keeps what was agreed about help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.fields import CHOOSE_ANSWER, chips, choose_from, day, line, listed, text
from sluitend.journeys.assurance.agreed import Agreed
from sluitend.journeys.assurance.asked import KIND, UNSAID
from sluitend.journeys.assurance.models import AssuredTerms
from sluitend.journeys.assurance.queries import choices
from sluitend.kernel.handbook.care import CareQuestion
from sluitend.kernel.handbook.language import shown

NO_NAMES = _("Schrijf geen namen van personen.")


class TermsForm(forms.Form):
    """With whom, who pays, by what contract and until when."""

    partner = listed(_("Wie geeft deze hulp?"), required=False)
    provider = line(_("Staat de organisatie niet in de lijst? Schrijf de naam"), NO_NAMES, most=120)
    payer = line(_("Wie betaalt?"), _("Bijvoorbeeld een centrumgemeente."), most=120)
    contract = line(_("Contract: nummer of omschrijving"), NO_NAMES)
    begins = day(_("Eerste dag"), required=False)
    ends = day(
        _("Laatste dag"),
        _("Weet u die niet? Laat leeg. Dan vragen wij het elk half jaar opnieuw."),
        required=False,
    )
    decision = listed(_("Wat is besloten over de tijd erna?"), AssuredTerms.Decision.choices, required=False)
    note = text(_("Notitie"), required=False, rows=2, most=300, help_text=NO_NAMES)

    def __init__(self, data: Mapping[str, Any] | None = None, *, agreed: Agreed | None = None) -> None:
        super().__init__(data, initial=asdict(agreed) if agreed else None, auto_id="terms_%s")
        self.kinds, self.areas, partners = choices()
        choose_from(self, "partner", partners, first=_("Kies een organisatie"))

    def agreed(self) -> Agreed:
        """Return what was typed."""
        return Agreed(**{name: self.cleaned_data[name] for name in Agreed.__dataclass_fields__})


class NewForm(TermsForm):
    """The same of help that was not recorded yet: of which kind, and where."""

    kind = listed(_("Welke soort hulp?"))
    area = listed(_("Waar?"))
    field_order = ("kind", "area", *TermsForm.base_fields)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: str = "", area: str = "") -> None:
        super().__init__(data)
        self.initial = {"kind": kind, "area": area}
        choose_from(self, "kind", self.kinds, first=_("Kies een soort hulp"))
        choose_from(self, "area", self.areas, first=_("Kies een deel van de regio"))


class PlacesForm(forms.Form):
    """How many places there were on a day."""

    number = forms.IntegerField(label=_("Hoeveel plekken zijn er?"), min_value=0, max_value=10_000)
    day = day(_("Op welke dag was dat?"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="places_%s")


class QuestionsForm(forms.Form):
    """The questions of a year, and where somebody works. Each has a few answers; nothing is typed."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        asked: Iterable[CareQuestion],
        kinds: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, auto_id="asked_%s")
        if kinds:
            options = [*kinds, (UNSAID, _("Dat zeg ik liever niet"))]
            self.fields[KIND] = chips(_("Waar werkt u?"), options, missing=CHOOSE_ANSWER)
        for each in asked:
            answers = [(answer.id, shown(answer.label)) for answer in each.answers]
            self.fields[each.id] = chips(shown(each.text), answers, missing=CHOOSE_ANSWER)
