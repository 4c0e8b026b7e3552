"""What the municipality that is asked does: take the case over, or give it back with a reason.

All of it happens in one transaction: the row names the new owner, the new owner has a case with a step, and
the former owner has a step to close its own.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import TRANSFER_DECIDE, TRANSFER_TAKEN
from sluitend.journeys.exchanges import jobs, rows, terms, words
from sluitend.journeys.exchanges.actions.handing_over import MINOR, SENTENCE_LENGTH, SIDES, State
from sluitend.journeys.exchanges.actions.telling import add_message, check_message
from sluitend.journeys.exchanges.journey import TRANSFER, TRANSFER_RETURNED
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.sealing.envelopes import drop_seal, open_envelope
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave


def accept_transfer(*, code: str, actor: Actor) -> str:
    """Take a case over: from this moment the actor's organisation owns the matter.

    Returns:
        The code of the new case.

    Raises:
        Http404: nothing of this code was sent to the actor's organisation.
        Conflict: it was recalled, returned or accepted in the meantime, or its term passed.
    """
    row = rows.find_received(Transfer, code, actor, TRANSFER_DECIDE)
    _require_in_time(row, timezone.localdate())
    rows.step_state(row, State.ACCEPTED)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=TRANSFER_DECIDE)
    content = envelope.read(row, "content")
    case_id, case_code = cases.take_over(
        actor=actor,
        taken=cases.TakenOver(
            sender=Organisation.objects.get(pk=row.organisation_id).name,
            transfer_code=row.code,
            explanation=content["explanation"],
            parts=tuple((each["id"], each["title"], each["text"]) for each in content["parts"]),
            # The outside says also what the sender heard since.
            acute=content["acute"] or row.urgency == Urgency.NOW,
            minor="perhaps" if row.minor and content["minor"] not in MINOR else content["minor"],
            forms=tuple(content["forms"]),
            tracks=tuple(content["tracks"]),
        ),
    )
    TransferCase(
        organisation_id=actor.own_organisation, transfer=row, case_id=case_id, case_code=case_code
    ).save(force_insert=True)
    row.accepted_at = timezone.now()
    _close_own(row, actor)
    rows.save_turn(row, "state", "owner", "accepted_at", *SIDES)
    _tell_sender(row, TRANSFER_TAKEN, actor)
    _settle(row, actor, "accept")
    return case_code


def return_transfer(
    *, code: str, reason: str, sentence: str = "", looked: Looked = NOTHING_LOOKED, actor: Actor
) -> None:
    """Give a transfer back with a reason. The recipient's seal goes with it: nothing stays.

    Args:
        code: of the transfer.
        reason: id of a prepared reason.
        sentence: only kept when the reason asks for one.
        looked: what was decided on each word of it that was marked.
        actor: who gives it back.

    Raises:
        Http404: nothing of this code was sent to the actor's organisation.
        DomainError: no reason of the list was chosen, or its sentence is missing or was not looked at.
        Conflict: the state does not allow it any more.
    """
    row = rows.find_received(Transfer, code, actor, TRANSFER_DECIDE)
    chosen = rows.pack_of(row).reason_list(words.RETURN_TRANSFER).reason(reason)
    if chosen is None:
        raise DomainError(_("Kies een reden. De andere gemeente weet dan hoe het verder moet."), "reason")
    rows.step_state(row, State.RETURNED)
    if chosen.asks_sentence:
        if not sentence.strip():
            raise DomainError(_("Schrijf in één zin waarom."), "sentence")
        check_message(sentence, longest=SENTENCE_LENGTH, field="sentence")
        add_message(row, words_that_leave(sentence, looked, name="sentence"), actor=actor)
    row.return_reason, row.access_ended = chosen.id, timezone.localdate()
    _close_own(row, actor)
    rows.save_turn(row, "state", "owner", "return_reason", "access_ended", *SIDES)
    drop_seal(row.envelope_id, holder_id=rows.recipient_of(row))
    _tell_sender(row, TRANSFER_RETURNED, actor)
    _settle(row, actor, "return")


def _require_in_time(row: Transfer, today: date) -> None:
    # The job that ends what has passed runs once a day; nobody accepts what it should have ended.
    if row.expires < today and row.state == State.SENT:
        raise DomainError(_("De termijn van deze overdracht is voorbij. Bel de andere gemeente."))


def _close_own(row: Transfer, actor: Actor) -> None:
    followup.finish(row=row, actor=actor, step_field="recipient_step", closed_field="recipient_closed")


def _tell_sender(row: Transfer, what: StepKind, actor: Actor) -> None:
    acute = row.urgency == "now"
    followup.add_for_other(
        row=row,
        subject_kind=TRANSFER,
        what=what,
        due=terms.due_for(rows.pack_of(row), what, acute=acute, minor=row.minor),
        actor=actor,
        organisation_id=row.organisation_id,
        owner_role=Role.FOCAL_POINT,
        urgent=acute and what == TRANSFER_RETURNED,
        minor=row.minor,
    )
    after_commit(jobs.tell, row.organisation_id)


def _settle(row: Transfer, actor: Actor, purpose: str) -> None:
    rows.note(row, actor=actor, action=TRANSFER_DECIDE, purpose=purpose)
    followup.settle()
