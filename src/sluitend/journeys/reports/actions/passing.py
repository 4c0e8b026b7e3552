"""What came to the wrong door: whoever has it passes it on, so that nobody begins again.

At the other door it is filed as it was filed here, under the key of the same mailbox. Until it is taken over
it is of whoever passed it on, with a step; then code, day and promise go along, and here only code, day
and direction stay. What a report asks for help goes to care whole; of a request only what care chose
goes to a municipality, and the part about the person stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from sluitend.journeys.reports.actions.filing import CODE_CONSTRAINT, CODE_TRIES, Filing, insert_sealed
from sluitend.journeys.reports.actions.handling import Loaded, next_step, note
from sluitend.journeys.reports.content import ACTIVITY, ATTACHMENT_OWNER, IdentityContent, ReportContent
from sluitend.journeys.reports.journey import REPORT_IDENTITY, REPORT_INTAKE
from sluitend.journeys.reports.models import (
    AT_MUNICIPALITY,
    Kind,
    Mailbox,
    MailboxMessage,
    Report,
    ReporterIdentity,
    State,
)
from sluitend.journeys.reports.queries.passing import DoorView, passage_of, read_held, thread_of
from sluitend.journeys.reports.terms import due
from sluitend.kernel.access.acting import Actor, intake_role
from sluitend.kernel.access.connected import check_reads
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError, Refused
from sluitend.kernel.flow.verbs import columns
from sluitend.kernel.followup.actions import add_for_other, settle
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission
from sluitend.kernel.sealing.attachments import drawn_of, store_drawn
from sluitend.kernel.sealing.envelopes import (
    OpenEnvelope,
    add_seal,
    drop_seal,
    note_destroyed,
    open_envelope,
)
from sluitend.kernel.sealing.models import Attachment


@dataclass(frozen=True)
class Told:
    """What a report holds, opened to be passed on whole."""

    content: ReportContent
    identity: IdentityContent


def pass_on_whole(
    code: str, build: Callable[[str, str, Told], Filing], *, actor: Actor, right: Permission, line: str
) -> None:
    """Pass a report of a municipality on to care, with all that was told.

    Args:
        code: of the report.
        build: makes of its kind, what its reporter allowed and what it holds, what is filed there.
        actor: who passes it on.
        right: by which.
        line: of the ledger.

    Raises:
        Refused: there is none here, or the role may not.
        DomainError: it was passed on before, or cannot be passed on as it is.
        Conflict: somebody else was first.
    """
    loaded = _found(code, actor, right, at_care=False)
    _check_new(loaded.row, actor)
    row = loaded.row
    filing = build(row.kind, row.anonymity, _told_by(row, actor, right))
    _pass_on(loaded, filing, actor=actor, line=line)


def pass_on_part(code: str, filing: Filing, *, actor: Actor, right: Permission, line: str) -> None:
    """Pass on to a municipality what care chose of a request: nothing of the request itself goes along.

    Raises:
        Refused: there is none here, or the role may not.
        DomainError: it was passed on before, or cannot be passed on as it is.
        Conflict: somebody else was first.
    """
    loaded = _found(code, actor, right, at_care=True)
    _check_new(loaded.row, actor)
    _pass_on(loaded, filing, actor=actor, line=line)


def take_over_report(code: str, *, actor: Actor) -> None:
    """Take over at the municipality what came from care.

    Raises:
        Refused: there is none here, or the role may not.
        Conflict: it was recalled, given back or taken over in the meantime.
    """
    row = _found(code, actor, REPORT_INTAKE, at_care=False).row
    take_over(row, actor=actor, purpose=REPORT_INTAKE)
    note(actor, "report.take_over", row)


def give_back_report(code: str, *, actor: Actor, right: Permission, line: str, at_care: bool) -> None:
    """Give back what waits here: nothing of it stays, and the other side has the step again. It goes once.

    Raises:
        Refused: there is none here, or the role may not.
        Conflict: it was recalled or taken over in the meantime.
    """
    _give_back(_found(code, actor, right, at_care=at_care).row, actor=actor, line=line)


def recall_report(code: str, *, actor: Actor, right: Permission, line: str, at_care: bool) -> None:
    """Take back what was passed on and not taken over.

    Raises:
        Refused: there is none here, or the role may not.
        Conflict: it was taken over or given back in the meantime, or never passed on.
    """
    _recall(_found(code, actor, right, at_care=at_care), actor=actor, line=line)


def _found(code: str, actor: Actor, right: Permission, *, at_care: bool) -> Loaded:
    require_role(actor, right)
    rows = Report.objects.filter(organisation_id=actor.own_organisation, code=code)
    here = rows.exclude(kind__in=AT_MUNICIPALITY) if at_care else rows.filter(kind__in=AT_MUNICIPALITY)
    row = here.first()
    if row is None:
        raise Refused
    return Loaded(row, columns(row))


def _told_by(row: Report, actor: Actor, purpose: str) -> Told:
    if row.envelope_id is None:
        raise Conflict
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=purpose)
    content = ReportContent.from_json(envelope.read(row, "content"))
    who = ReporterIdentity.objects.filter(report_id=row.id, organisation_id=row.organisation_id).first()
    if who is None:
        return Told(content, IdentityContent())
    record(
        actor=actor,
        action=REPORT_IDENTITY,
        subject=(row.door.kind, row.id),
        activity=ACTIVITY,
        purpose=purpose,
    )
    opened = open_envelope(who.envelope_id, actor=actor, purpose=purpose)
    return Told(content, IdentityContent.from_json(opened.read(who, "content")))


def _pass_on(loaded: Loaded, filing: Filing, *, actor: Actor, line: str) -> None:
    row = loaded.row
    check_reads(filing.organisation_id)
    public = Mailbox.objects.filter(report_id=row.id).values_list("public", flat=True).first()
    if public is None:
        raise DomainError(_("Dit kwam binnen toen dit nog niet kon. Bel de andere organisatie."))
    pack = current_release().pack
    arrived_id = uuid4()
    first = row.current_step.due if row.current_step else None
    filing = replace(filing, received=row.received, acute=row.acute, minor=row.minor)
    other = Report(kind=filing.kind).door
    step = other.advise if filing.kind in (Kind.ADVICE, Kind.CONSULT) else other.read
    own_term = due(pack, step, acute=row.acute, minor=row.minor in ("yes", "perhaps"))
    filing = replace(filing, due=min(own_term, first) if first else own_term)
    envelope = _filed(partial(_insert, filing, arrived_id, bytes(public)))
    whole = filing.kind in (Kind.CARE, Kind.CONSULT)
    if whole and row.envelope_id:
        own = open_envelope(row.envelope_id, actor=actor, purpose=line)
        # What is written meanwhile stays here until it is taken over; it is read there, and goes along then.
        add_seal(own, holder_id=filing.organisation_id)
        _copy_files(row, own, envelope, filing.organisation_id, arrived_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_begin(%s, %s, %s)", [uuid4(), row.id, arrived_id])
        if not cursor.fetchone()[0]:
            raise Conflict
    next_step(row, row.door.wait, actor, waits=True)
    loaded.write()
    note(actor, line, row)
    if row.acute:
        _sweep_now(filing.organisation_id)


def take_over(row: Report, *, actor: Actor, purpose: str) -> None:
    """Take over what waits here: from now on the receipt leads here, and the other side opens it no more.

    Args:
        row: what waits.
        actor: who takes it over.
        purpose: why it is opened; whoever calls this writes the line of the ledger.

    Raises:
        Conflict: it was recalled, given back or taken over in the meantime.
    """
    door = _waiting_here(row, actor)
    envelope_id, messages = thread_of(door, hold=True)
    words = {}
    if envelope_id and messages:
        before = open_envelope(envelope_id, actor=actor, purpose=purpose)
        words = {each.id: read_held(each, before).text for each in messages}
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_accept(%s)", [door.id])
        if not cursor.fetchone()[0]:
            raise Conflict
    if messages and row.envelope_id:
        envelope = open_envelope(row.envelope_id, actor=actor, purpose=purpose)
        for each in messages:
            copy = MailboxMessage(
                id=uuid4(),
                organisation_id=row.organisation_id,
                mailbox_id=each.mailbox,
                report_id=row.id,
                number=each.number,
                direction=each.direction,
                kind=each.kind,
                day=each.day,
                # Danger or a child in it was heard at the other door only: here it is heard again.
                swept=each.swept and not (each.acute or each.minor),
                acute=each.acute,
                minor=each.minor,
            )
            envelope.seal(copy, "text", words[each.id])
            copy.save(force_insert=True)
        if any(each.acute for each in messages):
            _sweep_now(row.organisation_id)
    note_destroyed()


def _sweep_now(organisation_id: UUID) -> None:
    from sluitend.journeys.reports import jobs

    after_commit(jobs.sweep_now, organisation_id)


def _give_back(row: Report, *, actor: Actor, line: str) -> None:
    door = _waiting_here(row, actor)
    other = Report(
        id=door.report_id,
        organisation_id=door.organisation_id,
        code=door.number,
        kind=Kind.REPORT if row.kind not in AT_MUNICIPALITY else Kind.CARE,
    )
    what = other.door.back
    minor = row.minor in ("yes", "perhaps")
    step = add_for_other(
        row=other,
        subject_kind=other.door.kind,
        what=what,
        due=due(current_release().pack, other.door.read, acute=row.acute, minor=minor),
        actor=actor,
        organisation_id=door.organisation_id,
        owner_role=other.door.role,
        urgent=row.acute,
        minor=minor,
    )
    envelope_id, _messages = thread_of(door)
    if envelope_id:
        drop_seal(envelope_id, holder_id=actor.own_organisation)
    note(actor, line, row)
    _end(door, step.id)
    settle()


def _recall(loaded: Loaded, *, actor: Actor, line: str) -> None:
    row = loaded.row
    door = passage_of(row.id, actor)
    if door is None or not door.sent:
        raise Conflict
    _end(door, None)
    if row.envelope_id:
        drop_seal(row.envelope_id, holder_id=door.recipient_id)
    advice = row.kind in (Kind.ADVICE, Kind.CONSULT)
    next_step(row, row.door.advise if advice else row.door.read, actor)
    loaded.write()
    note(actor, line, row)


def _end(door: DoorView, step_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_end(%s, %s)", [door.id, step_id])
        if not cursor.fetchone()[0]:
            raise Conflict
    note_destroyed()


def _check_new(row: Report, actor: Actor) -> None:
    if row.state != State.NEW or row.closed is not None:
        raise DomainError(_("Dit kan alleen zolang er nog niets over is besloten."))
    door = passage_of(row.id, actor)
    if door is None:
        return
    if door.is_here:
        raise DomainError(_("Neem dit eerst over, of geef het terug."))
    raise DomainError(_("Dit ging al een keer naar de andere organisatie. Bel die, en beslis samen."))


def _waiting_here(row: Report, actor: Actor) -> DoorView:
    door = passage_of(row.id, actor)
    if door is None or not door.is_here:
        raise Conflict
    return door


def _filed(insert: Callable[[], OpenEnvelope]) -> OpenEnvelope:
    for _try in range(CODE_TRIES):
        try:
            with transaction.atomic(), intake_role():
                return insert()
        except IntegrityError as error:
            if CODE_CONSTRAINT not in str(error):
                raise
    raise Conflict


def _insert(filing: Filing, arrived_id: UUID, public: bytes) -> OpenEnvelope:
    return insert_sealed(filing, current_release().pack, arrived_id, public)[1]


def _copy_files(
    row: Report, own: OpenEnvelope, envelope: OpenEnvelope, recipient_id: UUID, arrived_id: UUID
) -> None:
    files = Attachment.objects.filter(
        owner_kind=ATTACHMENT_OWNER, owner_id=row.id, organisation_id=row.organisation_id, page_of=None
    )
    drawn = [drawn_of(each, own) for each in files.order_by("id")]
    # Filed there as all that comes in: theirs from the start, and destroyed with it when it goes back.
    with intake_role():
        for each in drawn:
            store_drawn(each, envelope, recipient_id, owner_kind=ATTACHMENT_OWNER, owner_id=arrived_id)
