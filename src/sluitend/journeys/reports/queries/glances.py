"""What a row of Vandaag says of a report, as questions that are put together with those about cases.

Whoever asks opens the envelopes and writes the line in the ledger: a page of rows takes one statement.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext as _

from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import MailboxMessage, Report
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import newest_number, release
from sluitend.kernel.prepared import Given, among
from sluitend.kernel.sealing.envelopes import OpenEnvelope

GLANCED_KINDS = (Report, MailboxMessage)
"""Whose words these are."""

TOLD, WROTE = "told", "wrote"
"""What is asked of a report: its words, or the last message of its reporter."""

LONGEST = 110
SENTENCE = re.compile(r"\A.{1,109}?[.!?](?=\s|\Z)")


class Glanced(NamedTuple):
    """A row of the question: sealed words about a subject, with what they are."""

    subject: UUID
    id: UUID
    envelope_id: UUID | None
    sealed: bytes | None
    revision: int
    release: int
    day: date | None
    what: str


@dataclass(frozen=True)
class ReportGlance:
    """Where, which form, and the newest words, with who wrote them and when."""

    where: str = ""
    form: str = ""
    said: str = ""
    by: str = ""
    day: date | None = None


def glanced() -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Return the questions for `Glanced`: what is told in `reports`, and last written about `unread`."""
    told = Report.objects.filter(organisation_id=Given("organisation"), id=among("reports")).order_by()
    wrote = MailboxMessage.objects.filter(
        organisation_id=Given("organisation"),
        report_id=among("unread"),
        direction=MailboxMessage.Direction.IN,
    )
    last = wrote.order_by("report_id", "-number").distinct("report_id")
    return (
        told.values_list(
            F("id"), "id", "envelope_id", "content", "revision", newest_number(), "received", Value(TOLD)
        ),
        last.values_list(
            "report_id", "id", "report__envelope_id", "text", "revision", newest_number(), "day", Value(WROTE)
        ),
    )


def report_glances(rows: Iterable[Glanced], opened: dict[UUID, OpenEnvelope]) -> dict[UUID, ReportGlance]:
    """Return what rows say of each report: a message that nobody read goes before what was told."""
    found: dict[UUID, ReportGlance] = {}
    for row in sorted(rows, key=lambda each: each.what):
        envelope = opened.get(row.envelope_id) if row.envelope_id else None
        if envelope is None:
            continue
        if row.what == TOLD:
            found[row.subject] = _told(row, envelope)
        else:
            text = envelope.read_column(MailboxMessage, "text", row.sealed, pk=row.id, revision=row.revision)
            before = found.get(row.subject, ReportGlance())
            found[row.subject] = replace(before, said=quoted(text), by=_("Melder"), day=row.day)
    return found


def _told(row: Glanced, envelope: OpenEnvelope) -> ReportGlance:
    sealed = envelope.read_column(Report, "content", row.sealed, pk=row.id, revision=row.revision)
    content, pack = ReportContent.from_json(sealed), release(row.release).pack
    form, role = pack.forms.get(content.form), pack.roles.get(content.role)
    return ReportGlance(
        where=content.place,
        form=shown(form.label).lower() if form else "",
        said=quoted(content.saw),
        by=shown(role.label) if role else _("Melder"),
        day=row.day,
    )


def quoted(text: object) -> str:
    """Return the first sentence of what somebody wrote, or its first words."""
    words = " ".join(text.split()) if isinstance(text, str) else ""
    first = SENTENCE.match(words)
    return first[0] if first else shortened(words, LONGEST)


def shortened(words: str, longest: int) -> str:
    """Return the first words of what does not fit a row."""
    return words if len(words) <= longest else f"{words[: longest - 2].rsplit(' ', 1)[0]} …"
