"""What every page of the handbook starts from: the released pack, and what this reader may see of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.queries import editor_of
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.entries import Entries, Entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.territory import Municipality
from sluitend.surfaces.sender import Sender, carried, reader_of, sender_of


@dataclass(frozen=True)
class Reading:
    """The handbook of now for one reader. Who is signed in also sees what is not confirmed, with its mark."""

    pack: Pack
    number: int
    professional: bool
    today: date

    def shown[EntryType: Entry](self, entries: Iterable[EntryType]) -> tuple[EntryType, ...]:
        """Return the entries that hold today and that this reader may see."""
        return tuple(
            entry
            for entry in entries
            if entry.valid_on(self.today) and (entry.confirmed or self.professional)
        )

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The municipalities of today. That one exists needs no confirming: all take reports."""
        return tuple(each for each in self.pack.municipalities if each.valid_on(self.today))

    def one[EntryType: Entry](self, entries: Entries[EntryType], entry_id: str) -> EntryType:
        """Return the entry with this id.

        Raises:
            Http404: it is not there, holds no longer, or is not for this reader.
        """
        found = entries.get(entry_id)
        if found is None or not self.shown((found,)):
            raise Http404
        return found

    def named[EntryType: Entry](
        self, entries: Entries[EntryType], entry_ids: tuple[str, ...]
    ) -> tuple[EntryType, ...]:
        """Return the entries with these ids that this reader may see, in the order asked."""
        return self.shown(entries.named(entry_ids))

    def for_form[EntryType: Entry](self, entries: Iterable[EntryType], form: str) -> tuple[EntryType, ...]:
        """Return the entries that belong to a form of exploitation and that this reader may see."""
        return tuple(each for each in self.shown(entries) if form in getattr(each, "forms", ()))


def reading(request: HttpRequest) -> Reading:
    """Return the handbook as this request may read it; costs one statement."""
    release = current_release()
    return Reading(release.pack, release.number, request.user.is_authenticated, timezone.localdate())


def reader(request: HttpRequest) -> Sender:
    """Return who speaks to this reader: their own organisation, else the municipality of address or host.

    Whoever is signed in reads on as their own organisation, whatever municipality they looked up.
    """
    found = reader_of(request, sender_of(request))
    return replace(found, query="") if request.user.is_authenticated else found


type Step = tuple[str | Promise, str]

START: Step = (_("Handboek"), "/handboek/")


def page(
    request: HttpRequest,
    template: str,
    held: Reading,
    *,
    above: tuple[Step, ...] = (),
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """Return a page of the handbook.

    Args:
        above: the pages between the first page and this one, as words and address.
        status: of the answer; a form that came back is no success.
        context: what else the template shows.
    """
    door = reader(request)
    trail = [{"label": words, "url": url} for words, url in (START, *above)]
    shared = {
        "reading": held,
        "trail": trail,
        "sender": door.titled(str(START[0])),
        "home_url": START[1],
        "edit_url": _edit_url(request) if held.professional else "",
    }
    response = render(request, f"handbook/{template}.html", shared | context, status=status)
    if door.query:
        response.content = carried(response.text, door).encode()
    return response


def _edit_url(request: HttpRequest) -> str:
    """Return where a coordinator changes what this page shows; empty for everybody else."""
    match = request.resolver_match
    if match is None or not may(request.actor, HANDBOOK_EDIT):  # type: ignore[attr-defined]
        return ""
    return editor_of(match.url_name or "", match.kwargs)
