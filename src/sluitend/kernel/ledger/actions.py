"""Writing the ledger."""

import secrets
import struct
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sluitend.kernel.access.acting import Actor, organisation_for_ledger
from sluitend.kernel.access.scope import current_trace
from sluitend.kernel.ledger import diary, feed
from sluitend.kernel.ledger.models import Event, IntakeLine, Line
from sluitend.kernel.measures import SIGN_INS
from sluitend.kernel.organisations.models import PLATFORM_ID
from sluitend.kernel.prepared import insert
from sluitend.kernel.sealing.custodian import custodian
from sluitend.kernel.sealing.errors import NoKey

type Subject = tuple[str, UUID]

NOON = time(12)
NO_TRACE = "0" * 32


def pseudonym(organisation_id: UUID, subject: Subject, year: int) -> UUID:
    """Return the name under which a subject stands in one organisation's ledger in one year."""
    kind, identity = subject
    text = kind.encode() + b"|" + identity.bytes
    return UUID(bytes=custodian().pseudonyms(organisation_id, year, [text])[0])


def signed_text(event: Line) -> bytes:
    """Return every field of a line as one byte string: what its MAC is over."""
    fields = [
        event.id.bytes,
        event.organisation_id.bytes,
        event.account.bytes if event.account else b"",
        event.action.encode(),
        event.activity.encode(),
        event.purpose.encode(),
        event.subject_kind.encode(),
        event.subject.bytes if event.subject else b"",
        event.outcome.encode(),
        str(int(event.at.timestamp() * 1_000_000)).encode(),
        str(event.revision or "").encode(),
        event.trace.encode(),
        event.span.encode(),
    ]
    if event.stands_in_from:  # only then: lines of before stand-ins keep their MAC
        fields.append(event.stands_in_from.bytes)
    return b"".join(struct.pack(">I", len(part)) + part for part in fields)


def is_authentic(event: Line) -> bool:
    """Return whether a line is as one of our processes wrote it."""
    if event.process == "public" and not _of_nobody(event):
        return False
    try:
        return custodian().is_mac(event.process, signed_text(event), bytes(event.mac))
    except NoKey:
        # A kind of process that does not exist: only somebody from outside writes that.
        return False


def _of_nobody(line: Line) -> bool:
    """Return whether a line names nobody and has no clock, as every line of the public process."""
    named = (line.account, line.subject, line.stands_in_from, line.revision)
    return not any(named) and line.trace == NO_TRACE and timezone.localtime(line.at).time() == NOON


def record(
    *,
    actor: Actor,
    action: str,
    subject: Subject | None = None,
    activity: str,
    purpose: str = "",
    outcome: str = Event.Outcome.OK,
    organisation_id: UUID | None = None,
    revision: int | None = None,
    at: datetime | None = None,
    day: date | None = None,
) -> None:
    """Write one line in the present transaction. See `record_many`."""
    record_many(
        actor=actor,
        action=action,
        subjects=[subject],
        activity=activity,
        purpose=purpose,
        outcome=outcome,
        organisation_id=organisation_id,
        revision=revision,
        at=at,
        day=day,
    )


def record_many(
    *,
    actor: Actor,
    action: str,
    subjects: Iterable[Subject | None],
    activity: str,
    purpose: str = "",
    outcome: str = Event.Outcome.OK,
    organisation_id: UUID | None = None,
    revision: int | None = None,
    at: datetime | None = None,
    day: date | None = None,
) -> None:
    """Write one line a subject, in one statement, in the present transaction.

    What the public does, and what says of a day that something of theirs came in, waits outside the ledger
    until that day is over.

    Args:
        actor: who did it; for the public intake no account is kept and the time is cut to the day.
        action: the name of the action, a permission where there is one.
        subjects: (kind, id) of what it was about, or None; stored as a pseudonym.
        activity: id in the register of processing activities.
        purpose: a code, never a sentence.
        organisation_id: whose ledger; the actor's own when left out.
        revision: of the row that was written, so that an older value that is put back shows.
        at: the moment, now when left out.
        day: of what came in from the public; its line has no moment and no trace.
    """
    owner = organisation_id or organisation_for_ledger(actor)
    by_day = day is not None or actor.kind == "intake"
    moment = _noon(day or timezone.localdate(at)) if by_day else at or timezone.now()
    events: Sequence[Line] = [
        _signed(
            (IntakeLine if by_day else Event)(
                organisation_id=owner,
                account=actor.account_id if actor.kind == "person" else None,
                stands_in_from=actor.stands_in_from,
                action=action,
                activity=activity,
                purpose=purpose,
                subject_kind=subject[0] if subject else "",
                subject=_pseudonym(actor, owner, subject, moment.year),
                outcome=outcome,
                at=moment,
                revision=revision,
                trace=NO_TRACE if by_day else current_trace(),
                span=secrets.token_hex(8),
                process=_process(actor),
            )
        )
        for subject in subjects
    ]
    if events:
        insert(events)
        if not by_day:
            _in_diary(events)
    feed.after_commit(events, actor)


def _pseudonym(actor: Actor, owner: UUID, subject: Subject | None, year: int) -> UUID | None:
    # The public process holds no pseudonym key; the sweep writes the line that names the subject.
    if subject is None or actor.kind == "intake":
        return None
    return pseudonym(owner, subject, year)


def _noon(day: date) -> datetime:
    # Whoever reports without a name must not be found by the clock.
    return timezone.make_aware(datetime.combine(day, NOON))


def take_in() -> int:
    """Move what came in from the public on days that are over into the ledger, shuffled; for the worker.

    Returns:
        How many lines.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_take_in(%s)", [_noon(timezone.localdate())])
        return int(cursor.fetchone()[0])


def _process(actor: Actor) -> str:
    """Return the kind of this process; in a web server that serves both, what intake does is public work."""
    kind: str = settings.SLUITEND_PROCESS
    return "public" if kind == "desk" and actor.kind == "intake" else kind


def _in_diary(events: Iterable[Line]) -> None:
    ids = [event.id for event in events]
    transaction.on_commit(lambda: diary.note(ids), robust=True)


def _signed[L: Line](event: L) -> L:
    event.mac = custodian().mac(event.process, signed_text(event))
    return event


def record_refusal(*, actor: Actor, status: int, view: str) -> None:
    """Keep that something was refused or failed (500): called in a transaction of its own, after
    the first was rolled back.

    Args:
        status: of the response.
        view: name of the URL pattern; the address itself may hold a code.
    """
    record(
        actor=actor,
        action=f"refused.{view}"[:60] if status < 500 else f"failed.{view}"[:60],
        activity="toegang",
        outcome=Event.Outcome.FAILED if status >= 500 else Event.Outcome.REFUSED,
        organisation_id=organisation_for_ledger(actor),
    )


def record_sign_in(*, account_id: UUID | None, good: bool, purpose: str = "") -> None:
    """Keep a sign-in, or a failed one (without saying whether the account exists).

    Args:
        account_id: who; kept of a good one only.
        good: whether it went well.
        purpose: `held_back` of a try that was not even looked at, `second_factor` of a wrong code.
    """
    SIGN_INS.labels(purpose or ("good" if good else "failed")).inc()
    record(
        actor=Actor(account_id=account_id if good else None, kind="person"),
        action="signin.good" if good else "signin.failed",
        activity="toegang",
        purpose=purpose,
        outcome=Event.Outcome.OK if good else Event.Outcome.REFUSED,
        organisation_id=PLATFORM_ID,
    )
