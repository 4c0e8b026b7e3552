"""What a draft changes, and the pack that it makes: what actions and queries share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.loading import pack_of, read_entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release

type Content = dict[str, Any]
type Change = tuple[str, str, Content | None]
"""A list of the handbook, an id, and the content of that entry, or None where it goes."""


def live(actor: Actor) -> Draft | None:
    """Return the draft that the actor's region works on, or None."""
    require_role(actor, HANDBOOK_EDIT)
    return Draft.objects.filter(organisation_id=actor.own_organisation, state__in=list(Draft.LIVE)).first()


def changes_of(draft: Draft) -> tuple[Change, ...]:
    """Return what the draft changes."""
    rows = DraftEntry.objects.filter(draft=draft).order_by("part", "entry_id")
    return tuple((row.part, row.entry_id, row.content) for row in rows)


def content_of(pack: Pack) -> Content:
    """Return a pack as the plain values of which `pack_of` makes it."""
    content: Content = json.loads(pack.canonical_json())
    return content


def as_text(content: Content) -> str:
    """Return plain values as JSON text, as strict models read them."""
    return json.dumps(content)


def with_changes(content: Content, changes: Iterable[Change]) -> Content:
    """Return the plain values of a pack with these changes in it; new entries stand at the end."""
    changed = dict(content)
    for part, entry_id, entry in changes:
        old: list[Mapping[str, Any]] = list(changed.get(part, ()))
        place = next((n for n, one in enumerate(old) if one.get("id") == entry_id), len(old))
        changed[part] = [*old[:place], *([entry] if entry is not None else []), *old[place + 1 :]]
    return changed


def list_with(draft: Draft, part: str) -> tuple[Entry, ...]:
    """Return the entries of one list as the draft has them; each was of a right shape when it was saved."""
    return tuple(entry for _part, entry in entries_with(draft, (part,)))


def entries_with(draft: Draft, parts: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of lists as the draft has them, each with the name of its list."""
    content = with_changes(content_of(release(draft.base).pack), changes_of(draft))
    for part in parts:
        for one in content.get(part, ()):
            entry, _wrong = read_entry(part, one)
            if entry is not None:
                yield part, entry


def pack_with(draft: Draft) -> Pack:
    """Return the pack that the draft makes.

    Raises:
        PackInvalid: it has problems.
    """
    return pack_of(with_changes(content_of(release(draft.base).pack), changes_of(draft)))
