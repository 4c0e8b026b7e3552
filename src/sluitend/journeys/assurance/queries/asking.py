"""The five questions of a year: whether they are open, and what may be told of years that are over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.assurance.asked import BY, UNSAID
from sluitend.journeys.assurance.journey import ASK_ASKERS, CARE_FIGURES
from sluitend.journeys.assurance.models import QuestionRound
from sluitend.journeys.assurance.queries.released import Line, Table
from sluitend.journeys.reports.queries import MailboxView
from sluitend.kernel.access.acting import Actor, intake_role
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.handbook.care import CareQuestion
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release


@dataclass(frozen=True)
class Year:
    """What was answered in a year; no tables while it is not told."""

    year: int
    opened: date
    closes: date
    tables: tuple[Table, ...] | None
    by_kind: tuple[Table, ...] = ()
    """Who answered, and what those of each kind of organisation did where that may be told."""


@dataclass(frozen=True)
class Years:
    """The years in which it was asked, the newest first, and whether it can be asked now."""

    years: tuple[Year, ...]
    may_ask: bool


def years(actor: Actor) -> Years:
    """Return what may be told of each year.

    Raises:
        Refused: the role may not see it.
    """
    require_role(actor, CARE_FIGURES)
    rows = list(QuestionRound.objects.order_by("-year"))
    today = timezone.localdate()
    asked = any(each.year == today.year or each.closes >= today for each in rows)
    able = may(actor, ASK_ASKERS) and not asked and bool(current_release().pack.care_questions)
    return Years(tuple(_year(each) for each in rows), able)


def open_round() -> QuestionRound | None:
    """Return the round in which somebody can answer today, if there is one."""
    today = timezone.localdate()
    return (
        QuestionRound.objects.filter(opened__lte=today, closes__gte=today, told__isnull=True)
        .order_by("-opened")
        .only("release_number")
        .first()
    )


def asked_now() -> tuple[CareQuestion, ...]:
    """Return the questions that can be answered today; none while nothing is asked."""
    found = open_round()
    return tuple(release(found.release_number).pack.care_questions) if found else ()


def kinds_now() -> tuple[tuple[str, str], ...]:
    """Return the kinds of organisations in which whoever answers today may work."""
    found = open_round()
    groups = release(found.release_number).pack.role_groups if found else ()
    return tuple((each.id, shown(each.label)) for each in groups)


def _year(row: QuestionRound) -> Year:
    if row.told is None:
        return Year(row.year, row.opened, row.closes, None)
    pack, tables = release(row.release_number).pack, []
    for each in pack.care_questions:
        kept = row.told[each.id]
        lines = tuple(Line(shown(answer.label), kept["cells"][answer.id]) for answer in each.answers)
        tables.append(Table(shown(each.text), lines, kept["total"]))
    return Year(row.year, row.opened, row.closes, tuple(tables), tuple(_by_kind(pack, row.told)))


def _by_kind(pack: Pack, told: Mapping[str, Any]) -> Iterator[Table]:
    if BY not in told:
        return
    names = {each.id: shown(each.label) for each in pack.role_groups} | {UNSAID: _("Niet gezegd")}
    who = told[BY]
    lines = tuple(Line(name, who["cells"].get(kind)) for kind, name in names.items())
    yield Table(_("Waar wie antwoordde werkt"), lines, who["total"])
    for each in pack.care_questions:
        for kind, cells in told[each.id]["kinds"].items():
            answers = tuple(Line(shown(answer.label), cells[answer.id]) for answer in each.answers)
            yield Table(f"{shown(each.text)} ({names[kind]})", answers, sum(cells.values()))


def may_be_asked(box: MailboxView) -> bool:
    """Tell whether who reads this asked care for help, and not without a name."""
    return box.care and not box.anonymous


def asks(box: MailboxView) -> bool:
    """Tell whether who reads this is asked now."""
    if not may_be_asked(box):
        return False
    with intake_role():
        return open_round() is not None
