"""Background work of care: who asked is mailed that a message waits, and nothing of it."""

from datetime import date
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sluitend.journeys.care.queries import asker_mail
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.jobs import PATIENT, app
from sluitend.kernel.followup.mailing import to_each


@app.task(name="care.mail_asker", queue="mail", retry=PATIENT)
def mail_asker(ids: list[str]) -> None:
    """Mail who asked that a message waits: its organisation, and which request."""
    organisation_id, request_id = map(UUID, ids)
    with acting(system_actor(organisation_id)) as actor:
        found = asker_mail(request_id, actor)
    if found:
        to_each([found.address], partial(send_to_asker, day=found.day))


def send_to_asker(address: str, *, day: date) -> None:
    """Send it: no word about help, a person or a place, and no link, so that nobody learns to press one."""
    with override("nl"):
        subject, dutch = (
            _("Bericht over uw vraag van %(day)s") % {"day": date_format(day, "j F Y")},
            _body(day),
        )
    with override("en"):
        english = _body(day)
    send_mail(subject, f"{dutch}\n\n{english}\n", None, [address])


def _body(day: date) -> str:
    said = {"day": date_format(day, "j F Y"), "site": urlsplit(settings.SLUITEND_ADDRESS).hostname or ""}
    text = _(
        "U stelde op %(day)s een vraag op %(site)s. Er is een bericht voor u. "
        "Ga zelf naar %(site)s en gebruik uw code."
    )
    return text % said
