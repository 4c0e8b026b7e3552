"""What the exchanges journey tells a case: that information was asked about it, and what came back."""

from collections.abc import Collection
from uuid import UUID

from sluitend.journeys.cases.actions.plan_news import note_answer
from sluitend.journeys.cases.actions.working import on_own
from sluitend.journeys.cases.models import TimelineEvent
from sluitend.journeys.cases.queries.rows import is_taken
from sluitend.kernel.access.acting import Actor


def inquiry_told(*, actor: Actor, case_id: UUID, text: str, events: Collection[str] = ()) -> None:
    """Write on the timeline that something was asked, or answered; the same line once.

    Args:
        actor: who asked, or the system.
        text: the line, without what was shared.
        events: ids of the news that the answer is for the plan.
    """
    with on_own(case_id, actor, "inquiry") as it:
        lines = TimelineEvent.objects.filter(case=it.row, what=TimelineEvent.What.LOOKED_UP)
        if any((it.envelope.read(each, "content") or {}).get("text") == text for each in lines):
            return
        it.event(TimelineEvent.What.LOOKED_UP, text)
        if it.row.closed is None and not is_taken(it.row):
            note_answer(it, events)
