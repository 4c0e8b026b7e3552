"""Who supports somebody, by the part of the region that they are in."""

from dataclasses import dataclass

from sluitend.journeys.care_files.content import Person
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


@dataclass(frozen=True)
class Support:
    """Who supports somebody by the part of the region they are in.

    Attributes:
        own: the actor's own organisation does, so that nothing has to be shared.
    """

    name: str
    subregion: str
    code: str
    own: bool


def support_of(person: Person, pack: Pack, actor: Actor) -> Support | None:
    """Return who supports this person, by the part of the region; None where that is not known."""
    work = pack.request.support_work
    part = next((each for each in pack.subregions if person.subregion in (each.id, each.label.nl)), None)
    partner = pack.partner_for(work, part.id) if work and part else None
    if partner is None or part is None:
        return None
    own = actor.organisation_code == partner.id
    return Support(shown(partner.label), shown(part.label), partner.id, own)
