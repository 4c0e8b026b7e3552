"""A number as a page shows it: whose it is, and whether somebody answers now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.guidance import Partner
from sluitend.kernel.handbook.hours import Answered
from sluitend.kernel.handbook.language import shown
from sluitend.surfaces.handbook.calling import Number, number_of_partner
from sluitend.surfaces.handbook.reading import Reading
from sluitend.surfaces.templatetags.sluitend import nltime, nlwhen, nlyear


@dataclass(frozen=True)
class Shown:
    """A number as the page shows it."""

    text: str
    number: str
    tel: str
    note: str
    confirmed: bool
    audience: str
    first: tuple[str, ...] = ()
    closed: bool = False
    checked: str = ""


def number_of(held: Reading, partner: Partner) -> Shown | None:
    """Return the number of a partner, as far as there is one that this reader may see."""
    found = number_of_partner(partner, held.pack, professional=held.professional, moment=timezone.localtime())
    return as_shown(found) if found else None


def as_shown(number: Number) -> Shown:
    """Return a number with the words that go with it."""
    return Shown(
        text=name_of(number),
        number=number.line.number,
        tel=number.tel,
        note=_hours(number.answered, checked=number.line.open_confirmed),
        confirmed=number.line.confirmed,
        audience=shown(number.line.audience),
        first=tuple(shown(each.text) for each in number.first),
        closed=number.answered.now is False,
        checked=nlyear(number.line.checked_on),
    )


def name_of(number: Number) -> str:
    """Return whose number it is: that of the partner, or else its own name."""
    return shown(number.partner.label if number.partner else number.line.name)


def _hours(answered: Answered, *, checked: bool) -> str:
    if answered.now is None:
        return _("Wij weten niet wanneer hier iemand opneemt.")
    if answered.always:
        said = _("Dag en nacht.")
    elif answered.now:
        said = _("Nu open, tot %(time)s.") % {"time": nltime(answered.until)}
    elif answered.opens:
        said = _("Nu dicht. Open: %(moment)s.") % {"moment": nlwhen(answered.opens)}
    else:
        said = _("Nu dicht.")
    return said if checked else " ".join([said, _("Deze tijden zijn niet gecontroleerd.")])
