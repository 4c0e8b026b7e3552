"""The pages on which somebody is asked to agree."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import (
    HELP,
    INTERPRETED,
    SHARE_ONE,
    THREE,
)
from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import AgeGroup, Standing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.care import CareConsent
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.queries import organisation_names

GAP = "…………"
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class AskPage:
    """A text to be asked, in Dutch and in English, and what this file needs of the answer."""

    code: str
    kind: str
    revision: int
    label: str
    texts: tuple[tuple[str, str, str], ...]
    """Language, heading and words."""
    languages: tuple[tuple[str, str], ...]
    written: bool
    is_adult: bool
    asks_who: bool
    """Whether a parent or guardian may answer, so that it is asked who does."""
    standing: Standing
    quiet: bool
    younger: str
    no_text_yet: str
    unconfirmed: bool
    pack: Pack


def ask_page(code: str, kind: str, actor: Actor) -> AskPage:
    """Return the page on which somebody is asked to agree.

    Raises:
        Absent: there is no such file here, or no such text that may be asked now.
    """
    found, pack = opened(code, actor, CARE_FILE_READ, purpose="consent"), current_release().pack
    text = next((each for each in pack.care_consents if each.id == kind), None)
    known = kind in (HELP, SHARE_ONE, *THREE)
    if text is None or not known or found.row.closed is not None or pack.held_back(text) is not None:
        raise Absent
    standing = found.consents.standing(kind)
    if standing is Standing.YES:
        raise Absent
    name = organisation_names([actor.own_organisation]).get(actor.own_organisation, "")
    quiet = found.consents.quiet_until(kind)
    return AskPage(
        code=code,
        kind=kind,
        revision=found.row.revision,
        label=shown(text.label),
        texts=tuple(_texts(text, name)),
        languages=tuple(_languages(text, pack)),
        written=text.written,
        is_adult=kind in (HELP, SHARE_ONE) or found.person.age_group == AgeGroup.ADULT,
        asks_who=kind in (HELP, SHARE_ONE) and found.person.age_group == AgeGroup.MINOR,
        standing=standing,
        quiet=quiet is not None and quiet > timezone.localdate(),
        younger=message(pack, "younger"),
        no_text_yet=message(pack, "no_text_yet"),
        unconfirmed=not text.confirmed,
        pack=pack,
    )


def _texts(text: CareConsent, organisation: str) -> Iterator[tuple[str, str, str]]:
    for language in (SOURCE_LANGUAGE, FALLBACK_LANGUAGE):
        heading, words = (each.in_language(language) for each in (text.title, text.text))
        # What is passed on is said as it is in the file that can be made: no less and no more.
        told = ", ".join(each.label.in_language(language) for each in text.passes_on)
        slots = {"organisatie": organisation, "gegevens": told}
        yield language, _filled(heading, slots), _filled(words, slots)


def _filled(words: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: slots.get(slot[1]) or GAP, words)


def _languages(text: CareConsent, pack: Pack) -> Iterator[tuple[str, str]]:
    yield SOURCE_LANGUAGE, _("Nederlands")
    yield FALLBACK_LANGUAGE, _("Engels")
    for each in pack.languages:
        if each.id not in (SOURCE_LANGUAGE, FALLBACK_LANGUAGE) and text.readable_in(each.id):
            yield each.id, shown(each.label)
    yield INTERPRETED, _("Andere taal, met een tolk")
