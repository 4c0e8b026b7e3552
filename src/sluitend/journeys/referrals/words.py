"""Codes of a referral in the words of the handbook and of the desk."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.referrals.answers import NOT_OURS
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.next_word import asks_day, has_next, proposed
from sluitend.journeys.referrals.waiting import asks_to_wait
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import FeedbackCode

said = shown
"""A text of the handbook, for who reads it now."""


def partner(pack: Pack, partner_id: str) -> str:
    """Return the name of a partner."""
    entry = pack.partners.get(partner_id)
    return said(entry.label) if entry else partner_id


def feedback(pack: Pack, code_id: str) -> str:
    """Return the words of a feedback code."""
    entry = pack.feedback_codes.get(code_id)
    return said(entry.label) if entry else code_id


def reason(pack: Pack, list_id: str, reason_id: str) -> str:
    """Return the words of one prepared reason, or of the feedback code that stands in for one."""
    found = pack.reason_list(list_id).reason(reason_id)
    return said(found.label) if found else feedback(pack, reason_id)


def track(kind: str) -> str:
    """Return which track, in one word."""
    return _("Locatie") if kind == "place" else _("Persoon")


def kind(pack: Pack, track_kind: str, form_id: str) -> str:
    """Return what a referral is about in two words: track and form, never a subject."""
    form = pack.forms.get(form_id)
    return f"{track(track_kind)}, {said(form.label).lower()}" if form else track(track_kind)


def urgency(how_soon: str, answer_by: date) -> str:
    """Return how soon an answer is asked."""
    return _("Vandaag") if how_soon == Urgency.TODAY else phrases.urgency(how_soon, answer_by)


def withheld() -> str:
    """Return what a recipient is told about what it does not see. It names no part: a name tells too."""
    return _("De melder en de rest van de casus zijn niet gedeeld.")


def state(row: Referral, partner_name: str) -> str:
    """Return the state of a sent referral as a sentence that says what is, and blames nobody."""
    names = {"partner": partner_name}
    sentences = {
        State.SENT: _("%(partner)s heeft nog niet geantwoord.") % names,
        State.ACCEPTED: _("%(partner)s heeft de doorzetting aangenomen.") % names,
        State.RETURNED: _("%(partner)s gaf de doorzetting terug.") % names,
        State.DONE: _("Afgerond."),
        State.RECALLED: _("U hebt de doorzetting teruggehaald."),
        State.EXPIRED: _("De toegang is verlopen zonder uitkomst."),
    }
    return str(sentences[State(row.state)])


def heading(partner_name: str, verb: str, of_care: str = "") -> str:
    """Return the title of the page on which a referral is composed.

    Args:
        partner_name: to whom it goes.
        verb: what is done with them.
        of_care: what care coordination is asked, `consult` or `handover`.
    """
    names = {"partner": partner_name}
    if of_care == "consult":
        return _("Overleg zonder naam: %(partner)s") % names
    if of_care:
        return _("Draag over: %(partner)s") % names
    sentences = {
        "bring_in": _("Inbrengen bij %(partner)s"),
        "ask": _("Vragen aan %(partner)s"),
        "transfer": _("Overdragen aan %(partner)s"),
    }
    return sentences.get(verb, _("Doorzetten naar %(partner)s")) % names


def promise(verb: str, of_care: str = "") -> str:
    """Return what stays as it is for the sender."""
    if of_care == "handover":
        return _("De zorg helpt de persoon. De casus blijft van u. Wat de zorg doet, staat daar niet in.")
    if verb == "bring_in":
        return _("U brengt dit in bij een samenwerkingsverband. De casus blijft van u.")
    if verb == "ask":
        return _("U vraagt raad. Noem geen personen. De casus blijft van u.")
    return _("U vraagt hulp. De casus blijft van u.")


def state_for_recipient(row: Referral) -> str:
    """Return the state of a received referral as its recipient reads it."""
    sentences = {
        State.SENT: _("Nog niet aangenomen"),
        State.ACCEPTED: _("Aangenomen, wacht op uw antwoord"),
        State.RETURNED: _("Teruggestuurd"),
        State.DONE: _("Beantwoord en klaar"),
        State.RECALLED: _("Door de gemeente teruggehaald"),
        State.EXPIRED: _("Verlopen"),
    }
    if row.state in (State.SENT, State.ACCEPTED) and row.expires < timezone.localdate():
        return str(sentences[State.EXPIRED])  # the job that says so has not run yet
    if row.state == State.ACCEPTED and row.answered:
        return _("Beantwoord, nog niet klaar")
    return str(sentences[State(row.state)])


def what_a_code_does(row: Referral, code: FeedbackCode) -> str:
    """Return in one sentence what an answer means for the partner that gives it."""
    if code.id == NOT_OURS:
        return _("Dan gaat de vraag terug. Bij u blijft alleen de code achter.")
    if asks_to_wait(code):
        return _("Dit telt als antwoord. Niemand van de gemeente gaat daar heen, voordat u bent gebeld.")
    if code.closes:
        return _("Dit telt als antwoord. De vraag is dan klaar.")
    if has_next(code):
        return _("Dit telt als antwoord. De gemeente hoort meer vóór %(day)s.") % _next(row, code)
    return _("Dit telt als antwoord.") if code.answered else _("Dit telt nog niet als antwoord.")


def what_noting_does(row: Referral, code: FeedbackCode) -> str:
    """Return in one sentence what an answer means for the sender that notes it."""
    if code.closes:
        return _("Telt als antwoord. De doorzetting is dan klaar.")
    if asks_day(code):
        return _("Telt als antwoord. De partner zegt meer vóór %(day)s.") % _next(row, code)
    return (
        _("Telt als antwoord. Herinneringen stoppen.") if code.answered else _("Telt nog niet als antwoord.")
    )


def _next(row: Referral, code: FeedbackCode) -> dict[str, str]:
    return {"day": date_format(proposed(row, code), "j F Y")}


def named_code(code: FeedbackCode) -> Named:
    """Return a feedback code with its words."""
    return Named(code.id, said(code.label))


def asked(pack: Pack, ids: str) -> str:
    """Return what a referral asks, in the words of the plan; nothing of one that is older than the plan."""
    known = (pack.plan_actions.get(each) for each in ids.split())
    return " ".join(said(each.says) for each in known if each)


def contact_changed() -> str:
    """Return what who has no account reads where it stood how people are reached, and that holds no more."""
    return _("Dit is veranderd. Zoek geen contact en bel de gemeente.")


def contact_changed_here() -> str:
    """Return what the sender reads there."""
    return _("Dit is veranderd. Lees in de casus wat nu geldt.")
