"""One referral, opened for whoever may read it: one line in the ledger a person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.referrals import answers, next_word, waiting, words
from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.coordinating import consults, hands_over
from sluitend.journeys.referrals.held import TAKEN_IN
from sluitend.journeys.referrals.journey import REFERRAL_LOOK, REFERRAL_READ
from sluitend.journeys.referrals.models import Referral, ReferralFile, ReferralMessage
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.journeys.referrals.queries.held import reference_of
from sluitend.journeys.referrals.queries.shapes import (
    Content,
    Front,
    MessageView,
    ReachNow,
    ReceivedView,
    Remains,
    SharedFile,
    SharedPart,
)
from sluitend.journeys.referrals.queries.taking import NOBODY, Taken, people_of, taken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import reasons
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.handbook.guidance import CONTACT, Verb
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelope
from sluitend.kernel.sealing.models import Attachment
from sluitend.kernel.telltale import Background


def front(code: str, actor: Actor) -> Front:
    """Return the outside of a referral: all that a partner sees before accepting. Nothing is opened.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation, or it is not to be seen any more.
    """
    row = find(Referral, code, actor, REFERRAL_LOOK)
    if row.over:
        raise Absent
    note(row, actor, REFERRAL_LOOK)
    return front_of(row, taken(row, people_of(actor), actor))


def remains(code: str, actor: Actor) -> Remains | None:
    """Return what stays of a referral that may not be read any more; None while it may.

    Of what was returned or recalled that is no more than the code. What ran out or was ended names whom to
    ring.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
    """
    row = find(Referral, code, actor, REFERRAL_LOOK)
    if not row.over:
        return None
    note(row, actor, REFERRAL_LOOK)
    found = Remains(row.code, row.access_ended or row.expires, row.state, words.state_for_recipient(row))
    if row.state in (State.RETURNED, State.RECALLED):
        return found
    sender = Organisation.objects.get(pk=row.organisation_id)
    return replace(found, sender=sender.name, sender_telephone=sender.telephone)


def received(code: str, actor: Actor) -> ReceivedView:
    """Return an accepted referral with its content.

    Raises:
        Absent: nothing of this code was sent here, it was not accepted, or access has ended.
    """
    row = readable(code, actor)
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_READ)
    note(row, actor, REFERRAL_READ)
    view = received_view(
        row,
        envelope,
        front=front_of(row, taken(row, people_of(actor), actor)),
        content=content_of(row, envelope, actor),
        reference=reference_of(row, envelope),
        background=backgrounds.of_partner(envelope.read(row, "content"), actor.name),
    )
    if not view.front.handover:
        return view
    reach = _reach_now(row, envelope) if row.reach_waits else None
    return replace(view, taken_in=reference_of(row, envelope, TAKEN_IN), reach=reach)


def received_view(
    row: Referral,
    envelope: OpenEnvelope,
    *,
    front: Front,
    content: Content,
    reference: str,
    background: Background,
) -> ReceivedView:
    """Return a referral as who may read it sees it, by an account or on a pick-up page.

    Args:
        row: that was accepted.
        envelope: of the referral, open.
        front: its outside.
        content: what was shared.
        reference: the number that the partner gave it.
        background: against which is held what the partner writes.

    Raises:
        Absent: nobody accepted it yet.
    """
    pack = row.pack
    if row.accepted_at is None:
        raise Absent
    return ReceivedView(
        front=front,
        accepted_at=row.accepted_at,
        content=content,
        basis=phrases.basis(pack, row.basis, content.task),
        purpose=phrases.purpose(pack, row.purpose),
        expires=row.expires,
        answer_words=words.feedback(pack, row.answer) if row.answer else "",
        answer_on=row.answer_on,
        codes=tuple(
            (words.named_code(each), words.what_a_code_does(row, each))
            for each in answers.answers_of_partner(row)
        ),
        may_answer=row.state == State.ACCEPTED,
        more=next_word.offer(row),
        next_word=row.next_word,
        reference=reference,
        wait=waiting.offer(row, envelope.read(row, "content")["parts"]),
        background=background,
    )


def can_read(code: str, actor: Actor) -> bool:
    """Return whether the content of a received referral can be read now."""
    row = Referral.objects.filter(recipient_id=actor.organisation_id, code=code).first()
    return row is not None and row.state in CAN_READ and not row.over


def readable(code: str, actor: Actor) -> Referral:
    """Return a received referral whose content may be read.

    Raises:
        Absent: it may not, or not any more.
    """
    row = find(Referral, code, actor, REFERRAL_READ)
    if row.state not in CAN_READ or row.over:
        raise Absent
    return row


def content_of(
    row: Referral,
    envelope: OpenEnvelope,
    actor: Actor,
    others: Mapping[UUID, OpenEnvelope] = MappingProxyType({}),
) -> Content:
    """Return what is in the envelope. The caller has checked the right and written the ledger line.

    Args:
        row: which.
        envelope: its open envelope.
        actor: who reads.
        others: open envelopes of messages that were written on a pick-up page.
    """
    content = envelope.read(row, "content")
    now = _reach_now(row, envelope)
    contact = now.text if now else words.contact_changed_here() if row.reach_gone else ""
    return Content(
        question=content["question"],
        sender=content["sender"],
        telephone=content["telephone"],
        task=content["task"],
        parts=with_contact((SharedPart(**part) for part in content["parts"]), contact),
        files=_files(row.id, envelope),
        messages=_messages(row, {row.envelope_id: envelope, **others}, actor),
    )


def with_contact(parts: Iterable[SharedPart], text: str) -> tuple[SharedPart, ...]:
    """Return what was shared; how people are reached in these words, once, and never as it was.

    Args:
        parts: as they were shared.
        text: what holds now; empty where nothing changed.
    """
    return tuple(_with_contact(parts, text) if text else parts)


def _with_contact(parts: Iterable[SharedPart], text: str) -> Iterator[SharedPart]:
    said = False
    for each in parts:
        if each.id != CONTACT:
            yield each
        elif not said:
            yield replace(each, text=text)
            said = True


def _files(referral_id: UUID, envelope: OpenEnvelope) -> tuple[SharedFile, ...]:
    ids = ReferralFile.objects.filter(referral_id=referral_id).values_list("attachment_id", flat=True)
    copies = Attachment.objects.filter(id__in=list(ids)).order_by("id")
    return tuple(SharedFile(id=each.id, name=envelope.read(each, "name")) for each in copies)


def _messages(row: Referral, envelopes: Mapping[UUID, OpenEnvelope], actor: Actor) -> tuple[MessageView, ...]:
    found = ReferralMessage.objects.filter(referral_id=row.id).order_by("written", "id")
    return tuple(
        _message(each, envelopes[each.envelope_id], actor) for each in found if each.envelope_id in envelopes
    )


def _reach_now(row: Referral, envelope: OpenEnvelope) -> ReachNow | None:
    """Return how people are reached from now on, where that changed after it was told."""
    if row.reach_told is None:
        return None
    found = ReferralMessage.objects.filter(
        referral_id=row.id, organisation_id=row.organisation_id, by_partner=False, pk=row.reach_told
    ).first()
    if found is None:
        return None
    return ReachNow(found.id, envelope.read(found, "text")["text"], timezone.localdate(found.written))


def _message(message: ReferralMessage, envelope: OpenEnvelope, actor: Actor) -> MessageView:
    text = envelope.read(message, "text")
    return MessageView(
        text=text["text"],
        meta=f"{text['by']}, {phrases.moment(message.written)}",
        own=message.organisation_id == actor.organisation_id and not message.by_partner,
    )


def front_of(row: Referral, taken_by: Taken = NOBODY) -> Front:
    """Return the outside of a referral; nothing is opened for it."""
    pack = row.pack
    sender = Organisation.objects.get(pk=row.organisation_id)
    return Front(
        code=row.code,
        sender=sender.name,
        sender_code=sender.code,
        sender_telephone=sender.telephone,
        kind=words.kind(pack, row.track, row.form),
        track=row.track,
        area=row.area,
        urgency=words.urgency(row.urgency, row.answer_by),
        urgent=row.urgency == "now",
        minor=row.minor,
        state=row.state,
        sent=row.sent,
        return_reasons=reasons(pack, "return_referral"),
        bring_in=row.verb == Verb.BRING_IN,
        handover=hands_over(row),
        consult=consults(row),
        taken=taken_by,
    )
