"""Where a visit takes place and what a wait request is about: values by which the two find each other.

Tokens know only equal and not equal. What is tolerated: how somebody writes a street, number, postcode,
KvK number or plate, and the addition to a house number: a wait request on 12 binds 12a, and the other way
round. An address that was picked is found by its number in the register, by whatever name, and as it is
written too: whoever typed it still finds it. What is not: a street without a number, another number of the
same yard, a company by name, and, where no addresses are installed, a street in the one and only a postcode
in the other. The same street and number in another town of the municipality is found too: one call too many
does less harm than one too few.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.same_address import number_of, other_ways
from sluitend.kernel.sealing.addresses import addresses_of_building
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR, Kind, normalise, search_tokens_for

LINE = 160


@dataclass(frozen=True)
class Place:
    """An address, a company and a plate; one of the three at least.

    `door` is the number of the address in the register, where somebody picked it or it can be no other.
    """

    address: str = ""
    company: str = ""
    kvk: str = ""
    plate: str = ""
    door: str = ""

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """Return the place in the sealed content of a visit or a wait request."""
        return cls(**{name: str(content.get(name, "")) for name in cls.__dataclass_fields__})

    def as_json(self) -> dict[str, str]:
        """Return the values, trimmed, to be sealed."""
        return {name: value.strip() for name, value in asdict(self).items()}

    def settled(self) -> Self:
        """Return it with the number that its address has now, where that can be only one.

        A later register may know the address no more, or by another name.
        """
        found = number_of([(DOOR, self.door)] if self.door else [(ADDRESS, self.address)])
        return replace(self, door=found[0][1]) if found else self

    @property
    def identifiers(self) -> list[tuple[Kind, str]]:
        """What is filled in and can be found again, by kind."""
        filled: list[tuple[Kind, str]] = [("address", self.address), ("kvk", self.kvk), ("plate", self.plate)]
        return [(kind, value.strip()) for kind, value in filled if value.strip()]

    @property
    def words(self) -> str:
        """The place in one line."""
        return " · ".join(self._parts())

    @property
    def head(self) -> str:
        """What the place is called in a list: the first thing that is filled in."""
        return next(iter(self._parts()), "")

    @property
    def rest(self) -> str:
        """What else is known of the place, in one line."""
        return " · ".join(self._parts()[1:])

    def _parts(self) -> list[str]:
        return [part for part in (self.address.strip(), self.company.strip(), *self._numbers()) if part]

    def _numbers(self) -> list[str]:
        kvk = [_("KvK %(number)s") % {"number": self.kvk.strip()}] if self.kvk.strip() else []
        return [*kvk, *([self.plate.strip()] if self.plate.strip() else [])]


def check(place: Place) -> None:
    """Refuse a place that could not be found again. No key is needed for that, so an asker can do it too.

    Raises:
        DomainError: nothing is filled in, or a value cannot be of its kind; with its field.
    """
    for fault in faults(place):
        raise fault


def faults(place: Place) -> list[DomainError]:
    """Return all that is wrong with a place, each with its field."""
    if not place.identifiers:
        return [DomainError(_("Vul een adres, een KvK-nummer of een kenteken in."), "address")]
    wrong = {
        "address": _("Schrijf straat en huisnummer. Een straat alleen is niet genoeg."),
        "kvk": _("Een KvK-nummer heeft 8 cijfers. Dit zijn er %(count)d.")
        % {"count": sum(character.isdigit() for character in place.kvk)},
        "plate": _("Dit is geen kenteken. Schrijf letters en cijfers."),
    }
    found = [
        DomainError(wrong[kind], kind) for kind, value in place.identifiers if not normalise(kind, value)
    ]
    if max(map(len, place.as_json().values())) > LINE:
        found.append(DomainError(_("Dit is te lang. Schrijf ten hoogste 160 tekens."), "address"))
    return found


def tokens(organisation_id: UUID, place: Place) -> list[tuple[str, UUID]]:
    """Return (kind, token) of everything under which this organisation finds the place again.

    While the key of search is renewed they are of the former key too: a visit, a wait request and a case find
    each other by what each wrote, and at no moment may one of them miss another.

    Raises:
        NoKey: this process has no token key of the organisation.
    """
    values = [*place.identifiers, *([(DOOR, place.door)] if place.door else [])]
    values += other_ways(values)
    for text in [value for kind, value in values if kind == ADDRESS]:
        values += [(ADDRESS, each) for each in addresses_of_building(text)]
    found = [
        (kind, token) for kind, value in values for token in search_tokens_for(organisation_id, kind, value)
    ]
    return list(dict.fromkeys(found))
