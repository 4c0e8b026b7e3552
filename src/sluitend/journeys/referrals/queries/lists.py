"""Lists of referrals: one line in the ledger, no envelope opened, a page at a time after the last code."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.answers import OPEN_STATES
from sluitend.journeys.referrals.channels import state_of
from sluitend.journeys.referrals.journey import REFERRAL_RECEIVED_LIST
from sluitend.journeys.referrals.models import Referral, ReferralOrigin
from sluitend.journeys.referrals.queries.shapes import Page, Row
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.models import State
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation

PAGE = 50
STATES = ("open", "klaar", "alle")


def sent_list(actor: Actor, *, show: str = "open", after: str = "") -> Page:
    """Return what the actor's organisation sent, the newest first.

    Args:
        actor: who looks.
        show: `open`, `klaar` or `alle`.
        after: the code with which the last page ended.
    """
    require_role(actor, REFERRAL_LIST)
    own = Referral.objects.filter(organisation_id=actor.own_organisation)
    found = own if show == "alle" else own.filter(closed__isnull=show == "open")
    rows, more = _page(found, own.filter(code=after))
    cases = dict(
        ReferralOrigin.objects.filter(
            organisation_id=actor.own_organisation, referral_id__in=[row.id for row in rows]
        ).values_list("referral_id", "case_code")
    )
    record(actor=actor, action=REFERRAL_LIST, activity=Referral.ACTIVITY)
    return Page(rows=tuple(_sent_row(row, cases.get(row.id, "")) for row in rows), after=more)


def received_list(actor: Actor, *, done: bool = False, after: str = "") -> Page:
    """Return what was sent to the actor's organisation: sender, kind, area and urgency only.

    Args:
        actor: who looks.
        done: what is finished instead of what is open.
        after: the code with which the last page ended.
    """
    require_role(actor, REFERRAL_RECEIVED_LIST)
    own = Referral.objects.filter(recipient_id=actor.own_organisation)
    rows, more = _page(own.filter(recipient_closed__isnull=not done), own.filter(code=after))
    senders = _names(row.organisation_id for row in rows)
    record(actor=actor, action=REFERRAL_RECEIVED_LIST, activity=Referral.ACTIVITY)
    return Page(rows=tuple(_received_row(row, senders[row.organisation_id]) for row in rows), after=more)


def _page(found: QuerySet[Referral], before: QuerySet[Referral]) -> tuple[list[Referral], str]:
    ordered = found.order_by("-sent", "-id")
    last = before.first()
    if last is not None:
        ordered = ordered.filter(Q(sent__lt=last.sent) | Q(sent=last.sent, id__lt=last.id))
    rows = list(ordered[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].code if len(rows) > PAGE else ""


def _names(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Organisation.objects.filter(id__in=set(ids)).values_list("id", "name"))


def _late(row: Referral) -> date | None:
    waits = row.closed is None and not row.answered and row.state in (State.SENT, State.ACCEPTED)
    return row.answer_by if waits and row.answer_by < timezone.localdate() else None


def _sent_row(row: Referral, case_code: str) -> Row:
    pack = row.pack
    partner = words.partner(pack, row.partner)
    state = words.feedback(pack, row.answer) if row.answer else state_of(row, partner)
    noted = row.closed is None and row.went_on is not None and row.state in OPEN_STATES
    return _row(row, partner, state, case_code=case_code, late=_late(row), may_note=noted)


def _received_row(row: Referral, sender: str) -> Row:
    return _row(row, sender, words.state_for_recipient(row))


def _row(
    row: Referral,
    other: str,
    state_words: str,
    *,
    case_code: str = "",
    late: date | None = None,
    may_note: bool = False,
) -> Row:
    return Row(
        code=row.code,
        other=other,
        kind=words.kind(row.pack, row.track, row.form),
        track=row.track,
        area=row.area,
        state=row.state,
        state_words=state_words,
        sent=row.sent,
        answer_by=row.answer_by,
        urgent=row.urgency == "now",
        minor=row.minor,
        case_code=case_code,
        late=late,
        may_note=may_note,
    )
