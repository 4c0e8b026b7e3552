"""Codes of an exchange in the words of the handbook and of the desk."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

RETURN_TRANSFER = "return_transfer"
RECALL = "recall_referral"
RETURN_REQUEST = "return_referral"
MAY_NOT_SHARE = "may_not_share"


def reason(pack: Pack, list_id: str, reason_id: str) -> str:
    """Return the words of one prepared reason."""
    found = pack.reason_list(list_id).reason(reason_id)
    return shown(found.label) if found else reason_id


def basis(pack: Pack, basis_id: str, task: str) -> str:
    """Return a legal basis with its code and the task that it rests on."""
    entry = pack.bases.get(basis_id)
    named = f"{shown(entry.label)} ({entry.code})" if entry else basis_id
    return ", ".join(filter(None, [named, task]))


def purpose(pack: Pack, purpose_id: str) -> str:
    """Return what something was shared for."""
    entry = pack.purposes.get(purpose_id)
    return shown(entry.label) if entry else purpose_id


def urgency(how_soon: str, answer_by: date) -> str:
    """Return how soon an answer is asked."""
    if how_soon == "now":
        return _("Nu, dit is acuut")
    return _("Antwoord vóór %(day)s") % {"day": date_format(answer_by, "l j F Y")}


def full_day(value: date) -> str:
    """Return a day in words."""
    return date_format(value, "l j F Y")


def moment(value: datetime) -> str:
    """Return a day and a time in a list."""
    local = timezone.localtime(value)
    dutch = (get_language() or "nl").startswith("nl")
    return f"{date_format(local, 'D j b' if dutch else 'D j M')} {date_format(local, 'H:i')}"


def answer(answer_id: str, kind: str) -> str:
    """Return an answer as whoever answers chooses it."""
    chosen = Request.Answer(answer_id)
    if chosen is Request.Answer.DETAILS:
        return _("Dit kunnen wij delen") if kind == Request.Kind.KNOWN else _("Wij geven antwoord")
    return str(chosen.label)
