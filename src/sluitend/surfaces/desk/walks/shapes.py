"""What a first walk is made of: steps, each with a picture of invented words in the parts of real pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise

IN_A_CASE, OF_A_REPORT, OF_A_REFERRAL, OF_A_VISIT, OF_CARE = "C-0001", "M-0001", "D-0001", "V-0001", "H-0001"
"""Codes that nothing ever has: a code is drawn without a nought or a one."""


@dataclass(frozen=True)
class Picture:
    """Parts of a real page with invented words; `seen` says the same for who does not see it."""

    kind: str
    seen: Promise
    said: Mapping[str, object]

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"desk/walk/{self.kind}.html"


@dataclass(frozen=True)
class WalkStep:
    """One step: what it is called, one sentence why, what one sees, and the name of the real page."""

    title: Promise
    why: Promise
    picture: Picture
    page: str


@dataclass(frozen=True, eq=False)
class Walk:
    """The first walk of a role, in an invented case."""

    name: str
    label: Promise
    steps: tuple[WalkStep, ...]


def row(title: Words, subject: Words, code: str, button: Words, text: Words = "") -> Picture:
    """Draw a line of a list: what it is about, before when, and its one button."""
    return Picture(
        "row",
        _("U ziet één regel: wat er is, vóór wanneer, en één knop."),
        {"title": title, "subject": subject, "code": code, "button": button, "text": text},
    )


def facts(*pairs: tuple[Words, Words]) -> Picture:
    """Draw a few facts with their names."""
    return Picture("facts", _("U ziet een paar feiten onder elkaar."), {"pairs": pairs})


def choices(*labels: Words) -> Picture:
    """Draw what somebody can choose from."""
    return Picture("choices", _("U ziet keuzes naast elkaar. U kiest er één."), {"labels": labels})


def told(saw: Words, also: Words, think: Words) -> Picture:
    """Draw what somebody saw with its innocent explanation, and apart from it what they think."""
    return Picture(
        "told",
        _("U ziet wat is gezien, een gewone uitleg daarbij, en in een eigen kader wat iemand denkt."),
        {"saw": saw, "also": also, "think": think},
    )


def tracks(person: Words, place: Words) -> Picture:
    """Draw the two tracks of a case."""
    return Picture("tracks", _("U ziet twee sporen naast elkaar."), {"person": person, "place": place})


def lines(*items: tuple[Words, Words]) -> Picture:
    """Draw what happened, a line each."""
    return Picture(
        "lines",
        _("U ziet wat er gebeurde, regel voor regel."),
        {"items": [{"text": text, "meta": meta} for text, meta in items]},
    )


def note(title: Words, text: Words) -> Picture:
    """Draw one thing to know."""
    return Picture("note", _("U ziet een bericht dat opvalt."), {"title": title, "text": text})
