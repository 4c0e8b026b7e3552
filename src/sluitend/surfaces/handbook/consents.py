"""What somebody is asked to agree to, on paper: who may print it, and what stands on it."""

import re
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.handbook.care import CareConsent
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.organisations.queries import code_of
from sluitend.kernel.sheet import ConsentSheet, ConsentText, ConsentWord, as_pdf, shows
from sluitend.surfaces.handbook.journey import CONSENT_FORM
from sluitend.surfaces.handbook.reading import Reading

KEPT = 64
OURS = (SOURCE_LANGUAGE, FALLBACK_LANGUAGE)
GAP = "…………"
SHORT, LONG = 4, 11
"""How many gaps, of which a line can begin anew, are room enough for a name, and for a sentence."""

NEEDS_ROOM = frozenset({"gegevens", "doel", "niet_aan"})

_SLOT = re.compile(r"\{([^{}]*)\}")
ANSWERS: tuple[Promise | str, ...] = (gettext_lazy("Ja"), gettext_lazy("Nee"), gettext_lazy("Later"))
BLANKS: tuple[Promise | str, ...] = (
    gettext_lazy("Zo wil ik genoemd worden"),
    gettext_lazy("Handtekening"),
    gettext_lazy("Datum"),
    gettext_lazy("Gevraagd door (functie)"),
    gettext_lazy("Tolknummer"),
    gettext_lazy("Getuige (functie), als die er is"),
    gettext_lazy("In eigen woorden teruggezegd: ja of nee"),
)


def prints(actor: Actor, held: Reading) -> bool:
    """Tell whether somebody works for care, which asks for consent. Costs a partner one statement."""
    if not may(actor, CONSENT_FORM):
        return False
    partner = held.pack.partners.get(code_of(actor.own_organisation))
    return partner is not None and partner.gives_care


def has_text(consent: CareConsent, language: str) -> bool:
    """Tell whether a form can have the text in a language: it was read there, and each sign has a shape."""
    words = (consent.title, consent.text)
    return consent.readable_in(language) and all(shows(each.in_language(language)) for each in words)


def printed(consent: CareConsent, language: str, *, name: str, number: int) -> bytes:
    """Return the form as a PDF.

    Args:
        name: what the language of the person is called in Dutch.
        number: the release of the handbook that it is made of.
    """
    return _made(_sheet(consent, language, name, number))


@lru_cache(maxsize=KEPT)
def _made(sheet: ConsentSheet) -> bytes:
    return as_pdf(sheet)


def _sheet(consent: CareConsent, language: str, name: str, number: int) -> ConsentSheet:
    known = has_text(consent, language)
    theirs = [_text(consent, language)] if known and language != SOURCE_LANGUAGE else []
    answers, blanks = (tuple(_both(each, language) for each in words) for words in (ANSWERS, BLANKS))
    translated = language not in OURS and any(each.theirs for each in answers)
    with override(SOURCE_LANGUAGE):
        unread = _(
            "Taal van de persoon: %(name)s. In deze taal is er nog geen goedgekeurde tekst. "
            "Lees de Nederlandse tekst voor met een beëdigde tolk."
        ) % {"name": name}
        signed = _("Dit geldt alleen met een handtekening.") if consent.written else ""
        concept = "" if consent.confirmed else _("Concept: deze tekst is nog niet bevestigd.")
        strange = _("De vertaling van de woorden hieronder is nog niet nagelezen door een mens.")
        closing = _("Tekst %(id)s, versie %(version)s. Uitgave %(number)s van de handreiking.") % {
            "id": consent.id,
            "version": consent.version,
            "number": number,
        }
    return ConsentSheet(
        title="Formulier",
        texts=(*theirs, _text(consent, SOURCE_LANGUAGE)),
        notices=tuple(
            filter(None, ("" if known else unread, signed, concept, strange if translated else ""))
        ),
        answers=answers,
        blanks=blanks,
        closing=closing,
        made=release(number).published,
    )


def _text(consent: CareConsent, language: str) -> ConsentText:
    heading, text = (_open(each.in_language(language)) for each in (consent.title, consent.text))
    return ConsentText(language, heading, tuple(text.strip().split("\n")))


def _open(words: str) -> str:
    """Return a text with room to write by hand where something is filled in for one person."""
    return _SLOT.sub(lambda slot: " ".join([GAP] * (LONG if slot[1] in NEEDS_ROOM else SHORT)), words)


def _both(words: Promise | str, language: str) -> ConsentWord:
    """Return a word of the form in Dutch, and as the person reads it where each of its signs has a shape."""
    with override(SOURCE_LANGUAGE):
        dutch = str(words)
    with override(language):
        theirs = str(words)
    return ConsentWord(dutch, theirs if theirs != dutch and shows(theirs) else "", language)
