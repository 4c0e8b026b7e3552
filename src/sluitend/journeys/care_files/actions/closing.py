"""A care file ends, with an outcome of the handbook; some ends only after a colleague looked along."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.sharing import stop_all
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.content import Contact, Share
from sluitend.journeys.care_files.course import Look, Proposed
from sluitend.journeys.care_files.journey import CARE_FILE_CLOSE, CARE_FILE_LOOK
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.queries.colleagues import others_there
from sluitend.journeys.care_files.saying import message, not_sought
from sluitend.journeys.care_files.words import YesNo
from sluitend.journeys.care_shares import queries as shared
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.deadlines import retention_day
from sluitend.kernel.handbook.requesting import RequestEnd
from sluitend.kernel.manifest import openers


def close(*, code: str, actor: Actor, end: str, open_door: str = "", revision: int | None) -> None:
    """Close a care file. An end that asks attempts waits for a colleague who looks along.

    Args:
        open_door: what the person was told about coming back, where the end asks attempts.

    Raises:
        DomainError: there is no such outcome, contact was not sought often enough for it, something is open
            still, or nobody is there to look along.
        Conflict: an end waits for a colleague already.
    """
    with on_file(code, actor, CARE_FILE_CLOSE, revision=revision) as it:
        if it.course.proposed is not None:
            raise Conflict
        chosen = _end(it, end)
        require_nothing_open(it)
        if not chosen.attempts:
            close_as(it, end)
            return
        _require_tried(it.contact, chosen)
        if not open_door.strip():
            raise DomainError(_("Schrijf hoe de persoon terug kan komen."), "open_door")
        if not others_there(actor):
            raise DomainError(_("Er is nu geen collega die kan meekijken. Sluit dit dossier later."), "end")
        today = timezone.localdate().isoformat()
        proposed = Proposed(end, open_door.strip(), str(actor.own_account), today)
        it.course = replace(it.course, proposed=proposed)
        it.go_on()


def look_along(*, code: str, actor: Actor, agrees: str, remark: str = "", revision: int | None) -> None:
    """Say, as a colleague of who proposed it, whether a care file may be closed.

    Who proposed it can say no too: else a file would wait for good where every colleague has left.

    Raises:
        Conflict: no end waits, or somebody else wrote first.
        DomainError: a yes is of who proposed it, there is no word about why not, or something is open by now.
    """
    with on_file(code, actor, CARE_FILE_LOOK, revision=revision) as it:
        proposed = it.course.proposed
        if proposed is None or agrees not in YesNo.values:
            raise Conflict
        if agrees == YesNo.YES and str(actor.own_account) == proposed.by:
            raise DomainError(_("Een collega kijkt mee. Dat kunt u niet zelf."), "agrees")
        if agrees == YesNo.NO and not remark.strip():
            raise DomainError(_("Schrijf wat er nog nodig is."), "remark")
        look = Look(str(actor.own_account), timezone.localdate().isoformat(), agrees, remark.strip())
        it.course = replace(it.course, looks=(*it.course.looks, look))
        if agrees == YesNo.NO:
            it.course = replace(it.course, proposed=None)
            it.go_on()
            return
        require_nothing_open(it)
        _require_tried(it.contact, _end(it, proposed.end))
        close_as(it, proposed.end)


def still_open(it: OnFile) -> Iterator[str]:
    """Yield what must end before the file can, in words."""
    yield from still_told(it)
    if day := it.course.next_date:
        yield _("nazorg op %(day)s") % {"day": date_format(day, "j F Y")}
    for at in _coming(it):
        yield _("afspraak op %(day)s") % {"day": date_format(timezone.localtime(at), "j F Y")}
    for opens in openers():
        yield from opens(it.row.request_id, it.actor)


def still_told(it: OnFile) -> Iterator[str]:
    """Yield what others read or must hear still, in words: nobody else can end that after the client went."""
    yield from (each.recipient for each in it.consents.unremoved)
    yield from shared.still_to_do([UUID(each.id) for each in it.consents.shares if each.sends], it.actor)
    if it.course.child_waits:
        yield _("nog niemand gebeld voor het kind")
    if it.course.put_back:
        yield _("nog niemand keek wat doorging na een back-up")
    yield from _without_a_yes(it.consents.shares)


def _without_a_yes(shares: Iterable[Share]) -> Iterator[str]:
    """Yield at what a colleague looks still, and what the person is still told."""
    for each in shares:
        if each.waits_for_second:
            yield _("een collega kijkt nog mee bij delen met %(who)s") % {"who": each.recipient}
        if day := each.tell_on:
            told = {"who": each.recipient, "day": date_format(day, "j F Y")}
            yield _("vertel de persoon op %(day)s van delen met %(who)s") % told


def _coming(it: OnFile) -> list[datetime]:
    rows = Appointment.objects.filter(file=it.row, state=Appointment.State.PLANNED)
    return list(rows.order_by("at").values_list("at", flat=True))


def require_nothing_open(it: OnFile) -> None:
    """See that nothing is open that must end first.

    Raises:
        DomainError: something is, in words.
    """
    if words := ", ".join(still_open(it)):
        raise DomainError(message(it.pack, "close_not_yet", wat_openstaat=words), "end")


def _end(it: OnFile, end: str) -> RequestEnd:
    chosen = it.pack.request.end(end)
    if chosen is None:
        raise DomainError(_("Kies hoe dit afloopt."), "end")
    return chosen


def close_as(it: OnFile, end: str) -> None:
    """End a file with an outcome, and what others read of it."""
    form = it.pack.request
    # Nobody follows a closed file, so nothing goes on by an agreement in it.
    stop_all(it)
    it.to(CareFile.State.CLOSED)
    it.row.outcome = end
    name = form.keeps_whole_file if it.whole else form.keeps_file
    term = it.pack.retention[name] if name else None
    it.row.retention_until = retention_day(term, timezone.localdate()) if term else None
    it.close()


def _require_tried(contact: Contact, end: RequestEnd) -> None:
    if why := not_sought(end, [(each.at[:10], each.reached, each.against) for each in contact.attempts]):
        raise DomainError(why, "end")
