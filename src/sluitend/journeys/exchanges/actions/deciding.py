"""What the municipality that is asked does: take the case over, or give it back with a reason.

All of it happens in one transaction: the row names the new owner, the new owner has a case with a step, and
the former owner has a step to close its own.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import TRANSFER_DECIDE, TRANSFER_TAKEN
from sluitend.journeys.exchanges import words
from sluitend.journeys.exchanges.actions.handing_over import MINOR
from sluitend.journeys.exchanges.actions.telling import add_message
from sluitend.journeys.exchanges.journey import TRANSFER_RETURNED
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.journeys.exchanges.queries.reached import told_since
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason, typed
from sluitend.kernel.flow.verbs import verb
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave


def accept_transfer(*, code: str, actor: Actor) -> str:
    """Take a case over: from this moment the actor's organisation owns the matter.

    Returns:
        The code of the new case.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        Conflict: it was recalled, returned or accepted in the meantime, or its term passed.
    """
    with verb(Transfer, code, actor, TRANSFER_DECIDE, purpose="accept") as it:
        _require_in_time(it.row)
        it.to(State.ACCEPTED)
        content = it.envelope.read(it.row, "content")
        taken = _taken(it.row, content, told_since(it.row, it.envelope))
        case_id, case_code = cases.take_over(actor=actor, taken=taken)
        TransferCase(
            organisation_id=actor.own_organisation, transfer=it.row, case_id=case_id, case_code=case_code
        ).save(force_insert=True)
        it.row.accepted_at = timezone.now()
        it.close()
        it.ask(TRANSFER_TAKEN, urgent=False)
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
        Absent: nothing of this code was sent to the actor's organisation.
        DomainError: no reason of the list was chosen, or its sentence is missing or was not looked at.
        Conflict: the state does not allow it any more.
    """
    with verb(Transfer, code, actor, TRANSFER_DECIDE, purpose="return") as it:
        asks = _("Kies een reden. De andere gemeente weet dan hoe het verder moet.")
        chosen = chosen_reason(it.row.pack, words.RETURN_TRANSFER, reason, otherwise=asks)
        it.to(State.RETURNED)
        if chosen.asks_sentence:
            said = typed(sentence, "sentence", missing=_("Schrijf in één zin waarom."))
            add_message(it.row, words_that_leave(said, looked, name="sentence"), actor=actor)
        it.row.return_reason = chosen.id
        it.end_access()
        it.close()
        it.ask(TRANSFER_RETURNED)


def _taken(row: Transfer, content: dict[str, Any], reach: str | None) -> cases.TakenOver:
    """Return what is taken over; `reach` is how people are reached by now, where that changed since."""
    return cases.TakenOver(
        sender=Organisation.objects.get(pk=row.organisation_id).name,
        transfer_code=row.code,
        explanation=content["explanation"],
        parts=tuple(
            cases.TakenPart(each["id"], each["title"], each["text"], each.get("more", {}))
            for each in _as_now(content["parts"], reach)
        ),
        # The outside says also what the sender heard since.
        acute=content["acute"] or row.acute,
        minor="perhaps" if row.minor and content["minor"] not in MINOR else content["minor"],
        forms=tuple(content["forms"]),
        tracks=tuple(content["tracks"]),
    )


def _as_now(parts: list[dict[str, Any]], reach: str | None) -> Iterator[dict[str, Any]]:
    for each in parts:
        if each["id"] != CONTACT or reach is None:
            yield each
        elif reach:
            yield {**each, "text": reach}


def _require_in_time(row: Transfer) -> None:
    # The job that ends what has passed runs once a day; nobody accepts what it should have ended.
    if row.expires < timezone.localdate() and row.state == State.SENT:
        raise DomainError(_("De termijn van deze overdracht is voorbij. Bel de andere gemeente."))
