"""Measures of a case: who was given one, what carries it, what came of it, and what a person adds.

All of it is kept in the sealed plan of the case. A measure that somebody was given comes back on its day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import go_on, plan_in
from sluitend.journeys.cases.actions.planning import as_kept, called, note_became
from sluitend.journeys.cases.actions.postponing import check_due, check_next_look
from sluitend.journeys.cases.actions.reasons import check_reason, said_by, sentence_for
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import Case, TimelineEvent
from sluitend.journeys.cases.queries.casefile import subjects_of
from sluitend.journeys.cases.queries.evidence import Holding, holdings_of, is_thin, kind_of, pieces_of
from sluitend.journeys.cases.queries.kept import Given, Piece
from sluitend.journeys.cases.queries.kept_plan import DONE, GIVEN, REFUSED, Kept, decided, kept_plan
from sluitend.journeys.cases.queries.measures import left_of, receivers_of
from sluitend.journeys.cases.queries.offering import offers_of
from sluitend.journeys.cases.queries.plan_facts import known_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Planned

ADD_REASONS, NONE_REASONS = "measure_add", "measures_none"
"""The reasons for which somebody adds a measure, and for which nothing was tried."""


@dataclass(frozen=True)
class NewPiece:
    """What somebody says of a piece of evidence: where it is, which one, and why it may be used.

    Args:
        source: the key of what the case holds, or the id of a kind of evidence that is described in words.
        words: which report or document, where it is not chosen from the case.
        ground: id of a ground of that kind; empty while it may not be used, or nobody knows.
    """

    source: str = ""
    words: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Ended:
    """What somebody says at the end about what was tried.

    Args:
        helped: ids of measures, or `NOTHING`.
        reason, sentence: why nothing was tried.
    """

    helped: tuple[str, ...] = ()
    reason: str = ""
    sentence: str = ""


NOT_SAID = Ended()
NOTHING = "nothing"


def keep_evidence(
    *, actor: Actor, code: str, action: str, pieces: Mapping[int, NewPiece], revision: int | None = None
) -> None:
    """Keep what carries a measure, piece by piece. What is left empty is missing still.

    Args:
        pieces: by their number, as the handbook names them.

    Raises:
        Absent: the case has no such measure.
        DomainError: that is not in the case, or may not be used on that ground.
        Conflict: somebody else changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="evidence") as it:
        kept = kept_plan(it.row, it.envelope)
        planned = plan_in(it, kept).by_id.get(action)
        if planned is None or not planned.action.evidence:
            raise Absent
        holdings = {each.key: each for each in holdings_of(it.row, it.envelope, actor)}
        given = _given(kept, planned)
        for number, text in enumerate(planned.action.evidence):
            if number in pieces:
                before = given["evidence"].get(text.nl)
                given["evidence"][text.nl] = _piece(number, pieces[number], before, holdings, it.row.pack)
        kept["given"][action] = given
        it.seal("plan", kept)
        found = pieces_of(planned.action, given, it.row.pack, list(holdings.values()))
        carried = sum(each.carries for each in found if each.named)
        with in_dutch():
            told = _("Bewijs: %(n)d van %(all)d mag in een besluit.") % {
                "n": carried,
                "all": len(planned.action.evidence),
            }
            it.event(TimelineEvent.What.PLAN, planned.action.says.nl.rstrip("."), told)


def _piece(
    number: int, new: NewPiece, before: Piece | None, holdings: Mapping[str, Holding], pack: Pack
) -> Piece:
    if not new.source:
        return {"source": "", "words": "", "on": "", "ground": ""}
    kind, held = pack.evidence_kinds.get(kind_of(new.source)), holdings.get(new.source)
    stays = before is not None and before["source"] == new.source
    if kind is None or (":" in new.source and held is None and not stays):
        raise DomainError(_("Kies iets dat in deze casus staat."), f"source_{number}")
    words = held.words if held else before["words"] if before and ":" in new.source else new.words.strip()
    if not words:
        raise DomainError(_("Schrijf welk stuk het is, en van welke dag."), f"words_{number}")
    ground_kind, _dot, ground = new.ground.partition(".")
    if new.ground and (ground_kind != kind.id or kind.ground(ground) is None):
        wrong = _("Deze grond past niet bij deze bron. Kies er een die erbij hoort.")
        raise DomainError(wrong, f"ground_{number}")
    day = held.day.isoformat() if held and held.day else before["on"] if before and stays else ""
    return {"source": new.source, "words": words, "on": day, "ground": ground}


