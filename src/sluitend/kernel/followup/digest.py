"""One neutral mail a day, for who chose an hour for it: how many things wait, and nothing else.

What presses is never held back. What is held back is counted on the account, so that a job that was down at
the hour tells it when it is back, once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import ngettext

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.jobs import PATIENT, after_commit, app
from sluitend.kernel.followup.mailing import send_signed, to_each
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account


def send_or_hold(
    addresses: Iterable[str], organisation_ids: Iterable[UUID], send: Callable[[str], object]
) -> None:
    """Send to each of these, and count it for later for who chose one mail a day.

    Args:
        addresses: of people who hear that something waits.
        organisation_ids: where it waits. What presses there goes to everybody at once.
        send: sends one mail.
    """
    wanted = sorted(set(addresses))
    later = Account.objects.filter(email__in=wanted, digest_at__isnull=False, is_active=True)
    pressing = any(_presses(each) for each in organisation_ids)
    held = set() if pressing else set(later.values_list("email", flat=True))
    to_each([each for each in wanted if each not in held], send)
    # Only now: what is tried again because no server answered would count twice.
    Account.objects.filter(email__in=held).update(digest_waits=F("digest_waits") + 1)


def _presses(organisation_id: UUID) -> bool:
    """Tell whether something urgent is open in an organisation, or came in about a child since yesterday.

    What is urgent may be older: rather a mail too many.
    """
    came = Q(minor=True, created_day__gte=timezone.localdate() - timedelta(days=1))
    with acting(system_actor(organisation_id)):
        return NextStep.objects.filter(
            Q(urgent=True) | came, organisation_id=organisation_id, done__isnull=True, waits_on_other=False
        ).exists()


def tell_at_the_hour(_actor: Actor, now: datetime | None = None) -> int:
    """Queue the mail of the day for whom the hour has come, or passed while nobody ran this.

    The day is kept in the transaction that queues it: there is no second mail, whoever runs this again. Who
    wants mail at once again hears now what was still held back.

    Returns:
        For how many.
    """
    moment = timezone.localtime(now)
    come = Q(digest_at__isnull=True) | Q(digest_at__lte=moment.hour)
    due = Account.objects.filter(come, is_active=True, digest_waits__gt=0).exclude(digest_on=moment.date())
    found = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Account.objects.filter(pk__in=found).update(digest_on=moment.date())
    for each in found:
        after_commit(mail_digest, each)
    return len(found)


@app.task(name="followup.mail_digest", queue="mail", retry=PATIENT)
def mail_digest(ids: list[str]) -> None:
    """Mail people how many things wait, and forget that number. Without one there is nothing to say.

    Args:
        ids: of accounts.
    """
    people = Account.objects.filter(pk__in=[UUID(each) for each in ids], is_active=True, digest_waits__gt=0)
    for account in people:
        number = account.digest_waits
        with translation.override(account.language):
            to_each([account.email], partial(_send, number=number))
        # What came while this was sent is of the next one.
        Account.objects.filter(pk=account.pk).update(digest_waits=F("digest_waits") - number)


def _send(address: str, number: int) -> None:
    text = ngettext(
        "Er staat %(number)s ding voor u klaar", "Er staan %(number)s dingen voor u klaar", number
    ) % {"number": number}
    send_signed(text, f"{text}.\n\n{settings.SLUITEND_ADDRESS.rstrip('/')}/werk/", address)
