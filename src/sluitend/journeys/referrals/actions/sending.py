"""Sending a referral: an envelope of its own with exactly the chosen parts, and a first step on each side."""

from dataclasses import asdict
from functools import partial
from uuid import uuid4

from django.utils import timezone

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import CASE_AGAINST_WISH, REFER, REFERRAL_SEND
from sluitend.journeys.referrals import answers, terms, words
from sluitend.journeys.referrals.channels import CHANNELS
from sluitend.journeys.referrals.choosing import (
    Choice,
    Offer,
    OfferedPart,
    OfferedPartner,
    Selected,
)
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, LOOK_AT_REFERRAL
from sluitend.journeys.referrals.leaving import require_sendable
from sluitend.journeys.referrals.models import Referral, ReferralFile, ReferralOrigin
from sluitend.journeys.referrals.queries import offers
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.flow.verbs import Work, begin, note
from sluitend.kernel.followup.assigning import inherit
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import OpenEnvelope, create_envelope
from sluitend.kernel.sealing.receipts import human_code

BEYOND_PROFILE = "beyond_profile"


def send(*, case_code: str, track: str, choice: Choice, actor: Actor, letter: str = "") -> str:
    """Send the chosen parts of a case to the chosen partner. The case stays with the sender.

    Args:
        case_code: of the actor's own case.
        track: `person` or `place`; what is composed on it says what may go.
        choice: what the person chose; every rule is checked again here.
        actor: who sends.
        letter: the key of one offer of several; the soonest when left out.

    Returns:
        The code of the referral.

    Raises:
        Absent: no such case, or nothing of the kind is being composed.
        DomainError: something in the choice is not allowed, with its field.
        Conflict: a colleague sent this letter, or left it, or changed the case.
    """
    require_role(actor, REFERRAL_SEND)
    offer = offers.offer_for(case_code, track, actor, key=letter)
    if choice.actions and choice.actions != offer.actions:
        raise Conflict  # a colleague began or left something in this letter
    what = require_sendable(offer, choice, timezone.localdate())
    if what.goes_beyond or what.against_wish:
        require_role(actor, CASE_AGAINST_WISH)
    row = with_free_code(lambda: _send(offer, choice, what, actor), constraint="referral_code")
    _log(row, choice, what, actor)
    with in_dutch():
        recipient = words.partner(row.pack, row.partner)
    cases.referral_sent(
        actor=actor,
        case_id=offer.case_id,
        track=track,
        referral_id=row.id,
        referral_code=row.code,
        recipient=recipient,
        answer_by=end_of(row.answer_by),
        actions=offer.actions,
        parts=offer.may_parts & {each.part for each in what.parts if each != offer.no_way},
        reasons=_picked(row, choice, what),
    )
    return row.code


def _send(offer: Offer, choice: Choice, what: Selected, actor: Actor) -> Referral:
    partner = offer.partner(choice.partner)
    if partner is None:
        raise Conflict
    row = _row(offer, choice, partner, actor)
    envelope = create_envelope(organisation_id=row.organisation_id, recipient_id=row.recipient_id)
    row.envelope_id = envelope.id
    with begin(row, actor, REFERRAL_SEND, purpose=choice.purpose) as it:
        envelope.seal(row, "content", content_of(offer, what, actor, _telephone(row)))
        inherit(row.id, parent_id=offer.case_id, actor=actor)
        _plan_first_steps(it)
    _write_origin(row, offer, choice, what)
    _copy_files(row, what.parts, envelope, actor)
    return row


def _row(offer: Offer, choice: Choice, partner: OfferedPartner, actor: Actor) -> Referral:
    channel, now = CHANNELS[choice.channel], timezone.now()
    recipient_id = channel.recipient(partner.organisation_id)
    return Referral(
        organisation_id=actor.own_organisation,
        recipient_id=recipient_id,
        recipient_closed=None if recipient_id else now,
        code=_new_code(),
        channel=choice.channel,
        release_number=offer.release_number,
        partner=partner.id,
        verb=partner.verb,
        track=offer.track,
        form=offer.form,
        urgency=offer.urgency,
        minor=offer.minor,
        area=offer.area,
        basis=choice.basis,
        purpose=choice.purpose,
        sent=now,
        answer_by=min(choice.answer_by, terms.latest_answer(offer.urgency)),
        expires=choice.expires,
        went_on=timezone.localdate() if channel.brings else None,
    )


