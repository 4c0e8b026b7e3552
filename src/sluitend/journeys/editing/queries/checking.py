"""What nobody confirmed as one list of work: what people in danger call first, each with its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.editing.lines import EntryLine, all_entries, line_of
from sluitend.journeys.editing.models import CheckTask
from sluitend.journeys.editing.queries.asking import Standing, standings
from sluitend.journeys.editing.queries.pages import pack_of_draft
from sluitend.journeys.editing.statements import ASKED
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.entries import Entry
from sluitend.kernel.handbook.guidance import Partner
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import HelpLine
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues

LEVELS: tuple[tuple[str, Promise | str, frozenset[str]], ...] = (
    (
        "danger",
        _("Wat iemand in gevaar belt, leest of waar die heen gaat"),
        frozenset(
            {"help_lines", "points", "cards", "public_texts", "card_answers", "self_check"}
            | {"shelter_kinds", "shelter_filters", "night_states", "night_hours", "night_ladder"}
            | {"care_nevers", "care_moments"}
        ),
    ),
    (
        "reach",
        _("Naar wie een casus gaat, en wat het plan dan vraagt"),
        frozenset(
            {"partners", "sources", "inquiries", "care_offers", "feedback_codes", "departments", "town_tasks"}
            | {"plan_rules", "plan_actions", "plan_parties", "plan_warnings", "plan_tasks", "plan_shares"}
        ),
    ),
    (
        "law",
        _("Wat mag, en hoe lang"),
        frozenset(
            {"bases", "purposes", "parts", "deadlines", "retention", "registers", "care_consents"}
            | {"legal_events", "rulings", "visits"}
        ),
    ),
)
"""The lists of each risk, the greatest first; what none of these has comes last."""

REST = ("rest", _("Al het andere"))


@dataclass(frozen=True)
class ToCheck:
    """One entry to find out about: what of it is not confirmed, and who does it; empty for nobody yet."""

    line: EntryLine
    what: Promise | str
    owner: str
    mine: bool
    may_ask: bool = False
    """Whether an organisation can be asked about it by a link."""
    asked: Standing | None = None


@dataclass(frozen=True)
class Level:
    """Entries of one risk."""

    key: str
    title: Promise | str
    rows: tuple[ToCheck, ...]


def to_check(actor: Actor, *, mine: bool = False) -> tuple[Level, ...]:
    """Return what nobody confirmed, by risk.

    Args:
        actor: a coordinator.
        mine: only what this person does.

    Raises:
        Refused: not a coordinator.
    """
    pack, _problems = pack_of_draft(actor)
    named = dict(owners(actor))
    # Who left, or edits no longer, finds out about nothing: then it is nobody's.
    tasks = CheckTask.objects.filter(owner_id__in=named)
    given = {(one.part, one.entry_id): one.owner_id for one in tasks}
    asked = standings(actor)
    rows: dict[str, list[ToCheck]] = {}
    for part, entry, what in _unsure(pack):
        owner = given.get((part, entry.id))
        if mine and owner != actor.own_account:
            continue
        row = ToCheck(
            line_of(part, entry),
            what,
            named.get(owner, "") if owner else "",
            owner == actor.own_account,
            part in ASKED,
            asked.get((part, entry.id)),
        )
        rows.setdefault(_level_of(part), []).append(row)
    titles = [(key, title) for key, title, _parts in LEVELS]
    return tuple(Level(key, title, tuple(rows.get(key, ()))) for key, title in (*titles, REST))


def owners(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return who may find out: the colleagues who edit the handbook, by name."""
    found = colleagues(actor.own_organisation, roles=[Role.REGIONAL_COORDINATOR])
    return tuple({one.account_id: one.name for one in found}.items())


def unsure_in(pack: Pack) -> set[tuple[str, str]]:
    """Return the list and the id of each entry of a pack that somebody has to find out about."""
    return {(part, entry.id) for part, entry, _what in _unsure(pack)}


def _unsure(pack: Pack) -> Iterator[tuple[str, Entry, Promise | str]]:
    for part, entry in all_entries(pack):
        if not entry.confirmed:
            yield part, entry, _("alles")
        elif isinstance(entry, HelpLine) and entry.open and not entry.open_confirmed:
            yield part, entry, _("de tijden")
        elif isinstance(entry, Partner) and not entry.channel_confirmed:
            yield part, entry, _("hoe te bereiken")


def _level_of(part: str) -> str:
    return next((key for key, _title, parts in LEVELS if part in parts), REST[0])
