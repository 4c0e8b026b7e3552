"""Five questions a year to who asked for help: asked by the region, answered once, told when it is over."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.assurance import jobs
from sluitend.journeys.assurance.asked import BY, KIND, UNSAID
from sluitend.journeys.assurance.crossing import told_kinds
from sluitend.journeys.assurance.journey import ASK_ASKERS
from sluitend.journeys.assurance.models import Assured, QuestionRound
from sluitend.journeys.assurance.queries import open_round
from sluitend.kernel.access.acting import Actor, intake_role
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release, release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.sealing.receipts import parse_receipt
from sluitend.kernel.small_cells import protect

OPEN, REMINDED_AFTER = timedelta(days=30), timedelta(days=14)


def begin_round(*, actor: Actor) -> None:
    """Ask the questions of the handbook this year.

    Raises:
        DomainError: they were asked this year already, or the handbook has none.
    """
    require_role(actor, ASK_ASKERS)
    today, found = timezone.localdate(), current_release()
    if not found.pack.care_questions:
        raise DomainError(_("In het handboek staan geen vragen."))
    running = QuestionRound.objects.filter(organisation_id=actor.own_organisation, closes__gte=today)
    if running.exclude(year=today.year).exists():
        # Who answered that one could answer again, and who did not yet would find other questions.
        raise DomainError(_("De vragen van vorig jaar zijn nog open. Vraag het daarna."))
    row = QuestionRound(
        organisation_id=actor.own_organisation,
        year=today.year,
        release_number=found.number,
        opened=today,
        closes=today + OPEN,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise DomainError(_("Dit jaar is het al gevraagd.")) from None
    record(actor=actor, action=ASK_ASKERS, activity=Assured.ACTIVITY)
    after_commit(jobs.mail_askers, row.id)


def answer_round(*, receipt: str, given: Mapping[str, str]) -> None:
    """Count the answers of who has a receipt, once. Nothing keeps which ones were theirs.

    Raises:
        DomainError: nothing is asked now, an answer is missing, or this receipt was used.
    """
    code = parse_receipt(receipt)
    with intake_role():
        asked = open_round()
    if asked is None or code is None:
        raise DomainError(_("Deze vragen zijn nu niet open."))
    pack = release(asked.release_number).pack
    questions = pack.care_questions
    kind = given.get(KIND, "")
    if pack.role_groups and kind != UNSAID and kind not in pack.role_groups:
        raise DomainError(_("Kies een antwoord."), KIND)
    for each in questions:
        if given.get(each.id) not in {answer.id for answer in each.answers}:
            raise DomainError(_("Kies een antwoord."), each.id)
    # Whoever has only the database knows no receipt, so not even that its owner answered.
    mark = hashlib.sha256(f"{asked.id} {code}".encode()).digest()
    answers = {each.id: given[each.id] for each in questions}
    if pack.role_groups:
        answers |= {f"{each.id}{BY}{kind}": given[each.id] for each in questions} | {BY: kind}
    chosen = json.dumps(answers)
    with intake_role(), connection.cursor() as cursor:
        cursor.execute("SELECT assurance_answer(%s, %s, %s)", [asked.id, mark, chosen])
        if not cursor.fetchone()[0]:
            raise DomainError(_("Met deze code is al geantwoord. Dank u wel."))


def settle_rounds(actor: Actor, today: date | None = None) -> int:
    """Keep of each round that is over what may be told, and forget the counts and who answered.

    Returns:
        Of how many.
    """
    day = today or timezone.localdate()
    rows = QuestionRound.objects.filter(
        organisation_id=actor.own_organisation, told__isnull=True, closes__lt=day
    )
    settled = 0
    for row in rows.order_by("year"):
        with fenced():
            _settle(row)
            settled += 1
    return settled


def remind_askers(actor: Actor, today: date | None = None) -> int:
    """Let care mail once more, halfway, that a message waits. Nobody knows who answered, so all hear it.

    Returns:
        For how many rounds.
    """
    day = today or timezone.localdate()
    rows = QuestionRound.objects.filter(
        organisation_id=actor.own_organisation,
        told__isnull=True,
        reminded__isnull=True,
        opened__lte=day - REMINDED_AFTER,
        closes__gte=day,
    )
    reminded = 0
    for row in rows:
        with fenced():
            QuestionRound.objects.filter(pk=row.pk).update(reminded=day)
            after_commit(jobs.mail_askers, row.id)
            reminded += 1
    return reminded


def _settle(row: QuestionRound) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT question, answer, number FROM assurance_answers(%s)", [row.id])
        counts = {(question, answer): number for question, answer, number in cursor.fetchall()}
        told = _told(release(row.release_number).pack, counts)
        QuestionRound.objects.filter(pk=row.pk).update(told=told)
        cursor.execute("SELECT assurance_forget(%s)", [row.id])


def _told(pack: Pack, counts: Mapping[tuple[str, str | None], int | None]) -> dict[str, Any]:
    """Return what may be told of each question, and of each kind of organisation that answered."""
    kinds = [*pack.role_groups.ids, UNSAID] if pack.role_groups else []
    whole = counts.get((BY, None))
    by = protect({each: counts.get((BY, each)) for each in kinds}, whole)
    told: dict[str, Any] = {BY: {"cells": dict(by.cells), "total": by.total}} if kinds else {}
    for each in pack.care_questions:
        answers = [answer.id for answer in each.answers]
        shown = protect(
            {answer: counts.get((each.id, answer)) for answer in answers}, counts.get((each.id, None))
        )
        rows = {
            kind: {answer: counts.get((f"{each.id}{BY}{kind}", answer)) for answer in answers}
            for kind in kinds
        }
        told[each.id] = {
            "cells": dict(shown.cells),
            "total": shown.total,
            # Who answered before it was asked where they work is of no kind: then nothing is told of any.
            "kinds": told_kinds(rows, by.cells, shown.cells, whole)
            if counts.get((each.id, None)) == whole
            else {},
        }
    return told
