"""Mark now, finish later. With an account a mark waits for its maker; without one it is a report at once."""

import hashlib
import json
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from sluitend.journeys.reports.actions.filing import Filed, Filing, file_report
from sluitend.journeys.reports.actions.own import remember_receipt
from sluitend.journeys.reports.content import ACTIVITY, IdentityContent, MarkContent
from sluitend.journeys.reports.danger import is_minor, is_now
from sluitend.journeys.reports.journey import FINISH_MARK, MARK, REPORT_FILE
from sluitend.journeys.reports.models import Anonymity, Channel, Kind, Mark, Minor
from sluitend.journeys.reports.terms import end_of_mark
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.connected import check_reads
from sluitend.kernel.access.decisions import Resource, require, require_role
from sluitend.kernel.access.errors import Conflict, DomainError, Refused
from sluitend.kernel.followup.actions import finish, plan, settle
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing import receipts
from sluitend.kernel.sealing.envelopes import create_envelope, open_envelope
from sluitend.kernel.sealing.uploads import Upload


def mark(content: MarkContent, *, actor: Actor, sending: uuid.UUID | None = None) -> Mark:
    """Keep a mark for whoever is signed in; it comes back as their own next step, due today.

    Args:
        content: what was marked, with the municipality that it is for.
        actor: who marks.
        sending: random number of the page; the same page with the same marks is kept once.
    """
    require_role(actor, REPORT_FILE)
    check_reads(_municipality(content))
    identity = _identity(content, actor, sending or uuid.uuid4())
    try:
        with transaction.atomic():
            return _keep(content, identity, actor)
    except IntegrityError:
        return Mark.objects.select_related("current_step").get(pk=identity)


def _identity(content: MarkContent, actor: Actor, sending: uuid.UUID) -> uuid.UUID:
    # The time differs between two sendings of one page.
    told = json.dumps({**content.to_json(), "time": ""}, sort_keys=True)
    what = b"sluitend/mark/1|" + sending.bytes + actor.own_account.bytes + told.encode()
    return uuid.UUID(bytes=hashlib.sha256(what).digest()[:16], version=4)


def _keep(content: MarkContent, identity: uuid.UUID, actor: Actor) -> Mark:
    envelope = create_envelope(organisation_id=actor.own_organisation)
    row = Mark(
        id=identity,
        organisation_id=actor.own_organisation,
        account_id=actor.own_account,
        envelope_id=envelope.id,
        code=receipts.human_code("N"),
        minor=is_minor(current_release().pack, content.marks),
    )
    envelope.seal(row, "content", content.to_json())
    plan(
        row=row,
        subject_kind=MARK,
        what=FINISH_MARK,
        due=end_of_mark(),
        actor=actor,
        owner_id=actor.account_id,
        minor=row.minor,
    )
    row.save(force_insert=True)
    settle()
    record(actor=actor, action="mark.make", subject=("mark", row.id), activity=ACTIVITY)
    return row


def file_mark(content: MarkContent, *, sending: uuid.UUID, uploads: Sequence[Upload] = ()) -> Filed:
    """File a mark as a report at once: nobody is signed in, or there is danger now."""
    return file_report(_filing(content, sending=sending, uploads=uploads))


def finish_mark(code: str, *, actor: Actor) -> None:
    """End a mark whose report has been sent by its maker."""
    row = Mark.objects.filter(
        organisation_id=actor.own_organisation, account_id=actor.own_account, code=code
    ).first()
    if row is None:
        raise Refused
    require(actor, REPORT_FILE, Resource("mark", row.organisation_id, id=row.id))
    _end(row, actor)


def hand_over(row: Mark, *, actor: Actor) -> Filed:
    """Make a report of a mark that was not finished today. Its maker keeps the receipt and may add to it.

    Args:
        row: the mark.
        actor: the system, acting for the organisation of the mark.
    """
    if actor.kind != "system":
        raise Refused
    envelope = open_envelope(row.envelope_id, actor=actor, purpose="report.own")
    content = MarkContent.from_json(envelope.read(row, "content"))
    account = Account.objects.get(pk=row.account_id)
    identity = IdentityContent(name=account.name, mail=account.email)
    # Whoever did not come back made no choice about the name: it is known to the focal point and not told.
    filed = file_report(_filing(content, sending=uuid.uuid4(), identity=identity))
    remember_receipt(receipt=filed.receipt, kind=Kind.REPORT, actor=actor, account_id=row.account_id)
    _end(row, actor)
    return filed


def _filing(
    content: MarkContent,
    *,
    sending: uuid.UUID,
    identity: IdentityContent | None = None,
    uploads: Sequence[Upload] = (),
) -> Filing:
    return Filing(
        organisation_id=_municipality(content),
        content=content.as_report(),
        anonymity=Anonymity.CONFIDENTIAL if identity else Anonymity.ANONYMOUS,
        minor=Minor.YES if is_minor(current_release().pack, content.marks) else Minor.UNKNOWN,
        acute=is_now(content.acute),
        channel=Channel.MARK,
        identity=identity or IdentityContent(),
        uploads=uploads,
        sending=sending,
    )


def _municipality(content: MarkContent) -> uuid.UUID:
    organisation = Organisation.objects.filter(code=content.municipality).first()
    if organisation is None:
        raise DomainError("", "municipality")
    return organisation.id


def _end(row: Mark, actor: Actor) -> None:
    step_id = row.current_step_id
    finish(row=row, actor=actor)
    values = {"current_step_id": None, "closed": timezone.now()}
    if not Mark.objects.filter(pk=row.pk, current_step_id=step_id, closed__isnull=True).update(**values):
        raise Conflict
    settle()
    record(actor=actor, action="mark.finish", subject=("mark", row.id), activity=ACTIVITY)
