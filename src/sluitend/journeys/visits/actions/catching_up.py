"""What a municipality does about holds that others wrote: find what they bind, and end what they ended.

An asker has no token key of the municipality, as intake has none; so the municipality makes the tokens, in
the background and again, first of all, whenever something is released or carried out.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sluitend.journeys.visits import rows
from sluitend.journeys.visits.actions.asking_holder import let_go, work_in
from sluitend.journeys.visits.actions.from_answers import hold_from_answers
from sluitend.journeys.visits.actions.hearing import let_cases_hear
from sluitend.journeys.visits.actions.indexing import index
from sluitend.journeys.visits.actions.passing import let_pass
from sluitend.journeys.visits.models import Hold
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.access.rounds import fenced, in_fences
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.sealing.envelopes import open_envelopes

AT_ONCE = 500


def catch_up(actor: Actor) -> int:
    """Index new holds, work in the answers of askers, and close what an asker ended; twice is harmless.

    Cases hear the danger for which an asker ended it.

    Args:
        actor: the system, acting for one municipality.

    Returns:
        How many new holds and answers there were.
    """
    rows.lock(actor.own_organisation)
    new = hold_from_answers(actor) + index_holds(actor) + work_in(actor)
    ended = Hold.objects.filter(
        organisation_id=actor.own_organisation,
        state__in=[Hold.State.LIFTED, Hold.State.REPLACED],
        closed__isnull=True,
    )
    for row in list(ended[:AT_ONCE]):
        with fenced():
            let_cases_hear(row, actor)
            rows.close(row, actor)
            rows.save_turn(row, *rows.CLOSED)
    let_go(actor)
    followup.settle()
    return new


def heed(actor: Actor) -> bool:
    """Let what an asker asked a moment ago count before somebody looks: no page shows a release that it ends.

    It asks the database one thing, the same for everybody, and does more only when something is new.

    Args:
        actor: whoever looks, in the municipality that the hold binds.

    Returns:
        Whether there was a new one.
    """
    if rows.all_heard(actor.own_organisation):
        return False
    return catch_up(system_actor(actor.own_organisation)) > 0


def hear_askers(actor: Actor) -> None:
    """Let all that askers wrote count: their holds and their answers. Call `rows.lock` first."""
    hold_from_answers(actor)
    index_holds(actor)
    work_in(actor)


def index_holds(actor: Actor) -> int:
    """Make the tokens of holds that have none yet, and let what is released at their places wait again.

    Call `rows.lock` first.

    Args:
        actor: the system: who releases need not be allowed to read any hold.

    Returns:
        How many there were.

    Raises:
        Refused: somebody else than the system asks.
    """
    if actor.kind != "system":
        raise Refused
    new = list(Hold.objects.filter(organisation_id=actor.own_organisation, indexed__isnull=True)[:AT_ONCE])
    if not new:
        return 0
    held: set[UUID] = set()

    def work(some: Sequence[Hold]) -> None:
        envelopes = open_envelopes([row.envelope_id for row in some], actor=actor, purpose="hold.index")
        held.update(envelopes)
        for row in some:
            if row.envelope_id in envelopes:
                index(row, envelopes[row.envelope_id], actor)

    left = in_fences(new, work)
    return sum(row.envelope_id in held for row in new if row not in left)


def pass_holds(*, actor: Actor, today: date) -> int:
    """Ask the focal points to consult the asker of each hold whose day has passed; that releases nothing.

    Returns:
        How many there were.
    """
    over = Hold.objects.filter(organisation_id=actor.own_organisation, state=Hold.State.RUNS, until__lt=today)
    passed = 0
    for row in list(over[:AT_ONCE]):
        with fenced():
            let_pass(row, actor)
            rows.save_turn(row, "state", "current_step")
            rows.note(row, actor=actor, action="hold.pass")
            passed += 1
    followup.settle()
    return passed


def focal_accounts(actor: Actor) -> list[UUID]:
    """Return the accounts of who reads new holds."""
    people = colleagues(actor.own_organisation, roles=[Role.FOCAL_POINT, Role.DEPUTY])
    return sorted({each.account_id for each in people})
