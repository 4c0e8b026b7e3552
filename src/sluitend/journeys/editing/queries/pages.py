"""What a coordinator sees of the handbook: its lists, the draft, what changed, what asks for a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.exports.differences import EntryChange, differences, label_of
from sluitend.exports.names import kind_name
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.lines import EntryLine, all_entries, languages_of, line_of
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.journeys.editing.queries import drafts
from sluitend.journeys.editing.queries.entries import known_in, wrong_with
from sluitend.journeys.editing.queries.trying import RULES, Tried, tried
from sluitend.journeys.editing.reviews import ReadIn, readings
from sluitend.journeys.editing.told import gathered
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.checks import references_in
from sluitend.kernel.handbook.due_numbers import ended_numbers
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.loading import kind_of, list_parts, pack_of, read_entry
from sluitend.kernel.handbook.pack import Pack, parts_of_now
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid, PackProblem
from sluitend.kernel.handbook.queries import ReleaseLine, current_release, release, releases
from sluitend.kernel.organisations.queries import names

GROUPS: tuple[tuple[Promise | str, str], ...] = (
    (
        _("Wat mensen zien"),
        (
            "forms indicators categories roles role_groups marks risk_groups sectors branches moments words "
            "search_words"
        ),
    ),
    (
        _("Wat u kunt doen"),
        (
            "headings measures barriers stages instruments rulings reader_pages registers recommendations "
            "figures claims"
        ),
    ),
    (
        _("Wie en waarheen"),
        (
            "partners help_lines inquiries sources bases parts purposes departments "
            "feedback_codes subregions municipalities places elsewhere watchwords"
        ),
    ),
    (
        _("Het plan van een casus"),
        (
            "plan_facts plan_actions plan_rules plan_warnings plan_shares plan_gates plan_parties plan_tasks "
            "plan_lines plan_readings plan_words plan_events plan_answers plan_samples "
            "evidence_kinds measure_results"
        ),
    ),
    (
        _("Hulp en opvang"),
        (
            "care_offers care_situations care_nevers care_moments care_tasks care_consents care_questions "
            "file_sections life_areas area_words legal_events "
            "care_replies town_tasks shelter_kinds shelter_filters shelter_refusals night_states "
            "night_hours night_ladder"
        ),
    ),
    (
        _("Voor wie hulp zoekt"),
        "public_texts self_check points cards card_categories card_answers languages reading_forms blocks",
    ),
    (_("Training"), "training_roles learning_goals training_questions"),
    (_("Hoe het werk loopt"), "questions advice_themes reasons outcomes deadlines retention visits"),
)
"""Lists as a coordinator looks for them; what none of these has stands in the last group."""


@dataclass(frozen=True)
class DraftView:
    """The draft that is not finished."""

    base: int
    offered: bool
    mine: bool
    """Whether the person who looks is the one who offered it."""
    started_by: str
    started: datetime
    offered_by: str
    offered_at: datetime | None
    number: int
    """How many entries it changes."""
    behind: bool
    """Whether another release came out since it began."""
    returned_by: str
    """Who sent it back, why and when; empty where nobody did since it was offered."""
    returned_why: str
    returned_at: datetime | None
    revision: int
    """Counts its changes; who offers, publishes or drops it names the one that they saw."""


@dataclass(frozen=True)
class PartView:
    """One list of the handbook: its name, how many entries, how many of them the draft changes."""

    part: str
    name: Text
    number: int
    changed: int


@dataclass(frozen=True)
class Group:
    """Lists that belong together."""

    name: Promise | str
    parts: tuple[PartView, ...]

    @property
    def changed(self) -> bool:
        """Return whether the draft changes an entry of one of them."""
        return any(one.changed for one in self.parts)


@dataclass(frozen=True)
class Overview:
    """The first page: the release of now, the draft, the lists and the releases before."""

    number: int
    published: datetime
    draft: DraftView | None
    groups: tuple[Group, ...]
    releases: tuple[ReleaseLine, ...]


@dataclass(frozen=True)
class EntryView:
    """One entry with its content of now in the draft, and the version that a save must name."""

    part: str
    kind: Text
    entry_id: str
    label: str
    content: dict[str, Any] | None
    original: dict[str, Any] | None
    version: int
    changed_by: str = ""
    changed: datetime | None = None
    languages: tuple[str, ...] = ()
    used_by: tuple[EntryLine, ...] = field(default=())
    readings: tuple[ReadIn, ...] = field(default=())
    """The languages of the entry with who read it in each."""


def overview(actor: Actor) -> Overview:
    """Return the first page of the editor.

    Raises:
        Refused: not a coordinator.
    """
    require_role(actor, HANDBOOK_EDIT)
    now = current_release()
    draft = drafts.live(actor)
    changed: dict[str, int] = {}
    for part, _entry_id, _content in drafts.changes_of(draft) if draft else ():
        changed[part] = changed.get(part, 0) + 1
    base = release(draft.base).pack if draft else now.pack
    parts = {
        part: PartView(part, kind_name(part, many=True), len(getattr(base, part)), changed.get(part, 0))
        for part in list_parts()
    }
    return Overview(now.number, now.published, _draft_view(draft, actor), _grouped(parts), releases())


def _grouped(parts: dict[str, PartView]) -> tuple[Group, ...]:
    named = [Group(name, tuple(parts[one] for one in its.split())) for name, its in GROUPS]
    grouped = {one.part for group in named for one in group.parts}
    rest = tuple(one for part, one in parts.items() if part not in grouped)
    return (*named, Group(_("Bronnen en standaarden"), rest))


def draft_view(actor: Actor) -> DraftView | None:
    """Return the draft that is not finished, or None."""
    return _draft_view(drafts.live(actor), actor)


def entry_lines(actor: Actor, part: str, *, words: str = "") -> tuple[EntryLine, ...]:
    """Return the entries of one list as the draft has them, those with all `words` in them.

    Raises:
        Refused: not a coordinator.
        LookupError: there is no such list.
    """
    draft = drafts.live(actor)
    if part not in list_parts():
        raise LookupError(part)
    pack = release(draft.base).pack if draft else current_release().pack
    changes = {
        one: content for its, one, content in (drafts.changes_of(draft) if draft else ()) if its == part
    }
    lines = [line_of(part, entry, _state(entry.id, changes)) for entry in getattr(pack, part)]
    lines += [
        line_of(part, entry, "new")
        for entry_id, content in changes.items()
        if entry_id not in getattr(pack, part)
        for entry, _wrong in (read_entry(part, content),)
        if entry is not None
    ]
    wanted = words.casefold().split()
    return tuple(
        line for line in lines if all(word in f"{line.entry_id} {line.label}".casefold() for word in wanted)
    )


def entry(actor: Actor, part: str, entry_id: str) -> EntryView:
    """Return one entry to edit.

    Raises:
        Refused: not a coordinator.
        LookupError: there is no such list or entry.
    """
    draft = drafts.live(actor)
    if part not in list_parts():
        raise LookupError(part)
    pack = release(draft.base).pack if draft else current_release().pack
    found = getattr(pack, part).get(entry_id)
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first() if draft else None
    if found is None and row is None:
        raise LookupError(entry_id)
    original = plain(found) if found is not None else None
    content = row.content if row else original
    typed = read_entry(part, content)[0] if content else None
    entry_now = typed or found
    return EntryView(
        part=part,
        kind=kind_name(part),
        entry_id=entry_id,
        label=shown(label_of(entry_now)) if entry_now else entry_id,
        content=content,
        original=original,
        version=row.version if row else 0,
        changed_by=names([row.changed_by_id]).get(row.changed_by_id, "") if row else "",
        changed=row.changed if row else None,
        languages=languages_of(part, entry_now, pack),
        used_by=tuple(_users(pack, part, entry_id)),
        readings=readings(entry_now, pack) if entry_now else (),
    )


def pack_of_draft(actor: Actor) -> tuple[Pack, tuple[PackProblem, ...]]:
    """Return the pack with the draft in it and no problems, or that of its base and what is wrong.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    if draft is None:
        return current_release().pack, ()
    base = release(draft.base).pack
    try:
        return drafts.pack_with(draft), ()
    except PackInvalid as error:
        return base, gathered(error.problems, base)


