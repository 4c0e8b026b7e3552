"""Steps that ended without anybody: found as the ends of matters are.

Whoever only has SQL moves no date. They can end a step and write another beside it; of that the ledger has no
line.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from sluitend.kernel.followup.journey import GIVEN_ROLE, OFFICE
from sluitend.kernel.followup.models import Followed, NextStep
from sluitend.kernel.ledger.ends import AROUND, End, Named, ledger_kind, without_line
from sluitend.kernel.manifest import steps
from sluitend.kernel.sealing.comparing import Difference, Unlike
from sluitend.kernel.sealing.sealed_rows import options, sealed_kinds

OF_NO_MATTER = (GIVEN_ROLE, OFFICE)
OF_A_DAY = timedelta(days=1)
"""What the public answered has no clock."""


def steps_without_line() -> Iterator[Difference]:
    """Give every step that was done and of which no line says that somebody did something then.

    Runs as the owner of the tables, with all keys.
    """
    rows = NextStep.objects.filter(done__isnull=False).exclude(subject_kind__in=OF_NO_MATTER)
    rows = rows.exclude(what__in=[text for text, step in steps().items() if step.passes])
    whose = dict(rows.values_list("pk", "organisation_id"))
    for end in without_line(_ends(rows)):
        yield Difference(Unlike.NO_END, "followup_nextstep", end.row_id, whose[end.row_id])


def _ends(rows: QuerySet[NextStep]) -> Iterator[End]:
    parts = _parts()
    for step in rows.iterator():
        assert step.done is not None  # noqa: S101  (asked for)
        subjects = [(str(step.subject_kind), step.subject_id), *parts.get(step.subject_id, [])]
        # Who has no account does something there where the step was written.
        places = {step.organisation_id} if step.done_by else {step.organisation_id, step.writer_id}
        of = tuple(Named(place, *subject) for place in places for subject in subjects)
        yield End(step.pk, step.done, of, AROUND if step.done_by else OF_A_DAY)


def _parts() -> dict[UUID, list[tuple[str, UUID]]]:
    """Return of what is a part of a matter, such as a track, that matter: most lines name that one."""
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for kind in sealed_kinds():
        if kind.under and issubclass(kind.model, Followed):
            whole = ledger_kind(options(kind.model).get_field(kind.under).related_model)
            found |= {row: [(whole, of)] for row, of in kind.rows().values_list("pk", f"{kind.under}_id")}
    return found
