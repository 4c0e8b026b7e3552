"""Filing: what an unknown person may do. It runs as the intake role, for nobody, and leaves no clock."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from sluitend.journeys.reports.actions.own import remember_receipt
from sluitend.journeys.reports.content import (
    ACTIVITY,
    ATTACHMENT_OWNER,
    IdentityContent,
    ReportContent,
    Sealed,
)
from sluitend.journeys.reports.danger import is_minor, is_now
from sluitend.journeys.reports.journey import (
    REPORT_ENTER,
    REPORT_FILE,
    REPORT_SIGNAL,
)
from sluitend.journeys.reports.models import (
    Anonymity,
    Channel,
    Kind,
    Mailbox,
    Minor,
    Report,
    ReporterIdentity,
    may_be_minor,
)
from sluitend.journeys.reports.terms import due
from sluitend.kernel.access.acting import NOBODY, Actor, intake_role
from sluitend.kernel.access.connected import check_reads
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Again, Conflict
from sluitend.kernel.followup.actions import plan
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.reading import Town
from sluitend.kernel.prepared import insert, insert_together
from sluitend.kernel.sealing import attachments, receipts
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope
from sluitend.kernel.sealing.uploads import Upload
from sluitend.kernel.telltale import Hidden

CODE_TRIES = 6
CODE_CONSTRAINT = "reports_report_code"


@dataclass(frozen=True)
class Filing:
    """Everything that is sent at once.

    `sending` is made by the page that is sent: sending it twice is harmless, for report and receipt follow
    from it. It is stored nowhere, so that nobody but the sender can find the receipt. `due` is until when its
    first step stands, where that is promised on the page and is not the term of the handbook. `received` is
    the day of what came in earlier, at another door.
    """

    organisation_id: uuid.UUID
    content: Sealed
    kind: str = Kind.REPORT
    anonymity: str = Anonymity.ANONYMOUS
    minor: str = Minor.UNKNOWN
    acute: bool = False
    theme: str = ""
    channel: str = Channel.FORM
    identity: IdentityContent = field(default_factory=IdentityContent)
    uploads: Sequence[Upload] = ()
    sending: uuid.UUID = field(default_factory=uuid.uuid4)
    due: datetime | None = None
    received: date | None = None

    def words(self) -> Sealed:
        """Return what is sealed; of a report with by what the one who tells is known where words leave."""
        if not isinstance(self.content, ReportContent) or self.anonymity == Anonymity.ANONYMOUS:
            return self.content
        who = self.identity
        hidden = Hidden.of(name=who.name, phone=who.phone, mail=who.mail).to_keep()
        return replace(self.content, reporter=hidden)


@dataclass(frozen=True)
class Filed:
    """What the sender gets: the receipt, which is nowhere else. `fresh` is false when it was sent before."""

    report_id: uuid.UUID
    receipt: str
    organisation_id: uuid.UUID
    received: date
    fresh: bool = field(default=True, compare=False)


def file_report(
    filing: Filing, *, pack: Pack | None = None, town: Town | None = None, fenced: bool = True
) -> Filed:
    """Take in what somebody sends, as the intake role and for nobody, also when that person is signed in.

    Args:
        filing: what is sent, for which municipality.
        pack: the handbook that holds, of whoever has read that already.
        town: the municipality and who reads there, of whoever asked that already.
        fenced: within a savepoint, so that what stands there already ends nothing else. Of a whole
            transaction that can be done again it costs a report two of its trips to the database.

    Returns:
        The receipt. The same `sending` gives the same receipt and no second report.

    Raises:
        Again: not fenced, and something of this stands there already.
    """
    require_role(NOBODY, REPORT_FILE)
    check_reads(filing.organisation_id, town)
    attachments.check_uploads(filing.uploads)
    report_id, receipt = _from_sending(filing.sending)
    with intake_role():
        add = _file_once if fenced else _file_first
        fresh = add(filing, pack or current_release().pack, report_id, receipt)
        if filing.acute and fresh:
            from sluitend.journeys.reports import jobs

            after_commit(jobs.sweep_now, filing.organisation_id)
    return Filed(report_id, receipt, filing.organisation_id, timezone.localdate(), fresh)


def file_advice(
    *,
    organisation_id: uuid.UUID,
    theme: str,
    question: str,
    sending: uuid.UUID,
    marks: Sequence[str] = (),
    acute: str = "",
    pack: Pack | None = None,
) -> Filed:
    """Ask the focal point something without a report: a theme and a question, and nobody's data.

    Args:
        organisation_id: the municipality that is asked.
        theme: id in the pack.
        question: what is asked.
        sending: random number of the page.
        marks: of the pack, what is the matter that may be danger.
        acute: what was said of danger now.
        pack: the handbook that holds, of whoever has read that already.
    """
    held = pack or current_release().pack
    return file_report(
        Filing(
            organisation_id=organisation_id,
            content=ReportContent(saw=question, marks=tuple(marks), acute=acute),
            kind=Kind.ADVICE,
            minor=Minor.YES if is_minor(held, marks, theme) else Minor.UNKNOWN,
            acute=is_now(acute),
            theme=theme,
            sending=sending,
        ),
        pack=held,
    )


def enter_for_colleague(filing: Filing, *, actor: Actor) -> Filed:
    """Enter what a colleague rings or mails, in the colleague's name, and return the receipt to pass on.

    Args:
        filing: what the colleague told, with the colleague's identity.
        actor: the focal point or deputy who types.
    """
    require_role(actor, REPORT_ENTER)
    filed = file_report(filing)
    record(actor=actor, action=REPORT_ENTER, subject=("report", filed.report_id), activity=ACTIVITY)
    return filed


def file_signal(filing: Filing, *, actor: Actor) -> Filed:
    """Take in what a partner with an account saw, for the municipality of the place, as any report.

    Its receipt is kept for whoever told it: they come back to it after signing in.

    Args:
        filing: what is told, with who tells it.
        actor: of the partner.

    Raises:
        NobodyReads: nobody reads in that municipality.
    """
    require_role(actor, REPORT_SIGNAL)
    filed = file_report(replace(filing, channel=Channel.PARTNER))
    if filed.fresh:
        remember_receipt(receipt=filed.receipt, kind=filing.kind, actor=actor)
        record(actor=actor, action=REPORT_SIGNAL, activity=ACTIVITY)
    return filed


def _from_sending(sending: uuid.UUID) -> tuple[uuid.UUID, str]:
    """Return report id and receipt: each follows from `sending`, neither tells the other."""
    identity = hashlib.sha256(b"sluitend/report/1|" + sending.bytes).digest()
    bits = hashlib.sha256(b"sluitend/receipt/1|" + sending.bytes).digest()
    symbols = "".join(receipts.ALPHABET[byte & 31] for byte in bits[: receipts.GROUPS * receipts.GROUP])
    parsed = receipts.parse_receipt(symbols)
    if parsed is None:
        raise ValueError("a receipt is made of its own alphabet")
    return uuid.UUID(bytes=identity[:16], version=4), parsed


def _file_once(filing: Filing, pack: Pack, report_id: uuid.UUID, receipt: str) -> bool:
    for _ in range(CODE_TRIES):
        try:
            with transaction.atomic():
                # No `settle`: nobody else sees these rows, so the commit finds nothing that it would not.
                _insert(filing, pack, report_id, receipt)
            return True
        except IntegrityError as error:
            if CODE_CONSTRAINT not in str(error):
                return False  # sent twice: the first one stands
    raise Conflict


def _file_first(filing: Filing, pack: Pack, report_id: uuid.UUID, receipt: str) -> bool:
    try:
        _insert(filing, pack, report_id, receipt)
    except IntegrityError as error:
        raise Again from error
    return True


def _insert(filing: Filing, pack: Pack, report_id: uuid.UUID, receipt: str) -> None:
    with insert_together():
        report, envelope = _insert_report(filing, pack, report_id, receipt)
    if filing.anonymity != Anonymity.ANONYMOUS and filing.identity.to_json():
        _insert_identity(filing, report)
    for upload in filing.uploads:
        attachments.store(
            upload,
            envelope,
            filing.organisation_id,
            attachments.Sender(filing.anonymity),
            owner_kind=ATTACHMENT_OWNER,
            owner_id=report.id,
        )


def _insert_report(
    filing: Filing, pack: Pack, report_id: uuid.UUID, receipt: str
) -> tuple[Report, OpenEnvelope]:
    keys = receipts.mailbox_keys(receipt)
    report, envelope = insert_sealed(filing, pack, report_id, keys.public)
    insert(
        [
            Mailbox(
                lookup=keys.lookup,
                public=keys.public,
                organisation_id=filing.organisation_id,
                report=report,
            )
        ]
    )
    return report, envelope


def insert_sealed(
    filing: Filing, pack: Pack, report_id: uuid.UUID, public: bytes
) -> tuple[Report, OpenEnvelope]:
    """Add a report with its first step, sealed to who receives it and to a mailbox; runs as intake.

    Args:
        filing: what is told.
        pack: the handbook that holds.
        report_id: its key.
        public: key of the mailbox in which its sender reads.

    Returns:
        The report, and its envelope, open.
    """
    envelope = create_envelope(organisation_id=filing.organisation_id, mailbox_public=public, by_public=True)
    report = Report(
        id=report_id,
        organisation_id=filing.organisation_id,
        envelope_id=envelope.id,
        kind=filing.kind,
        channel=filing.channel,
        received=filing.received or timezone.localdate(),
        anonymity=filing.anonymity,
        acute=filing.acute,
        minor=filing.minor,
        theme=filing.theme,
    )
    report.code = receipts.human_code(report.door.kind.letter)
    envelope.seal(report, "content", filing.words().to_json())
    _first_step(report, pack, filing.due)
    insert([report])
    return report, envelope


def _first_step(report: Report, pack: Pack, until: datetime | None) -> None:
    door = report.door
    what = door.advise if report.kind in (Kind.ADVICE, Kind.CONSULT) else door.read
    minor = may_be_minor(report.minor)
    plan(
        row=report,
        subject_kind=door.kind,
        what=what,
        due=until or due(pack, what, acute=report.acute, minor=minor),
        owner_role=door.role,
        urgent=report.acute,
        minor=minor,
        actor=NOBODY,
    )


def _insert_identity(filing: Filing, report: Report) -> None:
    envelope = create_envelope(organisation_id=filing.organisation_id, by_public=True)
    identity = ReporterIdentity(
        organisation_id=filing.organisation_id, report=report, envelope_id=envelope.id
    )
    envelope.seal(identity, "content", filing.identity.to_json())
    identity.save(force_insert=True)
