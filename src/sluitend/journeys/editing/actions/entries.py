"""The verbs of one entry or one list in a draft: save, forget, a spreadsheet, who read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.exports.sheets import fingerprint, from_sheet, made_from
from sluitend.exports.walking import still_read
from sluitend.journeys.editing.actions.errors import ChangedMeanwhile, NotRight
from sluitend.journeys.editing.actions.writing import count, locked, note, reopen, write
from sluitend.journeys.editing.lines import OURS, words_in
from sluitend.journeys.editing.merging import merge
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.journeys.editing.queries.drafts import entries_with, list_with
from sluitend.journeys.editing.queries.entries import known_in, wrong_with
from sluitend.journeys.editing.reviews import to_read, with_review
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.loading import list_parts, read_entry
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid, PackProblem
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.organisations.queries import names as names_of

SET, TAKEN_OUT, PUT_BACK, SHEET, REVIEWED = "set", "taken_out", "put_back", "sheet", "reviewed"


@dataclass(frozen=True)
class Edit:
    """What somebody wants one entry to be. `seen` is the version that the screen showed, 0 for none."""

    part: str
    entry_id: str
    content: dict[str, Any] | None
    seen: int


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
        NotRight: the content makes no entry, has a number or address of a wrong form, refers to what is not
            there, or is confirmed without who asked.
        ChangedMeanwhile: somebody else saved it since.
    """
    draft = locked(actor)
    _check(draft, edit)
    row = DraftEntry.objects.filter(draft=draft, part=edit.part, entry_id=edit.entry_id).first()
    if (row.version if row else 0) != edit.seen:
        raise _changed(row, draft, edit.part, edit.entry_id)
    version = write(draft, edit.part, edit.entry_id, edit.content, actor)
    reopen(draft, actor)
    purpose = f"{edit.part}.{SET if edit.content is not None else TAKEN_OUT}"
    note(draft.id, actor=actor, action="handbook.edit", purpose=purpose)
    return version


def review(*, actor: Actor, part: str, entry_id: str, language: str, by: str, seen: int) -> int:
    """Keep in the draft who read an entry in a language. Words about the law are shown there only then.

    Args:
        actor: a coordinator.
        part: the list that the entry is in.
        entry_id: the entry.
        language: of the words that were read.
        by: who read them: a person who speaks the language.
        seen: the version that the screen showed.

    Returns:
        The new version of the entry.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        DomainError: nobody is named, or the entry has no words in the language.
        ChangedMeanwhile: somebody else saved the entry since.
    """
    draft = locked(actor)
    entry = next((one for one in list_with(draft, part) if one.id == entry_id), None)
    if entry is None or language in OURS or language not in words_in(entry):
        raise DomainError(_("In die taal staat hier niets om na te lezen."), "language")
    content = with_review(entry, language, _reader(by), timezone.localdate())
    return save(actor=actor, edit=Edit(part, entry_id, content, seen))


def review_language(*, actor: Actor, language: str, by: str) -> int:
    """Keep in the draft that somebody read all the words of the release in a language.

    Words that the draft itself changes are not among them: nobody has read those in the release.

    Returns:
        How many entries were read.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        DomainError: nobody is named, or there is nothing to read.
    """
    draft = locked(actor)
    reader, base, number = _reader(by), release(draft.base).pack, 0
    for part, entry in entries_with(draft, list_parts()):
        if to_read(entry, getattr(base, part).get(entry.id), language):
            content = with_review(entry, language, reader, timezone.localdate())
            write(draft, part, entry.id, content, actor)
            number += 1
    if language in OURS or not number:
        raise DomainError(_("In die taal staat hier niets om na te lezen."), "language")
    reopen(draft, actor)
    note(draft.id, actor=actor, action="handbook.edit", purpose=f"languages.{REVIEWED}")
    return number


def _reader(by: str) -> str:
    name = " ".join(by.split())
    if not 3 <= len(name) <= 120:
        raise DomainError(_("Schrijf wie de woorden las."), "by")
    return name


