"""What may go to a partner: the offer of case and route, the choice of a person, the rules between the two.

Pure functions over frozen data, so that a test can show without a database that nothing else leaves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.queries import Reach
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.telltale import Finder, Known, Sort

LONGEST_DAYS = 366
QUESTION, NUMBER = "question", "number_of_people"
QUESTION_LENGTH = 600
REASON_LENGTH = 600
SHORTEST_REASON = 10
WISHES_AGAINST = frozenset({"no", "unclear"})
"""A wish against which saying who somebody is needs a decision of its own. Not having asked is no wish."""


@dataclass(frozen=True)
class OfferedFile:
    """An attachment that belongs to a part."""

    id: UUID
    name: str


@dataclass(frozen=True)
class OfferedPart:
    """A part of the case that is there to be shared.

    `slot` says where it stands on the sheet: who, what, where, when, how. `id` is that of the row, `part`
    that of the handbook: each observation is a row of its own. Of a `free` one a person may change the words.
    """

    id: str
    title: str
    text: str
    hint: str = ""
    slot: str = "what"
    how: str = ""
    fact: bool = False
    allowed: bool = False
    never: bool = False
    named_outside: bool = False
    """Whether the route says that this does not go, or it never may: the page then shows why."""
    reason: str = ""
    identifies_person: bool = False
    files: tuple[OfferedFile, ...] = ()
    part: str = ""
    free: bool = False
    off: str = ""
    """Why it is not ticked beforehand, although the route allows it."""


@dataclass(frozen=True)
class Reached:
    """How a person of the case can be reached, for who sends."""

    person: UUID
    name: str
    reach: Reach


@dataclass(frozen=True)
class OfferedPartner:
    """An organisation that the route names, and how it can be reached."""

    id: str
    label: str
    verb: str
    channels: tuple[str, ...]
    organisation_id: UUID | None = None
    note: str = ""
    care: bool = False


@dataclass(frozen=True)
class Offer:
    """All that may be chosen for one letter: what one partner is asked of one case.

    `key` tells it from the others of the case; `asks` is what it asks, one for each action of the plan.
    """

    key: str
    case_id: UUID
    case_code: str
    case_name: str
    track: str
    actions: tuple[str, ...]
    asks: tuple[str, ...]
    release_number: int
    partners: tuple[OfferedPartner, ...]
    bases: tuple[Named, ...]
    purposes: tuple[Named, ...]
    parts: tuple[OfferedPart, ...]
    answer_by: date
    expires: date
    area: str
    form: str = ""
    kind_words: str = ""
    sender: str = ""
    task: str = ""
    urgency: str = "days"
    minor: bool = False
    asks_residents: bool = False
    residents_settled: bool = False
    held: frozenset[Sort] = frozenset()
    """What may not be named yet, whatever the ceiling: of words that somebody types as well."""
    stops: tuple[str, ...] = ()
    """What must come first, or why the plan asks it no more, since it was begun."""
    wish: str = "unknown"
    grounds: tuple[Named, ...] = ()
    wish_grounds: tuple[Named, ...] = ()
    mind: tuple[str, ...] = ()
    """The warnings of the action of the plan that this is."""
    to_check: tuple[str, ...] = ()
    """What grounds say of which a person must still find out whether they carry this."""
    may_parts: frozenset[str] = frozenset()
    never_parts: frozenset[str] = frozenset()
    known: Known = field(default_factory=Known)
    finder: Finder = field(default_factory=Finder, compare=False)
    to_care: bool = False
    """Whether all who are asked are care: only there does it go how somebody can be reached safely."""
    reached: tuple[Reached, ...] = ()
    of_care: str = ""
    """What care coordination is asked: `consult`, without a name, or `handover`, of a person."""
    no_way: OfferedPart | None = None
    """What a partner reads when help is asked for somebody who cannot be reached safely."""

    def gives_way(self, chosen: frozenset[str]) -> bool:
        """Return whether these parts tell how somebody can be reached safely."""
        ways = {part.id for part in self.parts if part.part == CONTACT and not part.never}
        return any(each.reach.how for each in self.reached) and bool(ways & chosen)

    @property
    def without_names(self) -> bool:
        """Whether nobody may be named."""
        return "person_name" in self.never_parts

    def partner(self, partner_id: str) -> OfferedPartner | None:
        """Return the partner with this id when the route names it."""
        return next((each for each in self.partners if each.id == partner_id), None)


@dataclass(frozen=True)
class Choice:
    """What a person chose to send."""

    partner: str
    channel: str
    basis: str
    purpose: str
    answer_by: date
    expires: date
    parts: frozenset[str]
    question: str
    beyond_ground: str = ""
    beyond_reason: str = ""
    wish_ground: str = ""
    wish_reason: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What the partner reads, by row; a row that is not here goes as it was told."""
    looked: Mapping[str, str] = field(default_factory=dict)
    """What somebody decided on each word that was marked, by its key."""
    no_way: bool = False
    """Whether somebody said that there is no safe way to reach the person."""
    actions: tuple[str, ...] = ()
    """What the letter asked when it was read, where that is known."""


