"""The forms of a search. Each knows the revision that somebody saw."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.pages import Asked
from sluitend.forms.shelter_address import ask_of_address, no_address, without_question
from sluitend.journeys.shelter.actions import REASONS, child_is_not_bridged
from sluitend.journeys.shelter.models import HotelAsk
from sluitend.journeys.shelter.queries import hotel_towns
from sluitend.journeys.shelter.words import HOUSEHOLDS
from sluitend.kernel.handbook.care import OfferKind
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.sheltering import Household, Night

WORDS = [at_most(fields.SENTENCE), no_bsn]
NO_BEDS = _("Noem een aantal bedden van 1 tot en met 9.")
NO_PLACE = _("Noem hier geen adres: dat hoort alleen bij de plek.")
MOST_BEDS = 9


def _told(label: fields.Label, *, required: bool = False) -> forms.CharField:
    return fields.line(
        label, help_text=NO_PLACE, required=required, most=None, checks=WORDS, missing=fields.WRITE
    )


def _labels(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    return [(each.id, shown(each.label)) for each in entries]  # type: ignore[attr-defined]  # kinds with a label


class StartForm(forms.Form):
    """What is needed."""

    household = fields.choice(_("Voor wie zoekt u?"), missing=_("Kies voor wie u zoekt."))
    beds = forms.IntegerField(
        label=_("Hoeveel bedden?"),
        min_value=1,
        max_value=MOST_BEDS,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "sl-w-xs"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NO_BEDS),
    )
    subregion = fields.chips(_("Waar is de persoon nu?"), missing=_("Kies waar de persoon nu is."))
    kind = fields.listed(_("Wat voor plek zoekt u?"), required=False)
    filters = fields.several(_("Wat moet de plek hebben?"))

    def __init__(self, data: Any = None, *, pack: Pack, minor: bool) -> None:
        super().__init__(data)
        wanted = [Household.CHILD] if minor else [Household.ADULT, Household.FAMILY]
        fields.choose_from(self, "household", [(each, HOUSEHOLDS[each]) for each in wanted])
        if minor:
            self.fields["household"].initial = Household.CHILD
            self.fields["household"].help_text = _now(
                "Deze hulpvraag gaat over iemand jonger dan 18. Zoeken als volwassene kan niet."
            )
        fields.choose_from(self, "subregion", _labels(list(pack.subregions)))
        kinds = [each for each in pack.shelter_kinds if not set(wanted).isdisjoint(each.households)]
        fields.choose_from(self, "kind", _labels(kinds), first=_("Weet ik nog niet"))
        fields.choose_from(self, "filters", _labels(list(pack.shelter_filters)))


class SearchForm(forms.Form):
    """What somebody does with a search that they saw at a revision."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, pack: Pack, household: str, revision: int, name: str) -> None:
        super().__init__(data, initial={"revision": revision}, auto_id=f"{name}_%s")
        self.pack, self.household = pack, household
        self.fill()
        ask_of_address(self, "told")

    def fill(self) -> None:
        """Give the fields their choices of the handbook."""

    def verb(self) -> Mapping[str, Any]:
        """Return with what the verb is done."""
        return without_question(self.cleaned_data)

    def kinds(self, *, bridges: bool) -> list[tuple[str, str]]:
        """Return the kinds of places for whom is looked; those for one night only where asked."""
        fits = (each for each in self.pack.shelter_kinds if self.household in each.households)
        return _labels([each for each in fits if bridges or not each.bridges])

    def reasons(self) -> list[tuple[str, str]]:
        """Return why a place cannot be."""
        return _labels(list(self.pack.shelter_refusals))


