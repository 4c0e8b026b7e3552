"""What the verbs of a draft share: holding it, writing an entry, counting changes, its line in the ledger."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.editing.actions.errors import NoDraft
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.queries import names

ACTIVITY = "handreiking"
"""Id of the processing activity in the register."""


def locked(actor: Actor) -> Draft:
    """Return the live draft, held until the transaction ends, so that two changes come one after the other.

    Raises:
        NoDraft: there is none, or somebody ended it.
    """
    require_role(actor, HANDBOOK_EDIT)
    draft = (
        Draft.objects.select_for_update()
        .filter(organisation_id=actor.own_organisation, state__in=list(Draft.LIVE))
        .first()
    )
    if draft is None:
        raise _gone(actor)
    return draft


def _gone(actor: Actor) -> NoDraft:
    """Return what to say to who still works in a draft that is no more: who ended it, when another did."""
    last = Draft.objects.filter(organisation_id=actor.own_organisation).order_by("-started").first()
    by = last.ended_by_id if last else None
    if last is None or by is None or by == actor.own_account:
        return NoDraft(_("Er is geen concept. Begin er eerst een."))
    words = (
        _("%(name)s legde het concept weg.")
        if last.state == Draft.State.DROPPED
        else _("%(name)s gaf het concept uit.")
    )
    return NoDraft(words % {"name": names([by]).get(by, "")})


def write(draft: Draft, part: str, entry_id: str, content: dict[str, Any] | None, actor: Actor) -> int:
    """Put an entry in a draft as it becomes, None where it goes, and return its version.

    Where only who read it in a language is new, who wrote it stays who wrote it, and who looked at it looked
    at it: else a colleague who marks a language as read would take from the writer what still asks for a
    second reader.
    """
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    fresh = row or DraftEntry(
        organisation_id=draft.organisation_id, draft=draft, part=part, entry_id=entry_id, version=0
    )
    if row is None or not _says_the_same(part, row.content, content):
        fresh.changed, fresh.changed_by_id = timezone.now(), actor.own_account
        fresh.looked, fresh.looked_by_id = None, None
    fresh.content, fresh.version = content, count(draft)
    fresh.save()
    return fresh.version


def _says_the_same(part: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    """Tell whether nothing changes in an entry but who read it in which language."""
    if before is None or after is None:
        return before is after
    was, becomes = (read_entry(part, each)[0] for each in (before, after))
    if was is None or becomes is None:
        return False
    return was == becomes.model_copy(update={"reviewed": was.reviewed})


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
        note(draft.id, actor=actor, action="handbook.reopen")


def not_returned(draft: Draft) -> tuple[str, ...]:
    """Forget why a draft came back, and return the columns to save."""
    draft.returned, draft.returned_by_id, draft.returned_to_id, draft.returned_why = None, None, None, ""
    return ("returned", "returned_by", "returned_to", "returned_why")


def note(draft_id: UUID, *, actor: Actor, action: str, purpose: str = "") -> None:
    """Write one line in the ledger about a draft."""
    record(actor=actor, action=action, subject=("draft", draft_id), activity=ACTIVITY, purpose=purpose)
