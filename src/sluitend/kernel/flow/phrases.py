"""What every kind of matter says in the words of the handbook and of the desk."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


def basis(pack: Pack, basis_id: str, task: str = "") -> str:
    """Return a legal basis with its code, and the task that it rests on: without that it says too little."""
    entry = pack.bases.get(basis_id)
    named = marked(f"{shown(entry.label)} ({entry.code})", confirmed=entry.confirmed) if entry else basis_id
    return ", ".join(filter(None, [named, task]))


def marked(words: str, *, confirmed: bool) -> str:
    """Return words of the handbook, with their mark where nobody confirmed them: where they are used."""
    return words if confirmed else _("%(words)s (nog niet bevestigd)") % {"words": words}


def purpose(pack: Pack, purpose_id: str) -> str:
    """Return what something was shared for."""
    entry = pack.purposes.get(purpose_id)
    return shown(entry.label) if entry else purpose_id


def reason(pack: Pack, list_id: str, reason_id: str) -> str:
    """Return the words of one prepared reason."""
    found = pack.reason_list(list_id).reason(reason_id)
    return shown(found.label) if found else reason_id


def urgency(how_soon: str, answer_by: date) -> str:
    """Return how soon an answer is asked."""
    if how_soon == Urgency.NOW:
        return _("Nu, dit is acuut")
    return _("Antwoord vóór %(day)s") % {"day": day(answer_by)}


def day(value: date) -> str:
    """Return a day in running text."""
    return date_format(value, "l j F Y")


def short_day(value: date) -> str:
    """Return a day in a list."""
    dutch = (get_language() or "nl").startswith("nl")
    return date_format(value, "D j b" if dutch else "D j M")


def moment(value: datetime) -> str:
    """Return a day and a time in a list."""
    local = timezone.localtime(value)
    return f"{short_day(local)} {date_format(local, 'H:i')}"