def give(
    *,
    actor: Actor,
    code: str,
    action: str,
    to: str,
    until: date,
    contact: str = "",
    question: str = "",
    revision: int | None = None,
) -> None:
    """Give a measure to a department or body; on its day it comes back by itself.

    Args:
        to: a department or a body, as `receivers_of` names them.
        until: the day on which it comes back.
        contact: who there, where that is known.
        question: what is asked of them.

    Raises:
        Absent: it is not in the plan.
        DomainError: something must come first, nobody was chosen, or the day cannot be.
        Conflict: somebody decided about it already, or changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose=GIVEN) as it:
        kept = kept_plan(it.row, it.envelope)
        planned = _measure(it, kept, action)
        became = decided(kept, action)
        if became and became["state"] != GIVEN:
            raise Conflict
        if planned.locks:
            raise DomainError(planned.locks[0].text.nl)
        if it.row.state not in (Case.State.ROUTING, Case.State.RUNNING):
            raise DomainError(_("Weeg de casus eerst."))
        receiver = dict(receivers_of(it.row.pack)).get(to)
        if receiver is None:
            raise DomainError(_("Kies aan wie u dit geeft."), "to")
        check_next_look(it.row, end_of(check_due(until, "until")), "until")
        given: Given = {
            **_given(kept, planned),
            "to": to,
            "to_words": receiver.nl,
            "contact": contact.strip(),
            "question": question.strip(),
            "until": until.isoformat(),
            "at": timezone.now().isoformat(),
            "by": str(actor.own_account),
            "result": "",
            "on": "",
        }
        kept["given"][action] = given
        holdings = holdings_of(it.row, it.envelope, actor)
        thin = is_thin(pieces_of(planned.action, given, it.row.pack, holdings))
        with in_dutch():
            day = date_format(until, "l j F Y")
            told = _("Aan %(who)s, terug op %(day)s") % {"who": receiver.nl, "day": day}
            missing = _("Het bewijs is nog niet rond") if thin else None
        note_became(
            it, kept, action, as_kept(it, GIVEN, until=until.isoformat()), told, *filter(None, [missing])
        )


def note_result(
    *, actor: Actor, code: str, action: str, result: str, on: date, revision: int | None = None
) -> None:
    """Note what came of a measure, also of one that left the plan or the handbook meanwhile.

    Args:
        result: id of a result of the handbook.
        on: the day of it.

    Raises:
        Absent: nobody has this measure.
        DomainError: that is no result, or the day is still to come.
        Conflict: somebody else changed the case, or noted it.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="result") as it:
        kept = kept_plan(it.row, it.envelope)
        given = kept["given"].get(action)
        if given is None or not given["to"]:
            raise Absent
        if given["result"]:
            raise Conflict
        chosen = it.row.pack.measure_results.get(result)
        if chosen is None:
            raise DomainError(_("Kies wat ervan kwam."), "result")
        if on > timezone.localdate():
            raise DomainError(_("Kies vandaag of een eerdere dag."), "on")
        kept["given"][action] = {**given, "result": chosen.id, "on": on.isoformat()}
        state = DONE if chosen.counts else REFUSED
        with in_dutch():
            day = date_format(on, "j F Y")
        note_became(
            it, kept, action, as_kept(it, state, sentence=chosen.label.nl), f"{chosen.label.nl}, {day}"
        )


def add_measure(
    *, actor: Actor, code: str, action: str, reason: str, sentence: str = "", revision: int | None = None
) -> None:
    """Add a measure of the handbook that no rule asks for, and say why.

    Raises:
        DomainError: it cannot be added here, or the reason is missing.
        Conflict: somebody else changed the case.
    """
    with on_case(code, actor, CASE_PLAN, revision=revision, purpose="add") as it:
        kept, pack = kept_plan(it.row, it.envelope), it.row.pack
        known = known_of(it.row, it.envelope, subjects_of(it.row, it.envelope))
        if action not in offers_of(known, plan_in(it, kept)).ids:
            raise DomainError(_("Kies een actie die hier kan."), "action")
        why = check_reason(pack, ADD_REASONS, reason, sentence)
        kept["added"][action] = {
            "at": timezone.now().isoformat(),
            "by": str(actor.own_account),
            "reason": why.id,
            "sentence": sentence_for(why, sentence) or "",
        }
        it.seal("plan", kept)
        go_on(it, kept)
        with in_dutch():
            told = _("Zelf toegevoegd: %(says)s") % {"says": pack.plan_actions[action].says.nl.rstrip(".")}
            it.event(TimelineEvent.What.PLAN, told, said_by(why, sentence))


def note_tried(it: OnCase, ended: Ended) -> str | None:
    """Keep what helped, or why nothing was tried, of a case that is closed. Returns it in words.

    Raises:
        DomainError: it is asked here, and nobody said it.
    """
    left = left_of(it.row, it.envelope)
    if not left.asks:
        return None
    says, chosen = {each.id: each.says for each in left.tried}, ended.helped
    kept = kept_plan(it.row, it.envelope)
    if not says:
        why = check_reason(it.row.pack, NONE_REASONS, ended.reason, ended.sentence, field="none")
        sentence = sentence_for(why, ended.sentence) or ""
        kept["tried"] = {"helped": [], "reason": why.id, "sentence": sentence}
        it.seal("plan", kept)
        return said_by(why, ended.sentence)
    if not chosen or set(chosen) - {*says, NOTHING} or (NOTHING in chosen and len(chosen) > 1):
        raise DomainError(_("Kies wat hielp, of dat nog niets hielp."), "helped")
    helped = [each for each in says if each in chosen]
    kept["tried"] = {"helped": helped, "reason": "", "sentence": ""}
    it.seal("plan", kept)
    with in_dutch():
        words = [called(it, kept, each).rstrip(".") for each in helped]
        return _("Hielp: %(what)s") % {"what": "; ".join(words)} if words else _("Niets hielp nog")


def _measure(it: OnCase, kept: Kept, action: str) -> Planned:
    planned = plan_in(it, kept).by_id.get(action)
    if planned is None or not planned.action.is_given:
        raise Absent
    return planned


def _given(kept: Kept, planned: Planned) -> Given:
    """Return what is kept of a measure, or the beginning of it."""
    empty: Given = {
        "says": planned.action.says.nl,
        "to": "",
        "to_words": "",
        "contact": "",
        "question": "",
        "until": "",
        "at": "",
        "by": "",
        "evidence": {},
        "result": "",
        "on": "",
    }
    found = kept["given"].get(planned.id, empty)
    return {**found, "evidence": dict(found["evidence"])}
