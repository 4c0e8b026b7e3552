"""A care file ends, with an outcome of the handbook."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.working import on_file
from sluitend.journeys.care_files.content import Contact
from sluitend.journeys.care_files.journey import CARE_FILE_CLOSE
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.saying import message
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.deadlines import retention_day

DAYS_OF_ATTEMPTS = 2


def close(*, code: str, actor: Actor, end: str, revision: int | None) -> None:
    """Close a care file.

    Raises:
        DomainError: there is no such outcome, contact was not sought often enough for it, or something is
            asked back that nobody answered yet.
    """
    with on_file(code, actor, CARE_FILE_CLOSE, revision=revision) as it:
        form = it.pack.request
        chosen = form.end(end)
        if chosen is None:
            raise DomainError(_("Kies hoe dit afloopt."), "end")
        if waiting := it.consents.unremoved:
            open_still = ", ".join(each.recipient for each in waiting)
            raise DomainError(message(it.pack, "close_not_yet", wat_openstaat=open_still), "end")
        _require_tried(it.contact, chosen.attempts)
        it.to(CareFile.State.CLOSED)
        it.row.outcome = end
        term = it.pack.retention[form.keeps_file] if form.keeps_file else None
        it.row.retention_until = retention_day(term, timezone.localdate()) if term else None
        it.close()


def _require_tried(contact: Contact, times: int) -> None:
    """Refuse where contact was not sought so often, on two days, in a way that the person allowed."""
    allowed = [each for each in contact.attempts if not each.against]
    days = {each.at[:10] for each in allowed}
    if times and (len(allowed) < times or len(days) < DAYS_OF_ATTEMPTS):
        said = _("Probeer eerst %(number)s keer contact, op twee dagen. Noteer elke poging.")
        raise DomainError(said % {"number": times}, "end")
