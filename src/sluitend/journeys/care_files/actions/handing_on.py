"""A client goes to another care organisation: that is offered, and this file ends when it is taken.

Whose the client is stands in the state of the move alone: until somebody takes over it is ours, and from that
moment it is not. So there are never two, and never none.
"""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.closing import close_as, still_open, still_told
from sluitend.journeys.care_files.actions.sharing import ANSWER_TERM
from sluitend.journeys.care_files.actions.working import OnFile
from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.journey import CARE_FILE_CLOSE, MOVING_ON
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.went import went_by
from sluitend.journeys.care_files.words import Purpose
from sluitend.journeys.care_moves import actions as care_moves
from sluitend.journeys.care_moves.actions import Sending
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.queries import organisation_with

HANDED_OVER = "handed_over"
"""The outcome of the handbook with which a file ends that another organisation took over."""


def hand_on(it: OnFile, agreed: Share) -> str:
    """Ask another care organisation to take the client over, and return the code of that.

    Until it does the client is ours: appointments, aftercare and the search for a bed go on meanwhile.

    Raises:
        DomainError: others read or must hear something still, or another organisation is asked.
        Conflict: it went already.
    """
    _require_alone(it, agreed)
    if words := ", ".join(still_told(it)):
        raise DomainError(_("Overdragen kan nog niet. Rond dit eerst af: %(what)s.") % {"what": words})
    term, until = timezone.localtime(due_for(it.pack, ANSWER_TERM)).date(), date.fromisoformat(agreed.until)
    sending = Sending(
        to=organisation_with(agreed.to),
        reference=UUID(agreed.id),
        moved=it.goes_along(agreed),
        answer_by=min(term, until),
        until=until,
        minor=it.is_minor,
    )
    code = care_moves.send(sending, actor=it.actor)
    it.go_on()
    return code


def _require_alone(it: OnFile, agreed: Share) -> None:
    """See that no other organisation is asked at the same time: if two take over, both have the client.

    Raises:
        DomainError: one is asked already.
    """
    others = [each for each in it.consents.shares if each.what == Purpose.MOVE and each.id != agreed.id]
    lines = went_by(others, it.actor)
    for each in others:
        if each.id in lines and lines[each.id].running:
            asked = _("U vroeg dit al aan %(who)s. Wacht op antwoord, of haal dat eerst terug.")
            raise DomainError(asked % {"who": each.recipient})


def end_moved(actor: Actor) -> int:
    """Close each file of which the client was taken over, and let one go on whose move came to nothing.

    Returns:
        How many files were looked at.
    """
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, what=MOVING_ON, done__isnull=True)
    rows = CareFile.objects.filter(pk__in=steps.values("subject_id"), closed__isnull=True)
    found = list(rows.select_related("current_step").order_by("opened", "id"))
    for row in found:
        with fenced():
            _end(row, actor)
    return len(found)


def _end(row: CareFile, actor: Actor) -> None:
    it = OnFile(row, actor, CARE_FILE_CLOSE, "clock")
    lines = it.gone_by
    if any(each.running for each in lines):
        return
    if not any(each.accepted for each in lines):
        with doing(it):
            it.go_on()
    elif not any(still_open(it)):
        with doing(it):
            close_as(it, HANDED_OVER)
    elif not it.stands:  # somebody ends that first, and is asked nothing else
        with doing(it):
            it.go_on()
