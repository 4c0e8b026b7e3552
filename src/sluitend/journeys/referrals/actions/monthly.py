"""Once a month one list per partner of all that is open. It joins the reminders of that month in one."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.referrals.actions.following import count_reminder
from sluitend.journeys.referrals.channels import channel_of
from sluitend.journeys.referrals.journey import REFERRAL_NOTE_ANSWER
from sluitend.journeys.referrals.models import PartnerList, Referral
from sluitend.journeys.referrals.queries.found import open_with
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.verbs import on
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.ledger.actions import record


def make_list(*, partner: str, actor: Actor) -> int:
    """Record that the list for a partner was made today: a reminder for each on it that has no answer yet.

    Making it again on the same day counts nothing twice.

    Args:
        partner: id in the handbook.
        actor: who makes it.

    Returns:
        How much stands on it.

    Raises:
        DomainError: nothing is open with this partner.
    """
    require_role(actor, REFERRAL_NOTE_ANSWER)
    listed = list(open_with(partner, actor).select_for_update(of=("self",)))
    if not listed:
        raise DomainError(_("Er staat niets open bij deze partner."))
    today = timezone.localdate()
    reminded = [row for row in listed if not row.answered and row.reminded_on != today]
    with followup.one_unit():
        for row in reminded:
            with on(row, actor, REFERRAL_NOTE_ANSWER, purpose="partner_list") as it:
                count_reminder(it)
        _tell_once(reminded)
        PartnerList.objects.update_or_create(
            organisation_id=actor.own_organisation,
            partner=partner,
            made=today,
            defaults={"lines": len(listed)},
        )
        record(
            actor=actor,
            action=REFERRAL_NOTE_ANSWER,
            activity=Referral.ACTIVITY,
            purpose=f"list.{partner}"[:60],
        )
    return len(listed)


def _tell_once(reminded: list[Referral]) -> None:
    # Whoever signs in hears once that something waits, however much stands on the list.
    for row in {row.recipient_id: row for row in reminded if row.recipient_id}.values():
        channel_of(row).tell(row)
