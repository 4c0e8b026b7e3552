"""Deeds for which a page reads before it acts; each runs in one transaction, as the page does."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.actions import Judgement, NewPiece
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.exchanges import leaving as exchanged
from sluitend.journeys.exchanges.asking import Question
from sluitend.journeys.exchanges.inquiring import InquiryChoice, inquiry_offer
from sluitend.journeys.exchanges.offers import TransferChoice, transfer_offer
from sluitend.journeys.exchanges.queries import ask_offer
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.choosing import Choice, Offer, ticked_beforehand
from sluitend.journeys.referrals.leaving import as_written, looks_of
from sluitend.journeys.referrals.queries.offers import ATTACHMENTS, offers_for
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.actions import Filed, Filing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.telltale import GO, OUT
from sluitend.kernel.telltale.leaving import looks_in

OURS = Judgement(scope="yes", task="yes", territory="yes")
UNSURE = Judgement(scope="unknown", task="yes", territory="yes")
NOT_OURS = Judgement(scope="no", task="yes", territory="yes")


def file_and_remember(*, filing: Filing, actor: Actor) -> Filed:
    """File a report, and keep the receipt for whoever has an account."""
    filed = reports.file_report(filing)
    if actor.signed_in:
        reports.remember_receipt(receipt=filed.receipt, kind=filing.kind, actor=actor)
    return filed


def take_in(*, report_id: UUID, name: str, actor: Actor) -> str:
    """Read a report and make a case of it."""
    report = report_queries.report_by_id(report_id, actor)
    return cases.take_in_new(actor=actor, report=report, judgement=OURS, name=name)


def add(*, report_id: UUID, case_code: str, actor: Actor) -> str:
    """Read a report and add it to a case."""
    report = report_queries.report_by_id(report_id, actor)
    return cases.add_to_case(actor=actor, report=report, judgement=OURS, case_code=case_code)


def pass_on(*, report_id: UUID, department: str, reason: str, actor: Actor) -> None:
    """Read a report and pass it to another team."""
    report = report_queries.report_by_id(report_id, actor)
    cases.pass_on(actor=actor, report=report, judgement=NOT_OURS, department=department, reason=reason)


def close_report(*, report_id: UUID, outcome: str, reason: str, actor: Actor) -> None:
    """Read a report and close it."""
    report = report_queries.report_by_id(report_id, actor)
    cases.close_report(actor=actor, report=report, judgement=UNSURE, outcome=outcome, reason=reason)


def compose(*, case_code: str, actions: tuple[str, ...], actor: Actor) -> None:
    """Begin to compose actions of the plan; where help goes first, it was asked by telephone."""
    page = case_queries.plan_page(case_code, actor)
    gates = page.pack.plan_gates
    locks = (lock.id for each in page.plan.actions if each.id in actions for lock in each.locks)
    helps = {action for lock in locks if lock in gates for action in gates[lock].until_done}
    if helped := next((each.id for each in page.plan.actions if each.id in helps), ""):
        cases.finish_action(actor=actor, code=case_code, action=helped)
    cases.start_actions(actor=actor, code=case_code, actions=actions)


def settle(*, case_code: str, actor: Actor) -> None:
    """Do all that the plan asks and nobody decided about, and what that opens, so that the case waits."""
    for _again in range(2):
        for line in case_queries.plan_page(case_code, actor).lines:
            for each in line.ready:
                cases.finish_action(actor=actor, code=case_code, action=each.planned.id)


@dataclass(frozen=True)
class Proof:
    """What carries a measure, piece by piece: the last thing that the case holds of a kind, or in words."""

    kind: str
    ground: str
    words: str = ""


def prove(*, case_code: str, action: str, pieces: tuple[Proof, ...], actor: Actor) -> None:
    """Say what carries a measure, in the order in which the handbook asks for it."""
    page = case_queries.measures_page(case_code, actor)
    key = next(each.key for each in page.views if each.id == action)
    measure = case_queries.measure_page(case_code, key, actor)
    held = {each.kind: each.key for each in measure.holdings} if measure else {}
    said = {
        number: NewPiece(
            each.kind if each.words else held[each.kind], each.words, f"{each.kind}.{each.ground}"
        )
        for number, each in enumerate(pieces)
    }
    cases.keep_evidence(actor=actor, code=case_code, action=action, pieces=said)


def link(*, case_code: str, actor: Actor) -> None:
    """Read the sources of a case, and say that the last earlier signal belongs with it."""
    found = case_queries.sources_page(case_code, actor).earlier[0]
    cases.link_earlier(actor=actor, code=case_code, earlier_id=found.id)


def send(
    *,
    case_code: str,
    track: str,
    partner: str,
    channel: str,
    question: str,
    photos: str,
    ground: str,
    actor: Actor,
) -> str:
    """Send to a partner what is ticked beforehand, and the photos when somebody says why those go along."""
    able = offers_for(case_code, actor, track=track)
    offer = next(each for each in able if each.partner(partner))
    parts = ticked_beforehand(offer) | ({ATTACHMENTS} if photos else set())
    choice = Choice(
        partner=partner,
        channel=channel,
        basis=offer.bases[0].id,
        purpose=offer.purposes[0].id,
        answer_by=offer.answer_by,
        expires=offer.expires,
        parts=parts,
        question=question,
        beyond_ground=ground,
        beyond_reason=photos,
        no_way=offer.no_way is not None and not offer.gives_way(parts),
    )
    choice = replace(choice, looked=_left_out(offer, choice))
    return referrals.send(case_code=case_code, track=track, letter=offer.key, choice=choice, actor=actor)


def _left_out(offer: Offer, choice: Choice) -> dict[str, str]:
    """Look at all that is marked as somebody in doubt does: leave it out."""
    parts = as_written(offer, choice.parts, choice.texts)
    return {look.key: OUT for look in looks_of(offer, parts, choice.question, timezone.localdate())}


def hand_over(*, case_code: str, municipality: str, explanation: str, actor: Actor) -> str:
    """Ask another municipality to take a case over, with all that the route lets go."""
    offer = transfer_offer(case_code, actor)
    choice = TransferChoice(
        municipality=municipality,
        way="",
        basis=offer.bases[0].id,
        purpose=offer.purposes[0].id,
        answer_by=offer.answer_by,
        parts=frozenset(part.id for part in offer.allowed),
        explanation=explanation,
    )
    parts = exchanged.as_written(offer, choice.parts, choice.texts)
    looks = exchanged.looks_of(offer, parts, explanation, timezone.localdate())
    choice = replace(choice, looked={look.key: OUT for look in looks})
    return exchanges.send_transfer(case_code=case_code, choice=choice, actor=actor)


def ask(*, to: str, kind: str, text: str, actor: Actor) -> str:
    """Ask a municipality something for a partner."""
    question = Question(
        to=to,
        kind=kind,
        text=text,
        answer_by=ask_offer(actor).answer_by,
        # What is marked, such as a plate, is what the question is about.
        looked={look.key: GO for look in looks_in({"text": text})},
    )
    return exchanges.send_request(question=question, actor=actor)


def inquire(*, to: str, about: str, text: str, actor: Actor) -> str:
    """Ask another organisation about the latest case, with what is ticked beforehand."""
    now = timezone.now()
    case = next(each.code for each in case_queries.cases(actor).rows if each.opened <= now)
    offer = inquiry_offer(case, to, about, actor)
    parts = exchanged.as_written(offer, offer.ticked, {})
    choice = InquiryChoice(
        purpose=offer.purposes[0].id,
        basis=offer.bases[0].id,
        asks=frozenset(each.id for each in offer.asks),
        text=text,
        answer_by=offer.answer_by,
        parts=offer.ticked,
        looked={look.key: GO for look in exchanged.looks_of(offer, parts, text, timezone.localdate())},
    )
    return exchanges.send_inquiry(case_code=case, to=to, about=about, choice=choice, actor=actor)
