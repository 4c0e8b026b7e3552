"""Words of care in which an address may stand: where somebody is sheltered belongs in one field alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.telltale import Known, Sort, finder

NO_SHELTER = "no_shelter"
LIKE_AN_ADDRESS = _(
    "Dit lijkt op een adres. Een adres van opvang hoort alleen in het veld Adres van de plek."
)


def is_address(text: str) -> bool:
    """Tell whether something in a text looks like an address."""
    found = finder().marks(text, Known(), today=timezone.localdate())
    return any(each.sort is Sort.ADDRESS for each in found)


def warn_of_address(field: forms.Field) -> None:
    """Let a page say while somebody types that this looks like an address."""
    field.widget.attrs["data-no-address"] = LIKE_AN_ADDRESS


def no_address(text: str) -> None:
    """Refuse what looks like an address, where none may ever go."""
    if is_address(text):
        raise ValidationError(LIKE_AN_ADDRESS)


def ask_of_address(form: forms.Form, name: str) -> None:
    """Let a form with an address in its words be sent only after somebody says that it is none of shelter.

    Args:
        form: what was typed, at the end of its making.
        name: of the field.
    """
    if name not in form.fields:
        return
    warn_of_address(form.fields[name])
    if form.is_bound and is_address(str(form.data.get(form.add_prefix(name), ""))):
        form.fields[NO_SHELTER] = forms.BooleanField(
            label=_("Dit is geen opvangadres"), error_messages={"required": LIKE_AN_ADDRESS}
        )


def without_question(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form gives, without the answer to that question."""
    return {name: value for name, value in given.items() if name != NO_SHELTER}