@dataclass(frozen=True)
class Selected:
    """What goes, in the order of the offer, and in which respects it goes further than route or wish."""

    parts: tuple[OfferedPart, ...]
    beyond: tuple[OfferedPart, ...] = ()
    against_wish: bool = False
    withheld: tuple[str, ...] = field(default=())
    words: tuple[str, ...] = ()
    """Words in the texts that go further than the route."""
    question: str = ""

    @property
    def goes_beyond(self) -> bool:
        """Whether a part or a word goes further than the route."""
        return bool(self.beyond or self.words)


def ticked_beforehand(offer: Offer) -> frozenset[str]:
    """Return the parts that are ticked when the page opens: only what the profile of the route allows.

    Files are never among them, nor what says who somebody is against their wish, what is old, or free words
    about a person: a person ticks those.
    """
    return frozenset(
        part.id
        for part in offer.parts
        if part.allowed
        and not (part.never or part.files or part.off or not part.text)
        and not goes_against_wish(offer, [part])
    )


def selected(
    offer: Offer, chosen: Iterable[str], *, parts: tuple[OfferedPart, ...] | None = None, question: str = ""
) -> Selected:
    """Return exactly the chosen parts of the offer, without what is never shared, whatever was asked.

    Args:
        offer: of the case.
        chosen: ids of its parts.
        parts: the same in other words, where somebody changed them.
        question: to the partner.
    """
    wanted = frozenset(chosen)
    if parts is None:
        parts = tuple(part for part in offer.parts if part.id in wanted and not part.never)
    going = {part.id for part in parts}
    return Selected(
        parts=parts,
        beyond=tuple(part for part in parts if not part.allowed),
        against_wish=goes_against_wish(offer, parts),
        withheld=tuple(part.title for part in offer.parts if part.id not in going),
        question=question,
    )


def goes_against_wish(offer: Offer, parts: Iterable[OfferedPart]) -> bool:
    """Return whether these parts say who it is while that person does not want it, or that is not clear."""
    return offer.wish in WISHES_AGAINST and any(part.identifies_person for part in parts)


def warning_for(what: Selected) -> str:
    """Return the sentence that names what is more than needed, or nothing."""
    if not what.goes_beyond:
        return ""
    names = ", ".join([*(part.title for part in what.beyond), *(f"“{word}”" for word in what.words)])
    return _("Meer dan nodig voor deze vraag: %(parts)s.") % {"parts": names}


def problems(offer: Offer, choice: Choice, what: Selected, today: date) -> dict[str, str]:
    """Return what is wrong with a choice, by field; `leaving` adds what is wrong with its words."""
    found = {
        **_recipient_problems(offer, choice),
        **_date_problems(choice, today),
        **_part_problems(offer, choice, what),
        **_beyond_problems(offer, choice, what),
        **_wish_problems(offer, choice, what),
        **_reach_problems(offer, choice),
        **_text_problems(offer, choice),
    }
    if offer.stops:
        found["parts"] = " ".join([_("Dit kan nu niet worden verstuurd."), *offer.stops])
    if offer.asks_residents and not offer.residents_settled:
        found["parts"] = _("Beantwoord eerst wat er met de bewoners gebeurt. Daarna kan dit spoor verder.")
    return found


