"""What a partner does on a pick-up page. Runs as intake; functions of the database check the session."""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import answers, jobs, words
from sluitend.journeys.referrals.actions.partner import (
    RETURN_REASONS,
    check_length,
    check_message,
    day_of,
    note_code,
)
from sluitend.journeys.referrals.journey import REFERRAL, REFERRAL_PICKUP, RENEW_PICKUP
from sluitend.journeys.referrals.models import Referral, ReferralMessage
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.queries.pickup import Session, pickup_worked, session
from sluitend.journeys.referrals.waiting import Wait, asks_to_wait, message_of
from sluitend.kernel.access.acting import NOBODY, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import StepKind
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing import pickups
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.telltale import (
    NO_BACKGROUND,
    NOTHING_LOOKED,
    Background,
    Looked,
    Sort,
    words_that_leave,
)


class Tried(NamedTuple):
    """What the database says of a try: what came of it, and of which referral, when the link exists."""

    outcome: str
    pickup: UUID
    referral: UUID
    organisation: UUID
    envelope: UUID
    sealed: bytes
    code: str
    release_number: int
    urgency: str
    minor: bool


OPENED, LOCKED = "opened", "locked"
TRIED = "outcome, pickup, referral, organisation, envelope, sealed, code, release_number, urgency, minor"


def open_pickup(*, link: str, code: str, page: str = "") -> str | None:
    """Open a pick-up with its code, once, for one browser.

    A wrong code is counted in the database, the fifth locks. Whatever is amiss, the answer is the same. The
    page that asked for the code brings the secret of the session along, so that sending it again, when the
    answer was lost, opens what it opened the first time.

    Args:
        link: the random part of the address.
        code: as somebody typed it.
        page: the secret that the page made.

    Returns:
        What that browser keeps for as long as its session lasts, or None.
    """
    require_role(NOBODY, REFERRAL_PICKUP)
    cookie = pickups.session_of(page)
    keys, of_session = pickups.pickup_keys(link, pickups.parse_code(code)), pickups.session_keys(link, cookie)
    with intake_role():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {TRIED} FROM pickup_try(%s, %s, %s)",  # noqa: S608 - columns are ours
                [keys.lookup, keys.proof, of_session.session],
            )
            tried = Tried(*cursor.fetchone())
        again = tried.outcome != OPENED and session(link, cookie) is not None
        record(
            actor=NOBODY,
            action=f"{REFERRAL_PICKUP}.{OPENED if again else tried.outcome}",
            activity=Referral.ACTIVITY,
            organisation_id=tried.organisation,
        )
        if tried.outcome == LOCKED:
            _add_step(_outside(tried), RENEW_PICKUP)
            followup.settle()
        if tried.outcome != OPENED:
            return cookie if again else None
        _bind(tried, keys, of_session)
        after_commit(jobs.log_pickup, tried.pickup, tried.organisation)
        return cookie


def _bind(tried: Tried, keys: pickups.PickupKeys, of_session: pickups.SessionKeys) -> None:
    """Leave the data key for this one browser: link and code open nothing any more."""
    envelope = pickups.unwrap(
        bytes(tried.sealed),
        keys.key,
        pickup_id=tried.pickup,
        envelope_id=tried.envelope,
        writer_id=tried.organisation,
    )
    wrapped = pickups.wrap(envelope, of_session.key, pickup_id=tried.pickup)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pickup_bind(%s, %s, %s)", [of_session.lookup, of_session.session, wrapped])


def _outside(tried: Tried) -> Referral:
    """Return as much of a referral as a next step for its sender needs."""
    return Referral(
        id=tried.referral,
        organisation_id=tried.organisation,
        code=tried.code,
        release_number=tried.release_number,
        urgency=tried.urgency,
        minor=tried.minor,
    )


def accept_pickup(*, link: str, cookie: str, sent: bytes | None = None) -> None:
    """Take a referral on: from now on this session can read it.

    Raises:
        Conflict: the session has ended, or somebody else was first.
    """
    with intake_role():
        found = _found(link, cookie, sent)
        _move(found, State.ACCEPTED)
        found.row.received_on = timezone.localdate()
        _turn(found)
        _log(found)


def return_pickup(
    *,
    link: str,
    cookie: str,
    reason: str,
    sentence: str = "",
    looked: Looked = NOTHING_LOOKED,
    sent: bytes | None = None,
) -> None:
    """Give a referral back with a reason. Session and link end with it: nothing stays.

    Raises:
        DomainError: no reason of the list was chosen, or its sentence is missing or was not looked at.
        Conflict: the session has ended, it was taken on already, or somebody else was first.
    """
    with intake_role():
        found = _found(link, cookie, sent)
        if found.row.state != State.SENT:
            raise Conflict
        chosen = found.row.pack.reason_list(RETURN_REASONS).reason(reason)
        if chosen is None:
            raise DomainError(_("Kies een reden. De gemeente weet dan waar het wel hoort."), field="reason")
        message = None
        if chosen.asks_sentence:
            message = _message(found, sentence, looked, NO_BACKGROUND, name="sentence")
        _give_back(found, chosen.id, message)