def put_back(*, actor: Actor, part: str, entry_id: str, seen: int) -> None:
    """Forget what the draft does to one entry: it stays as it is in the release.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        ChangedMeanwhile: somebody else saved the entry since; theirs is not forgotten unread.
    """
    draft = locked(actor)
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    if (row.version if row else 0) != seen:
        raise _changed(row, draft, part, entry_id)
    if row is not None:
        row.delete()
        count(draft)
        reopen(draft, actor)
        note(draft.id, actor=actor, action="handbook.edit", purpose=f"{part}.{PUT_BACK}")


def look(*, actor: Actor, part: str, entry_id: str, seen: int) -> None:
    """Say that one read what another changed in an entry, and found it right.

    It opens no offered draft: nothing in it changes.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        DomainError: it changes nothing of this entry, or this person wrote it.
        ChangedMeanwhile: somebody changed it since.
    """
    draft = locked(actor)
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    if row is None or row.version != seen:
        raise _changed(row, draft, part, entry_id)
    if row.changed_by_id == actor.own_account:
        raise DomainError(_("U schreef dit zelf. Een ander kijkt het na."))
    row.looked, row.looked_by_id = timezone.now(), actor.own_account
    row.save(update_fields=["looked", "looked_by"])
    note(draft.id, actor=actor, action="handbook.look", purpose=part)


def save_sheet(*, actor: Actor, part: str, content: bytes) -> int:
    """Put in the draft what an edited spreadsheet changes in a list; what it leaves out is taken out.

    What others changed since the sheet was made stays as they made it.

    Returns:
        How many entries change.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        NotRight: the sheet cannot be read, says what `save` does not take either, or changes what another
            changed since. Nothing changes.
    """
    draft = locked(actor)
    try:
        entries = from_sheet(part, content, list_with(draft, part))
        before = made_from(part, content)
    except PackInvalid as error:
        raise NotRight(error) from error
    base, now = getattr(release(draft.base).pack, part), list_with(draft, part)
    merged = merge(
        entries,
        now,
        before if before is not None else {entry.id: fingerprint(entry) for entry in base},
    )
    if merged.clashes:
        raise NotRight(PackInvalid(tuple(_clash(part, entry_id) for entry_id in merged.clashes)))
    # A cell of the sheet says who read the words that stood there before it was edited.
    there = {entry.id: entry for entry in now}
    changed = [still_read(entry, there.get(entry.id)) for entry in entries if merged.changes.get(entry.id)]
    becomes = {entry.id: plain(entry) for entry in changed}
    known = known_in(draft)
    known = {**known, part: known[part] | {entry.id for entry in changed}}
    if problems := [one for entry in changed for one in wrong_with(draft, part, entry, known)]:
        raise NotRight(PackInvalid(tuple(problems)))
    for entry_id in merged.changes:
        write(draft, part, entry_id, becomes.get(entry_id), actor)
    if merged.changes:
        reopen(draft, actor)
        note(draft.id, actor=actor, action="handbook.edit", purpose=f"{part}.{SHEET}")
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


def _check(draft: Draft, edit: Edit) -> None:
    if edit.part not in list_parts():
        raise DomainError(_("Deze lijst bestaat niet."))
    if edit.content is None:
        return
    entry, problems = read_entry(edit.part, edit.content)
    if entry is None:
        raise NotRight(PackInvalid(problems))
    if entry.id != edit.entry_id:
        raise DomainError(_("De vaste naam van een regel verandert nooit."), "id")
    if problems := wrong_with(draft, edit.part, entry, known_in(draft)):
        raise NotRight(PackInvalid(problems))


def _changed(row: DraftEntry | None, draft: Draft, part: str, entry_id: str) -> ChangedMeanwhile:
    if row is not None:
        by = names_of([row.changed_by_id]).get(row.changed_by_id, "")
        return ChangedMeanwhile(row.content, row.version, by, row.changed)
    entry = getattr(release(draft.base).pack, part).get(entry_id)
    return ChangedMeanwhile(plain(entry) if entry else None, 0, "", timezone.now())
