"""The partner collects it without an account: a link goes by mail, the code by telephone or text message."""

from collections.abc import Mapping
from datetime import date
from itertools import batched
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.referrals import jobs
from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.models import Pickup, Referral
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.sealing.destructions import AT_ONCE
from sluitend.kernel.sealing.endings import Again, note_ended


class PickupPage(Channel):
    """A page that opens once, with two secrets that went two ways."""

    id = Referral.Channel.PICKUP
    by_hand = False
    picks_up = True

    def note(self) -> str:
        """Return what the person who composes must know of this way."""
        return _("met een link per mail en een code die u voorleest")

    def button(self, partner: str, verb: str) -> str:
        """Return what the button says: what it does to whom."""
        return _("Zet klaar voor %(partner)s") % {"partner": partner}

    def done(self, partner: str, verb: str) -> str:
        """Return what the sender reads after sending."""
        return _("Het staat klaar voor %(partner)s. Maak nu de link en de code.") % {"partner": partner}

    def not_gone(self) -> str:
        """Return how it stands as long as the partner has nothing yet."""
        return _("Klaar om op te halen. U hebt nog geen link en code gemaakt.")

    def how_to_remind(self) -> str:
        """Return what a reminder does."""
        return _("De mail met de link gaat opnieuw, zolang die nog niet is gebruikt. Bel anders de partner.")

    def how_to_recall(self) -> str:
        """Return what taking it back does."""
        return _("De partner kan het dan niet meer lezen. Wat al is gelezen, wordt niet vergeten.")

    def tell(self, row: Referral) -> None:
        """Mail the link again, as long as nobody used it; there is none before it was made."""
        waiting = Pickup.objects.filter(referral_id=row.id, state=Pickup.State.WAITING)
        for pickup_id in waiting.values_list("id", flat=True):
            after_commit(jobs.mail_pickup, pickup_id, row.organisation_id)

    def end(self, row: Referral) -> None:
        """End link, code and every open session of this referral, and take away what they opened."""
        end_pickups(row)


def end_pickups(row: Referral) -> None:
    """End every pick-up of a referral: the row stays, what it opened is gone."""
    _end(Pickup.objects.filter(referral_id=row.id).exclude(state=Pickup.State.ENDED))


def end_passed(organisation_id: UUID) -> int:
    """End what nobody collected in time and every session that is over; return how many there were."""
    never = Q(state=Pickup.State.WAITING, expires__lt=timezone.localdate())
    over = Q(state=Pickup.State.OPENED, session_until__lt=timezone.now())
    return _end(Pickup.objects.filter(never | over, organisation_id=organisation_id))


def end_again(ended: Mapping[UUID, date]) -> Again:
    """End, after a restore, the links that were ended since: one may have gone to the wrong address.

    As the owner of the tables, before anybody signs in.
    """
    done = 0
    for some in batched(ended, AT_ONCE):
        done += _end(Pickup.objects.filter(pk__in=some).exclude(state=Pickup.State.ENDED))
    return Again(done)


def _end(found: QuerySet[Pickup]) -> int:
    note_ended(found.values_list("id", flat=True))
    return found.update(
        state=Pickup.State.ENDED,
        changed=timezone.now(),
        sealed=None,
        proof=None,
        delivery=None,
        session_lookup=None,
        session_sealed=None,
    )
