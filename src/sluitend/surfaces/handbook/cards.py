"""What stands on a signal card: what to look for, what to do, and where to report in a municipality."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.text import slugify

from sluitend.exports.choice_names import choice_name
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.recognition import Form, Indicator, Meldcode, ReporterRole, Strength
from sluitend.kernel.handbook.territory import Municipality
from sluitend.kernel.organisations.queries import telephone_of
from sluitend.surfaces.handbook.reading import Reading, reader
from sluitend.surfaces.sender import ASKED

MOST = 8
"""So many indicators stand on a card; more fit no A5, and nobody remembers them."""

AT_ONCE = 4
"""So many of them stand open on a screen."""

DO = ("card_alone", "write_facts", "card_where_help")
DONT = ("card_interpreter", "card_confront", "do_not_investigate", "card_copy")

_STRENGTHS = tuple(Strength)


@dataclass(frozen=True)
class Office:
    """The municipality that a reader chose, with the number that it shows to everybody."""

    code: str
    name: str
    telephone: str

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return re.sub(r"[^0-9+]", "", self.telephone)


@dataclass(frozen=True)
class Card:
    """A card for a role or about a form: the first indicators, the others, and what to do and not to do."""

    of: ReporterRole | Form
    signals: tuple[Indicator, ...]
    others: tuple[Indicator, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    meldcode: str
    office: Office | None

    @property
    def role(self) -> str:
        """The id of the role that the card is for; nothing for a card about a form."""
        return self.of.id if isinstance(self.of, ReporterRole) else ""

    @property
    def first(self) -> tuple[Indicator, ...]:
        """What stands open on a screen."""
        return self.signals[:AT_ONCE]

    @property
    def next(self) -> tuple[Indicator, ...]:
        """What else of the card is folded on a screen, and stands on paper."""
        return self.signals[AT_ONCE:]

    @property
    def later(self) -> tuple[Indicator, ...]:
        """All that is folded on a screen."""
        return (*self.next, *self.others)

    @property
    def label(self) -> Text:
        """For whom, or about what, the card is."""
        return self.of.label


def card_of_role(held: Reading, role: ReporterRole, office: Office | None = None) -> Card:
    """Return the card for who works in a role: the likeliest indicators of the handbook first."""
    every = held.shown(held.pack.indicators_for(role.id))
    own = [each for each in every if role.id in each.roles or each.id in role.likeliest]
    card = _card(held, role, own, office)
    if role.meldcode is Meldcode.NO:
        return card
    return replace(card, meldcode=shown(held.pack.meldcode_sentence))


def card_of_form(held: Reading, form: Form, office: Office | None = None) -> Card:
    """Return the card about a form: what belongs to it alone first, the strong before the weak."""
    every = held.shown(held.pack.indicators_for(None, form.id))
    every = tuple(
        sorted(every, key=lambda each: (form.id not in each.forms, _STRENGTHS.index(each.strength)))
    )
    return _card(held, form, every, office)


@dataclass(frozen=True)
class Weight:
    """How heavily an indicator weighs, for somebody under 18 too, on what ground, and who can see it."""

    of: Indicator
    strength: str
    minor: str
    basis: str
    roles: tuple[Text, ...]


def weights_of(held: Reading, card: Card) -> tuple[Weight, ...]:
    """Return the weights of all indicators of a card. They give an order and are never added up."""
    return tuple(
        Weight(
            of=each,
            strength=_called("strength", each.strength),
            minor=_called("strength", each.strength_minor) if each.strength_minor else "",
            basis=_called("strength_basis", each.strength_basis),
            roles=tuple(role.label for role in held.named(held.pack.roles, each.roles)),
        )
        for each in (*card.signals, *card.others)
    )


def _called(field: str, value: str) -> str:
    name = choice_name(field, value)
    return shown(name) if name else value


def _card(
    held: Reading, of: ReporterRole | Form, signals: Iterable[Indicator], office: Office | None
) -> Card:
    ordered = tuple(signals)
    return Card(
        of=of,
        signals=ordered[:MOST],
        others=ordered[MOST:],
        do=_sentences(held, DO),
        dont=_sentences(held, DONT),
        meldcode="",
        office=office,
    )


def _sentences(held: Reading, ids: tuple[str, ...]) -> tuple[str, ...]:
    known = (held.pack.public_texts.get(each) for each in ids)
    return tuple(shown(each.text) for each in held.shown(each for each in known if each))


def chosen_office(request: HttpRequest, held: Reading) -> Office | None:
    """Return the municipality that the address names by CBS code or by name; any other names none.

    Where the address names nothing, it is that of the sender. Costs one statement when there is one.
    """
    named = request.GET[ASKED] if ASKED in request.GET else reader(request).code
    found = next((one for one in held.municipalities if named in _names(one)), None)
    return office_of(found) if found else None


def office_of(municipality: Municipality) -> Office:
    """Return a municipality with its number; costs one statement."""
    return Office(municipality.id, municipality.name, telephone_of(municipality.id))


def _names(one: Municipality) -> tuple[str, str]:
    return one.id, slugify(one.name)
