"""The pages on which somebody is asked to agree, and on which that is taken back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import (
    HELP,
    INTERPRETED,
    SHARE_ONE,
    THREE,
)
from sluitend.journeys.care_files.effects import REMOVAL_TERM, effects, effects_of
from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.queries.went import went_by
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import AgeGroup, Standing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.terms import due_for
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


@dataclass(frozen=True)
class BackPage:
    """What follows when the person takes something back: what stops, is asked back, or cannot be undone.

    `before` is the day before which whoever has it is asked to take it away.
    """

    code: str
    what: str
    label: str
    before: date
    stops: str
    recalled: str
    removed: str
    stays: str


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


def back_page(code: str, what: str, actor: Actor) -> BackPage:
    """Return what follows when the person takes something back.

    Raises:
        Absent: there is no such file here, or that is not agreed to.
    """
    found, pack = opened(code, actor, CARE_FILE_READ, purpose="consent"), current_release().pack
    before = timezone.localtime(due_for(pack, REMOVAL_TERM)).date()
    if found.consents.standing(what) is Standing.YES:
        text = next((each for each in pack.care_consents if each.id == what), None)
        receiver = shown(text.recipient) if text and text.recipient else _("deze organisatie")
        follows = effects(what, receiver, closed=found.row.closed is not None)
        return BackPage(code, what, shown(text.label) if text else what, before, *follows)
    share = found.consents.share(what)
    holds = (Standing.YES, Standing.AGAINST, Standing.WAITS)
    if share is None or share.standing(timezone.localdate()) not in holds:
        raise Absent
    line = went_by([share], actor).get(share.id)
    return BackPage(code, what, f"{share.recipient}: {share.purpose}", before, *effects_of(share, line))


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
