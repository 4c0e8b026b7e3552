"""What ends in one care file because who supports the person stops, and what they are asked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import HELP, Consents, Share, day_of
from sluitend.journeys.care_files.queries.went import went_by
from sluitend.journeys.care_files.words import Standing
from sluitend.kernel.access.acting import Actor


@dataclass(frozen=True)
class Move:
    """One person whose support stops.

    Attributes:
        file: code of the care file.
        share: id of the agreement that ends.
        asks: what the organisation that stops knew, so that the same can be asked for another one.
        words: what must be done, or what the person said.
        waits: whether somebody still has to do it.
    """

    file: str
    share: str
    provider: str
    stops: date | None
    asks: str
    words: str
    waits: bool


def moves_of(code: str, consents: Consents, actor: Actor) -> Iterator[Move]:
    """Yield what ends in one file because a provider stops."""
    if not any(each.stops for each in consents.shares):
        return
    went = set(went_by(consents.shares, actor))
    waiting = {each.id for each in consents.to_move(went)}
    for each in consents.shares:
        if each.stops:
            yield Move(
                file=code,
                share=each.id,
                provider=each.recipient,
                stops=day_of(each.stops),
                asks=each.parts,
                words=_words(each, consents, went, waits=each.id in waiting),
                waits=each.id in waiting,
            )


def _words(share: Share, consents: Consents, went: Collection[str], *, waits: bool) -> str:
    later = [each for each in consents.after(share) if each.id in went or each.standing_yes]
    if waits:
        if later:
            return _("De persoon zei ja op %(who)s. Verstuur het nog.") % {"who": later[-1].recipient}
        return _("Vraag de persoon of een andere organisatie mag helpen.")
    if sent := [each for each in later if each.id in went]:
        return _("Gedeeld met %(who)s.") % {"who": sent[-1].recipient}
    if not share.moves and not share.stays:
        return _("De persoon wil dit niet meer delen.")
    if share.moves and consents.standing(HELP) is Standing.WITHDRAWN:
        return _("De persoon wil geen hulp meer.")
    return _("De persoon blijft bij u.")
