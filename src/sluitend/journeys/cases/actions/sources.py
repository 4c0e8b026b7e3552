"""Enrichment: one question to one source, and the municipality's own earlier signals."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.reasons import check_reason, said_by
from sluitend.journeys.cases.actions.urgency import hear
from sluitend.journeys.cases.actions.working import on_case
from sluitend.journeys.cases.journey import CASE_ENRICH
from sluitend.journeys.cases.models import EarlierLink, LookUp, TimelineEvent, is_minor
from sluitend.journeys.cases.queries.earlier import Found, earlier_for_case
from sluitend.journeys.cases.queries.steps import source_name
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.guidance import Permission, Source, SourceQuestion
from sluitend.kernel.handbook.language import in_dutch, shown

OTHER_QUESTION = "andere_vraag"


def look_up(
    *,
    actor: Actor,
    code: str,
    source: str,
    question: str,
    need: str,
    result: str,
    question_text: str = "",
    need_text: str = "",
) -> UUID:
    """Record one question to one source, why it was needed, and whether it was a hit. Returns its id.

    Args:
        source: id of a source that may be used.
        question: id of a prepared question, or `andere_vraag` with `question_text`.
        need: id of a prepared reason, with `need_text` for "another reason".
        result: hit, no_hit or later.

    Raises:
        DomainError: the source may not be used, or something is missing.
    """
    with on_case(code, actor, CASE_ENRICH) as it:
        entry = it.row.pack.sources.get(source)
        if entry is None or entry.automatic:
            raise Absent
        if entry.allowed is Permission.NO:
            raise DomainError(
                shown(entry.reason_not) if entry.reason_not else _("Deze bron mag u niet gebruiken.")
            )
        asked = question_text.strip() if question == OTHER_QUESTION else _prepared(entry, question)
        if not asked:
            raise DomainError(_("Schrijf uw vraag aan de bron."), "question_text")
        why = check_reason(it.row.pack, "lookup_need", need, need_text, field="need")
        if result not in LookUp.Result.values:
            raise DomainError(_("Kies wat de bron antwoordde."), "result")
        it.purpose = f"{entry.id}.{result}"[:60]
        content = {"question": asked, "need": said_by(why, need_text)}
        row = it.write(LookUp(source=entry.id, result=result, need=why.id), content=content)
        with in_dutch():
            answered = f"{entry.label.nl}: {LookUp.Result(result).label.lower()}"
        it.event(TimelineEvent.What.LOOKED_UP, answered, asked)
    return row.id


def _prepared(source: Source, question: str) -> str:
    found: SourceQuestion | None = next((each for each in source.questions if each.id == question), None)
    if found is None:
        raise DomainError(_("Kies wat u wilt weten."), "question")
    return found.label.nl


def copy_from_hit(*, actor: Actor, code: str, look_up_id: UUID, text: str) -> None:
    """Keep, in one short line, what is taken over from a source. Possible only after a hit, and once."""
    with on_case(code, actor, CASE_ENRICH) as it:
        row = LookUp.objects.select_for_update().filter(case=it.row, pk=look_up_id).first()
        if row is None:
            raise Absent
        if row.result != LookUp.Result.HIT:
            raise DomainError(_("Zonder hit neemt u niets over."), "copied")
        if row.copied is not None:
            raise DomainError(
                _("Hier is al iets overgenomen. Stel een nieuwe vraag als u meer nodig hebt."), "copied"
            )
        if not text.strip():
            raise DomainError(_("Schrijf in één regel wat u overneemt."), "copied")
        it.envelope.seal(row, "copied", text.strip())
        row.save(update_fields=["copied"])
        with in_dutch():
            named = source_name(row.source, it.row.pack)
            told = _("Overgenomen uit %(source)s: %(text)s") % {"source": named, "text": text.strip()}
        it.event(TimelineEvent.What.LOOKED_UP, told)
        it.purpose = f"{row.source}.copied"[:60]


def link_earlier(*, actor: Actor, code: str, earlier_id: UUID) -> None:
    """Say that an earlier signal on the same identifier belongs with this case."""
    _judge(actor=actor, code=code, earlier_id=earlier_id, verdict=EarlierLink.Verdict.LINKED)


def dismiss_earlier(*, actor: Actor, code: str, earlier_id: UUID) -> None:
    """Say that an earlier signal on the same identifier does not belong with this case."""
    _judge(actor=actor, code=code, earlier_id=earlier_id, verdict=EarlierLink.Verdict.DISMISSED)


def _judge(*, actor: Actor, code: str, earlier_id: UUID, verdict: EarlierLink.Verdict) -> None:
    with on_case(code, actor, CASE_ENRICH, purpose=f"earlier.{verdict}") as it:
        # Only what was really found can be linked, so that a link says what it says.
        found = next((each for each in earlier_for_case(it.row, actor) if each.id == earlier_id), None)
        if found is None:
            raise Absent
        write_verdict(found, about_id=it.row.id, actor=actor, verdict=verdict)
        linked = verdict is EarlierLink.Verdict.LINKED
        if linked and (found.acute or is_minor(found.minor)):
            # What was acute and has ended tells of a child still, and of danger no more.
            acute = found.acute and not found.closed
            hear(it, because=Because.SIGNAL, acute=acute, minor=found.minor, told=found.code)
        it.event(TimelineEvent.What.LINKED if linked else TimelineEvent.What.DISMISSED, found.code)


def write_verdict(found: Found, *, about_id: UUID, actor: Actor, verdict: EarlierLink.Verdict) -> None:
    """Keep what was said about an earlier signal; the last word counts. Part of an action."""
    EarlierLink.objects.update_or_create(
        organisation_id=actor.own_organisation,
        about_id=about_id,
        earlier_id=found.id,
        defaults={
            "earlier_kind": found.kind,
            "earlier_code": found.code,
            "verdict": verdict,
            "at": timezone.now(),
            "by_id": actor.own_account,
        },
    )
