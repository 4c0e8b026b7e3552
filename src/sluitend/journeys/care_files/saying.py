"""Rules for contact in sentences, from the handbook: what is asked, and why something may not be now."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.contacting import Answer
from sluitend.journeys.care_files.content import Contact, Rule, day_of
from sluitend.journeys.care_files.words import Channel, Days, May, SayWhat, YesNo
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.requesting import RequestEnd

DAYS_OF_ATTEMPTS = 2


def message(pack: Pack, name: str, **slots: str) -> str:
    """Return a sentence of the handbook, with what stands between braces filled in."""
    found = next((each for each in pack.request.messages if each.id == name), None)
    said = shown(found.text) if found else ""
    for slot, value in slots.items():
        said = said.replace("{" + slot + "}", value)
    return said


def why_not(contact: Contact, channel: str, answer: Answer, pack: Pack) -> str:
    """Return why somebody may not be reached in this way now."""
    rules = [each for each in contact.running if each.effect != May.NEVER]
    own = [each for each in rules if each.channel == channel]
    last = max((each.check_on for each in own), default="")
    return message(
        pack,
        answer,
        manier=_way(channel),
        manieren=_either(_way(each.channel) for each in rules if each.effect == May.ONLY),
        wanneer=_either(when(each) for each in own),
        datum=_date(contact.stop_until if answer is Answer.STOPPED else last),
    )


def not_sought(end: RequestEnd, tries: Sequence[tuple[str, str, str]]) -> str:
    """Return why contact was not sought often enough for an end, or nothing where it was.

    It is sought on two days, in a way that the person allowed; for who is lost, since they last answered.

    Args:
        tries: on which day, whether the person was reached, and why against the rules; the first first.
    """
    answered = [number for number, (_day, reached, _against) in enumerate(tries, 1) if reached == YesNo.YES]
    since = max(answered, default=0) if end.lost else 0
    days = [day for day, _reached, against in tries[since:] if not against]
    if not end.attempts or (len(days) >= end.attempts and len(set(days)) >= DAYS_OF_ATTEMPTS):
        return ""
    said = _("Probeer eerst %(number)s keer contact, op twee dagen. Noteer elke poging.")
    if since:
        said = _("Probeer na het laatste gesprek %(number)s keer contact, op twee dagen. Noteer elke poging.")
    return said % {"number": end.attempts}


def in_words(rule: Rule) -> str:
    """Return a rule as one or more short sentences."""
    way = Channel(rule.channel).label
    said = [f"{May(rule.effect).label}: {way.lower()}{', ' + rule.value if rule.value else ''}."]
    if time := when(rule):
        said.append(f"{time[0].upper()}{time[1:]}.")
    if rule.through_whom:
        said.append(_("Via %(whom)s.") % {"whom": rule.through_whom})
    if rule.effect != May.NEVER and rule.channel == Channel.CALL:
        spoken = (
            _("Een bericht inspreken mag.") if rule.voicemail == "yes" else _("Laat geen bericht achter.")
        )
        said.append(spoken)
    if rule.say_what:
        words = SayWhat(rule.say_what).label
        said.append(_("Neemt iemand anders op: %(words)s.") % {"words": words.lower()})
    return " ".join(said)


def contact_in_words(contact: Contact) -> str:
    """Return how somebody may be reached, for who does not read the file: how long it holds, too."""
    said, stop = [], day_of(contact.stop_until)
    if stop and stop > timezone.localdate():
        said.append(_("Geen contact tot %(day)s.") % {"day": _date(contact.stop_until)})
    for each in contact.running:
        said.append(in_words(each))
        if each.effect != May.NEVER and (last := _date(each.check_on)):
            said.append(_("Dit geldt tot en met %(day)s.") % {"day": last})
    if not contact.running:
        said.append(_("Er is nu geen regel. Zoek geen contact en bel de zorg."))
    return " ".join(said)


def when(rule: Rule) -> str:
    """Return when a rule opens its way, or nothing where that is always."""
    days = Days(rule.days).label.lower() if rule.days and rule.days != Days.ANY else ""
    hours = ""
    if rule.start and rule.end:
        hours = _("tussen %(start)s en %(end)s") % {"start": rule.start, "end": rule.end}
    elif rule.start:
        hours = _("vanaf %(start)s") % {"start": rule.start}
    elif rule.end:
        hours = _("tot %(end)s") % {"end": rule.end}
    return " ".join(filter(None, [days, hours]))


def _way(channel: str) -> str:
    return str(Channel(channel).label).lower()


def _either(words: Iterable[str]) -> str:
    return f" {_('of')} ".join(dict.fromkeys(filter(None, words)))


def _date(text: str) -> str:
    day = day_of(text)
    return date_format(day, "j F") if day else ""


def taken_over(who: str) -> str:
    """Return what holds once another care organisation has the client."""
    return _("%(who)s nam de cliënt over. Zoek geen contact en rond af wat hier nog open is.") % {"who": who}


def no_help() -> str:
    """Return what holds once somebody took back their yes to help."""
    return _("De persoon wil geen hulp meer. Zoek geen contact, schrijf niets meer op en sluit dit dossier.")
