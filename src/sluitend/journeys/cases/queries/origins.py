"""Where a fact of the plan comes from that no sentence of a report says: what the case itself keeps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.queries.plan_facts import (
    CONCRETE,
    DANGER,
    PAPERS,
    PLACE,
    REPORTER,
    RESIDENTS,
    SLEEPS,
    TERRITORY,
    Known,
    KnownFact,
    Source,
    places_in,
    where_of,
)
from sluitend.journeys.cases.queries.shapes import SubjectView

IN_WORDS = {
    DANGER: gettext_lazy("De casus staat op acuut."),
    CONCRETE: gettext_lazy("Uit de weging."),
    REPORTER: gettext_lazy("Uit de meldingen in deze casus."),
    PAPERS: gettext_lazy("Uit de vraag over papieren en bewoners."),
    RESIDENTS: gettext_lazy("Uit de vraag over papieren en bewoners."),
}
BY_PLACES: Mapping[str, Callable[[Known], Iterable[SubjectView]]] = {
    PLACE: places_in,
    TERRITORY: lambda known: where_of(known).deciding,
    SLEEPS: lambda known: where_of(known).beds,
}
"""The facts that the places in a case say, and which of them do."""


def with_origins(facts: Iterable[KnownFact], known: Known) -> list[KnownFact]:
    """Return the facts, each that is known with where it comes from.

    Args:
        facts: as they count now.
        known: what they were taken from.
    """
    return [replace(each, sources=_origins(each, known)) if _says_nothing(each) else each for each in facts]


def _says_nothing(each: KnownFact) -> bool:
    return not (each.unknown or each.sources or each.against or each.said_at)


def _origins(each: KnownFact, known: Known) -> tuple[Source, ...]:
    places = BY_PLACES.get(each.id)
    named = [Source(place.name, plain=True) for place in places(known)] if places else []
    return tuple(named) or (Source(str(IN_WORDS.get(each.id) or _("Staat zo in de casus.")), plain=True),)