def in_the_way(actor: Actor) -> tuple[PackProblem, ...]:
    """Return what keeps the draft from being offered and published: what is wrong, and numbers that ended.

    Raises:
        Refused: not a coordinator.
    """
    pack, problems = pack_of_draft(actor)
    if problems or drafts.live(actor) is None:
        return problems
    return ended_numbers(pack, timezone.localdate())


def changes(actor: Actor) -> tuple[EntryChange, ...]:
    """Return in words what the draft changes in the release of now; what is not right yet is left out.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    if draft is None:
        return ()
    now = current_release().pack
    content = drafts.content_of(now)
    right = [change for change in drafts.changes_of(draft) if _is_right(change)]
    return differences(now, _leniently(drafts.with_changes(content, right)))


def trial(actor: Actor) -> Tried | None:
    """Return which advice of the sample cases the draft changes; None where it changes no rule of a plan.

    What is not right yet is left out.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    right = [change for change in drafts.changes_of(draft) if _is_right(change)] if draft else []
    if not any(part.startswith(RULES) for part, _entry_id, _content in right):
        return None
    now = current_release().pack
    return tried(now, _leniently(drafts.with_changes(drafts.content_of(now), right)))


def problems_with(actor: Actor, part: str, entry_id: str, content: dict[str, Any]) -> tuple[PackProblem, ...]:
    """Return what would be wrong with one entry if it became this: its shape, and what it refers to.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    found, problems = read_entry(part, content)
    if found is None:
        return problems
    base = release(draft.base).pack if draft else current_release().pack
    every = (*(drafts.changes_of(draft) if draft else ()), (part, entry_id, content))
    own = wrong_with(draft, part, found, known_in(draft)) if draft else ()
    try:
        pack_of(drafts.with_changes(drafts.content_of(base), every))
    except PackInvalid as error:
        said = {one.field for one in own}
        of_pack = (one for one in gathered(error.problems, base) if one.entry == entry_id)
        return (*own, *(one for one in of_pack if one.field not in said))
    return own


def _users(pack: Pack, part: str, entry_id: str) -> Iterator[EntryLine]:
    for its, one in all_entries(pack):
        if any(refers.kind == part and target == entry_id for _key, refers, target in references_in(one)):
            yield line_of(its, one)


def _state(entry_id: str, changed: Mapping[str, Any]) -> str:
    if entry_id not in changed:
        return ""
    return "changed" if changed[entry_id] is not None else "gone"


def _is_right(change: drafts.Change) -> bool:
    part, _entry_id, content = change
    return content is None or read_entry(part, content)[0] is not None


def _leniently(content: dict[str, Any]) -> Pack:
    """Return the pack without asking whether its parts fit each other: that is asked when it is offered."""
    return Pack.model_validate_json(drafts.as_text(parts_of_now(content)))


def _draft_view(draft: Draft | None, actor: Actor) -> DraftView | None:
    if draft is None:
        return None
    named = names(one for one in (draft.started_by_id, draft.offered_by_id, draft.returned_by_id) if one)
    return DraftView(
        base=draft.base,
        offered=draft.state == Draft.State.OFFERED,
        mine=draft.offered_by_id == actor.own_account,
        started_by=named.get(draft.started_by_id, ""),
        started=draft.started,
        offered_by=named.get(draft.offered_by_id, "") if draft.offered_by_id else "",
        offered_at=draft.offered,
        number=DraftEntry.objects.filter(draft=draft).count(),
        behind=draft.base != current_release().number,
        returned_by=named.get(draft.returned_by_id, "") if draft.returned_by_id else "",
        returned_why=draft.returned_why,
        returned_at=draft.returned,
        revision=draft.revision,
    )


def blank(part: str) -> dict[str, Any]:
    """Return the content of an entry of which nothing is filled in yet."""
    return {"confirmed": False} if "confirmed" in kind_of(part).model_fields else {}
