"""What the forms of a report share: choices out of the handbook, and the place with its municipality."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.doors import CHOOSE, choices_of, door_field
from sluitend.forms.fields import ChoiceField, MultipleChoiceField
from sluitend.journeys.reports import fields
from sluitend.journeys.reports.places import OUTSIDE, Found, find, town_at
from sluitend.kernel.handbook.address_book import NONE, Address, Doors, around, doors
from sluitend.kernel.handbook.pack import Pack

type Choices = list[tuple[str, Any]]


def municipalities(pack: Pack) -> list[tuple[str, Any]]:
    """Return the municipalities of the region by name, under an empty first line."""
    return [
        ("", _("Kies een gemeente")),
        *sorted(((one.id, one.known_as) for one in pack.municipalities), key=lambda pair: pair[1]),
    ]


def with_outside(choices: Choices) -> Choices:
    """Return municipalities with the rest of the country right under the first line, where it is found."""
    return [choices[0], (OUTSIDE, _("Een andere gemeente")), *choices[1:]]


class PackForm(forms.Form):
    """A form that takes its choices from the handbook."""

    def __init__(self, data: Any = None, *args: Any, pack: Pack, **kwargs: Any) -> None:
        # No page shows what Django puts after a label, so nobody need translate it.
        super().__init__(data, *args, **kwargs | {"label_suffix": ""})
        self.pack = pack
        self.prepare()

    def prepare(self) -> None:
        """Fill in the choices."""

    def choose_municipality(self) -> None:
        """Offer the municipalities, and the rest of the country."""
        known = {OUTSIDE, *self.pack.municipalities.ids}
        self.choose("municipality", lambda: with_outside(municipalities(self.pack)), known=known)

    def choose(
        self,
        name: str,
        choices: Choices | Callable[[], Choices],
        *,
        known: Container[str] | None = None,
    ) -> None:
        """Give a field its choices, or what makes them when somebody looks at them.

        Args:
            name: of the field.
            choices: each with its words.
            known: the same without words, to tell whether what was sent is one of them.
        """
        field = cast("ChoiceField | MultipleChoiceField", self.fields[name])
        field.choices = cache(choices) if callable(choices) else choices
        field.known = known


@dataclass(frozen=True)
class Pointed:
    """What a phone told of where it was, if it did."""

    latitude: float | None
    longitude: float | None
    accuracy: float | None

    @classmethod
    def of(cls, data: Any) -> Pointed:
        """Return what was sent of it; what cannot be is left out."""

        def number(name: str, most: float) -> float | None:
            return fields.Coordinate(most=most).clean(data.get(name))

        return cls(number("latitude", 90), number("longitude", 180), number("accuracy", fields.FARTHEST_OFF))

    @property
    def doors(self) -> Doors:
        """The addresses that it may have been at; none where it does not say how far it may be off."""
        if self.latitude is None or self.longitude is None or self.accuracy is None:
            return NONE
        return around(self.longitude, self.latitude, off=self.accuracy)


def doors_of(data: Any) -> tuple[Doors, str]:
    """Return the addresses that may be meant by words, or else by a phone, and what they were found by."""
    if where := str(data.get("where") or "").strip():
        return doors(where), where
    point = Pointed.of(data)
    return point.doors, f"{point.latitude} {point.longitude}"


def found_in(pack: Pack, data: Any) -> Found:
    """Return where a report belongs by what was sent, whatever its form says of it."""
    point, (known, _by) = Pointed.of(data), doors_of(data)
    return find(
        pack,
        text=data.get("where", ""),
        latitude=point.latitude,
        longitude=point.longitude,
        accuracy=point.accuracy,
        chosen=data.get("municipality", ""),
        doors=known,
        door=known.of(data.get("door", "")),
    )


class PlaceFields(PackForm):
    """Where it was: in words, by the phone, or chosen from the list when neither tells."""

    where = fields.line(
        _("Waar was dat?"),
        help_text=_("Een adres, een bedrijf of een omschrijving."),
    )
    latitude = fields.Coordinate(most=90)
    longitude = fields.Coordinate(most=180)
    accuracy = fields.Coordinate(most=fields.FARTHEST_OFF)
    municipality = ChoiceField(
        label=_("In welke gemeente is dat?"),
        required=False,
        help_text=_("Dan komt uw bericht op de goede plek."),
        error_messages={"invalid_choice": _("Kies een gemeente uit de lijst.")},
    )
    door = door_field()
    asks_door = False
    """Whether its page shows the addresses that may be meant; without, only what is sure counts."""
    needs_municipality = False

    def prepare(self) -> None:
        """Offer the municipalities, the rest of the country, and the addresses that may be meant."""
        self.choose_municipality()
        self.doors, found_by = doors_of(self.data if self.is_bound else self.initial)
        self.choose("door", choices_of(self.doors, found_by))
        if self.doors.near:
            self.fields["door"].label = _("Was het bij een van deze adressen?")
            self.fields["door"].help_text = _("Uw telefoon weet alleen ongeveer waar u bent.")

    @property
    def may_ask_door(self) -> bool:
        """Whether more than one address may be meant, or one that is not sure."""
        return self.asks_door and bool(self.doors.found) and not self.doors.sure

    def address(self) -> Address | None:
        """Return the address that was picked, or the only one that can be meant."""
        if self.doors.sure:
            return self.doors.found[0]
        return self.doors.of(self.cleaned_data.get("door", "")) if self.asks_door else None

    def in_words(self) -> str:
        """Return the place as it was typed, or the address that was picked for where a phone was."""
        picked = self.address() if self.doors.near else None
        return picked.text if picked else str(self.cleaned_data.get("where") or "")

    def found(self) -> Found:
        """Return the municipality of what was filled in."""
        data = self.cleaned_data
        return find(
            self.pack,
            text=data.get("where", ""),
            latitude=data.get("latitude"),
            longitude=data.get("longitude"),
            accuracy=data.get("accuracy"),
            chosen=data.get("municipality", ""),
            doors=self.doors,
            door=self.address(),
        )

    def near(self) -> str:
        """Return the town that stands for the place when nobody typed one: by the point, or as chosen."""
        if self.in_words():
            return ""
        data = self.cleaned_data
        municipality = self.found().municipality
        if municipality is None:
            return ""
        if data.get("latitude") is not None and data.get("longitude") is not None:
            # Whoever chose another municipality than that of the phone reports of there.
            return town_at(self.pack, municipality, data["latitude"], data["longitude"]) or municipality.name
        return municipality.name

    def accurate_to(self) -> str:
        """Return how many metres the point of a phone may be beside the place; nothing without a point."""
        metres = self.cleaned_data.get("accuracy")
        return str(max(1, round(metres))) if metres is not None and self.pointed() else ""

    def pointed(self) -> bool:
        """Return whether a phone told where it is."""
        return self.cleaned_data.get("latitude") is not None

    def check_place(self) -> None:
        """Ask for the municipality when nothing tells it."""
        data = self.cleaned_data
        if "where" in self.errors or "municipality" in self.errors:
            return
        if not data.get("where") and data.get("latitude") is None and not data.get("municipality"):
            self.add_error("where", _("Vertel waar het was. Een plaatsnaam is genoeg."))
        elif self.may_ask_door and not data.get("door"):
            self.add_error("door", CHOOSE)
        elif self.found().asks:
            self.needs_municipality = True
            self.add_error("municipality", _("Wij vinden de gemeente niet. Kies de gemeente uit de lijst."))
