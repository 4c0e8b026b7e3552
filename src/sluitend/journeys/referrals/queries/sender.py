"""A referral as its sender follows it up."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.journey import PARTNER_ASKS, RECALL_OR_LEAVE, REFERRAL_LIST
from sluitend.journeys.referrals import next_word, terms, waiting, words
from sluitend.journeys.referrals.answers import (
    ASKS_BACK,
    OPEN_STATES,
    READ,
    SAYS_NOTHING,
    codes_of,
    may_stop_waiting,
)
from sluitend.journeys.referrals.channels import channel_of, state_of
from sluitend.journeys.referrals.journey import REFERRAL_READ, TELL_REACH
from sluitend.journeys.referrals.models import Pickup, Referral, ReferralMessage
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.journeys.referrals.queries.opened import content_of
from sluitend.journeys.referrals.queries.shapes import Facts, PickupState, SentView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find, open_whats
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import Named, reasons
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes

STARTS_PICKUP = (State.SENT, State.ACCEPTED)


def sent(code: str, actor: Actor) -> SentView:
    """Return a referral of the actor's organisation with what was shared and what came back; logged.

    Raises:
        Absent: there is none.
    """
    row = find(Referral, code, actor, REFERRAL_LIST)
    origin = origin_of(row)
    by_partner = ReferralMessage.objects.filter(referral_id=row.id, by_partner=True)
    envelopes = open_envelopes(
        [row.envelope_id, origin.envelope_id, *by_partner.values_list("envelope_id", flat=True)],
        actor=actor,
        purpose=REFERRAL_READ,
    )
    note(row, actor, REFERRAL_READ)
    pack, opened = row.pack, open_whats(row, actor)
    own_reasons = envelopes[origin.envelope_id].read(origin, "reasons") or {}
    partner = words.partner(pack, row.partner)
    content = content_of(row, envelopes[row.envelope_id], actor, envelopes)
    return SentView(
        code=row.code,
        turn=row.turn,
        partner=partner,
        partner_id=row.partner,
        verb=row.verb,
        channel=channel_of(row).label,
        how_to_remind=channel_of(row).how_to_remind(),
        state=row.state,
        state_words=state_of(row, partner),
        kind=words.kind(pack, row.track, row.form),
        track=row.track,
        area=row.area,
        urgency=words.urgency(row.urgency, row.answer_by),
        urgent=row.urgency == "now",
        minor=row.minor,
        basis=phrases.basis(pack, row.basis, content.task),
        purpose=phrases.purpose(pack, row.purpose),
        sent=row.sent,
        answer_by=row.answer_by,
        expires=row.expires,
        went_on=row.went_on,
        access_ended=row.access_ended,
        facts=Facts(received=row.received_on, passed_on=row.passed_on, outcome=row.outcome_on),
        answer=row.answer,
        answer_words=words.feedback(pack, row.answer) if row.answer else "",
        answer_on=row.answer_on,
        asks_to_wait=row.answer in pack.feedback_codes
        and waiting.asks_to_wait(pack.feedback_codes[row.answer]),
        answered=row.answered,
        next_word=row.next_word,
        next_late=next_word.is_late(row),
        return_reason=words.reason(pack, "return_referral", row.return_reason) if row.return_reason else "",
        reminders=row.reminders,
        reminded_on=row.reminded_on,
        enough_reminders=row.reminders >= terms.ENOUGH_REMINDERS,
        closed=row.closed,
        case_code=origin.case_code,
        asks=words.asked(pack, origin.route),
        beyond_ground=words.reason(pack, "share_more", origin.beyond_ground) if origin.beyond_ground else "",
        wish_ground=words.reason(pack, "against_wish", origin.wish_ground) if origin.wish_ground else "",
        beyond_reason=own_reasons.get("beyond", ""),
        wish_reason=own_reasons.get("wish", ""),
        content=content,
        codes=tuple(words.named_code(each) for each in codes_of(row)),
        wait=waiting.offer(row, envelopes[row.envelope_id].read(row, "content")["parts"]),
        more=next_word.offer(row),
        tellable=_tellable(pack),
        tell_first=row.answer if row.answer and row.answer != ASKS_BACK else SAYS_NOTHING,
        recall_reasons=reasons(pack, "recall_referral", sentences=False),
        how_to_recall=channel_of(row).how_to_recall(),
        out_of_plan=_out_of_plan(row, origin.case_id, actor) if RECALL_OR_LEAVE in opened else "",
        stays_reasons=reasons(pack, "plan_refuse", sentences=False),
        unanswered_reasons=reasons(pack, "partner_unanswered", sentences=False),
        **_may(row, opened),
        reach_gone=str(row.reach_told) if row.reach_gone else "",
        pickup=_pickup(row, envelopes[origin.envelope_id]),
        mailbox=_mailbox(row),
        stopped=_stopped(row),
    )


def _stopped(row: Referral) -> str:
    partner = row.pack.partners.get(row.partner)
    if row.closed or partner is None or cases.of_today().does_it(partner):
        return ""
    return cases.has_stopped(partner.label)


def _out_of_plan(row: Referral, case_id: UUID, actor: Actor) -> str:
    found = cases.glances(actor, {}, cases.Asked(case_ids=[case_id])).get(case_id)
    return (found.recalls.get(row.code) if found else None) or _("Het plan vraagt dit niet meer.")


def _may(row: Referral, opened: frozenset[str]) -> dict[str, bool]:
    unread = not opened.isdisjoint(READ)
    waits = row.closed is None and row.state in OPEN_STATES
    went = row.went_on is not None
    channel = channel_of(row)
    return {
        "may_note_sent": waits and not went and row.state == State.SENT and channel.by_hand,
        "may_start_pickup": channel.picks_up and waits and row.state in STARTS_PICKUP,
        "may_note_answer": waits and went,
        "may_remind": waits and went and (not row.answered or next_word.is_late(row)),
        "may_recall": row.access_ended is None and channel.recallable(row),
        "may_close_unanswered": waits and not row.answered and row.reminders >= terms.ENOUGH_REMINDERS,
        "may_stop_waiting": may_stop_waiting(row) and not unread and PARTNER_ASKS not in opened,
        "may_answer_question": channel.converses and row.state == State.ACCEPTED,
        "may_let_stand": RECALL_OR_LEAVE in opened and row.access_ended is None,
        "asked": PARTNER_ASKS in opened,
        "must_tell_reach": TELL_REACH in opened,
        "must_handle": row.closed is None and unread,
    }


def _pickup(row: Referral, envelope: OpenEnvelope) -> PickupState | None:
    if not channel_of(row).picks_up:
        return None
    last = Pickup.objects.filter(referral_id=row.id).order_by("-made").first()
    if last is None:
        return None
    delivery = envelope.read(last, "delivery") or {}
    state, today = Pickup.State(last.state), timezone.localdate()
    passed = state == Pickup.State.WAITING and last.expires < today
    return PickupState(
        words=_("Verlopen") if passed else str(state.label),
        address=delivery.get("address", ""),
        made=last.made,
        expires=last.expires,
        wrong=last.wrong,
        living=state == Pickup.State.WAITING and not passed,
    )


def _mailbox(row: Referral) -> str:
    if not channel_of(row).picks_up:
        return ""
    known = Organisation.objects.filter(partner_key=row.partner).exclude(mail="")
    return known.values_list("mail", flat=True).first() or ""


def _tellable(pack: Pack) -> tuple[Named, ...]:
    return tuple(
        Named(each.id, phrases.marked(words.said(each.to_reporter), confirmed=each.confirmed))
        for each in pack.feedback_codes
    )
