"""What is different between two plans: by a corrected fact, a newer release, a rule that somebody tries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .guidance import Urgency
from .language import shown
from .planning import Plan, Planned

NOTHING = Plan((), (), ())


@dataclass(frozen=True)
class PlanChange:
    """The words of each action that came, went, got faster or slower, asks somebody else or more care."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    faster: tuple[str, ...] = ()
    slower: tuple[str, ...] = ()
    careful: tuple[str, ...] = ()
    """Less of the case may go along, something must come first, or there is more to mind."""
    otherwise: tuple[str, ...] = ()
    """Somebody else is asked, in another way or on another ground."""
    freer: tuple[str, ...] = ()
    """More may go along, nothing must come first any more, or there is less to mind, and in nothing more."""

    @property
    def told(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is different as people read it, each kind with its actions: what asks for care first."""
        kinds = (
            (_("Vraagt meer zorg"), self.careful),
            (_("Sneller"), self.faster),
            (_("Nieuw in het plan"), self.new),
            (_("Vraagt iemand anders, of gaat anders"), self.otherwise),
            (_("Niet meer nodig"), self.gone),
            (_("Vraagt minder zorg"), self.freer),
            (_("Minder snel"), self.slower),
        )
        return tuple((title, actions) for title, actions in kinds if actions)

    def __bool__(self) -> bool:
        """Return whether anything is different."""
        return self != PlanChange()


def change_of(before: Plan, after: Plan) -> PlanChange:
    """Return what is different in the second plan."""
    both = [(was, each) for each in after.actions if (was := before.by_id.get(each.id))]
    return PlanChange(
        new=_words(each for each in after.actions if each.id not in before.by_id),
        gone=_words(each for each in before.actions if each.id not in after.by_id),
        faster=_words(each for was, each in both if _speed(each) < _speed(was)),
        slower=_words(each for was, each in both if _speed(each) > _speed(was)),
        careful=_words(each for was, each in both if _asks_more(was, each)),
        otherwise=_words(each for was, each in both if _how(was) != _how(each)),
        freer=_words(each for was, each in both if _asks_more(each, was) and not _asks_more(was, each)),
    )


def _speed(planned: Planned) -> int:
    return tuple(Urgency).index(planned.urgency)


def _how(planned: Planned) -> tuple[object, ...]:
    """Return who is asked what, in which way and on what ground."""
    action, party = planned.action, planned.party
    return (action.says.nl, action.verb, party.id, party.partner, party.label.nl, planned.task.bases)


def _asks_more(was: Planned, now: Planned) -> bool:
    less = set(was.may) - set(now.may)
    first = {each.id for each in now.locks} - {each.id for each in was.locks}
    mind = {each.id for each in now.warnings} - {each.id for each in was.warnings}
    return bool(less or first or mind)


def _words(actions: Iterable[Planned]) -> tuple[str, ...]:
    return tuple(shown(each.action.says) for each in actions)
