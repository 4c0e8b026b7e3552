"""Checks of what the public types: how long, no number of a person, a telephone number, no strange signs."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from stdnum.nl import bsn

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.sealing.tokens import normalise

SHOWN = 40
ADDRESS_LENGTH = 254
_BSN_NEAR = re.compile(
    r"(?:\bbsn\b|burgerservice\w*|sofi\w*)\D{0,30}(\d(?:[ .\-]?\d){8})(?!\d)", re.IGNORECASE
)
# A page cannot show these, and they have no place in a sentence.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def tidy(data: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    """Return what was sent without characters that no keyboard makes; the rest is kept as it was typed."""
    clean: MultiValueDict[str, str] = MultiValueDict()
    for name, values in data.lists():
        clean.setlist(name, [_CONTROL.sub("", value) for value in values])
    return clean


def short(text: str) -> str:
    """Return what somebody typed, cut to fit in a message."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def no_bsn(text: str) -> None:
    """Refuse a number that is called a BSN and passes its check."""
    for found in _BSN_NEAR.finditer(text):
        if bsn.is_valid(found[1]):
            raise ValidationError(_("Schrijf geen burgerservicenummer op. Haal het nummer weg."))


def at_most(longest: int) -> Callable[[str], None]:
    """Return a check of the length. The page cuts nothing off: pasted text must not get lost unseen."""

    def check(text: str) -> None:
        if len(text) > longest:
            raise ValidationError(
                _("Dit is te lang: %(typed)s tekens. Er passen er %(longest)s.")
                % {"typed": len(text), "longest": longest}
            )

    return check


def checked_phone(value: str) -> str:
    """Return a telephone number as typed, if it can be one."""
    if value and not normalise("phone", value):
        raise ValidationError(
            _("Dit is geen telefoonnummer. U vulde “%(typed)s” in.") % {"typed": short(value)}
        )
    return value


def checked_mailbox(address: str) -> str:
    """Return an e-mail address without spaces around it.

    Raises:
        DomainError: it is none, or longer than one can be.
    """
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(
            _("Dit is geen e-mailadres. Kijk of u het goed overnam."), field="address"
        ) from error
    if len(address) > ADDRESS_LENGTH:
        raise DomainError(_("Dit is te lang voor een e-mailadres."), field="address")
    return address
