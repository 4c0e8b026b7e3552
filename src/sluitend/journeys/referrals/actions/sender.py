"""What the verbs of the sender share: planning its side, ending the other one, telling the case."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import jobs, rows
from sluitend.journeys.referrals.channels import channel_of
from sluitend.journeys.referrals.journey import AWAIT_PARTNER
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.manifest import Permission, StepKind

SIDES = ("current_step_id", "closed", "recipient_step_id", "recipient_closed")


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


def plan(row: Referral, actor: Actor, what: StepKind, due: followup.Due, *, waits: bool = False) -> None:
    """Plan what the sender does next."""
    followup.plan(
        row=row,
        subject_kind=rows.KIND,
        what=what,
        due=due,
        actor=actor,
        urgent=row.urgency == Urgency.NOW and not waits,
        minor=row.minor,
        waits_on_other=waits,
    )


def wait_for(row: Referral, actor: Actor, due: datetime) -> None:
    """Plan that the partner must answer before `due`; the sender can only wait and remind."""
    plan(row, actor, AWAIT_PARTNER, due, waits=True)


def go_on_waiting(row: Referral, actor: Actor, due: datetime) -> None:
    """Wait anew, unless an answer still has to be read: doing something else must not lose that step."""
    if rows.waits_for_reading(row, actor):
        followup.finish_open(subject_id=row.id, actor=actor, what=PARTNER_ASKS)
    else:
        wait_for(row, actor, due)


def close(row: Referral, actor: Actor) -> None:
    """End the sender's side; twice is harmless."""
    if row.closed is None:
        followup.finish(row=row, actor=actor)


def close_other_side(row: Referral) -> None:
    """End the partner's side."""
    # The recipient's own steps are out of reach here; a job that acts for the recipient finishes them.
    if row.recipient_id and row.recipient_closed is None:
        row.recipient_step, row.recipient_closed = None, timezone.now()
        after_commit(jobs.finish_steps, row.id, row.recipient_id)


def end_access(row: Referral) -> None:
    """End what the partner sees, by whatever way it is reached."""
    row.access_ended = row.access_ended or timezone.localdate()
    close_other_side(row)
    channel_of(row).end(row)


def news(
    row: Referral, actor: Actor, text: str, *, ended: bool, acute: bool = False, minor: str = "unknown"
) -> None:
    """Let the case hear what became of a referral."""
    cases.referral_news(
        actor=actor,
        case_id=rows.origin_of(row).case_id,
        referral_id=row.id,
        text=text,
        step=PARTNER_RETURNED if row.state == Referral.State.RETURNED else None,
        ended=ended,
        acute=acute,
        minor=minor,
    )


def settle(row: Referral, actor: Actor, action: Permission, purpose: str = "") -> None:
    """Write the ledger line of a turn of the sender, and let the database check that no step is missing."""
    rows.note(row, actor=actor, action=action, purpose=purpose)
    followup.settle()
