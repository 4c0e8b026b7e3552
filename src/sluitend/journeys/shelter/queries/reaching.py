"""Who gets it now that somebody has no bed, and whom to call: nothing is promised that nobody knows."""

from dataclasses import dataclass

from django.utils import timezone

from sluitend.journeys.shelter.journey import CARERS
from sluitend.journeys.shelter.nights import after_the_hour, clock_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup import duty
from sluitend.kernel.followup.queries import escalation_choice
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release

OWN_DUTY = "on_call"
"""The rung of whoever has duty at care coordination itself."""


@dataclass(frozen=True)
class Rung:
    """Whom to call after the hour; without a number nobody knows how."""

    label: str
    number: str
    confirmed: bool


@dataclass(frozen=True)
class Reached:
    """Who has it now.

    Attributes:
        past: whether the hour of tonight has passed.
        before: that hour, in words.
        hours: the clock of each day, with what it does.
        people: who works on it here today, or is on call.
        on_call: who is on call by name, with the number of the duty.
        always: the contact for day and night that this organisation set, with its number.
        ladder: whom else to call, by the handbook.
    """

    past: bool
    before: str
    hours: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    on_call: tuple[str, ...]
    always: str
    ladder: tuple[Rung, ...]

    @property
    def nobody(self) -> bool:
        """Whether nobody is reached at all: after the hour only who is on call is, not who works by day."""
        return not self.on_call and not self.always and (self.past or not self.people)


def reached(actor: Actor) -> Reached:
    """Return who has it now at the actor's organisation, that has a handbook with a clock."""
    pack = current_release().pack
    clock, now, own = clock_of(pack), timezone.now(), actor.own_organisation
    choice = escalation_choice(own)
    called = duty.on_call(own, now)
    return Reached(
        past=after_the_hour(now, clock),
        before=clock.before.strftime("%H.%M"),
        hours=tuple((each.at, shown(each.text)) for each in pack.night_hours),
        people=tuple(each.name for each in duty.on_duty(own, now, roles=CARERS, called=called)),
        on_call=tuple(" ".join(filter(None, [each.name, each.telephone])) for each in called),
        always=" ".join(filter(None, [choice.picket_name, choice.picket_telephone])),
        ladder=tuple(_ladder(pack, known=bool(called))),
    )


def _ladder(pack: Pack, *, known: bool) -> list[Rung]:
    lines = pack.help_lines
    return [
        Rung(
            shown(each.label),
            lines[each.help_line].number if each.help_line else "",
            each.confirmed,
        )
        for each in pack.night_ladder
        # Who has duty here stands above by name, where the list of duties says who that is.
        if not (known and each.id == OWN_DUTY and each.help_line is None)
    ]