def content_of(offer: Offer, what: Selected, actor: Actor, telephone: str) -> dict[str, object]:
    """Return what can be read after accepting: question, sender and the chosen parts, nothing else."""
    return {
        "question": what.question,
        "sender": actor.name,
        "telephone": telephone,
        "task": offer.task,
        "parts": [_copied(part) for part in what.parts],
    }


def _copied(part: OfferedPart) -> dict[str, object]:
    kept = ("title", "text", "slot", "how", "fact")
    return {"id": part.part} | {name: value for name, value in asdict(part).items() if name in kept}


def _telephone(row: Referral) -> str:
    return Organisation.objects.get(pk=row.organisation_id).telephone


def _new_code() -> str:
    for symbols in (4, 4, 4, 5, 6):
        code = human_code("D", symbols=symbols)
        if not Referral.objects.filter(code=code).exists():
            return code
    raise Conflict


def _plan_first_steps(it: Work[Referral]) -> None:
    row = it.row
    acute, today = answers.hurry(row)
    if row.went_on is None:
        it.plan(REFER, due=partial(due_for, row.pack, REFER, acute=acute, minor=today))
        return
    it.plan(AWAIT_PARTNER, due=end_of(row.answer_by))
    if row.recipient_id:
        due = due_for(row.pack, LOOK_AT_REFERRAL, acute=acute, minor=today)
        it.ask(LOOK_AT_REFERRAL, due=min(due, end_of(row.answer_by)))


def _write_origin(row: Referral, offer: Offer, choice: Choice, what: Selected) -> None:
    # An envelope of the sender alone: why more was shared is no business of the partner.
    envelope = create_envelope(organisation_id=row.organisation_id)
    origin = ReferralOrigin(
        organisation_id=row.organisation_id,
        referral=row,
        envelope_id=envelope.id,
        case_id=offer.case_id,
        case_code=offer.case_code,
        route=" ".join(offer.actions),
        beyond_ground=choice.beyond_ground if what.goes_beyond else "",
        wish_ground=choice.wish_ground if what.against_wish else "",
    )
    reasons = {
        "beyond": choice.beyond_reason.strip() if what.goes_beyond else "",
        "wish": choice.wish_reason.strip() if what.against_wish else "",
        # Of whom it was told how they are reached: of nobody else does the partner hear that later.
        "reach": _told_of(offer, what),
    }
    envelope.seal(origin, "reasons", reasons if any(reasons.values()) else None)
    origin.save(force_insert=True)


def _told_of(offer: Offer, what: Selected) -> list[str]:
    told = any(each.id == CONTACT for each in what.parts)
    return [str(each.person) for each in offer.reached] if told else []


def _copy_files(row: Referral, parts: tuple[OfferedPart, ...], envelope: OpenEnvelope, actor: Actor) -> None:
    for file in (file for part in parts for file in part.files):
        copy_id = reports.copy_attachment(
            file.id,
            actor=actor,
            target=envelope,
            recipient_id=row.recipient_id,
            owner_kind="referral",
            owner_id=row.id,
        )
        ReferralFile(
            id=uuid4(),
            organisation_id=row.organisation_id,
            recipient_id=row.recipient_id,
            referral=row,
            attachment_id=copy_id,
        ).save(force_insert=True)


def _picked(row: Referral, choice: Choice, what: Selected) -> tuple[Reason, ...]:
    """Return the prepared reasons by which more went than the route names, or against the wish."""
    picked = {
        "share_more": choice.beyond_ground if what.goes_beyond else "",
        "against_wish": choice.wish_ground if what.against_wish else "",
    }
    found = (row.pack.reason_list(name).reason(chosen) for name, chosen in picked.items())
    return tuple(each for each in found if each)


def _log(row: Referral, choice: Choice, what: Selected, actor: Actor) -> None:
    # Two lines of their own, so that the privacy officer finds them without reading any content.
    if what.goes_beyond:
        note(row, actor, f"{REFERRAL_SEND}.{BEYOND_PROFILE}", choice.beyond_ground)
    if what.against_wish:
        note(row, actor, CASE_AGAINST_WISH, choice.wish_ground)
