"""Who gets it now that somebody has no bed, and whom to call: nothing is promised that nobody knows."""

from dataclasses import dataclass

from django.utils import timezone

from sluitend.journeys.shelter.nights import after_the_hour, clock_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.followup.queries import escalation_choice
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.absence import away_on
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import colleagues


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
        people: who works on it here and is not away today.
        on_call: the contact for day and night that this organisation set, with its number.
        ladder: whom else to call, by the handbook.
    """

    past: bool
    before: str
    hours: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    on_call: str
    ladder: tuple[Rung, ...]

    @property
    def nobody(self) -> bool:
        """Whether nobody is reached at all."""
        return not self.people and not self.on_call


def reached(actor: Actor) -> Reached:
    """Return who has it now at the actor's organisation, that has a handbook with a clock."""
    pack = current_release().pack
    clock, day = clock_of(pack), timezone.localdate()
    away = away_on(actor.own_organisation, day)
    people = colleagues(actor.own_organisation, roles=[Role.PARTNER, Role.MANAGER])
    choice = escalation_choice(actor.own_organisation)
    return Reached(
        past=after_the_hour(timezone.now(), clock),
        before=clock.before.strftime("%H.%M"),
        hours=tuple((each.at, shown(each.text)) for each in pack.night_hours),
        people=tuple(dict.fromkeys(each.name for each in people if each.account_id not in away)),
        on_call=" ".join(filter(None, [choice.picket_name, choice.picket_telephone])),
        ladder=tuple(_ladder(pack)),
    )


def _ladder(pack: Pack) -> list[Rung]:
    lines = pack.help_lines
    return [
        Rung(
            shown(each.label),
            lines[each.help_line].number if each.help_line else "",
            each.confirmed,
        )
        for each in pack.night_ladder
    ]
