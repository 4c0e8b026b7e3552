"""The open points of a visit, as the focal point sees them. Who planned it sees one word for all."""

from dataclasses import dataclass

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.queries import CaseAt
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import Actor


@dataclass(frozen=True)
class Points:
    """What still stands in the way of a visit, beside that a focal point has to look.

    `wait_requests` bind the place and let nothing through yet, `gates` are cases in which nobody said what
    happens to the residents, `cases` are about the place of a friendly visit.
    """

    wait_requests: tuple[WaitRequest, ...] = ()
    gates: tuple[CaseAt, ...] = ()
    cases: tuple[CaseAt, ...] = ()


def open_points(visit: Visit, actor: Actor) -> Points:
    """Return every open point of a visit.

    Args:
        visit: waiting, or about to be released.
        actor: a focal point or deputy.
    """
    wait_requests = (
        wait_request
        for wait_request in bound.binding_wait_requests(visit)
        if bound.forbids(wait_request, visit)
    )
    about = cases.cases_with(actor, bound.tokens_of(visit), case_ids=[visit.case_id])
    friendly = visit.kind in Visit.FRIENDLY
    return Points(
        wait_requests=tuple(wait_requests),
        # Outreach asks nothing of the residents; what belongs to a case does, whatever its kind.
        gates=tuple(
            each for each in about if not each.place_may_go and (not friendly or each.id == visit.case_id)
        ),
        cases=tuple(each for each in about if friendly and each.id != visit.case_id),
    )
