"""Asking to wait, asking anew and lifting: by the asker itself, or written down by the municipality."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.referrals.queries import check_until
from sluitend.journeys.visits import jobs, leaving, places, terms
from sluitend.journeys.visits.actions import writing
from sluitend.journeys.visits.actions.hearing import let_cases_hear, let_plans_follow
from sluitend.journeys.visits.actions.indexing import index
from sluitend.journeys.visits.journey import (
    READ_WAIT_REQUEST,
    WAIT_REQUEST,
    WAIT_REQUEST_ASK,
    WAIT_REQUEST_ASKED,
    WAIT_REQUEST_CONSULT,
    WAIT_REQUEST_NOTE,
    WAIT_REQUEST_OVERRULE,
    WAIT_REQUEST_RUNS,
)
from sluitend.journeys.visits.models import WaitRequest
from sluitend.journeys.visits.queries import rows
from sluitend.kernel.access.acting import Actor, system_actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.connected import check_reads
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError, barred
from sluitend.kernel.flow.verbs import OnTurns, changing, doing, note
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope, open_envelope
from sluitend.kernel.telltale import NOTHING_LOOKED, Background, Looked, words_that_leave

TEXT_LENGTH = 600
LINE = 160


@dataclass(frozen=True)
class Ask:
    """What is asked: where nothing may happen, until when, why, and whom to ring."""

    place: places.Place
    until: date
    ground: str
    sentence: str = ""
    contact: str = ""
    telephone: str = ""
    instead_of: str = field(default="", kw_only=True)
    """Code of the wait request that is asked anew."""
    looked: Looked = field(default=NOTHING_LOOKED, kw_only=True)
    """What was decided on each word of the reason that was marked: another organisation reads it."""


def ask(*, actor: Actor, municipality_id: UUID, wanted: Ask) -> str:
    """Ask a municipality to wait. It binds as soon as the municipality has made its tokens, by itself.

    Args:
        actor: somebody of a partner that may ask.
        municipality_id: where nothing may happen.
        wanted: what is asked.

    Returns:
        The code of the wait request.

    Raises:
        Refused: this organisation may not ask.
        DomainError: something is missing or cannot be, with its field.
    """
    require_role(actor, WAIT_REQUEST_ASK)
    partner = _own_partner(actor)
    wanted = _checked(wanted, leaving.told(wanted.place, wanted.contact))
    if not Organisation.objects.filter(pk=municipality_id, kind=Organisation.Kind.MUNICIPALITY).exists():
        raise DomainError(_("Kies een gemeente."), "municipality")
    check_reads(municipality_id)
    row = written(
        wanted, actor, partner=partner, municipality_id=municipality_id, asker_id=actor.own_organisation
    )
    note(row, actor, WAIT_REQUEST_ASK, row.ground)
    followup.settle()
    after_commit(jobs.catch_up, municipality_id)
    return row.code


def _own_partner(actor: Actor) -> str:
    """Return under which id the handbook knows the actor's organisation, if it may ask to wait.

    Raises:
        DomainError: it may not.
    """
    key = Organisation.objects.only("partner_key").get(pk=actor.own_organisation).partner_key
    if key not in terms.askers():
        raise barred(_("Uw organisatie kan hier geen wachtverzoek doen."))
    return key


def ask_anew(
    *,
    actor: Actor,
    code: str,
    until: date,
    ground: str,
    sentence: str = "",
    looked: Looked = NOTHING_LOOKED,
) -> str:
    """Ask again for the place of a wait request: a new one takes its place, with a ground and an end of its
    own.

    Raises:
        Absent: the actor's organisation asked for none of this code.
        DomainError: no ground, a day that cannot be, or a word was not looked at.
        Conflict: it is lifted or ended.
    """
    old = rows.find_asked(code, actor)
    with changing(old):
        old.move(WaitRequest.State.REPLACED)
        content = open_envelope(old.envelope_id, actor=actor, purpose=WAIT_REQUEST_ASKED).read(old, "content")
        wanted = Ask(
            place=places.Place.from_json(content),
            until=until,
            ground=ground,
            sentence=sentence,
            contact=content["contact"],
            telephone=content["telephone"],
            looked=looked,
        )
        wanted = _checked(wanted, leaving.told_in(content))
        new = written(
            wanted, actor, partner=old.partner, municipality_id=old.organisation_id, asker_id=old.asker_id
        )
        old.replaced_by = new
    note(new, actor, WAIT_REQUEST_ASK, "anew")
    followup.settle()
    after_commit(jobs.catch_up, old.organisation_id)
    return new.code


def note_wait_request(*, actor: Actor, partner: str, wanted: Ask) -> str:
    """Write down what was asked by telephone. It binds at once.

    Args:
        actor: a focal point.
        partner: id of the partner that asked; empty when the municipality itself asks.
        wanted: what was asked; `instead_of` names the wait request that is asked anew.

    Returns:
        The code of the wait request.

    Raises:
        DomainError: something is missing or cannot be, with its field.
    """
    require_role(actor, WAIT_REQUEST_NOTE)
    if partner and partner not in terms.askers():
        raise DomainError(_("Kies wie om wachten vraagt."), "partner")
    if not wanted.telephone.strip():
        raise DomainError(_("Schrijf het nummer van wie u moet bellen."), "telephone")
    background = leaving.told(wanted.place, wanted.contact)
    wanted = _checked(wanted, replace(background, known=leaving.known_at(wanted.place, actor)))
    writing.lock(actor.own_organisation)
    row = written(
        wanted,
        actor,
        partner=partner,
        municipality_id=actor.own_organisation,
        asker_id=with_accounts(partner),
    )
    index(row, open_envelope(row.envelope_id, actor=actor, purpose=WAIT_REQUEST_NOTE), actor)
    if wanted.instead_of:
        _replace(wanted.instead_of, row, actor)
    note(row, actor, WAIT_REQUEST_NOTE, row.ground)
    followup.settle()
    return row.code


def with_accounts(partner: str) -> UUID | None:
    """Return the organisation of a partner where somebody can lift it; None without accounts."""
    asker = Organisation.objects.filter(partner_key=partner).first() if partner else None
    return asker.id if asker and colleagues(asker.id, roles=[Role.PARTNER]) else None


def _replace(code: str, new: WaitRequest, actor: Actor) -> None:
    old = rows.find_wait_request(code, actor, WAIT_REQUEST_NOTE)
    if old.partner != new.partner:
        raise barred(_("Alleen wie om wachten vroeg, kan het opnieuw vragen."), "partner")
    replace_by(new, old, actor)


def replace_by(new: WaitRequest, old: WaitRequest, actor: Actor) -> None:
    """End a wait request of the municipality itself that another one takes the place of.

    Raises:
        Conflict: it is lifted or ended.
    """
    with changing(old):
        old.move(WaitRequest.State.REPLACED)
        old.replaced_by = new
        writing.close(old, actor)


def read_wait_request(*, actor: Actor, code: str) -> None:
    """Say that a focal point has read a new wait request. It bound before that already.

    Raises:
        Absent: none binds this municipality.
        Conflict: it does not run any more.
    """
    row = rows.find_wait_request(code, actor, WAIT_REQUEST_CONSULT)
    if row.state != WaitRequest.State.RUNS:
        raise Conflict
    with doing(OnTurns(row, actor, WAIT_REQUEST_CONSULT, "read")):
        _plan_running(row, actor)


def lift(
    *, actor: Actor, code: str, reason: str, sentence: str = "", looked: Looked = NOTHING_LOOKED
) -> None:
    """End a wait request before its day, by its asker.

    Raises:
        Absent: the actor's organisation asked for none of this code.
        DomainError: no reason of the list, its sentence is missing, or a word was not looked at.
        Conflict: it has ended already.
    """
    row = rows.find_asked(code, actor)
    content = open_envelope(row.envelope_id, actor=actor, purpose="wait_request.lift").read(row, "content")
    _check_length(sentence)
    sentence = words_that_leave(sentence, looked, leaving.told_in(content), name="sentence")
    with doing(OnTurns(row, actor, WAIT_REQUEST_ASKED, "lift")) as it:
        _lift(it, WaitRequest.Lift.ASKER, reason, sentence)


def note_lift(*, actor: Actor, code: str, reason: str, whom: str, sentence: str = "") -> None:
    """Write down that the asker lifted a wait request by telephone.

    Args:
        actor: a focal point.
        code: of the wait request.
        reason: id of a prepared reason.
        whom: who of the asker said so.
        sentence: for "another reason" only.

    Raises:
        Absent: none binds this municipality.
        DomainError: something is missing, with its field.
        Conflict: it has ended already.
    """
    row = rows.find_wait_request(code, actor, WAIT_REQUEST_NOTE)
    if not whom.strip():
        raise DomainError(_("Schrijf wie het ophief."), "whom")
    if len(whom) > LINE:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 160 tekens."), "whom")
    with doing(OnTurns(row, actor, WAIT_REQUEST_NOTE, "lift")) as it:
        _lift(it, WaitRequest.Lift.ASKER, reason, sentence, whom=whom)
        let_cases_hear(row, actor)
        writing.close(row, actor)
    let_plans_follow(row)


def lift_for_mayor(*, actor: Actor, code: str, reason: str, sentence: str) -> None:
    """Write down that the mayor ends a wait request: by a manager, never by who wants the visit to go ahead.

    Args:
        actor: a manager of the municipality.
        code: of the wait request.
        reason: id of a prepared reason.
        sentence: the mayor's reason, always in words.

    Raises:
        Absent: none binds this municipality.
        DomainError: reason or words are missing.
        Conflict: it has ended already.
    """
    row = rows.find_wait_request(code, actor, WAIT_REQUEST_OVERRULE)
    if not sentence.strip():
        raise DomainError(_("Schrijf waarom de burgemeester dit besluit."), "sentence")
    with doing(OnTurns(row, actor, WAIT_REQUEST_OVERRULE, reason)) as it:
        _lift(it, WaitRequest.Lift.MAYOR, reason, sentence)
        let_cases_hear(row, system_actor(actor.own_organisation))
        writing.close(row, actor)
    let_plans_follow(row)


def _lift(
    it: OnTurns[WaitRequest], by: WaitRequest.Lift, reason: str, sentence: str, *, whom: str = ""
) -> None:
    row, chosen = it.row, terms.pack().reason_list("lift_wait_request").reason(reason)
    _check_reason(chosen, sentence)
    it.to(WaitRequest.State.LIFTED)
    row.lifted, row.lift_reason = by, reason
    row.lifted_at, row.lifted_by = timezone.now(), it.actor.own_account
    envelope = open_envelope(row.envelope_id, actor=it.actor, purpose="wait_request.lift")
    envelope.seal(row, "lift_text", ". ".join(filter(None, (whom.strip(), sentence.strip()))) or None)
    after_commit(jobs.catch_up, row.organisation_id)


def _checked(wanted: Ask, background: Background) -> Ask:
    """Return what is asked, with the reason as the other organisation reads it."""
    places.check(wanted.place)
    check_until(wanted.until, terms.pack())
    _check_reason(terms.pack().reason_list("wait_request").reason(wanted.ground), wanted.sentence, "ground")
    for name in ("contact", "telephone"):
        if len(getattr(wanted, name)) > LINE:
            raise DomainError(_("Dit is te lang. Schrijf ten hoogste 160 tekens."), name)
    left = words_that_leave(wanted.sentence, wanted.looked, background, name="sentence")
    return replace(wanted, sentence=left)


def _check_reason(reason: Reason | None, sentence: str, field_name: str = "reason") -> None:
    if reason is None:
        raise DomainError(_("Kies een reden."), field_name)
    if reason.asks_sentence and not sentence.strip():
        raise DomainError(_("Schrijf de reden in één zin."), "sentence")
    _check_length(sentence)


def _check_length(sentence: str) -> None:
    if len(sentence) > TEXT_LENGTH:
        raise DomainError(_("Dit is te lang. Schrijf ten hoogste 600 tekens."), "sentence")


def written(
    wanted: Ask, actor: Actor, *, partner: str, municipality_id: UUID, asker_id: UUID | None
) -> WaitRequest:
    """Write a wait request down under a free code. The caller checked it, and makes its tokens."""
    return with_free_code(
        lambda: _write(wanted, actor, partner=partner, municipality_id=municipality_id, asker_id=asker_id),
        constraint="wait_code",
    )


def _write(
    wanted: Ask, actor: Actor, *, partner: str, municipality_id: UUID, asker_id: UUID | None
) -> WaitRequest:
    own = actor.own_organisation
    row = WaitRequest(
        id=uuid4(),
        organisation_id=municipality_id,
        asker_id=asker_id,
        code=writing.new_code("W", WaitRequest.objects.all()),
        partner=partner,
        ground=wanted.ground,
        asked_at=timezone.now(),
        until=wanted.until,
    )
    envelope = create_envelope(
        organisation_id=own, recipient_id=asker_id if own == municipality_id else municipality_id
    )
    row.envelope_id = envelope.id
    _seal(row, envelope, wanted)
    if own == municipality_id and actor.kind != "system":
        _plan_running(row, actor)
    else:
        row.current_step = followup.add_for_other(
            row=row,
            subject_kind=WAIT_REQUEST,
            what=READ_WAIT_REQUEST,
            due=terms.due(READ_WAIT_REQUEST),
            actor=actor,
            organisation_id=municipality_id,
            owner_role=Role.FOCAL_POINT,
        )
    row.save(force_insert=True)
    return row


def _seal(row: WaitRequest, envelope: OpenEnvelope, wanted: Ask) -> None:
    envelope.seal(
        row,
        "content",
        {
            **wanted.place.settled().as_json(),
            "sentence": wanted.sentence.strip(),
            "contact": wanted.contact.strip(),
            "telephone": wanted.telephone.strip(),
        },
    )


def _plan_running(row: WaitRequest, actor: Actor) -> None:
    followup.plan(
        row=row,
        subject_kind=WAIT_REQUEST,
        what=WAIT_REQUEST_RUNS,
        due=end_of(row.until),
        actor=actor,
        waits_on_other=True,
    )
