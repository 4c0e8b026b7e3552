"""A case begins: with a name, what is known of danger and of a child, and weighing as its first step."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.cases.actions.working import OnCase
from sluitend.journeys.cases.from_report import propose_names
from sluitend.journeys.cases.models import Case, TimelineEvent
from sluitend.journeys.cases.queries.glances import ROW
from sluitend.journeys.reports.journey import WEIGH
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.assigning import inherit
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import Permission
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code

CODE_TRIES = 20


@dataclass(frozen=True)
class Begun:
    """With what a case begins.

    Attributes:
        name: a neutral one; a proposal of the handbook when left out.
        row: what rows say of it, see `glancing`.
        report_id: from which it comes: who has that, has the case.
    """

    acute: bool
    minor: str
    forms: Sequence[str]
    name: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    report_id: UUID | None = None


@contextmanager
def begin(begun: Begun, actor: Actor, action: Permission, *, purpose: str) -> Iterator[OnCase]:
    """Make a case by the handbook of today. Within it gets what is known.

    Args:
        action, purpose: of its ledger line.
    """
    release = current_release()
    envelope = create_envelope(organisation_id=actor.own_organisation)
    case = Case(
        organisation_id=actor.own_organisation,
        envelope_id=envelope.id,
        code=_new_code(),
        owner_id=actor.own_account,
        release_number=release.number,
        opened=timezone.now(),
        acute=begun.acute,
        minor=begun.minor,
    )
    proposed = propose_names(release.pack, begun.report_id or case.id, count=1)[0]
    envelope.seal(case, "name", begun.name or proposed)
    envelope.seal(case, "facts", {"forms": list(begun.forms), ROW: dict(begun.row)})
    if begun.report_id:
        inherit(case.id, parent_id=begun.report_id, matter_id=case.id, actor=actor)
    it = OnCase(case, actor, action, purpose)
    it.envelope = envelope
    with doing(it):
        it.plan(WEIGH)
        it.insert()
        it.event(TimelineEvent.What.OPENED)
        yield it


def _new_code() -> str:
    """Return a code that this organisation does not use yet. It is random and tells no order."""
    for _try in range(CODE_TRIES):
        code = human_code("C")
        if not Case.objects.filter(code=code).exists():
            return code
    raise Conflict
