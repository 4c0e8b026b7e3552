"""What an entry must keep to before a draft takes it: contacts, references, and who confirmed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone

from sluitend.exports.names import kind_name
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.journeys.editing.queries.drafts import changes_of
from sluitend.kernel.handbook.checks import known_ids, references_in
from sluitend.kernel.handbook.checks_of_contacts import contact_findings_of
from sluitend.kernel.handbook.entries import Entry, Fact, Text
from sluitend.kernel.handbook.loading import file_of, read_entry
from sluitend.kernel.handbook.problems import PackProblem, Words
from sluitend.kernel.handbook.queries import release

REACHES = ("number", "chat", "open", "hours", "address", "where", "help_line", "channels")
"""Fields that bring people somewhere: who confirmed the old ones did not confirm the new."""

ALSO_SURE = ("open_confirmed", "channel_confirmed")
"""Fields beside `confirmed` that say that somebody found out."""

type Known = Mapping[str, set[str]]

_SAY_WHO: tuple[Words, Words] = (
    (
        "zeg ook wie dit navroeg, wie antwoord gaf en op welke dag",
        "say as well who asked, who answered and on which day",
    ),
    ("vul dat in bij 'Nagevraagd', of kies hier 'nee'", "fill it in at 'Checked with', or choose 'no' here"),
)
_ASK_AGAIN: tuple[Words, Words] = (
    (
        "wat bij 'Nagevraagd' staat, gaat over wat er eerst stond",
        "what stands at 'Checked with' is about what was there before",
    ),
    (
        "vraag na wat u wijzigde, en vul in wie dat deed en op welke dag; of kies hier 'nee'",
        "ask about what you changed, and fill in who did and on which day; or choose 'no' here",
    ),
)
_NOT_YET: tuple[Words, Words] = (
    ("de dag bij 'Nagevraagd' is nog niet geweest", "the day at 'Checked with' has not been yet"),
    ("kies de dag waarop iemand het navroeg", "choose the day on which somebody asked"),
)
"""What is wrong with how somebody came to confirm an entry, and what to do."""


def known_in(draft: Draft) -> Known:
    """Return the ids of each kind that an entry of the draft may refer to."""
    known = known_ids(release(draft.base).pack, {})
    for part, entry_id, content in changes_of(draft):
        if content is None:
            known[part].discard(entry_id)
            continue
        known[part].add(entry_id)
        if part == "partners":
            groups = {str(work.get("group")) for work in content.get("works", ())}
            known["partners_or_groups"] |= {entry_id, *groups}
    return known


def wrong_with(draft: Draft, part: str, entry: Entry, known: Known) -> tuple[PackProblem, ...]:
    """Return what is wrong with an entry of a right shape, each said at its field."""
    return (
        *(one.problem(file_of) for one in contact_findings_of(part, entry)),
        *_unknown(part, entry, known),
        *_unasked(part, entry, _confirmed_before(draft, part, entry.id)),
    )


def _unknown(part: str, entry: Entry, known: Known) -> Iterator[PackProblem]:
    for key, refers, target in references_in(entry):
        if target in known[refers.kind] or target in refers.also:
            continue
        if refers.kind == part and target == entry.id:
            continue
        name = kind_name("partners" if refers.kind == "partners_or_groups" else refers.kind, many=True)
        yield PackProblem(
            file_of(part),
            entry.id,
            f"'{key}': '{target}' staat niet in de lijst {name.nl}",
            f"'{key}': '{target}' is not in the list {name.in_language('en')}",
            field=key,
            remedy="kies er een uit die lijst, of zet het daar eerst in",
            remedy_en="choose one of that list, or put it there first",
        )


def _unasked(part: str, entry: Entry, before: Entry | None) -> Iterator[PackProblem]:
    if not isinstance(entry, Fact) or not entry.confirmed:
        return
    if before is not None and not _says_more(entry, before):
        return
    found: tuple[Words, Words] | None = None
    if entry.asked is None:
        found = _SAY_WHO
    elif isinstance(before, Fact) and entry.asked == before.asked:
        found = _ASK_AGAIN
    elif entry.asked.asked_on > timezone.localdate():
        found = _NOT_YET
    if found:
        (words, words_en), (remedy, remedy_en) = found
        yield PackProblem(
            file_of(part), entry.id, words, words_en, field="confirmed", remedy=remedy, remedy_en=remedy_en
        )


def _says_more(entry: Entry, before: Entry) -> bool:
    """Tell whether an entry brings people elsewhere than before, or is sure of more."""
    elsewhere = any(_said(entry, name) != _said(before, name) for name in REACHES)
    return elsewhere or any(
        getattr(entry, one, False) and not getattr(before, one, True) for one in ALSO_SURE
    )


def _said(entry: Entry, name: str) -> object:
    """Return what an entry says in a field; of a text only the source, as a translation says nothing new."""
    value = getattr(entry, name, None)
    return value.nl if isinstance(value, Text) else value


def _confirmed_before(draft: Draft, part: str, entry_id: str) -> Entry | None:
    """Return the entry as somebody last confirmed it: in the draft, else in the release under it."""
    row = DraftEntry.objects.filter(draft=draft, part=part, entry_id=entry_id).first()
    drafted = read_entry(part, row.content)[0] if row is not None and row.content else None
    for one in (drafted, getattr(release(draft.base).pack, part).get(entry_id)):
        if one is not None and one.confirmed:
            return one
    return None