def answer_pickup(
    *,
    link: str,
    cookie: str,
    answer: str,
    text: str = "",
    wait: Wait | None = None,
    next_word: date | None = None,
    looked: Looked = NOTHING_LOOKED,
    sent: bytes | None = None,
) -> None:
    """Answer with an agreed code. "We may not say anything" is an answer too.

    Raises:
        DomainError: no such code for this partner, how to wait is missing, a day that cannot be, or the
            text is too long or was not looked at.
        Conflict: the session has ended, it is not accepted, or somebody else was first.
    """
    with intake_role():
        found = _found(link, cookie, sent)
        row = found.row
        chosen = next((each for each in answers.answers_of_partner(row) if each.id == answer), None)
        if chosen is None:
            raise DomainError(_("Kies een antwoord."), field="answer")
        if row.state != State.ACCEPTED:
            raise Conflict
        waits = asks_to_wait(chosen)
        message = None
        if waits:
            message = _with_wait(found, text, looked, wait)
        elif text.strip():
            message = _message(found, text, looked, _background(found))
        if chosen.id == answers.NOT_OURS:
            _give_back(found, answers.NOT_OURS, message)
            return
        note_code(row, chosen, next_word=day_of(chosen, wait, next_word))
        if chosen.closes:
            _move(found, State.DONE)
        _turn(found, message, waits=waits)
        _tell_sender(found, answers.step_after(chosen))


def ask_from_pickup(
    *, link: str, cookie: str, text: str, looked: Looked = NOTHING_LOOKED, sent: bytes | None = None
) -> None:
    """Ask the sender something. The session may be over before the answer, so that goes by telephone.

    Raises:
        DomainError: empty, too long, or a word in it was not looked at.
        Conflict: the session has ended, it is not accepted, or somebody else was first.
    """
    with intake_role():
        found = _found(link, cookie, sent)
        if found.row.state != State.ACCEPTED:
            raise Conflict
        message = _message(found, text, looked, _background(found, backgrounds.REACHED))
        asked = next((each for each in answers.codes_of(found.row) if each.id == answers.ASKS_BACK), None)
        if asked and not found.row.answer:
            note_code(found.row, asked)
        _turn(found, message)
        _tell_sender(found, PARTNER_ASKS)


def _found(link: str, cookie: str, sent: bytes | None) -> Session:
    found = session(link, cookie)
    # A twin may have ended after the page looked and before this read.
    if found is None or (sent is not None and pickup_worked(link, sent)):
        raise Conflict
    return replace(found, sent=sent)


def _move(found: Session, to: str) -> None:
    found.row.move(to)


def _give_back(found: Session, reason: str, message: ReferralMessage | None) -> None:
    _move(found, State.RETURNED)
    found.row.return_reason, found.row.answered = reason, True
    _turn(found, message)
    _tell_sender(found, PARTNER_RETURNED)


def _background(found: Session, meant: frozenset[Sort] = frozenset()) -> Background:
    return backgrounds.of_partner(found.envelope.read(found.row, "content"), meant=meant)


def _message(
    found: Session, text: str, looked: Looked, background: Background, *, name: str = "text"
) -> ReferralMessage:
    """Return a message for the sender alone: sealed with its public key, in an envelope of its own.

    Raises:
        DomainError: empty, too long, or a word in it was not looked at.
    """
    check_message(text, field=name)
    return _sealed(found, {"text": words_that_leave(text, looked, background, name=name)})


def _with_wait(found: Session, text: str, looked: Looked, wait: Wait | None) -> ReferralMessage:
    if found.row.held_on is not None:
        # The function that writes for a page leaves what holds as it is: another day goes by telephone.
        raise DomainError(_("De gemeente wacht al. Moet er iets anders? Bel de gemeente."), field="answer")
    check_length(text)
    left = words_that_leave(text, looked, _background(found))
    parts = found.envelope.read(found.row, "content")["parts"]
    return _sealed(found, message_of(found.row, parts, left, wait))


def _sealed(found: Session, said: dict[str, Any]) -> ReferralMessage:
    row = found.row
    envelope = create_envelope(organisation_id=row.organisation_id, by_public=True)
    message = ReferralMessage(id=uuid4(), organisation_id=row.organisation_id, envelope_id=envelope.id)
    by = words.partner(row.pack, row.partner)
    envelope.seal(message, "text", {**said, "by": by})
    return message


def _turn(found: Session, message: ReferralMessage | None = None, *, waits: bool = False) -> None:
    """Write what the partner did, when the session still lives and nobody took a turn meanwhile.

    Args:
        message: what goes with it.
        waits: the answer asks to wait.

    Raises:
        Conflict: one of the two is not so.
    """
    row = found.row
    written = [message.id, message.envelope_id, message.text] if message else [None, None, None]
    values = [
        found.keys.lookup,
        found.keys.session,
        row.turn,
        row.state,
        row.return_reason,
        row.answer,
        row.answer_on,
        row.answered,
        row.received_on,
        row.passed_on,
        row.outcome_on,
        *written,
        found.sent,
        waits,
        row.next_word,
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pickup_turn({', '.join(['%s'] * len(values))})", values)
        if not cursor.fetchone()[0]:
            raise Conflict
    row.turn += 1


def _tell_sender(found: Session, what: StepKind) -> None:
    _add_step(found.row, what)
    _log(found)


def _add_step(row: Referral, what: StepKind) -> None:
    followup.add_for_other(
        row=row,
        subject_kind=REFERRAL,
        what=what,
        due=answers.due(row, what),
        actor=NOBODY,
        organisation_id=row.organisation_id,
        owner_role=Role.FOCAL_POINT,
        urgent=answers.is_urgent(row, what),
        minor=row.minor,
    )
    after_commit(jobs.tell_sender, row.organisation_id)


def _log(found: Session) -> None:
    record(
        actor=NOBODY,
        action=f"{REFERRAL_PICKUP}.answered",
        activity=Referral.ACTIVITY,
        organisation_id=found.row.organisation_id,
    )
    followup.settle()
