"""The form of the house style: whose page it is, its words and its colours."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.administration.house_words import LABELS, NewStyle, faults
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.palette import COLOURS, NoColour, Palette, colour_of, from_tokens

WORDS = ("question", "about", "contact", "privacy", "site")


class HouseStyleForm(forms.Form):
    """What a second person is asked to look at. All that is wrong is said at once."""

    name = forms.CharField(label=_("Naam"), max_length=60)
    mark = forms.FileField(
        label=_("Merkteken"),
        help_text=_("Een PNG of JPEG. Wij maken er een nieuw plaatje van, zonder verborgen gegevens."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_mark = forms.BooleanField(label=_("Zonder merkteken"), required=False)
    question = forms.CharField(
        label=_("Vraag op de voordeur"),
        help_text=_("Leeg is: “Maakt u zich zorgen om iemand?”"),
        max_length=80,
        required=False,
    )
    about = forms.CharField(
        label=_("Waar gaat het over, en wie leest mee?"),
        help_text=_("Leeg is de zin van de regio, met uw naam erin."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact = forms.CharField(
        label=_("Vragen over deze pagina’s"),
        help_text=_("Een nummer of postbus van uw organisatie, nooit van een mens."),
        max_length=160,
        required=False,
    )
    site = forms.CharField(
        label=_("Voor afval, overlast en kapotte lampen"),
        help_text=_("Het adres van uw eigen site. Het begint met https://."),
        max_length=200,
        required=False,
    )
    privacy = forms.CharField(
        label=_("Wat u toevoegt aan “Wat gebeurt er met mijn gegevens?”"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    own_colours = forms.BooleanField(label=_("Eigen kleuren"), required=False)

    theme = forms.CharField(
        label=_("Plak hier uw NL Design System-thema"),
        help_text=_("De regels met --basis-color- of --utrecht-. Wij nemen er alleen kleuren uit over."),
        max_length=200_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pack = pack
        for each in COLOURS:
            self.fields[each] = forms.CharField(
                label=LABELS[each],
                max_length=7,
                required=False,
                widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
            )

    def clean(self) -> None:
        """Say all that is wrong, each beside its field."""
        if self.cleaned_data.get("own_colours"):
            for each in COLOURS:
                self._clean_colour(each)
        if self.errors:
            return
        for fault in faults(self.new(), self._pack):
            self.add_error(fault.field, fault.message)

    def _clean_colour(self, name: str) -> None:
        try:
            self.cleaned_data[name] = colour_of(self.cleaned_data.get(name, ""))
        except NoColour:
            self.add_error(name, gettext("Schrijf een kleur als #0b5a68."))

    @classmethod
    def with_theme(cls, sent: QueryDict, *, pack: Pack, **kwargs: Any) -> Self:
        """Return the form as it was sent, with the colours that the theme in it names."""
        data = sent.copy()
        form = cls(data, pack=pack, **kwargs)
        try:
            taken = from_tokens(data.get("theme", ""), form.typed_palette() or Palette())
        except NoColour:
            form.add_error("theme", gettext("Wij vinden hier geen kleuren van NL Design System."))
            return form
        data.update({"own_colours": "on"})
        for each in COLOURS:
            data[each] = f"#{getattr(taken, each)}"
        return cls(data, pack=pack, **kwargs)

    def ask_mark_again(self) -> None:
        """Say that the picture has gone: no browser fills in a file again."""
        if "mark" not in self.errors:
            self.add_error("mark", gettext("Kies het plaatje opnieuw."))

    def new(self) -> NewStyle:
        """Return what was filled in."""
        data = self.cleaned_data
        own = data["own_colours"]
        return NewStyle(
            name=data["name"],
            **{each: data[each] for each in WORDS},
            palette=Palette(**{each: data[each] for each in COLOURS}) if own else None,
        )

    def typed_palette(self) -> Palette | None:
        """Return the colours as they were typed, read or not; None when one is no colour."""
        data = self.data if self.is_bound else self.initial
        try:
            return Palette(**{each: colour_of(str(data.get(each, ""))) for each in COLOURS})
        except NoColour:
            return None
