"""What the municipality that hands over does: send, remind, recall, note, and close its own case."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import TRANSFER_FOLLOW, TRANSFER_SEND
from sluitend.journeys.exchanges import jobs, leaving, offers, rows, terms, words
from sluitend.journeys.exchanges.journey import (
    AWAIT_TRANSFER,
    LOOK_AT_TRANSFER,
    TRANSFER,
    TRANSFER_RECALL,
    TRANSFER_RETURNED,
)
from sluitend.journeys.exchanges.models import Exchange, Transfer, TransferCase
from sluitend.journeys.exchanges.offers import OfferedPart, TransferChoice, TransferOffer
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.manifest import Permission, StepKind
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope, drop_seal, open_envelope
from sluitend.kernel.sealing.receipts import human_code

State = Exchange.State
PREFIX = "T"
MINOR = ("yes", "perhaps")
NAME_LENGTH = 120
SENTENCE_LENGTH = 600
STAYS = {
    State.RECALLED: gettext_lazy("%(code)s teruggehaald"),
    State.RETURNED: gettext_lazy("%(code)s niet overgenomen"),
    State.EXPIRED: gettext_lazy("%(code)s verlopen"),
}
"""What the timeline of a case says when its transfer did not go through."""
SIDES = ("current_step_id", "closed", "recipient_step_id", "recipient_closed")


def send_transfer(*, case_code: str, choice: TransferChoice, actor: Actor) -> str:
    """Ask another municipality to take a case over. Until it accepts, the case is the sender's.

    Args:
        case_code: of the actor's own case.
        choice: what the person chose; every rule is checked again here.
        actor: who hands over.

    Returns:
        The code of the transfer.

    Raises:
        Http404: no such case.
        DomainError: something in the choice is not allowed, with its field.
        Conflict: somebody else changed the case.
    """
    require_role(actor, TRANSFER_SEND)
    offer = offers.transfer_offer(case_code, actor)
    parts, explanation = leaving.require_meant(offer, choice, timezone.localdate())
    choice = replace(choice, explanation=explanation)
    row = with_free_code(lambda: _write(offer, choice, parts, actor), constraint="code")
    rows.note(row, actor=actor, action=TRANSFER_SEND, purpose=choice.purpose)
    cases.hand_over_sent(
        actor=actor,
        case_code=case_code,
        transfer_id=row.id,
        transfer_code=row.code,
        recipient=_asked(offer, choice).name,
        answer_by=end_of(row.answer_by),
    )
    followup.settle()
    if row.recipient_id:
        after_commit(jobs.tell, row.recipient_id)
    return row.code


def remind_transfer(*, code: str, actor: Actor) -> None:
    """Remind the other municipality, and count it.

    Raises:
        Http404: no such transfer of this organisation.
        DomainError: a reminder went today already.
        Conflict: it has been decided.
    """
    row = rows.find_sent(Transfer, code, actor, TRANSFER_FOLLOW)
    if row.state != State.SENT:
        raise Conflict
    if row.reminded_on == timezone.localdate():
        raise DomainError(_("Er ging vandaag al een herinnering. Morgen kan het weer."))
    row.reminders, row.reminded_on = row.reminders + 1, timezone.localdate()
    due = terms.due_for(rows.pack_of(row), terms.REMIND)
    _plan(row, AWAIT_TRANSFER, actor, due=due, waits=True)
    rows.save_turn(row, "reminders", "reminded_on", *SIDES)
    if row.recipient_id:
        after_commit(jobs.tell, row.recipient_id)
    _settle(row, actor, TRANSFER_FOLLOW, "remind")


def recall_transfer(*, code: str, reason: str, actor: Actor) -> None:
    """Take a transfer back before the other municipality accepted.

    Raises:
        Http404: no such transfer of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: the other one decided in the meantime.
    """
    row = rows.find_sent(Transfer, code, actor, TRANSFER_RECALL)
    known = {each.id for each in words.reasons_without_sentence(rows.pack_of(row), words.RECALL)}
    if reason not in known:
        raise DomainError(_("Kies een reden."), field="reason")
    rows.step_state(row, State.RECALLED)
    _end_access(row)
    followup.finish(row=row, actor=actor)
    rows.save_turn(row, "state", "owner", "access_ended", *SIDES)
    _case_stays(row, actor)
    _settle(row, actor, TRANSFER_RECALL, reason)


def finish_transfer(*, code: str, actor: Actor) -> None:
    """Close the sender's case of which another municipality is the owner by now.

    Both tracks close as transferred, every reporter is told, and the retention term starts.

    Raises:
        Http404: no such transfer of this organisation.
        DomainError: a referral of the case is still open.
        Conflict: it was not accepted, or was finished already.
    """
    row = rows.find_sent(Transfer, code, actor, TRANSFER_FOLLOW)
    _finish(row, actor)
    _settle(row, actor, TRANSFER_FOLLOW, "finished")


def note_transfer_accepted(*, code: str, name: str, on: date, actor: Actor) -> None:
    """Record that a municipality without accounts took the case over, and close it here.

    Args:
        code: of the transfer.
        name: who accepted there.
        on: the day on which that was said.

    Raises:
        Http404: no such transfer of this organisation.
        DomainError: no name, a day that cannot be, or a referral that is still open.
        Conflict: it goes by account, or is over.
    """
    row = _on_paper(code, actor)
    if not name.strip():
        raise DomainError(_("Schrijf wie de casus aannam."), field="name")
    if len(name) > NAME_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 120 tekens."), field="name")
    _check_day(row, on)
    rows.step_state(row, State.ACCEPTED)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=TRANSFER_FOLLOW)
    envelope.seal(row, "accepted_by", {"name": name.strip(), "on": on.isoformat()})
    row.accepted_at = end_of(on)
    _finish(row, actor, "accepted_by", "accepted_at")
    _settle(row, actor, TRANSFER_FOLLOW, "noted_accepted")


def note_transfer_returned(*, code: str, reason: str, actor: Actor) -> None:
    """Record that a municipality without accounts does not take the case over.

    Raises:
        Http404: no such transfer of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: it goes by account, or is over.
    """
    row = _on_paper(code, actor)
    known = {each.id for each in words.reasons_without_sentence(rows.pack_of(row), words.RETURN_TRANSFER)}
    if reason not in known:
        raise DomainError(_("Kies een reden."), field="reason")
    rows.step_state(row, State.RETURNED)
    row.return_reason = reason
    _end_access(row)
    followup.finish(row=row, actor=actor)
    rows.save_turn(row, "state", "owner", "return_reason", "access_ended", *SIDES)
    _case_stays(row, actor)
    _settle(row, actor, TRANSFER_FOLLOW, "noted_returned")


def handle_ended_transfer(*, code: str, actor: Actor) -> None:
    """Say that a return or an expiry was read: the case goes on here, and a route is chosen anew.

    Raises:
        Http404: no such transfer of this organisation.
        Conflict: there is nothing to handle.
    """
    row = rows.find_sent(Transfer, code, actor, TRANSFER_FOLLOW)
    if row.closed is not None or row.state not in (State.RETURNED, State.EXPIRED):
        raise Conflict
    followup.finish(row=row, actor=actor)
    rows.save_turn(row, *SIDES)
    _case_stays(row, actor)
    _settle(row, actor, TRANSFER_FOLLOW, "handled")


def expire_transfers(*, actor: Actor, today: date) -> int:
    """End every transfer of the acting organisation on which nobody decided in time; twice is harmless.

    Returns:
        How many were ended.
    """
    passed = Transfer.objects.select_for_update(of=("self",)).filter(
        organisation_id=actor.own_organisation, expires__lt=today, state=State.SENT
    )
    count = 0
    for row in passed.order_by("expires")[:500]:
        with fenced():
            rows.step_state(row, State.EXPIRED)
            _end_access(row)
            _plan(row, TRANSFER_RETURNED, actor)
            rows.save_turn(row, "state", "owner", "access_ended", *SIDES)
            _settle(row, actor, TRANSFER_RECALL, "expired")
            count += 1
    return count


def _write(
    offer: TransferOffer, choice: TransferChoice, parts: tuple[OfferedPart, ...], actor: Actor
) -> Transfer:
    row = _row(offer, choice, actor)
    envelope = create_envelope(organisation_id=row.organisation_id, recipient_id=row.recipient_id)
    row.envelope_id = envelope.id
    envelope.seal(row, "content", _content(offer, choice, parts, actor))
    _plan(row, AWAIT_TRANSFER, actor, due=end_of(row.answer_by), waits=True)
    if row.recipient_id:
        due = terms.due_for(rows.pack_of(row), terms.ACCEPT_TRANSFER, acute=offer.acute, minor=row.minor)
        row.recipient_step = followup.add_for_other(
            row=row,
            subject_kind=TRANSFER,
            what=LOOK_AT_TRANSFER,
            due=min(due, end_of(row.answer_by)),
            actor=actor,
            organisation_id=row.recipient_id,
            owner_role=Role.FOCAL_POINT,
            urgent=offer.acute,
            minor=row.minor,
        )
    row.save(force_insert=True)
    _copy_files(row, choice, envelope, actor)
    TransferCase(
        organisation_id=row.organisation_id,
        transfer=row,
        case_id=offer.case_id,
        case_code=offer.case_code,
    ).save(force_insert=True)
    return row


def _copy_files(row: Transfer, choice: TransferChoice, envelope: OpenEnvelope, actor: Actor) -> None:
    for file_id in sorted(choice.files):
        reports.copy_attachment(
            UUID(file_id),
            actor=actor,
            target=envelope,
            recipient_id=row.recipient_id,
            owner_kind=rows.FILES,
            owner_id=row.id,
        )


def _row(offer: TransferOffer, choice: TransferChoice, actor: Actor) -> Transfer:
    asked = _asked(offer, choice)
    now = timezone.now()
    return Transfer(
        organisation_id=actor.own_organisation,
        recipient_id=asked.organisation_id if asked.has_accounts else None,
        recipient_closed=None if asked.has_accounts else now,
        code=human_code(PREFIX),
        channel=Transfer.Channel.ACCOUNT if asked.has_accounts else choice.way,
        municipality=asked.code,
        release_number=offer.release_number,
        urgency=offer.urgency,
        minor=offer.minor in MINOR,
        area=offer.area,
        basis=choice.basis,
        purpose=choice.purpose,
        sent=now,
        answer_by=choice.answer_by,
        expires=terms.expires_after(choice.answer_by),
    )


def _content(
    offer: TransferOffer, choice: TransferChoice, parts: tuple[OfferedPart, ...], actor: Actor
) -> dict[str, object]:
    own = Organisation.objects.get(pk=actor.own_organisation)
    return {
        "explanation": choice.explanation.strip(),
        "sender": actor.name,
        "telephone": own.telephone,
        "task": offer.task,
        "parts": [
            *({"id": each.part, "title": each.title, "text": each.text} for each in parts),
            *_told_of_files(len(choice.files)),
        ],
        "acute": offer.acute,
        "minor": offer.minor,
        "forms": list(offer.forms),
        "tracks": list(offer.tracks),
    }


@in_dutch()
def _told_of_files(number: int) -> list[dict[str, str]]:
    """Return what the case of the new owner says of the files: they are opened at the transfer."""
    if not number:
        return []
    told = ngettext(
        "%(n)d bestand, te openen bij de overdracht", "%(n)d bestanden, te openen bij de overdracht", number
    )
    return [{"id": offers.ATTACHMENTS, "title": _("Bestanden"), "text": told % {"n": number}}]


def _asked(offer: TransferOffer, choice: TransferChoice) -> offers.OfferedMunicipality:
    asked = offer.municipality(choice.municipality)
    if asked is None:
        raise Conflict
    return asked


def _on_paper(code: str, actor: Actor) -> Transfer:
    row = rows.find_sent(Transfer, code, actor, TRANSFER_FOLLOW)
    if row.channel == Transfer.Channel.ACCOUNT or row.state != State.SENT:
        raise Conflict
    return row


def _check_day(row: Transfer, on: date) -> None:
    if on > timezone.localdate():
        raise DomainError(_("Deze dag moet nog komen. Kies vandaag of eerder."), field="on")
    if on < timezone.localtime(row.sent).date():
        raise DomainError(_("Deze dag ligt voor de overdracht. Kies een latere dag."), field="on")


def _finish(row: Transfer, actor: Actor, *columns: str) -> None:
    rows.step_state(row, State.DONE)
    with in_dutch():
        text = _("%(code)s: de andere gemeente is eigenaar") % {"code": row.code}
    cases.close_handed_over(actor=actor, case_id=rows.case_of(row, actor).case_id, text=text)
    followup.finish(row=row, actor=actor)
    rows.save_turn(row, "state", "owner", *columns, *SIDES)


def _case_stays(row: Transfer, actor: Actor) -> None:
    with in_dutch():
        text = str(STAYS[State(row.state)]) % {"code": row.code}
    cases.hand_over_ended(actor=actor, case_id=rows.case_of(row, actor).case_id, text=text)


def _end_access(row: Transfer) -> None:
    row.access_ended = row.access_ended or timezone.localdate()
    if row.recipient_id is None:
        return
    drop_seal(row.envelope_id, holder_id=row.recipient_id)
    if row.recipient_closed is None:
        # The recipient's own steps are out of reach here; a job that acts for the recipient finishes them.
        row.recipient_step, row.recipient_closed = None, timezone.now()
        after_commit(jobs.finish_transfer_steps, row.id, row.recipient_id)


def _plan(
    row: Transfer, what: StepKind, actor: Actor, *, due: datetime | None = None, waits: bool = False
) -> None:
    followup.plan(
        row=row,
        subject_kind=TRANSFER,
        what=what,
        due=due or terms.due_for(rows.pack_of(row), what, acute=row.urgency == "now", minor=row.minor),
        actor=actor,
        urgent=row.urgency == "now" and not waits,
        minor=row.minor,
        waits_on_other=waits,
    )


def _settle(row: Transfer, actor: Actor, action: Permission, purpose: str) -> None:
    rows.note(row, actor=actor, action=action, purpose=purpose)
    followup.settle()
