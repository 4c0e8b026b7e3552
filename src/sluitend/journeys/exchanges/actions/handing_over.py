"""What the municipality that hands over does: send, remind, recall, note, and close its own case."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.journey import TRANSFER_FOLLOW, TRANSFER_SEND
from sluitend.journeys.exchanges import leaving, offers, words
from sluitend.journeys.exchanges.journey import (
    AWAIT_TRANSFER,
    LOOK_AT_TRANSFER,
    TRANSFER_NEWS,
    TRANSFER_RECALL,
)
from sluitend.journeys.exchanges.models import FILES, Transfer, TransferCase
from sluitend.journeys.exchanges.offers import TransferChoice, TransferOffer
from sluitend.journeys.exchanges.parts import OfferedPart
from sluitend.journeys.exchanges.queries.own_cases import case_of
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.finding import has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason, typed
from sluitend.kernel.flow.verbs import Work, begin, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope
from sluitend.kernel.sealing.receipts import human_code

PREFIX = "T"
MINOR = ("yes", "perhaps")
NAME_LENGTH = 120
STAYS = {
    State.RECALLED: gettext_lazy("%(code)s teruggehaald"),
    State.RETURNED: gettext_lazy("%(code)s niet overgenomen"),
    State.EXPIRED: gettext_lazy("%(code)s verlopen"),
}
"""What the timeline of a case says when its transfer did not go through."""


def send_transfer(*, case_code: str, choice: TransferChoice, actor: Actor) -> str:
    """Ask another municipality to take a case over. Until it accepts, the case is the sender's.

    Args:
        case_code: of the actor's own case.
        choice: what the person chose; every rule is checked again here.
        actor: who hands over.

    Returns:
        The code of the transfer.

    Raises:
        Absent: no such case.
        DomainError: something in the choice is not allowed, with its field.
        Conflict: somebody else changed the case.
    """
    require_role(actor, TRANSFER_SEND)
    offer = offers.transfer_offer(case_code, actor)
    offers.require_sendable(offer, choice)
    parts, explanation = leaving.require_meant(offer, choice, choice.explanation, timezone.localdate())
    choice = replace(choice, explanation=explanation)
    return with_free_code(lambda: _send(offer, choice, parts, actor), constraint="code")


def remind_transfer(*, code: str, actor: Actor) -> None:
    """Remind the other municipality, and count it.

    Raises:
        Absent: no such transfer of this organisation.
        DomainError: a reminder went today already.
        Conflict: it has been decided.
    """
    with verb(Transfer, code, actor, TRANSFER_FOLLOW, purpose="remind") as it:
        if it.row.state != State.SENT:
            raise Conflict
        it.remind(AWAIT_TRANSFER)


def recall_transfer(*, code: str, reason: str, actor: Actor) -> None:
    """Take a transfer back before the other municipality accepted.

    Raises:
        Absent: no such transfer of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: the other one decided in the meantime.
    """
    with verb(Transfer, code, actor, TRANSFER_RECALL) as it:
        it.purpose = chosen_reason(it.row.pack, words.RECALL, reason, sentences=False).id
        it.to(State.RECALLED)
        it.end_access()
        it.close()
        _case_stays(it)


def finish_transfer(*, code: str, actor: Actor) -> None:
    """Close the sender's case of which another municipality is the owner by now.

    Both tracks close as transferred, every reporter is told, and the retention term starts.

    Raises:
        Absent: no such transfer of this organisation.
        DomainError: a referral of the case is still open, or what the other one wrote was not read.
        Conflict: it was not accepted, or was finished already.
    """
    with verb(Transfer, code, actor, TRANSFER_FOLLOW, purpose="finished") as it:
        _finish(it)


def note_transfer_accepted(*, code: str, name: str, on: date, actor: Actor) -> None:
    """Record that a municipality without accounts took the case over, and close it here.

    Args:
        code: of the transfer.
        name: who accepted there.
        on: the day on which that was said.

    Raises:
        Absent: no such transfer of this organisation.
        DomainError: no name, a day that cannot be, or a referral that is still open.
        Conflict: it goes by account, or is over.
    """
    with verb(Transfer, code, actor, TRANSFER_FOLLOW, purpose="noted_accepted") as it:
        _require_on_paper(it.row)
        who = typed(name, "name", missing=_("Schrijf wie de casus aannam."), longest=NAME_LENGTH)
        _check_day(it.row, on)
        it.to(State.ACCEPTED)
        it.envelope.seal(it.row, "accepted_by", {"name": who, "on": on.isoformat()})
        it.row.accepted_at = end_of(on)
        _finish(it)


def note_transfer_returned(*, code: str, reason: str, actor: Actor) -> None:
    """Record that a municipality without accounts does not take the case over.

    Raises:
        Absent: no such transfer of this organisation.
        DomainError: no reason of the list was chosen.
        Conflict: it goes by account, or is over.
    """
    with verb(Transfer, code, actor, TRANSFER_FOLLOW, purpose="noted_returned") as it:
        _require_on_paper(it.row)
        it.row.return_reason = chosen_reason(it.row.pack, words.RETURN_TRANSFER, reason, sentences=False).id
        it.to(State.RETURNED)
        it.end_access()
        it.close()
        _case_stays(it)


def handle_ended_transfer(*, code: str, actor: Actor) -> None:
    """Say that a return or an expiry was read: the case goes on here, and a route is chosen anew.

    Raises:
        Absent: no such transfer of this organisation.
        Conflict: there is nothing to handle.
    """
    with verb(Transfer, code, actor, TRANSFER_FOLLOW, purpose="handled") as it:
        if it.row.closed is not None or it.row.state not in (State.RETURNED, State.EXPIRED):
            raise Conflict
        it.close()
        _case_stays(it)


def _send(offer: TransferOffer, choice: TransferChoice, parts: tuple[OfferedPart, ...], actor: Actor) -> str:
    row = _row(offer, choice, actor)
    envelope = create_envelope(organisation_id=row.organisation_id, recipient_id=row.recipient_id)
    row.envelope_id = envelope.id
    with begin(row, actor, TRANSFER_SEND, purpose=choice.purpose) as it:
        envelope.seal(row, "content", _content(offer, choice, parts, actor))
        it.plan(AWAIT_TRANSFER, due=end_of(row.answer_by))
        if row.recipient_id:
            it.ask(LOOK_AT_TRANSFER, due=min(it.due(LOOK_AT_TRANSFER), end_of(row.answer_by)))
    _copy_files(row, choice, envelope, actor)
    TransferCase(
        organisation_id=row.organisation_id,
        transfer=row,
        case_id=offer.case_id,
        case_code=offer.case_code,
    ).save(force_insert=True)
    cases.hand_over_sent(
        actor=actor,
        case_code=offer.case_code,
        transfer_id=row.id,
        transfer_code=row.code,
        recipient=_asked(offer, choice).name,
        answer_by=end_of(row.answer_by),
    )
    return row.code


def _copy_files(row: Transfer, choice: TransferChoice, envelope: OpenEnvelope, actor: Actor) -> None:
    for file_id in sorted(choice.files):
        reports.copy_attachment(
            UUID(file_id),
            actor=actor,
            target=envelope,
            recipient_id=row.recipient_id,
            owner_kind=FILES,
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
    texts = {each.part: each.text for each in parts}
    return {
        "explanation": choice.explanation.strip(),
        "sender": actor.name,
        "telephone": own.telephone,
        "task": offer.task,
        "parts": [
            *(
                {
                    "id": each.part,
                    "title": each.title,
                    "text": each.text,
                    "more": case_queries.with_parts(each.more, each.part, {**texts, each.part: each.text}),
                }
                for each in parts
            ),
            *_told_of_files(len(choice.files)),
        ],
        "acute": offer.acute,
        "minor": offer.minor,
        "forms": list(offer.forms),
        "tracks": list(offer.tracks),
    }


@in_dutch()
def _told_of_files(number: int) -> list[dict[str, object]]:
    """Return what the case of the new owner says of the files: they are opened at the transfer."""
    if not number:
        return []
    told = ngettext(
        "%(n)d bestand, te openen bij de overdracht", "%(n)d bestanden, te openen bij de overdracht", number
    )
    return [{"id": offers.ATTACHMENTS, "title": _("Bestanden"), "text": told % {"n": number}, "more": {}}]


def _asked(offer: TransferOffer, choice: TransferChoice) -> offers.OfferedMunicipality:
    asked = offer.municipality(choice.municipality)
    if asked is None:
        raise Conflict
    return asked


def _require_on_paper(row: Transfer) -> None:
    if row.channel == Transfer.Channel.ACCOUNT or row.state != State.SENT:
        raise Conflict


def _check_day(row: Transfer, on: date) -> None:
    if on > timezone.localdate():
        raise DomainError(_("Deze dag moet nog komen. Kies vandaag of eerder."), field="on")
    if on < timezone.localtime(row.sent).date():
        raise DomainError(_("Deze dag ligt voor de overdracht. Kies een latere dag."), field="on")


def _finish(it: Work[Transfer]) -> None:
    if has_open(it.row, it.actor, TRANSFER_NEWS):
        raise DomainError(_("Lees eerst wat de andere gemeente schreef. Druk daarna op “Gelezen”."))
    it.to(State.DONE)
    with in_dutch():
        text = _("%(code)s: de andere gemeente is eigenaar") % {"code": it.row.code}
    cases.close_handed_over(actor=it.actor, case_id=case_of(it.row, it.actor).case_id, text=text)
    it.close()


def _case_stays(it: Work[Transfer]) -> None:
    with in_dutch():
        text = str(STAYS[State(it.row.state)]) % {"code": it.row.code}
    cases.hand_over_ended(actor=it.actor, case_id=case_of(it.row, it.actor).case_id, text=text)
