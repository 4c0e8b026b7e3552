"""What an organisation was asked by a link, and what it said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from django.db import connection
from django.utils import timezone, translation

from sluitend.journeys.editing import links
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.models import PartnerCheck
from sluitend.journeys.editing.queries.pages import pack_of_draft
from sluitend.journeys.editing.statements import (
    Statement,
    name_of,
    place_of,
    statements,
    title_of,
)
from sluitend.kernel.access.acting import Actor, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.entries import SOURCE_LANGUAGE
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import colleagues, names, organisation

log = structlog.get_logger("sluitend.mail")
EDITORS = [Role.REGIONAL_COORDINATOR]


@dataclass(frozen=True)
class Asked:
    """What somebody outside sees: of whom, who asks, until when, and what the handbook says."""

    title: str
    region: str
    until: date
    release: int
    lines: tuple[Statement, ...]

    @property
    def says(self) -> Mapping[str, str]:
        """What stands there, by the key of each statement."""
        return {one.key: one.says for one in self.lines}


@dataclass(frozen=True)
class Said:
    """One line of an answer: what stood there, what it must be, and whether it stands there still."""

    name: str
    part: str
    entry_id: str
    says: str
    must: str
    still: bool

    @property
    def right(self) -> bool:
        """Whether it is right, and stands there as it did."""
        return self.still and not self.must


@dataclass(frozen=True)
class Standing:
    """How it stands with one link."""

    id: UUID
    address: str
    by: str
    on: date
    until: date
    passed: bool
    answered_on: date | None
    answered_by: str
    genuine: bool
    lines: tuple[Said, ...]

    @property
    def all_right(self) -> bool:
        """Whether nothing must be otherwise, and all of it stands there still."""
        return all(one.right for one in self.lines)

    @property
    def some_right(self) -> bool:
        """Whether of one entry at least all is right, so that it can be confirmed."""
        entries = {(one.part, one.entry_id) for one in self.lines}
        return any(
            all(one.right for one in self.lines if (one.part, one.entry_id) == entry) for entry in entries
        )


@dataclass(frozen=True)
class Letter:
    """A link, where it goes, and who asks."""

    address: str
    link: str
    region: str


@dataclass(frozen=True)
class AskPage:
    """The page on which an organisation is asked about an entry."""

    part: str
    entry_id: str
    title: str
    lines: tuple[Statement, ...]
    address: str
    standing: Standing | None


def asked_with(link: str) -> Asked | None:
    """Return what stands behind a link; None for one that is absent, answered, ended or over.

    It takes as long either way: what tells them apart is a row, found by a keyed hash.
    """
    with intake_role(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT part, entry, region, until FROM partner_check_open(%s)", [links.lookup_of(link)]
        )
        found = cursor.fetchone()
    if found is None:
        return None
    part, entry_id, region, until = found
    now = current_release()
    lines = statements(now.pack, part, entry_id)
    if not lines:
        return None
    return Asked(title_of(now.pack, part, entry_id), region, until, now.number, lines)


def letter_of(check: UUID, actor: Actor) -> Letter | None:
    """Return what is to be mailed; None for what was answered, is over, or none of our processes wrote."""
    row = PartnerCheck.objects.filter(
        pk=check,
        organisation_id=actor.own_organisation,
        answered__isnull=True,
        expires__gte=timezone.localdate(),
    ).first()
    if row is None:
        return None
    if not links.ours(row):
        log.warning("partner_check_not_ours")
        return None
    region = organisation(row.organisation_id)
    return Letter(row.address, links.link_of(row), region.name if region else "")


def standings(actor: Actor) -> Mapping[tuple[str, str], Standing]:
    """Return what was asked of whom, by list and id.

    Raises:
        Refused: not a coordinator.
    """
    require_role(actor, HANDBOOK_EDIT)
    rows = tuple(PartnerCheck.objects.filter(organisation_id=actor.own_organisation))
    if not rows:
        return {}
    pack, _problems = pack_of_draft(actor)
    named = names({row.asked_by_id for row in rows})
    return {(row.part, row.entry_id): _standing(row, pack, named) for row in rows}


def answers_to(actor: Actor) -> int:
    """Return how many answers wait for this person: who asked, or any of them where that one is gone."""
    found = PartnerCheck.objects.filter(organisation_id=actor.own_organisation, answered__isnull=False)
    asked = list(found.values_list("asked_by_id", flat=True))
    if not asked:
        return 0
    there = {each.account_id for each in colleagues(actor.own_organisation, roles=EDITORS)}
    return sum(each == actor.own_account or each not in there for each in asked)


def ask_page(actor: Actor, part: str, entry_id: str) -> AskPage:
    """Return the page of one entry.

    Raises:
        Refused: not a coordinator.
        Absent: of this entry no organisation is asked.
    """
    standing = standings(actor).get((part, entry_id))
    pack = current_release().pack
    lines = statements(pack, part, entry_id)
    if not lines and standing is None:
        raise Absent
    title = title_of(pack, part, entry_id) if lines else entry_id
    return AskPage(part, entry_id, title, lines, _mailbox(part, entry_id), standing)


def _mailbox(part: str, entry_id: str) -> str:
    """Return the mailbox that the directory has of a partner; empty for who is not in it."""
    if part != "partners":
        return ""
    found = Organisation.objects.filter(partner_key=entry_id).exclude(mail="").first()
    return found.mail if found else ""


def stands_now(pack: Pack, row: PartnerCheck) -> dict[str, str]:
    """Return what the draft says, in the one language in which answers are kept, by the key of each line."""
    with translation.override(SOURCE_LANGUAGE):
        return {one.key: one.says for one in statements(pack, row.part, row.entry_id)}


def _standing(row: PartnerCheck, pack: Pack, named: Mapping[UUID, str]) -> Standing:
    genuine = links.ours(row)
    answer: dict[str, Any] = row.answer if row.answer and genuine else {"by": "", "lines": ()}
    now = stands_now(pack, row)
    return Standing(
        id=row.id,
        address=row.address,
        by=named.get(row.asked_by_id, ""),
        on=timezone.localdate(row.asked),
        until=row.expires,
        passed=row.answered is None and row.expires < timezone.localdate(),
        answered_on=timezone.localdate(row.answered) if row.answered else None,
        answered_by=answer["by"],
        genuine=genuine,
        lines=tuple(_said(each, now) for each in answer["lines"]),
    )


def _said(line: Mapping[str, str], now: Mapping[str, str]) -> Said:
    part, entry_id, field = place_of(line["key"])
    return Said(
        name_of(field), part, entry_id, line["says"], line["must"], now.get(line["key"]) == line["says"]
    )
