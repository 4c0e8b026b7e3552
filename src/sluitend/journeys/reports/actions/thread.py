"""What a reporter does with the receipt: answer and add. Runs as intake, by two functions of the mailbox."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import ATTACHMENT_OWNER
from sluitend.journeys.reports.danger import ANSWERS, is_minor, is_now
from sluitend.journeys.reports.journey import REPORT_MAILBOX
from sluitend.journeys.reports.models import MailboxMessage
from sluitend.journeys.reports.queries.mailbox import OpenedMailbox, PassedOn, open_box, open_passed_on
from sluitend.kernel.access.acting import NOBODY, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing import attachments
from sluitend.kernel.sealing.uploads import Upload

ONCE = "reports_mailboxmessage_pkey"
ANSWER, ADDITION = MailboxMessage.Kind.ANSWER, MailboxMessage.Kind.ADDITION


DOORS = 2
"""A mailbox goes to another door once: who opened it before that opens it again."""


class _Moved(Exception):
    """The mailbox went to another door since it was opened."""


@dataclass(frozen=True)
class Danger:
    """What a reporter ticked that may be danger, and what they said of now."""

    marks: tuple[str, ...] = ()
    answer: str = ""

    @property
    def now(self) -> bool:
        """Whether they said that it is now."""
        return is_now(self.answer)

    def below(self, text: str, pack: Pack) -> str:
        """Return a message with what was ticked below it, for whoever reads it."""
        lines = [f"{pack.marks[each].label.nl}." for each in self.marks if each in pack.marks]
        with in_dutch():
            if said := dict(ANSWERS).get(self.answer):
                lines.append(_("Is dit nu? %(answer)s.") % {"answer": said})
        return "\n".join([text, *lines])


NO_DANGER = Danger()


@dataclass(frozen=True)
class _Told:
    """One message, with what the sweep must know without opening it."""

    text: str
    kind: str
    danger: bool
    child: bool


def _told(text: str, kind: str, danger: Danger) -> _Told:
    pack = current_release().pack
    return _Told(danger.below(text, pack), kind, danger.now, is_minor(pack, danger.marks))


def answer_question(
    *, receipt: str, text: str, danger: Danger = NO_DANGER, sending: uuid.UUID | None = None
) -> None:
    """Answer the question of the focal point. "I do not know" is an answer.

    Args:
        receipt: as somebody typed it.
        text: the answer.
        danger: what was ticked with it.
        sending: random number of the page; the same words from the same page arrive once.

    Raises:
        DomainError: there is no such mailbox, or it is full.
    """
    _append(receipt, _told(text, ANSWER, danger), (), sending)


def add_to_report(
    *,
    receipt: str,
    text: str,
    danger: Danger = NO_DANGER,
    uploads: Sequence[Upload] = (),
    sending: uuid.UUID | None = None,
) -> None:
    """Add something that was forgotten or seen later, with photos or documents.

    Args:
        receipt: as somebody typed it.
        text: what is added.
        danger: what was ticked with it.
        uploads: files with it.
        sending: random number of the page; the same words and files from the same page arrive once.

    Raises:
        DomainError: there is no such mailbox, it is full, or a file cannot be taken.
    """
    _append(receipt, _told(text, ADDITION, danger), uploads, sending)


def _append(receipt: str, told: _Told, uploads: Sequence[Upload], sending: uuid.UUID | None) -> None:
    require_role(NOBODY, REPORT_MAILBOX)
    attachments.check_uploads(uploads)
    sent_as = sending or uuid.uuid4()
    with intake_role():
        for _try in range(DOORS):
            with suppress(_Moved):
                _append_once(receipt, told, uploads, sent_as)
                return
    raise Conflict


def _append_once(receipt: str, told: _Told, uploads: Sequence[Upload], sending: uuid.UUID) -> None:
    box = open_box(receipt)
    if box is None:
        raise DomainError(_("Wij vinden deze code niet. Kijk of u hem goed overnam."), "code")
    identity = _identity(box, told, uploads, sending)
    try:
        with transaction.atomic():
            _insert(box, told, identity)
            _store(box, uploads, box.anonymity)
            if uploads and (passed := open_passed_on(receipt)):
                _store(passed, uploads, box.anonymity)
            if told.danger:
                from sluitend.journeys.reports import jobs

                after_commit(jobs.sweep_now, box.organisation_id)
    except IntegrityError as error:
        if ONCE not in str(error):
            raise  # else it was sent twice: the first one stands


def _identity(box: OpenedMailbox, told: _Told, uploads: Sequence[Upload], sending: uuid.UUID) -> uuid.UUID:
    """Return the id of a message: it follows from the page and what was sent, and tells neither."""
    files = [(each.name, each.size) for each in uploads]
    what = json.dumps([str(sending), str(box.report_id), told.kind, told.text, files]).encode()
    digest = hashlib.sha256(b"sluitend/message/1|" + what).digest()
    return uuid.UUID(bytes=digest[:16], version=4)


def _store(where: OpenedMailbox | PassedOn, uploads: Sequence[Upload], anonymity: str) -> None:
    for upload in uploads:
        upload.seek(0)
        attachments.store(
            upload,
            where.envelope,
            where.organisation_id,
            attachments.Sender(anonymity),
            owner_kind=ATTACHMENT_OWNER,
            owner_id=where.report_id,
        )


def _insert(box: OpenedMailbox, told: _Told, identity: uuid.UUID) -> None:
    message = MailboxMessage(id=identity, organisation_id=box.organisation_id, direction="in", kind=told.kind)
    box.envelope.seal(message, "text", told.text)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mailbox_append(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                box.lookup,
                box.report_id,
                message.id,
                told.kind,
                timezone.localdate(),
                message.text,
                told.danger,
                told.child,
            ],
        )
        (added,) = cursor.fetchone()
        if added is None:
            raise _Moved
        if not added:
            raise DomainError(
                _("Er staan al te veel berichten. Bel de gemeente, of begin een nieuwe melding."), "text"
            )
