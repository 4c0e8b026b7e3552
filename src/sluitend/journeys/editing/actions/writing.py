"""What the verbs of a draft share: writing an entry, counting the changes, opening it again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sluitend.journeys.editing import rows
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict


def write(draft: Draft, part: str, entry_id: str, content: dict[str, Any] | None, actor: Actor) -> int:
    """Put an entry in a draft as it becomes, None where it goes, and return its version."""
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    fresh = row or DraftEntry(
        organisation_id=draft.organisation_id, draft=draft, part=part, entry_id=entry_id, version=0
    )
    fresh.content, fresh.version = content, count(draft)
    fresh.changed, fresh.changed_by_id = timezone.now(), actor.own_account
    fresh.save()
    return fresh.version


def count(draft: Draft) -> int:
    """Count a change of the draft and return its number.

    An entry has the number of its last change, so that one that was forgotten and changed again never looks
    like the one that somebody still has on a screen.
    """
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft.revision


def as_seen(draft: Draft, revision: int | None) -> None:
    """Raise `Conflict` when the draft is not the one that this person saw."""
    if revision is not None and revision != draft.revision:
        raise Conflict


def reopen(draft: Draft, actor: Actor) -> None:
    """Open an offered draft again: what a second person looks at must not change under their eyes."""
    if draft.state == Draft.State.OFFERED:
        draft.state, draft.offered, draft.offered_by_id = Draft.State.OPEN, None, None
        draft.save(update_fields=["state", "offered", "offered_by"])
        rows.note(draft.id, actor=actor, action="handbook.reopen")
