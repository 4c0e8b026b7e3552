"""What the verbs of the sender share: planning its side, ending the other one, telling the case."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import answers, jobs
from sluitend.journeys.referrals.channels import channel_of
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.finding import has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.verbs import Work
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit


def check_day(row: Referral, on: date) -> None:
    """Refuse a day that lies ahead, or before the referral.

    Raises:
        DomainError: it does, with its field.
    """
    today = timezone.localdate()
    if on > today:
        raise DomainError(_("Deze dag moet nog komen. Kies vandaag of eerder."), field="on")
    if on < timezone.localtime(row.sent).date() - timedelta(days=1):
        raise DomainError(_("Deze dag ligt voor de doorzetting. Kies een latere dag."), field="on")


def go_on_waiting(
    it: Work[Referral], due: datetime, *, waits: bool | None = None, answered: bool = False
) -> None:
    """Wait anew, unless an answer still has to be read: doing something else must not lose that step.

    Args:
        waits: whether its owner can only wait, where that is not so.
        answered: what the partner asked was answered with this.
    """
    end_question(it, answered=answered)
    if not answers.waits_for_reading(it.row, it.actor):
        it.plan(answers.waiting_step(it.row), due=due, waits=waits)


def end_question(it: Work[Referral], *, answered: bool = False) -> None:
    """End what the partner asked, where it was answered or cannot be answered here; else it stays beside."""
    row = it.row
    if answered or not (channel_of(row).converses and row.state == State.ACCEPTED):
        followup.finish_open(subject_id=row.id, actor=it.actor, what=PARTNER_ASKS)
    elif has_open(row, it.actor, PARTNER_ASKS):
        case_id = origin_of(row).case_id
        cases.referral_went_on(actor=it.actor, case_id=case_id, referral_id=row.id, turn=it.turn)


def end(it: Work[Referral]) -> None:
    """End both sides; twice is harmless."""
    end_access(it)
    if it.row.closed is None:
        it.close()


def end_access(it: Work[Referral]) -> None:
    """End what the partner sees, by whatever way it is reached."""
    it.end_access()
    channel_of(it.row).end(it.row)
    if it.row.recipient_id:
        after_commit(jobs.forget_at_partner, it.row.id, it.row.recipient_id)


def news(
    row: Referral, actor: Actor, text: str, *, ended: bool, acute: bool = False, minor: str = "unknown"
) -> None:
    """Let the case hear what became of a referral."""
    cases.referral_news(
        actor=actor,
        case_id=origin_of(row).case_id,
        referral_id=row.id,
        text=text,
        step=PARTNER_RETURNED if row.state == State.RETURNED else None,
        ended=ended,
        answered=row.state == State.DONE and row.answer != answers.NO_ANSWER,
        acute=acute,
        minor=minor,
    )
