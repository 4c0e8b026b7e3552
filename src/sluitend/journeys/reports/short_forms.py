"""The forms of one page: advice, a mark, and the messages of whoever has a receipt."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.fields import ChoiceField, MultipleChoiceField, chips
from sluitend.journeys.reports import fields
from sluitend.journeys.reports.danger import check, child_themes, mark_asks, panel_of, question
from sluitend.journeys.reports.forms import labelled
from sluitend.journeys.reports.place_fields import PackForm, PlaceFields, municipalities
from sluitend.kernel.handbook.pack import Pack


class DangerFields(PackForm):
    """A form of one page in which danger can be ticked: the marks of the handbook that may be danger."""

    danger = MultipleChoiceField(
        label=_("Is dit aan de hand?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    acute = question()

    def prepare(self) -> None:
        """Offer the marks that may be danger; whoever ticks one is asked whether it is now."""
        marks = [each for each in self.pack.marks if mark_asks(self.pack, each)]
        self.choose("danger", labelled(marks))
        self.fields["danger"].widget.attrs["shows"] = dict.fromkeys(
            (each.id for each in marks), panel_of(self)
        )

    def clean(self) -> dict[str, Any]:
        """Ask whether it is now."""
        data = self.cleaned_data
        check(self, self.pack, marks=data.get("danger", ()), theme=data.get("theme", ""))
        return data

    def open_danger(self) -> bool:
        """Return whether something stands in this part of the page, so that it is not folded away."""
        wrong = self.errors.get("danger") or self.errors.get("acute")
        return bool(self["danger"].value() or self["acute"].value() or wrong)


class AdviceForm(DangerFields):
    """A question to the focal point, without anybody's data."""

    municipality = ChoiceField(
        label=_("Bij welke gemeente hoort uw vraag?"),
        error_messages={
            "required": _("Kies een gemeente."),
            "invalid_choice": _("Kies een gemeente uit de lijst."),
        },
    )
    theme = chips(_("Waarover gaat uw vraag?"), missing=_("Kies waarover uw vraag gaat."))
    question = fields.long_text(
        _("Wat wilt u overleggen?"),
        rows=5,
        required=True,
        help_text=_("Noem geen naam, adres of ander gegeven van iemand. Dat is voor overleg niet nodig."),
        missing=_("Schrijf uw vraag. Eén zin is genoeg."),
    )

    field_order = ("municipality", "theme", "question")

    def prepare(self) -> None:
        """Fill in municipalities and themes."""
        super().prepare()
        self.choose("municipality", lambda: municipalities(self.pack))
        self.choose("theme", lambda: labelled(self.pack.advice_themes))
        self.fields["theme"].widget.attrs["shows"] = dict.fromkeys(child_themes(self.pack), panel_of(self))


class MarkForm(PlaceFields):
    """Twenty seconds: what, here, now."""

    FIRST = 4
    ICONS: Mapping[str, str] = {
        "sleeps_at_work": "bed",
        "afraid": "fear",
        "papers_elsewhere": "id",
        "under_18": "child",
        "locked_in": "lock",
        "bad_sleeping_place": "home",
        "speaks_for_all": "chat",
        "wounded": "heart",
    }

    marks = MultipleChoiceField(
        label=_("Wat valt op?"),
        error_messages={"required": _("Kies wat opvalt.")},
    )
    uploads = fields.Files(label=_("Foto's"))

    acute = question()

    field_order = ("marks", "where", "municipality", "acute")

    def prepare(self) -> None:
        """Offer the quick observations of the handbook."""
        super().prepare()
        self.choose("marks", lambda: labelled(self.pack.marks))
        self.fields["uploads"].help_text = fields.files_help(anonymous=True)
        self.fields["where"].label = _("Waar?")
        self.fields["where"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Ask the municipality when the place does not tell it, and whether danger is there now."""
        self.check_place()
        check(self, self.pack, marks=self.cleaned_data.get("marks", ()))
        return self.cleaned_data


class MessageForm(DangerFields):
    """An answer to a question."""

    text = fields.long_text(
        _("Uw antwoord"), rows=3, required=True, missing=_("Schrijf een antwoord, of kies: ik weet het niet.")
    )

    field_order = ("text",)


class AdditionForm(DangerFields):
    """Something that was forgotten or seen later."""

    text = fields.long_text(
        _("Wat wilt u toevoegen?"), rows=4, required=True, missing=_("Schrijf wat u wilt toevoegen.")
    )
    uploads = fields.Files(label=_("Foto's of documenten"))

    field_order = ("text",)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        # Stands beside the form for an answer; an id names one field.
        kwargs.setdefault("auto_id", "addition_%s")
        super().__init__(*args, pack=pack, **kwargs)
