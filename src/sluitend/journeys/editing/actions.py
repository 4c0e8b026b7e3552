"""The verbs of a draft of the handbook. Nothing else changes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.editing import rows
from sluitend.journeys.editing.merging import merge
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import Action, require
from sluitend.kernel.access.errors import Conflict, DomainError, barred
from sluitend.kernel.handbook.actions import PublishedMeanwhile, publish_pack
from sluitend.kernel.handbook.differences import differences
from sluitend.kernel.handbook.loading import list_parts, pack_of, read_entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid, PackProblem
from sluitend.kernel.handbook.queries import current_release, release, releases
from sluitend.kernel.handbook.sheets import fingerprint, from_sheet, made_from
from sluitend.kernel.organisations.queries import names as names_of

SET, TAKEN_OUT, PUT_BACK, SHEET = "set", "taken_out", "put_back", "sheet"


class ChangedMeanwhile(DomainError):
    """Somebody else saved the same entry since this person looked. What they made of it comes along."""

    def __init__(self, content: dict[str, Any] | None, version: int, by: str, at: datetime) -> None:
        super().__init__(_("Iemand anders heeft dit net gewijzigd. Kies wat er moet staan."))
        self.content, self.version, self.by, self.at = content, version, by, at


class OtherWasFirst(Conflict):
    """Somebody else began a draft or published just before; their name comes along."""

    def __init__(self, by: str) -> None:
        DomainError.__init__(self, _("%(name)s was net eerder. Kijk wat er nu staat.") % {"name": by})


class NotRight(DomainError):
    """The entry, or the pack with it, has problems; they come along."""

    def __init__(self, error: PackInvalid) -> None:
        super().__init__(_("Dit klopt nog niet. Kijk wat er moet veranderen."))
        self.problems = error.problems


@dataclass(frozen=True)
class Edit:
    """What somebody wants one entry to be. `seen` is the version that the screen showed, 0 for none."""

    part: str
    entry_id: str
    content: dict[str, Any] | None
    seen: int


def start(*, actor: Actor) -> UUID:
    """Begin a draft on the release of now.

    Returns:
        The id of the draft.

    Raises:
        Refused: not a coordinator.
        Conflict: there is one already.
    """
    return _begin(actor, current_release().number, purpose="").id


def go_back(*, actor: Actor, number: int) -> UUID:
    """Begin a draft that makes the handbook what it was in an earlier release.

    A second person still looks at it and publishes: going back is a change like any other.

    Raises:
        Refused: not a coordinator.
        NoRelease: there is no such release.
        Conflict: there is a draft already.
        DomainError: the earlier release is the one of now, or says the same.
    """
    require(actor, Action.HANDBOOK_EDIT)
    now, then = current_release(), release(number)
    changes = _changes_to(now.pack, then.pack)
    if not changes:
        raise DomainError(_("Die uitgave is gelijk aan die van nu."))
    draft = _begin(actor, now.number, purpose=f"back:{number}")
    for part, entry_id, content in changes:
        _write(draft, part, entry_id, content, actor)
    return draft.id


def _begin(actor: Actor, base: int, *, purpose: str) -> Draft:
    require(actor, Action.HANDBOOK_EDIT)
    last = Draft.objects.filter(organisation_id=actor.own_organisation).aggregate(Max("revision"))
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                organisation_id=actor.own_organisation,
                # Goes on where the draft before stopped: a page of that one never fits this one.
                revision=last["revision__max"] or 0,
                base=base,
                started=timezone.now(),
                started_by_id=actor.own_account,
            )
    except IntegrityError as error:
        raise _was_first(actor) from error
    rows.note(draft.id, actor=actor, action="handbook.start", purpose=purpose)
    return draft


def _was_first(actor: Actor) -> DomainError:
    """Return whose draft stands in the way; of a draft that ended since, nobody's."""
    draft = rows.live(actor)
    if draft and draft.started_by_id == actor.own_account:
        return DomainError(_("U begon al een concept, misschien in een ander venster."))
    by = names_of([draft.started_by_id]).get(draft.started_by_id) if draft else None
    return OtherWasFirst(by) if by else Conflict()


