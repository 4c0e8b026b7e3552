"""What asks for a coordinator's look: due for review, unconfirmed, untranslated, unreviewed, unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from sluitend.exports.walking import texts_in
from sluitend.journeys.editing.lines import OURS, EntryLine, all_entries, languages_named, line_of, words_in
from sluitend.journeys.editing.queries import pack_of_draft
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.care import CONTRACT_AHEAD, CareOffer
from sluitend.kernel.handbook.checks import references_in
from sluitend.kernel.handbook.checks_of_translations import read_by_who_seeks_help
from sluitend.kernel.handbook.entries import FALLBACK_LANGUAGE, SOURCE_LANGUAGE, Entry
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import PublicText

SOON = timedelta(days=60)

FOR_COLLEAGUES = frozenset({"note", "state"})
"""Fields that who seeks help never sees."""

# Lists whose entries stand by themselves: nothing refers to them, and nothing has to.
STANDS_ALONE = frozenset(
    {"indicators", "moments", "sectors", "branches", "risk_groups", "barriers", "measures"}
    | {"cards", "self_check", "points", "reader_pages", "public_texts", "help_lines", "places"}
    | {"deadlines", "reasons", "outcomes", "marks", "questions", "advice_themes", "sources", "retention"}
    | {"learning_goals", "training_questions", "recommendations", "claims", "card_answers", "reading_forms"}
    | {"feedback_codes", "municipalities", "code_fields", "codes", "roles", "languages", "figures"}
    | {"registers", "departments", "inquiries", "partners", "purposes", "parts", "forms", "trace", "words"}
    | {"care_tasks", "care_situations", "care_nevers", "care_offers", "care_consents", "care_questions"}
    | {"file_sections", "life_areas", "area_words", "legal_events"}
    | {"care_replies", "town_tasks"}
    | {"shelter_kinds", "shelter_filters", "shelter_refusals"}
    | {"night_states", "night_hours", "night_ladder"}
    | {"plan_rules", "plan_readings", "plan_words", "plan_events", "plan_answers", "plan_samples"}
)


@dataclass(frozen=True)
class Attention:
    """Entries that ask for a look, of one kind of reason."""

    key: str
    lines: tuple[EntryLine, ...]


def attention(actor: Actor, today: date | None = None) -> tuple[Attention, ...]:
    """Return what asks for a look: due for review, unconfirmed, untranslated, unreviewed and unused entries.

    Raises:
        Refused: not a coordinator.
    """
    pack, _problems = pack_of_draft(actor)
    day = today or timezone.localdate()
    used = _used(pack)
    kinds: tuple[tuple[str, Iterable[EntryLine]], ...] = (
        ("due", _due(pack, day)),
        ("unconfirmed", _unconfirmed(pack)),
        ("untranslated", _untranslated(pack)),
        ("unreviewed", _unreviewed(pack)),
        ("unused", _unused(pack, used)),
    )
    return tuple(Attention(key, tuple(lines)) for key, lines in kinds)


def _due(pack: Pack, day: date) -> Iterator[EntryLine]:
    found = [
        (min(ends), part, one)
        for part, one in all_entries(pack)
        if (ends := [end for end, ahead in _ends(one) if end and end <= day + ahead])
    ]
    for end, part, one in sorted(found, key=lambda each: (each[0], each[1], each[2].id)):
        yield replace(line_of(part, one), due=end)


def _ends(entry: Entry) -> Iterator[tuple[date | None, timedelta]]:
    """Yield the days on which something of an entry ends, each with how long ahead it asks for a look."""
    yield entry.review_by, SOON
    yield entry.valid_until, SOON
    if isinstance(entry, PublicText) and entry.amount:
        yield entry.amount.valid_until, SOON
    if isinstance(entry, CareOffer):
        yield entry.contract_until, CONTRACT_AHEAD


def _unconfirmed(pack: Pack) -> Iterator[EntryLine]:
    yield from (line_of(part, one) for part, one in all_entries(pack) if not one.confirmed)


def _untranslated(pack: Pack) -> Iterator[EntryLine]:
    for part, one in all_entries(pack):
        missing = {
            language
            for path, text in texts_in(one)
            for language in _wanted(part, one, path, pack) - {*text.root}
        }
        if missing:
            yield line_of(part, one, detail=_called(pack, sorted(missing)))


def _wanted(part: str, entry: Entry, path: str, pack: Pack) -> set[str]:
    """Return the languages that a text should have: a note is for colleagues, who read Dutch or English."""
    everybody = read_by_who_seeks_help(part, entry) and path not in FOR_COLLEAGUES
    return {FALLBACK_LANGUAGE, *(pack.languages.ids if everybody else ())}


def _unreviewed(pack: Pack) -> Iterator[EntryLine]:
    for part, one in all_entries(pack):
        unread = [language for language in sorted(words_in(one) - OURS) if not one.reviewed_in(language)]
        if unread:
            yield line_of(part, one, detail=_called(pack, unread))


def _called(pack: Pack, languages: Sequence[str]) -> str:
    return languages_named(pack, languages, (get_language() or SOURCE_LANGUAGE)[:2])


def _unused(pack: Pack, used: Mapping[str, set[str]]) -> Iterator[EntryLine]:
    for part, one in all_entries(pack):
        if part not in STANDS_ALONE and one.id not in used.get(part, set()):
            yield line_of(part, one)


def _used(pack: Pack) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for _part, one in all_entries(pack):
        for _key, refers, target in references_in(one):
            used.setdefault(refers.kind, set()).add(target)
    return used
