"""The clock of who reports: what came in is dated by its day, and when that day is over nothing says more.

Until then the rows show when they were written. Then all of a day are written anew at once, in random order.
Mail goes at fixed hours for the same reason, unless it cannot wait.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sluitend.journeys.reports.doors import CARE, MUNICIPALITY
from sluitend.journeys.reports.models import MailboxMessage, Report
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import in_fences

WRITTEN = (
    "reports_report",
    "reports_reporteridentity",
    "reports_reporttoken",
    "reports_mailbox",
    "reports_mailboxmessage",
    "sealing_envelope",
    "sealing_seal",
    "sealing_mailboxseal",
    "sealing_attachment",
    "sealing_attachmentchunk",
    "ledger_content",
    "ledger_intake",
    "followup_nextstep",
)
"""Tables in which the night writes rows anew, or takes them away."""
UNREAD = [step for door in (MUNICIPALITY, CARE) for step in (door.read, door.advise, door.hear, door.back)]


def end_day(actor: Actor) -> int:
    """Write anew what came in at an organisation on days that are over, and return of how many reports.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
    """
    today = timezone.localdate()
    still = MailboxMessage.objects.filter(
        organisation_id=actor.own_organisation, direction=MailboxMessage.Direction.IN, day__gte=today
    )
    over = Report.objects.filter(
        organisation_id=actor.own_organisation, fresh=True, received__lt=today
    ).exclude(pk__in=still.values("report_id"))
    # In no order, should some of them have to be done apart: one that somebody holds waits for the next hour.
    report_ids = list(over.order_by("?").values_list("pk", flat=True))
    return len(report_ids) - len(in_fences(report_ids, _write_anew))


def _write_anew(report_ids: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_rewrite(%s, true)", [list(report_ids)])


def clean_up() -> None:
    """Take away what the rows were before: it tells when they were written. Outside a transaction.

    What somebody else cleans or holds just then is left to the database, which does so by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON) {', '.join(WRITTEN)}")


def to_be_told(actor: Actor, *, acute: bool = False) -> bool:
    """Return whether something new waits of which nobody was told by mail yet; from now on they were.

    Args:
        actor: the system, acting for one organisation.
        acute: of what is acute only, that cannot wait for the hour of the mail.
    """
    new = Report.objects.filter(organisation_id=actor.own_organisation, swept=True, told=False)
    if acute:
        new = new.filter(acute=True)
    waits = new.filter(current_step__what__in=UNREAD, closed__isnull=True).exists()
    new.update(told=True)
    return waits
