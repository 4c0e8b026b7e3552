"""What the style guide shows. All names, codes and addresses are invented."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from sluitend.forms.bound import SluitendForm

SPRITE = Path(__file__).resolve().parents[2] / "static" / "sluitend" / "icons.svg"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
YES_NO = [("yes", "Ja"), ("no", "Nee"), ("unknown", "Weet niet")]
TODAY = date(2026, 11, 24)
PAST = date(2026, 11, 19)


class SampleForm(SluitendForm):
    """One field of each kind."""

    reason = forms.ChoiceField(
        label="Waarom sluit u?",
        choices=[("elsewhere", "Hoort hier niet"), ("known", "Al bekend"), ("other", "Andere reden")],
        widget=forms.RadioSelect(attrs={"kind": "chips", "shows": {"other": "#id_reason_text"}}),
    )
    reason_text = forms.CharField(label="Welke reden?", required=False, help_text="Eén zin.")
    territory = forms.ChoiceField(
        label="In onze gemeente?",
        choices=YES_NO,
        help_text="Het adres ligt in Westland.",
        widget=forms.RadioSelect(attrs={"kind": "answers"}),
    )
    parts = forms.MultipleChoiceField(
        label="Welke delen stuurt u mee?",
        choices=[("place", "Bedrijf en adres"), ("seen", "Waarneming"), ("person", "Man die ziek is")],
        widget=forms.CheckboxSelectMultiple(
            attrs={
                "hints": {"place": "Tuinderspad 12 a", "seen": "Slaapplekken, gasflessen"},
                "closed": {"person": "Meer dan nodig voor deze vraag. Kan alleen met een reden."},
            }
        ),
    )
    noticed = forms.MultipleChoiceField(
        label="Wat valt op?",
        required=False,
        choices=[("bed", "Slapen op het werk"), ("fear", "Iemand is bang")],
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "tiles", "icons": {"bed": "bed", "fear": "fear"}}),
    )
    question = forms.CharField(
        label="Uw vraag aan de partner",
        help_text="Eén of twee zinnen. Noem geen namen.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    company = forms.CharField(label="KvK-nummer", widget=forms.TextInput(attrs={"class": "sl-w-xs"}))
    day = forms.DateField(label="Wanneer?", widget=forms.DateInput(attrs={"class": "sl-w-xs"}))
    partner = forms.ChoiceField(label="Aan wie?", choices=[("", "Kies"), ("la", "Arbeidsinspectie")])
    photos = forms.FileField(label="Foto’s", required=False)
    read = forms.BooleanField(label="Ik heb dit gelezen", help_text="Wij vragen het maar één keer.")

    def clean_company(self) -> str:
        """Say what is wrong, what was typed and what is right."""
        digits = str(self.cleaned_data["company"])
        if len(digits) != 8:
            raise forms.ValidationError(f"Een KvK-nummer heeft 8 cijfers. Dit zijn er {len(digits)}.")
        return digits


FILLED = {
    "reason": "known",
    "territory": "no",
    "parts": ["place"],
    "question": "Kunt u donderdag mee op controle?",
    "company": "90004127",
    "day": TODAY,
    "partner": "la",
}


def icons() -> list[str]:
    """The names of all icons of the sprite."""
    return re.findall(r'id="i-(\w+)"', SPRITE.read_text())


def empty_form() -> SampleForm:
    """A form with some answers."""
    return SampleForm(initial=FILLED)


def wrong_form() -> SampleForm:
    """A form that came back."""
    wrong = {"company": "9000412", "day": "", "territory": "", "read": "on"}
    return SampleForm(FILLED | wrong, auto_id="w_%s")


PARTS: list[dict[str, Any]] = [
    {"id": "place", "title": "Waar", "text": "Oostbuurt Vruchtgroente B.V. Tuinderspad 12 a, De Lier."},
    {
        "id": "seen",
        "title": "Wat is gezien, 20 november, 16:10",
        "text": "Drie slaapplekken achter de ketel, zonder raam.",
        "fact": True,
    },
]
SHEET = {
    "first": [("Van", "Gemeente Westland"), ("Soort", "Locatie, werk"), ("Gebied", "De Lier")],
    "withheld": "Niet gedeeld: namen, gezondheid, de melder.",
}
NAV = [
    {"url": "#", "label": "Vandaag", "icon": "today", "count": 3},
    {"url": "#", "label": "Binnen", "icon": "inbox", "count": 2},
    {"url": "#", "label": "Casussen", "icon": "case", "current": True},
    {"url": "#", "label": "Doorgezet", "icon": "send"},
    {"label": "Gemeente", "head": True},
    {"url": "#", "label": "Plan", "icon": "plan", "wide": True},
    {"url": "#", "label": "Handboek", "icon": "book", "wide": True},
    {"url": "#", "label": "Regio", "icon": "region", "wide": True},
]
COLOURS = [
    ("Papier", "--sl-paper"),
    ("Vlak", "--sl-surface"),
    ("Verdiept", "--sl-sunken"),
    ("Inkt", "--sl-ink"),
    ("Actie", "--sl-accent"),
    ("Acuut", "--sl-red"),
    ("Minderjarig", "--sl-violet"),
    ("Laat", "--sl-amber"),
    ("Klaar", "--sl-green"),
    ("Bezig", "--sl-blue"),
    ("Persoon", "--sl-person"),
    ("Locatie", "--sl-place"),
]
CONTEXT: dict[str, Any] = {
    "organisation_name": "Gemeente Westland",
    "account_name": "Noor de Bruin",
    "nav": NAV,
    "colours": COLOURS,
    "today": TODAY,
    "past": PAST,
    "moment": datetime(2026, 11, 24, 9, 48, tzinfo=AMSTERDAM),
    "trail": [{"url": "#", "label": "Casussen"}, {"label": "C-9T3F", "code": True}],
    "jumps": [
        {"id": "sporen", "label": "Sporen", "key": "s"},
        {"id": "wie", "label": "Betrokkenen", "key": "b"},
        {"id": "feit", "label": "Waarnemingen", "key": "w"},
        {"id": "tijd", "label": "Tijdlijn", "key": "t"},
    ],
    "acute": [{"kind": "acute"}, {"icon_name": "eye", "label": "Vervanger keek mee: ma 09:12"}],
    "minor": [{"kind": "minor"}, {"icon_name": "eye", "label": "Tweede paar ogen nog nodig"}],
    "both": ["place", "person"],
    "person_only": ["person"],
    "track_rows": [
        ("Volgende stap", "SHOP vragen wie morgen mee kan, zonder namen."),
        ("Wens van de persoon", "Nog niet gevraagd"),
    ],
    "facts": [
        ("Waar", "Tuinderspad 12 a, De Lier"),
        ("Mensen", "5 volwassenen gezien. Minderjarigen: nee."),
    ],
    "lines": [
        {
            "kind": "now",
            "text": "Weging afgerond: doorgaan",
            "meta": "Vandaag, 09:31 · Noor de Bruin",
            "strong": True,
        },
        {
            "kind": "place",
            "text": "Vergunningen geraadpleegd: hit",
            "meta": "Ma 23 november, 11:05 · Samira Haddou",
        },
        {
            "kind": "person",
            "text": "Overleg met SHOP gestart, zonder namen",
            "meta": "Ma 23 november, 10:40 · Samira Haddou",
        },
        {"text": "Vijf mensen gezien", "meta": "Verbeterd op ma 23 november", "struck": True},
    ],
    "older": [{"text": "Melding M-7K4Q toegevoegd", "meta": "Vr 20 november"}],
    "thread": [
        {"text": "Zag u wie de sleutel had?", "meta": "U, vr 20 nov", "own": True},
        {"text": "Ja, de voorman. Hij deed de deur ook weer op slot.", "meta": "Melder, ma 23 nov"},
    ],
    "do": ["Vraag of u de persoon alleen mag spreken."],
    "dont": ["Laat de begeleider niet tolken."],
    "sheet": SHEET,
    "parts": PARTS[:1],
    "columns": ["Casus", "Volgende stap", "Wie", "Dagen"],
    "rows": [
        {"head": "C-9T3F", "url": "#", "cells": ["Kies een route", "Noor de Bruin", 5]},
        {"head": "C-7MRB", "url": "#", "cells": ["Beantwoord een vraag", "Noor de Bruin", 1]},
        {"head": "C-4HWX", "url": "#", "cells": ["Bel Veilig Thuis", "Samira Haddou", 12]},
    ],
    "matrix_columns": ["Gemeente", "Huis op orde", "Meldroute", "Training", "Hulp"],
    "matrix_rows": [
        {
            "head": "Westland",
            "url": "#",
            "cells": [
                {"state": "yes", "label": "Geregeld"},
                {"state": "busy", "label": "Bezig"},
                {"state": "none", "label": "Nog niet"},
                {"state": "unknown", "label": "Niet bekend"},
            ],
        }
    ],
    "steps": ["gevaar", "wat", "signalen", "wie", "controle", "ontvangst"],
    "answers": [
        {"text": "Ja", "other": "Tak"},
        {"text": "Nee", "other": "Nie"},
        {"text": "Later", "other": "Później"},
    ],
}
