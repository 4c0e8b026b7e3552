"""Who wrote and who read each line of a draft, and what that asks of somebody today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.editing.models import CheckTask, Draft, DraftEntry
from sluitend.journeys.editing.queries import drafts
from sluitend.journeys.editing.queries.asking import answers_to
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.loading import read_entry
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.organisations.queries import names


@dataclass(frozen=True)
class Line:
    """Who changed an entry last, and who read it as it is now."""

    by: str
    at: datetime
    mine: bool
    version: int
    looked_by: str = ""


@dataclass(frozen=True)
class Asks:
    """What the handbook asks of somebody today, on which page, and what its link says."""

    title: str
    text: str
    page: str = "editing:changes"
    link: str = ""


def lines(actor: Actor) -> Mapping[tuple[str, str], Line]:
    """Return who wrote and who read each entry of the draft, by its list and id.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    rows = tuple(DraftEntry.objects.filter(draft=draft)) if draft else ()
    named = names({each for row in rows for each in (row.changed_by_id, row.looked_by_id) if each})
    return {
        (row.part, row.entry_id): Line(
            by=named.get(row.changed_by_id, ""),
            at=row.changed,
            mine=row.changed_by_id == actor.own_account,
            version=row.version,
            looked_by=named.get(row.looked_by_id, "") if row.looked_by_id else "",
        )
        for row in rows
    }


def read_by_nobody_else(draft: Draft, account: UUID) -> tuple[DraftEntry, ...]:
    """Return the entries that this person wrote last and nobody else read since."""
    rows = DraftEntry.objects.filter(draft=draft, changed_by_id=account, looked_by__isnull=True)
    return tuple(row for row in rows if _changes_something(draft, row))


def own_unread(actor: Actor) -> int:
    """Return how many entries of the draft this person wrote and nobody else has read.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    return len(read_by_nobody_else(draft, actor.own_account)) if draft else 0


def asks(actor: Actor) -> Asks | None:
    """Return what the handbook asks of this person today.

    The draft comes first: to mend it, to publish it, to read what another wrote; then what organisations
    answered, then what they find out.

    Raises:
        Refused: not a coordinator.
    """
    draft = drafts.live(actor)
    return (_of_draft(draft, actor) if draft else None) or _answered(actor) or _to_find_out(actor)


def _of_draft(draft: Draft, actor: Actor) -> Asks | None:
    if draft.returned_to_id == actor.own_account:
        name = names([draft.returned_by_id]).get(draft.returned_by_id, "") if draft.returned_by_id else ""
        title = _("%(name)s stuurde uw concept van het handboek terug.") % {"name": name}
        return Asks(title, _("Nog niet goed: %(why)s") % {"why": draft.returned_why})
    if draft.state != Draft.State.OFFERED or draft.offered_by_id is None:
        return None
    if draft.offered_by_id != actor.own_account:
        name = names([draft.offered_by_id]).get(draft.offered_by_id, "")
        title = _("%(name)s zette een concept van het handboek klaar.") % {"name": name}
        return Asks(title, _("Kijk het na en geef het uit."))
    return _of_who_offered(draft, actor)


def _answered(actor: Actor) -> Asks | None:
    number = answers_to(actor)
    if not number:
        return None
    title = ngettext(
        "%(number)s organisatie zei of het handboek klopt.",
        "%(number)s organisaties zeiden of het handboek klopt.",
        number,
    ) % {"number": number}
    return Asks(title, _("Lees het antwoord en neem het over."), "editing:unconfirmed", _("Naar de lijst"))


def _to_find_out(actor: Actor) -> Asks | None:
    number = CheckTask.objects.filter(owner_id=actor.own_account).count()
    if not number:
        return None
    title = ngettext(
        "U gaat %(number)s regel van het handboek na.",
        "U gaat %(number)s regels van het handboek na.",
        number,
    ) % {"number": number}
    text = _("Bel of vraag wie het weet, en leg in de regel vast wie antwoord gaf.")
    return Asks(title, text, "editing:unconfirmed", _("Naar de lijst"))


def _of_who_offered(draft: Draft, actor: Actor) -> Asks | None:
    others = DraftEntry.objects.filter(draft=draft, looked_by__isnull=True)
    number = sum(_changes_something(draft, row) for row in others.exclude(changed_by_id=actor.own_account))
    if not number:
        return None
    title = ngettext(
        "In uw concept van het handboek schreef een ander %(number)s regel.",
        "In uw concept van het handboek schreef een ander %(number)s regels.",
        number,
    ) % {"number": number}
    return Asks(title, _("Kijk na wat de ander schreef. Wie zelf schreef, geeft dat niet alleen uit."))


def _changes_something(draft: Draft, row: DraftEntry) -> bool:
    """Tell whether an entry is another than in the release: one that was set back asks nobody to read it."""
    now = getattr(release(draft.base).pack, row.part).get(row.entry_id)
    return bool(now != (read_entry(row.part, row.content)[0] if row.content is not None else None))
