"""Which address of the register is meant by what somebody typed, in whatever form they type one.

Typing stays free: a form asks only where the words may mean more than one address, or one that is not sure.
It asks in the answer to what was sent, so that it works without a script and nothing stands in an address
of a page. Where no addresses are installed nothing is asked.
"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.fields import ChoiceField, when_asked
from sluitend.kernel.handbook.address_book import NONE, Address, Doors, doors

DOOR = "door"
CHOOSE = _("Kies welk adres u bedoelt, of kies: geen van deze.")


class DoorField(ChoiceField):
    """Which of a few addresses was meant; what was chosen for words that have changed since is no choice."""

    def clean(self, value: Any) -> str:
        """Return what was chosen, if it is still there."""
        said = self.to_python(value)
        return said if self.valid_value(said) else ""


def door_field() -> DoorField:
    """Return the question which address was meant, as yet without choices."""
    field = DoorField(
        label=_("Welk adres bedoelt u?"),
        required=False,
        help_text=_("Staat het er niet bij? Schrijf hierboven ook de plaats, de postcode of de toevoeging."),
        widget=forms.RadioSelect(attrs={"kind": "choices"}),
    )
    return when_asked(field)


def not_there(typed: str) -> str:
    """Return the choice that none of the addresses is meant by these words."""
    return f"-{typed.strip()}"


def choices_of(known: Doors, typed: str) -> list[tuple[str, Any]]:
    """Return the addresses that words may mean, and that it is none of them; nothing where there are none."""
    found = [(each.id, each.text) for each in known.found]
    return [*found, (not_there(typed), _("Geen van deze"))] if found else []


class AddressForm(forms.Form):
    """A form with an address in it: under that it asks which one is meant, where it must."""

    typed_in = "address"
    """The field with the address."""
    known: Doors = NONE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_door()

    def ask_door(self) -> None:
        """Ask which address is meant by what was sent; call it again when the field was added later."""
        if not self.is_bound or self.typed_in not in self.fields:
            return
        typed = str(self.data.get(self.add_prefix(self.typed_in)) or "")
        self.known = doors(typed)
        if self.known.found and not self.known.sure:
            self.fields[DOOR] = door_field()
            cast("forms.ChoiceField", self.fields[DOOR]).choices = choices_of(self.known, typed)
            names = [name for name in self.fields if name != DOOR]
            names.insert(names.index(self.typed_in) + 1, DOOR)
            self.order_fields(names)

    def counts(self) -> bool:
        """Whether the address counts by what else was filled in."""
        return True

    def clean(self) -> dict[str, Any]:
        """Wait until somebody said which address is meant."""
        data = super().clean() or {}
        asks = DOOR in self.fields and self.counts()
        if asks and not data.get(DOOR) and self.typed_in not in self.errors:
            self.add_error(DOOR, CHOOSE)
        return data

    @property
    def meant(self) -> Address | None:
        """The address that was picked, or the only one that can be meant."""
        if self.known.sure:
            return self.known.found[0]
        return self.known.of(self.cleaned_data.get(DOOR, ""))

    @property
    def typed_or_picked(self) -> str:
        """The address as the register writes the one that was picked; else as it was typed."""
        picked = self.meant if DOOR in self.fields else None
        return picked.text if picked else str(self.cleaned_data.get(self.typed_in) or "").strip()
