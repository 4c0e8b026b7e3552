"""Codes of an exchange in the words of the handbook and of the desk."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Request, Transfer
from sluitend.kernel.flow.models import State
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


def state_for_sender(row: Transfer, recipient: str) -> str:
    """Return the state of a transfer as a sentence for the municipality that hands over."""
    names = {"recipient": recipient}
    sentences = {
        State.SENT: _("%(recipient)s heeft nog niet besloten. De casus is van u.") % names,
        State.ACCEPTED: _("%(recipient)s nam de casus over. Sluit uw casus nog af.") % names,
        State.DONE: _("%(recipient)s is eigenaar. Uw casus is gesloten.") % names,
        State.RETURNED: _("%(recipient)s nam de casus niet over. De casus is van u.") % names,
        State.RECALLED: _("U haalde de overdracht terug. De casus is van u."),
        State.EXPIRED: _("%(recipient)s besloot niet op tijd. De casus is van u.") % names,
    }
    return str(sentences[State(row.state)])


def state_for_recipient(row: Transfer, sender: str) -> str:
    """Return the state of a transfer as a sentence for the municipality that was asked."""
    names = {"sender": sender}
    sentences = {
        State.SENT: _("U hebt nog niet besloten. De casus is van %(sender)s.") % names,
        State.ACCEPTED: _("U nam de casus over. U bent eigenaar."),
        State.DONE: _("U nam de casus over. U bent eigenaar."),
        State.RETURNED: _("U nam de casus niet over. De casus is van %(sender)s.") % names,
        State.RECALLED: _("%(sender)s haalde de overdracht terug.") % names,
        State.EXPIRED: _("De overdracht is verlopen. De casus is van %(sender)s.") % names,
    }
    return str(sentences[State(row.state)])


def answer(answer_id: str, kind: str) -> str:
    """Return an answer as whoever answers chooses it."""
    chosen = Request.Answer(answer_id)
    if chosen is Request.Answer.DETAILS:
        return _("Dit kunnen wij delen") if kind == Request.Kind.KNOWN else _("Wij geven antwoord")
    return str(chosen.label)


def request_for_asker(row: Request, asked: str) -> str:
    """Return the state of a question as a sentence for who asks."""
    names = {"who": asked}
    if row.state == State.ACCEPTED and row.answer == Request.Answer.HIT:
        return _("%(who)s heeft hier iets over. Hebt u meer nodig? Vraag dan verder.") % names
    sentences = {
        State.SENT: _("%(who)s las uw vraag nog niet.") % names,
        State.ACCEPTED: _("%(who)s las uw vraag en antwoordt nog.") % names,
        State.DONE: _("%(who)s heeft geantwoord.") % names,
        State.RETURNED: _("%(who)s gaf uw vraag terug.") % names,
        State.RECALLED: _("U haalde uw vraag terug."),
        State.EXPIRED: _("Uw vraag is verlopen zonder antwoord."),
    }
    return str(sentences[State(row.state)])


def request_for_asked(row: Request, asker: str) -> str:
    """Return the state of a question as a sentence for who is asked."""
    names = {"who": asker}
    if row.state == State.ACCEPTED and row.answer == Request.Answer.HIT:
        return _("U zei dat u hier iets over hebt. %(who)s besluit of er meer nodig is.") % names
    sentences = {
        State.SENT: _("Nog niet gelezen. %(who)s wacht op u.") % names,
        State.ACCEPTED: _("Gelezen. %(who)s wacht op uw antwoord.") % names,
        State.DONE: _("U hebt geantwoord."),
        State.RETURNED: _("U gaf de vraag terug."),
        State.RECALLED: _("%(who)s haalde de vraag terug.") % names,
        State.EXPIRED: _("De vraag is verlopen."),
    }
    return str(sentences[State(row.state)])
