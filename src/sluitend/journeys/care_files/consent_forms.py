"""The forms on which an answer of the person is noted: nothing is ticked beforehand."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.journeys.care_files.content import Agreed, Share
from sluitend.journeys.care_files.forms import LINE, Seen
from sluitend.journeys.care_files.queries import AskPage
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import (
    MAY_NOT_WITNESS,
    AgeBand,
    GivenBy,
    HowAsked,
    Interpreter,
    Said,
    Standing,
    Witness,
    YesNo,
)


def only_number(text: str) -> None:
    """Refuse a name, or who it is to the person: of an interpreter only the number is kept."""
    if not _DIGITS.fullmatch(text):
        raise ValidationError(_("Schrijf het nummer van de tolk, geen naam."))


_DIGITS = re.compile(r"[\d .\-]+")
NUMBER = [at_most(20), no_bsn, only_number]
YES_ONLY = frozenset({Standing.NO, Standing.WITHDRAWN, Standing.ENDED})
"""On these only a yes can follow."""


class Answering(Seen):
    """What every answer has: how, in which language, with whom."""

    answer = fields.chips(gettext_lazy("Wat zegt de persoon?"), Said.choices)
    given_by = fields.chips(
        gettext_lazy("Wie antwoordt?"),
        GivenBy.choices,
        help_text=gettext_lazy("Wat een ouder of voogd antwoordt, eindigt als de persoon 18 is."),
    )
    language = fields.listed(gettext_lazy("In welke taal las of hoorde de persoon de tekst?"))
    form = fields.chips(gettext_lazy("Hoe antwoordde de persoon?"), HowAsked.choices)
    interpreter_number = fields.line(
        gettext_lazy("Tolknummer, als er een tolk was"),
        gettext_lazy("Schrijf het nummer, niet de naam."),
        checks=NUMBER,
        most=None,
        width="sl-w-xs",
    )
    witness = fields.choice(gettext_lazy("Was er een getuige?"), Witness.choices, initial=Witness.NONE)
    alone = forms.BooleanField(
        label=gettext_lazy("Niemand uit de situatie was erbij of luisterde mee"),
        error_messages={"required": gettext_lazy("Vraag dit alleen als niemand meeluistert.")},
    )

    def __init__(self, data: Any = None, *, page: AskPage) -> None:
        super().__init__(data, initial={"revision": page.revision}, auto_id="ask_%s")
        fields.choose_from(self, "language", page.languages, first=_("Kies een taal"))
        if not page.asks_who:
            del self.fields["given_by"]
        excluded = message(page.pack, "other_witness")
        self.fields["witness"].widget.attrs["closed"] = dict.fromkeys(MAY_NOT_WITNESS, excluded)


class AnswerForm(Answering):
    """The answer to one of the texts."""

    field_order = ("revision", "answer", "age_band", "on", "form", "signed_by", "language", "interpreter")
    age_band = fields.chips(gettext_lazy("Hoe oud is de persoon?"), AgeBand.choices)
    on = fields.day(gettext_lazy("Op welke dag?"))
    signed_by = fields.line(
        gettext_lazy("Getekend door"),
        gettext_lazy("De persoon zelf, of wie voor de persoon tekent. Schrijf de functie, geen naam."),
        checks=LINE,
        most=None,
        width="sl-w-s",
    )
    interpreter = fields.chips(gettext_lazy("Was er een tolk?"), Interpreter.choices)
    said_back = fields.chips(
        gettext_lazy("Zei de persoon in eigen woorden terug wat dit betekent?"), YesNo.choices
    )
    started = fields.chips(
        gettext_lazy("Wie begon hierover?"),
        [("person", gettext_lazy("De persoon zelf")), ("worker", gettext_lazy("Ik"))],
    )

    def __init__(self, data: Any = None, *, page: AskPage) -> None:
        super().__init__(data, page=page)
        if page.standing in YES_ONLY:
            fields.choose_from(self, "answer", [(Said.YES, Said.YES.label)])
        if page.is_adult:
            del self.fields["age_band"]
        if not page.written:
            del self.fields["signed_by"]
        if not page.quiet:
            del self.fields["started"]

    def agreed(self, kind: str) -> Agreed:
        """Return the answer that was noted."""
        data = self.cleaned_data
        names = ("answer", "language", "form", "interpreter", "interpreter_number", "witness", "said_back")
        more = {name: data.get(name, "") for name in ("age_band", "given_by", "signed_by", "started")}
        return Agreed(kind=kind, on=data["on"].isoformat(), **{name: data[name] for name in names}, **more)


class BackForm(forms.Form):
    """What of all that was agreed to the person no longer wants; nothing is ticked beforehand."""

    what = forms.MultipleChoiceField(
        label=gettext_lazy("Kies alles waarvan de persoon zegt: dit wil ik niet meer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies wat de persoon niet meer wil.")},
    )

    def __init__(self, data: Any = None, *, acts: fields.Options) -> None:
        super().__init__(data)
        fields.choose_from(self, "what", acts)


class ShareForm(Answering):
    """The answer to sharing something with one organisation."""

    field_order = ("revision", "recipient", "parts", "purpose", "not_to", "until", "answer", "form")
    recipient = fields.line(gettext_lazy("Aan wie"), required=True, checks=LINE, most=None)
    parts = fields.text(gettext_lazy("Wat"), rows=2, most=None, checks=[at_most(fields.SENTENCE), no_bsn])
    purpose = fields.line(gettext_lazy("Waarvoor"), required=True, checks=LINE, most=None)
    not_to = fields.line(gettext_lazy("Wie mag dit niet weten"), checks=LINE, most=None)
    until = fields.day(
        gettext_lazy("Tot"), gettext_lazy("Een mondeling ja geldt drie dagen. Laat daarna tekenen.")
    )

    def __init__(self, data: Any = None, *, page: AskPage) -> None:
        super().__init__(data, page=page)
        fields.choose_from(self, "answer", [(each, each.label) for each in (Said.YES, Said.NO)])

    def share(self) -> Share:
        """Return the agreement that was noted."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "alone")}
        return Share(**{**data, "until": data["until"].isoformat()})
