"""What a municipality does about wait requests of others: find what they bind, and end what they ended.

An asker has no token key of the municipality, as intake has none; so the municipality makes the tokens, in
the background and again, first of all, whenever something is released or carried out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from sluitend.journeys.visits import jobs
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.asking_asker import let_go, work_in
from sluitend.journeys.visits.actions.from_answers import wait_requests_from_answers
from sluitend.journeys.visits.actions.hearing import let_cases_hear, let_plans_follow
from sluitend.journeys.visits.actions.indexing import index
from sluitend.journeys.visits.actions.passing import let_pass
from sluitend.journeys.visits.models import WaitRequest
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.access.models import Run
from sluitend.kernel.access.rounds import apart, fenced, in_fences
from sluitend.kernel.flow.verbs import changing, note
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.sealing.errors import SealBroken

AT_ONCE = 500


def catch_up(actor: Actor) -> int:
    """Index new wait requests, work in answers, and close what an asker ended; twice is harmless.

    Cases hear the danger for which an asker ended it.

    Args:
        actor: the system, acting for one municipality.

    Returns:
        How many new wait requests and answers there were.
    """
    writing.lock(actor.own_organisation)
    with _apart(actor):
        new = wait_requests_from_answers(actor) + index_wait_requests(actor) + work_in(actor)
        ended = WaitRequest.objects.filter(
            organisation_id=actor.own_organisation,
            state__in=[WaitRequest.State.LIFTED, WaitRequest.State.REPLACED],
            closed__isnull=True,
        )
        for row in list(ended[:AT_ONCE]):
            with fenced():
                let_cases_hear(row, actor)
                with changing(row):
                    writing.close(row, actor)
                let_plans_follow(row)
        let_go(actor)
    followup.settle()
    return new


@contextmanager
def _apart(actor: Actor) -> Iterator[None]:
    """Leave what does not open unheard, also where a page asks: until it opens nothing is released, and the
    rest goes on.

    The worker tries it too, and fails: so administrators and `doctor` hear of it.
    """
    with apart(SealBroken) as left:
        yield
    own = actor.own_organisation
    known = Run.objects.filter(task="visits.catch_up", organisation_id=own).exclude(error="")
    if left and not known.exists():
        after_commit(jobs.catch_up, own)


def heed(actor: Actor) -> bool:
    """Let what an asker asked a moment ago count before somebody looks: no page shows a release that it ends.

    It asks the database one thing, the same for everybody, and does more only when something is new.

    Args:
        actor: whoever looks, in the municipality that the wait request binds.

    Returns:
        Whether there was a new one.
    """
    if bound.all_heard(actor.own_organisation):
        return False
    return catch_up(system_actor(actor.own_organisation)) > 0


def hear_askers(actor: Actor) -> None:
    """Let all that askers wrote count: their wait requests and their answers. Call `writing.lock` first."""
    with _apart(actor):
        wait_requests_from_answers(actor)
        index_wait_requests(actor)
        work_in(actor)


def index_wait_requests(actor: Actor) -> int:
    """Make the tokens of wait requests that have none yet, and let what is released there wait again.

    Call `writing.lock` first.

    Args:
        actor: the system: who releases need not be allowed to read any wait request.

    Returns:
        How many there were.

    Raises:
        Refused: somebody else than the system asks.
    """
    if actor.kind != "system":
        raise Refused
    new = list(
        WaitRequest.objects.filter(organisation_id=actor.own_organisation, indexed__isnull=True)[:AT_ONCE]
    )
    if not new:
        return 0
    held: set[UUID] = set()

    def work(some: Sequence[WaitRequest]) -> None:
        envelopes = open_envelopes(
            [row.envelope_id for row in some], actor=actor, purpose="wait_request.index"
        )
        held.update(envelopes)
        for row in some:
            if row.envelope_id in envelopes:
                index(row, envelopes[row.envelope_id], actor)

    left = in_fences(new, work)
    return sum(row.envelope_id in held for row in new if row not in left)


def pass_wait_requests(*, actor: Actor, today: date) -> int:
    """Let focal points consult the asker of each wait request whose day has passed; that releases nothing.

    Returns:
        How many there were.
    """
    over = WaitRequest.objects.filter(
        organisation_id=actor.own_organisation, state=WaitRequest.State.RUNS, until__lt=today
    )
    passed = 0
    for row in list(over[:AT_ONCE]):
        with fenced():
            with changing(row):
                let_pass(row, actor)
            note(row, actor, "wait_request.pass")
            passed += 1
    followup.settle()
    return passed


def focal_accounts(actor: Actor) -> list[UUID]:
    """Return the accounts of who reads new wait requests."""
    people = colleagues(actor.own_organisation, roles=[Role.FOCAL_POINT, Role.DEPUTY])
    return sorted({each.account_id for each in people})
