"""The plan of a case as its page shows it: the facts, the lines with their actions, what was decided."""

from collections.abc import Sequence
from dataclasses import replace

from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries import reading
from sluitend.journeys.cases.queries.ask_first import ask_first
from sluitend.journeys.cases.queries.casefile import log_read, subjects_of
from sluitend.journeys.cases.queries.evidence import pieces_of
from sluitend.journeys.cases.queries.kept import measure_key
from sluitend.journeys.cases.queries.kept_plan import DATED, Became, decided
from sluitend.journeys.cases.queries.of_today import OfToday, of_today
from sluitend.journeys.cases.queries.origins import with_origins
from sluitend.journeys.cases.queries.plan_facts import (
    Known,
    KnownFact,
    facts_of,
    known_of,
    values_of,
)
from sluitend.journeys.cases.queries.plan_views import (
    ActionView,
    Also,
    LineView,
    PastAction,
    PlanPage,
    is_sent,
)
from sluitend.journeys.cases.queries.plans import newer_for, plan_of
from sluitend.journeys.cases.queries.rows import acts_against, find_case, open_case
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import Track, Wish
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Near, Plan, Planned, near
from sluitend.kernel.handbook.plans import Line, Shown
from sluitend.kernel.handbook.resting import rests_on

REFUSALS, LATER = "plan_refuse", "route_later"
"""The reasons for which an action is not done, or not yet."""


def plan_page(code: str, actor: Actor) -> PlanPage:
    """Return the plan of a case; opened and logged, with every person in it.

    Where the handbook of the case has no rules for a plan it is empty, and says what a newer one would give.

    Raises:
        Absent: there is no such case here.
    """
    case = find_case(code, actor, CASE_PLAN)
    envelope = open_case(case, actor, CASE_PLAN)
    subjects = subjects_of(case, envelope)
    log_read(case, actor, subjects)
    known = known_of(case, envelope, subjects)
    facts = facts_of(known)
    made = plan_of(known, facts)
    today = of_today()
    views = [_view(each, place, known, today) for place, each in enumerate(made.actions, start=1)]
    names = reading.names_of([each.said_by for each in facts])
    named = (replace(each, said_name=names.get(each.said_by, "")) if each.said_by else each for each in facts)
    facts = with_origins(named, known)
    views = _with_what_was_read(views, facts)
    return PlanPage(
        head=reading.head_of(case, envelope, known.pack, ""),
        pack=known.pack,
        facts=[each for each in facts if each.shown],
        more=[each for each in facts if not each.shown and each.fact.show is Shown.MORE],
        plan=made,
        lines=[_line(line, views, made) for line in known.pack.plan_lines],
        next=next((each for each in views if each.open and not each.waits), None),
        also=[_also(each, facts) for each in near(values_of(facts), known.pack)],
        past=[
            PastAction(name, says, became["state"], became["code"], _why_not(became, known.pack))
            for name, became in known.kept["actions"].items()
            if name not in made.by_id and (says := _says_of_past(name, known))
        ],
        newer=newer_for(known) if case.state != Case.State.CLOSED else None,
        ask_first=ask_first(known, facts) if case.state != Case.State.CLOSED else (),
        wish_stands_in_way=known.wish == Wish.NO and not acts_against(case, envelope.read(case, "wish")),
    )


def _with_what_was_read(views: Sequence[ActionView], facts: Sequence[KnownFact]) -> list[ActionView]:
    read, values = {each.id: each for each in facts if each.only_read and each.shown}, values_of(facts)
    return [
        replace(each, read_from=[read[name] for name in rests_on(each.planned, values, read)])
        for each in views
    ]


def _says_of_past(action: str, known: Known) -> Text | None:
    """Return how an action was called; of one that the handbook has no more, where somebody was given it."""
    found, given = known.pack.plan_actions.get(action), known.kept["given"].get(action)
    return found.says if found else Text({"nl": given["says"]}) if given else None


def _also(near: Near, facts: Sequence[KnownFact]) -> Also:
    fact = next(each for each in facts if each.id == near.missed.fact)
    words = [shown(each.label) for each in fact.choices if each.id in near.missed.values]
    return Also(near.rule.because, f"{shown(fact.fact.label)}: {', '.join(words)}")


def _view(planned: Planned, place: int, known: Known, today: OfToday) -> ActionView:
    became = decided(known.kept, planned.id)
    track = known.pack.plan_lines[planned.action.lines[0]].track
    may_go = known.residents is not None and known.residents.lets_place_go
    return ActionView(
        planned,
        place,
        became,
        _why_not(became, known.pack),
        asks_residents=is_sent(planned) and track is Track.PLACE and not may_go,
        measure=measure_key(known.case.id, planned.id) if planned.action.is_followed else "",
        added=_why_added(planned.id, known),
        given=(given := known.kept["given"].get(planned.id)),
        carried=sum(each.carries for each in pieces_of(planned.action, given, known.pack) if each.named),
        reached=today.reached(planned),
    )


def _why_not(became: Became | None, pack: Pack) -> str:
    if became is None:
        return ""
    listed = pack.reasons.get(LATER if became["state"] == DATED else REFUSALS)
    reason = listed.reason(became["reason"]) if listed else None
    return shown(reason.label) if reason and not reason.asks_sentence else became["sentence"]


def _why_added(action: str, known: Known) -> str:
    added, listed = known.kept["added"].get(action), known.pack.reasons.get("measure_add")
    if added is None:
        return ""
    reason = listed.reason(added["reason"]) if listed else None
    return added["sentence"] or (shown(reason.label) if reason else "")


def _line(line: Line, views: Sequence[ActionView], made: Plan) -> LineView:
    mine = [each for each in views if each.planned.action.lines[0] == line.id]
    return LineView(
        line=line,
        decided=[each for each in mine if not each.open],
        ready=[each for each in mine if each.open and not each.waits],
        waiting=[each for each in mine if each.waits],
        lifted=[
            (shown(each.action.says), shown(each.by.because))
            for each in made.lifted
            if each.action.lines[0] == line.id
        ],
    )