class OfferForm(SearchForm):
    """A place that is offered."""

    kind = fields.listed(_("Wat voor plek is het?"), missing=_("Kies een soort plek."))
    provider = fields.listed(_("Wie biedt de plek?"), required=False)
    number = fields.line(
        _("Nummer van deze plek bij wie haar biedt"),
        _("Zo geeft niemand dezelfde plek twee keer weg. Schrijf geen adres."),
        most=None,
        checks=[at_most(fields.LINE), no_bsn, no_address],
        width="sl-w-s",
    )
    day = fields.day(_("Antwoord vóór welke dag?"))
    hour = forms.TimeField(
        label=_("En hoe laat?"),
        widget=forms.TimeInput(attrs={"class": "sl-w-xs"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Schrijf een tijd als 10:00.")),
    )

    def fill(self) -> None:
        """Give the fields their choices."""
        fields.choose_from(self, "kind", self.kinds(bridges=True), first=_("Kies een soort plek"))
        offers = [each for each in self.pack.care_offers if each.kind is OfferKind.SHELTER]
        fields.choose_from(self, "provider", _labels(offers), first=_("Staat er niet bij"))

    def clean(self) -> dict[str, Any]:
        """Put day and hour together."""
        data = super().clean() or {}
        if data.get("day") and data.get("hour"):
            at = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
            if at <= timezone.now():
                self.add_error("day", _now("Kies een moment dat nog komt."))
        return data

    def verb(self) -> Mapping[str, Any]:
        """Return the offer with its moment."""
        data = dict(self.cleaned_data)
        at = timezone.make_aware(datetime.combine(data.pop("day"), data.pop("hour")))
        return {**data, "answer_by": at}


class RefusedForm(SearchForm):
    """That the provider says no."""

    reason = fields.chips(_("Waarom niet?"), missing=fields.CHOOSE_REASON)
    told = _told(_("Wilt u er iets bij schrijven?"))

    def fill(self) -> None:
        """Give the field its reasons."""
        fields.choose_from(self, "reason", self.reasons())


class DeclinedForm(SearchForm):
    """That the person does not want this place."""

    told = _told(_("Wilt u er iets bij schrijven?"))


class HoldForm(SearchForm):
    """That nobody looks until a day."""

    until = fields.day(_("Wanneer kijkt u weer?"))


class CalledForm(HoldForm):
    """Who was called about somebody who is gone, and when somebody looks again."""

    field_order = ("revision", "told", "until")
    told = _told(_("Welke organisaties belde u?"), required=True)


class HotelForm(SearchForm):
    """Which municipality is asked for a hotel: that where the person is."""

    town = fields.listed(
        _("In welke gemeente is de persoon nu?"),
        missing=_("Kies een gemeente."),
        help_text=_("De gemeente leest alleen: hoeveel bedden, voor wie, welke nacht. Geen naam."),
    )

    def fill(self) -> None:
        """Give the field the municipalities where somebody reads."""
        fields.choose_from(self, "town", hotel_towns(), first=_("Kies een gemeente"))


class DecideForm(forms.Form):
    """What a municipality decides about a hotel for tonight."""

    answer = fields.chips(_("Wat is uw besluit?"), HotelAsk.Answer.choices, missing=_("Kies een antwoord."))
    booking = fields.line(
        _("Kenmerk van uw besluit"),
        _("Alleen letters, cijfers en streepjes. Zet hier geen naam en geen adres in."),
        checks=[at_most(20), no_bsn],
        most=None,
        width="sl-w-s",
    )

    @classmethod
    def make(cls, asked: Asked) -> "DecideForm":
        """Return it for what was asked."""
        form = cls(asked.data, auto_id="decide_%s")
        if asked.view is not None and asked.view.may_answer_late:
            form.be_late()
        return form

    def be_late(self) -> None:
        """Ask only yes or no: nobody calls about what was settled, and no mark is kept."""
        late = [each for each in HotelAsk.Answer.choices if each[0] != HotelAsk.Answer.CALL]
        fields.choose_from(self, "answer", late)
        del self.fields["booking"]


class PlaceForm(SearchForm):
    """Where somebody has a place, and until when for now."""

    kind = fields.listed(_("Wat voor plek is het?"), missing=_("Kies een soort plek."))
    starts = fields.day(_("Vanaf welke nacht?"))
    review = fields.day(_("Tot welke dag geldt dit voor nu?"))
    address = fields.line(
        _("Adres van de plek"),
        help_text=_("Alleen uw organisatie kan dit openen, met een reden. Het staat nergens anders."),
        most=None,
        checks=WORDS,
    )

    def fill(self) -> None:
        """Give the field its kinds."""
        fields.choose_from(self, "kind", self.kinds(bridges=False), first=_("Kies een soort plek"))


class ExtendForm(SearchForm):
    """Until when a stay goes on."""

    review = fields.day(_("Tot welke dag kan het langer?"))


class OnlyForm(SearchForm):
    """A press, with nothing to fill in."""


class NightForm(SearchForm):
    """What a night is, or was."""

    night = fields.listed(_("Welke nacht?"))
    state = fields.choice(_("Wat is het?"), missing=_("Kies een stand."))
    told = _told(_("Stond er al iets anders? Schrijf waarom dat niet klopte"))

    def fill(self) -> None:
        """Give the field its states: a child alone is not bridged."""
        states = list(self.pack.night_states)
        if self.household == Household.CHILD:
            states = [each for each in states if each.id != Night.BRIDGED]
            self.fields["state"].help_text = child_is_not_bridged(self.pack)
        fields.choose_from(self, "state", _labels(states))
        hints = {each.id: shown(each.meaning) for each in states}
        self.fields["state"].widget.attrs["hints"] = hints

    def of_nights(self, tonight: date | None, others: Sequence[date]) -> "NightForm":
        """Let one of these nights be chosen, and return the form."""
        own = [(tonight.isoformat(), _("Vannacht"))] if tonight else []
        past = [(each.isoformat(), formatted(each, "l j F")) for each in sorted(set(others), reverse=True)]
        fields.choose_from(self, "night", [*own, *past])
        return self

    def verb(self) -> Mapping[str, Any]:
        """Return the night with its date."""
        return {**super().verb(), "night": date.fromisoformat(self.cleaned_data["night"])}


class AddressForm(forms.Form):
    """Why somebody wants to see where the place is."""

    reason = fields.chips(_("Waarom wilt u het adres zien?"), REASONS.items(), missing=_("Kies een reden."))