def save(*, actor: Actor, edit: Edit) -> int:
    """Put one entry in the draft, or take it out.

    An offered draft becomes open again: what a second person looks at must not change under their eyes.

    Args:
        actor: a coordinator.
        edit: the list, the id, the content and what was seen.

    Returns:
        The new version of the entry.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        NotRight: the content makes no entry.
        ChangedMeanwhile: somebody else saved it since.
    """
    draft = rows.locked(actor)
    _check_shape(edit)
    row = DraftEntry.objects.filter(draft=draft, part=edit.part, entry_id=edit.entry_id).first()
    if (row.version if row else 0) != edit.seen:
        raise _changed(row, draft, edit.part, edit.entry_id)
    version = _write(draft, edit.part, edit.entry_id, edit.content, actor)
    _reopen(draft, actor)
    purpose = f"{edit.part}.{SET if edit.content is not None else TAKEN_OUT}"
    rows.note(draft.id, actor=actor, action="handbook.edit", purpose=purpose)
    return version


def put_back(*, actor: Actor, part: str, entry_id: str, seen: int) -> None:
    """Forget what the draft does to one entry: it stays as it is in the release.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        ChangedMeanwhile: somebody else saved the entry since; theirs is not forgotten unread.
    """
    draft = rows.locked(actor)
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    if (row.version if row else 0) != seen:
        raise _changed(row, draft, part, entry_id)
    if row is not None:
        row.delete()
        _count(draft)
        _reopen(draft, actor)
        rows.note(draft.id, actor=actor, action="handbook.edit", purpose=f"{part}.{PUT_BACK}")


def save_sheet(*, actor: Actor, part: str, content: bytes) -> int:
    """Put in the draft what an edited spreadsheet changes in a list; what it leaves out is taken out.

    What others changed since the sheet was made stays as they made it.

    Returns:
        How many entries change.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        NotRight: the sheet cannot be read, or changes what another changed since. Nothing changes.
    """
    draft = rows.locked(actor)
    try:
        entries = from_sheet(part, content)
        before = made_from(part, content)
    except PackInvalid as error:
        raise NotRight(error) from error
    base = getattr(release(draft.base).pack, part)
    merged = merge(
        entries,
        rows.list_with(draft, part),
        before if before is not None else {entry.id: fingerprint(entry) for entry in base},
    )
    if merged.clashes:
        raise NotRight(PackInvalid(tuple(_clash(part, entry_id) for entry_id in merged.clashes)))
    for entry_id, wanted in merged.changes.items():
        _write(draft, part, entry_id, wanted, actor)
    if merged.changes:
        _reopen(draft, actor)
        rows.note(draft.id, actor=actor, action="handbook.edit", purpose=f"{part}.{SHEET}")
    return len(merged.changes)


def _clash(part: str, entry_id: str) -> PackProblem:
    return PackProblem(
        f"{part}.xlsx",
        entry_id,
        "deze regel veranderde sinds u het rekenblad ophaalde",
        "this entry changed since you took the spreadsheet",
        remedy="haal de lijst opnieuw op en zet uw wijziging daarin",
        remedy_en="take the list again and put your change in that one",
    )


def offer(*, actor: Actor, revision: int | None = None) -> None:
    """Say that the draft is ready for a second person. The whole pack must be right with it.

    Args:
        actor: a coordinator.
        revision: of the draft as this person saw it; what came in since they did not read.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        NotRight: the pack has problems with it.
        DomainError: it changes nothing.
        Conflict: somebody changed something since.
    """
    draft = rows.locked(actor)
    _as_seen(draft, revision)
    if not DraftEntry.objects.filter(draft=draft).exists():
        raise DomainError(_("Er is nog niets veranderd."))
    _right(draft)
    draft.state, draft.offered, draft.offered_by_id = Draft.State.OFFERED, timezone.now(), actor.own_account
    draft.save(update_fields=["state", "offered", "offered_by"])
    rows.note(draft.id, actor=actor, action="handbook.offer")


def take_back(*, actor: Actor) -> None:
    """Go on editing an offered draft."""
    draft = rows.locked(actor)
    _reopen(draft, actor)


def publish(*, actor: Actor, revision: int | None = None) -> int:
    """Publish an offered draft as the next release, as a second person.

    Args:
        actor: a coordinator.
        revision: of the draft as this person read it; nobody agrees with what they have not seen.

    Returns:
        The number of the release.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        DomainError: it was not offered, or this person offered it.
        NotRight: the pack has problems with it.
        Conflict: somebody changed the draft since it was read, or another release came out and the draft
            must catch up first.
    """
    require(actor, Action.HANDBOOK_PUBLISH)
    draft = rows.locked(actor)
    if draft.state != Draft.State.OFFERED:
        raise DomainError(_("Dit concept is niet meer klaar om na te kijken."))
    if draft.offered_by_id == actor.own_account:
        raise barred(_("Een ander geeft uit wat u hebt klaargezet."))
    _as_seen(draft, revision)
    pack = _numbered(_right(draft))
    named = names_of(one for one in (draft.offered_by_id, actor.own_account) if one)
    try:
        published = publish_pack(pack, actor_name=" en ".join(named.values())[:120], base=draft.base)
    except PublishedMeanwhile as error:
        raise OtherWasFirst(releases()[0].published_by) from error
    draft.state, draft.ended, draft.ended_by_id = Draft.State.PUBLISHED, timezone.now(), actor.own_account
    draft.became = published.number
    draft.save(update_fields=["state", "ended", "ended_by", "became"])
    rows.note(draft.id, actor=actor, action="handbook.publish", purpose=f"release:{published.number}")
    return published.number


