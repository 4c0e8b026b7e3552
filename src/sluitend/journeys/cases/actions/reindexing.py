"""Index the subjects of cases anew, when an organisation gets a new key of search."""

from uuid import UUID

from sluitend.journeys.cases.actions.notes import write_tokens
from sluitend.journeys.cases.drafts import subject_tokens
from sluitend.journeys.cases.models import Case, Subject, SubjectToken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Refused
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.sealing.errors import SealBroken

BATCH = 100
PURPOSE = "case.index"


def reindex_cases(actor: Actor, *, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Give the subjects of a batch of cases the tokens of the present key, in the present transaction.

    Args:
        actor: the system, acting for one organisation. Running it twice changes nothing.
        after: the last case of the batch before.

    Returns:
        The last case of this batch, None when that was the end, and how many subjects had other tokens.
    """
    if actor.kind != "system":
        raise Refused
    found = Case.objects.filter(organisation_id=actor.own_organisation)
    if after:
        found = found.filter(pk__gt=after)
    cases = {case.id: case for case in found.select_for_update(of=("self",)).order_by("pk")[:BATCH]}
    envelopes = open_envelopes([case.envelope_id for case in cases.values()], actor=actor, purpose=PURPOSE)
    present: dict[UUID, set[tuple[str, UUID]]] = {}
    for token in SubjectToken.objects.filter(case_id__in=cases):
        present.setdefault(token.subject_id, set()).add((token.kind, token.token))
    changed = 0
    for subject in Subject.objects.filter(case_id__in=cases):
        case = cases[subject.case_id]
        if case.envelope_id not in envelopes:
            continue
        try:
            content = envelopes[case.envelope_id].read(subject, "content")
        except SealBroken:  # its page says so; the others are indexed all the same
            continue
        pairs = [(kind, value) for kind, value in content.get("identifiers", ())]
        wanted = subject_tokens(case.organisation_id, pairs)
        if set(wanted) != present.get(subject.id, set()):
            SubjectToken.objects.filter(subject=subject).delete()
            write_tokens(case, subject.id, wanted)
            changed += 1
    return (next(reversed(cases)) if cases else None), changed
