"""Choosing a route per track: the facts, the question about the residents, the wish, the choice."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.actions.going_on import replan
from sluitend.journeys.cases.actions.postponing import check_due, check_next_look, hurries, tell_colleague
from sluitend.journeys.cases.actions.reasons import check_reason, said_by, sentence_for, told_by
from sluitend.journeys.cases.actions.tracks import ensure_track, require_place_may_go
from sluitend.journeys.cases.actions.urgency import correct, hear
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import (
    CASE_AGAINST_WISH,
    CASE_ROUTE,
    CASE_WORK,
    CHOOSE_ROUTE,
    FOLLOW_CASE,
    HAND_OVER,
    REFER,
    WORK_TRACK,
)
from sluitend.journeys.cases.models import (
    AgainstWish,
    Case,
    Minor,
    ResidentsQuestion,
    RouteChoice,
    TimelineEvent,
    TrackKind,
    graver,
    is_minor,
)
from sluitend.journeys.cases.queries.facts import CHOICES, FLAGS, advice_for, sends, serves
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.assigning import work_days_of
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.guidance import Route, Verb, Wish
from sluitend.kernel.handbook.handling import Reason
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.manifest import StepKind


def set_facts(*, actor: Actor, code: str, facts: Mapping[str, object], revision: int | None = None) -> None:
    """Record what the advice looks at and no other row tells: flags, choices, forms, minor and acute.

    Without forms among the facts, those that intake took from the report stay.
    """
    with on_case(code, actor, CASE_ROUTE, revision=revision, purpose="set_facts") as it:
        case = it.row
        kept = _facts(facts)
        before = it.unsealed("facts") or {}
        forms = facts["forms"] if "forms" in facts else before.get("forms")
        minor = str(facts.get("minor") or case.minor)
        if minor not in Minor.values:
            raise DomainError(_("Kies een antwoord."), "minor")
        if is_minor(str(kept["non_eu_minor"])):
            # A child from elsewhere is a child.
            minor = graver(minor, str(kept["non_eu_minor"]))
        known = forms if isinstance(forms, list | tuple) else ()
        kept["forms"] = [form for form in known if form in case.pack.forms]
        correct(it, because=Because.FACTS, acute=bool(facts.get("acute", case.acute)), minor=minor)
        it.seal("facts", {**before, **kept})
        it.event(TimelineEvent.What.FACTS)
        replan(it)


def _facts(facts: Mapping[str, object]) -> dict[str, object]:
    kept: dict[str, object] = {name: bool(facts.get(name)) for name in FLAGS}
    for name, allowed in CHOICES.items():
        kept[name] = str(facts.get(name) or "unknown")
        if kept[name] not in allowed:
            raise DomainError(_("Kies een antwoord."), name)
    return kept


def answer_residents_question(*, actor: Actor, code: str, answer: str, first_step: str = "") -> None:
    """Record that it was asked what happens to the residents, and what was done first.

    Never asked for and never kept: whether people without papers are there.

    Args:
        answer: id of a prepared answer; it says whether the place track may go.
        first_step: id of what is done before anything about the place is sent, where that was chosen.
    """
    with on_case(code, actor, CASE_ROUTE, purpose="residents_question") as it:
        residents = it.row.pack.residents
        chosen = next((each for each in residents.answers if each.id == answer), None)
        if chosen is None:
            raise DomainError(_("Kies een antwoord. “Nog niet bekend” kan ook."), "residents")
        step = next((each for each in residents.first_steps if each.id == first_step), None)
        if first_step and step is None:
            raise DomainError(_("Kies wat er eerst is gedaan."), "first_step")
        it.write(
            ResidentsQuestion(answer=chosen.id, lets_place_go=chosen.lets_place_go, first_step=first_step)
        )
        done = step.label.nl if step else ""
        it.event(TimelineEvent.What.RESIDENTS, chosen.label.nl, done, track=TrackKind.PLACE)
        replan(it)


def record_wish(
    *,
    actor: Actor,
    code: str,
    wish: str,
    wants: str = "",
    wants_not: str = "",
    asked_by: str = "",
    asked_on: date | None = None,
    revision: int | None = None,
) -> None:
    """Record what a possible victim wants and does not want. A wish, never consent.

    Args:
        wish: whether the person wants help: yes, no, unclear or unknown.
        wants, wants_not: in words, where they are known.
        asked_by, asked_on: who asked and when.
    """
    with on_case(code, actor, CASE_WORK, revision=revision, purpose="record_wish") as it:
        if wish not in {each.value for each in Wish}:
            raise DomainError(_("Kies wat de persoon wil. “Weet niet” kan ook."), "wish")
        if asked_on and asked_on > timezone.localdate():
            raise DomainError(_("Kies een dag die al is geweest."), "asked_on")
        content = {
            "wish": wish,
            "wants": wants.strip(),
            "wants_not": wants_not.strip(),
            "asked_by": asked_by.strip(),
            "asked_on": asked_on.isoformat() if asked_on else "",
        }
        it.seal("wish", content)
        it.event(TimelineEvent.What.WISH, wants.strip(), track=TrackKind.PERSON)
        replan(it)


def choose_route(
    *,
    actor: Actor,
    code: str,
    track: str,
    choice: str,
    route: str = "",
    reason: str = "",
    sentence: str = "",
    until: date | None = None,
    revision: int | None = None,
) -> None:
    """Record what a person chose for one track: the advice, another route, or not yet.

    Args:
        track: person or place.
        choice: follow, other or later.
        route: the route that was advised or chosen instead; empty for "not yet".
        reason: id of a prepared reason, asked where the choice differs from the advice.
        sentence: for "another reason" only.
        until: for "not yet", when somebody looks again: until then it hurries nobody. The next office day, or
            the usual term, when left out.
        revision: of the case as the person saw it.

    Raises:
        DomainError: the gate before the place track, an unknown route, or a reason that is missing.
        Conflict: the case is not at this point, or somebody else changed it.
    """
    with on_case(code, actor, CASE_ROUTE, revision=revision, purpose=f"{track}.{choice}") as it:
        case, pack = it.row, it.row.pack
        if case.state not in (Case.State.ROUTING, Case.State.RUNNING):
            raise DomainError(_("Weeg de casus eerst. Daarna kiest u een route."))
        if track not in TrackKind.values or choice not in RouteChoice.Choice.values:
            raise DomainError(_("Kies wat u met dit spoor doet."), track)
        if choice != RouteChoice.Choice.LATER and track == TrackKind.PLACE:
            require_place_may_go(case.id, track)
        advised = [each.route.id for each in advice_for(case, it.envelope, pack, track)]
        chosen = _route(pack, track, choice, route, advised)
        if chosen is not None and chosen.asks_residents_question:
            # A route that serves both tracks reaches the place too, whichever track it is chosen on.
            require_place_may_go(case.id, track)
        why = _why(pack, track, choice, reason, sentence)
        again = _look_again(case, until, f"{track}_until", actor) if chosen is None else None
        row = RouteChoice(
            track=track,
            choice=choice,
            route=chosen.id if chosen else "",
            advised=advised[0] if advised else "",
            reason=why.id if why else "",
        )
        it.write(row, sentence=sentence_for(why, sentence) if why else None)
        ensure_track(it, track, _next_step(chosen), due=again)
        if again is not None and hurries(case):
            tell_colleague(case, actor)
        _move_case(it, chosen, again)
        with in_dutch():
            label = chosen.label.nl if chosen else str(RouteChoice.Choice.LATER.label)
        told = said_by(why, sentence) if why else sentence.strip()
        it.event(TimelineEvent.What.ROUTE, label, told, track=track)


def _route(pack: Pack, track: str, choice: str, route_id: str, advised: list[str]) -> Route | None:
    if choice == RouteChoice.Choice.LATER:
        return None
    route = pack.routes.get(route_id)
    if route is None or not serves(route, track):
        raise DomainError(_("Kies een route voor dit spoor."), f"{track}_route")
    if choice == RouteChoice.Choice.FOLLOW and route_id not in advised:
        # The facts changed since the page was shown, so this is no longer the advice.
        raise Conflict
    return route


def _why(pack: Pack, track: str, choice: str, reason: str, sentence: str) -> Reason | None:
    if choice == RouteChoice.Choice.OTHER:
        return check_reason(pack, "route_differs", reason, sentence, field=f"{track}_reason")
    if choice == RouteChoice.Choice.LATER and reason:
        return check_reason(pack, "route_later", reason, sentence, field=f"{track}_later")
    return None


def _next_step(route: Route | None) -> StepKind:
    if route is None:
        return CHOOSE_ROUTE
    if route.verb is Verb.TRANSFER:
        return HAND_OVER
    return REFER if sends(route) else WORK_TRACK


def _look_again(case: Case, until: date | None, field: str, actor: Actor) -> datetime:
    """Return when somebody looks again at what is not safe, or not known well enough, to be chosen now."""
    if until is not None:
        moment = end_of(check_due(until, field))
        check_next_look(case, moment, field)
        return moment
    return terms.safe_until(case.pack, work_days_of(actor), hurry=hurries(case))


def _move_case(it: OnCase, route: Route | None, again: datetime | None) -> None:
    it.revises = True  # who has the page open chooses by an advice of before
    if it.row.state == Case.State.RUNNING:
        return
    if route is None:
        it.plan(CHOOSE_ROUTE, due=again)
    else:
        it.to(Case.State.RUNNING)
        it.plan(FOLLOW_CASE)
        replan(it)


def act_against_wish(*, actor: Actor, code: str, ground: str, text: str, revision: int | None = None) -> None:
    """Record the decision to act against the wish of a possible victim.

    It takes three things: the right in the role, a ground from the list (danger, minor, others at risk,
    incapacity) and a text.

    Raises:
        Refused: this role has not got the right.
        DomainError: ground or text is missing, or no wish stands in the way.
    """
    with on_case(code, actor, CASE_AGAINST_WISH, revision=revision) as it:
        wish = it.envelope.read(it.row, "wish") or {}
        if wish.get("wish") not in (Wish.NO, Wish.UNCLEAR):
            raise DomainError(_("Leg eerst vast wat de persoon wil."), "ground")
        why = check_reason(it.row.pack, "against_wish", ground, text, field="ground")
        if not text.strip():
            raise DomainError(_("Schrijf waarom u tegen de wens ingaat."), "text")
        it.purpose = why.id
        it.write(AgainstWish(ground=why.id), text=text.strip())
        hear(it, because=Because.WEIGHED, **told_by(why))
        said = (why.label.nl, text.strip())
        it.event(TimelineEvent.What.AGAINST_WISH, *said, track=TrackKind.PERSON)
