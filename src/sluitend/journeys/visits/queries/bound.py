"""What binds what: which wait requests are about a visit, and what came out of consulting their askers."""

from collections.abc import Collection, Mapping, Set
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.visits.models import (
    Consultation,
    Visit,
    VisitToken,
    WaitRequest,
    WaitRequestQuestion,
    WaitRequestToken,
)
from sluitend.kernel.handbook.same_address import only_perhaps
from sluitend.kernel.prepared import Prepared, among


def tokens_of(row: Visit | WaitRequest) -> QuerySet[Any, UUID]:
    """Return the tokens by which a visit or a wait request is found."""
    found = (
        VisitToken.objects.filter(visit=row)
        if isinstance(row, Visit)
        else WaitRequestToken.objects.filter(wait_request=row)
    )
    return found.values_list("token", flat=True)


def binding_wait_requests(visit: Visit) -> list[WaitRequest]:
    """Return every wait request that binds and is about a place of this visit, the first one asked first."""
    held = WaitRequestToken.objects.filter(organisation_id=visit.organisation_id, token__in=tokens_of(visit))
    return list(
        WaitRequest.objects.filter(
            organisation_id=visit.organisation_id,
            state__in=WaitRequest.BINDING,
            pk__in=held.values("wait_request_id"),
        ).order_by("asked_at", "id")
    )


def only_written_alike(visit: Visit) -> frozenset[UUID]:
    """Return which wait requests have no more in common with a visit than how its address is written."""
    held = WaitRequestToken.objects.filter(organisation_id=visit.organisation_id, token__in=tokens_of(visit))
    kinds: dict[UUID, set[str]] = {}
    for wait_request_id, kind in held.values_list("wait_request_id", "kind"):
        kinds.setdefault(wait_request_id, set()).add(kind)
    return frozenset(each for each, shared in kinds.items() if only_perhaps(shared))


def bound_visits(wait_request: WaitRequest, *states: str) -> list[Visit]:
    """Return the visits in these states that a wait request is about, the first day first."""
    there = VisitToken.objects.filter(
        organisation_id=wait_request.organisation_id, token__in=tokens_of(wait_request)
    )
    return list(
        Visit.objects.filter(
            organisation_id=wait_request.organisation_id, state__in=states, pk__in=there.values("visit_id")
        ).order_by("day", "id")
    )


def last_consultation(wait_request: WaitRequest, visit: Visit | None) -> Consultation | None:
    """Return the consultation that counts: the last one of this wait request about this visit."""
    return Consultation.objects.filter(wait_request=wait_request, visit=visit).order_by("-turn").first()


def allows(consultation: Consultation | None, wait_request: WaitRequest) -> bool:
    """Return whether what came out lets the visit go ahead. The database says the same: `visits_forbids`.

    The asker said so; or it cannot wait, and the asker was rung first; or nobody answered after the day until
    which was asked to wait.
    """
    if consultation is None:
        return False
    after = consultation.asked_on > wait_request.until
    return (
        consultation.outcome == Consultation.Outcome.GO_AHEAD
        or bool(consultation.cannot_wait)
        or (consultation.outcome == Consultation.Outcome.NO_ANSWER and after)
    )


def forbids(wait_request: WaitRequest, visit: Visit) -> bool:
    """Return whether this wait request keeps this visit from going ahead now."""
    return not allows(last_consultation(wait_request, visit), wait_request)


def forbidding(at: Mapping[UUID, Set[UUID]]) -> dict[UUID, list[WaitRequest]]:
    """Return which wait requests keep each visit from going ahead now, the first one asked first.

    Args:
        at: the tokens of each, by its id. They are of the municipality's own key, and so are those found.
    """
    by_token: dict[UUID, set[UUID]] = {}
    for token, wait_request_id in _binding_asked().rows(tokens=list(set[UUID]().union(*at.values()))):
        by_token.setdefault(token, set()).add(wait_request_id)
    wanted = set[UUID]().union(*by_token.values())
    asked = WaitRequest.objects.in_bulk(wanted) if wanted else {}
    last = _last_consultations(asked, at) if asked else {}
    binding = {
        visit: {one for token in tokens for one in by_token.get(token, ())} for visit, tokens in at.items()
    }
    return {
        visit: sorted(
            (asked[one] for one in ones if not allows(last.get((one, visit)), asked[one])),
            key=lambda row: (row.asked_at, row.id),
        )
        for visit, ones in binding.items()
    }


@cache
def _binding_asked() -> Prepared:
    found = WaitRequestToken.objects.filter(
        token=among("tokens"), wait_request__state__in=sorted(WaitRequest.BINDING)
    )
    return Prepared(found.values_list("token", "wait_request_id"))


def _last_consultations(
    wait_requests: Collection[UUID], visits: Collection[UUID]
) -> dict[tuple[UUID, UUID | None], Consultation]:
    rows = Consultation.objects.filter(wait_request_id__in=wait_requests, visit_id__in=visits)
    return {(row.wait_request_id, row.visit_id): row for row in rows.order_by("turn")}


def held(visit: Visit) -> bool:
    """Return whether any wait request keeps this visit from going ahead now."""
    return any(forbids(wait_request, visit) for wait_request in binding_wait_requests(visit))


def all_heard(organisation_id: UUID) -> bool:
    """Return whether all binding wait requests, and answers about one, were held against what is planned.

    One that was not stops all. Each of the two has its index, which "one or the other" would not read.
    """
    unread = WaitRequest.objects.filter(
        organisation_id=organisation_id, indexed__isnull=True, state__in=WaitRequest.BINDING
    )
    unheard = new_answers(organisation_id).order_by()
    found = unread.values("id").union(unheard.values("wait_request_id"), all=True).exists()
    return not (found or referrals.waits_unheard(organisation_id))


def new_answers(organisation_id: UUID) -> QuerySet[WaitRequestQuestion]:
    """Return the answers of askers that are no consultation yet, the first one first."""
    return WaitRequestQuestion.objects.filter(
        organisation_id=organisation_id, answered_at__isnull=False, worked_in__isnull=True
    ).order_by("answered_at", "id")


def open_question(wait_request: WaitRequest, visit: Visit | None) -> WaitRequestQuestion | None:
    """Return what the asker was asked about this visit, or its own request, and did not answer yet."""
    return WaitRequestQuestion.objects.filter(
        wait_request=wait_request, visit=visit, recipient_closed__isnull=True
    ).first()


def next_consultation(wait_request: WaitRequest) -> int:
    """Return the number of the next consultation about a wait request."""
    last = (
        Consultation.objects.filter(wait_request=wait_request)
        .order_by("-turn")
        .values_list("turn", flat=True)
        .first()
    )
    return (last or 0) + 1


def shown(visit: Visit, *, heard: bool) -> tuple[str, str]:
    """Return the state of a visit and its words, as a page may show it.

    Args:
        heard: whether every wait request and answer was held against what is planned; while one is not,
        nothing is.
    """
    state = Visit.State(visit.state)
    if state is Visit.State.RELEASED and not heard:
        state = Visit.State.PLANNED
    return state.value, str(state.label)


def passed(wait_request: WaitRequest) -> bool:
    """Return whether the day until which was asked to wait lies behind us."""
    return wait_request.until < timezone.localdate()
