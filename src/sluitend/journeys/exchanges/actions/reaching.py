"""How people of a case can be reached may change while another municipality is asked to take it over."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.cases.queries import case_for_referral, reach_told_again
from sluitend.journeys.exchanges.actions.telling import add_message
from sluitend.journeys.exchanges.journey import TRANSFER_NEWS
from sluitend.journeys.exchanges.models import Transfer
from sluitend.journeys.exchanges.queries.reached import told_first
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.unread import still_reads
from sluitend.kernel.flow.verbs import on
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.language import in_dutch


@in_dutch()
def tell_reach(code: str, person: UUID, actor: Actor) -> None:
    """Let a transfer that waits carry how people are reached by now, where it says how.

    Whoever takes the case over begins with these words. Who has no account here has it on paper: somebody
    here calls them.

    Args:
        code: of the case.
        person: who is reached otherwise; whoever takes a case over is told of all its people.
        actor: who wrote it down.
    """
    del person
    rows = Transfer.objects.filter(
        organisation_id=actor.own_organisation,
        state=State.SENT,
        expires__gte=timezone.localdate(),
        cases__case_code=code,
        cases__organisation_id=actor.own_organisation,
    )
    for row in rows.select_for_update(of=("self",)):
        before = told_first(row, actor)
        if before is None:
            continue
        with on(row, actor, TRANSFER_FOLLOW, purpose="reach") as it:
            if row.recipient_id is None:
                still_reads(it, TRANSFER_NEWS, due=end_of(timezone.localdate()))
                continue
            now = reach_told_again(case_for_referral(code, actor), before)
            known = now or _("Er is geen veilige manier bekend. Zoek geen contact en bel ons.")
            said = _("Contact zoeken gaat nu anders. Lees dit voordat u contact zoekt.")
            add_message(row, f"{said}\n{known}", actor=actor, reach=now)
