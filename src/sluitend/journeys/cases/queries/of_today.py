"""Who still does what a handbook says, and which number holds, on the day that somebody looks.

A case keeps the release that it began with. That a partner stopped, or that a number is another one now, is
no rule that somebody takes over: it counts at once, as the newest release says it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.guidance import Partner
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import Planned
from sluitend.kernel.handbook.plans import PlanVerb
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.recognition import HelpLine


@dataclass(frozen=True)
class Reached:
    """How whoever an action asks is reached today."""

    stopped: str = ""
    """What to know where they do this no more."""
    number: HelpLine | None = None
    """The number, where they are called."""
    over: bool = False
    """Whether they are called, and the number that a handbook had holds no more."""


NOT_CALLED = Reached()


@dataclass(frozen=True)
class OfToday:
    """The newest release, on a day."""

    newest: Pack
    day: date

    def does_it(self, partner: Partner) -> bool:
        """Return whether a partner still does this work."""
        known = self.newest.partners.get(partner.id)
        return known is not None and known.valid_on(self.day)

    def can_ask(self, planned: Planned) -> bool:
        """Return whether whoever an action asks is still there; who is no partner of the handbook is."""
        name = planned.party.partner
        partner = planned.pack.partner_for(name, planned.area) if name else None
        return partner is None or self.does_it(partner)

    def reached(self, planned: Planned) -> Reached:
        """Return how whoever an action asks is reached."""
        if not self.can_ask(planned):
            return Reached(stopped=has_stopped(planned.party.label))
        line, called = planned.party.help_line, planned.action.call or planned.action.verb is PlanVerb.CALL
        if line is None or not called:
            return NOT_CALLED
        known = self.newest.help_lines.get(line)
        holds = known is not None and known.valid_on(self.day)
        return Reached(number=known if holds else None, over=not holds)


def of_today() -> OfToday:
    """Return who and what holds now."""
    return OfToday(current_release().pack, timezone.localdate())


def has_stopped(label: Text) -> str:
    """Return what is said where a partner does this no more, and what to do then."""
    told = _("Volgens de nieuwste handreiking doet %(who)s dit niet meer. Vraag wie het nu doet.")
    return told % {"who": shown(label)}
