"""How somebody can be reached safely: written down per person, and heard by the plan."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import replan
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.models import Subject, TimelineEvent
from sluitend.journeys.cases.queries.kept_plan import kept_plan
from sluitend.journeys.cases.queries.plan_facts import CONTACT
from sluitend.journeys.cases.reach import REACH, Reach, contact_value
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.manifest import hear_reach


def record_reach(*, actor: Actor, code: str, person: UUID, reach: Reach, revision: int | None = None) -> None:
    """Record how a person can be reached safely, and how never. Without any of it, nothing is known of it.

    Args:
        person: a subject of the case.
        revision: of the case as somebody saw it.

    Raises:
        Absent: nobody of this case.
        Conflict: somebody else changed the case.
    """
    with on_case(code, actor, CASE_WORK, revision=revision, purpose="record_reach") as it:
        if not Subject.objects.filter(case=it.row, pk=person, kind=Subject.Kind.PERSON).exists():
            raise Absent
        keep_reach(it, person, reach)
        say_contact(it)
        it.part = ("subject", person)
        with in_dutch():
            it.event(TimelineEvent.What.FACTS, _("Hoe iemand veilig te bereiken is"))
        replan(it)
    for hears in hear_reach():
        hears(code, person, actor)


def keep_reach(it: OnCase, person: UUID, reach: Reach) -> None:
    """Keep how a person can be reached; part of an action."""
    flags = it.unsealed("facts") or {}
    others = {each: told for each, told in flags.get(REACH, {}).items() if each != str(person)}
    it.seal("facts", {**flags, REACH: others | ({str(person): reach.to_json()} if reach else {})})


def say_contact(it: OnCase) -> None:
    """Let it count as what a person says now of the fact; what comes in after it may still go before it."""
    kept, value = kept_plan(it.row, it.envelope), contact_value(it.unsealed("facts") or {})
    kept["facts"].pop(CONTACT, None)
    if value and CONTACT in it.row.pack.plan_facts:
        by = str(it.actor.own_account)
        kept["facts"][CONTACT] = {"values": [value], "at": timezone.now().isoformat(), "by": by}
    it.seal("plan", kept)
