"""What was asked about people: what happens to the residents, and what a possible victim wants."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.going_on import replan
from sluitend.journeys.cases.actions.reasons import check_reason, told_by
from sluitend.journeys.cases.actions.urgency import hear
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.journey import CASE_AGAINST_WISH, CASE_RESIDENTS, CASE_WORK
from sluitend.journeys.cases.models import AgainstWish, ResidentsQuestion, TimelineEvent, TrackKind
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.guidance import Wish


def answer_residents_question(*, actor: Actor, code: str, answer: str, first_step: str = "") -> None:
    """Record that it was asked what happens to the residents, and what was done first.

    Never asked for and never kept: whether people without papers are there.

    Args:
        answer: id of a prepared answer; it says whether the place track may go.
        first_step: id of what is done before anything about the place is sent; needed where it may go, for
            that is how the question about papers was asked.

    Raises:
        DomainError: an answer is missing, with its field.
    """
    with on_case(code, actor, CASE_RESIDENTS) as it:
        residents = it.row.pack.residents
        chosen = next((each for each in residents.answers if each.id == answer), None)
        if chosen is None:
            raise DomainError(_("Kies een antwoord. “Nog niet bekend” kan ook."), "residents")
        step = next((each for each in residents.first_steps if each.id == first_step), None)
        if step is None and (first_step or chosen.lets_place_go):
            raise DomainError(_("Kies wat u eerst deed. Dat er niets nodig was, kan ook."), "first_step")
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
            **wished(it, wish),
            "wants": wants.strip(),
            "wants_not": wants_not.strip(),
            "asked_by": asked_by.strip(),
            "asked_on": asked_on.isoformat() if asked_on else "",
        }
        it.seal("wish", content)
        it.event(TimelineEvent.What.WISH, wants.strip(), track=TrackKind.PERSON)
        replan(it)


def wished(it: OnCase, wish: str) -> dict[str, str]:
    """Return what a person wants now, and since when: who decided against another wish did not against it."""
    before = it.unsealed("wish") or {}
    same = before.get("wish") == wish
    return {"wish": wish, "since": before.get("since", "") if same else timezone.now().isoformat()}


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
