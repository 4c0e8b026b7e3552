"""The rules for help and shelter: a child goes to care too, each kind has who gives it, no address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .care import CareConsent, CareOffer, OfferKind
from .checks_of_words import strings_in
from .guidance import NATIONAL
from .pack import Pack
from .problems import Finding

BEFORE_TAKING_ON = frozenset({"decline_share", "ask_first"})
"""Lists that whoever is asked something by care chooses from before they take it on."""
_HAS_A_GIVER = frozenset({OfferKind.COORDINATION, OfferKind.SUPPORT})
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")
_STREET = re.compile(
    r"\b\w+(?:straat|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|street|road) \d+", re.IGNORECASE
)

_SLOT = re.compile(r"\{([^{}]*)\}")
_SLOTS = frozenset({"gegevens", "ontvanger", "doel", "datum", "niet_aan", "organisatie"})
"""What is filled in by hand on the form of a consent."""


def care_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every rule for help and shelter that the pack breaks."""
    yield from _children(pack)
    yield from _before_taking_on(pack)
    for offer in pack.care_offers:
        yield from _giver(offer, pack)
        yield from _address(offer)
    for consent in pack.care_consents:
        yield from _slots(consent)


def _children(pack: Pack) -> Iterator[Finding]:
    coordination = {each.provider for each in pack.care_offers if each.kind is OfferKind.COORDINATION}
    for situation in pack.care_situations:
        first = set(situation.first)
        if situation.minor and not (first & coordination and first - coordination):
            yield Finding(
                "care_situations",
                situation.id,
                (
                    "wie jonger is dan 18 gaat naar wie kinderen beschermt en ook naar de zorgcoördinatie",
                    "who is under 18 goes to who protects children and to care coordination too",
                ),
                (
                    "zet in 'first' allebei; de zorgcoördinatie is de aanbieder in care_offers.yaml",
                    "put both in 'first'; care coordination is the provider in care_offers.yaml",
                ),
                "first",
            )


def _before_taking_on(pack: Pack) -> Iterator[Finding]:
    for each in sorted(BEFORE_TAKING_ON - set(pack.reasons.ids)) if len(pack.care_replies) else ():
        yield Finding(
            "reasons",
            each,
            (
                "deze lijst hoort bij care_replies en ontbreekt",
                "this list belongs to care_replies and is missing",
            ),
            (f"voeg een lijst toe met id '{each}'", f"add a list with id '{each}'"),
        )


def _giver(offer: CareOffer, pack: Pack) -> Iterator[Finding]:
    if offer.provider is None:
        if offer.kind in _HAS_A_GIVER:
            yield Finding(
                "care_offers",
                offer.id,
                ("er staat niet wie dit doet", "it does not say who does this"),
                ("zet een partner of groep in 'provider'", "put a partner or group in 'provider'"),
                "provider",
            )
        return
    for area in offer.areas:
        if pack.partner_for(offer.provider, None if area == NATIONAL else area) is None:
            yield Finding(
                "care_offers",
                offer.id,
                (
                    f"'{offer.provider}' werkt niet in '{area}'",
                    f"'{offer.provider}' does not work in '{area}'",
                ),
                (
                    "verbeter 'areas', of het gebied van de partner",
                    "mend 'areas', or the area of the partner",
                ),
                "areas",
            )


def _address(offer: CareOffer) -> Iterator[Finding]:
    for path, words in strings_in(offer):
        if _POSTCODE.search(words) or _STREET.search(words):
            yield Finding(
                "care_offers",
                offer.id,
                ("hier lijkt een adres te staan", "this looks like an address"),
                (
                    "haal het adres weg: waar iemand slaapt, staat in geen handboek",
                    "take the address out: where somebody sleeps stands in no handbook",
                ),
                path,
            )


def _slots(consent: CareConsent) -> Iterator[Finding]:
    """A text leaves open what the form fills in and nothing else, the same in each language."""
    for field, text in (("title", consent.title), ("text", consent.text)):
        wanted = sorted(_SLOT.findall(text.nl))
        for language, words in text.root.items():
            found = _SLOT.findall(words)
            if _SLOTS.issuperset(found) and sorted(found) == wanted:
                continue
            yield Finding(
                "care_consents",
                consent.id,
                (
                    "wat tussen accolades staat, kent het programma niet of is niet in elke taal gelijk",
                    "what stands between braces is not known, or not the same in each language",
                ),
                (f"kies uit: {', '.join(sorted(_SLOTS))}", f"choose from: {', '.join(sorted(_SLOTS))}"),
                f"{field}.{language}",
            )