def catch_up(*, actor: Actor) -> None:
    """Stand on the release of now, when another one came out since the draft began."""
    draft = rows.locked(actor)
    draft.base = current_release().number
    draft.save(update_fields=["base"])
    _reopen(draft, actor)
    rows.note(draft.id, actor=actor, action="handbook.catch_up", purpose=f"release:{draft.base}")


def drop(*, actor: Actor, revision: int | None = None) -> None:
    """Put the draft away; nothing of it is published.

    Raises:
        Conflict: somebody changed something since `revision`, of the draft as this person saw it.
    """
    draft = rows.locked(actor)
    _as_seen(draft, revision)
    draft.state, draft.ended, draft.ended_by_id = Draft.State.DROPPED, timezone.now(), actor.own_account
    draft.save(update_fields=["state", "ended", "ended_by"])
    rows.note(draft.id, actor=actor, action="handbook.drop")


def _write(draft: Draft, part: str, entry_id: str, content: dict[str, Any] | None, actor: Actor) -> int:
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    fresh = row or DraftEntry(
        organisation_id=draft.organisation_id, draft=draft, part=part, entry_id=entry_id, version=0
    )
    fresh.content, fresh.version = content, _count(draft)
    fresh.changed, fresh.changed_by_id = timezone.now(), actor.own_account
    fresh.save()
    return fresh.version


def _count(draft: Draft) -> int:
    """Count a change of the draft and return its number.

    An entry has the number of its last change, so that one that was forgotten and changed again never looks
    like the one that somebody still has on a screen.
    """
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft.revision


def _as_seen(draft: Draft, revision: int | None) -> None:
    if revision is not None and revision != draft.revision:
        raise Conflict


def _check_shape(edit: Edit) -> None:
    if edit.part not in list_parts():
        raise DomainError(_("Deze lijst bestaat niet."))
    if edit.content is None:
        return
    entry, problems = read_entry(edit.part, edit.content)
    if entry is None:
        raise NotRight(PackInvalid(problems))
    if entry.id != edit.entry_id:
        raise DomainError(_("De vaste naam van een regel verandert nooit."), "id")


def _changed(row: DraftEntry | None, draft: Draft, part: str, entry_id: str) -> ChangedMeanwhile:
    if row is not None:
        by = names_of([row.changed_by_id]).get(row.changed_by_id, "")
        return ChangedMeanwhile(row.content, row.version, by, row.changed)
    entry = getattr(release(draft.base).pack, part).get(entry_id)
    return ChangedMeanwhile(plain(entry) if entry else None, 0, "", timezone.now())


def _reopen(draft: Draft, actor: Actor) -> None:
    if draft.state == Draft.State.OFFERED:
        draft.state, draft.offered, draft.offered_by_id = Draft.State.OPEN, None, None
        draft.save(update_fields=["state", "offered", "offered_by"])
        rows.note(draft.id, actor=actor, action="handbook.reopen")


def _right(draft: Draft) -> Pack:
    try:
        return rows.pack_with(draft)
    except PackInvalid as error:
        raise NotRight(error) from error


def _numbered(pack: Pack) -> Pack:
    """Return the pack with its next version and the day of today."""
    first, _dot, rest = pack.description.version.partition(".")
    following = f"{first}.{int(rest) + 1}" if rest.isdigit() else f"{pack.description.version}.1"
    content = rows.content_of(pack)
    content["description"] |= {"version": following, "date": timezone.localdate().isoformat()}
    return pack_of(content)


def _changes_to(now: Pack, then: Pack) -> tuple[rows.Change, ...]:
    return tuple(
        (change.part, change.entry_id, plain(entry) if entry else None)
        for change in differences(now, then)
        for entry in (getattr(then, change.part).get(change.entry_id),)
    )