def _recipient_problems(offer: Offer, choice: Choice) -> dict[str, str]:
    found = {}
    partner = offer.partner(choice.partner)
    if partner is None:
        found["partner"] = _("Kies een partner die bij deze vraag hoort.")
    elif choice.channel not in partner.channels:
        found["channel"] = _("Zo is deze partner niet te bereiken. Kies een andere manier.")
    if choice.basis not in {each.id for each in offer.bases}:
        found["basis"] = _("Kies een grondslag die bij deze vraag hoort.")
    if choice.purpose not in {each.id for each in offer.purposes}:
        found["purpose"] = _("Kies waarvoor u dit deelt.")
    return found


def _date_problems(choice: Choice, today: date) -> dict[str, str]:
    found = {}
    if choice.answer_by < today:
        found["answer_by"] = _("Deze dag is voorbij. Kies vandaag of later.")
    if choice.expires < max(choice.answer_by, today):
        found["expires"] = _("De toegang kan niet eindigen voordat het antwoord er is.")
    elif choice.expires > today + timedelta(days=LONGEST_DAYS):
        found["expires"] = _("De toegang duurt ten hoogste een jaar.")
    return found


def _part_problems(offer: Offer, choice: Choice, what: Selected) -> dict[str, str]:
    known = {part.id for part in offer.parts if not part.never}
    if choice.parts - known:
        return {"parts": _("Een van deze delen kan niet mee. Kies opnieuw.")}
    if not what.parts and offer.of_care != "consult":
        return {"parts": _("Kies wat u meestuurt. Er is nog niets gekozen.")}
    return {}


def _beyond_problems(offer: Offer, choice: Choice, what: Selected) -> dict[str, str]:
    if not what.goes_beyond:
        return {}
    return _ground_and_reason(
        ("beyond_ground", choice.beyond_ground), ("beyond_reason", choice.beyond_reason), offer.grounds
    )


def _wish_problems(offer: Offer, choice: Choice, what: Selected) -> dict[str, str]:
    if not what.against_wish:
        return {}
    return _ground_and_reason(
        ("wish_ground", choice.wish_ground), ("wish_reason", choice.wish_reason), offer.wish_grounds
    )


def _reach_problems(offer: Offer, choice: Choice) -> dict[str, str]:
    """Ask help only with a way to reach the person, or with the word that there is none."""
    if offer.no_way is None:
        return {}
    goes = offer.gives_way(choice.parts)
    if goes and choice.no_way:
        return {"no_way": _("U stuurt een veilige manier mee. Haal een van de twee vinkjes weg.")}
    if not goes and not choice.no_way:
        return {"no_way": _("Leg eerst een veilige manier vast. Of vink aan dat die er niet is.")}
    return {}


def _ground_and_reason(
    ground: tuple[str, str], reason: tuple[str, str], grounds: Iterable[Named]
) -> dict[str, str]:
    found = {}
    if ground[1] not in {each.id for each in grounds}:
        found[ground[0]] = _("Kies een grond.")
    if len(reason[1].strip()) < SHORTEST_REASON:
        found[reason[0]] = _("Schrijf in één zin waarom dit nodig is.")
    elif len(reason[1]) > REASON_LENGTH:
        found[reason[0]] = _("Dit is te lang. Schrijf ten hoogste 600 tekens.")
    return found


def _text_problems(offer: Offer, choice: Choice) -> dict[str, str]:
    if not choice.question.strip():
        return {"question": _("Schrijf wat u de partner vraagt.")}
    if len(choice.question) >= (QUESTION_LENGTH + 1) * len(offer.asks):
        return {"question": _("Dit is te lang. Schrijf ten hoogste 600 tekens.")}
    return {}
