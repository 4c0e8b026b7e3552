"""Care was told how people of a case can be reached: when that changes, care hears it first."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.queries import case_for_referral, reach_as_told
from sluitend.journeys.referrals.actions.partner import write_message
from sluitend.journeys.referrals.answers import CAN_READ
from sluitend.journeys.referrals.coordinating import hands_over
from sluitend.journeys.referrals.journey import READ_REACH, REFERRAL_HEARD, REFERRAL_REACH
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.finding import has_open
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.verbs import on, verb
from sluitend.kernel.followup.actions import finish_open
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.sealing.envelopes import open_envelope


@in_dutch()
def tell_reach(code: str, actor: Actor) -> None:
    """Write to care how people of a case are reached from now on, where it was told so and reads that still.

    Args:
        code: of the case.
        actor: who wrote it down.
    """
    today = timezone.localdate()
    rows = Referral.objects.filter(
        organisation_id=actor.own_organisation,
        origin__case_code=code,
        recipient__isnull=False,
        access_ended__isnull=True,
        expires__gte=today,
        state__in=(State.SENT, *CAN_READ),
    ).order_by("id")
    told = [row for row in rows.select_for_update(of=("self",)) if hands_over(row) and _told(row, actor)]
    if not told:
        return
    words = reach_as_told(case_for_referral(code, actor))
    for row in told:
        with on(row, actor, REFERRAL_REACH) as it:
            now = words or _("Er is geen veilige manier bekend. Zoek geen contact en bel de gemeente.")
            write_message(row, now, actor=actor, reader_id=it.other)
            if row.state != State.SENT:
                it.ask(READ_REACH, due=end_of(today))


def note_reach_read(*, code: str, actor: Actor) -> None:
    """Say that it was read how somebody is reached from now on.

    Raises:
        Absent: nothing of this code was sent to the actor's organisation.
        Conflict: nothing changed since, or it was read.
    """
    with verb(Referral, code, actor, REFERRAL_HEARD) as it:
        row = it.row
        if not has_open(row, actor, READ_REACH):
            raise Conflict
        # What was done already was opened again for this alone.
        if row.recipient_step is not None and row.recipient_step.what == READ_REACH:
            it.close()
        else:
            finish_open(subject_id=row.id, actor=actor, what=READ_REACH)


def _told(row: Referral, actor: Actor) -> bool:
    content = open_envelope(row.envelope_id, actor=actor, purpose=REFERRAL_REACH).read(row, "content")
    return any(part["id"] == CONTACT for part in content["parts"])
