"""What the lists of visits and wait requests are filtered, sorted and searched on, and a page of each."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.visits.models import Visit, VisitToken, WaitRequest, WaitRequestToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.listing import PAGE, Choice, Chosen, Order, Sorting, named, page_of, with_code
from sluitend.kernel.sealing.tokens import Kind, tokens_of_any

OPEN, DONE = "open", "klaar"
SOUGHT: tuple[Kind, ...] = ("address", "kvk", "plate")
ON_DAY, AT = (date.fromisoformat, UUID), (datetime.fromisoformat, UUID)

OWN = Choice("toon", _("Welke"), {"": _("Alles"), OPEN: _("Open"), DONE: _("Klaar")})
KIND = Choice("soort", _("Soort"), {"": _("Alles"), **dict(Visit.Kind.choices)})
"""Not on what is released: while a wait request is not read, no list tells that."""

RUNNING = Choice("toon", _("Welke"), {"": _("Lopend"), DONE: _("Klaar")})
LATEST_DAY = Sorting(
    "volgorde",
    _("Volgorde"),
    {"": _("Laatste dag eerst"), "oud": _("Eerste dag eerst")},
    (Order(("-day", "id"), ON_DAY), Order(("day", "-id"), ON_DAY)),
)
FIRST_DAY = Sorting(
    "volgorde",
    _("Volgorde"),
    {"": _("Eerste dag eerst"), "laat": _("Laatste dag eerst")},
    (Order(("day", "id"), ON_DAY), Order(("-day", "-id"), ON_DAY)),
)
UNTIL = Sorting(
    "volgorde",
    _("Volgorde"),
    {"": _("Eerste dag eerst"), "laat": _("Laatste dag eerst")},
    (Order(("until", "id"), ON_DAY), Order(("-until", "-id"), ON_DAY)),
)
NEWEST = Sorting(
    "volgorde",
    _("Volgorde"),
    {"": _("Nieuwste eerst"), "oud": _("Oudste eerst")},
    (Order(("-asked_at", "id"), AT), Order(("asked_at", "-id"), AT)),
)
"""Each is one index from its two ends."""


def page_of_visits(
    rows: QuerySet[Visit],
    sorting: Sorting,
    chosen: Chosen,
    actor: Actor,
    planners: Iterable[tuple[UUID, str]] = (),
) -> tuple[list[Visit], str]:
    """Return a page of visits. What is sought has this code or place, or a planner of this name.

    Args:
        rows: what stands in the list.
        sorting: in what order it can stand.
        chosen: what is asked of it.
        actor: who looks.
        planners: by whose name is sought.
    """
    parts = [rows]
    if chosen.words:
        held = VisitToken.objects.filter(
            organisation_id=actor.own_organisation,
            token__in=tokens_of_any(actor.own_organisation, SOUGHT, chosen.words),
        )
        parts = [
            with_code(rows, chosen.words),
            rows.filter(pk__in=held.values("visit_id")),
            *(rows.filter(planner_id=each) for each in named(chosen.words, planners)),
        ]
    return page_of(parts, sorting.of(chosen), chosen.after, PAGE)


def page_of_wait_requests(
    rows: QuerySet[WaitRequest],
    sorting: Sorting,
    chosen: Chosen,
    held: QuerySet[WaitRequestToken] | None = None,
    **others: Iterable[tuple[object, str]],
) -> tuple[list[WaitRequest], str]:
    """Return a page of wait requests. What is sought has this code or place, or is between these two.

    Args:
        rows: what stands in the list.
        sorting: in what order it can stand.
        chosen: what is asked of it.
        held: by what the actor's organisation finds those of this place, where the actor may know of places.
        others: values of a column, and by what name each is sought.
    """
    parts = [rows]
    if chosen.words:
        parts = [
            with_code(rows, chosen.words),
            *([rows.filter(pk__in=held.values("wait_request_id"))] if held is not None else []),
            *(
                rows.filter(**{column: key})
                for column, names in others.items()
                for key in named(chosen.words, names)
            ),
        ]
    return page_of(parts, sorting.of(chosen), chosen.after, PAGE)


def held_at(words: str, actor: Actor) -> QuerySet[WaitRequestToken]:
    """Return the tokens of this place of the wait requests on the actor's organisation."""
    own = actor.own_organisation
    return WaitRequestToken.objects.filter(organisation_id=own, token__in=tokens_of_any(own, SOUGHT, words))
